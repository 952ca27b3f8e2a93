"""A check talks: the check that was named, one question at a time, and nothing lost on the way."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.eligibility import Facts
from knowledge.interview import Interview, check_named, packed, unpacked
from knowledge.rulebook import RuleBook
from knowledge.rules import Benefit, Check, Fact
from knowledge.standards import Region, Service, Standard, Standards
from knowledge.told import NotUnderstood

TODAY = date(2026, 11, 25)
BOTH = {"zh": "风筝", "en": "kite"}
SEASONS = [{"key": "summer", "zh": "夏天", "en": "summer"}, {"key": "winter", **BOTH}]
FACTS: dict[str, dict[str, Any]] = {
    "calm": {"kind": "yes_no"},
    "crew": {"kind": "count", "least": 1, "most": 9},
    "weight": {"kind": "money"},
    "pilot_age": {"kind": "age", "most": 130},
    "season": {"kind": "choice", "options": SEASONS},
    "limit": {"kind": "money", "standard": {"service": "limit"}},
}
LIGHT = {"below": [{"over": ["weight", "crew"]}, "limit"]}
FLIGHT = [{"is_so": "calm"}, {"at_least": ["pilot_age", 18]}, LIGHT]
CHECKS: dict[str, dict[str, Any]] = {
    "flight": {
        "title": {"zh": "放风筝", "en": "Flying kites"},
        "words": ["风筝", "纸鸢", "kite"],
        "articles": ["kites", "boats/sail-kites"],
    },
    "boat": {
        "title": {"zh": "划船", "en": "Rowing"},
        "words": ["小船", "风筝船", "boat"],
        "articles": ["kites/kite-boats", "boats/rent"],
    },
}
SERVICE = {"label": "限重", "label_en": "limit", "asks": "风筝场", "asks_en": "the field"}
LIMIT = Standard(
    service="limit",
    amount=Decimal(50),
    unit="元/人·月",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
    source="风筝县通告",
    entered_on=date(2026, 1, 5),
)
STANDARDS = Standards(
    {"limit": Service.model_validate(SERVICE)},
    {"风筝县": Region(region="风筝县", standards=[LIMIT])},
)


def book() -> RuleBook:
    """A check `flight` with all of FLIGHT, and a check `boat` of the same benefit."""
    source = {"law": "风筝条例", "article": "第三条", "in_force": "2020-01-01", "says": BOTH}
    told = dict.fromkeys(("title", "gives", "documents", "apply_at"), BOTH)
    rules = [source | {"when": when} for when in FLIGHT]
    benefit = {"id": "flight", "article": "kites/fly", "rules": rules}
    return RuleBook(
        TODAY,
        {name: Fact.model_validate({"ask": BOTH} | one) for name, one in FACTS.items()},
        {},
        {"flight": Benefit.model_validate(told | benefit)},
        {n: Check.model_validate({"benefits": ["flight"]} | one) for n, one in CHECKS.items()},
    )


BOOK = book()
BEGUN = Interview(BOOK, STANDARDS, "flight", TODAY)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("我想放风筝", "flight"),
        ("放紙鳶行不行", "flight"),
        ("Can I go FLYING KITES?", "flight"),
        ("ｋｉｔｅ", "flight"),
        ("划船", "boat"),
        ("放风筝的人能划船吗", "boat"),
        ("划船的人能放风筝吗", "flight"),
        ("风筝小船风筝", "flight"),
        ("风筝船", "boat"),
        ("a kite or a boat", "boat"),
        ("我够格吗", None),
        ("", None),
    ],
)
def test_the_check_that_a_message_names_last_is_meant(text: str, check: str | None) -> None:
    assert check_named(BOOK, text, None) == check


@pytest.mark.parametrize(
    ("article", "check"),
    [
        ("kites/fly", "flight"),
        ("kites/fees", "flight"),
        ("boats/rent", "boat"),
        ("boats/sail-kites", "flight"),
        ("kites/kite-boats", "boat"),
        ("boats/rules", None),
        ("kit", None),
        ("lamps/repair", None),
        ("", None),
        (None, None),
    ],
)
def test_else_it_is_that_of_the_article_and_its_id_goes_before_its_topic(
    article: str | None, check: str | None
) -> None:
    assert check_named(BOOK, "我够格吗", article) == check


def test_a_name_goes_before_an_article() -> None:
    assert check_named(BOOK, "我想划船", "kites/fly") == "boat"


def test_a_check_asks_until_nothing_is_left_to_ask() -> None:
    held, asked = BEGUN, []
    answers = {
        "calm": "是",
        "pilot_age": "2000-01-01",
        "crew": "2",
        "weight": "99.9",
        "limit": "50",
    }
    while held.asks:
        asked.append(held.asks)
        held = held.tell(held.asks, answers[held.asks])
    assert asked == list(answers)
    assert held.told == {
        "calm": True,
        "pilot_age": Decimal(26),
        "crew": Decimal(2),
        "weight": Decimal("99.9"),
        "limit": Decimal(50),
    }
    assert "**符合条件**" in held.report()["text"]["zh"]


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"calm": "不是"}, "**不符合条件**"),
        ({"calm": "是", "pilot_age": "17"}, "**不符合条件**"),
        ({"calm": "不知道", "pilot_age": "17"}, "**不符合条件**"),
        ({"calm": "是", "pilot_age": "18", "crew": "不知道"}, "**还说不准**"),
    ],
)
def test_a_check_ends_as_soon_as_its_verdict_stands(answers: dict[str, str], verdict: str) -> None:
    held = BEGUN
    for fact, text in answers.items():
        assert held.asks == fact
        held = held.tell(fact, text)
    assert held.asks is None
    assert verdict in held.report()["text"]["zh"]


def test_the_question_is_that_of_the_fact_asked_for() -> None:
    assert BEGUN.question()["text"] == BOTH
    assert [button["title"]["zh"] for button in BEGUN.question()["buttons"]] == [
        "是",
        "不是",
        "不知道",
    ]


def test_i_do_not_know_is_kept_and_what_was_not_asked_is_not() -> None:
    assert BEGUN.tell("calm", "不知道").told == {"calm": None}


def test_a_fact_told_again_counts_as_told_last() -> None:
    assert BEGUN.tell("calm", "是").tell("calm", "不是").told == {"calm": False}


def test_an_answer_not_understood_changes_nothing() -> None:
    held = BEGUN.tell("calm", "是")
    with pytest.raises(NotUnderstood):
        held.tell("pilot_age", "老大不小了")
    assert (held.told, held.asks) == ({"calm": True}, "pilot_age")


def test_telling_makes_a_new_interview_and_leaves_the_old_as_it_was() -> None:
    told = BEGUN.tell("calm", "是")
    assert (BEGUN.told, BEGUN.asks, told.asks) == ({}, "calm", "pilot_age")


def test_the_age_is_that_on_the_day_of_the_interview() -> None:
    for day, age in ((date(2026, 11, 24), 17), (TODAY, 18)):
        held = replace(BEGUN, day=day).tell("pilot_age", "2008-11-25")
        assert held.told["pilot_age"] == age


@pytest.mark.parametrize(
    ("region", "day", "asks"),
    [
        ("风筝县", TODAY, None),
        (None, TODAY, "limit"),
        ("无名县", TODAY, "limit"),
        ("风筝县", date(2027, 1, 1), "limit"),
    ],
)
def test_an_amount_current_in_the_region_is_not_asked_for(
    region: str | None, day: date, asks: str | None
) -> None:
    told: Facts = {
        "calm": True,
        "pilot_age": Decimal(20),
        "crew": Decimal(1),
        "weight": Decimal(49),
    }
    held = replace(BEGUN, region=region, day=day, told=told)
    assert held.asks == asks
    assert ("风筝县通告" in held.report()["text"]["zh"]) is (asks is None)


TOLD: list[dict[str, Any]] = [
    {},
    {"calm": True, "season": "summer"},
    {"calm": False, "crew": Decimal(3), "pilot_age": Decimal(18)},
    {"calm": None, "crew": None, "season": None, "weight": None, "pilot_age": None},
    {"weight": Decimal("1833.333333333333333333333333")},
    {"weight": Decimal("0"), "limit": Decimal("1E+3")},
]


@pytest.mark.parametrize("told", TOLD)
def test_what_is_packed_as_json_comes_back_as_it_was(told: dict[str, Any]) -> None:
    back = unpacked(BOOK, json.loads(json.dumps(packed(told))))
    assert back == told
    assert [type(value) for value in back.values()] == [type(value) for value in told.values()]


def test_a_fact_the_rules_no_longer_know_is_dropped() -> None:
    assert unpacked(BOOK, {"calm": True, "horses": "2", "crew": "2"}) == {"calm": True, "crew": 2}
    assert unpacked(BOOK, {"horses": None}) == {}


def test_a_check_goes_on_from_what_was_unpacked() -> None:
    held = BEGUN.tell("calm", "是").tell("pilot_age", "20")
    again = replace(BEGUN, told=unpacked(BOOK, json.loads(json.dumps(packed(held.told)))))
    assert (again, again.asks) == (held, "crew")
