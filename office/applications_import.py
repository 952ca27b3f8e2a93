"""Applications from a spreadsheet: every row is taken, or refused with its reason.

Columns in any order, under their Chinese headings. Rows are read as a stream and kept
in batches, so that a year of cases needs no more memory than a day's.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from office.rows import Reader, RowRefused
from office.status import Application
from office.store.applications import Applications, Kept, Tell

COLUMNS: Final = {
    "受理号": "number",
    "事项": "service",
    "环节": "stage",
    "环节日期": "stage_on",
    "收件日期": "received_on",
    "受理日期": "accepted_on",
    "受理单位": "office",
    "延长": "extended",
    "缺少材料": "missing",
}
PERSON: Final = {"申请人": "name", "身份证号": "id_number", "手机号": "phone"}
NEEDED: Final = ("受理号", "事项", "环节", "环节日期", "收件日期", "受理单位", "申请人")
_SECOND: Final = "2"
_DAYS: Final = {key: name for name, key in COLUMNS.items() if key.endswith("_on")}
_DAY: Final = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))"
    r"(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?"
)
_YES: Final = {"是": True, "否": False, "": False}
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
BATCH: Final = 1000
_EXACT: Final = 10**15
"""From here on a spreadsheet's numbers lose digits."""
_ROUNDED: Final = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
"""What is left of a long number in a CSV file that a spreadsheet saved."""
_PERSONAL: Final = re.compile(r".*\d{3}.*")
"""A heading with digits may be somebody's number in the wrong row: it is not repeated."""

Line = tuple[int, Sequence[Any]]
Batch = list[tuple[Application, str]]


class SheetUnreadable(ValueError):
    """The file is no table of applications; the message is one line that says why."""


@dataclass(frozen=True)
class Refused:
    """A row that is not taken: its number in the sheet (the headings are row 1) and why."""

    row: int
    reason: str


@dataclass
class Taken:
    """What an import did, or would do."""

    kept: Kept = field(default_factory=Kept)
    refused: list[Refused] = field(default_factory=list)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Iterator[Line], int | None]]:
    """The rows of an .xlsx or .csv file, and about how many; SheetUnreadable."""
    if path.suffix.lower() == ".csv":
        encoding, count = _csv_form(path)
        with path.open(encoding=encoding, newline="") as file:
            yield _whole(enumerate(csv.reader(file), 1)), count
        return
    with _broken():
        book = load_workbook(path, read_only=True, data_only=True)
    try:
        with _broken():
            sheet = book.worksheets[0]
            count = sheet.max_row
            sheet.reset_dimensions()  # some exporters write A1, whatever the size
        yield _whole(enumerate(sheet.iter_rows(values_only=True), 1)), count
    finally:
        book.close()


def take(
    lines: Iterator[Line],
    reader: Reader,
    keep: Callable[[Batch], Kept],
    passed: Callable[[int], None] = lambda _: None,
) -> Taken:
    """Read `lines` and hand them to `keep` in batches; `passed` hears how many rows went by."""
    fields = _headings(next(lines, (1, ()))[1])
    taken, seen = Taken(), dict[str, int]()
    while some := list(islice(lines, BATCH)):
        batch = list(_read(some, fields, reader, seen, taken.refused))
        taken.kept += keep(batch)
        passed(len(some))
    return taken


def keeper(table: Applications, tell: Tell, now: datetime) -> Callable[[Batch], Kept]:
    """Keeps a batch in the table."""
    return lambda batch: table.keep(batch, tell, now=now)


def trial(table: Applications) -> Callable[[Batch], Kept]:
    """Counts what a batch would change, and changes nothing."""

    def count(batch: Batch) -> Kept:
        before = table.digests(application.number for application, _ in batch)
        new = sum(application.number not in before for application, _ in batch)
        same = sum(before.get(application.number) == digest for application, digest in batch)
        return Kept(new, len(batch) - new - same, same)

    return count


def _read(
    lines: Iterable[Line],
    fields: dict[str, int],
    reader: Reader,
    seen: dict[str, int],
    refused: list[Refused],
) -> Iterator[tuple[Application, str]]:
    for row, cells in lines:
        if not any(cell not in (None, "") for cell in cells):
            continue
        try:
            application, digest = reader.read(_told(fields, cells))
            first = seen.setdefault(application.number, row)
            if first != row:
                raise RowRefused(f"受理号和第 {first} 行重复")
        except RowRefused as error:
            refused.append(Refused(row, str(error)))
        else:
            yield application, digest


def _whole(rows: Iterator[Line]) -> Iterator[Line]:
    """`rows` as they are; a file may turn out to be damaged at any of them."""
    with _broken():
        yield from rows


@contextmanager
def _broken() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # a broken file fails in zip, XML, csv or openpyxl itself
        raise SheetUnreadable("打不开：不是 .xlsx 或 .csv 文件，或者损坏、加了密码") from error


def _headings(cells: Sequence[Any]) -> dict[str, int]:
    """Where each column stands; SheetUnreadable names what is missing, unknown or double."""
    names = [re.sub(r"\s|[(（].*", "", _plain(cell)) for cell in cells]
    known = {*COLUMNS, *PERSON, *(f"{name}{_SECOND}" for name in PERSON)}
    if not known & {*names}:
        raise SheetUnreadable(f"第一行应是列名：{'、'.join(NEEDED)}")
    strange = [(place, name) for place, name in enumerate(names, 1) if name and name not in known]
    problems = {
        "缺少列": [name for name in NEEDED if name not in names],
        "不认识的列": [_PERSONAL.sub(f"（第 {place} 列）", n[:20]) for place, n in strange],
        "重复的列": sorted({name for name in names if name in known and names.count(name) > 1}),
    }
    said = [f"{what}：{'、'.join(which)}" for what, which in problems.items() if which]
    if said:
        raise SheetUnreadable("；".join(said))
    return {name: place for place, name in enumerate(names) if name}


def _told(fields: dict[str, int], cells: Sequence[Any]) -> dict[str, Any]:
    """A row as `office.rows` reads it; RowRefused."""
    held = {name: cells[place] for name, place in fields.items() if place < len(cells)}
    told = {key: _cell(key, held.get(name)) for name, key in COLUMNS.items()}
    people = [_person(held, after) for after in ("", _SECOND)]
    told["applicants"] = [person for person in people if any(person.values())]
    return {key: value for key, value in told.items() if value is not None}


def _person(held: dict[str, Any], after: str) -> dict[str, str]:
    return {key: _personal(name, held.get(f"{name}{after}")) for name, key in PERSON.items()}


def _personal(name: str, cell: Any) -> str:
    """A cell as text; an ID number that a spreadsheet took for a number is no longer whole."""
    text = _plain(cell)
    if (isinstance(cell, int | float) and abs(cell) >= _EXACT) or _ROUNDED.fullmatch(text):
        raise RowRefused(f"{name}存成了数字，末几位已经丢失：请把这一列设成文本格式，重新填写")
    return re.sub(r"(?<![A-Za-z]) +| +(?![A-Za-z])", "", text)  # 张 三, but John Smith


def _cell(key: str, cell: Any) -> Any:
    if key in _DAYS:
        return _day(_DAYS[key], cell)
    if key == "extended":
        return _YES.get(_plain(cell), _plain(cell))
    if key == "missing":
        return [part for part in re.split(r"[、；;\n]", _plain(cell)) if part.strip()]
    return _plain(cell)


def _day(name: str, cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    text = _plain(cell)
    if not text:
        return None
    try:
        year, month, day = (int(part) for part in _parts(text))
        return date(year, month, day)
    except ValueError:
        raise RowRefused(f"{name}不是日期，请写成 2026-01-31") from None


def _parts(text: str) -> list[str]:
    """Year, month and day in any of the usual spellings; a time of day behind is passed over."""
    found = _DAY.fullmatch(text)
    return [part for part in found.groups() if part and part.isdigit()] if found else []


def _plain(cell: Any) -> str:
    """A cell's text, full-width characters narrowed; 2026110001.0 is a number as well."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)).strip()


def _csv_form(path: Path) -> tuple[str, int]:
    """The encoding of a CSV file, and how many lines it has; SheetUnreadable."""
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                return encoding, sum(1 for _ in file)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable("文字编码认不出：请存成 UTF-8")
