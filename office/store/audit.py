"""The audit log: who opened or deleted personal data, when and for what; lines are only added."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from office.schema import audit


@dataclass(frozen=True)
class Entry:
    """`actor` is a citizen's hash, a staff name or a system part; `subject` a token or a number."""

    actor: str
    purpose: str
    subject: str
    detail: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


class Audit:
    """Each method is one transaction, except `note`, which joins another's."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, entry: Entry, *, now: datetime) -> None:
        with self._engine.begin() as connection:
            note(connection, entry, now=now)

    def entries(self) -> list[Entry]:
        """All lines, oldest first."""
        columns = (audit.c.actor, audit.c.purpose, audit.c.subject, audit.c.detail, audit.c.at)
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(audit.c.id)).all()
        return [Entry(*row) for row in rows]


def note(connection: Connection, entry: Entry, *, now: datetime) -> None:
    """Add a line within a transaction that also does what the line tells of."""
    connection.execute(insert(audit).values(**{**vars(entry), "at": now}))
