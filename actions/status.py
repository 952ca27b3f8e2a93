"""How far an application is: the actions of the form that asks for number and proof.

What each of them does with a message stands in `actions/status_steps.py`.
"""

import re
from typing import Final

from actions import status_words as words
from actions.base import CoreAction, Turn
from actions.leaving import leaves, wants_human
from actions.status_steps import (
    ANSWER,
    NUMBER,
    PROOF,
    Held,
    again,
    begin,
    end,
    is_other_matter,
    numbers,
    read,
    unwatch,
)
from knowledge.text import fold

REQUESTED: Final = "requested_slot"

_TELL = re.compile(r"通知我|告诉我一声|有进展.{0,4}(说|告|提醒)|tell me when|notify me|let me know")
_SAY = r"(通知|提醒|发进展|发消息|发短信|推送)"
_NO_MORE = re.compile(
    rf"(不用|不要|不必|不需要|无需|不想|别|停止|停了|取消|关闭|关掉)[^忘]{{0,5}}{_SAY}"
    r"|no more messages|stop (notif|telling|sending|the notif|the messages)"
    r"|(don.?t|do not|never|no need to) (notify|tell|message|remind)"
)


def wants_no_more(text: str) -> bool:
    """Whether the citizen wants no news of an application."""
    return bool(_NO_MORE.search(fold(text)))


def wants_news(text: str) -> bool:
    """Whether the citizen wants to be told when an application moves."""
    return bool(_TELL.search(fold(text))) and not wants_no_more(text)


class StartStatus(CoreAction):
    """Takes number and proof where the message holds them; goes on from an earlier proof."""

    def name(self) -> str:
        return "action_status_start"

    def act(self, turn: Turn) -> None:
        before = Held.of(turn)
        held = Held(proven=before.proven, proven_at=before.proven_at)
        held.wish = wants_news(turn.text)
        if wants_no_more(turn.text):
            unwatch(turn)
        elif is_other_matter(turn):
            turn.give(turn.ask())
        elif not numbers(turn) and before.still_proven(turn):
            again(held, turn)
        else:
            begin(held, turn)
            return
        end(held, turn)


class AskStatus(CoreAction):
    """Asks for the number, or for the proof."""

    def name(self) -> str:
        return f"action_ask_{ANSWER}"

    def act(self, turn: Turn) -> None:
        held = Held.of(turn)
        held.asked = PROOF if held.number else NUMBER
        turn.say(words.ask_proof(held.number) if held.number else words.ASK_NUMBER)
        held.keep(turn)


class ValidateStatus(CoreAction):
    """Reads an answer; leaves the form, or answers a question in between."""

    def name(self) -> str:
        return "validate_status_form"

    def act(self, turn: Turn) -> None:
        held = Held.of(turn)
        if held.asked is None:  # the form just opened: the message was read by the start
            return
        if leaves(turn.text) or wants_human(turn.text):
            held.left = True
            end(held, turn)
            turn.set(REQUESTED, None)
        elif wants_no_more(turn.text):
            held.wish = False
            unwatch(turn)
            _ask_again(held, turn)
        elif wants_news(turn.text) and not (numbers(turn) or turn.tokens):
            held.wish = True
            _ask_again(held, turn)
        else:
            held.wish = held.wish or wants_news(turn.text)
            read(held, turn)


class StatusResult(CoreAction):
    """A word to who left; nothing else is remembered than what was just proven."""

    def name(self) -> str:
        return "action_status_result"

    def act(self, turn: Turn) -> None:
        held = Held.of(turn)
        turn.set(ANSWER, None)
        if held.left:
            human = wants_human(turn.text)
            turn.say_response("utter_request_human") if human else turn.say(words.LEFT)
        Held(proven=held.proven, proven_at=held.proven_at).keep(turn)


def _ask_again(held: Held, turn: Turn) -> None:
    held.keep(turn)
    turn.set(ANSWER, None)
