"""Rasa's SQL tracker store, which forgets what citizens answered in an eligibility check.

While a check runs, its answers must be there: it can be left and resumed. Once its
result is given (the slot `eligibility` is emptied), the answers are overwritten, in
the database file too. Event rows stay: Rasa counts them.
"""

import json
from typing import Any, Iterator

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

FORM, STATE, ANSWER = "eligibility_form", "eligibility", "eligibility_answer"


class ForgetfulTrackerStore(SQLTrackerStore):
    """As SQLTrackerStore, but a finished check leaves no answers behind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _overwrite_deleted)
            self.engine.dispose()

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        if _check_ended(tracker):
            self._forget(tracker.sender_id)

    def _forget(self, sender_id: str) -> None:
        with self.session_scope() as session:
            rows = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id)
            for row in _answers(rows.order_by(self.SQLEvent.id)):
                row.data = json.dumps(_blank(json.loads(row.data)))
            session.commit()


def _check_ended(tracker: DialogueStateTracker) -> bool:
    """Whether the turn just saved emptied the slot of the check."""
    for event in reversed(tracker.events):
        if isinstance(event, SlotSet) and event.key == STATE:
            return event.value is None
        if isinstance(event, UserUttered):
            return False
    return False


def _answers(rows: Any) -> Iterator[Any]:
    """The rows that hold an answer: the message that opened the form and those while it was
    open (“我家三口人，能吃低保吗”), and the form's two slots."""
    open_, latest = False, None
    for row in rows:
        if row.type_name == "active_loop":
            open_ = row.action_name == FORM
            if open_ and latest is not None:
                yield latest
        if row.type_name == "slot" and row.action_name in (STATE, ANSWER):
            yield row
        if row.type_name == "user":
            latest = row
            if open_:
                yield row


def _blank(event: dict) -> dict:
    if event["event"] == "slot":
        return {**event, "value": None}
    parsed = {**event.get("parse_data", {}), "text": "", "entities": []}
    return {**event, "text": "", "parse_data": {**parsed, "text_tokens": []}}


def _overwrite_deleted(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA secure_delete=ON")
