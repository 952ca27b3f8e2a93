"""Rasa's own store of conversations: one table, which belongs to Rasa; here it is only emptied."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.engine import URL, make_url

_AT_ONCE: Final = 100
"""Conversations deleted in one transaction, so that Rasa never waits long."""

_PRAGMAS: Final = ("secure_delete=ON", "busy_timeout=5000")
"""No journal mode: that is Rasa's choice, and it would stay in the file."""

_events = Table(
    "events",
    MetaData(),
    Column("sender_id", String(255)),
    Column("timestamp", Float),
)


class Tracker:
    """`url` is the store's address in SQLAlchemy form. What is not there yet holds nothing.

    Rasa saves what its running turn holds beyond the rows it counts in the table, so a
    conversation deleted in the middle of a turn comes back. Erase when the turn is over.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._engine = _open(self._url)

    def erase(self, sender_id: str) -> int:
        """Delete all of one sender; the rows deleted."""
        if not self._is_there():
            return 0
        with self._engine.begin() as connection:
            mine = delete(_events).where(_events.c.sender_id == sender_id)
            return connection.execute(mine).rowcount

    def purge(self, before: datetime) -> int:
        """Delete conversations whose last event is older; the rows deleted.

        Always whole ones: Rasa counts rows, and would save a shortened conversation wrongly.
        """
        if not self._is_there():
            return 0
        total = 0
        while deleted := self._purge_some(before.timestamp()):
            total += deleted
        return total

    def _purge_some(self, before: float) -> int:
        """One statement, so that a message that arrives meanwhile saves its conversation."""
        last = func.max(_events.c.timestamp)
        idle = select(_events.c.sender_id).group_by(_events.c.sender_id).having(last < before)
        some = _events.c.sender_id.in_(idle.limit(_AT_ONCE))
        with self._engine.begin() as connection:
            return connection.execute(delete(_events).where(some)).rowcount

    def _is_there(self) -> bool:
        """Whether Rasa has made its table; asking makes no file."""
        file = self._url.database
        if self._url.get_backend_name() == "sqlite" and not (file and Path(file).is_file()):
            return False
        with self._engine.connect() as connection:
            return _has_events(connection)


def _has_events(connection: Connection) -> bool:
    return bool(inspect(connection).has_table(_events.name))


def _open(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    existing = url.set(
        database=f"file:{quote(url.database or '')}", query={"mode": "rw", "uri": "true"}
    )
    engine = create_engine(existing, hide_parameters=True)
    event.listen(engine, "connect", _sqlite_pragmas)
    return engine


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
