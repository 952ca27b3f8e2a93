"""What is unknown decides nothing, what is asked still matters, what is assumed is named."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.eligibility import Case, Finding, Ruling, Truth, Verdict
from knowledge.rulebook import RuleBook
from knowledge.rules import Benefit, Check, Fact
from knowledge.standards import Region, Service, Standard, Standards

TODAY = date(2026, 11, 25)
T, F, N = True, False, None
MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN
LIKELY, UNLIKELY, UNCLEAR = Verdict.LIKELY, Verdict.UNLIKELY, Verdict.UNCLEAR
BOTH = {"zh": "风筝", "en": "kite"}
CALM, LICENSED = {"is_so": "calm"}, {"is_so": "licensed"}
SEASONS = [{"key": key, **BOTH} for key in ("summer", "winter")]
FACTS: dict[str, dict[str, Any]] = {
    "calm": {"kind": "yes_no"},
    "licensed": {"kind": "yes_no"},
    "weight": {"kind": "count"},
    "crew": {"kind": "count"},
    "guests": {"kind": "count"},
    "season": {"kind": "choice", "options": SEASONS},
    "fee": {"kind": "money", "standard": {"service": "fee", "group": "season"}},
    "deposit": {"kind": "money", "standard": {"service": "deposit"}},
    "factor": {"kind": "money", "silent": True, "default": "1.5", "assumed": BOTH},
    "wind": {"kind": "count", "silent": True},
}
DERIVED = {"hands": {"plus": ["crew", "guests"]}, "load": {"over": ["weight", "hands"]}}


def book(tiers: bool = False, **benefits: list[dict[str, Any]]) -> RuleBook:
    """A check `kites` of `benefits`, each granted under all of its conditions."""
    facts = {name: Fact.model_validate(one | {"ask": BOTH}) for name, one in FACTS.items()}
    known = {name: benefit(name, conditions) for name, conditions in benefits.items()}
    check = Check.model_validate({"title": BOTH, "benefits": list(benefits), "tiers": tiers})
    return RuleBook(TODAY, facts, DERIVED, known, {"kites": check})


def benefit(name: str, conditions: list[dict[str, Any]]) -> Benefit:
    told = dict.fromkeys(("title", "gives", "documents", "apply_at"), BOTH)
    source = {"law": "风筝条例", "article": "第三条", "in_force": "2020-01-01", "says": BOTH}
    rules = [source | {"when": condition} for condition in conditions]
    return Benefit.model_validate(told | {"id": name, "article": "kites/fly", "rules": rules})


def finding(told: Mapping[str, Any], *conditions: dict[str, Any]) -> Finding:
    return Case(book(flight=list(conditions)), told).judge("flight")


def ruling(told: Mapping[str, Any], condition: dict[str, Any]) -> Ruling:
    (only,) = finding(told, condition).rulings
    return only


def asked(told: Mapping[str, Any], *conditions: dict[str, Any]) -> str | None:
    return Case(book(flight=list(conditions)), told).next_fact("kites")


@pytest.mark.parametrize(
    ("calm", "licensed", "every", "some", "no"),
    [
        (T, T, MET, MET, NOT_MET),
        (T, F, NOT_MET, MET, NOT_MET),
        (T, N, UNKNOWN, MET, NOT_MET),
        (F, T, NOT_MET, MET, NOT_MET),
        (F, F, NOT_MET, NOT_MET, MET),
        (F, N, NOT_MET, UNKNOWN, UNKNOWN),
        (N, T, UNKNOWN, MET, NOT_MET),
        (N, F, NOT_MET, UNKNOWN, UNKNOWN),
        (N, N, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_all_any_and_none_follow_kleenes_tables_and_a_benefit_that_of_all(
    calm: bool | None, licensed: bool | None, every: Truth, some: Truth, no: Truth
) -> None:
    told = {"calm": calm, "licensed": licensed}
    for word, truth in (("all", every), ("any", some), ("none", no)):
        assert ruling(told, {word: [CALM, LICENSED]}).truth is truth
    verdict = {MET: LIKELY, NOT_MET: UNLIKELY, UNKNOWN: UNCLEAR}[every]
    assert finding(told, CALM, LICENSED).verdict is verdict


def test_a_fact_is_so_or_not_and_else_unknown() -> None:
    for said, so, not_so in ((T, MET, NOT_MET), (F, NOT_MET, MET), (N, UNKNOWN, UNKNOWN)):
        assert ruling({"calm": said}, CALM).truth is so
        assert ruling({"calm": said}, {"not_so": "calm"}).truth is not_so
    assert ruling({}, CALM).truth is ruling({}, {"not_so": "calm"}).truth is UNKNOWN


def test_a_choice_is_among_those_named_or_not() -> None:
    for chosen, truth in (("summer", MET), ("winter", NOT_MET), (None, UNKNOWN)):
        assert ruling({"season": chosen}, {"among": ["season", ["summer"]]}).truth is truth


EDGE = {
    "9.99": (MET, NOT_MET, NOT_MET),
    "10": (NOT_MET, MET, NOT_MET),
    "10.01": (NOT_MET, MET, MET),
}


@pytest.mark.parametrize(("weight", "truths"), EDGE.items())
def test_a_limit_is_below_at_or_above(weight: str, truths: tuple[Truth, ...]) -> None:
    for word, truth in zip(("below", "at_least", "above"), truths, strict=True):
        assert ruling({"weight": Decimal(weight)}, {word: ["weight", 10]}).truth is truth
        assert ruling({"weight": None}, {word: ["weight", 10]}).truth is UNKNOWN


@pytest.mark.parametrize(
    ("term", "exactly"),
    [
        ({"plus": ["crew", "guests"]}, 4),
        ({"times": ["crew", "factor"]}, 4.5),
        ({"over": ["weight", 2]}, 5),
        ({"plus": [{"times": ["crew", 2]}, {"over": ["weight", 4]}]}, 8.5),
        ({"plus": [0.1, 0.2]}, 0.3),
        ("hands", 4),
        ("load", 2.5),
    ],
)
def test_terms_are_reckoned_to_the_cent(term: Any, exactly: float) -> None:
    told = {"crew": Decimal(3), "guests": Decimal(1), "weight": Decimal(10)}
    assert ruling(told, {"at_least": [term, exactly]}).truth is MET
    assert ruling(told, {"above": [term, exactly]}).truth is NOT_MET


def test_what_is_divided_by_zero_or_by_the_unknown_is_unknown() -> None:
    for hands in (Decimal(0), None):
        told = {"weight": Decimal(10), "crew": hands, "guests": Decimal(0)}
        assert ruling(told, {"above": ["load", 0]}).truth is UNKNOWN


def test_a_default_stands_in_where_nobody_knows_and_is_named() -> None:
    limit = {"below": ["weight", {"times": ["factor", 10]}]}
    for told in ({"weight": Decimal("14.99")}, {"weight": Decimal("14.99"), "factor": None}):
        assert (ruling(told, limit).truth, ruling(told, limit).assumed) == (MET, ("factor",))
    known = ruling({"weight": Decimal("14.99"), "factor": Decimal(1)}, limit)
    assert (known.truth, known.assumed) == (NOT_MET, ())
    assert (ruling({}, limit).truth, ruling({}, limit).assumed) == (UNKNOWN, ())


def test_fails_is_met_where_the_other_benefit_is_unlikely_and_asks_for_what_that_rests_on() -> None:
    two = book(consolation=[{"fails": "flight"}], flight=[CALM])
    for calm, truth in ((T, NOT_MET), (F, MET), (N, UNKNOWN)):
        assert Case(two, {"calm": calm}).judge("consolation").rulings[0].truth is truth
    assert Case(two, {}).next_fact("kites") == "calm"


@pytest.mark.parametrize(
    ("calm", "found", "wanted"),
    [(T, ["flight"], None), (N, ["flight"], None), (F, ["flight", "run"], "licensed")],
    ids=["likely", "unclear", "unlikely"],
)
def test_tiers_stop_at_the_first_benefit_not_ruled_out(
    calm: bool | None, found: list[str], wanted: str | None
) -> None:
    tiers = Case(book(tiers=True, flight=[CALM], run=[LICENSED]), {"calm": calm})
    assert [one.benefit.id for one in tiers.findings("kites")] == found
    assert tiers.next_fact("kites") == wanted
    beside = Case(book(flight=[CALM], run=[LICENSED]), {"calm": calm})
    assert [one.benefit.id for one in beside.findings("kites")] == ["flight", "run"]
    assert beside.next_fact("kites") == "licensed"


@pytest.mark.parametrize(
    ("told", "conditions", "wanted"),
    [
        ({}, [LICENSED, CALM], "licensed"),
        ({"licensed": True}, [LICENSED, CALM], "calm"),
        ({"licensed": None}, [LICENSED, CALM], "calm"),
        ({"licensed": False}, [LICENSED, CALM], None),
        ({"licensed": True, "calm": True}, [LICENSED, CALM], None),
        ({"calm": True}, [{"any": [CALM, LICENSED]}], None),
        ({"calm": False}, [{"any": [CALM, LICENSED]}], "licensed"),
        ({"calm": None}, [{"any": [CALM, LICENSED]}], "licensed"),
        ({"calm": True}, [{"none": [CALM, LICENSED]}], None),
        ({"calm": False}, [{"any": [{"all": [CALM, LICENSED]}, {"above": ["crew", 1]}]}], "crew"),
        ({}, [{"above": ["load", 3]}], "weight"),
        ({"weight": Decimal(1)}, [{"above": ["load", 3]}], "crew"),
        ({"weight": Decimal(1), "crew": Decimal(1)}, [{"above": ["load", 3]}], "guests"),
    ],
)
def test_only_what_may_still_change_the_verdict_is_asked(
    told: dict[str, Any], conditions: list[dict[str, Any]], wanted: str | None
) -> None:
    assert asked(told, *conditions) == wanted


def test_a_silent_fact_is_never_asked_even_if_nobody_knows_it() -> None:
    assert asked({}, {"below": ["wind", 5]}) is None
    assert finding({}, {"below": ["wind", 5]}).verdict is UNCLEAR
    assert asked({}, {"below": ["factor", "weight"]}) == "weight"


FEE = {"below": ["weight", "fee"]}


def of(told: Mapping[str, Any], *amounts: Standard, region: str | None = "风筝县") -> Case:
    """A case in 风筝县, where `amounts` are entered."""
    words = {"label": "费", "label_en": "fee", "asks": "风筝场", "asks_en": "the field"}
    groups = {one["key"]: BOTH for one in SEASONS}
    services = {k: Service.model_validate(words | {"groups": groups}) for k in ("fee", "deposit")}
    place = Region.model_validate({"region": "风筝县", "standards": amounts})
    standards = Standards(services, {"风筝县": place})
    return Case.of(book(flight=[FEE, {"below": ["deposit", 101]}]), told, standards, region, TODAY)


def amount(service: str, yuan: int, unit: str = "元/人·月", **changes: Any) -> Standard:
    dated = {"valid_from": "2026-01-01", "valid_to": "2026-12-31", "entered_on": "2026-01-05"}
    fields = {"service": service, "amount": yuan, "unit": unit, "source": "风筝县通告"}
    return Standard.model_validate(fields | dated | changes)


SUMMER = amount("fee", 80, group="summer")


def test_an_entered_amount_is_read_a_month_and_told_as_used() -> None:
    for unit, monthly in (("元/人·月", 1200), ("元/人·年", 100), ("元/户·年", 100)):
        entered = amount("deposit", 1200, unit)
        case = of({}, entered)
        assert (case.told["deposit"], case.used) == (monthly, {"deposit": entered})


def test_what_the_citizen_says_goes_before_what_is_entered() -> None:
    case = of({"deposit": Decimal(7)}, amount("deposit", 1200))
    assert (case.told["deposit"], case.used) == (7, {})


def test_a_past_amount_or_one_of_another_place_is_not_used() -> None:
    past = amount("deposit", 1200, valid_from="2025-01-01", valid_to="2025-12-31")
    for case in (of({}, past), of({}, amount("deposit", 1200), region=None)):
        assert ("deposit" in case.told, case.used) == (False, {})


def test_the_group_is_asked_first_only_where_an_amount_is_entered() -> None:
    told = {"weight": Decimal(50)}
    assert of(told, SUMMER).next_fact("kites") == "season"
    assert of(told).next_fact("kites") == "fee"
    assert of(told, SUMMER, region=None).next_fact("kites") == "fee"


@pytest.mark.parametrize(
    ("told", "entered", "fee", "wanted"),
    [
        ({"season": "summer"}, SUMMER, 80, "deposit"),
        ({"season": "winter"}, SUMMER, None, "fee"),
        ({"season": None}, SUMMER, None, "fee"),
        ({}, amount("fee", 80), 80, "deposit"),
    ],
)
def test_the_amount_is_asked_where_none_is_entered_for_the_group_or_for_everybody(
    told: dict[str, Any], entered: Standard, fee: int | None, wanted: str
) -> None:
    case = of(told | {"weight": Decimal(50)}, entered)
    assert (case.told.get("fee"), case.next_fact("kites")) == (fee, wanted)
