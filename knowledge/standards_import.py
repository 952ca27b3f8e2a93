"""Local amounts from a spreadsheet: every row is taken or refused with its reason.

One amount a row, with the columns of COLUMNS in any order, under their Chinese or
their English names. Groups and services may be given by key or by Chinese label.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook
from pydantic import ValidationError

from knowledge.datafile import first_problem
from knowledge.standards import Region, Standard, Standards

COLUMNS = {
    "地区": "region",
    "上级地区": "within",
    "服务": "service",
    "对象": "group",
    "金额": "amount",
    "金额上限": "amount_to",
    "不低于": "at_least",
    "单位": "unit",
    "起始日": "valid_from",
    "截止日": "valid_to",
    "复核日": "review_by",
    "来源": "source",
    "备注": "note",
}
"""Chinese heading → field. `entered_on` is the day of the import."""

NEEDED = ("region", "service", "amount", "unit", "valid_from", "source")
_YES = {"是", "yes", "true", "1"}
_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")

Row = dict[str, Any]


class SheetUnreadable(ValueError):
    """The file is no table of standards; the message says what is missing."""


@dataclass(frozen=True)
class Refused:
    """A row that is not taken: its number in the sheet (the headings are row 1) and why."""

    row: int
    reason: str


@dataclass
class Imported:
    """What an import would change: new amounts by region, rows already known, rows refused."""

    regions: dict[str, Region] = field(default_factory=dict)
    new: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)


def read_sheet(path: Path) -> list[Row]:
    """The rows of a .xlsx or .csv file (UTF-8 or GB18030) as field → value."""
    lines = list(_excel(path) if path.suffix.lower() == ".xlsx" else _csv(path))
    if not lines:
        raise SheetUnreadable(f"{path.name} 是空的")
    fields = [_field(heading) for heading in lines[0]]
    missing = [name for name in NEEDED if name not in fields]
    if missing:
        headings = [h for h, name in COLUMNS.items() if name in missing]
        raise SheetUnreadable(f"{path.name} 缺少这些列：{'、'.join(headings)}")
    return [dict(zip(fields, line, strict=False)) for line in lines[1:]]


def take(rows: Iterable[Row], standards: Standards, *, today: date) -> Imported:
    """Sort rows into new, known and refused. Nothing is written."""
    done = Imported()
    for number, row in enumerate(rows, start=2):
        if not any(_text(value) for value in row.values()):
            continue
        try:
            _take_row(row, standards, done, today)
        except ValueError as error:
            done.refused.append(Refused(number, _reason(error)))
    return done


def write(done: Imported, folder: Path) -> list[Path]:
    """Write every region that changed to its file; returns the files."""
    return [_write(region, folder / f"{region.region}.yml") for region in done.regions.values()]


def _take_row(row: Row, standards: Standards, done: Imported, today: date) -> None:
    name = _required(row, "region")
    standard = Standard(**_fields(row, standards), entered_on=today)
    if fault := standards.fault_of(standard):
        raise ValueError(fault)
    region = done.regions.get(name) or standards.regions.get(name) or _new_region(name)
    if any(_same(standard, other) for other in region.standards):
        done.known += 1
        return
    kept = [_ended_by(standard, other) for other in region.standards]
    for other in kept:
        if standard.overlaps(other):
            raise ValueError(f"与{name}已有的 {other.name} 时间重叠；请先给那一条写上截止日")
    within = _text(row.get("within")) or region.within
    done.regions[name] = region.model_copy(
        update={"within": within, "standards": [*kept, standard]}
    )
    done.new += 1


def _new_region(name: str) -> Region:
    try:
        return Region(region=name)
    except ValidationError:
        raise ValueError(f"“{name}”不是地区名；请写中文全称，比如“衢江区”") from None


def _ended_by(new: Standard, old: Standard) -> Standard:
    """An amount without an end ends the day before its successor begins."""
    if not new.overlaps(old) or old.valid_to or not new.valid_from or not old.valid_from:
        return old
    if new.valid_from <= old.valid_from:
        return old
    return old.model_copy(update={"valid_to": new.valid_from - timedelta(days=1)})


def _fields(row: Row, standards: Standards) -> dict[str, Any]:
    service = _key(_required(row, "service"), {k: s.label for k, s in standards.services.items()})
    known = standards.services.get(service)
    groups = {key: words["zh"] for key, words in known.groups.items()} if known else {}
    dates = {name: _date(row.get(name)) for name in ("valid_from", "valid_to", "review_by")}
    return {
        **dates,
        "service": service,
        "group": _key(_text(row.get("group")), groups) or None,
        "amount": _amount(_required(row, "amount")),
        "amount_to": _amount(_text(row.get("amount_to"))),
        "at_least": _text(row.get("at_least")).lower() in _YES,
        "unit": _required(row, "unit"),
        "source": _required(row, "source"),
        "note": _text(row.get("note")),
    }


def _same(one: Standard, other: Standard) -> bool:
    """Notes and the day of entry do not make another amount of it, nor an end set since."""
    beside: dict[str, Any] = {"entered_on": other.entered_on, "note": other.note}
    if one.valid_to is None:
        beside["valid_to"] = other.valid_to
    return one.model_copy(update=beside) == other


def _required(row: Row, name: str) -> str:
    value = _text(row.get(name))
    if not value:
        heading = next(heading for heading, field_ in COLUMNS.items() if field_ == name)
        raise ValueError(f"“{heading}”是空的")
    return value


def _key(said: str, labels: Mapping[str, str]) -> str:
    """The key of what is given by key or by Chinese label; unknown words stay as they are."""
    return next((key for key, label in labels.items() if said in (key, label)), said)


def _amount(said: str) -> Decimal | None:
    number = said.replace(",", "").replace("，", "").removesuffix("元")
    try:
        return Decimal(number) if number else None
    except InvalidOperation:
        raise ValueError(f"金额“{said}”不是数字") from None


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    said = _text(value)
    for form in _FORMS if said else ():
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    if said:
        raise ValueError(f"“{said}”不是日期；请写成 2026-01-31")
    return None


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _field(heading: Any) -> str:
    said = _text(heading)
    return COLUMNS.get(said, said)


def _reason(error: ValueError) -> str:
    return first_problem(error) if isinstance(error, ValidationError) else str(error)


def _excel(path: Path) -> Iterator[Sequence[Any]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)
    except Exception as error:  # a broken file fails in zip, XML or openpyxl itself
        raise SheetUnreadable(f"{path.name} 不是能读的 Excel 文件：{error}") from error


def _csv(path: Path) -> Iterator[Sequence[Any]]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return csv.reader(content.decode(encoding).splitlines())
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable(f"{path.name} 既不是 UTF-8 也不是 GB18030 编码")


def _write(region: Region, path: Path) -> Path:
    content = region.model_dump(mode="json", exclude_defaults=True)
    content["standards"] = [_as_yaml(standard) for standard in region.standards]
    fresh = path.with_suffix(".new")
    fresh.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    fresh.replace(path)
    return path


def _as_yaml(standard: Standard) -> dict[str, Any]:
    kept = standard.model_dump(exclude_defaults=True) | {"valid_from": standard.valid_from}
    numbers = {name: float(kept[name]) for name in ("amount", "amount_to") if name in kept}
    return kept | {name: int(n) if n == int(n) else n for name, n in numbers.items()}
