"""An eligibility check as a talk: one question at a time, then the result. Keeps nothing itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.eligibility import Case, Facts, Value
from knowledge.findings import question, report
from knowledge.reply import Reply
from knowledge.rulebook import RuleBook
from knowledge.rules import Kind
from knowledge.standards import Standards
from knowledge.text import fold
from knowledge.told import read

_NUMBERS = frozenset({Kind.COUNT, Kind.MONEY, Kind.AGE})


@dataclass(frozen=True)
class Interview:
    """One citizen's check: the rules, whose local amounts on which day, and what was told."""

    book: RuleBook
    standards: Standards
    check: str
    day: date
    region: str | None = None
    told: Facts = field(default_factory=dict)

    @property
    def case(self) -> Case:
        return Case.of(self.book, self.told, self.standards, self.region, self.day)

    @property
    def asks(self) -> str | None:
        """The fact to ask for next; None when the result stands."""
        return self.case.next_fact(self.check)

    def question(self) -> Reply:
        """What to ask next; only while something is left to ask."""
        return question(self.book.facts[self.asks or ""])

    def tell(self, fact: str, text: str) -> "Interview":
        """The interview after `text` answered the question for `fact`; raises NotUnderstood."""
        value = read(self.book.facts[fact], text, today=self.day)
        return replace(self, told={**self.told, fact: value})

    def report(self) -> Reply:
        return report(self.case, self.check)


def check_named(book: RuleBook, text: str, article: str | None) -> str | None:
    """The check a message names last (“退役军人能领低保吗”: 低保), else that of its article."""
    said = fold(text)
    named = [
        (said.rfind(word) + len(word), len(word), name)
        for name, check in book.checks.items()
        for word in map(fold, (check.title["zh"], check.title["en"], *check.words))
        if word in said
    ]
    return max(named)[-1] if named else _of_article(book, article or "")


def packed(told: Facts) -> dict[str, Any]:
    """`told` as JSON: numbers as text."""
    return {k: str(v) if isinstance(v, Decimal) else v for k, v in told.items()}


def unpacked(book: RuleBook, stored: Mapping[str, Any]) -> dict[str, Value | None]:
    """What `packed` made, back; facts that the rules no longer know are dropped."""
    known = {name: value for name, value in stored.items() if name in book.facts}
    return {name: _unpacked(book, name, value) for name, value in known.items()}


def _unpacked(book: RuleBook, name: str, value: Any) -> Value | None:
    number = value is not None and book.facts[name].kind in _NUMBERS
    told: Value | None = Decimal(value) if number else value
    return told


def _of_article(book: RuleBook, article: str) -> str | None:
    topic = article.partition("/")[0]
    for wanted in (article, topic):
        for name, check in book.checks.items():
            if wanted in check.articles:
                return name
    return None
