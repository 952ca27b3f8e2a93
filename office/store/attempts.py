"""Failures and one-time codes, counted where a restart cannot lose them.

An attempt is counted before it is checked and taken back when it succeeds, so that a
crash, and forty clients at once, count against the guesser.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, delete, select, update

from office.errors import Locked
from office.identity import (
    APPLICATION_LIMIT,
    CITIZEN_LIMIT,
    CODE_LASTS,
    NUMBER_LIMIT,
    Limit,
)
from office.schema import codes, proof_attempts
from office.store.engine import insert_once, upsert

_EVERYONE: Final = "*"
_ANY_NUMBER: Final = "*"


class Attempts:
    """Each method is one transaction. Numbers and codes arrive as keyed hashes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, citizen: str, number_hash: str, *, now: datetime) -> None:
        """Count an attempt against every limit; where one is reached, Locked, and none counted."""
        with self._engine.begin() as connection:
            for who, scope, limit in _counters(citizen, number_hash):
                _count(connection, who, scope, limit, now)

    def succeeded(self, citizen: str, number_hash: str) -> None:
        """Take the attempt back; for this citizen and number all earlier failures as well."""
        with self._engine.begin() as connection:
            for who, scope in ((_EVERYONE, number_hash), (citizen, _ANY_NUMBER)):
                _take_back(connection, who, scope)
            connection.execute(delete(proof_attempts).where(_counter(citizen, number_hash)))

    def undecided(self, citizen: str, number_hash: str) -> None:
        """Take the attempt back: it could not be checked, by no fault of the citizen's."""
        with self._engine.begin() as connection:
            for who, scope, _ in _counters(citizen, number_hash):
                _take_back(connection, who, scope)

    def keep_code(
        self, citizen: str, number_hash: str, code_hash: str, place: int, *, now: datetime
    ) -> None:
        """The code just made for this citizen and number; an earlier one is void."""
        row = {
            "citizen": citizen,
            "number_hash": number_hash,
            "code_hash": code_hash,
            "place": place,
            "expires_at": now + CODE_LASTS,
        }
        with self._engine.begin() as connection:
            upsert(connection, codes, [row])

    def code(self, citizen: str, number_hash: str, *, now: datetime) -> tuple[str, int] | None:
        """The hash of the code in force, and the place of the applicant whose phone got it."""
        mine = (codes.c.citizen == citizen) & (codes.c.number_hash == number_hash)
        query = select(codes.c.code_hash, codes.c.place).where(mine, codes.c.expires_at > now)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return (row.code_hash, row.place) if row else None

    def use_code(self, citizen: str, number_hash: str) -> None:
        """A code is good once."""
        mine = (codes.c.citizen == citizen) & (codes.c.number_hash == number_hash)
        with self._engine.begin() as connection:
            connection.execute(delete(codes).where(mine))


def _counters(citizen: str, number_hash: str) -> list[tuple[str, str, Limit]]:
    """Always in the same order, so that transactions do not wait for each other crosswise."""
    return [
        (_EVERYONE, number_hash, APPLICATION_LIMIT),
        (citizen, _ANY_NUMBER, CITIZEN_LIMIT),
        (citizen, number_hash, NUMBER_LIMIT),
    ]


def _count(connection: Connection, citizen: str, scope: str, limit: Limit, now: datetime) -> None:
    """One conditional UPDATE is the guard: of many at once no more than the limit pass."""
    this = _counter(citizen, scope)
    row = {"citizen": citizen, "scope": scope, "count": 0, "last_at": now}
    insert_once(connection, proof_attempts, row)
    _set(connection, this & (proof_attempts.c.last_at <= now - limit.period), count=0)
    one_more = {"count": proof_attempts.c.count + 1, "last_at": now}
    if not _set(connection, this & (proof_attempts.c.count < limit.failures), **one_more):
        raise Locked(_last_at(connection, this, now) + limit.period, now)


def _take_back(connection: Connection, citizen: str, scope: str) -> None:
    counted = _counter(citizen, scope) & (proof_attempts.c.count > 0)
    _set(connection, counted, count=proof_attempts.c.count - 1)


def _counter(citizen: str, scope: str) -> ColumnElement[bool]:
    return (proof_attempts.c.citizen == citizen) & (proof_attempts.c.scope == scope)


def _set(connection: Connection, where: ColumnElement[bool], **values: Any) -> int:
    return connection.execute(update(proof_attempts).where(where).values(**values)).rowcount


def _last_at(connection: Connection, this: ColumnElement[bool], now: datetime) -> datetime:
    last: datetime = connection.execute(select(proof_attempts.c.last_at).where(this)).scalar_one()
    return last.astimezone(now.tzinfo)
