"""A spreadsheet of local amounts: every row is taken, known, or refused with its reason."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from knowledge import __main__ as command
from knowledge.standards import (
    SERVICES,
    Region,
    Service,
    Standard,
    Standards,
    load_standards,
)
from knowledge.standards_import import (
    COLUMNS,
    NEEDED,
    Imported,
    SheetUnreadable,
    read_sheet,
    take,
    write,
)

TODAY = date(2026, 3, 2)
HEADINGS = list(COLUMNS)
SERVICES_FILE = """\
aid:
  label: 灯笼补贴
  label_en: lantern aid
  asks: 灯笼站
  asks_en: the lantern station
  groups:
    urban: {zh: 城镇, en: urban}
    rural: {zh: 农村, en: rural}
oil: {label: 灯油费, label_en: lamp oil, asks: 灯油站, asks_en: the oil station}
"""
GOOD = {
    "地区": "灯笼县",
    "上级地区": "彩灯市",
    "服务": "灯笼补贴",
    "对象": "城镇",
    "金额": "100",
    "单位": "元/人·月",
    "起始日": "2025-01-01",
    "截止日": "2025-12-31",
    "来源": "灯笼县通知1号",
}
OPEN = GOOD | {"截止日": "", "复核日": "2026-06-30"}
NEXT = OPEN | {"金额": "120", "起始日": "2025-07-01", "来源": "灯笼县通知2号"}

Cells = dict[str, Any]
Run = Callable[..., Result]


def services() -> dict[str, Service]:
    groups = {"urban": {"zh": "城镇", "en": "urban"}, "rural": {"zh": "农村", "en": "rural"}}
    aid = Service(label="灯笼补贴", label_en="aid", asks="站", asks_en="it", groups=groups)
    return {"aid": aid, "oil": Service(label="灯油费", label_en="oil", asks="站", asks_en="it")}


def knowing(*places: Region) -> Standards:
    return Standards(services(), {place.region: place for place in places})


def rows(*cells: Cells) -> list[Cells]:
    """Rows as `read_sheet` gives them: fields instead of headings."""
    return [{COLUMNS[heading]: value for heading, value in row.items()} for row in cells]


def taken(*cells: Cells, standards: Standards | None = None) -> Imported:
    return take(rows(*cells), standards or knowing(), today=TODAY)


def refusal(*cells: Cells, standards: Standards | None = None) -> tuple[int, str]:
    """Row and reason of the only row refused."""
    (refused,) = taken(*cells, standards=standards).refused
    return refused.row, refused.reason


def after(done: Imported) -> Standards:
    """What is known once an import is written."""
    return knowing(*done.regions.values())


def as_csv(*cells: Cells, headings: Sequence[str] = HEADINGS) -> str:
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(headings)
    sheet.writerows([row.get(heading, "") for heading in headings] for row in cells)
    return text.getvalue()


def as_xlsx(
    path: Path, *cells: Cells, headings: Sequence[Any] = HEADINGS, more: Sequence[Any] = ()
) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (headings, *([row.get(heading) for heading in headings] for row in cells), *more):
        sheet.append(list(line))
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_a_csv_is_read_in_the_encodings_spreadsheets_save_it_in(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    path = tmp_path / "sheet.CSV"
    path.write_bytes(as_csv(GOOD, NEXT).replace("\r\n", newline).encode(encoding))
    read = read_sheet(path)
    assert [row["region"] for row in read] == ["灯笼县", "灯笼县"]
    assert [row["amount"] for row in read] == ["100", "120"]
    assert read[0]["source"] == "灯笼县通知1号"


def test_a_csv_may_hold_commas_and_quotes_in_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(as_csv(GOOD | {"备注": '含“灯油”,"灯芯"', "金额": "1,200"}), "utf-8")
    done = take(read_sheet(path), knowing(), today=TODAY)
    (one,) = done.regions["灯笼县"].standards
    assert (one.note, one.amount) == ('含“灯油”,"灯芯"', Decimal(1200))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (datetime(2025, 1, 1), date(2025, 1, 1)),  # noqa: DTZ001
        (datetime(2025, 1, 1, 23, 59), date(2025, 1, 1)),  # noqa: DTZ001
        (date(2025, 1, 1), date(2025, 1, 1)),
        ("2025-01-01", date(2025, 1, 1)),
        ("2025-1-1", date(2025, 1, 1)),
        ("2025/1/1", date(2025, 1, 1)),
        ("2025.01.01", date(2025, 1, 1)),
        ("2025年1月1日", date(2025, 1, 1)),
        (" 2025-01-01 ", date(2025, 1, 1)),
        ("2024-02-29", date(2024, 2, 29)),
        (None, None),
        ("  ", None),
    ],
)
def test_a_date_in_an_excel_cell_is_read_as_a_date_or_as_text(
    tmp_path: Path, cell: Any, expected: date | None
) -> None:
    path = as_xlsx(tmp_path / "sheet.xlsx", GOOD | {"起始日": cell})
    done = take(read_sheet(path), knowing(), today=TODAY)
    assert done.refused == []
    (one,) = done.regions["灯笼县"].standards
    assert (one.valid_from, one.valid_to) == (expected, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        (100, "100"),
        (100.0, "100"),
        (686.4, "686.4"),
        (0, "0"),
        ("100", "100"),
        ("686.40", "686.4"),
        ("1,200", "1200"),
        ("1，200", "1200"),
        ("100元", "100"),
        ("100 元", "100"),
    ],
)
def test_an_amount_in_an_excel_cell_is_read_as_a_number_or_as_text(
    tmp_path: Path, cell: Any, amount: str
) -> None:
    path = as_xlsx(tmp_path / "sheet.XLSX", GOOD | {"金额": cell})
    done = take(read_sheet(path), knowing(), today=TODAY)
    (one,) = done.regions["灯笼县"].standards
    assert one.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("cell", "at_least"),
    [
        ("是", True),
        ("yes", True),
        ("TRUE", True),
        (True, True),
        (1, True),
        ("否", False),
        ("no", False),
        (False, False),
        (0, False),
        ("", False),
        (None, False),
    ],
)
def test_an_amount_is_a_lower_limit_only_where_the_sheet_says_so(cell: Any, at_least: bool) -> None:
    done = taken(GOOD | {"不低于": cell})
    assert [one.at_least for one in done.regions["灯笼县"].standards] == [at_least]


def test_a_row_becomes_an_amount_with_every_field_and_the_day_of_entry() -> None:
    done = taken(GOOD | {"金额上限": 300, "复核日": "2025-11-01", "备注": " 灯油另计 "})
    place = done.regions["灯笼县"]
    assert (place.region, place.within) == ("灯笼县", "彩灯市")
    assert place.standards == [
        Standard(
            service="aid",
            group="urban",
            amount=Decimal(100),
            amount_to=Decimal(300),
            unit="元/人·月",
            valid_from=date(2025, 1, 1),
            valid_to=date(2025, 12, 31),
            review_by=date(2025, 11, 1),
            source="灯笼县通知1号",
            entered_on=TODAY,
            note="灯油另计",
        )
    ]
    assert (done.new, done.known, done.refused) == (1, 0, [])


@pytest.mark.parametrize("service", ["灯笼补贴", "aid", " aid "])
@pytest.mark.parametrize("group", ["城镇", "urban", " 城镇 "])
def test_services_and_groups_are_named_by_label_or_by_key(service: str, group: str) -> None:
    done = taken(GOOD | {"服务": service, "对象": group})
    (one,) = done.regions["灯笼县"].standards
    assert (one.service, one.group) == ("aid", "urban")


def test_a_service_for_everybody_needs_no_group() -> None:
    done = taken(GOOD | {"服务": "灯油费", "对象": ""})
    assert [one.group for one in done.regions["灯笼县"].standards] == [None]


def test_headings_may_be_english_in_any_order_and_beside_others(tmp_path: Path) -> None:
    headings = ["序号", *reversed(NEEDED), None, "valid_to"]
    line = [1, *(GOOD[_heading(name)] for name in reversed(NEEDED)), None, "2025-12-31"]
    path = as_xlsx(tmp_path / "sheet.xlsx", headings=headings, more=[line])
    done = take(read_sheet(path), knowing(), today=TODAY)
    assert (done.new, done.refused) == (1, [])


def _heading(field: str) -> str:
    return next(heading for heading, name in COLUMNS.items() if name == field)


@pytest.mark.parametrize("heading", [_heading(name) for name in NEEDED])
def test_a_sheet_without_a_needed_column_is_refused_by_the_column_s_name(
    tmp_path: Path, heading: str
) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(as_csv(GOOD, headings=[h for h in HEADINGS if h != heading]), "utf-8")
    with pytest.raises(SheetUnreadable) as refused:
        read_sheet(path)
    assert str(refused.value) == f"sheet.csv 缺少这些列：{heading}"


def test_all_missing_columns_are_named_at_once(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "sheet.xlsx", GOOD, headings=["地区", "金额", "备注"])
    with pytest.raises(SheetUnreadable, match="缺少这些列：服务、单位、起始日、来源"):
        read_sheet(path)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf"])
def test_an_empty_csv_is_no_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(content)
    with pytest.raises(SheetUnreadable, match=r"sheet\.csv 是空的"):
        read_sheet(path)


def test_an_empty_excel_sheet_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    Workbook().save(path)
    with pytest.raises(SheetUnreadable, match=r"sheet\.xlsx"):
        read_sheet(path)


@pytest.mark.parametrize(
    "content", [b"", b"no zip", b"PK\x03\x04 half of one", b"\xd0\xcf\x11\xe0"]
)
def test_a_broken_excel_file_is_no_table(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    with pytest.raises(SheetUnreadable, match=r"sheet\.xlsx 不是能读的 Excel 文件"):
        read_sheet(path)


def test_an_excel_file_cut_short_is_no_table(tmp_path: Path) -> None:
    path = as_xlsx(tmp_path / "sheet.xlsx", GOOD)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SheetUnreadable, match=r"sheet\.xlsx 不是能读的 Excel 文件"):
        read_sheet(path)


def test_a_csv_in_no_known_encoding_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(b"\xff\xfe\xff" + as_csv(GOOD).encode("utf-8"))
    with pytest.raises(SheetUnreadable, match="既不是 UTF-8 也不是 GB18030 编码"):
        read_sheet(path)


def test_a_sheet_with_headings_only_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(as_csv(), "utf-8")
    assert take(read_sheet(path), knowing(), today=TODAY) == Imported()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"服务": "灯芯补贴"}, "服务“灯芯补贴”不在 standards/services.yml 里"),
        ({"对象": "岛上"}, "灯笼补贴没有“岛上”这类对象；可用：城镇、农村"),
        ({"服务": "oil"}, "灯油费没有“城镇”这类对象；可用：不分对象"),
        ({"单位": "元/月"}, "单位“元/月”不认识；可用：元/人·月"),
        ({"金额": "一百"}, "金额“一百”不是数字"),
        ({"金额": "约100"}, "金额“约100”不是数字"),
        ({"金额": "100-200"}, "金额“100-200”不是数字"),
        ({"金额": "100元/月"}, "金额“100元/月”不是数字"),
        ({"金额上限": "三百"}, "金额“三百”不是数字"),
        ({"金额": "-5"}, "amount: "),
        ({"金额": -0.01}, "amount: "),
        ({"金额": "NaN"}, "amount: "),
        ({"金额": "Infinity"}, "amount: "),
        ({"金额": "100.005"}, "amount: "),
        ({"金额": "元"}, "amount: "),
        ({"金额上限": "100"}, "金额上限应高于金额"),
        ({"金额上限": "-1"}, "amount_to: "),
        ({"起始日": "2026-01-01"}, "截止日早于起始日"),
        ({"截止日": "2024-12-31"}, "截止日早于起始日"),
        ({"截止日": ""}, "要写截止日；还没有截止日的，写复核日"),
        ({"起始日": "去年"}, "“去年”不是日期；请写成 2026-01-31"),
        ({"起始日": "2025"}, "“2025”不是日期"),
        ({"起始日": 45658}, "“45658”不是日期"),
        ({"起始日": "2025-02-29"}, "“2025-02-29”不是日期"),
        ({"截止日": "长期"}, "“长期”不是日期"),
        ({"复核日": "2025年6月"}, "“2025年6月”不是日期"),
        ({"地区": ""}, "“地区”是空的"),
        ({"服务": None}, "“服务”是空的"),
        ({"金额": "  "}, "“金额”是空的"),
        ({"单位": ""}, "“单位”是空的"),
        ({"来源": "\t"}, "“来源”是空的"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_by_number_and_reason(
    changes: Cells, told: str
) -> None:
    done = taken(NEXT | {"地区": "彩灯市"}, GOOD | changes, GOOD | {"对象": "农村"})
    (refused,) = done.refused
    assert refused.row == 3
    assert refused.reason.startswith(told)
    assert (done.new, done.known) == (2, 0)
    assert [one.group for one in done.regions["灯笼县"].standards] == ["rural"]


@pytest.mark.parametrize("region", ["../灯笼县", "/灯笼县", "彩灯市/灯笼县", "services"])
def test_a_region_is_never_written_over_another_file_or_beside_the_folder(
    tmp_path: Path, region: str
) -> None:
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / SERVICES).write_text(SERVICES_FILE, "utf-8")
    done = taken(GOOD | {"地区": region})
    assert [refused.row for refused in done.refused] == [2]
    write(done, folder)
    assert (folder / SERVICES).read_text("utf-8") == SERVICES_FILE
    assert list(tmp_path.rglob("*.yml")) == [folder / SERVICES]


def test_an_amount_without_a_first_day_is_taken_and_never_current() -> None:
    done = taken(GOOD | {"起始日": "", "截止日": ""})
    (one,) = done.regions["灯笼县"].standards
    assert one.valid_from is None
    assert not one.is_current(TODAY)


def test_blank_rows_are_skipped_and_counted_in_the_row_numbers(tmp_path: Path) -> None:
    blank: Cells = {"地区": "  ", "备注": "\t"}
    path = as_xlsx(tmp_path / "sheet.xlsx", {}, GOOD, blank, GOOD | {"来源": ""}, {})
    done = take(read_sheet(path), knowing(), today=TODAY)
    assert (done.new, [refused.row for refused in done.refused]) == (1, [5])


def test_blank_lines_of_a_csv_are_counted_too(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    lines = as_csv(GOOD, GOOD | {"来源": ""}).splitlines()
    path.write_text("\n".join([lines[0], "", ",,,", lines[1], lines[2], ""]), "utf-8")
    done = take(read_sheet(path), knowing(), today=TODAY)
    assert (done.new, [refused.row for refused in done.refused]) == (1, [5])


@pytest.mark.parametrize(
    "again",
    [
        GOOD,
        GOOD | {"备注": "又抄了一遍"},
        GOOD | {"金额": "100.00"},
        GOOD | {"服务": "aid", "对象": "urban"},
        GOOD | {"起始日": datetime(2025, 1, 1)},  # noqa: DTZ001
    ],
)
def test_a_row_already_known_is_counted_and_changes_nothing(again: Cells) -> None:
    known = after(taken(GOOD))
    done = take(rows(again), known, today=date(2027, 1, 1))
    assert (done.new, done.known, done.refused, done.regions) == (0, 1, [], {})


def test_a_row_twice_in_one_sheet_is_taken_once() -> None:
    done = taken(GOOD, GOOD | {"备注": "再来一遍"})
    assert (done.new, done.known, len(done.regions["灯笼县"].standards)) == (1, 1, 1)


@pytest.mark.parametrize(
    "sheet",
    [
        [GOOD],
        [GOOD, GOOD | {"对象": "农村"}],
        [GOOD, GOOD | {"地区": "彩灯市"}],
        [OPEN],
        [OPEN, NEXT],
        [GOOD | {"起始日": "", "截止日": ""}],
    ],
)
def test_the_same_sheet_twice_changes_nothing(sheet: list[Cells]) -> None:
    first = taken(*sheet)
    assert (first.new, first.refused) == (len(sheet), [])
    again = taken(*sheet, standards=after(first))
    assert again.refused == []
    assert (again.new, again.known, again.regions) == (0, len(sheet), {})


def test_a_successor_ends_an_open_amount_the_day_before() -> None:
    done = taken(NEXT, standards=after(taken(OPEN)))
    old, new = done.regions["灯笼县"].standards
    assert (old.amount, old.valid_from, old.valid_to) == (
        Decimal(100),
        date(2025, 1, 1),
        date(2025, 6, 30),
    )
    assert (new.amount, new.valid_from, new.valid_to) == (
        Decimal(120),
        date(2025, 7, 1),
        None,
    )
    assert not old.overlaps(new)
    assert old.review_by == new.review_by == date(2026, 6, 30)


def test_a_successor_in_the_same_sheet_does_so_too() -> None:
    done = taken(OPEN, NEXT, NEXT | {"起始日": "2025-10-01", "金额": "140"})
    ends = [one.valid_to for one in done.regions["灯笼县"].standards]
    assert (ends, done.refused) == ([date(2025, 6, 30), date(2025, 9, 30), None], [])


@pytest.mark.parametrize(
    "other",
    [
        {"对象": "农村"},
        {"服务": "灯油费", "对象": ""},
        {"地区": "彩灯市"},
    ],
)
def test_a_successor_ends_only_what_it_follows(other: Cells) -> None:
    done = taken(OPEN, NEXT | other)
    assert (done.new, done.refused) == (2, [])
    (first, *_) = done.regions["灯笼县"].standards
    assert first.valid_to is None


@pytest.mark.parametrize(
    "new",
    [
        {"金额": "120"},
        {"起始日": "2025-12-31", "截止日": "2026-12-31"},
        {"起始日": "2024-01-01", "截止日": "2025-01-01"},
        {"起始日": "2024-01-01", "截止日": "", "复核日": "2026-06-30"},
        {"起始日": "2025-07-01", "截止日": "2025-07-01"},
    ],
)
def test_an_amount_that_overlaps_one_with_an_end_is_refused(new: Cells) -> None:
    row, reason = refusal(GOOD | new, standards=after(taken(GOOD)))
    assert row == 2
    assert reason == ("与灯笼县已有的 aid urban（2025-01-01 起） 时间重叠；请先给那一条写上截止日")


@pytest.mark.parametrize(
    "start", ["2025-01-01", "2024-12-31"], ids=["same first day", "begins earlier"]
)
def test_an_open_amount_is_not_ended_by_one_that_does_not_follow_it(start: str) -> None:
    known = after(taken(OPEN))
    row, reason = refusal(NEXT | {"起始日": start}, standards=known)
    assert (row, "时间重叠" in reason) == (2, True)
    assert known.regions["灯笼县"].standards[0].valid_to is None


def test_adjacent_amounts_do_not_overlap() -> None:
    following = GOOD | {"起始日": "2026-01-01", "截止日": "2026-12-31"}
    assert taken(GOOD, following).new == 2


def test_a_refused_row_leaves_its_region_as_it_was() -> None:
    done = taken(GOOD | {"单位": "元"})
    assert done.regions == {}


def test_what_a_region_has_already_is_kept_beside_the_new() -> None:
    place = Region(region="灯笼县", within="彩灯市", aliases=["灯笼古城"])
    done = taken(GOOD | {"上级地区": ""}, standards=knowing(place))
    assert (done.regions["灯笼县"].within, done.regions["灯笼县"].aliases) == (
        "彩灯市",
        ["灯笼古城"],
    )


def test_taking_leaves_what_it_was_given_alone() -> None:
    known = after(taken(OPEN))
    before = known.regions["灯笼县"].model_copy(deep=True)
    taken(NEXT, standards=known)
    assert known.regions["灯笼县"] == before


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of standards that has services and no region."""
    made = tmp_path / "standards"
    made.mkdir()
    (made / SERVICES).write_text(SERVICES_FILE, "utf-8")
    return made


ALL_KINDS: list[Cells] = [
    GOOD,
    OPEN | {"对象": "农村", "金额": "686.40", "不低于": "是", "备注": "含: 冒号 # 井号 [括号]"},
    GOOD | {"服务": "灯油费", "对象": "", "金额": "0", "金额上限": "0.01", "单位": "元/户·年"},
    GOOD | {"起始日": "", "截止日": "", "单位": "倍低保标准", "金额": "1.5"},
    GOOD | {"地区": "彩灯市", "上级地区": "", "金额": "9999999999.99", "来源": "2025-01-01"},
    GOOD | {"地区": "彩灯市", "对象": "农村", "来源": "是", "备注": "null"},
]


def test_what_is_written_is_read_again_as_it_was_taken(folder: Path) -> None:
    done = taken(*ALL_KINDS)
    assert (done.new, done.refused) == (len(ALL_KINDS), [])
    files = write(done, folder)
    assert sorted(path.name for path in files) == ["彩灯市.yml", "灯笼县.yml"]
    assert load_standards(folder).regions == done.regions


def test_writing_once_more_changes_no_file(folder: Path) -> None:
    write(taken(*ALL_KINDS), folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = take(rows(*ALL_KINDS), load_standards(folder), today=date(2027, 1, 1))
    assert (again.new, again.known, write(again, folder)) == (0, len(ALL_KINDS), [])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(folder: Path) -> None:
    write(taken(GOOD), folder)
    write(taken(GOOD, GOOD | {"对象": "农村"}), folder)
    assert sorted(path.name for path in folder.iterdir()) == [SERVICES, "灯笼县.yml"]
    assert len(load_standards(folder).regions["灯笼县"].standards) == 2


def test_a_written_file_is_legible(folder: Path) -> None:
    (path,) = write(taken(GOOD | {"金额": "686.40"}), folder)
    text = path.read_text("utf-8")
    assert text.startswith("region: 灯笼县\nwithin: 彩灯市\n")
    assert "amount: 686.4\n" in text
    assert "valid_from: 2025-01-01\n" in text
    assert "!!" not in text


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command on a sheet, as of TODAY, with `folder` for the standards."""
    monkeypatch.setattr(command, "STANDARDS", folder)
    monkeypatch.setattr(command, "load_standards", lambda: load_standards(folder))
    monkeypatch.setattr(command, "_today", lambda: TODAY)

    def invoke(*cells: Cells, options: Sequence[str] = ()) -> Result:
        sheet = tmp_path / "sheet.csv"
        sheet.write_text(as_csv(*cells), "utf-8-sig")
        return CliRunner().invoke(command.app, ["import-standards", str(sheet), *options])

    return invoke


def test_a_dry_run_counts_and_writes_nothing(run: Run, folder: Path) -> None:
    result = run(GOOD, GOOD)
    assert result.exit_code == 0
    assert (
        "新增 1 条，已有 1 条，拒收 0 行（试运行，没有写入；加 --write 写入新增的）"
        in result.output
    )
    assert [path.name for path in folder.iterdir()] == [SERVICES]


def test_the_command_writes_when_told_to_and_finds_it_known_the_next_time(
    run: Run, folder: Path
) -> None:
    result = run(GOOD, options=["--write"])
    assert (result.exit_code, "试运行" in result.output) == (0, False)
    assert "新增 1 条，已有 0 条，拒收 0 行" in result.output
    (one,) = load_standards(folder).regions["灯笼县"].standards
    assert (one.amount, one.entered_on) == (Decimal(100), TODAY)
    assert "新增 0 条，已有 1 条，拒收 0 行" in run(GOOD, options=["--write"]).output


def test_refused_rows_are_told_and_fail_the_command_and_the_others_are_written(
    run: Run, folder: Path
) -> None:
    result = run(GOOD | {"单位": "元"}, GOOD, GOOD | {"来源": ""}, options=["--write"])
    assert result.exit_code == 1
    assert "第 2 行：单位“元”不认识" in result.output
    assert "第 4 行：“来源”是空的" in result.output
    assert "新增 1 条，已有 0 条，拒收 2 行" in result.output
    assert len(load_standards(folder).regions["灯笼县"].standards) == 1


def test_words_in_brackets_are_told_as_they_were_written(run: Run) -> None:
    assert "[red]灯[/red]" in run(GOOD | {"服务": "[red]灯[/red]"}).output


def test_a_sheet_that_is_no_table_fails_the_command_with_the_reason(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"no zip")
    result = CliRunner().invoke(command.app, ["import-standards", str(broken), "--write"])
    assert result.exit_code == 1
    assert "错误：broken.xlsx 不是能读的 Excel 文件" in result.output
    assert [path.name for path in folder.iterdir()] == [SERVICES]


def test_a_sheet_that_is_not_there_is_a_wrong_call(run: Run, tmp_path: Path) -> None:
    missing = str(tmp_path / "nowhere.csv")
    assert CliRunner().invoke(command.app, ["import-standards", missing]).exit_code == 2
