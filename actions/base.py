"""What every action shares: the turn it sees, the reply it gives, the thread it runs in."""

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from knowledge.answer import Answer, Outcome
from knowledge.reply import Reply, reply
from settings import settings
from wiring import shelf

Event = dict[str, Any]
Domain = dict[str, Any]

LONG_AGO = datetime.min.replace(tzinfo=UTC)

LIKELY = frozenset({Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.EXPIRED, Outcome.EMERGENCY})
"""Outcomes that tell the citizen something about the matter asked for."""


@dataclass
class Turn:
    """One message of a citizen and what the conversation knows, without Rasa's types.

    `citizen` is the sender's hash; `tokens` stand for the marks in `text`, in their order.
    """

    text: str
    today: date
    about: str | None = None
    region: str | None = None
    offered: list[str] = field(default_factory=list)
    misses: int = 0
    entities: dict[str, str] = field(default_factory=dict)
    slots: dict[str, Any] = field(default_factory=dict)
    said: list[Reply | str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    history: list[Event] = field(default_factory=list)
    now: datetime = LONG_AGO
    citizen: str = ""
    channel: str = "web"
    tokens: list[str] = field(default_factory=list)

    def say(self, said: Reply) -> None:
        self.said.append(said)

    def say_response(self, name: str) -> None:
        """A response of `bot/domain` by its name."""
        self.said.append(name)

    def set(self, slot: str, value: Any) -> None:
        self.events.append(SlotSet(slot, value))

    def ask(self) -> Answer:
        """What knowledge says to the message, read with the conversation's article."""
        return shelf().answerer.answer(
            self.text, today=self.today, about=self.about, region=self.region
        )

    def give(self, answer: Answer) -> None:
        """Say `answer` and remember what the conversation is at."""
        self.say(reply(answer))
        self.set("misses", 0 if answer.outcome in LIKELY else self.misses + 1)
        self.set("offered", [article.id for article in answer.suggestions])
        if answer.article:
            self.set("article", answer.article.id)


class CoreAction(Action, ABC):
    """An action whose `act` runs in a thread, so that blocking work stays off the event loop."""

    @abstractmethod
    def name(self) -> str:
        """As the domain calls it."""

    @abstractmethod
    def act(self, turn: Turn) -> None:
        """Look at `turn`, say something, remember something."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain
    ) -> list[Event]:
        turn = _turn(tracker)
        await asyncio.to_thread(self.act, turn)
        for said in turn.said:
            if isinstance(said, str):
                dispatcher.utter_message(response=said)
            else:
                dispatcher.utter_message(json_message=said)
        return turn.events


def _turn(tracker: Tracker) -> Turn:
    latest = tracker.latest_message
    beside = latest.get("metadata") or {}
    now = datetime.now(ZoneInfo(settings().time_zone))
    return Turn(
        text=latest.get("text") or "",
        today=now.date(),
        now=now,
        citizen=tracker.sender_id,
        channel=beside.get("channel") or "web",
        tokens=list(beside.get("tokens") or []),
        about=tracker.get_slot("article"),
        region=beside.get("region") or settings().region or None,
        offered=list(tracker.get_slot("offered") or []),
        misses=int(tracker.get_slot("misses") or 0),
        slots=tracker.slots,
        entities={e["entity"]: e["value"] for e in latest.get("entities") or []},
        history=tracker.events,
    )
