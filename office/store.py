"""Conversations, turns, feedback and gaps in a database (SQLite or PostgreSQL)."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    Table,
    create_engine,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from office.errors import TurnUnknown
from office.schema import conversations, feedback, gaps, turns

_BUSY_MS = 5000
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Not a savepoint: SQLite's driver would commit the turn as soon as one is released."""


@dataclass(frozen=True)
class Conversation:
    """What is kept between turns: the language asked for, the article last answered."""

    language: str | None = None
    article: str | None = None


@dataclass(frozen=True)
class Gap:
    """A question without a sure answer: masked text, outcome, best hits, channel."""

    question: str
    outcome: str
    hits: list[dict[str, Any]]
    channel: str


class Store:
    """Each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def at(cls, url: str) -> "Store":
        engine = create_engine(url, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_pragmas)
        return cls(engine)

    def ping(self) -> str:
        """The database's kind; raises where it does not answer."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        return self._engine.dialect.name

    def reply_to(self, sender: str, message_id: str) -> dict[str, Any] | None:
        """The reply given to this message before, if it is a repetition."""
        query = select(turns.c.reply).where(_this_turn(sender, message_id))
        with self._engine.connect() as connection:
            reply: dict[str, Any] | None = connection.execute(query).scalar()
        return reply

    def conversation(self, sender: str) -> Conversation:
        columns = select(conversations.c.language, conversations.c.article)
        query = columns.where(conversations.c.sender == sender_key(sender))
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Conversation(*row) if row else Conversation()

    def keep_turn(
        self,
        sender: str,
        message_id: str,
        reply: dict[str, Any],
        conversation: Conversation,
        *,
        now: datetime,
    ) -> None:
        """Remember the reply to `message_id` and where the conversation stands."""
        key = sender_key(sender)
        row = {"sender": key, "message_id": message_id, "reply": reply, "created_at": now}
        state = {
            "language": conversation.language,
            "article": conversation.article,
            "updated_at": now,
        }
        with self._engine.begin() as connection:
            _insert_once(connection, turns, row)
            changed = connection.execute(
                update(conversations).where(conversations.c.sender == key).values(**state)
            )
            if not changed.rowcount:
                _insert_once(connection, conversations, {"sender": key, **state})

    def judge(self, sender: str, message_id: str | None, *, helpful: bool, now: datetime) -> None:
        """Keep what the citizen thinks of a turn, None for the latest; the last word counts.

        TurnUnknown if the sender never had it.
        """
        values = {"helpful": helpful, "created_at": now}
        with self._engine.begin() as connection:
            turn = connection.execute(_turn_id(sender, message_id)).scalar()
            if turn is None:
                raise TurnUnknown
            changed = connection.execute(
                update(feedback).where(feedback.c.turn == turn).values(**values)
            )
            if not changed.rowcount:
                _insert_once(connection, feedback, {"turn": turn, **values})

    def note_gap(self, gap: Gap, *, now: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(gaps).values(**vars(gap), created_at=now))

    def gaps(self) -> list[Gap]:
        """All gaps, newest first."""
        query = select(gaps.c.question, gaps.c.outcome, gaps.c.hits, gaps.c.channel)
        with self._engine.connect() as connection:
            return [Gap(*row) for row in connection.execute(query.order_by(gaps.c.id.desc()))]


def sender_key(sender: str) -> str:
    """Senders are kept as SHA-256 only: hex, 64 characters."""
    return hashlib.sha256(sender.encode()).hexdigest()


def _turn_id(sender: str, message_id: str | None) -> Select[tuple[int]]:
    if message_id is not None:
        return select(turns.c.id).where(_this_turn(sender, message_id))
    mine = select(turns.c.id).where(turns.c.sender == sender_key(sender))
    return mine.order_by(turns.c.id.desc()).limit(1)


def _this_turn(sender: str, message_id: str) -> Any:
    return (turns.c.sender == sender_key(sender)) & (turns.c.message_id == message_id)


def _insert_once(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """A second writer of the same row loses quietly: the first one's row stands."""
    statement = _INSERT[connection.dialect.name](table).values(**row)
    connection.execute(statement.on_conflict_do_nothing())


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.close()
