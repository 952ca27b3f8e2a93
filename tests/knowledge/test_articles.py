"""What must hold for every article, whoever writes the next one."""

import re
from collections.abc import Iterator

import pytest

from knowledge import check
from knowledge.article import Article
from knowledge.reply import sources
from tests.knowledge.conftest import TODAY

IN_FORCE = {
    "婚姻登记条例": "2025-05-10",
    "民法典": "2021-01-01",
    "民法典婚姻家庭编解释（二）": "2025-02-01",
    "社会救助法": "2026-07-01",
    "刚性支出困难家庭认定办法": "2025-01-01",
    "最低生活保障审核确认办法": "2021-07-01",
}
"""The day since which the text now valid is in force; an older day means an older text."""

SUPERSEDED = {
    "婚姻法",
    "收养法",
    "继承法",
    "最低生活保障审核审批办法（试行）",
    "退役士兵安置条例",
    "婚姻登记管理条例",
}

AMOUNT = re.compile(
    r"(?P<zh>[\d０-９.,]+|[〇零一二两三四五六七八九十百千万]+)[\s多余来几]*[百千万]?\s*(元(?![旦月])|块钱)"
    r"|(?P<en>\d[\d.,]*)[\s-]*(yuan|rmb|cny)|[¥￥$]\s*(?P<sign>\d[\d.,]*)",
    re.IGNORECASE,
)
PAST_OR_DENIED = re.compile(
    r"以前|早已|过去|曾经|那时|\d{4}\s*年|谣言|不是|没有|不收|\bold\b|gone|no longer|\bno\b|rumou?r"
)
NUMBERS = {"12333", "12338", "12345", "12348", "12355", "12356", "12393", "96110"}
NUMBERS |= {"12315", "12366", "12388"}
"""National numbers; every other telephone number is the bureau's own: [[hotline]]."""
NAMED_ONLY = {"elderly/emergency-call-service": {"96345"}}
"""Numbers an article tells of without sending anybody there."""

OF_NATIONAL_LAW = {
    "charity/personal-appeal": "慈善法",
    "place_names/sign-damage": "地名管理条例",
    "social_org/register-association": "社会团体登记管理条例",
}
"""Articles whose amounts (fines, starting funds) a national law sets for the whole country."""

HUKOU_ASKED = re.compile(r"(带|凭|持|需要?|提交|出示|准备).{0,10}户口(簿|本)")
NOT_ASKED = re.compile(r"不|没|无|还有的")


def amounts(text: str) -> Iterator[tuple[str, str]]:
    """Every amount of money with the sentence that it stands in."""
    for sentence in re.split(r"[。！？；;!?\n]|\.\s", text):
        for amount in AMOUNT.finditer(sentence):
            yield amount["zh"] or amount["en"] or amount["sign"], sentence


def said(articles: list[Article]) -> Iterator[tuple[str, str]]:
    """Everything that citizens or clerks read, with the id of its article."""
    for article in articles:
        for text in (article.title, article.public, article.staff, article.english):
            yield article.id, text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每月 300 元", ["300"]),
        ("每月三百元左右", ["三百"]),
        ("发两百块钱", ["两百"]),
        ("每人 1,200元，另加 80.5 元", ["1,200", "80.5"]),
        ("about 300 yuan a month", ["300"]),
        ("a 9-yuan charge", ["9"]),
        ("¥500", ["500"]),
        ("元旦和一块去，一元化管理", ["一"]),
        ("2026 年 3 个月", []),
    ],
)
def test_an_amount_is_seen_however_it_is_written(text: str, found: list[str]) -> None:
    assert [amount for amount, _ in amounts(text)] == found


def test_no_answer_names_an_amount_that_is_not_zero_past_or_denied(articles: list[Article]) -> None:
    named = [
        f"{id}: {sentence}"
        for id, text in said(articles)
        for amount, sentence in amounts(text)
        if amount not in ("0", "零")
        and not PAST_OR_DENIED.search(sentence)
        and id not in OF_NATIONAL_LAW
    ]
    assert named == []


def test_an_amount_set_for_the_whole_country_stands_in_a_law_that_was_read(
    articles: list[Article],
) -> None:
    read = {a.id: {rule.law for rule in a.basis if rule.verified} for a in articles}
    for id, law in OF_NATIONAL_LAW.items():
        assert law in read[id], id


def test_every_source_is_located_and_dated_or_marked_unverified_with_a_note(
    articles: list[Article],
) -> None:
    for article in articles:
        shown = sources(article)
        assert shown, article.id
        for source in shown:
            located = bool(source["law"] and source["article"] and source["in_force"])
            assert located if source["verified"] else bool(source["law"] and source["note"])
            assert source["region"], article.id
            assert source["reviewed_on"] <= TODAY.isoformat()


def test_a_source_is_the_text_now_valid(articles: list[Article]) -> None:
    rules = [(article.id, rule) for article in articles for rule in article.basis]
    assert [(id, rule.law) for id, rule in rules if rule.law in SUPERSEDED] == []
    dated = [(id, rule) for id, rule in rules if rule.verified and rule.law in IN_FORCE]
    assert len(dated) > 200
    for id, rule in dated:
        assert str(rule.in_force) == IN_FORCE[rule.law], f"{id}: {rule.law}"


def test_no_answer_is_older_than_a_rule_it_rests_on_or_still_to_come(
    articles: list[Article],
) -> None:
    for article in articles:
        assert article.holds_on(TODAY), article.id
        for rule in article.basis:
            assert rule.in_force is None or rule.in_force <= TODAY, f"{article.id}: {rule.law}"


def test_what_rests_on_an_unverified_rule_sends_the_citizen_to_somebody_who_knows(
    articles: list[Article],
) -> None:
    for article in articles:
        if not article.verified:
            assert re.search(r"\[\[hotline\]\]|以.{1,20}为准|问", article.public), article.id


def test_marriage_and_divorce_never_ask_for_the_hukou_booklet(articles: list[Article]) -> None:
    asked = [
        f"{article.id}: {line}"
        for article in articles
        if article.topic in ("marriage", "divorce")
        for line in article.public.splitlines()
        if HUKOU_ASKED.search(line) and not NOT_ASKED.search(line)
    ]
    assert asked == []


def test_no_telephone_number_and_no_link_is_made_up(articles: list[Article]) -> None:
    for article in articles:
        for text in (article.public, article.english):
            named = NUMBERS | NAMED_ONLY.get(article.id, set())
            assert set(re.findall(r"\d{5,}", text)) <= named, article.id
            assert not re.search(r"https?:|www\.|\]\(", text), article.id


def test_nothing_is_promised_that_an_examination_decides(articles: list[Article]) -> None:
    promised = re.compile(r"(?<!不)(一定|保证|肯定|绝对)(能|会|可以)(批|通过|办下来|领到)")
    assert [id for id, text in said(articles) if promised.search(text)] == []


def test_the_articles_agree_with_each_other_and_with_the_calendar(articles: list[Article]) -> None:
    assert check.consistency(articles, TODAY) == []
