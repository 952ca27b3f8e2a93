"""`/api/eligibility`: the rules of a benefit over what a citizen tells; nothing is stored."""

from datetime import date
from typing import Final

from fastapi import APIRouter

from api.deps import Now
from api.errors import Refused
from api.render import Write, rendered, writer
from api.schemas import (
    AskedOut,
    CheckOut,
    Choice,
    EligibilityIn,
    EligibilityOut,
    FindingOut,
    Problem,
    RulingOut,
)
from knowledge.eligibility import Finding, Ruling, Value
from knowledge.interview import Interview
from knowledge.rulebook import RuleBook
from knowledge.rules import Both
from knowledge.text import Language
from knowledge.told import NotUnderstood, checked_value
from settings import settings
from wiring import bureau, rules, standards

_NO_CHECK: Final[Both] = {
    "zh": "没有这项测算；可测的见 GET /api/eligibility。",
    "en": "There is no such check; see GET /api/eligibility.",
}
_NO_FACT: Final[Both] = {
    "zh": "测算里没有“{name}”这一项，请去掉或改正。",
    "en": "There is no fact “{name}”; take it out or correct it.",
}

_SHOWN = 40

router = APIRouter(prefix="/api", tags=["eligibility"], responses={422: {"model": Problem}})


@router.get("/eligibility")
def checks(language: Language = Language.SIMPLIFIED) -> list[CheckOut]:
    """The checks there are, each with its benefits."""
    write = writer(language, bureau())
    return [
        CheckOut(check=name, title=write(check.title), benefits=check.benefits)
        for name, check in rules().checks.items()
    ]


@router.post("/eligibility")
def eligibility(told: EligibilityIn, now: Now) -> EligibilityOut:
    """Each rule met, not met or unknown, and the next fact that may still change a verdict.

    Send it again with that fact added, until `asks` is null. No verdict is a promise.
    """
    write = writer(told.language, bureau())
    held = _interview(told, now.date() if told.on is None else told.on, write)
    said = rendered(held.report(), write)
    return EligibilityOut(
        check=held.check,
        title=write(held.book.checks[held.check].title),
        asks=_asked(held, write),
        findings=[_finding(one, held.book, write) for one in held.case.findings(held.check)],
        text=said.text,
        sources=said.sources,
    )


def _interview(told: EligibilityIn, day: date, write: Write) -> Interview:
    book = rules()
    if told.check not in book.checks:
        raise Refused("unknown_check", write(_NO_CHECK))
    facts = {name: _value(book, name, given, day, write) for name, given in told.facts.items()}
    region = told.region or settings().region or None
    return Interview(book, standards(), told.check, day, region, facts)


def _value(book: RuleBook, name: str, given: object, day: date, write: Write) -> Value | None:
    if name not in book.facts:
        raise Refused("unknown_fact", write(_NO_FACT).format(name=name[:_SHOWN]))
    try:
        return checked_value(book.facts[name], given, today=day)
    except NotUnderstood as error:
        raise Refused("bad_fact", f"{name}: {write(error.said)}") from error


def _asked(held: Interview, write: Write) -> AskedOut | None:
    name = held.asks
    if name is None:
        return None
    fact = held.book.facts[name]
    options = [Choice(key=o.key, title=write({"zh": o.zh, "en": o.en})) for o in fact.options]
    return AskedOut(fact=name, kind=fact.kind, text=write(fact.ask), options=options)


def _finding(finding: Finding, book: RuleBook, write: Write) -> FindingOut:
    benefit = finding.benefit
    return FindingOut(
        benefit=benefit.id,
        title=write(benefit.title),
        verdict=finding.verdict,
        rules=[_ruling(ruling, book, write) for ruling in finding.rulings],
        gives=write(benefit.gives),
        documents=write(benefit.documents),
        apply_at=write(benefit.apply_at),
        article=benefit.article,
    )


def _ruling(ruling: Ruling, book: RuleBook, write: Write) -> RulingOut:
    rule = ruling.rule
    assumed = (book.facts[name].assumed for name in ruling.assumed)
    return RulingOut(
        says=write(rule.says),
        truth=ruling.truth,
        law=rule.law,
        article=rule.article,
        in_force=rule.in_force.isoformat() if rule.in_force else None,
        verified=rule.verified,
        note=rule.note,
        assumed=[write(both) for both in assumed if both],
    )
