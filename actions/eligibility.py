"""Whether a citizen qualifies: the form that asks one thing at a time, and its result.

The state of a check lives in the slot `eligibility`: `check` (None while it is not
known which), `told` (facts so far), `asked` (the fact the last question was for) and
`left` (the citizen turned to something else). It is forgotten with the result.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from actions.answer import overrules
from actions.base import CoreAction, Turn
from actions.leaving import leaves, wants_human
from knowledge.findings import ASKING, which_check
from knowledge.interview import Interview, check_named, packed, unpacked
from knowledge.text import fold
from knowledge.told import NotUnderstood, is_question
from wiring import rules, standards

SLOT, ANSWER, REQUESTED = "eligibility", "eligibility_answer", "requested_slot"
WHICH = "check"
"""What is asked first where the message does not say which check is meant."""
DONE = "done"

_AGAIN = re.compile(r"重新|从头|再测一[次遍]|again|start over|restart")
_ON = re.compile(r"继续|接着|continue|go on|resume")
_NO_ANSWER: Final = {
    "zh": "这个问题我没有审核过的答案，先不乱说。请先回答下面这一件，不想测了说“算了”。",
    "en": "I have no reviewed answer to that. Please answer the one below, or say “stop”.",
}


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

    @property
    def known(self) -> bool:
        """Whether the rules have the check; they may have changed since."""
        return self.check in rules().checks

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
        before, said = Held.of(turn), fold(turn.text)
        begun = before.known and bool(before.told) and not _AGAIN.search(said)
        check = before.check if begun and _ON.search(said) else _check_of(turn)
        if begun and check in (None, before.check):
            turn.say_response("utter_eligibility_goes_on")
            held = Held(before.check, before.told)
        else:
            turn.say_response("utter_eligibility_begins")
            held = Held(check or (before.check if before.known else None))
        held.keep(turn)
        turn.set(ANSWER, DONE if held.known and held.interview(turn).asks is None else None)


class AskEligibility(CoreAction):
    """Asks the next question of the form."""

    def name(self) -> str:
        return f"action_ask_{ANSWER}"

    def act(self, turn: Turn) -> None:
        held = Held.of(turn)
        if not held.known:
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
        if leaves(turn.text) or wants_human(turn.text):
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
        if held.left or not held.known:
            human = wants_human(turn.text)
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
    turn.set(ANSWER, None)
    if held.check is None:
        _aside(turn)
    held.keep(turn)


def _read(held: Held, turn: Turn) -> None:
    interview = held.interview(turn)
    if interview.asks == held.asked:
        try:
            interview = _answered(interview, held.asked or "", turn)
        except NotUnderstood as error:
            turn.set(ANSWER, None)
            if not _aside(turn):
                turn.say({"outcome": ASKING, "text": error.said})
            return
    held.told, held.asked = packed(interview.told), None
    held.keep(turn)
    turn.set(ANSWER, None if interview.asks else DONE)


def _answered(interview: Interview, fact: str, turn: Turn) -> Interview:
    """The interview with the answer; a question put in between is none, whatever it names."""
    if is_question(turn.text):
        raise NotUnderstood(**_NO_ANSWER)
    return interview.tell(fact, turn.text)


def _aside(turn: Turn) -> bool:
    """Answer a question put in between, if there is an answer; the form asks again after it."""
    answer = turn.ask()
    if overrules(answer, turn.text):
        turn.give(answer)
        return True
    return False
