import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

import actions.answer
import actions.base
import actions.eligibility
from actions.base import CoreAction, Turn
from actions.eligibility import (
    ANSWER,
    REQUESTED,
    SLOT,
    AskEligibility,
    EligibilityResult,
    StartEligibility,
    ValidateEligibility,
)
from knowledge.reply import Reply
from knowledge.rulebook import RuleBook
from knowledge.rules import Benefit, Check, Fact
from tests.unit import paper

See = Callable[..., Turn]


@pytest.fixture(autouse=True)
def knowledge_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    on_paper = paper.shelf()
    for module in (actions.base, actions.answer):
        monkeypatch.setattr(module, "shelf", lambda: on_paper)


@pytest.fixture
def see() -> See:
    """Let an action look at a turn; the turn afterwards."""

    def look(action: CoreAction, text: str, **known: Any) -> Turn:
        turn = Turn(text, paper.TODAY, **known)
        action.act(turn)
        return turn

    return look


def outcomes(turn: Turn) -> list[str]:
    """What was said, in order: outcomes of replies, names of responses."""
    return [said if isinstance(said, str) else said["outcome"] for said in turn.said]


def slots(turn: Turn) -> dict[str, Any]:
    """What the turn remembers."""
    return {event["name"]: event["value"] for event in turn.events}


BOTH = {"zh": "随便", "en": "any"}
SHAPES = [
    {"key": "round", "zh": "圆的", "en": "round"},
    {"key": "square", "zh": "方的", "en": "square"},
]
FACTS: dict[str, dict[str, Any]] = {
    "members": {"kind": "count", "least": 1, "most": 30},
    "income": {"kind": "money"},
    "lit": {"kind": "yes_no"},
    "shape": {"kind": "choice", "options": SHAPES},
    "fee": {"kind": "money", "standard": {"service": "fee"}},
    "broken": {"kind": "yes_no"},
}
BENEFITS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "grant": (paper.PERMIT, [{"below": [{"over": ["income", "members"]}, "fee"]}]),
    "loan": (paper.FEE, [{"any": [{"is_so": "lit"}, {"among": ["shape", ["round"]]}]}]),
    "road": (paper.ROAD, [{"is_so": "broken"}]),
}
CHECKS: dict[str, dict[str, Any]] = {
    "lantern": {
        "zh": "灯笼补助",
        "en": "Lantern grant",
        "words": ["灯补"],
        "articles": ["lantern"],
    },
    "road": {"zh": "修路补助", "en": "Road grant", "words": ["修路"], "articles": [paper.ROAD]},
}
GRANTED = {"lantern": ["grant", "loan"], "road": ["road"]}


def rule_book() -> RuleBook:
    """Two checks: a grant or else a loan for lanterns, and one for roads."""
    named = {name: {"ask": {"zh": f"{name}？", "en": name}} | one for name, one in FACTS.items()}
    return RuleBook(
        paper.TODAY,
        {name: Fact.model_validate(one) for name, one in named.items()},
        {},
        {name: _benefit(name, *BENEFITS[name]) for name in BENEFITS},
        {name: _check(GRANTED[name], **one) for name, one in CHECKS.items()},
    )


def _benefit(name: str, article: str, conditions: list[dict[str, Any]]) -> Benefit:
    told = dict.fromkeys(("title", "gives", "documents", "apply_at"), BOTH)
    source = {"law": "灯笼条例", "article": "第三条", "in_force": "2020-01-01", "says": BOTH}
    rules = [source | {"when": condition} for condition in conditions]
    return Benefit.model_validate(told | {"id": name, "article": article, "rules": rules})


def _check(benefits: list[str], zh: str, en: str, **more: Any) -> Check:
    title = {"zh": zh, "en": en}
    return Check.model_validate({"title": title, "benefits": benefits, "tiers": True, **more})


@dataclass
class Talk:
    """A citizen in the form of a check, as Rasa runs it; slots go through JSON every time."""

    region: str | None = None
    open: bool = False
    slots: dict[str, Any] = field(default_factory=dict)
    said: list[Reply | str] = field(default_factory=list)

    def say(self, text: str) -> list[str]:
        """What is said to `text`: names of responses, outcomes of replies."""
        self.said = []
        if self.open:
            self.slots[ANSWER] = text
        else:
            self.slots[REQUESTED] = ANSWER
            self._do(StartEligibility(), text)
        self._do(ValidateEligibility(), text)
        self.open = bool(self.slots[REQUESTED]) and self.slots[ANSWER] is None
        self._do(AskEligibility() if self.open else EligibilityResult(), text)
        return [said if isinstance(said, str) else said["outcome"] for said in self.said]

    @property
    def held(self) -> dict[str, Any]:
        """The state of the check."""
        kept: dict[str, Any] = self.slots[SLOT]
        return kept

    @property
    def asked(self) -> str:
        """The last thing said, in Chinese."""
        last = self.said[-1]
        return last if isinstance(last, str) else last["text"]["zh"]

    def _do(self, action: CoreAction, text: str) -> None:
        about, misses = self.slots.get("article"), self.slots.get("misses") or 0
        turn = Turn(text, paper.TODAY, about, self.region, misses=misses, slots=self.slots)
        action.act(turn)
        self.slots = json.loads(json.dumps(self.slots | slots(turn)))
        self.said += turn.said


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Nobody has said anything yet; the rules and amounts are those on paper."""
    book = rule_book()
    monkeypatch.setattr(actions.eligibility, "rules", lambda: book)
    monkeypatch.setattr(actions.eligibility, "standards", lambda: paper.STANDARDS)
    return Talk()
