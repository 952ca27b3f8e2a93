"""Rasa's store is emptied by whole conversations, and never made where it is not."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from office.store import tracker
from office.store.tracker import Tracker

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
RASAS = """
CREATE TABLE events (
    id INTEGER NOT NULL, sender_id VARCHAR(255) NOT NULL, type_name VARCHAR(255) NOT NULL,
    timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT,
    PRIMARY KEY (id)
)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a tracker, 50% #1.db"


@pytest.fixture
def rasas(file: Path) -> Iterator[sqlite3.Connection]:
    """As Rasa makes it: its own connection, its own journal."""
    connection = sqlite3.connect(file)
    connection.execute(RASAS)
    connection.execute("CREATE INDEX ix_events_sender_id ON events (sender_id)")
    connection.commit()
    yield connection
    connection.close()


@pytest.fixture
def careless_sqlite() -> Iterator[None]:
    """SQLite as most builds are: what is deleted stays in the file, unless told otherwise."""

    def careless(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA secure_delete=OFF")

    event.listen(Pool, "connect", careless)
    yield
    event.remove(Pool, "connect", careless)


def opened(file: Path) -> Tracker:
    return Tracker(f"sqlite:///{file}")


def said(rasas: sqlite3.Connection, sender: str, at: datetime, data: str = "{}") -> None:
    row = (sender, "user", at.timestamp(), data)
    statement = "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)"
    rasas.execute(statement, row)
    rasas.commit()


def left(rasas: sqlite3.Connection) -> list[str]:
    return [row[0] for row in rasas.execute("SELECT sender_id FROM events ORDER BY id")]


def test_a_sender_s_rows_go_and_nobody_else_s(file: Path, rasas: sqlite3.Connection) -> None:
    for sender in ("a", "b", "a", "aa"):
        said(rasas, sender, NOW)
    assert opened(file).erase("a") == 2
    assert left(rasas) == ["b", "aa"]
    assert opened(file).erase("a") == 0


@pytest.mark.usefixtures("careless_sqlite")
def test_what_is_erased_is_overwritten_in_the_file(file: Path, rasas: sqlite3.Connection) -> None:
    for number in range(60):
        said(rasas, "other", NOW, "stays " * 20)
        said(rasas, "a", NOW, f"灯笼{number}" * 20)
    opened(file).erase("a")
    assert "灯笼".encode() not in file.read_bytes()
    assert b"stays" in file.read_bytes()


def test_a_conversation_ends_with_its_last_event(file: Path, rasas: sqlite3.Connection) -> None:
    second = timedelta(seconds=1)
    for sender, at in (
        ("old", NOW - 2 * second),
        ("old", NOW - second),
        ("just", NOW - second),
        ("just", NOW),
        ("going on", NOW - 9 * second),
        ("going on", NOW + second),
    ):
        said(rasas, sender, at)
    assert opened(file).purge(NOW) == 2
    assert left(rasas) == ["just", "just", "going on", "going on"]


def test_more_than_one_transaction_s_worth_is_purged(
    file: Path, rasas: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker, "_AT_ONCE", 2)
    for number in range(5):
        said(rasas, f"s{number}", NOW)
    assert opened(file).purge(NOW + timedelta(days=1)) == 5


def test_a_store_that_is_not_there_is_not_made(file: Path) -> None:
    assert (opened(file).erase("a"), opened(file).purge(NOW)) == (0, 0)
    assert list(file.parent.iterdir()) == []


def test_a_store_that_rasa_has_not_filled_holds_nothing(file: Path) -> None:
    sqlite3.connect(file).close()
    file.touch()
    assert (opened(file).erase("a"), opened(file).purge(NOW)) == (0, 0)
    assert file.read_bytes() == b""


def test_a_store_that_appears_later_is_found(file: Path) -> None:
    store = opened(file)
    assert store.erase("a") == 0
    with sqlite3.connect(file) as connection:
        connection.execute(RASAS)
        said(connection, "a", NOW)
    assert store.erase("a") == 1


def test_rasa_s_journal_stays_rasa_s(file: Path, rasas: sqlite3.Connection) -> None:
    said(rasas, "a", NOW)
    opened(file).erase("a")
    assert rasas.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_file_that_is_no_database_is_an_error(file: Path) -> None:
    file.write_text("this is no database at all, by any reading of it" * 30)
    with pytest.raises(Exception, match="not a database"):
        opened(file).erase("a")


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_rows_in_another_database_than_sqlite(empty_url: str) -> None:
    store = Tracker(empty_url)
    assert (store.erase("a"), store.purge(NOW)) == (0, 0)
    with store._engine.begin() as connection:
        tracker._events.create(connection)
        connection.execute(
            tracker._events.insert(),
            [{"sender_id": s, "timestamp": NOW.timestamp()} for s in ("a", "b", "b")],
        )
    assert (store.erase("a"), store.purge(NOW + timedelta(days=1))) == (1, 2)
    store._engine.dispose()
