"""What a rules file of `eligibility/` holds: facts to ask, benefits, their rules, checks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from knowledge.datafile import DataError, Strict, checked, read

ELIGIBILITY = Path(__file__).parent / "eligibility"
FACTS, CHECKS = "facts.yml", "checks.yml"


def _in_both_languages(text: dict[str, str]) -> dict[str, str]:
    if set(text) != {"zh", "en"}:
        raise ValueError("needs zh and en, and nothing else")
    return text


Both: TypeAlias = Annotated[dict[str, str], AfterValidator(_in_both_languages)]
Term: TypeAlias = Any
"""A fact's or derived amount's name, a number, or {plus | times | over: [term, term]}."""


class Kind(StrEnum):
    """What answers a fact's question: MONEY is yuan (a month unless the question says
    otherwise), AGE full years on the day of asking."""

    YES_NO = "yes_no"
    COUNT = "count"
    MONEY = "money"
    AGE = "age"
    CHOICE = "choice"


class Option(Strict):
    """One answer to choose."""

    key: str
    zh: str
    en: str


class FromStandard(Strict):
    """A fact read from the local standards where they have it; `group` names a choice fact."""

    service: str
    group: str | None = None


class Fact(Strict):
    """What a citizen is asked. `least` and `most` bound a number, both included.

    `default` stands in where nobody knows; what rests on it is told with `assumed`.
    A `silent` fact is never asked: it comes from a standard, or is its default.
    """

    kind: Kind
    ask: Both
    least: Decimal = Decimal(0)
    most: Decimal | None = None
    options: list[Option] = Field(default_factory=list)
    standard: FromStandard | None = None
    default: Decimal | None = None
    assumed: Both | None = None
    silent: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind is Kind.CHOICE) != bool(self.options):
            raise ValueError("a choice, and only a choice, has options")
        if (self.default is None) != (self.assumed is None):
            raise ValueError("a default comes with `assumed`, the sentence that says so")
        return self


class Condition(Strict):
    """Exactly one word: a sum of conditions, a comparison of two terms, or one fact's value.

    `fails` names another benefit that the citizen does not get.
    """

    all: "list[Condition] | None" = None
    any: "list[Condition] | None" = None
    none: "list[Condition] | None" = None
    below: tuple[Term, Term] | None = None
    at_least: tuple[Term, Term] | None = None
    above: tuple[Term, Term] | None = None
    is_so: str | None = None
    not_so: str | None = None
    among: tuple[str, list[str]] | None = None
    fails: str | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError("a condition has exactly one of its words")
        return self

    @property
    def word(self) -> str:
        return next(iter(self.model_fields_set))

    @property
    def parts(self) -> "list[Condition]":
        """The conditions it is made of."""
        return self.all or self.any or self.none or []

    @property
    def names(self) -> list[str]:
        """Facts and derived amounts it names itself, in order."""
        if self.word in ("is_so", "not_so"):
            return [getattr(self, self.word)]
        if self.among:
            return [self.among[0]]
        terms = self.below or self.at_least or self.above or ()
        return [name for term in terms for name in names_in(term)]


class Rule(Strict):
    """One condition of the law, in words, with law, article and date in force.

    `verified` is false where the rule's text was not at hand; `note` says who can confirm.
    """

    says: Both
    law: str
    article: str | None = None
    in_force: date | None = None
    verified: bool = True
    note: str = ""
    when: Condition

    @model_validator(mode="after")
    def _verified_means_located(self) -> Self:
        if self.verified and not (self.article and self.in_force):
            raise ValueError(f"{self.law}: a verified rule names its article and in_force date")
        if not self.verified and not self.note:
            raise ValueError(f"{self.law}: an unverified rule says in `note` who can confirm it")
        return self


class Benefit(Strict):
    """What is granted when every rule is met. `article` explains documents and procedure."""

    id: str
    title: Both
    article: str
    gives: Both
    documents: Both
    apply_at: Both
    rules: Annotated[list[Rule], Field(min_length=1)]


class Check(Strict):
    """What is checked together. `tiers`: the first benefit not ruled out ends the questions.

    `words` name the check in a citizen's message; `articles` are the ids, or the
    topics, of answers that lead to it.
    """

    title: Both
    benefits: Annotated[list[str], Field(min_length=1)]
    tiers: bool = False
    words: list[str] = Field(default_factory=list)
    articles: list[str] = Field(default_factory=list)


@dataclass(frozen=True)
class RuleBook:
    """All facts, derived amounts, benefits and checks, by name; last reviewed as a whole."""

    reviewed_on: date
    facts: Mapping[str, Fact]
    derived: Mapping[str, Term]
    benefits: Mapping[str, Benefit]
    checks: Mapping[str, Check]

    def facts_of(self, when: Condition) -> Iterator[str]:
        """Every fact `when` rests on, in order, those of other benefits left out."""
        for part in when.parts:
            yield from self.facts_of(part)
        for name in when.names:
            yield from self._told(name)

    def _told(self, name: str) -> Iterator[str]:
        if name not in self.derived:
            yield name
            return
        for inner in names_in(self.derived[name]):
            yield from self._told(inner)


def names_in(term: Term) -> Iterator[str]:
    """The facts and derived amounts a term is made of."""
    if isinstance(term, str):
        yield term
    if isinstance(term, dict):
        for inner in next(iter(term.values())):
            yield from names_in(inner)


def load_rules(folder: Path = ELIGIBILITY) -> RuleBook:
    """Facts, checks and every benefit below `folder`; DataError at the first bad file."""
    content = read(folder / FACTS)
    facts = {name: checked(Fact, one, f"{FACTS} {name}") for name, one in content["facts"].items()}
    checks = {n: checked(Check, one, f"{CHECKS} {n}") for n, one in read(folder / CHECKS).items()}
    files = sorted(p for p in folder.glob("*.yml") if p.name not in (FACTS, CHECKS))
    benefits = [checked(Benefit, one, path.name) for path in files for one in read(path)]
    by_id = {one.id: one for one in benefits}
    book = RuleBook(content["reviewed_on"], facts, content["derived"], by_id, checks)
    if wrong := problems(book):
        raise DataError(wrong[0])
    return book


def problems(book: RuleBook) -> list[str]:
    """What names something that is not there."""
    rules = [
        (benefit.id, rule.when) for benefit in book.benefits.values() for rule in benefit.rules
    ]
    named = [(place, name) for place, when in rules for name in book.facts_of(when)]
    groups = [(n, f.standard.group) for n, f in book.facts.items() if f.standard]
    named += [(name, group) for name, group in groups if group]
    listed = [(name, one) for name, check in book.checks.items() for one in check.benefits]
    return [
        *(f"{place}: no fact {name}" for place, name in named if name not in book.facts),
        *(f"{CHECKS} {place}: no benefit {b}" for place, b in listed if b not in book.benefits),
    ]
