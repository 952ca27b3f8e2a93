"""Spreadsheets of made-up people, and what an import makes of them."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from office import applications_import as sheet
from office.identity import NumberForm
from office.keys import new_ring, read_ring
from office.rows import Reader
from office.services import load_services
from office.status import Application
from office.store.applications import Kept

TODAY = date(2026, 11, 25)
NAME, ID_NUMBER, PHONE = "王小明", "110105199003078211", "13912345678"
PERSONAL = [NAME, "小明", ID_NUMBER, "19900307", "8211", PHONE, "12345678", "5678"]
ROW = {
    "受理号": "2026110001",
    "事项": "低保",
    "环节": "入户核查",
    "环节日期": "2026-11-20",
    "收件日期": "2026-11-02",
    "受理日期": "2026-11-04",
    "受理单位": "灯笼镇民政办",
    "延长": "否",
    "缺少材料": "",
    "申请人": NAME,
    "身份证号": ID_NUMBER,
    "手机号": PHONE,
}


def reader() -> Reader:
    form = NumberForm(r"20\d{2}(0[1-9]|1[0-2])\d{4,6}", "2026110001")
    return Reader(form, load_services(), read_ring(new_ring("test"), where="test"), TODAY)


def row(**changed: Any) -> dict[str, Any]:
    return ROW | changed


def excel(path: Path, *rows: dict[str, Any], headings: Sequence[Any] = tuple(ROW)) -> Path:
    book = Workbook()
    lines = book.worksheets[0]
    lines.append(list(headings))
    for one in rows:
        lines.append([one.get(heading) for heading in headings])
    book.save(path)
    return path


def comma_separated(path: Path, *rows: dict[str, Any], encoding: str = "utf-8-sig") -> Path:
    headings = list(rows[0]) if rows else list(ROW)
    with path.open("w", encoding=encoding, newline="") as file:
        written = csv.DictWriter(file, headings)
        written.writeheader()
        written.writerows(rows)
    return path


def taken(path: Path, by: Reader | None = None) -> tuple[list[Application], list[sheet.Refused]]:
    """What is taken from a file, and what is refused."""
    kept: list[Application] = []

    def keep(batch: sheet.Batch) -> Kept:
        kept.extend(application for application, _ in batch)
        return Kept(new=len(batch))

    with sheet.opened(path) as (lines, _):
        done = sheet.take(lines, by or reader(), keep)
    return kept, done.refused
