"""Whether a citizen qualifies: the form that asks one thing at a time, and its result.

The state of a check lives in the slot `eligibility`: `check` (None while it is not
known which), `told` (facts so far), `asked` (the fact the last question was for) and
`left` (the citizen turned to something else). It is forgotten with the result.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from actions.answer import overrules
from actions.base import CoreAction, Turn
from knowledge.findings import which_check
from knowledge.interview import Interview, check_named, packed, unpacked
from knowledge.told import NotUnderstood, is_question
from wiring import rules, standards

SLOT, ANSWER, REQUESTED = "eligibility", "eligibility_answer", "requested_slot"
WHICH = "check"
"""What is asked first where the message does not say which check is meant."""
DONE, LEFT = "done", "left"

_AGAIN = re.compile(r"重新|从头|再测一[次遍]|again|start over|restart")
_LEAVE = re.compile(
    r"^(算了|不测了?|不用(测|查)?了?|先不测了?|停|停止|退出|取消|结束|不想测了?|以后再说|再见|拜拜"
    r"|stop|quit|exit|cancel|never mind|later|bye)[吧了啊呀。.!！]*$"
)
_HUMAN = re.compile(
    r"(转|找|要|接|叫)(个)?(人工|真人|客服|工作人员)|^人工$|talk to a (human|person)|^human$"
)
"""Read from the words: an intent model takes a bare answer like “三口人” for many things."""


@dataclass
class Held:
    """The slot's content while an action works on it."""

    check: str | None = None
    told: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    left: bool = False

    @classmethod
    def of(cls, turn: Turn) -> "Held":
        return cls(**(turn.slots.get(SLOT) or {}))

    def interview(self, turn: Turn) -> Interview:
        told = unpacked(rules(), self.told)
        return Interview(rules(), standards(), self.check or "", turn.today, turn.region, told)

    def keep(self, turn: Turn) -> None:
        turn.set(SLOT, vars(self))


class StartEligibility(CoreAction):
    """Finds out which check is meant; goes on with one that was left, unless told otherwise."""

    def name(self) -> str:
        return "action_eligibility_start"

    def act(self, turn: Turn) -> None:
        before = Held.of(turn)
        check = _check_of(turn)
        if before.told and check in (None, before.check) and not _AGAIN.search(turn.text):
            turn.say_response("utter_eligibility_goes_on")
            held = Held(before.check, before.told)
        else:
            turn.say_response("utter_eligibility_begins")
            held = Held(check or before.check)
        held.keep(turn)
        turn.set(ANSWER, None)


class AskEligibility(CoreAction):
    """Asks the next question of the form."""

    def name(self) -> str:
        return f"action_ask_{ANSWER}"

    def act(self, turn: Turn) -> None:
        held = Held.of(turn)
        if held.check is None:
            turn.say(which_check(rules()))
            held.asked = WHICH
        else:
            interview = held.interview(turn)
            turn.say(interview.question())
            held.asked = interview.asks
        held.keep(turn)


class ValidateEligibility(CoreAction):
    """Reads an answer; leaves the form, or answers a question in between, where it is none."""

    def name(self) -> str:
        return "validate_eligibility_form"

    def act(self, turn: Turn) -> None:
        held = Held.of(turn)
        if held.asked is None:  # the form just opened: the message was no answer yet
            return
        if _LEAVE.match(turn.text.strip().lower()) or _HUMAN.search(turn.text.lower()):
            _leave(held, turn)
        elif held.asked == WHICH:
            _choose(held, turn)
        else:
            _read(held, turn)


class EligibilityResult(CoreAction):
    """The result, after which nothing is remembered; or a word to who left before it."""

    def name(self) -> str:
        return "action_eligibility_result"

    def act(self, turn: Turn) -> None:
        held = Held.of(turn)
        turn.set(ANSWER, None)
        if held.left or held.check is None:
            human = _HUMAN.search(turn.text.lower())
            turn.say_response("utter_request_human" if human else "utter_eligibility_left")
            return
        said = held.interview(turn).report()
        turn.say(said)
        turn.set(SLOT, None)
        turn.set("article", said["article"])


def _check_of(turn: Turn) -> str | None:
    named = check_named(rules(), turn.text, None)
    if named:
        return named
    answer = turn.ask()
    best = answer.article or next(iter(answer.suggestions), None)
    return check_named(rules(), "", best.id if best else turn.about)


def _leave(held: Held, turn: Turn) -> None:
    held.left, held.asked = True, None
    held.keep(turn)
    turn.set(ANSWER, None)
    turn.set(REQUESTED, None)


def _choose(held: Held, turn: Turn) -> None:
    held.check = check_named(rules(), turn.text, None)
    if held.check is None:
        _aside(turn, None)
    held.keep(turn)
    turn.set(ANSWER, None)


def _read(held: Held, turn: Turn) -> None:
    try:
        if is_question(turn.text) and _aside(turn, None):
            return
        interview = held.interview(turn).tell(held.asked or "", turn.text)
    except NotUnderstood as error:
        _aside(turn, error)
        return
    held.told, held.asked = packed(interview.told), None
    held.keep(turn)
    turn.set(ANSWER, None if interview.asks else DONE)


def _aside(turn: Turn, error: NotUnderstood | None) -> bool:
    """Answer a question put in between, or say what was not understood; asked again after it."""
    answer = turn.ask()
    turn.set(ANSWER, None)
    if overrules(answer, turn.text):
        turn.give(answer)
        return True
    if error:
        turn.say({"outcome": "asking", "text": error.said})
    return False
