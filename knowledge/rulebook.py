"""The rule book: every file of `eligibility/` read, put together and checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.datafile import DataError, checked, read
from knowledge.rules import Benefit, Check, Condition, Fact, Kind, Term, names_in

ELIGIBILITY = Path(__file__).parent / "eligibility"
FACTS, CHECKS = "facts.yml", "checks.yml"


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
            yield from self.told(name)

    def told(self, name: str) -> Iterator[str]:
        """The facts a fact or derived amount comes down to."""
        if name not in self.derived:
            yield name
            return
        for inner in names_in(self.derived[name]):
            yield from self.told(inner)


def load_rules(folder: Path = ELIGIBILITY) -> RuleBook:
    """Facts, checks and every benefit below `folder`; DataError at the first bad file."""
    content, listed = read(folder / FACTS, dict), read(folder / CHECKS, dict)
    facts = {name: checked(Fact, one, f"{FACTS} {name}") for name, one in content["facts"].items()}
    checks = {name: checked(Check, one, f"{CHECKS} {name}") for name, one in listed.items()}
    files = sorted(p for p in folder.glob("*.yml") if p.name not in (FACTS, CHECKS))
    benefits = [checked(Benefit, one, path.name) for path in files for one in read(path, list)]
    by_id = {one.id: one for one in benefits}
    book = RuleBook(content["reviewed_on"], facts, content["derived"], by_id, checks)
    wrong = [*_twice(benefits), *_unending(book)] or problems(book)
    if wrong:
        raise DataError(wrong[0])
    return book


def problems(book: RuleBook) -> list[str]:
    """What names something that is not there, or uses a fact as what it is not."""
    groups = {n: f.standard.group for n, f in book.facts.items() if f.standard}
    return [
        *(fault for one in book.benefits.values() for fault in _faults(book, one)),
        *(f"{FACTS} {n}: no fact {g}" for n, g in groups.items() if g and g not in book.facts),
        *(
            f"{CHECKS} {name}: no benefit {one}"
            for name, check in book.checks.items()
            for one in check.benefits
            if one not in book.benefits
        ),
    ]


def _faults(book: RuleBook, asked: Benefit) -> Iterator[str]:
    benefit, whens = asked.id, [rule.when for rule in asked.rules]
    missing = [n for when in whens for n in book.facts_of(when) if n not in book.facts]
    if missing:
        yield f"{benefit}: no fact {missing[0]}"
        return
    for part in (part for when in whens for part in _conditions(when)):
        if part.fails and part.fails not in book.benefits:
            yield f"{benefit}: no benefit {part.fails}"
        if (name := part.is_so or part.not_so) and book.facts[name].kind is not Kind.YES_NO:
            yield f"{benefit}: {name} is no yes-or-no fact"
        if part.among:
            name, keys = part.among
            unknown = set(keys) - {option.key for option in book.facts[name].options}
            yield from (f"{benefit}: {name} has no option {key}" for key in sorted(unknown))


def _conditions(when: Condition) -> Iterator[Condition]:
    yield when
    for part in when.parts:
        yield from _conditions(part)


def _twice(benefits: list[Benefit]) -> Iterator[str]:
    ids = [one.id for one in benefits]
    yield from (f"benefit {one} stands twice" for one in sorted(set(ids)) if ids.count(one) > 1)


def _unending(book: RuleBook) -> Iterator[str]:
    for name in book.derived:
        try:
            list(book.told(name))
        except RecursionError:
            yield f"{FACTS} {name}: reckoned from itself"
