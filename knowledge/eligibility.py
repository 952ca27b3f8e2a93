"""Eligibility: the rules a benefit is granted by, read over what a citizen has told.

A rule is met, not met or unknown, in Kleene's three-valued logic: what nobody
knows decides nothing, unless it would decide the same either way. No verdict is
a promise: the office decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from knowledge.rulebook import RuleBook
from knowledge.rules import Benefit, Condition, Rule, Term
from knowledge.standards import Standard, Standards

Value: TypeAlias = bool | Decimal | str
Facts: TypeAlias = Mapping[str, Value | None]
"""What was told: a fact that is not in it was not asked yet, None is “I do not know”."""

_MONTHS = 12


class Truth(StrEnum):
    """Of one rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """Of a benefit: every rule met, one not met, or neither."""

    LIKELY = "likely"
    UNLIKELY = "unlikely"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Ruling:
    """A rule and whether it is met; `assumed` names the facts whose default it rests on."""

    rule: Rule
    truth: Truth
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A benefit, its verdict, and every rule behind it."""

    benefit: Benefit
    verdict: Verdict
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True)
class Case:
    """One citizen's facts before the rules.

    `used` are the local amounts read for them, by fact, `first` the choice each waits for
    (the dibao line: urban or rural?).
    """

    book: RuleBook
    told: Facts
    used: Mapping[str, Standard] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, book: RuleBook, told: Facts, standards: Standards, region: str | None, day: date
    ) -> "Case":
        """`told`, completed with the amounts current in `region` on `day`."""
        facts, used, first = dict(told), {}, {}
        for name, fact in book.facts.items():
            if fact.standard is None or name in told:
                continue
            service, group = fact.standard.service, fact.standard.group
            amount = standards.amount(service, region, day, _text(told.get(group or "")))
            if amount:
                facts[name] = _monthly(amount)
                used[name] = amount
            elif group and group not in told and standards.has(service, region, day):
                first[name] = group
        return cls(book, facts, used, first)

    def findings(self, check: str) -> list[Finding]:
        """The benefits of a check in order; of tiers none below the first not ruled out."""
        found: list[Finding] = []
        for benefit in self.book.checks[check].benefits:
            found.append(self.judge(benefit))
            if self.book.checks[check].tiers and found[-1].verdict is not Verdict.UNLIKELY:
                break
        return found

    def judge(self, benefit: str) -> Finding:
        """Every rule of `benefit` over what was told."""
        chosen = self.book.benefits[benefit]
        rulings = tuple(self._ruling(rule) for rule in chosen.rules)
        return Finding(chosen, _verdict(ruling.truth for ruling in rulings), rulings)

    def next_fact(self, check: str) -> str | None:
        """The first fact not asked yet that may still change a verdict; None when done."""
        for finding in self.findings(check):
            if finding.verdict is Verdict.UNCLEAR:
                wanted = next(self._wanted(finding.benefit), None)
                if wanted:
                    return self.first.get(wanted, wanted)
        return None

    def _wanted(self, benefit: Benefit) -> Iterator[str]:
        for rule in benefit.rules:
            yield from self._open(rule.when)

    def _open(self, when: Condition) -> Iterator[str]:
        """Facts not asked yet of the parts of `when` that are still undecided."""
        if self._holds(when) is not None:
            return
        for part in when.parts:
            yield from self._open(part)
        if when.fails:
            yield from self._wanted(self.book.benefits[when.fails])
        named = [] if when.parts else list(self.book.facts_of(when))
        if not any(map(self._is_lost, named)):
            yield from (f for f in self.book.facts if f in named and self._can_be_asked(f))

    def _can_be_asked(self, fact: str) -> bool:
        return fact not in self.told and not self.book.facts[fact].silent

    def _is_lost(self, fact: str) -> bool:
        """Whether nobody knows it, so that nothing compared with it can be decided."""
        known = self.told.get(fact) is not None or self._is_assumed(fact)
        return not known and not self._can_be_asked(fact)

    def _ruling(self, rule: Rule) -> Ruling:
        holds = self._holds(rule.when)
        if holds is None:
            return Ruling(rule, Truth.UNKNOWN)
        assumed = dict.fromkeys(filter(self._is_assumed, self.book.facts_of(rule.when)))
        return Ruling(rule, Truth.MET if holds else Truth.NOT_MET, tuple(assumed))

    def _holds(self, when: Condition) -> bool | None:
        match when.word:
            case "all":
                return _every(map(self._holds, when.parts))
            case "any":
                return _not(_every(_not(self._holds(part)) for part in when.parts))
            case "none":
                return _every(_not(self._holds(part)) for part in when.parts)
            case "fails":
                verdict = self.judge(when.fails or "").verdict
                return None if verdict is Verdict.UNCLEAR else verdict is Verdict.UNLIKELY
        return self._compared(when)

    def _compared(self, when: Condition) -> bool | None:
        if when.among:
            chosen = self.told.get(when.among[0])
            return None if chosen is None else chosen in when.among[1]
        if when.is_so or when.not_so:
            said = self.told.get(when.is_so or when.not_so or "")
            return None if said is None else said is bool(when.is_so)
        first, second = map(self._number, when.below or when.at_least or when.above or ())
        if first is None or second is None:
            return None
        if when.below:
            return first < second
        return first >= second if when.at_least else first > second

    def _number(self, term: Term) -> Decimal | None:
        if isinstance(term, dict):
            ((sign, terms),) = term.items()
            first, second = map(self._number, terms)
            return None if first is None or second is None else _reckoned(sign, first, second)
        if not isinstance(term, str):
            return Decimal(str(term))
        if term in self.book.derived:
            return self._number(self.book.derived[term])
        told = self.told.get(term)
        if told is None:
            return self.book.facts[term].default if self._is_assumed(term) else None
        return Decimal(told)

    def _is_assumed(self, fact: str) -> bool:
        """Whether its default stands in: nobody knows, or nobody is asked."""
        unknown = self.told.get(fact) is None and not self._can_be_asked(fact)
        return unknown and self.book.facts[fact].default is not None


def _reckoned(sign: str, first: Decimal, second: Decimal) -> Decimal | None:
    if sign == "plus":
        return first + second
    if sign == "times":
        return first * second
    return first / second if second else None


def _every(truths: Iterable[bool | None]) -> bool | None:
    """False if one is, else unknown if one is, else true."""
    known = list(truths)
    return False if False in known else None if None in known else True


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _verdict(truths: Iterable[Truth]) -> Verdict:
    every = _every(None if truth is Truth.UNKNOWN else truth is Truth.MET for truth in truths)
    if every is None:
        return Verdict.UNCLEAR
    return Verdict.LIKELY if every else Verdict.UNLIKELY


def _monthly(standard: Standard) -> Decimal:
    return standard.amount / _MONTHS if standard.unit.endswith("年") else standard.amount


def _text(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None
