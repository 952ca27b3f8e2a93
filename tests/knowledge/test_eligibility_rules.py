"""The rules as written, on both sides of every limit that the law sets."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from knowledge.article import Article
from knowledge.eligibility import Case, Value, Verdict
from knowledge.rulebook import load_rules
from knowledge.rules import Benefit, Condition, Kind, Rule
from knowledge.standards import Region, Standard, Standards, load_standards
from tests.knowledge.conftest import TODAY

BOOK = load_rules()
SERVICES = load_standards().services
NOWHERE = Standards(SERVICES)
NUMBERS = (Kind.COUNT, Kind.MONEY, Kind.AGE)
RULES = [(one, rule) for one in BOOK.benefits.values() for rule in one.rules]
LIKELY, UNLIKELY, UNCLEAR = Verdict.LIKELY, Verdict.UNLIKELY, Verdict.UNCLEAR

Told = dict[str, Any]
FAMILY: Told = {"members": 3, "students": 0, "dibao_line": 700, "assets_within": True}
PAIR: Told = {"both_willing": True, "both_understand": True, "someone_married": False}
FITS: dict[str, Told] = {
    "dibao": FAMILY | {"income": 2000},
    "dibao_alone": FAMILY | {"income": 3000, "severe_member": True},
    "marginal": FAMILY | {"income": 3000},
    "rigid": FAMILY | {"income": 3600, "below_average": True, "spending_over_share": True},
    "marriage": PAIR | {"man_age": 22, "woman_age": 20, "close_kin": False},
    "tekun": {"age": 60, "has_supporter": False, "own_income": 0, "own_assets_within": True},
    "temporary_aid": {"basics_failing": True, "sudden_blow": True},
    "old_age_allowance": {"age": 80, "allowance_local_fit": True},
    "care_service_subsidy": {"age": 60, "elder_poor": True, "cannot_care_for_self": True},
    "disability_living": {"disability_kind": "hearing", "on_dibao": True},
    "disability_care": {"disability_kind": "hearing", "disability_grade": "grade_2"},
    "orphan": {"child_age": 17, "father": "dead", "mother": "dead"},
    "unattended_child": {"child_age": 17, "father": "dead", "mother": "prison"},
    "rural_veteran": {"age": 60, "was_soldier": True, "rural_at_enlistment": True},
}
"""What somebody tells whom the benefit is likely granted, and nothing more."""

OTHER_WAYS = ("supporters_unable", "spending_surge", "care_local_fit", "living_widened")
NO_CARD: Told = {"disability_kind": "no_card", "province_no_work": False}
BLIND: Told = {"disability_kind": "sight", "disability_grade": "grade_1"}
SPENDING: Told = {"basics_failing": True, "sudden_blow": False, "spending_surge": True}
CRUSHED = SPENDING | {"below_average": True, "assets_within": True}
LIMITS: list[tuple[str, Told, str, Any, Any]] = [
    ("dibao", {}, "income", "2099.99", 2100),
    ("dibao", {}, "income", 0, "2100.01"),
    ("dibao", {"members": 1}, "income", "699.99", 700),
    ("dibao", {"income": 2400}, "students", 1, 0),
    ("dibao", {"income": 2100}, "dibao_line", "700.01", 700),
    ("dibao_alone", {}, "income", 2100, "2099.99"),
    ("dibao_alone", {}, "income", "3149.99", 3150),
    ("marginal", {}, "income", 2100, "2099.99"),
    ("marginal", {}, "income", "3149.99", 3150),
    ("marginal", {}, "income", 3000, "3150.01"),
    ("marginal", {"marginal_multiple": 2}, "income", "4199.99", 4200),
    ("marginal", {"income": 4000}, "students", 1, 0),
    ("rigid", {}, "income", 3150, "3149.99"),
    ("marriage", {}, "man_age", 22, 21),
    ("marriage", {}, "woman_age", 20, 19),
    ("tekun", NO_CARD, "age", 60, 59),
    ("tekun", NO_CARD, "age", 15, 16),
    ("tekun", NO_CARD | {"age": 40}, "province_no_work", True, False),
    ("tekun", {"has_supporter": True}, "supporters_unable", True, False),
    ("tekun", {"dibao_line": 700}, "own_income", "699.99", 700),
    ("tekun", {"dibao_line": 700}, "own_income", 0, "700.01"),
    ("temporary_aid", CRUSHED, "spending_surge", True, False),
    ("temporary_aid", CRUSHED, "below_average", True, False),
    ("temporary_aid", CRUSHED, "assets_within", True, False),
    ("old_age_allowance", {}, "age", 80, 79),
    ("care_service_subsidy", {}, "age", 60, 59),
    ("care_service_subsidy", {"cannot_care_for_self": False}, "care_local_fit", True, False),
    ("disability_living", {}, "disability_kind", "multiple", "no_card"),
    ("disability_living", {"on_dibao": False}, "living_widened", True, False),
    ("disability_care", {}, "disability_grade", "grade_1", "grade_4"),
    ("disability_care", {}, "disability_grade", "grade_2", "grade_3"),
    ("orphan", {}, "child_age", 17, 18),
    ("orphan", {}, "mother", "dead", "out_of_contact"),
    ("orphan", {"father": "untraceable"}, "mother", "untraceable", "other"),
    ("orphan", {"mother": "missing"}, "missing_counts", True, False),
    ("unattended_child", {}, "child_age", 17, 18),
    ("unattended_child", {}, "mother", "missing", "dead"),
    ("rural_veteran", {}, "age", 60, 59),
]
"""Of one who fits, with changes: a fact's value that still fits, and the next that does not."""


def valued(told: Mapping[str, Any]) -> dict[str, Value | None]:
    numbers = {f for f, v in told.items() if v is not None and BOOK.facts[f].kind in NUMBERS}
    return {f: Decimal(v) if f in numbers else v for f, v in told.items()}


def verdict(benefit: str, told: Mapping[str, Any]) -> Verdict:
    return Case(BOOK, valued(told)).judge(benefit).verdict


def walk(
    check: str, answers: Mapping[str, Any], local: Standards = NOWHERE
) -> tuple[set[str], tuple[Verdict, ...]]:
    """A whole check: what is asked, each once and answered from `answers`, and what is found."""
    told: dict[str, Value | None] = {}
    while fact := (case := Case.of(BOOK, told, local, "试县", TODAY)).next_fact(check):
        assert fact not in told, f"{fact} is asked twice"
        assert fact in answers, f"{fact} is asked, but decides nothing"
        told |= valued({fact: answers[fact]})
    return set(told), tuple(one.verdict for one in case.findings(check))


@pytest.mark.parametrize(("benefit", "changes", "fact", "within", "beyond"), LIMITS)
def test_a_limit_parts_who_fits_from_who_does_not(
    benefit: str, changes: Told, fact: str, within: Any, beyond: Any
) -> None:
    told = FITS[benefit] | changes
    assert verdict(benefit, told | {fact: within}) is LIKELY
    assert verdict(benefit, told | {fact: beyond}) is UNLIKELY
    assert verdict(benefit, told | {fact: None}) is UNCLEAR


@pytest.mark.parametrize("benefit", BOOK.benefits)
def test_each_yes_or_no_of_one_who_fits_decides(benefit: str) -> None:
    told = FITS[benefit] | dict.fromkeys(OTHER_WAYS, False)
    assert verdict(benefit, told) is LIKELY
    for fact, said in FITS[benefit].items():
        if isinstance(said, bool):
            assert verdict(benefit, told | {fact: not said}) is UNLIKELY, fact
            assert verdict(benefit, told | {fact: None}) is UNCLEAR, fact


WORKLESS = {"intellectual": 3, "mental": 3, "physical": 2, "sight": 1}
"""特困人员认定办法, article 5 (3): the grades, from 1 on, that count as unable to work."""

CARDS = sorted({one.key for one in BOOK.facts["disability_kind"].options} - {"multiple"})


@pytest.mark.parametrize(("kind", "grade"), product(CARDS, (1, 2, 3, 4)))
def test_the_disabilities_of_article_5_and_no_others_count_as_unable_to_work(
    kind: str, grade: int
) -> None:
    card = NO_CARD | {"disability_kind": kind, "disability_grade": f"grade_{grade}"}
    expected = LIKELY if grade <= WORKLESS.get(kind, 0) else UNLIKELY
    assert verdict("tekun", FITS["tekun"] | card | {"age": 40}) is expected


def test_of_several_disabilities_one_of_article_5_is_enough() -> None:
    told = FITS["tekun"] | NO_CARD | {"age": 40, "disability_kind": "multiple"}
    for counts, expected in ((True, LIKELY), (False, UNLIKELY), (None, UNCLEAR)):
        assert verdict("tekun", told | {"multiple_counts": counts}) is expected


@pytest.mark.parametrize("kind", CARDS)
def test_a_third_grade_gets_the_care_subsidy_only_by_a_local_rule_for_its_kind(kind: str) -> None:
    told = {"disability_kind": kind, "disability_grade": "grade_3"}
    widened = kind in ("intellectual", "mental")
    assert verdict("disability_care", told) is (UNCLEAR if widened else UNLIKELY)
    assert (verdict("disability_care", told | {"care_widened": True}) is LIKELY) is widened


UNABLE = ("missing", "disabled", "ill", "prison", "rehab", "detained", "out_of_contact")


@pytest.mark.parametrize(("one", "other"), [("father", "mother"), ("mother", "father")])
@pytest.mark.parametrize("state", UNABLE)
def test_one_parents_state_counts_only_beside_the_others(one: str, other: str, state: str) -> None:
    for beside in ("dead", *UNABLE):
        told = {"child_age": 17, one: state, other: beside}
        assert verdict("unattended_child", told) is LIKELY
    assert verdict("unattended_child", told | {other: "other"}) is UNLIKELY
    assert verdict("orphan", told) is UNLIKELY


@pytest.mark.parametrize(
    ("check", "answers", "verdicts"),
    [
        ("household", FITS["dibao_alone"], (UNLIKELY, LIKELY)),
        ("household", FITS["marginal"] | {"severe_member": False}, (*[UNLIKELY] * 2, LIKELY)),
        ("household", FITS["rigid"], (*[UNLIKELY] * 3, LIKELY)),
        ("marriage", FITS["marriage"], (LIKELY,)),
        ("tekun", FITS["tekun"], (LIKELY,)),
        ("tekun", {"age": 16} | NO_CARD, (UNLIKELY,)),
        ("tekun", FITS["tekun"] | BLIND | {"age": 59}, (LIKELY,)),
        ("temporary_aid", CRUSHED, (LIKELY,)),
        ("elderly", {"age": 79, "elder_poor": False}, (UNLIKELY, UNLIKELY)),
        ("elderly", FITS["care_service_subsidy"] | FITS["old_age_allowance"], (LIKELY, LIKELY)),
        ("disability", {"disability_kind": "no_card"}, (UNLIKELY, UNLIKELY)),
        ("disability", FITS["disability_living"] | FITS["disability_care"], (LIKELY, LIKELY)),
        ("child", {"child_age": 17, "father": "other"}, (UNLIKELY, UNLIKELY)),
        ("child", FITS["unattended_child"], (UNLIKELY, LIKELY)),
    ],
)
def test_a_check_asks_what_decides_and_not_a_question_more(
    check: str, answers: Told, verdicts: tuple[Verdict, ...]
) -> None:
    assert walk(check, answers) == (set(answers), verdicts)


@pytest.mark.parametrize("check", BOOK.checks)
def test_whoever_knows_nothing_is_told_that_nothing_can_be_said(check: str) -> None:
    assert set(walk(check, dict.fromkeys(BOOK.facts))[1]) == {UNCLEAR}


def test_the_line_of_the_place_is_read_for_the_group_that_is_asked_first() -> None:
    told: Told = dict(
        service="dibao", valid_from="2026-01-01", valid_to="2026-12-31", source="试县"
    )
    told |= {"group": "rural", "amount": 8400, "unit": "元/人·年", "entered_on": "2026-01-05"}
    place = Region(region="试县", standards=[Standard.model_validate(told)])
    local, answers = Standards(SERVICES, {"试县": place}), FITS["dibao"] | {"hukou": "rural"}
    assert walk("household", answers, local) == (set(answers) - {"dibao_line"}, (LIKELY,))


def conditions(when: Condition) -> list[Condition]:
    return [when, *(one for part in when.parts for one in conditions(part))]


def test_every_question_is_used_by_some_rule() -> None:
    used = {fact for _, rule in RULES for fact in BOOK.facts_of(rule.when)}
    groups = {fact.standard.group for fact in BOOK.facts.values() if fact.standard}
    assert set(BOOK.facts) - used - groups == set()


@pytest.mark.parametrize(("benefit", "rule"), RULES, ids=lambda one: getattr(one, "id", ""))
def test_a_rule_asks_each_fact_for_what_it_can_say_and_rests_on_an_articles_text(
    benefit: Benefit, rule: Rule, articles: list[Article]
) -> None:
    for one in conditions(rule.when):
        if one.among:
            assert set(one.among[1]) <= {o.key for o in BOOK.facts[one.among[0]].options}
        if name := one.is_so or one.not_so:
            assert BOOK.facts[name].kind is Kind.YES_NO
        assert one.fails is None or one.fails in BOOK.benefits
    read = {(text.law, text.in_force) for one in articles for text in one.basis if text.verified}
    assert not rule.verified or (rule.law, rule.in_force) in read


def test_every_article_that_is_named_is_there_and_every_benefit_in_one_check(
    articles: list[Article],
) -> None:
    known = {one.id for one in articles}
    assert {one.article for one in BOOK.benefits.values()} - known == set()
    leading = {name for check in BOOK.checks.values() for name in check.articles}
    assert leading - known - {one.topic for one in articles} == set()
    listed = [one for check in BOOK.checks.values() for one in check.benefits]
    assert sorted(listed) == sorted(BOOK.benefits) == sorted(FITS)
    words = [word for check in BOOK.checks.values() for word in check.words]
    assert len(words) == len(set(words))
