"""What an import of a year's applications costs: the real command, on SQLite, and once again.

The people are made by code; their ID numbers and phones belong to nobody.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from openpyxl import Workbook

from bench.measure import save, show
from office.applications_import import COLUMNS, PERSON
from office.keys import new_ring
from office.numbers import as_18

ROWS = 100_000
_EVERY = 0.1
"""Seconds between two looks at the command's memory."""
_STAGES = ("已受理", "入户核查", "公示中", "审核中")
_FIRST = date(2025, 3, 3)


@dataclass(frozen=True)
class Run:
    """One run of the command: its last line, seconds, and the most memory it held (MB)."""

    said: str
    seconds: float
    peak_mb: float


def main(
    rows: Annotated[int, typer.Option(min=1)] = ROWS,
    json: Annotated[bool, typer.Option("--json")] = False,
    keep: Annotated[bool, typer.Option(help="Write bench/results/imports.json.")] = False,
) -> None:
    """Import a spreadsheet of `rows` applications twice."""
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), rows)
    show(result, json)
    if keep:
        save("imports", result)


def measure(folder: Path, rows: int) -> dict[str, Any]:
    """Times in seconds; RuntimeError where a row is refused, or not the same the second time."""
    sheet = _sheet(folder / "applications.xlsx", rows)
    keys = new_ring("bench").strip().replace("\n", ",")
    database = f"sqlite:///{folder / 'office.db'}"
    told = os.environ | {"VAR": str(folder), "DATABASE_URL": database, "VAULT_KEYS": keys}
    _run(["migrate"], told)
    command = ["import-applications", str(sheet), "--write"]
    first, again = _run(command, told), _run(command, told)
    _expect(first, f"新增 {rows}，变更 0，相同 0，拒收 0")
    _expect(again, f"新增 0，变更 0，相同 {rows}，拒收 0")
    return {
        "rows": rows,
        "seconds": round(first.seconds, 1),
        "rows_per_s": round(rows / first.seconds),
        "peak_mb": round(max(first.peak_mb, again.peak_mb)),
        "again_seconds": round(again.seconds, 1),
    }


def _run(arguments: list[str], environment: dict[str, str]) -> Run:
    began, peak = time.perf_counter(), 0.0
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        command = [sys.executable, "-m", "office", *arguments]
        running = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
        while running.poll() is None:
            peak = max(peak, _peak_mb(running.pid))
            time.sleep(_EVERY)
        seconds = time.perf_counter() - began
        out.seek(0)
        said = out.read().strip()
    if running.returncode:
        raise RuntimeError(said)
    return Run(said, seconds, peak)


def _peak_mb(pid: int) -> float:
    """The most a process has held so far; its rusage would count the memory of its parent."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _expect(run: Run, said: str) -> None:
    if run.said != said:
        raise RuntimeError(f"expected “{said}”, got “{run.said}”")


def _sheet(path: Path, rows: int) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([*COLUMNS, *PERSON])
    for line in _lines(rows):
        sheet.append(line)
    book.save(path)
    return path


def _lines(rows: int) -> Iterator[list[str]]:
    for place in range(rows):
        received = _FIRST + timedelta(days=place % 200)
        stage_on = received + timedelta(days=9)
        born = date(1940, 1, 1) + timedelta(days=place % 20000)
        yield [
            f"202503{place:06}",
            "低保",
            _STAGES[place % len(_STAGES)],
            stage_on.isoformat(),
            f"{received:%Y/%m/%d}",
            f"{received + timedelta(days=3):%Y年%m月%d日}",
            f"示范镇第{place % 40}便民服务中心",
            "否",
            "",
            "张李王刘陈"[place % 5] + "小明建国秀英"[place % 6],
            as_18(f"110105{born:%y%m%d}{place % 1000:03}"),
            f"139{place:08}",
        ]
