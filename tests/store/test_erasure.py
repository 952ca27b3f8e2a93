"""A citizen who asks to be forgotten is, and nobody else is, on both databases."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DatabaseError

from office.keys import new_ring, read_ring
from office.privacy import Found, Kind
from office.schema import (
    applicants,
    applications,
    codes,
    feedback,
    gaps,
    metadata,
    notices,
    proof_attempts,
    turns,
    watches,
)
from office.store.audit import Audit, Entry
from office.store.conversations import Asked, Conversation, Conversations, Gap, sender_key
from office.store.engine import open_engine
from office.store.retention import Retention
from office.store.tracker import Tracker
from office.store.vault import Vault
from tests.store.test_retention import PaperTracker, put
from tests.store.test_tracker import careless_sqlite as careless_sqlite

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MINE, OTHERS = sender_key("王"), sender_key("李")
RING = read_ring(new_ring("test"), where="test")
ONE = {"conversations": 1, "turns": 2, "gaps": 1, "vault": 1, "codes": 1, "watches": 1}
COUNTS = ONE | {"notices": 2, "tracker": 4}


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_engine(url)
    put(opened, applications, stage="checking", updated_at=NOW)
    put(opened, applicants, application="1")
    yield opened
    opened.dispose()


def lives(engine: Engine, sender: str, text: str = "灯笼怎么挂") -> None:
    """Everything that a citizen can leave behind."""
    key, talk = sender_key(sender), Conversations(engine)
    for message in ("m1", "m2"):
        asked = Asked(f"{text}{message}", "web")
        talk.keep_turn(sender, message, {"text": text}, Conversation(), asked, now=NOW)
    talk.judge(sender, "m1", helpful=True, now=NOW)
    talk.note_gap(sender, "m2", Gap(text, "unsure", [], "web"), now=NOW)
    found = Found(Kind.PHONE, 0, 11, "13912345678")
    Vault(engine, RING, keep=timedelta(hours=24)).keep(key, found, now=NOW)
    put(engine, codes, citizen=key, expires_at=NOW)
    put(engine, proof_attempts, citizen=key, last_at=NOW)
    put(engine, watches, citizen=key, created_at=NOW)
    put(engine, notices, citizen=key, subject="s1", reply={"text": text}, created_at=NOW)
    put(engine, notices, citizen=key, subject="s2", created_at=NOW, delivered_at=NOW)


def sizes(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
        }


def erase(engine: Engine, tracker: Tracker | None = None) -> Any:
    return Retention(engine, tracker or PaperTracker()).erase(MINE, now=NOW)


def test_all_of_one_citizen_goes_and_is_counted(engine: Engine) -> None:
    before = sizes(engine)
    lives(engine, "王")
    assert erase(engine).counts == COUNTS
    assert sizes(engine) == before | {"proof_attempts": 1, "audit": 1}


def test_nothing_of_others_goes(engine: Engine) -> None:
    lives(engine, "李")
    before = sizes(engine)
    lives(engine, "王")
    erase(engine)
    assert sizes(engine) == before | {"proof_attempts": 2, "audit": 1}
    assert Conversations(engine).reply_to("李", "m1") == {"text": "灯笼怎么挂"}


def test_a_gap_goes_with_its_turn_and_is_not_only_cut_loose(engine: Engine) -> None:
    lives(engine, "王")
    erase(engine)
    assert Conversations(engine).gaps() == []


def test_a_lock_is_not_shaken_off(engine: Engine) -> None:
    put(engine, proof_attempts, citizen=MINE, count=10, last_at=NOW)
    erase(engine)
    with engine.connect() as connection:
        assert connection.execute(select(proof_attempts.c.count)).scalar_one() == 10


def test_the_bureau_s_own_files_stay(engine: Engine) -> None:
    lives(engine, "王")
    erase(engine)
    assert (sizes(engine)["applications"], sizes(engine)["applicants"]) == (1, 1)


def test_the_log_keeps_a_receipt_and_names_nobody(engine: Engine) -> None:
    Audit(engine).add(Entry(MINE, "status.look_up", "1"), now=NOW)
    lives(engine, "王")
    erased = erase(engine)
    earlier, line = Audit(engine).entries()
    assert line == Entry("citizen", "erasure", erased.receipt, COUNTS, NOW)
    assert MINE not in str(line)
    assert earlier == Entry(MINE, "status.look_up", "1", {}, NOW)


def test_who_left_nothing_gets_a_receipt_all_the_same(engine: Engine) -> None:
    first, second = erase(engine), erase(engine)
    assert first.counts == dict.fromkeys(COUNTS, 0) | {"tracker": 4}
    assert first.receipt != second.receipt


def test_a_receipt_has_no_digits_that_would_be_taken_for_a_number(engine: Engine) -> None:
    receipt = erase(engine).receipt
    assert len(receipt) == 9
    assert receipt.replace("-", "", 1).isalpha()


def test_rasa_s_rows_go_by_the_same_hash(engine: Engine) -> None:
    tracker = PaperTracker()
    erase(engine, tracker)
    assert tracker.told == [MINE]


def test_where_rasa_s_store_fails_nothing_is_promised(engine: Engine, tmp_path: Path) -> None:
    broken = tmp_path / "tracker.db"
    broken.write_text("no database by any reading of it" * 40)
    lives(engine, "王")
    before = sizes(engine)
    with pytest.raises(DatabaseError):
        erase(engine, Tracker(f"sqlite:///{broken}"))
    assert sizes(engine) == before


def test_where_the_office_fails_all_of_its_rows_stay(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives(engine, "王")
    before = sizes(engine)
    monkeypatch.setattr("office.store.retention.note", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erase(engine)
    assert sizes(engine) == before


@pytest.mark.usefixtures("careless_sqlite")
@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
def test_no_file_has_a_trace(engine: Engine, tmp_path: Path) -> None:
    for number in range(30):
        asked = Asked(f"红灯笼{number}" * 30, "web")
        for sender in ("王", "李"):
            talk = Conversations(engine)
            talk.keep_turn(sender, f"n{number}", {"t": sender}, Conversation(), asked, now=NOW)
    lives(engine, "王", "绿灯笼" * 50)
    with sqlite3.connect(tmp_path / "tracker.db") as rasas:
        rasas.execute("CREATE TABLE events (sender_id TEXT, timestamp FLOAT, data TEXT)")
        rasas.execute("INSERT INTO events VALUES (?, 1.0, ?)", (MINE, "绿灯笼" * 50))
    with engine.begin() as connection:
        connection.execute(proof_attempts.delete())
    assert traces(tmp_path, MINE, "绿灯笼")
    erase(engine, Tracker(f"sqlite:///{tmp_path / 'tracker.db'}"))
    assert traces(tmp_path, MINE, "绿灯笼") == []
    assert traces(tmp_path, OTHERS)


def traces(folder: Path, *words: str) -> list[str]:
    """Which files below `folder` hold one of `words`, as text or as JSON writes it."""
    needles = [form for word in words for form in (word.encode(), _json(word))]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(n in path.read_bytes() for n in needles)]


def _json(word: str) -> bytes:
    return word.encode("ascii", "backslashreplace")


def test_the_tables_that_hold_a_citizen_are_all_thought_of() -> None:
    """A new column for the sender's hash must be erased, or be kept for a reason."""
    holders = {
        table.name
        for table in metadata.tables.values()
        if {"sender", "citizen"} & set(table.columns.keys())
    }
    assert holders == set(COUNTS) - {"gaps", "tracker"} | {"proof_attempts"}
    assert {feedback, gaps} == {t for t in metadata.tables.values() if _hangs_on_turns(t)}


def _hangs_on_turns(table: Any) -> bool:
    return any(key.column.table is turns for key in table.foreign_keys)
