"""What the files of `eligibility/` hold: facts to ask, benefits, their rules, checks."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator

from knowledge.article import Basis
from knowledge.datafile import Strict


def _in_both_languages(text: dict[str, str]) -> dict[str, str]:
    if set(text) != {"zh", "en"}:
        raise ValueError("needs zh and en, and nothing else")
    return text


def _term(term: Any) -> Any:
    """{plus | times | over: [term, term]}, a name or a number."""
    if isinstance(term, dict):
        ((sign, terms),) = term.items() if len(term) == 1 else (("", ()),)
        if sign not in ("plus", "times", "over") or len(terms) != 2:
            raise ValueError("a term is a name, a number, or plus, times or over of two terms")
        for inner in terms:
            _term(inner)
    return term


Both: TypeAlias = Annotated[dict[str, str], AfterValidator(_in_both_languages)]
Term: TypeAlias = Annotated[Any, AfterValidator(_term)]
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
        if self.word in ("all", "any", "none") and not self.parts:
            raise ValueError(f"{self.word} needs conditions")
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


class Rule(Basis):
    """One condition of the law, in words, with the law it rests on."""

    says: Both
    when: Condition


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


def names_in(term: Term) -> Iterator[str]:
    """The facts and derived amounts a term is made of."""
    if isinstance(term, str):
        yield term
    if isinstance(term, dict):
        for inner in next(iter(term.values())):
            yield from names_in(inner)
