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
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

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
_DAYS: Final = ("stage_on", "received_on", "accepted_on")
_FORMS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_YES: Final = {"是": True, "否": False, "": False}
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
BATCH: Final = 1000
_EXACT: Final = 10**15
"""From here on a spreadsheet's numbers lose digits."""

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
        lines = _csv_lines(path)
        yield iter(lines), len(lines)
        return
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise SheetUnreadable("打不开：不是 .xlsx 文件，或者损坏、加了密码") from error
    try:
        sheet = book.worksheets[0]
        yield enumerate(sheet.iter_rows(values_only=True), 1), sheet.max_row
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


def _headings(cells: Sequence[Any]) -> dict[str, int]:
    """Where each column stands; SheetUnreadable names what is missing, unknown or double."""
    names = [re.sub(r"\s|[(（].*", "", _plain(cell)) for cell in cells]
    known = {*COLUMNS, *PERSON, *(f"{name}{_SECOND}" for name in PERSON)}
    problems = {
        "缺少列": [name for name in NEEDED if name not in names],
        "不认识的列": [name[:20] for name in names if name and name not in known],
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
    return {key: _digits(name, held.get(f"{name}{after}")) for name, key in PERSON.items()}


def _digits(name: str, cell: Any) -> str:
    """A cell as text; an ID number that a spreadsheet took for a number is no longer whole."""
    if isinstance(cell, int | float) and abs(cell) >= _EXACT:
        raise RowRefused(f"{name}存成了数字，末几位已经丢失：请把这一列设成文本格式，重新填写")
    return _plain(cell).replace(" ", "")


def _cell(key: str, cell: Any) -> Any:
    if key in _DAYS:
        return _day(cell)
    if key == "extended":
        return _YES.get(_plain(cell), _plain(cell))
    if key == "missing":
        return [part for part in re.split(r"[、；;\n]", _plain(cell)) if part.strip()]
    return _plain(cell)


def _day(cell: Any) -> date | str | None:
    if isinstance(cell, datetime):
        return cell.date()
    text = _plain(cell)
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return text or None


def _plain(cell: Any) -> str:
    """A cell's text, full-width characters narrowed; 2026110001.0 is a number as well."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)).strip()


def _csv_lines(path: Path) -> list[Line]:
    for encoding in _ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                return list(enumerate(csv.reader(file), 1))
        except UnicodeDecodeError:
            continue
        except (csv.Error, OSError) as error:
            raise SheetUnreadable("打不开：不是 CSV 文件") from error
    raise SheetUnreadable("文字编码认不出：请存成 UTF-8")
