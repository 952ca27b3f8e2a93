"""Conversations, turns, feedback and gaps."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, select, text, update

from office.errors import TurnUnknown
from office.schema import conversations, feedback, gaps, turns
from office.store.engine import insert_once

UNHELPFUL = "unhelpful"
"""The outcome of a gap that a citizen's thumbs-down made."""

_STATE = ("language", "article", "region", "spoken", "expects")


@dataclass(frozen=True)
class Conversation:
    """What is kept between turns.

    The language asked for, the article last answered, the region meant, the
    language of the last reply, for messages that have none (“3”), and what the last
    reply asked for (`proof`, `erasure`).
    """

    language: str | None = None
    article: str | None = None
    region: str | None = None
    spoken: str | None = None
    expects: str | None = None


@dataclass(frozen=True)
class Asked:
    """A citizen's message, masked, and the channel it came by."""

    question: str
    channel: str


@dataclass(frozen=True)
class Gap:
    """A question without a sure or helpful answer: masked text, outcome, best hits, channel."""

    question: str
    outcome: str
    hits: list[dict[str, Any]]
    channel: str
    day: date | None = None


class Conversations:
    """Each method is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

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
        kept = (conversations.c[name] for name in _STATE)
        query = select(*kept).where(conversations.c.sender == sender_key(sender))
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Conversation(*row) if row else Conversation()

    def keep_turn(
        self,
        sender: str,
        message_id: str,
        reply: dict[str, Any],
        conversation: Conversation,
        asked: Asked | None = None,
        *,
        now: datetime,
    ) -> None:
        """Remember the reply to `message_id`, what was asked, where the conversation stands."""
        key = sender_key(sender)
        row = {"sender": key, "message_id": message_id, "reply": reply, "created_at": now}
        state = {**vars(conversation), "updated_at": now}
        with self._engine.begin() as connection:
            insert_once(connection, turns, row | (vars(asked) if asked else {}))
            changed = connection.execute(
                update(conversations).where(conversations.c.sender == key).values(**state)
            )
            if not changed.rowcount:
                insert_once(connection, conversations, {"sender": key, **state})

    def asked(self, sender: str, message_id: str | None) -> Asked | None:
        """What a turn asked, None for the latest question; TurnUnknown if the sender never had it.

        None where nothing is kept of it, as of an emergency.
        """
        columns = select(turns.c.question, turns.c.channel)
        with self._engine.connect() as connection:
            turn = _turn_of(connection, sender, message_id)
            row = connection.execute(columns.where(turns.c.id == turn)).one()
        return Asked(*row) if row.question else None

    def judge(
        self,
        sender: str,
        message_id: str | None,
        *,
        helpful: bool,
        now: datetime,
        gap: Gap | None = None,
    ) -> None:
        """Keep what the citizen thinks of a turn, None for the latest question; the last counts.

        `gap` is kept with an unhelpful turn; a turn found helpful after all loses its own.
        TurnUnknown if the sender never had the turn.
        """
        values = {"helpful": helpful, "created_at": now}
        with self._engine.begin() as connection:
            turn = _turn_of(connection, sender, message_id)
            changed = connection.execute(
                update(feedback).where(feedback.c.turn == turn).values(**values)
            )
            if not changed.rowcount:
                insert_once(connection, feedback, {"turn": turn, **values})
            if helpful:
                connection.execute(delete(gaps).where(_unhelpful(turn)))
            elif gap:
                insert_once(connection, gaps, {**_row(gap), "turn": turn, "created_at": now})

    def note_gap(self, sender: str, message_id: str, gap: Gap, *, now: datetime) -> None:
        """Keep the question of a turn that found no sure answer; once, however often told."""
        with self._engine.begin() as connection:
            turn = _turn_of(connection, sender, message_id)
            insert_once(connection, gaps, {**_row(gap), "turn": turn, "created_at": now})

    def gaps(self) -> list[Gap]:
        """All gaps, newest first."""
        columns = (gaps.c.question, gaps.c.outcome, gaps.c.hits, gaps.c.channel, gaps.c.created_at)
        with self._engine.connect() as connection:
            rows = connection.execute(select(*columns).order_by(gaps.c.id.desc())).all()
        return [Gap(*row[:-1], day=row.created_at.date()) for row in rows]


def sender_key(sender: str) -> str:
    """Senders are kept as SHA-256 only: hex, 64 characters."""
    return hashlib.sha256(sender.encode()).hexdigest()


def _row(gap: Gap) -> dict[str, Any]:
    return {name: value for name, value in vars(gap).items() if name != "day"}


def _unhelpful(turn: int) -> Any:
    return (gaps.c.turn == turn) & (gaps.c.outcome == UNHELPFUL)


def _turn_of(connection: Connection, sender: str, message_id: str | None) -> int:
    turn = connection.execute(_turn_id(sender, message_id)).scalars().first()
    if turn is None:
        raise TurnUnknown
    return turn


def _turn_id(sender: str, message_id: str | None) -> Select[int]:
    if message_id is not None:
        return select(turns.c.id).where(_this_turn(sender, message_id))
    mine = select(turns.c.id).where(turns.c.sender == sender_key(sender), turns.c.question != "")
    return mine.order_by(turns.c.id.desc()).limit(1)


def _this_turn(sender: str, message_id: str) -> Any:
    return (turns.c.sender == sender_key(sender)) & (turns.c.message_id == message_id)
