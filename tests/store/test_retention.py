"""Each kind ends with its period, to the second, on both databases."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, Table, insert, select

from office.identity import APPLICATION_LIMIT, CITIZEN_LIMIT, NUMBER_LIMIT
from office.schema import (
    applicants,
    applications,
    audit,
    codes,
    conversations,
    feedback,
    gaps,
    metadata,
    notices,
    proof_attempts,
    turns,
    vault,
    watches,
)
from office.store import retention
from office.store.audit import Audit, Entry
from office.store.retention import Periods, Retention
from office.store.tracker import Tracker

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
PERIODS = Periods(conversations=30 * DAY, gaps=365 * DAY, applications=730 * DAY, audit=1096 * DAY)
ENDINGS = {("dibao", "paying"), ("dibao", "refused"), ("adoption", "registered")}
KEEPERS = {"vault_keys"}
"""Tables that no period ends."""


class PaperTracker(Tracker):
    """Rasa's store, which only notes what it was told."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def erase(self, sender_id: str) -> int:
        self.told.append(sender_id)
        return 4

    def purge(self, before: datetime) -> int:
        self.told.append(before)
        return 7


@pytest.fixture
def tracker() -> PaperTracker:
    return PaperTracker()


@pytest.fixture
def store(engine: Engine, tracker: PaperTracker) -> Retention:
    return Retention(engine, tracker)


def put(engine: Engine, table: Table, **row: Any) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table).values(**(ROWS[table] | row)))


def keys(engine: Engine, table: Table) -> list[Any]:
    """What is left, by its first key."""
    with engine.connect() as connection:
        key = next(iter(table.primary_key))
        return list(connection.execute(select(key).order_by(key)).scalars())


ROWS: dict[Table, dict[str, Any]] = {
    conversations: {"sender": "王"},
    turns: {"sender": "王", "message_id": "m", "reply": {}},
    feedback: {"helpful": True, "created_at": NOW},
    gaps: {"question": "灯笼", "outcome": "unsure", "hits": [], "channel": "web"},
    vault: {"citizen": "王", "kind": "phone", "value_hash": "h", "sealed": "s"},
    codes: {"citizen": "王", "number_hash": "n", "code_hash": "c", "place": 0},
    proof_attempts: {"citizen": "王", "scope": "*", "count": 1},
    notices: {"citizen": "王", "subject": "s", "channel": "web", "reply": {}},
    watches: {"citizen": "王", "application": "1", "channel": "web"},
    audit: {"actor": "王", "purpose": "p", "subject": "s", "detail": {}},
    applications: {
        "number": "1",
        "service": "dibao",
        "stage": "paying",
        "stage_on": date(2020, 1, 1),
        "received_on": date(2020, 1, 1),
        "office": "灯笼镇",
        "extended": False,
        "missing": [],
        "digest": "d",
    },
    applicants: {"place": 0, "masked_name": "王*", "sealed": "s"},
}
LAST: list[tuple[Table, str, str, datetime]] = [
    (turns, "id", "created_at", NOW - 30 * DAY),
    (conversations, "sender", "updated_at", NOW - 30 * DAY),
    (gaps, "id", "created_at", NOW - 365 * DAY),
    (vault, "token", "expires_at", NOW + SECOND),
    (codes, "citizen", "expires_at", NOW + SECOND),
    (proof_attempts, "citizen", "last_at", NOW - DAY),
    (notices, "id", "created_at", NOW - 30 * DAY),
    (applications, "number", "updated_at", NOW - 730 * DAY),
    (watches, "citizen", "created_at", NOW - 30 * DAY),
    (audit, "id", "at", NOW - 1096 * DAY),
]
"""Table, key, the moment that counts, and the earliest moment that still stands."""


@pytest.mark.parametrize(("table", "key", "moment", "stands"), LAST, ids=[str(r[0]) for r in LAST])
def test_a_row_goes_one_second_after_its_period(
    engine: Engine, store: Retention, table: Table, key: str, moment: str, stands: datetime
) -> None:
    names: list[Any] = [101, 102] if key == "id" else ["1", "2"]
    unique = [dict[str, Any](), dict[str, Any]()]
    if table is vault:
        unique = [{"value_hash": "a"}, {"value_hash": "b"}]
    if table in (turns, notices):
        name = "message_id" if table is turns else "subject"
        unique = [{name: "a"}, {name: "b"}]
    put(engine, table, **{key: names[0], moment: stands - SECOND}, **unique[0])
    put(engine, table, **{key: names[1], moment: stands}, **unique[1])
    counts = store.purge(PERIODS, ENDINGS, now=NOW)
    others = {name: count for name, count in counts.items() if name != table.name}
    assert counts[table.name] == 1
    assert others == {**dict.fromkeys(others, 0), "tracker": 7}
    assert names[1] in keys(engine, table)
    assert names[0] not in keys(engine, table)


def test_every_table_has_an_end_or_a_reason() -> None:
    by_cascade = {"feedback", "applicants"}
    assert {row[0].name for row in LAST} | by_cascade | KEEPERS == set(metadata.tables)


def test_a_gap_outlives_its_turn_and_feedback_does_not(engine: Engine, store: Retention) -> None:
    put(engine, turns, id=1, created_at=NOW - 31 * DAY)
    put(engine, feedback, turn=1)
    put(engine, gaps, id=1, turn=1, created_at=NOW - 31 * DAY)
    assert store.purge(PERIODS, ENDINGS, now=NOW)["turns"] == 1
    assert (keys(engine, feedback), keys(engine, gaps)) == ([], [1])


def test_an_application_goes_with_its_applicants_and_its_watches(
    engine: Engine, store: Retention
) -> None:
    put(engine, applications, updated_at=NOW - 731 * DAY)
    put(engine, applicants, application="1")
    put(engine, watches, created_at=NOW - 731 * DAY)
    counts = store.purge(PERIODS, ENDINGS, now=NOW)
    assert (counts["applications"], counts["watches"]) == (1, 1)
    assert keys(engine, applicants) == []


@pytest.mark.parametrize(
    ("service", "stage", "stays"),
    [
        ("dibao", "paying", False),
        ("dibao", "checking", True),
        ("adoption", "paying", True),
        ("adoption", "registered", False),
    ],
)
def test_an_application_that_goes_on_stays(
    engine: Engine, store: Retention, service: str, stage: str, stays: bool
) -> None:
    put(engine, applications, service=service, stage=stage, updated_at=NOW - 999 * DAY)
    store.purge(PERIODS, ENDINGS, now=NOW)
    assert keys(engine, applications) == ["1"] * stays


def test_without_endings_no_application_ends(engine: Engine, store: Retention) -> None:
    put(engine, applications, updated_at=NOW - 999 * DAY)
    assert store.purge(PERIODS, (), now=NOW)["applications"] == 0


def test_a_watch_on_an_application_that_is_there_stays(engine: Engine, store: Retention) -> None:
    put(engine, applications, stage="checking", updated_at=NOW)
    put(engine, watches, created_at=NOW - 900 * DAY)
    assert store.purge(PERIODS, ENDINGS, now=NOW)["watches"] == 0


def test_no_lock_ends_early() -> None:
    limits = (APPLICATION_LIMIT, CITIZEN_LIMIT, NUMBER_LIMIT)
    assert max(limit.period for limit in limits) <= retention._ATTEMPTS


def test_many_rows_go_in_several_transactions(
    engine: Engine, store: Retention, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    for number in range(5):
        put(engine, turns, message_id=f"m{number}", created_at=NOW - 31 * DAY)
    assert store.purge(PERIODS, ENDINGS, now=NOW)["turns"] == 5


def test_a_run_writes_one_line_with_its_counts(
    engine: Engine, store: Retention, tracker: PaperTracker
) -> None:
    put(engine, turns, created_at=NOW - 31 * DAY)
    counts = store.purge(PERIODS, ENDINGS, now=NOW)
    line = Entry("retention", "purge", "2026-03-02", counts, NOW)
    assert Audit(engine).entries() == [line]
    assert (counts["turns"], counts["gaps"], counts["tracker"]) == (1, 0, 7)
    assert tracker.told == [NOW - 30 * DAY]


def test_a_run_that_breaks_off_tells_what_it_deleted(
    engine: Engine, store: Retention, tracker: PaperTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engine, turns, created_at=NOW - 31 * DAY)
    monkeypatch.setattr(tracker, "purge", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.purge(PERIODS, ENDINGS, now=NOW)
    (line,) = Audit(engine).entries()
    assert line.detail["turns"] == 1
    assert "tracker" not in line.detail


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_what_was_purged_is_in_no_file(engine: Engine, store: Retention, tmp_path: Path) -> None:
    for number in range(40):
        text = f"旧灯笼{number}" * 20
        put(engine, turns, message_id=f"m{number}", question=text, created_at=NOW - 31 * DAY)
    store.purge(PERIODS, ENDINGS, now=NOW)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path.name for path in files if "旧灯笼".encode() in path.read_bytes()]
