"""A spreadsheet as offices really send it: every row is taken, or refused with a reason."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from office.applications_import import BATCH, SheetUnreadable, opened, take
from office.store.applications import Kept
from tests.unit.office.sheets import (
    ID_NUMBER,
    NAME,
    PERSONAL,
    PHONE,
    ROW,
    comma_separated,
    excel,
    reader,
    row,
    taken,
)

SAMPLE = Path(__file__).parents[3] / "docs" / "samples" / "applications.csv"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "applications.xlsx"


def refusal(path: Path) -> str:
    """Why the one row of a file is refused."""
    kept, refused = taken(path)
    assert kept == []
    return refused[0].reason


def test_a_whole_row_becomes_an_application(path: Path) -> None:
    [one], refused = taken(excel(path, row(缺少材料="收入证明、户口簿；照片;存折")))
    assert refused == []
    assert (one.number, one.service, one.stage) == ("2026110001", "dibao", "checking")
    assert one.missing == ("收入证明", "户口簿", "照片", "存折")
    assert (one.received_on, one.accepted_on) == (date(2026, 11, 2), date(2026, 11, 4))
    assert one.applicants[0].masked_name == "王*明"


def test_the_sample_in_the_docs_is_taken_whole() -> None:
    kept, refused = taken(SAMPLE)
    assert (len(kept), refused) == (3, [])


def test_columns_stand_in_any_order_under_their_headings_as_people_write_them(path: Path) -> None:
    headings = [*reversed([name for name in ROW if name != "延长"]), " 延长（是/否） "]
    told = row(**{" 延长（是/否） ": "是"})
    assert taken(excel(path, told, headings=headings))[0][0].extended


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ([name for name in ROW if name != "环节"], "缺少列：环节"),
        ([*ROW, "备注"], "不认识的列：备注"),
        ([*ROW, "手机号"], "重复的列：手机号"),
        ([*ROW, PHONE], "不认识的列：（第 13 列）"),
    ],
)
def test_a_problem_with_the_columns_names_them(path: Path, headings: list[str], said: str) -> None:
    with pytest.raises(SheetUnreadable, match=re.escape(said)):
        taken(excel(path, headings=headings))


def test_a_sheet_without_headings_does_not_show_who_is_in_its_first_row(path: Path) -> None:
    with pytest.raises(SheetUnreadable, match="第一行应是列名") as caught:
        taken(excel(path, headings=list(ROW.values())))
    assert [bit for bit in PERSONAL if bit in str(caught.value)] == []


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-03",
        "2026/11/3",
        "2026.11.03",
        "2026年11月3日",
        "20261103",
        20261103,
        20261103.0,
        "２０２６－１１－０３",
        " 2026-11-03 ",
        "2026-11-03 00:00:00",
        datetime(2026, 11, 3, 9, 30),  # noqa: DTZ001
    ],
)
def test_a_date_is_read_however_it_is_written(path: Path, day: Any) -> None:
    [one], _ = taken(excel(path, row(环节日期=day)))
    assert one.stage_on == date(2026, 11, 3)


@pytest.mark.parametrize("day", ["202611", "2026-11/03", "2026-02-30", "46329", 0, "86400", "昨天"])
def test_what_is_no_date_is_not_guessed_at(path: Path, day: Any) -> None:
    assert refusal(excel(path, row(环节日期=day))) == "环节日期不是日期，请写成 2026-01-31"


@pytest.mark.parametrize(
    "number", [2026110001, 2026110001.0, " 2026110001 ", "２０２６１１０００１"]
)
def test_a_number_that_is_a_number_in_the_sheet_is_still_the_number(
    path: Path, number: Any
) -> None:
    assert taken(excel(path, row(受理号=number)))[0][0].number == "2026110001"


@pytest.mark.parametrize("lost", [110105199003078000, 1.10105199003078e17, "1.10105E+17"])
def test_an_id_number_that_lost_its_end_asks_for_a_column_of_text(path: Path, lost: Any) -> None:
    said = refusal(excel(path, row(身份证号=lost)))
    assert "身份证号存成了数字" in said
    assert "文本格式" in said
    assert "110105" not in said


def test_a_phone_that_is_a_number_and_an_id_number_in_wide_digits_are_read(path: Path) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in ID_NUMBER)
    by = reader()
    [plain], _ = taken(excel(path, row()), by)
    [odd], _ = taken(excel(path, row(身份证号=f" {wide} ", 手机号=13912345678.0)), by)
    hashes = [(a.person_hash, a.phone_proof_hash) for a in (plain.applicants[0], odd.applicants[0])]
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize(("told", "shown"), [("王 小 明", "王*明"), ("John Smith", "J* S*")])
def test_spaces_go_from_chinese_names_only(path: Path, told: str, shown: str) -> None:
    assert taken(excel(path, row(申请人=told)))[0][0].applicants[0].masked_name == shown


def test_a_second_applicant_has_columns_of_their_own(path: Path) -> None:
    couple = row(申请人2="李芳", 身份证号2="11010519491231002X", 手机号2="")
    [one], _ = taken(excel(path, couple, headings=tuple(couple)))
    assert [person.masked_name for person in one.applicants] == ["王*明", "李*"]


def test_blank_lines_are_passed_over_and_counted(path: Path) -> None:
    blank = dict.fromkeys(ROW, "")
    kept, refused = taken(excel(path, row(), blank, {}, row(受理号="7")))
    assert [one.number for one in kept] == ["2026110001"]
    assert [one.row for one in refused] == [5]


def test_a_number_that_comes_twice_names_the_row_where_it_was(path: Path) -> None:
    kept, refused = taken(excel(path, row(), row(受理号="2026110002"), row(申请人="李芳")))
    assert len(kept) == 2
    assert [(one.row, one.reason) for one in refused] == [(4, "受理号和第 2 行重复")]


@pytest.mark.parametrize(
    "changed",
    [
        {"身份证号": "110105199003078219"},
        {"身份证号": "11010519900307"},
        {"手机号": "139"},
        {"受理号": PHONE},
        {"事项": NAME},
        {"环节": NAME},
        {"延长": NAME},
        {"环节日期": ID_NUMBER},
        {"受理单位": f"{NAME}{ID_NUMBER}" * 4},
        {"身份证号": "", "手机号": ""},
    ],
)
def test_a_refusal_never_shows_who_it_is_about(path: Path, changed: dict[str, str]) -> None:
    said = refusal(excel(path, row(**changed)))
    assert [bit for bit in [*PERSONAL, "11010519900307"] if bit in said] == []


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)"])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    told = row(受理单位=text, 缺少材料=text)
    [one], _ = taken(comma_separated(tmp_path / "a.csv", told))
    assert (one.office, one.missing) == (text, (text,))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_the_encodings_offices_use(tmp_path: Path, encoding: str) -> None:
    kept, refused = taken(comma_separated(tmp_path / "a.csv", row(), encoding=encoding))
    assert (len(kept), refused) == (1, [])


def test_a_csv_file_in_no_encoding_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xff\xff\x00\x81")
    with pytest.raises(SheetUnreadable, match="UTF-8"):
        taken(tmp_path / "a.csv")


def test_the_size_that_an_exporter_wrote_into_the_file_is_not_believed(path: Path) -> None:
    tampered(
        excel(path, row()), "sheet1.xml", lambda xml: re.sub(rb'ref="A1:L2"', b'ref="A1"', xml)
    )
    assert len(taken(path)[0]) == 1


@pytest.mark.parametrize("part", ["sheet1.xml", "workbook.xml", "styles.xml", "[Content_Types]"])
def test_a_damaged_part_is_one_line(path: Path, part: str) -> None:
    tampered(excel(path, row()), part, lambda xml: xml[: len(xml) // 2])
    with pytest.raises(SheetUnreadable, match="打不开"):
        taken(path)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_excel_file_or_has_a_password_is_one_line(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(SheetUnreadable, match="打不开"):
        taken(path)


def test_rows_are_handed_on_in_batches_and_progress_is_told() -> None:
    lines = iter([(1, list(ROW)), *((n, []) for n in range(2, 2 * BATCH + 12))])
    sizes: list[int] = []
    take(lines, reader(), lambda batch: Kept(), sizes.append)
    assert sizes == [BATCH, BATCH, 10]


def test_a_file_is_not_read_further_than_the_batch_at_hand(tmp_path: Path) -> None:
    rows = [row(受理号=f"202611{n:06}") for n in range(2 * BATCH)]
    with opened(comma_separated(tmp_path / "a.csv", *rows)) as (lines, count):
        nexts: list[int] = []

        def keep(_: Any) -> Kept:
            nexts.append(next(lines, (0,))[0])
            return Kept()

        take(lines, reader(), keep)
    assert count == 2 * BATCH + 1
    assert nexts[0] == BATCH + 2


def tampered(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Rewrite one part of the zip that an .xlsx file is."""
    with zipfile.ZipFile(path) as book:
        held = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in held.items():
            book.writestr(name, change(content) if part in name else content)
