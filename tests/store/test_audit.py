"""Lines of the audit log come back in order, as they went in, and fall with what they tell of."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from office.store.audit import Audit, Entry, note

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
CITIZEN = "c" * 64


def test_a_new_log_is_empty(engine: Engine) -> None:
    assert Audit(engine).entries() == []


def test_lines_come_back_in_the_order_they_were_added(engine: Engine) -> None:
    log = Audit(engine)
    for place in range(20):
        log.add(Entry(CITIZEN, "status.look_up", f"{place:010}"), now=NOW - place * timedelta(1))
    assert [line.subject for line in log.entries()] == [f"{place:010}" for place in range(20)]


def test_a_line_keeps_who_what_when_and_its_detail(engine: Engine) -> None:
    log = Audit(engine)
    log.add(Entry(CITIZEN, "erasure", "字", {"turns": 3, "why": "asked"}), now=NOW)
    (line,) = log.entries()
    assert line == Entry(CITIZEN, "erasure", "字", {"turns": 3, "why": "asked"}, at=NOW)
    assert line.at is not None
    assert line.at.tzinfo is UTC


def test_the_moment_is_now_whatever_the_entry_says(engine: Engine) -> None:
    log = Audit(engine)
    log.add(Entry(CITIZEN, "p", "s", at=NOW - timedelta(days=9)), now=NOW)
    assert [line.at for line in log.entries()] == [NOW]


def test_a_line_of_a_transaction_that_fails_is_not_written(engine: Engine) -> None:
    def fails() -> None:
        with engine.begin() as connection:
            note(connection, Entry(CITIZEN, "p", "s"), now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert Audit(engine).entries() == []


def test_the_log_has_no_way_to_change_or_drop_a_line() -> None:
    assert {name for name in vars(Audit) if not name.startswith("_")} == {"add", "entries"}
