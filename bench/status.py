"""What a look-up costs, and whether time tells an unknown number from a wrong proof.

The three kinds take turns in one run, on SQLite; each try is another citizen's, so that
no lock bites.
"""

import contextlib
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bench.measure import percentile, save, show
from office.desk import StatusDesk
from office.errors import NotProven
from office.intake import Person, enrolled
from office.keys import KeyRing, new_ring, read_ring
from office.migrate import migrate
from office.numbers import as_18, last_four
from office.senders import ConsoleSender
from office.status import Application
from office.store.applications import Applications
from office.store.attempts import Attempts
from office.store.audit import Audit
from office.store.engine import open_engine

_BATCH: Final = 1000
_DAY: Final = date(2026, 11, 2)
_NOW: Final = datetime(2026, 11, 25, 10, tzinfo=UTC)


def main(
    rows: Annotated[int, typer.Option(min=1, help="Applications on file.")] = 20_000,
    tries: Annotated[int, typer.Option(min=1, help="Of each kind.")] = 500,
    json: Annotated[bool, typer.Option("--json")] = False,
    keep: Annotated[bool, typer.Option(help="Write bench/results/status.json.")] = False,
) -> None:
    """Look up with the right proof, a wrong one, and an unknown number."""
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), rows, tries)
    show(result, json)
    if keep:
        save("status", result)


def measure(folder: Path, rows: int, tries: int) -> dict[str, Any]:
    """Milliseconds by kind, and how far the two refusals lie apart at the median."""
    desk = _desk(f"sqlite:///{folder / 'office.db'}", rows)
    kinds: dict[str, Callable[[int], tuple[str, str]]] = {
        "right": lambda n: (_number(n % rows), last_four(_id(n % rows))),
        "wrong_proof": lambda n: (_number(n % rows), "0042"),
        "unknown": lambda n: (_number(rows + n), "0042"),
    }
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    for n in range(tries):
        for kind, asked in kinds.items():
            took[kind].append(_timed(desk, *asked(n), moment=_NOW + timedelta(days=n)))
    said: dict[str, Any] = {kind: _percentiles(values) for kind, values in took.items()}
    apart = said["unknown"]["p50_ms"] - said["wrong_proof"]["p50_ms"]
    return {"rows": rows, "tries": tries, **said, "refusals_apart_p50_ms": round(apart, 3)}


def _timed(desk: StatusDesk, number: str, proof: str, *, moment: datetime) -> float:
    began = time.perf_counter()
    with contextlib.suppress(NotProven):
        desk.look_up(uuid.uuid4().hex, number, proof, now=moment)
    return (time.perf_counter() - began) * 1000


def _percentiles(values: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(percentile(values, 0.5), 2),
        "p95_ms": round(percentile(values, 0.95), 2),
    }


def _desk(url: str, rows: int) -> StatusDesk:
    migrate(url)
    engine, ring = open_engine(url), read_ring(new_ring("bench"), where="bench")
    table = Applications(engine)
    for first in range(0, rows, _BATCH):
        filed = [_application(n, ring) for n in range(first, min(first + _BATCH, rows))]
        table.keep([(one, one.number) for one in filed], lambda _: {}, now=_NOW)
    return StatusDesk(table, table, Attempts(engine), Audit(engine), ring, ConsoleSender())


def _application(n: int, ring: KeyRing) -> Application:
    person = Person(f"李某{n}", _id(n))
    return Application(
        number=_number(n),
        service="dibao",
        stage="checking",
        stage_on=_DAY,
        received_on=_DAY,
        office="示范镇",
        applicants=(enrolled(person, _number(n), ring),),
    )


def _number(n: int) -> str:
    return f"202611{n:06}"


def _id(n: int) -> str:
    born = date(1940, 1, 1) + timedelta(days=n % 20_000)
    return as_18(f"110105{born:%y%m%d}{n % 1000:03}")
