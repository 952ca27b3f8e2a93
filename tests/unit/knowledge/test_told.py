"""What citizens answer is understood as they meant it, or asked again; never guessed."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.eligibility import Value
from knowledge.rules import Fact, Kind, Option
from knowledge.told import NotUnderstood, checked_value, is_question, read

TODAY = date(2026, 11, 25)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def fact(kind: Kind, **changes: Any) -> Fact:
    return Fact.model_validate({"kind": kind, "ask": {"zh": "请说", "en": "Please say"}} | changes)


MONEY = fact(Kind.MONEY)
LINE = fact(Kind.MONEY, least=1, most=5000)
HOUSEHOLD = fact(Kind.COUNT, least=1, most=30)
CHILDREN = fact(Kind.COUNT, most=20)
AGE = fact(Kind.AGE, most=130)
YES_NO = fact(Kind.YES_NO)
CHOICE = fact(
    Kind.CHOICE,
    options=[
        Option(key="urban", zh="城镇", en="urban"),
        Option(key="rural", zh="农村", en="rural"),
        Option(key="island", zh="两栖、岛上", en="on an island"),
    ],
)
FACTS = [MONEY, LINE, HOUSEHOLD, CHILDREN, AGE, YES_NO, CHOICE]


def told(about: Fact, text: str, today: date = TODAY) -> Value | None:
    return read(about, text, today=today)


def asked_again(about: Fact, text: str, today: date = TODAY) -> dict[str, str]:
    """What the citizen is told when the answer is not understood."""
    with pytest.raises(NotUnderstood) as refused:
        read(about, text, today=today)
    return refused.value.said


def outcome(about: Fact, text: str) -> Value | dict[str, str] | None:
    """The value, or what the citizen is told instead."""
    try:
        return read(about, text, today=TODAY)
    except NotUnderstood as error:
        return error.said


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("3500", "3500"),
        ("３５００", "3500"),
        ("3500元", "3500"),
        ("3,500", "3500"),
        ("三千五", "3500"),
        ("三千五百块钱", "3500"),
        ("3千5", "3500"),
        ("两千三", "2300"),
        ("1.5万", "15000"),
        ("每个月三千二", "3200"),
        ("一个月1500", "1500"),
        ("一家人两千", "2000"),
        ("大概三千左右", "3000"),
        ("我打工每月3500块。", "3500"),
        ("2000 a month", "2000"),
        ("一年两万四", "2000"),
        ("一年24000", "2000"),
        ("年收入2万4", "2000"),
        ("全年24000元", "2000"),
        ("24000元/年", "2000"),
        ("24000 a year", "2000"),
        ("每月2000，一年都这样", "2000"),
        ("今年每月3000", "3000"),
        ("没有", "0"),
        ("没", "0"),
        ("没有收入", "0"),
        ("没收入了", "0"),
        ("无", "0"),
        ("冇", "0"),
        ("none", "0"),
        ("0", "0"),
        ("零", "0"),
        ("沒有", "0"),
        ("每個月三千兩百塊", "3200"),
        ("兩萬", "20000"),
        ("3000和3000", "3000"),
    ],
)
def test_money_is_yuan_a_month_however_it_is_said(text: str, yuan: str) -> None:
    assert told(MONEY, text) == Decimal(yuan)


@pytest.mark.parametrize(
    "text",
    [
        "两三千",
        "三四百块",
        "两千到三千",
        "2000-3000",
        "2000~3000",
        "我每月3000，老婆每月2000",
        "月薪3500，一年42000",
        "-500",
        "负五百",
        "亏了五千",
        "亏了",
        "够花",
        "还可以",
        "一年没有收入",
        "one thousand",
        "",
        "。",
        "👍",
    ],
)
def test_money_that_is_not_one_clear_amount_is_asked_again(text: str) -> None:
    assert set(asked_again(MONEY, text)) == {"zh", "en"}


def test_an_amount_below_zero_is_answered_with_how_to_say_a_loss() -> None:
    for text in ("-500", "亏了五千"):
        said = asked_again(MONEY, text)
        assert "请说 0" in said["zh"]
        assert "Say 0" in said["en"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("半年一万二", 2000),
        ("每季度3000", 1000),
        ("今年工资3500", 3500),
        ("老年补贴200", 200),
        ("3k", 3000),
        ("三仟五", 3500),
        ("两仟", 2000),
        ("100多万", 1_000_000),
        ("日薪150", None),
        ("一天挣150", None),
        ("2024年低保多少", None),
        ("几百", None),
        ("十几块", None),
        ("十几万", None),
        ("一千五六", None),
        ("2000,3000", None),
        ("2000，3000", None),
        ("赔了500", None),
        ("欠500", None),
        ("大概-500", None),
    ],
)
def test_money_is_understood_as_meant_or_asked_again(text: str, meant: int | None) -> None:
    """半年一万二 is not 1000 a month, nor is 3k three yuan; where nothing is meant, ask."""
    value = outcome(MONEY, text)
    assert isinstance(value, dict) or value == meant


@pytest.mark.parametrize(
    ("about", "text", "count"),
    [
        (HOUSEHOLD, "3", 3),
        (HOUSEHOLD, "三口", 3),
        (HOUSEHOLD, "三口人", 3),
        (HOUSEHOLD, "一家五口", 5),
        (HOUSEHOLD, "我家一共四个人", 4),
        (HOUSEHOLD, "两个", 2),
        (HOUSEHOLD, "俩", 2),
        (HOUSEHOLD, "就我一个", 1),
        (HOUSEHOLD, "十二口", 12),
        (HOUSEHOLD, "兩個人", 2),
        (HOUSEHOLD, "3 people", 3),
        (HOUSEHOLD, "1", 1),
        (HOUSEHOLD, "30", 30),
        (CHILDREN, "没有", 0),
        (CHILDREN, "一个也没有", 0),
        (CHILDREN, "一个都没有", 0),
        (CHILDREN, "no", 0),
        (CHILDREN, "nobody", 0),
        (CHILDREN, "0个", 0),
        (CHILDREN, "20", 20),
    ],
)
def test_people_are_counted_however_it_is_said(about: Fact, text: str, count: int) -> None:
    assert told(about, text) == count


@pytest.mark.parametrize(
    ("about", "text"),
    [
        (HOUSEHOLD, "0"),
        (HOUSEHOLD, "没有"),
        (HOUSEHOLD, "31"),
        (HOUSEHOLD, "1.5"),
        (HOUSEHOLD, "五六口"),
        (HOUSEHOLD, "3到4个"),
        (HOUSEHOLD, "夫妻俩加一个孩子"),
        (HOUSEHOLD, "很多"),
        (HOUSEHOLD, "十几个"),
        (CHILDREN, "-1"),
        (CHILDREN, "21"),
        (CHILDREN, "1,2"),
        (CHILDREN, "1、2"),
    ],
)
def test_a_count_that_is_no_one_whole_number_within_bounds_is_asked_again(
    about: Fact, text: str
) -> None:
    assert asked_again(about, text)


@pytest.mark.parametrize(
    ("about", "text", "expected"),
    [
        (LINE, "1", 1),
        (LINE, "5000", 5000),
        (LINE, "0.99", None),
        (LINE, "5000.01", None),
        (LINE, "没有", None),
        (LINE, "一年六万", 5000),
        (LINE, "一年六万零一", None),
        (LINE, "686.4", Decimal("686.4")),
        (AGE, "0", 0),
        (AGE, "130", 130),
        (AGE, "131", None),
        (AGE, "80.5", None),
    ],
)
def test_a_bound_belongs_to_what_is_allowed(
    about: Fact, text: str, expected: Decimal | int | None
) -> None:
    if expected is None:
        assert f"{about.least} 到 {about.most}" in asked_again(about, text)["zh"]
        assert f"{about.least} to {about.most}" in asked_again(about, text)["en"]
    else:
        assert told(about, text) == expected


def test_a_number_without_an_upper_bound_may_be_any() -> None:
    assert told(MONEY, "99999999999") == 99999999999
    open_ended = fact(Kind.MONEY, least=1)
    assert "1 或更大" in asked_again(open_ended, "0")["zh"]
    assert "1 or more" in asked_again(open_ended, "0")["en"]


@pytest.mark.parametrize(
    ("text", "today", "years"),
    [
        ("1946-11-24", TODAY, 80),
        ("1946-11-25", TODAY, 80),
        ("1946-11-26", TODAY, 79),
        ("1946-12-01", TODAY, 79),
        ("2026-11-25", TODAY, 0),
        ("2025-11-26", TODAY, 0),
        ("1948-02-29", date(2026, 2, 28), 77),
        ("1948-02-29", date(2026, 3, 1), 78),
        ("1948-02-29", date(2028, 2, 28), 79),
        ("1948-02-29", date(2028, 2, 29), 80),
        ("1946年5月3日", TODAY, 80),
        ("1946 年 5 月 3 日", TODAY, 80),
        ("1946年5月3号", TODAY, 80),
        ("1946/5/3", TODAY, 80),
        ("1946.05.03", TODAY, 80),
        ("19460503", TODAY, 80),
        ("1900-01-01的", TODAY, 126),
        ("１９４６－０５－０３", TODAY, 80),
        ("生于1946-05-03", TODAY, 80),
        ("我妈1946-5-3出生的", TODAY, 80),
        ("born on 1946-05-03", TODAY, 80),
        ("80", TODAY, 80),
        ("80岁", TODAY, 80),
        ("满八十周岁", TODAY, 80),
        ("八十二", TODAY, 82),
        ("九十歲", TODAY, 90),
        ("75 years old", TODAY, 75),
    ],
)
def test_an_age_is_full_years_from_the_birthday_on(text: str, today: date, years: int) -> None:
    assert told(AGE, text, today) == years


@pytest.mark.parametrize(
    ("text", "told_zh"),
    [
        ("2026-11-26", "这一天还没到"),
        ("2099-01-01", "这一天还没到"),
        ("1946-02-30", "日历上没有这一天"),
        ("1946-13-01", "日历上没有这一天"),
        ("1947年2月29日", "日历上没有这一天"),
        ("19461301", "日历上没有这一天"),
        ("1946", "公历的出生年月日"),
        ("1946年", "公历的出生年月日"),
        ("1946年5月", "公历的出生年月日"),
        ("1946-05", "公历的出生年月日"),
        ("虚岁80", "公历的出生年月日"),
        ("虚80", "公历的出生年月日"),
        ("虛歲八十", "公历的出生年月日"),
        ("属马", "公历的出生年月日"),
        ("屬馬的", "公历的出生年月日"),
        ("农历五月初三", "公历的出生年月日"),
        ("我妈80我爸82", "请只回答一个数"),
        ("七八十", "请只回答一个数"),
        ("很老了", "请只回答一个数"),
        ("seventy", "请只回答一个数"),
        ("没有", "请只回答一个数"),
        ("131", "这个数好像不对"),
        ("1880-01-01", "请只回答一个数"),
    ],
)
def test_an_age_that_cannot_be_known_for_sure_is_asked_again_with_the_reason(
    text: str, told_zh: str
) -> None:
    assert told_zh in asked_again(AGE, text)["zh"]


@pytest.mark.parametrize(
    "text",
    [
        "46年的",
        "46年",
        "60后",
        "快80了",
        "下个月满80",
        "明年80",
        "十几岁",
        "农历五月初三，80",
        "-5",
    ],
)
def test_a_year_of_birth_or_a_birthday_still_to_come_is_not_an_age(text: str) -> None:
    assert asked_again(AGE, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是", True),
        ("是的", True),
        ("是啊", True),
        ("对", True),
        ("对的。", True),
        ("嗯", True),
        ("嗯嗯", True),
        ("有", True),
        ("有的", True),
        ("有啊", True),
        ("没错", True),
        ("都是", True),
        ("我们都愿意", True),
        ("家里有", True),
        ("应该是", True),
        ("满了", True),
        ("超过了", True),
        ("對啊", True),
        ("會", True),
        ("yes", True),
        ("Yes.", True),
        ("YEP!", True),
        ("y", True),
        ("不", False),
        ("不是", False),
        ("不是的", False),
        ("没有", False),
        ("没", False),
        ("没有啊", False),
        ("都没有", False),
        ("否", False),
        ("不对", False),
        ("不会", False),
        ("不在了", False),
        ("没超过", False),
        ("不够", False),
        ("应该不是", False),
        ("沒有", False),
        ("不會", False),
        ("冇", False),
        ("唔係", False),
        ("没得", False),
        ("No", False),
        ("nope", False),
        ("n", False),
    ],
)
def test_yes_and_no_are_understood_in_every_voice(text: str, value: bool) -> None:
    assert told(YES_NO, text) is value


@pytest.mark.parametrize(
    "text",
    [
        "有车但没房",
        "有车没房",
        "是，但我爸不是",
        "是不是",
        "有没有",
        "不对吗",
        "是吗",
        "对不起",
        "3",
        "好像",
        "可能吧",
        "yes and no",
        "maybe",
        "无所谓",
        "不好意思",
        "",
    ],
)
def test_neither_yes_nor_no_is_asked_again(text: str) -> None:
    said = asked_again(YES_NO, text)
    assert "“是”或“不是”" in said["zh"]
    assert "yes or no" in said["en"]


def test_not_planning_to_is_no_lack_of_knowledge() -> None:
    with pytest.raises(NotUnderstood):
        assert told(YES_NO, "不准备结婚") is False


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "urban"),
        ("２", "rural"),
        ("②", "rural"),
        ("3。", "island"),
        ("城镇", "urban"),
        ("农村", "rural"),
        ("農村", "rural"),
        ("城鎮的", "urban"),
        ("我是农村户口", "rural"),
        ("rural", "rural"),
        ("URBAN", "urban"),
        ("we live on an island", "island"),
        ("两栖、岛上", "island"),
        ("island", "island"),
    ],
)
def test_a_choice_is_made_by_number_by_label_or_inside_a_sentence(text: str, key: str) -> None:
    assert told(CHOICE, text) == key


@pytest.mark.parametrize(
    "text", ["0", "4", "-1", "12", "农村还是城镇", "农村，不是城镇", "城市", "是", "两", ""]
)
def test_a_choice_that_is_none_or_more_than_one_is_asked_again_with_the_options(text: str) -> None:
    said = asked_again(CHOICE, text)
    assert "城镇、农村、两栖、岛上" in said["zh"]
    assert "urban, rural, on an island" in said["en"]


@pytest.mark.parametrize("text", ["不是农村", "不是城镇的", "非农村", "not rural"])
def test_a_choice_that_is_ruled_out_is_not_the_one_made(text: str) -> None:
    assert asked_again(CHOICE, text)


@pytest.mark.parametrize(
    "text",
    [
        "不知道",
        "我不知道啊",
        "不清楚",
        "不晓得",
        "不確定",
        "说不准",
        "忘了",
        "不记得了",
        "唔知",
        "跳过",
        "skip",
        "don't know",
        "I don’t know",
        "Not sure",
        "不太清楚",
    ],
)
def test_i_do_not_know_is_an_answer_to_every_question(text: str) -> None:
    assert [told(about, text) for about in FACTS] == [None] * len(FACTS)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("什么是财产？", True),
        ("要带什么", True),
        ("怎么算", True),
        ("怎麼算", True),
        ("低保多少钱", True),
        ("為什麼要問這個", True),
        ("去哪里办", True),
        ("算一口吗", True),
        ("真的？", True),
        ("how much", True),
        ("What is that", True),
        ("can I get it", True),
        ("低保标准是多少", True),
        ("三口", False),
        ("是", False),
        ("没有", False),
        ("3500", False),
        ("不知道", False),
        ("candy", False),
        ("an island", False),
        ("whatever", False),
        ("", False),
    ],
)
def test_a_question_back_is_told_from_an_answer(text: str, asks: bool) -> None:
    assert is_question(text) is asks


@pytest.mark.parametrize(
    ("about", "given", "value"),
    [
        *((about, None, None) for about in FACTS),
        *((about, "不知道", None) for about in FACTS),
        (YES_NO, True, True),
        (YES_NO, False, False),
        (YES_NO, "没有", False),
        (MONEY, 3500, 3500),
        (MONEY, 686.4, Decimal("686.4")),
        (MONEY, "一年两万四", 2000),
        (HOUSEHOLD, 3, 3),
        (HOUSEHOLD, 3.0, 3),
        (AGE, 80, 80),
        (AGE, "1946-11-26", 79),
        (CHOICE, "rural", "rural"),
        (CHOICE, "2", "rural"),
    ],
)
def test_a_value_told_as_json_is_checked_like_one_that_was_typed(
    about: Fact, given: object, value: Value | None
) -> None:
    assert checked_value(about, given, today=TODAY) == value


@pytest.mark.parametrize(
    ("about", "given"),
    [
        (YES_NO, 1),
        (YES_NO, 0.0),
        (YES_NO, ""),
        (MONEY, True),
        (MONEY, -0.01),
        (MONEY, []),
        (MONEY, {}),
        (MONEY, float("nan")),
        (MONEY, float("inf")),
        (HOUSEHOLD, 0),
        (HOUSEHOLD, 2.5),
        (HOUSEHOLD, False),
        (AGE, 131),
        (AGE, float("nan")),
        (AGE, "-5"),
        (CHOICE, 1),
        (CHOICE, True),
        (CHOICE, "城市"),
    ],
)
def test_a_value_told_as_json_that_is_not_legal_is_not_understood(
    about: Fact, given: object
) -> None:
    with pytest.raises(NotUnderstood):
        checked_value(about, given, today=TODAY)


SEEDS = [
    (MONEY, "每周800"),
    (MONEY, "-500"),
    (MONEY, "两三千"),
    *((about, "99999999") for about in FACTS),
    *((about, "灯笼") for about in FACTS),
    (HOUSEHOLD, "0"),
    (AGE, "1946"),
    (AGE, "1946-02-30"),
    (AGE, "2099-01-01"),
    (AGE, "131"),
    (LINE, "0"),
    (LINE, "-1"),
    (CHILDREN, "-1"),
]


SAID = [said for about, text in SEEDS if isinstance(said := outcome(about, text), dict)]
"""Every sentence an answer can be refused with."""


@pytest.mark.parametrize("said", SAID)
def test_what_is_asked_again_is_asked_in_both_languages(said: dict[str, str]) -> None:
    assert set(said) == {"zh", "en"}
    assert CHINESE.search(said["zh"])
    assert re.search(r"[a-z]{3}", said["en"])
    assert not CHINESE.search(said["en"])


@pytest.mark.parametrize(
    "text", ["张灯笼 13800000000 转 77", "灯笼路 77 号 88 室", "属龙的张灯笼", "1946-02-31 张灯笼"]
)
@pytest.mark.parametrize("about", [MONEY, HOUSEHOLD, AGE, YES_NO, CHOICE])
def test_what_was_typed_is_never_repeated(about: Fact, text: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read(about, text, today=TODAY)
    error = refused.value
    everything = f"{error.said} {error} {error.args} {error.__cause__}"
    assert not any(bit in everything for bit in ("灯笼", "13800000000", "77", "02-31", "龙"))


def is_legal(about: Fact, value: object) -> bool:
    """Whether `value` is one the rules can reckon with."""
    match about.kind:
        case Kind.YES_NO:
            return isinstance(value, bool)
        case Kind.CHOICE:
            return value in {option.key for option in about.options}
    if not isinstance(value, Decimal) or not value.is_finite():
        return False
    whole = about.kind is Kind.MONEY or value == value.to_integral_value()
    return whole and about.least <= value and (about.most is None or value <= about.most)


answers = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *"零一两三十百千万几半点元块口岁年月日是不没有对-.,~，。？到属虚",
                *("城镇", "农村", "urban", "yes", "no", "don't", "know", "一年", "每月", "没有"),
                *("1946", "-05-03", "周岁", "农历", "　", "１", "②", "Ⅻ", "½", "٣", "\u200b"),
            ]
        ),
        st.integers(0, 10**9).map(str),
        st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str),
    ),
    max_size=6,
).map("".join)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(FACTS), st.one_of(answers, st.text(max_size=40)))
@example(AGE, "-5")
@example(MONEY, "大概-500")
@example(HOUSEHOLD, "我家-3口")
@example(AGE, "0000-00-00")
@example(CHOICE, "\ud800")
def test_whatever_is_typed_is_a_legal_value_or_unknown_or_asked_again(
    about: Fact, text: str
) -> None:
    value = outcome(about, text)
    assert value is None or value in SAID or is_legal(about, value)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), TODAY), st.sampled_from(["{}", "{:%Y%m%d}", "{:%Y年%m月%d日}"]))
def test_a_date_of_birth_gives_the_birthdays_there_have_been(born: date, form: str) -> None:
    had = [y for y in range(born.year + 1, 2027) if (born.month, born.day) <= _as_of(y)]
    assert told(AGE, form.format(born)) == len(had)


def _as_of(year: int) -> tuple[int, int]:
    """The last day of `year` that has come: all of it, or TODAY's."""
    return (TODAY.month, TODAY.day) if year == TODAY.year else (12, 31)
