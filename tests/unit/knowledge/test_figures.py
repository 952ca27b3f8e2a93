"""A local amount in words: what it is, of when and by whom; a past one never as the present."""

import re
from datetime import date
from typing import Any

import pytest

from knowledge.figures import in_words, sources
from knowledge.standards import UNITS, Figure, Service, Standard, State

AID = Service(
    label="灯笼补贴",
    label_en="lantern aid",
    asks="乡镇灯笼站",
    asks_en="the lantern station",
    groups={"urban": {"zh": "城镇", "en": "urban"}, "rural": {"zh": "农村", "en": "rural"}},
)
ENTERED = date(2026, 3, 2)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def amount(value: str = "100", **changes: Any) -> Standard:
    fields = {
        "service": "aid",
        "amount": value,
        "unit": "元/人·月",
        "valid_from": "2025-03-01",
        "valid_to": "2026-02-28",
        "source": "Lantern Notice 7",
        "entered_on": ENTERED,
    }
    return Standard.model_validate(fields | changes)


def figure(state: State, *amounts: Standard, region: str | None = "灯笼县") -> Figure:
    return Figure(AID, state, region, amounts)


def words(state: State, *amounts: Standard, region: str | None = "灯笼县") -> dict[str, str]:
    return in_words(figure(state, *amounts, region=region))


def test_a_current_amount_is_told_with_place_days_and_document() -> None:
    assert words(State.CURRENT, amount()) == {
        "zh": (
            "**灯笼县灯笼补贴**（2025-03-01 至 2026-02-28）：100 元/人·月。来源：Lantern Notice 7。"
        ),
        "en": (
            "**灯笼县: lantern aid** (from 2025-03-01 to 2026-02-28): "
            "100 yuan per person and month. Source: Lantern Notice 7."
        ),
    }


def test_a_current_amount_without_an_end_is_told_with_its_first_day() -> None:
    said = words(State.CURRENT, amount(valid_to=None, review_by="2026-03-01"))
    assert "（2025-03-01 起）" in said["zh"]
    assert "(from 2025-03-01 on)" in said["en"]
    assert "None" not in str(said)
    assert "2026-03-01" not in str(said)


HISTORY = [
    amount(),
    amount(valid_to=None, review_by="2026-01-01"),
    amount(valid_from=None, valid_to=None),
    amount(amount_to="300"),
    amount(at_least=True, group="urban"),
    amount(note="原文只写2025年"),
]


@pytest.mark.parametrize("past", HISTORY)
def test_a_past_amount_never_stands_without_its_warning_and_whom_to_ask(past: Standard) -> None:
    said = words(State.HISTORIC, past)
    assert "过去的标准，**不能当现在的用**" in said["zh"]
    assert "请向乡镇灯笼站核实，或拨打 [[hotline]]" in said["zh"]
    assert "a past amount, **not the present one**" in said["en"]
    assert "ask the lantern station or call [[hotline]]" in said["en"]
    for language in ("zh", "en"):
        assert "100" in said[language]
        assert "灯笼县" in said[language]
        assert "Lantern Notice 7" in said[language]


@pytest.mark.parametrize(
    ("valid_from", "zh", "en"),
    [("2018-04-01", "2018 年为", "in 2018"), (None, "（年份不详）为", "(undated)")],
)
def test_a_past_amount_is_told_with_its_year_where_there_is_one(
    valid_from: str | None, zh: str, en: str
) -> None:
    said = words(State.HISTORIC, amount(valid_from=valid_from))
    assert f"**灯笼县灯笼补贴，{zh}**：100 元/人·月" in said["zh"]
    assert f"**灯笼县: lantern aid {en}**: 100 yuan" in said["en"]
    assert "None" not in str(said)


@pytest.mark.parametrize(
    ("region", "zh", "en"),
    [
        ("灯笼县", "灯笼县现行的灯笼补贴", "of 灯笼县"),
        (None, "本地现行的灯笼补贴", "of this place"),
    ],
)
def test_a_missing_amount_says_no_number_and_whom_to_ask(
    region: str | None, zh: str, en: str
) -> None:
    said = words(State.MISSING, region=region)
    assert zh in said["zh"]
    assert en in said["en"]
    assert not re.search(r"\d", str(said))
    assert "我不报数" in said["zh"]
    assert "请向乡镇灯笼站核实，或拨打 [[hotline]]" in said["zh"]
    assert "Ask the lantern station or call [[hotline]]" in said["en"]
    assert "不能当现在的用" not in said["zh"]
    assert "None" not in str(said)


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_told_in_both_languages_each_in_its_own(state: State) -> None:
    amounts = () if state is State.MISSING else (amount(group="urban"),)
    said = words(state, *amounts, region="Lantern")
    assert set(said) == {"zh", "en"}
    assert CHINESE.search(said["zh"])
    assert not CHINESE.search(said["en"])


@pytest.mark.parametrize("state", [State.CURRENT, State.HISTORIC])
@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({"amount": "686.40"}, "686.4 元/人·月", "686.4 yuan per person and month"),
        ({"amount": "686.45"}, "686.45 元/人·月", "686.45 yuan per person and month"),
        ({"amount": "480.00"}, "480 元/人·月", "480 yuan per person and month"),
        ({"amount": "4680"}, "4680 元/人·月", "4680 yuan per person and month"),
        ({"amount": "30000"}, "30000 元/人·月", "30000 yuan per person and month"),
        ({"amount": "0"}, "0 元/人·月", "0 yuan per person and month"),
        ({"amount": "0.50"}, "0.5 元/人·月", "0.5 yuan per person and month"),
        ({"amount": "4680", "unit": "元/人·年"}, "4680 元/人·年", "4680 yuan per person and year"),
        (
            {"amount": "900", "unit": "元/户·年"},
            "900 元/户·年",
            "900 yuan per household and year",
        ),
        ({"amount": "1.5", "unit": "倍低保标准"}, "1.5 倍低保标准", "1.5 times the dibao line"),
        (
            {"amount": "10000", "amount_to": "30000.0"},
            "10000–30000 元/人·月",
            "10000–30000 yuan per person and month",
        ),
        (
            {"at_least": True},
            "不低于 100 元/人·月",
            "at least 100 yuan per person and month",
        ),
        (
            {"at_least": True, "group": "rural"},
            "农村 不低于 100 元/人·月",
            "rural at least 100 yuan per person and month",
        ),
        ({"group": "urban"}, "城镇 100 元/人·月", "urban 100 yuan per person and month"),
        ({"group": None}, "：100 元/人·月", ": 100 yuan per person and month"),
    ],
)
def test_an_amount_is_written_as_people_write_it(
    state: State, changes: dict[str, Any], zh: str, en: str
) -> None:
    said = words(state, amount(**changes))
    assert re.search(rf"(?<![\d.]){re.escape(zh)}(?![·\d])", said["zh"])
    assert re.search(rf"(?<![\d.]){re.escape(en)}", said["en"])


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_has_words_in_both_languages(unit: str) -> None:
    said = words(State.CURRENT, amount(unit=unit))
    assert f"100 {unit}" in said["zh"]
    assert f"100 {UNITS[unit]}" in said["en"]
    assert ("年" in unit) == ("year" in UNITS[unit])


@pytest.mark.parametrize("state", [State.CURRENT, State.HISTORIC])
def test_groups_are_told_beside_each_other(state: State) -> None:
    said = words(state, amount("480", group="urban"), amount("332", group="rural"))
    assert "城镇 480 元/人·月，农村 332 元/人·月" in said["zh"]
    expected = "urban 480 yuan per person and month, rural 332 yuan per person and month"
    assert expected in said["en"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_amount_is_never_told_under_the_document_of_another(language: str) -> None:
    urban = amount("480", group="urban", source="Notice A")
    rural = amount("332", group="rural", source="Notice B", valid_from="2025-09-01")
    said = words(State.CURRENT, urban, rural)[language]
    for part in ("480", "332", "Notice A", "Notice B", "2025-03-01", "2025-09-01"):
        assert part in said


def test_a_source_is_the_document_with_region_first_day_and_day_of_entry() -> None:
    assert sources([figure(State.CURRENT, amount(note="Page 3"))]) == [
        {
            "law": "Lantern Notice 7",
            "article": None,
            "in_force": "2025-03-01",
            "verified": True,
            "note": "Page 3",
            "region": "灯笼县",
            "reviewed_on": "2026-03-02",
        }
    ]


@pytest.mark.parametrize(
    ("state", "note", "told"),
    [
        (State.CURRENT, "", ""),
        (State.CURRENT, "原文", "原文"),
        (State.HISTORIC, "", "过去的标准"),
        (State.HISTORIC, "原文", "原文"),
    ],
)
def test_the_note_of_a_source_is_its_own_or_says_that_it_is_past(
    state: State, note: str, told: str
) -> None:
    assert [one["note"] for one in sources([figure(state, amount(note=note))])] == [told]


def test_a_source_without_a_year_claims_none() -> None:
    (source,) = sources([figure(State.HISTORIC, amount(valid_from=None, valid_to=None))])
    assert source["in_force"] is None


def test_what_is_missing_has_no_source() -> None:
    assert sources([figure(State.MISSING)]) == []
    assert sources([]) == []


def test_a_document_is_named_once_however_many_amounts_it_sets_and_each_document_once() -> None:
    both = figure(State.CURRENT, amount("1", group="urban"), amount("2", group="rural"))
    other = figure(State.HISTORIC, amount("3", source="Notice B"), region="彩灯市")
    named = sources([both, other, figure(State.MISSING), both])
    assert [(one["law"], one["region"]) for one in named] == [
        ("Lantern Notice 7", "灯笼县"),
        ("Notice B", "彩灯市"),
    ]
