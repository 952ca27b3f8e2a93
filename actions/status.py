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
_NO_MORE = re.compile(r"(不用|别|不要|停止|取消)(再)?(通知|提醒)|no more messages|stop notif")


class StartStatus(CoreAction):
    """Takes number and proof where the message holds them; goes on from an earlier proof."""

    def name(self) -> str:
        return "action_status_start"

    def act(self, turn: Turn) -> None:
        before = Held.of(turn)
        held = Held(proven=before.proven, proven_at=before.proven_at)
        held.wish = bool(_TELL.search(fold(turn.text)))
        if _NO_MORE.search(fold(turn.text)):
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
        else:
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
