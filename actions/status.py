"""How far an application is: the actions of the form that asks for number and proof.

What each of them does with a message stands in `actions/status_steps.py`.
"""

import re
from typing import Final

from actions import status_words as words
from actions.answer import overrules
from actions.base import CoreAction, Turn
from actions.leaving import leaves, wants_human
from actions.status_signs import asks_how_long, for_a_relative, is_of_ones_own
from actions.status_steps import (
    ANSWER,
    NUMBER,
    PROOF,
    Held,
    again,
    begin,
    end,
    go_on,
    numbers,
    read,
    unwatch,
)
from knowledge.answer import Answer, Outcome
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
        held = _after(before)
        held.wish = wants_news(turn.text)
        if wants_no_more(turn.text):
            unwatch(turn)
        elif (other := _other_matter(turn)) is not None:
            turn.give(other)
        elif _goes_on(before, turn):
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
            held.left, held.number = True, None
            end(held, turn)
            turn.set(REQUESTED, None)
        elif wants_no_more(turn.text):
            held.wish = False
            unwatch(turn)
            go_on(held, turn)
        elif wants_news(turn.text) and not (numbers(turn) or turn.tokens):
            held.wish = True
            go_on(held, turn)
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
        _after(held).keep(turn)


def _after(held: Held) -> Held:
    """What outlasts a look-up: what was proven, and a number that could not be looked up."""
    return Held(held.number, relative=held.relative, proven=held.proven, proven_at=held.proven_at)


def _goes_on(before: Held, turn: Turn) -> bool:
    """Whether the message is about what was just proven, and not another's application."""
    another = numbers(turn) or (for_a_relative(turn.text) and not before.relative)
    return before.still_proven(turn) and not another


def _other_matter(turn: Turn) -> Answer | None:
    """The answer where knowledge has the better one: another body's matter, or nobody's own.

    None: an application is asked for.
    """
    if numbers(turn) or turn.tokens:
        return None
    answer = turn.ask()
    mine = is_of_ones_own(turn.text) and not asks_how_long(turn.text)
    other = answer.outcome is Outcome.NOT_OURS or not mine
    return answer if other and overrules(answer, turn.text) else None
