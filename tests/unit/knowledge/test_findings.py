"""A result shows each rule with its law, says what it rests on, and promises nothing."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.article import PLACEHOLDERS
from knowledge.eligibility import Case, Truth
from knowledge.findings import question, report, which_check
from knowledge.reply import Reply
from knowledge.rulebook import RuleBook
from knowledge.rules import Benefit, Check, Fact, Kind

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PROMISE = re.compile(
    r"一定|保证|肯定|您能领|您可以领|就能领|能领到|有资格|批准了|通过了"
    r"|you (will|can) (get|receive|be granted)|guarantee|entitled|you are eligible|approved",
    re.IGNORECASE,
)
VERDICTS = {
    True: ("**符合条件**", "**you meet the conditions**"),
    False: ("**不符合条件**", "**you do not meet the conditions**"),
    None: ("**还说不准**", "**cannot be said yet**"),
}
MARKS = {
    Truth.MET: ("符合：", "Met: "),
    Truth.NOT_MET: ("不符合：", "Not met: "),
    Truth.UNKNOWN: ("说不准：", "Unknown: "),
}
SEASONS = [
    {"key": "summer", "zh": "夏天", "en": "summer"},
    {"key": "winter", "zh": "冬天", "en": "winter"},
]
ASSUMED = {"zh": "按风力三级估算", "en": "reckoned at wind force 3"}
FACTS: dict[str, dict[str, Any]] = {
    "calm": {"kind": "yes_no", "ask": {"zh": "没有风吗？", "en": "Is it calm?"}},
    "licensed": {"kind": "yes_no"},
    "weight": {"kind": "money"},
    "crew": {"kind": "count"},
    "pilot_age": {"kind": "age"},
    "season": {"kind": "choice", "options": SEASONS},
    "limit": {"kind": "money", "standard": {"service": "limit"}},
    "wind": {"kind": "money", "silent": True, "default": 3, "assumed": ASSUMED},
}


def rule(says: str, english: str, when: dict[str, Any], **changes: Any) -> dict[str, Any]:
    source = {"law": "风筝条例", "article": "第三条", "in_force": "2020-01-01"}
    return source | {"says": {"zh": says, "en": english}, "when": when} | changes


CALM = rule("没有风", "it is calm", {"is_so": "calm"})
LICENSED = rule("有证", "licensed", {"is_so": "licensed"}, article="第九条")
LIGHT = rule("不超重", "light enough", {"below": ["weight", "limit"]}, law="风筝安全法")
WINDLESS = rule("风不大", "little wind", {"below": ["wind", "weight"]}, article="第七条")
HEARSAY: dict[str, Any] = rule("邻居同意", "the neighbours agree", {"is_so": "licensed"})
HEARSAY |= {"law": "村规", "verified": False, "note": "问村委会", "article": None, "in_force": None}


def book(*benefits: list[dict[str, Any]], tiers: bool = False) -> RuleBook:
    """A check `kites` of benefits b0, b1, …, each with these rules; and a check `lamps`."""
    made = {f"b{n}": _benefit(f"b{n}", rules) for n, rules in enumerate(benefits)}
    kites = {"title": {"zh": "风筝", "en": "Kites"}, "benefits": list(made), "tiers": tiers}
    lamps = {"title": {"zh": "灯笼", "en": "Lanterns"}, "benefits": ["b0"]}
    asks = {name: {"ask": {"zh": f"{name}？", "en": name}} | one for name, one in FACTS.items()}
    return RuleBook(
        date(2026, 11, 1),
        {name: Fact.model_validate(one) for name, one in asks.items()},
        {},
        made,
        {"kites": Check.model_validate(kites), "lamps": Check.model_validate(lamps)},
    )


def _benefit(name: str, rules: list[dict[str, Any]]) -> Benefit:
    words = {"gives": ("风筝线", "a line"), "documents": ("带证", "the licence")}
    words |= {"title": (f"{name}类", f"Kind {name}"), "apply_at": ("风筝场", "the field")}
    told = {field: {"zh": zh, "en": en} for field, (zh, en) in words.items()}
    return Benefit.model_validate(told | {"id": name, "article": f"kites/{name}", "rules": rules})


def told(text: Reply, language: str = "zh") -> str:
    said: str = text["text"][language]
    return said


def result(facts: dict[str, Any], *benefits: list[dict[str, Any]], tiers: bool = False) -> Reply:
    return report(Case(book(*benefits, tiers=tiers), facts), "kites")


@pytest.mark.parametrize(
    ("calm", "truth"), [(True, Truth.MET), (False, Truth.NOT_MET), (None, Truth.UNKNOWN)]
)
def test_each_rule_appears_once_with_its_mark_law_and_article(
    calm: bool | None, truth: Truth
) -> None:
    said = result({"calm": calm, "licensed": True}, [CALM, LICENSED])
    zh, en = MARKS[truth]
    assert lines(told(said)) == [
        f"- {zh}没有风（风筝条例第三条）",
        "- 符合：有证（风筝条例第九条）",
    ]
    assert lines(told(said, "en")) == [
        f"- {en}it is calm (风筝条例第三条)",
        "- Met: licensed (风筝条例第九条)",
    ]


def lines(text: str) -> list[str]:
    """The lines of its lists."""
    return [line for line in text.splitlines() if line.startswith("- ")]


def test_every_benefit_has_a_heading_and_rules_of_its_own() -> None:
    said = result({"calm": True, "licensed": False}, [CALM], [CALM, LICENSED])
    headings = [line for line in told(said).splitlines() if line.startswith("## ")]
    assert headings == ["## b0类", "## b1类"]
    assert [line for line in told(said, "en").splitlines() if line.startswith("## ")] == [
        "## Kind b0",
        "## Kind b1",
    ]
    assert len(lines(told(said))) == 3
    assert said["article"] == "kites/b1"


@pytest.mark.parametrize("calm", [True, False, None])
def test_the_verdict_stands_in_words_and_only_that_one(calm: bool | None) -> None:
    said = result({"calm": calm}, [CALM])
    for truth, (zh, en) in VERDICTS.items():
        assert ((zh in told(said)), (en in told(said, "en").lower())) == (truth is calm,) * 2


@pytest.mark.parametrize("calm", [True, False, None])
def test_an_english_verdict_begins_like_a_sentence(calm: bool | None) -> None:
    verdict = told(result({"calm": calm}, [CALM]), "en").splitlines()[2]
    assert verdict.lstrip("*")[0].isupper()


@pytest.mark.parametrize(("calm", "shown"), [(True, True), (None, True), (False, False)])
def test_documents_and_place_are_told_unless_the_benefit_is_ruled_out(
    calm: bool | None, shown: bool
) -> None:
    said = result({"calm": calm}, [CALM])
    for language, words in (
        ("zh", ("批下来能得到：**风筝线", "要带：**带证", "去哪办：**风筝场")),
        ("en", ("If granted:** a line", "Bring:** the licence", "Where:** the field")),
    ):
        assert [word in told(said, language) for word in words] == [shown] * 3


@pytest.mark.parametrize(
    ("calm", "tiers", "named"),
    [
        (None, True, True),
        (True, True, False),
        (False, True, False),
        (None, False, False),
    ],
    ids=["unclear", "likely", "all ruled out", "no tiers"],
)
def test_an_unclear_tier_names_the_lower_ones(calm: bool | None, tiers: bool, named: bool) -> None:
    said = result({"calm": calm}, [CALM], [CALM], [CALM, LICENSED], tiers=tiers)
    assert ("要是够不上，还可以问问：b1类、b2类。" in told(said)) is named
    assert ("If it is refused, ask about: Kind b1, Kind b2." in told(said, "en")) is named
    assert ("## b1类" in told(said)) is (not tiers or calm is False)


def test_the_last_tier_names_none_below_it() -> None:
    said = result({"calm": False, "licensed": None}, [CALM], [LICENSED], tiers=True)
    assert "要是够不上" not in told(said)
    assert said["article"] == "kites/b1"


def test_what_was_assumed_is_told_beside_the_rule_in_both_languages() -> None:
    said = result({"weight": Decimal(9)}, [WINDLESS])
    assert lines(told(said)) == ["- 符合：风不大（风筝条例第七条；按风力三级估算）"]
    assert lines(told(said, "en")) == [
        "- Met: little wind (风筝条例第七条; reckoned at wind force 3)"
    ]


def test_what_decides_without_the_assumption_does_not_name_it() -> None:
    for said in (
        result({"weight": Decimal(9), "wind": Decimal(4)}, [WINDLESS]),
        result({"weight": None}, [WINDLESS]),
    ):
        assert "估算" not in told(said)
        assert "reckoned" not in told(said, "en")


def test_a_rule_not_read_in_its_text_says_so_in_both_languages() -> None:
    said = result({"licensed": True, "calm": True}, [HEARSAY, CALM])
    assert lines(told(said))[0] == "- 符合：邻居同意（村规；原文还没核到，以当地规定为准）"
    assert "not checked against its text; the local rule decides" in lines(told(said, "en"))[0]
    assert "原文还没核到" not in lines(told(said))[1]


@pytest.mark.parametrize("calm", [True, False, None])
@pytest.mark.parametrize("tiers", [True, False])
def test_every_result_says_at_its_end_that_it_is_no_decision(
    calm: bool | None, tiers: bool
) -> None:
    said = result({"calm": calm}, [CALM, HEARSAY], [CALM], tiers=tiers)
    assert "**不是审核结果，以审核为准**" in told(said).rsplit("\n\n", 1)[-1]
    assert "It is no decision: the office decides." in told(said, "en").rsplit("\n\n", 1)[-1]
    for language in ("zh", "en"):
        assert not PROMISE.search(told(said, language))
        assert set(re.findall(r"\[\[(.*?)\]\]", told(said, language))) <= PLACEHOLDERS
        assert "\n\n\n" not in told(said, language)
    assert (said["outcome"], said["buttons"]) == ("eligibility", [])


@pytest.mark.parametrize(
    ("kind", "more", "pressed"),
    [
        (Kind.YES_NO, {}, ["是", "不是", "不知道"]),
        (Kind.CHOICE, {"options": SEASONS}, ["夏天", "冬天", "不知道"]),
        (Kind.COUNT, {}, ["不知道"]),
        (Kind.MONEY, {}, ["不知道"]),
        (Kind.AGE, {}, ["不知道"]),
    ],
)
def test_a_question_carries_its_choices_and_i_do_not_know(
    kind: Kind, more: dict[str, Any], pressed: list[str]
) -> None:
    ask = {"zh": "几个人？", "en": "How many?"}
    said = question(Fact.model_validate({"kind": kind, "ask": ask} | more))
    assert (said["outcome"], said["text"]) == ("asking", ask)
    assert [button["title"]["zh"] for button in said["buttons"]] == pressed
    assert said["buttons"][-1]["title"]["en"] == "don't know"
    for button in said["buttons"]:
        assert button["text"] == button["title"]
        assert not CHINESE.search(button["title"]["en"])


def test_which_check_offers_every_check_by_its_title() -> None:
    said = which_check(book([CALM]))
    titles = [{"zh": "风筝", "en": "Kites"}, {"zh": "灯笼", "en": "Lanterns"}]
    assert said["outcome"] == "asking"
    assert [button["title"] for button in said["buttons"]] == titles
    assert [button["text"] for button in said["buttons"]] == titles
    assert all(said["text"][language] for language in ("zh", "en"))
