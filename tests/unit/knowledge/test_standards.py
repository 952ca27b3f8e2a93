"""A local amount holds in its place, on its days, and nowhere and never else."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from knowledge.datafile import DataError
from knowledge.standards import (
    SERVICES,
    UNITS,
    Region,
    Service,
    Standard,
    Standards,
    State,
    load_standards,
    region_files,
)

COUNTY, CITY, PROVINCE = "灯笼县", "彩灯市", "光明省"
FIRST, LAST, REVIEW = date(2025, 3, 1), date(2026, 2, 28), date(2026, 1, 1)
DAY = date(2025, 6, 15)
AID = Service(
    label="灯笼补贴",
    label_en="lantern aid",
    asks="乡镇灯笼站",
    asks_en="the lantern station",
    groups={"urban": {"zh": "城镇", "en": "urban"}, "rural": {"zh": "农村", "en": "rural"}},
)
OIL = Service(label="灯油费", label_en="lamp oil", asks="灯油站", asks_en="the oil station")


def amount(value: float = 100, **changes: Any) -> Standard:
    """An amount of 灯笼补贴 from FIRST to LAST; `changes` are fields that differ."""
    fields = {
        "service": "aid",
        "amount": value,
        "unit": "元/人·月",
        "valid_from": FIRST,
        "valid_to": LAST,
        "source": "灯笼县通知",
        "entered_on": date(2026, 3, 2),
    }
    return Standard.model_validate(fields | changes)


def standards(**amounts: list[Standard]) -> Standards:
    """A county within a city within a province, each with the amounts it is given."""
    named = (
        Region(region=COUNTY, within=CITY, standards=amounts.get("county", [])),
        Region(region=CITY, within=PROVINCE, standards=amounts.get("city", [])),
        Region(region=PROVINCE, standards=amounts.get("province", [])),
    )
    return Standards({"aid": AID, "oil": OIL}, {place.region: place for place in named})


def regions(*places: Region) -> Standards:
    return Standards({"aid": AID}, {place.region: place for place in places})


ENDS = {"valid_to": LAST}
REVIEWED = {"valid_to": None, "review_by": REVIEW}
UNDATED = {"valid_from": None, "valid_to": None}
UNDATED_WITH_END = {"valid_from": None, "valid_to": LAST}


@pytest.mark.parametrize(
    ("dates", "day", "state"),
    [
        (ENDS, date(2025, 2, 28), State.MISSING),
        (ENDS, FIRST, State.CURRENT),
        (ENDS, LAST, State.CURRENT),
        (ENDS, date(2026, 3, 1), State.HISTORIC),
        ({"valid_from": LAST}, date(2026, 2, 27), State.MISSING),
        ({"valid_from": LAST}, LAST, State.CURRENT),
        ({"valid_from": LAST}, date(2026, 3, 1), State.HISTORIC),
        (REVIEWED, date(2025, 2, 28), State.MISSING),
        (REVIEWED, FIRST, State.CURRENT),
        (REVIEWED, date(2025, 12, 31), State.CURRENT),
        (REVIEWED, REVIEW, State.HISTORIC),
        (REVIEWED, date(2026, 1, 2), State.HISTORIC),
        (ENDS | {"review_by": REVIEW}, date(2025, 12, 31), State.CURRENT),
        (ENDS | {"review_by": REVIEW}, REVIEW, State.HISTORIC),
        (ENDS | {"review_by": REVIEW}, LAST, State.HISTORIC),
        (ENDS | {"review_by": date(2027, 1, 1)}, LAST, State.CURRENT),
        (ENDS | {"review_by": date(2027, 1, 1)}, date(2026, 3, 1), State.HISTORIC),
        (UNDATED, date(1980, 1, 1), State.HISTORIC),
        (UNDATED, DAY, State.HISTORIC),
        (UNDATED, date(2099, 1, 1), State.HISTORIC),
        (UNDATED_WITH_END, DAY, State.HISTORIC),
        (UNDATED | {"review_by": date(2099, 1, 1)}, DAY, State.HISTORIC),
    ],
)
def test_an_amount_is_current_on_its_days_and_before_its_review_only(
    dates: dict[str, Any], day: date, state: State
) -> None:
    one = amount(**dates)
    figure = standards(county=[one]).figure("aid", COUNTY, day)
    assert figure.state is state
    assert figure.standards == (() if state is State.MISSING else (one,))
    assert (one.is_current(day), one.is_past(day)) == (
        state is State.CURRENT,
        state is State.HISTORIC,
    )


def test_a_missing_figure_keeps_the_region_asked_for_and_holds_no_amount() -> None:
    figure = standards().figure("oil", COUNTY, DAY)
    assert (figure.service, figure.state) == (OIL, State.MISSING)
    assert (figure.region, figure.standards) == (COUNTY, ())


@pytest.mark.parametrize("region", [None, "", "无名县", "灯笼"])
def test_without_a_region_of_ours_nothing_is_known(region: str | None) -> None:
    filled = standards(county=[amount()], city=[amount()], province=[amount()])
    assert filled.figure("aid", region, DAY).state is State.MISSING
    assert filled.amount("aid", region, DAY) is None
    assert not filled.has("aid", region, DAY)


def test_amounts_of_another_service_are_not_taken_for_it() -> None:
    filled = standards(county=[amount(service="oil")])
    assert filled.figure("aid", COUNTY, DAY).state is State.MISSING
    assert filled.figure("oil", COUNTY, DAY).state is State.CURRENT


@pytest.mark.parametrize(
    ("asked", "region", "value"),
    [(COUNTY, COUNTY, 1), (CITY, CITY, 2), (PROVINCE, PROVINCE, 3)],
)
def test_a_nearer_region_goes_before_a_wider_one(asked: str, region: str, value: int) -> None:
    filled = standards(county=[amount(1)], city=[amount(2)], province=[amount(3)])
    figure = filled.figure("aid", asked, DAY)
    assert figure.region == region
    assert [one.amount for one in figure.standards] == [value]


@pytest.mark.parametrize(
    ("wider", "region"), [({"city": [amount(2)]}, CITY), ({"province": [amount(3)]}, PROVINCE)]
)
def test_what_a_region_lacks_is_looked_up_in_those_it_lies_within(
    wider: dict[str, list[Standard]], region: str
) -> None:
    figure = standards(**wider).figure("aid", COUNTY, DAY)
    assert (figure.state, figure.region) == (State.CURRENT, region)


def test_a_wider_region_never_looks_into_those_it_holds() -> None:
    assert standards(county=[amount()]).figure("aid", CITY, DAY).state is State.MISSING


def test_current_amounts_of_a_wider_region_go_before_past_ones_of_a_nearer() -> None:
    past, now = amount(1, valid_from="2019-01-01", valid_to="2019-12-31"), amount(3)
    figure = standards(county=[past], province=[now]).figure("aid", COUNTY, DAY)
    assert (figure.state, figure.region, figure.standards) == (State.CURRENT, PROVINCE, (now,))


def test_past_amounts_of_the_nearest_region_stand_where_nobody_has_current_ones() -> None:
    near = amount(1, valid_from="2018-01-01", valid_to="2018-12-31")
    wide = amount(2, valid_from="2024-01-01", valid_to="2024-12-31")
    figure = standards(county=[near], city=[wide]).figure("aid", COUNTY, DAY)
    assert (figure.state, figure.region, figure.standards) == (State.HISTORIC, COUNTY, (near,))


def test_a_region_with_some_current_amounts_shows_no_past_ones_beside_them() -> None:
    now = amount(1, group="urban")
    past = amount(2, group="rural", valid_to="2025-04-30")
    figure = standards(county=[past, now]).figure("aid", COUNTY, DAY)
    assert (figure.state, figure.standards) == (State.CURRENT, (now,))


def test_all_groups_of_a_current_service_are_told_in_the_order_entered() -> None:
    entered = [amount(1, group="urban"), amount(2, group="rural")]
    assert standards(county=entered).figure("aid", COUNTY, DAY).standards == tuple(entered)


def test_of_past_amounts_only_the_latest_are_kept() -> None:
    older = amount(1, valid_from="2018-01-01", valid_to="2018-12-31", group="urban")
    urban = amount(2, valid_from="2019-01-01", valid_to="2019-12-31", group="urban")
    rural = amount(3, valid_from="2019-01-01", valid_to="2019-06-30", group="rural")
    undated = amount(4, **UNDATED)
    figure = standards(county=[urban, older, undated, rural]).figure("aid", COUNTY, DAY)
    assert (figure.state, figure.standards) == (State.HISTORIC, (urban, rural))


def test_amounts_still_to_come_are_neither_current_nor_history() -> None:
    past = amount(1, valid_from="2019-01-01", valid_to="2019-12-31")
    coming = amount(2, valid_from="2025-06-16")
    figure = standards(county=[coming, past]).figure("aid", COUNTY, DAY)
    assert (figure.state, figure.standards) == (State.HISTORIC, (past,))


def test_an_amount_is_the_one_of_the_day_not_the_newest() -> None:
    old = amount(1, valid_from="2024-01-01", valid_to="2024-12-31")
    new = amount(2, valid_from="2025-01-01", valid_to="2025-12-31")
    filled = standards(county=[old, new])
    assert filled.amount("aid", COUNTY, date(2024, 12, 31)) == old
    assert filled.amount("aid", COUNTY, date(2025, 1, 1)) == new
    assert filled.amount("aid", COUNTY, date(2026, 1, 1)) is None


URBAN, RURAL, ANY = amount(1, group="urban"), amount(2, group="rural"), amount(3)
PAST = amount(4, group="urban", valid_to="2025-06-14")


@pytest.mark.parametrize(
    ("county", "city", "group", "expected"),
    [
        ([URBAN, RURAL], [], "urban", URBAN),
        ([URBAN, RURAL], [], "rural", RURAL),
        ([URBAN, RURAL], [], None, None),
        ([URBAN, RURAL], [], "other", None),
        ([URBAN], [], None, None),
        ([ANY], [], None, ANY),
        ([ANY], [], "rural", ANY),
        ([URBAN, ANY], [], "rural", ANY),
        ([URBAN, ANY], [], "urban", None),
        ([URBAN, ANY], [], None, ANY),
        ([PAST], [], "urban", None),
        ([PAST], [URBAN], "urban", URBAN),
        ([RURAL], [URBAN], "urban", URBAN),
        ([URBAN], [ANY], "urban", URBAN),
        ([], [], "urban", None),
        ([amount(1, group="urban", **UNDATED)], [], "urban", None),
    ],
)
def test_the_amount_for_a_group_is_the_only_current_one_that_fits(
    county: list[Standard], city: list[Standard], group: str | None, expected: Standard | None
) -> None:
    filled = standards(county=county, city=city)
    assert filled.amount("aid", COUNTY, DAY, group) == expected


@pytest.mark.parametrize(
    ("entered", "has"),
    [
        ({"county": [URBAN]}, True),
        ({"province": [ANY]}, True),
        ({"county": [PAST]}, False),
        ({"county": [amount(1, **UNDATED)]}, False),
        ({"county": [amount(1, service="oil")]}, False),
        ({}, False),
    ],
)
def test_a_region_has_a_service_where_any_amount_of_it_is_current(
    entered: dict[str, list[Standard]], has: bool
) -> None:
    assert standards(**entered).has("aid", COUNTY, DAY) is has


NAMED = regions(
    Region(region="灯笼县", aliases=["灯笼古城", "灯"]),
    Region(region="灯笼山区"),
    Region(region="彩灯市"),
    Region(region="燈塔旗"),
    Region(region="萤火自治州", aliases=["Firefly"]),
    Region(region="亮县"),
)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("灯笼县低保多少", "灯笼县"),
        ("我住灯笼，低保多少", "灯笼县"),
        ("灯笼古城的低保", "灯笼县"),
        ("灯笼山区低保", "灯笼山区"),
        ("灯笼山的低保", "灯笼山区"),
        ("我在彩灯市灯笼山区", "灯笼山区"),
        ("彩灯低保标准", "彩灯市"),
        ("彩灯市", "彩灯市"),
        ("彩燈市低保標準", "彩灯市"),
        ("燈籠縣低保", "灯笼县"),
        ("灯塔旗补贴", "燈塔旗"),
        ("灯塔的补贴", "燈塔旗"),
        ("萤火自治州", "萤火自治州"),
        ("HOW MUCH IN FIREFLY", "萤火自治州"),
        ("亮县低保", "亮县"),
        ("我家不亮", None),
        ("一盏灯多少钱", None),
        ("低保多少钱", None),
        ("无名县低保", None),
        ("", None),
    ],
)
def test_a_text_names_a_region_with_or_without_its_ending_the_longest_name_first(
    text: str, region: str | None
) -> None:
    assert NAMED.named_in(text) == region


@pytest.mark.parametrize("name", ["蝶州市", "蝶旗县", "蝶区市"])
def test_only_the_ending_of_a_name_is_left_off(name: str) -> None:
    """Like 衢州市 and 杭州市, called 衢州 and 杭州 by everybody."""
    assert regions(Region(region=name)).named_in(f"{name[:2]}低保多少") == name


def test_without_regions_no_text_names_one() -> None:
    assert Standards().named_in("灯笼县低保") is None


@pytest.mark.parametrize(
    ("places", "asked", "expected"),
    [
        ([("甲县", "乙市"), ("乙市", "丙省"), ("丙省", None)], "甲县", ["甲县", "乙市", "丙省"]),
        ([("甲县", "乙市"), ("乙市", "甲县")], "甲县", ["甲县", "乙市"]),
        ([("甲县", "乙市"), ("乙市", "甲县")], "乙市", ["乙市", "甲县"]),
        ([("甲县", "乙市"), ("乙市", "丙省"), ("丙省", "乙市")], "甲县", ["甲县", "乙市", "丙省"]),
        ([("甲县", "甲县")], "甲县", ["甲县"]),
        ([("甲县", "不在这里市")], "甲县", ["甲县"]),
        ([("甲县", None)], "乙市", []),
        ([("甲县", None)], None, []),
    ],
)
def test_the_regions_around_one_come_nearest_first_and_end_where_they_would_repeat(
    places: list[tuple[str, str | None]], asked: str | None, expected: list[str]
) -> None:
    known = regions(*(Region(region=name, within=within) for name, within in places))
    assert [place.region for place in known.around(asked)] == expected


def spans(first: str | None, last: str | None) -> dict[str, Any]:
    return {"valid_from": first, "valid_to": last, "review_by": "2030-01-01"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (spans("2025-01-01", "2025-12-31"), spans("2025-12-31", "2026-12-31"), True),
        (spans("2025-01-01", "2025-12-31"), spans("2026-01-01", "2026-12-31"), False),
        (spans("2025-01-01", "2025-12-31"), spans("2025-03-01", "2025-03-01"), True),
        (spans("2025-01-01", "2025-12-31"), spans("2025-01-01", "2025-12-31"), True),
        (spans("2025-01-01", None), spans("2029-01-01", None), True),
        (spans("2025-01-01", None), spans("2024-01-01", "2024-12-31"), False),
        (spans("2025-01-01", None), spans("2024-01-01", "2025-01-01"), True),
        (spans("2025-01-01", None), spans("2031-01-01", None), True),
        (spans(None, None), spans("2025-01-01", None), False),
        (spans(None, None), spans(None, None), False),
        (spans(None, "2025-12-31"), spans("2025-01-01", None), False),
        (spans("2025-01-01", None), spans("2025-01-01", None) | {"group": "urban"}, False),
        (spans("2025-01-01", None), spans("2025-01-01", None) | {"service": "oil"}, False),
    ],
)
def test_two_amounts_overlap_where_both_stand_for_the_same_people_on_a_day(
    one: dict[str, Any], other: dict[str, Any], expected: bool
) -> None:
    first, second = amount(1, **one), amount(2, **other)
    assert (first.overlaps(second), second.overlaps(first)) == (expected, expected)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ""),
        ({"group": "urban"}, ""),
        ({"service": "oil"}, ""),
        ({"service": "gas"}, "服务“gas”不在 standards/services.yml 里"),
        ({"service": "gas", "group": "urban"}, "服务“gas”不在 standards/services.yml 里"),
        ({"group": "岛上"}, "灯笼补贴没有“岛上”这类对象；可用：城镇、农村"),
        ({"service": "oil", "group": "urban"}, "灯油费没有“urban”这类对象；可用：不分对象"),
    ],
)
def test_the_fault_of_an_amount_names_what_would_be_right(
    changes: dict[str, Any], told: str
) -> None:
    assert standards().fault_of(amount(**changes)) == told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"unit": "元"}, "单位“元”不认识"),
        ({"unit": ""}, "单位“”不认识"),
        ({"unit": "倍低保标准 "}, None),
        ({"valid_from": "2025-03-01", "valid_to": "2025-02-28"}, "截止日早于起始日"),
        ({"valid_from": "2025-03-01", "valid_to": "2025-03-01"}, None),
        ({"amount_to": 100}, "金额上限应高于金额"),
        ({"amount_to": 99.99}, "金额上限应高于金额"),
        ({"amount_to": 100.01}, None),
        ({"amount_to": 0, "amount": 0}, "金额上限应高于金额"),
        ({"valid_to": None}, "还没有截止日的，写复核日"),
        ({"valid_to": None, "review_by": "2026-01-01"}, None),
        ({"valid_from": None, "valid_to": None}, None),
        ({"amount": 0}, None),
        ({"amount": -0.01}, "greater than or equal to 0"),
        ({"amount": "NaN"}, "finite number"),
        ({"amount": "三百"}, "valid decimal"),
        ({"amount": 100.001}, "no more than 2 decimal places"),
        ({"amount": 10_000_000_000_000}, "digits"),
        ({"valid_from": "soon"}, "valid date"),
        ({"source": " "}, "at least 1 character"),
        ({"service": ""}, "at least 1 character"),
        ({"entered_on": None}, "valid date"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)
def test_an_amount_is_refused_with_the_reason_and_only_where_there_is_one(
    changes: dict[str, Any], told: str | None
) -> None:
    if told is None:
        assert amount(**changes).service == "aid"
        return
    with pytest.raises(ValidationError, match=told):
        amount(**changes)


def test_the_day_an_amount_began_cannot_be_left_out_unsaid() -> None:
    fields = amount().model_dump() | {"valid_to": None}
    del fields["valid_from"]
    with pytest.raises(ValidationError, match="valid_from"):
        Standard.model_validate(fields)


def test_a_wrong_unit_is_answered_with_those_that_are_right() -> None:
    with pytest.raises(ValidationError) as refused:
        amount(unit="元/月")
    assert all(unit in str(refused.value) for unit in UNITS)


SERVICES_FILE = "aid: {label: 灯笼补贴, label_en: lantern aid, asks: 站, asks_en: the station}\n"
REGION_FILE = """\
region: 灯笼县
within: 彩灯市
aliases: [灯笼古城]
standards:
  - {service: aid, amount: 686.40, unit: 元/人·月, valid_from: 2025-03-01,
     review_by: 2026-01-01, source: 灯笼县通知, entered_on: 2026-03-02}
"""


def folder_of(tmp_path: Path, region: str = REGION_FILE, services: str = SERVICES_FILE) -> Path:
    (tmp_path / SERVICES).write_text(services, "utf-8")
    (tmp_path / "灯笼县.yml").write_text(region, "utf-8")
    return tmp_path


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "彩灯市.yml").write_text("region: 彩灯市\n", "utf-8")
    (folder / "notes.txt").write_text("[", "utf-8")
    read = load_standards(folder)
    assert set(read.services) == {"aid"}
    assert set(read.regions) == {"灯笼县", "彩灯市"}
    assert read.named_in("灯笼古城") == "灯笼县"
    (one,) = read.regions["灯笼县"].standards
    assert (one.amount, one.review_by) == (Decimal("686.4"), REVIEW)
    assert [path.name for path in region_files(folder)] == ["彩灯市.yml", "灯笼县.yml"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("region: [灯笼县", "not valid YAML"),
        ("region: 灯笼县\ncolour: red\n", "colour: Extra inputs are not permitted"),
        (REGION_FILE.replace("source:", "sauce:"), "standards.0.source: Field required"),
        (REGION_FILE.replace("元/人·月", "元"), "standards.0: 单位“元”不认识"),
        (REGION_FILE.replace("2026-01-01", "someday"), "standards.0.review_by"),
        (REGION_FILE.replace("region: 灯笼县\n", ""), "region: Field required"),
        ("", "must hold a dict"),
        ("- 灯笼县\n", "must hold a dict"),
        (REGION_FILE.replace("2026-01-01", "2026-02-30"), ""),
    ],
)
def test_a_bad_region_file_is_told_by_name_and_place(
    tmp_path: Path, content: str, told: str
) -> None:
    with pytest.raises(DataError) as refused:
        load_standards(folder_of(tmp_path, content))
    assert str(refused.value).startswith("灯笼县.yml: ")
    assert told in str(refused.value)


def test_a_region_file_in_another_encoding_is_told_by_name(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "灯笼县.yml").write_bytes(REGION_FILE.encode("gb18030"))
    with pytest.raises(DataError, match=r"灯笼县\.yml"):
        load_standards(folder)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("aid: [", "not valid YAML"),
        ("aid: {label: 灯笼补贴}", "label_en: Field required"),
        (SERVICES_FILE.replace("}", ", colour: red}"), "colour: Extra inputs"),
        ("aid: 3", "valid dictionary"),
        ("", ""),
        ("- aid\n", ""),
    ],
)
def test_a_bad_services_file_is_told_by_name_and_place(
    tmp_path: Path, content: str, told: str
) -> None:
    with pytest.raises(DataError) as refused:
        load_standards(folder_of(tmp_path, services=content))
    assert str(refused.value).startswith("services.yml: ")
    assert told in str(refused.value)


def test_the_amounts_in_use_can_be_read_and_fit_their_services() -> None:
    used = load_standards()
    assert used.regions
    for place in used.regions.values():
        assert [used.fault_of(one) for one in place.standards] == [""] * len(place.standards)
