"""The steps of the status form: a number and a proof out of messages, the look-up, what follows.

The form's state lives in the slot `status`. A number is kept as it is, a proof nowhere:
it comes as a token of the vault, with the message. After the answer nothing is left but
the numbers just proven.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from actions import status_words as words
from actions.answer import overrules
from actions.base import Turn
from actions.status_signs import for_a_relative, lacks_what_is_asked, wants_code
from knowledge.reply import Reply
from office.errors import BackOfficeError, NotProven, NumberMalformed, OfficeError, ProofMalformed
from office.identity import PROVEN_LASTS, proof_of
from office.privacy import Kind
from office.status import Application, progress_of
from office.status_report import report
from office.store.vault import Purpose
from wiring import calendar, number_form, services, status_desk, vault

SLOT, ANSWER = "status", "status_answer"
DONE: Final = "done"
NUMBER, PROOF = "number", "proof"
"""What the form asks for."""


@dataclass
class Held:
    """The slot's content while an action works on it.

    `proven`: numbers that were proven at `proven_at`; `wish`: tell the citizen of news;
    `waiting`: tokens of a proof that came before the number; `relative`: asked for a relative,
    who was told what that takes. `number` outlasts a back office that did not answer.
    """

    number: str | None = None
    asked: str | None = None
    left: bool = False
    lost: int = 0
    wish: bool = False
    relative: bool = False
    waiting: list[str] = field(default_factory=list)
    proven: list[str] = field(default_factory=list)
    proven_at: str = ""

    @classmethod
    def of(cls, turn: Turn) -> "Held":
        return cls(**(turn.slots.get(SLOT) or {}))

    def still_proven(self, turn: Turn) -> bool:
        """Whether the conversation may go on asking without another proof."""
        at = datetime.fromisoformat(self.proven_at) if self.proven else None
        return at is not None and turn.now - at < PROVEN_LASTS

    def keep(self, turn: Turn) -> None:
        turn.set(SLOT, vars(self))


def begin(held: Held, turn: Turn) -> None:
    if for_a_relative(turn.text) and not (numbers(turn) and turn.tokens):
        _explain(held, turn)
    _take(held, turn)


def read(held: Held, turn: Turn) -> None:
    """An answer to what was asked: a number, a proof, both, a wish for a code, or neither."""
    if numbers(turn) or turn.tokens or (held.number and wants_code(turn.text)):
        _take(held, turn)
    elif lacks_what_is_asked(turn.text):
        _lost(held, turn)
    elif _aside(turn):
        go_on(held, turn)
    elif for_a_relative(turn.text) and not held.relative:
        _explain(held, turn)
        go_on(held, turn)
    else:
        turn.say(words.NO_PROOF_THERE if held.number else words.NO_NUMBER_THERE)
        go_on(held, turn)


def _explain(held: Held, turn: Turn) -> None:
    turn.say(words.FOR_A_RELATIVE)
    held.relative = True


def _take(held: Held, turn: Turn) -> None:
    """Number and proof from the message; the look-up once both are there."""
    try:
        tokens = _take_number(held, turn) or held.waiting
        held.waiting = []
        proof = _proof(turn, tokens) if tokens else None
    except OfficeError as error:
        turn.say(words.refusal(error))
        return go_on(held, turn)
    if held.number and proof is None and wants_code(turn.text):
        return _send_code(held, turn)
    if held.number is None or proof is None:
        held.waiting = list(tokens)
        return go_on(held, turn)
    return _look_up(held, proof, turn)


def _take_number(held: Held, turn: Turn) -> list[str]:
    """Keep the number of the message, in clear or behind a token; the tokens that are left.

    A token is a number only where none is known yet and it opens to one of ours.
    """
    clear = numbers(turn)
    if clear:
        held.number = clear[0]
    if held.number or not turn.tokens:
        return turn.tokens
    kind, value = vault().open(turn.tokens[0], turn.citizen, Purpose.STATUS_NUMBER, now=turn.now)
    try:
        held.number = number_form().checked(value)
    except NumberMalformed:
        if kind is Kind.LONG_NUMBER:
            raise
        return turn.tokens
    return turn.tokens[1:]


def _proof(turn: Turn, tokens: list[str]) -> str:
    """The proof behind the first token that is one; ProofMalformed, TokenExpired."""
    problem: ProofMalformed | None = None
    for token in tokens:
        opened = vault().open(token, turn.citizen, Purpose.STATUS_PROOF, now=turn.now)
        try:
            return proof_of(*opened)
        except ProofMalformed as error:
            problem = problem or error
    raise problem or ProofMalformed


def _look_up(held: Held, proof: str, turn: Turn) -> None:
    try:
        found = status_desk().look_up(turn.citizen, held.number or "", proof, now=turn.now)
        said = _report(found, turn)
    except (NotProven, ProofMalformed) as error:
        turn.say(words.refusal(error))
        return go_on(held, turn)
    except OfficeError as error:
        return _give_up(held, error, turn)
    held.proven = [application.number for application in found]
    held.proven_at = turn.now.isoformat()
    return _tell(held, said, turn)


def again(held: Held, turn: Turn) -> None:
    """What was proven a little while ago, once more."""
    try:
        found = status_desk().look_again(turn.citizen, held.proven, now=turn.now)
        said = _report(found, turn) if found else words.GONE
    except OfficeError as error:
        turn.say(words.refusal(error))
        return
    if held.wish and found:
        _watch(held, turn)
    else:
        _say(said, turn)


def _tell(held: Held, said: Reply, turn: Turn) -> None:
    held.number = None
    _say(said, turn)
    if held.wish:
        _watch(held, turn)
    end(held, turn)


def _report(found: list[Application], turn: Turn) -> Reply:
    """How far they are; BackOfficeBroken for a stage that is none of ours any more."""
    return report(progress_of(found, services(), calendar(), today=turn.now.date()))


def _say(said: Reply, turn: Turn) -> None:
    turn.say(said)
    if said.get("article"):
        turn.set("article", said["article"])


def _watch(held: Held, turn: Turn) -> None:
    status_desk().watch(turn.citizen, turn.channel, held.proven, now=turn.now)
    turn.say(words.WATCHING)


def unwatch(turn: Turn) -> None:
    turn.say(words.NOT_WATCHING if status_desk().unwatch(turn.citizen) else words.NOT_WATCHED)


def _send_code(held: Held, turn: Turn) -> None:
    try:
        status_desk().send_code(turn.citizen, held.number or "", now=turn.now)
    except OfficeError as error:
        return _give_up(held, error, turn)
    turn.say(words.CODE_SENT)
    return go_on(held, turn)


def _give_up(held: Held, error: OfficeError, turn: Turn) -> None:
    """Locked, or a back office that does not answer: nothing more to ask now."""
    turn.say(words.refusal(error))
    if not isinstance(error, BackOfficeError):
        held.number = None
    end(held, turn)


def _lost(held: Held, turn: Turn) -> None:
    """Who lacks number or proof is told where to find it, and then let go."""
    turn.say(words.LOST_PROOF if held.number else words.LOST_NUMBER)
    held.lost += 1
    if held.number and held.lost == 1:
        return go_on(held, turn)
    held.number = None
    return end(held, turn)


def _aside(turn: Turn) -> bool:
    """Answer a question put in between, if there is an answer; the form asks again after it."""
    answer = turn.ask()
    if overrules(answer, turn.text):
        turn.give(answer)
        return True
    return False


def numbers(turn: Turn) -> list[str]:
    return number_form().find(turn.text)


def go_on(held: Held, turn: Turn) -> None:
    """The form asks again."""
    held.keep(turn)
    turn.set(ANSWER, None)


def end(held: Held, turn: Turn) -> None:
    """The form has nothing more to ask."""
    held.asked = None
    held.keep(turn)
    turn.set(ANSWER, DONE)
