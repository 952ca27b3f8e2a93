"""Answering from knowledge, choosing among what was offered, saying it again."""

import re
from abc import abstractmethod

from actions.base import LIKELY, CoreAction, Turn
from knowledge.answer import Answer, Outcome, given
from knowledge.reply import Reply, reply
from wiring import shelf

HAND_OVER_AFTER = 2
"""Questions without an answer, one after the other, before a person is offered."""

CONFIDENT, WORTH_ASKING = 0.65, 4
"""From this probability, and this many characters, on knowledge overrules an intent."""

_ENGLISH = ("first", "second", "third", "fourth")
_DIGITS, _NUMERALS, _LETTERS = "123456789", "一二三四五六七八九", "abcdefgh"
_SIGNS = (_DIGITS, _NUMERALS, _LETTERS)
_PLACES = [
    re.compile(pattern)
    for pattern in (
        rf"第 ?([{_DIGITS}{_NUMERALS}])(?![\d十])",  # before all else: “说一下第二个”
        rf"(?<!\d)([{_DIGITS}])(?!\d)",
        rf"(?<!十)([{_NUMERALS}])(?!十)",
        rf"(?<![a-z])([{_LETTERS}])(?![a-z])",  # no I: it is a word of its own
    )
]
_LAST = ("最后", "末", "最下", "last", "bottom")


class AnswerPolicy(CoreAction):
    """Answer the question; after two misses in a row offer a person as well."""

    def name(self) -> str:
        return "action_answer_policy"

    def act(self, turn: Turn) -> None:
        answer = turn.ask()
        turn.give(answer)
        if answer.outcome is Outcome.NOTHING_FOUND and turn.misses + 1 >= HAND_OVER_AFTER:
            turn.say_response("utter_request_human")


class Overruled(CoreAction):
    """A fixed response, unless knowledge is confident of an answer: intents err, too.

    “您好，对方不同意离婚怎么办” is a greeting and a question; the question wins.
    """

    @property
    @abstractmethod
    def response(self) -> str:
        """The fixed response's name in the domain."""

    def name(self) -> str:
        return self.response.replace("utter_", "action_")

    def act(self, turn: Turn) -> None:
        answer = turn.ask()
        if overrules(answer, turn.text):
            turn.give(answer)
        else:
            turn.say_response(self.response)


class OutOfScope(Overruled):
    response = "utter_out_of_scope"


class SmallTalk(Overruled):
    response = "utter_small_talk"


class Complain(Overruled):
    response = "utter_complain"


class Greet(Overruled):
    response = "utter_greet"


class Affirm(Overruled):
    response = "utter_affirm"


class Deny(Overruled):
    response = "utter_deny"


class CorrectInput(Overruled):
    response = "utter_correct_input"


class FeedbackUnhelpful(Overruled):
    response = "utter_feedback_unhelpful"


class Emergency(CoreAction):
    """The emergency numbers, whatever else was being talked of."""

    def name(self) -> str:
        return "action_emergency"

    def act(self, turn: Turn) -> None:
        turn.say(reply(Answer(Outcome.EMERGENCY)))


class ChooseOption(CoreAction):
    """The article the citizen picked from those offered (“第二个”, “2”, “B”, “最后一个”)."""

    def name(self) -> str:
        return "action_choose_option"

    def act(self, turn: Turn) -> None:
        place = chosen(turn.text, len(turn.offered))
        articles = shelf().answerer.articles
        article = None if place is None else articles.get(turn.offered[place])
        if article is None:
            _answer_or_ask(turn)
        else:
            turn.give(
                given(article, shelf().answerer.standards, day=turn.today, region=turn.region)
            )


class Repeat(CoreAction):
    """The last reply once more, word for word."""

    def name(self) -> str:
        return "action_repeat"

    def act(self, turn: Turn) -> None:
        said = _last_reply(turn)
        if said:
            turn.say(said)
        else:
            turn.say_response("utter_nothing_to_repeat")


class Ready(CoreAction):
    """Loads knowledge; for health checks."""

    def name(self) -> str:
        return "action_ready"

    def act(self, turn: Turn) -> None:
        turn.say({"outcome": "ready", "fingerprint": shelf().fingerprint})


def overrules(answer: Answer, text: str) -> bool:
    """Whether `answer` is better than what the intent model made of `text`."""
    if answer.outcome is Outcome.EMERGENCY:
        return True
    enough = answer.probability >= CONFIDENT and len(text) >= WORTH_ASKING
    return enough and answer.outcome in LIKELY


def chosen(text: str, count: int) -> int | None:
    """Which of `count` offered things `text` picks, from 0; None if it picks none of them."""
    if any(word in text.lower() for word in _LAST):
        return count - 1 if count else None
    place = _place(text.strip().lower())
    return place if place is not None and place < count else None


def _place(text: str) -> int | None:
    for place, word in enumerate(_ENGLISH):
        if word in text:
            return place
    match = next(filter(None, (pattern.search(text) for pattern in _PLACES)), None)
    if match is None:
        return None
    return next(signs.index(match[1]) for signs in _SIGNS if match[1] in signs)


def _answer_or_ask(turn: Turn) -> None:
    answer = turn.ask()
    if overrules(answer, turn.text):
        turn.give(answer)
    else:
        turn.say_response("utter_choose_first")


def _last_reply(turn: Turn) -> Reply | None:
    for event in reversed(turn.history):
        said: Reply | None = (event.get("data") or {}).get("custom")
        if event.get("event") == "bot" and said:
            return said
    return None
