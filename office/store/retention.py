"""What ends: everything after its period, and all of one citizen when they ask.

个人信息保护法 第十九条 asks for the shortest time that the purpose needs, 第四十七条 for deletion.
What hangs on a row goes with it and is not counted: feedback with its turn, applicants with
their application.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, select, tuple_

from office.schema import (
    applications,
    audit,
    codes,
    conversations,
    gaps,
    notices,
    proof_attempts,
    turns,
    vault,
    watches,
)
from office.store.audit import Entry, note
from office.store.tracker import Tracker

TRACKER: Final = "tracker"
"""How Rasa's rows are called among the counts; all other names are those of tables."""

_AT_ONCE: Final = 500
"""Rows deleted in one transaction, so that nobody waits long."""
_ATTEMPTS: Final = timedelta(days=1)
"""No limit on failures looks back further (`office/identity.py`)."""
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""For receipts: no digits, which would be taken for a citizen's number; no vowels, no words."""

Counts = dict[str, int]
"""Rows deleted, by name of table."""


@dataclass(frozen=True)
class Periods:
    """How long each kind is kept. The vault's numbers and codes have their own end.

    Applications: after the last change of one whose stage ends it. Audit: 个人信息保护法
    第五十六条 asks for three years at least.
    """

    conversations: timedelta
    gaps: timedelta
    applications: timedelta
    audit: timedelta


@dataclass(frozen=True)
class Erased:
    """What a citizen is told: the number of the audit line, and how much was deleted."""

    receipt: str
    counts: Counts


class Retention:
    """Deleting; where the file is SQLite's, what was deleted is overwritten in it."""

    def __init__(self, engine: Engine, tracker: Tracker) -> None:
        self._engine, self._tracker = engine, tracker

    def purge(
        self, periods: Periods, endings: Collection[tuple[str, str]], *, now: datetime
    ) -> Counts:
        """Delete what is past its period. `endings`: (service, stage) where nothing more comes.

        `now` is in the bureau's zone, as the turns' times are. Many short transactions: a run
        that breaks off has deleted a part and written that down; the next one deletes the rest.
        """
        counts: Counts = {}
        try:
            for table, which in _past(periods, endings, now):
                counts[table.name] = self._delete(table, which)
            counts[TRACKER] = self._tracker.purge(now - periods.conversations)
        finally:
            with self._engine.begin() as connection:
                note(connection, Entry("retention", "purge", f"{now:%Y-%m-%d}", counts), now=now)
            self._overwrite()
        return counts

    def erase(self, citizen: str, *, now: datetime) -> Erased:
        """Delete everything of one citizen (hash of the sender), or nothing of the office's.

        Failed proofs stay until they expire: else a deletion would shake off a lock, and the
        guessing would go on. Applications stay: they are the bureau's files, not the chat's.
        Audit lines stay as they are, and the one written here does not name the citizen.
        Rasa goes first: where its store cannot be opened, nothing is promised.
        """
        counts = {TRACKER: self._tracker.erase(citizen)}
        receipt = _receipt()
        with self._engine.begin() as connection:
            counts |= _erase(connection, citizen)
            note(connection, Entry("citizen", "erasure", receipt, counts), now=now)
        self._overwrite()
        return Erased(receipt, counts)

    def _delete(self, table: Table, which: ColumnElement[bool]) -> int:
        """The condition is asked twice: a row that just changed is not deleted for what it was."""
        key = tuple_(*table.primary_key)
        some = key.in_(select(*table.primary_key).where(which).limit(_AT_ONCE))
        total = 0
        while True:
            with self._engine.begin() as connection:
                deleted = connection.execute(delete(table).where(which, some)).rowcount
            total += deleted
            if not deleted:
                return total

    def _overwrite(self) -> None:
        """SQLite keeps former pages in its log until they are copied over; do it now.

        Where a reader is in the way after the busy time-out, the next checkpoint does it.
        """
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()


def _past(
    periods: Periods, endings: Collection[tuple[str, str]], now: datetime
) -> list[tuple[Table, ColumnElement[bool]]]:
    """Each table with what of it is past; watches come after the applications they follow."""
    talked, ended = now - periods.conversations, now - periods.applications
    stage = tuple_(applications.c.service, applications.c.stage)
    over = stage.in_(list(endings)) & (applications.c.updated_at < ended)
    return [
        (turns, turns.c.created_at < talked),
        (conversations, conversations.c.updated_at < talked),
        (gaps, gaps.c.created_at < now - periods.gaps),
        (vault, vault.c.expires_at <= now),
        (codes, codes.c.expires_at <= now),
        (proof_attempts, proof_attempts.c.last_at < now - _ATTEMPTS),
        (notices, notices.c.created_at < talked),
        (applications, over),
        (watches, _orphaned(talked)),
        (audit, audit.c.at < now - periods.audit),
    ]


def _orphaned(before: datetime) -> ColumnElement[bool]:
    """Young watches stay: a back office may tell of their application later."""
    known = select(applications.c.number)
    return watches.c.application.not_in(known) & (watches.c.created_at < before)


def _erase(connection: Connection, citizen: str) -> Counts:
    """Gaps before the turns that they hang on: a turn's end would cut them loose."""
    theirs = select(turns.c.id).where(turns.c.sender == citizen)
    which = [
        (gaps, gaps.c.turn.in_(theirs)),
        (turns, turns.c.sender == citizen),
        (conversations, conversations.c.sender == citizen),
        (vault, vault.c.citizen == citizen),
        (codes, codes.c.citizen == citizen),
        (watches, watches.c.citizen == citizen),
        (notices, notices.c.citizen == citizen),
    ]
    return {
        table.name: connection.execute(delete(table).where(mine)).rowcount for table, mine in which
    }


def _receipt() -> str:
    """Such as KFMQ-XTRW: to be read out on the phone, and not to be guessed."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
