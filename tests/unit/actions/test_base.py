"""From Rasa's tracker to a turn, from a turn to what Rasa sends and remembers."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.base import CoreAction, Turn
from tests.unit import paper

PATIENCE = 20


class Watch(CoreAction):
    """Keeps the turn that it is given, then does what it was told to."""

    def __init__(self, act: Any = lambda turn: None) -> None:
        self._act = act
        self.turn: Turn | None = None

    def name(self) -> str:
        return "action_watch"

    def act(self, turn: Turn) -> None:
        self.turn = turn
        self._act(turn)


def tracker(
    text: str | None = "你好", slots: Any = None, entities: Any = None, events: Any = None
) -> Tracker:
    message = {"text": text, "entities": entities}
    return Tracker("citizen", slots or {}, message, events or [], False, None, {}, "action_listen")


async def run(action: CoreAction, asked: Tracker) -> tuple[list[Any], list[Any]]:
    """What is sent, and what is remembered."""
    dispatcher = CollectingDispatcher()
    events = await action.run(dispatcher, asked, {})
    return dispatcher.messages, events


def seen(asked: Tracker) -> Turn:
    action = Watch()
    asyncio.run(run(action, asked))
    assert action.turn is not None
    return action.turn


def test_a_turn_knows_what_the_conversation_knows() -> None:
    history = [{"event": "user", "text": "你好"}]
    turn = seen(
        tracker(
            "灯笼",
            {"article": paper.PERMIT, "offered": [paper.FEE], "misses": 2.0},
            [{"entity": "language", "value": "en"}],
            history,
        )
    )
    assert (turn.text, turn.about, turn.offered) == ("灯笼", paper.PERMIT, [paper.FEE])
    assert (turn.misses, turn.entities, turn.history) == (2, {"language": "en"}, history)


@pytest.mark.parametrize("slots", [{}, {"article": None, "offered": None, "misses": None}])
@pytest.mark.parametrize("text", [None, ""])
def test_the_first_turn_knows_nothing_yet(text: str | None, slots: dict[str, Any]) -> None:
    turn = seen(tracker(text, slots))
    assert (turn.text, turn.about, turn.offered, turn.misses) == ("", None, [], 0)
    assert (turn.entities, turn.said, turn.events) == ({}, [], [])


def test_what_is_said_is_sent_in_its_order() -> None:
    def speak(turn: Turn) -> None:
        turn.say({"outcome": "a", "text": {"zh": "一", "en": "one"}})
        turn.say_response("utter_request_human")
        turn.say({"outcome": "b", "text": {"zh": "三", "en": "three"}})

    messages, events = asyncio.run(run(Watch(speak), tracker()))
    assert [m["custom"].get("outcome") or m["response"] for m in messages] == [
        "a",
        "utter_request_human",
        "b",
    ]
    assert events == []


def test_what_is_remembered_becomes_slots() -> None:
    _, events = asyncio.run(run(Watch(lambda turn: turn.set("misses", 3)), tracker()))
    assert [(e["event"], e["name"], e["value"]) for e in events] == [("slot", "misses", 3)]


def test_an_answer_given_remembers_article_offer_and_misses() -> None:
    def answer(turn: Turn) -> None:
        turn.give(turn.ask())

    messages, events = asyncio.run(run(Watch(answer), tracker("灯笼许可怎么办")))
    assert [message["custom"]["article"] for message in messages] == [paper.PERMIT]
    assert {e["name"]: e["value"] for e in events} == {
        "misses": 0,
        "offered": [],
        "article": paper.PERMIT,
    }


def test_an_answer_without_article_leaves_the_conversation_where_it_is() -> None:
    def answer(turn: Turn) -> None:
        turn.give(turn.ask())

    _, events = asyncio.run(run(Watch(answer), tracker("明天下雨吗", {"article": paper.FEE})))
    assert {e["name"]: e["value"] for e in events} == {"misses": 1, "offered": []}


def test_acting_does_not_hold_up_the_event_loop() -> None:
    freed = threading.Event()
    waited: list[bool] = []

    async def scene() -> None:
        acting = asyncio.create_task(
            run(Watch(lambda _: waited.append(freed.wait(PATIENCE))), tracker())
        )
        await asyncio.sleep(0)
        freed.set()
        await acting

    asyncio.run(scene())
    assert waited == [True]


def test_two_actions_act_at_the_same_time() -> None:
    together = threading.Barrier(2, timeout=PATIENCE)

    async def scene() -> None:
        await asyncio.gather(
            *(run(Watch(lambda _: together.wait() and None), tracker()) for _ in range(2))
        )

    asyncio.run(scene())
    assert not together.broken


def test_what_breaks_in_an_action_is_not_hidden() -> None:
    def stumble(_: Turn) -> None:
        raise RuntimeError("no index")

    with pytest.raises(RuntimeError, match="no index"):
        asyncio.run(run(Watch(stumble), tracker()))


def test_the_action_server_knows_every_action_of_the_domain() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    files = sorted(Path("bot/domain").glob("*.yml"))
    wanted = {name for f in files for name in yaml.safe_load(f.read_text()).get("actions", [])}
    assert wanted <= {action.name for action in executor.list_actions()}
