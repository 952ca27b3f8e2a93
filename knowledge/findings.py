"""What is asked for an eligibility check, and what came of it, as replies in both languages."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from knowledge.article import NATIONAL
from knowledge.eligibility import Case, Finding, Ruling, Truth, Verdict
from knowledge.reply import Reply
from knowledge.rulebook import RuleBook
from knowledge.rules import Both, Check, Fact, Kind, Rule
from knowledge.standards import UNITS, Standard

ASKING, RESULT = "asking", "eligibility"
"""Outcomes of replies: a question of a check, and its result."""

_LANGUAGES = ("zh", "en")
_NOTHING: Both = {"zh": "", "en": ""}
_UNKNOWN: Both = {"zh": "不知道", "en": "don't know"}
_UNREAD: Both = {
    "zh": "原文还没核到，以当地规定为准",
    "en": "not checked against its text; the local rule decides",
}
_YES: Both = {"zh": "是", "en": "yes"}
_NO: Both = {"zh": "不是", "en": "no"}
_WHICH: Both = {
    "zh": "您想测哪一项？请点一个，或者直接说名字。",
    "en": "Which one shall we check? Press one, or say its name.",
}
_VERDICTS: dict[Verdict, Both] = {
    Verdict.LIKELY: {
        "zh": "按您说的看，**符合条件**。",
        "en": "By what you said, **you meet the conditions**.",
    },
    Verdict.UNLIKELY: {
        "zh": "按您说的看，**不符合条件**。",
        "en": "By what you said, **you do not meet the conditions**.",
    },
    Verdict.UNCLEAR: {"zh": "**还说不准**。", "en": "**Cannot be said yet**."},
}
_MARKS: dict[Truth, Both] = {
    Truth.MET: {"zh": "符合：", "en": "Met: "},
    Truth.NOT_MET: {"zh": "不符合：", "en": "Not met: "},
    Truth.UNKNOWN: {"zh": "说不准：", "en": "Unknown: "},
}
_TAIL: Both = {
    "zh": (
        "这是照您说的情况对照规定，**不是审核结果，以审核为准**。"
        "您的回答用完就清掉了。有疑问请拨打 [[hotline]]。"
    ),
    "en": (
        "This compares what you said with the rules. **It is no decision: the office decides.** "
        "Your answers are not kept. For questions call [[hotline]]."
    ),
}


def question(fact: Fact) -> Reply:
    """A fact's question, with what can be pressed instead of typed."""
    pressed = [*_choices(fact), _UNKNOWN]
    return {
        "outcome": ASKING,
        "text": dict(fact.ask),
        "buttons": [{"title": one, "text": one} for one in pressed],
    }


def which_check(book: RuleBook) -> Reply:
    """The question which of the checks is meant."""
    titles = [check.title for check in book.checks.values()]
    return {
        "outcome": ASKING,
        "text": _WHICH,
        "buttons": [{"title": dict(one), "text": dict(one)} for one in titles],
    }


def report(case: Case, check: str) -> Reply:
    """Every benefit of a check with each of its rules, what it gives and where to go."""
    found = case.findings(check)
    parts = [_benefit(finding, case.book) for finding in found]
    parts += [
        _left(case.book, case.book.checks[check], found),
        _amounts(_read_by(found, case)),
        _TAIL,
    ]
    rules = [ruling.rule for finding in found for ruling in finding.rulings]
    return {
        "outcome": RESULT,
        "text": {each: "\n\n".join(p[each] for p in parts if p[each]) for each in _LANGUAGES},
        "article": found[-1].benefit.article,
        "sources": sources(rules, case.book.reviewed_on),
        "buttons": [],
    }


def sources(rules: Iterable[Rule], reviewed_on: date) -> list[dict[str, Any]]:
    """Each rule's law once, in the form of an article's sources."""
    named = {(rule.law, rule.article): rule for rule in rules}
    return [
        {
            **rule.model_dump(
                mode="json", include={"law", "article", "in_force", "verified", "note"}
            ),
            "region": NATIONAL,
            "reviewed_on": reviewed_on.isoformat(),
        }
        for rule in named.values()
    ]


def _choices(fact: Fact) -> list[Both]:
    if fact.kind is Kind.YES_NO:
        return [_YES, _NO]
    return [{"zh": option.zh, "en": option.en} for option in fact.options]


def _benefit(finding: Finding, book: RuleBook) -> Both:
    benefit, verdict = finding.benefit, _VERDICTS[finding.verdict]
    told = {
        each: [_ruling(ruling, book)[each] for ruling in finding.rulings] for each in _LANGUAGES
    }
    zh = [f"## {benefit.title['zh']}", verdict["zh"], _list(told["zh"])]
    en = [f"## {benefit.title['en']}", verdict["en"], _list(told["en"])]
    if finding.verdict is not Verdict.UNLIKELY:
        zh.append(
            f"**批下来能得到：**{benefit.gives['zh']}。\n\n**要带：**{benefit.documents['zh']}。"
            f"\n\n**去哪办：**{benefit.apply_at['zh']}。"
        )
        en.append(
            f"**If granted:** {benefit.gives['en']}.\n\n**Bring:** {benefit.documents['en']}."
            f"\n\n**Where:** {benefit.apply_at['en']}."
        )
    return {"zh": "\n\n".join(zh), "en": "\n\n".join(en)}


def _ruling(ruling: Ruling, book: RuleBook) -> Both:
    rule, mark = ruling.rule, _MARKS[ruling.truth]
    return {
        "zh": f"{mark['zh']}{rule.says['zh']}（{_law(rule)}{_caveats(ruling, book, 'zh')}）",
        "en": f"{mark['en']}{rule.says['en']} ({_law(rule)}{_caveats(ruling, book, 'en')})",
    }


def _law(rule: Rule) -> str:
    return f"{rule.law}{rule.article or ''}"


def _caveats(ruling: Ruling, book: RuleBook, language: str) -> str:
    """What the ruling rests on without being sure: an assumption, a rule not read in its text."""
    said = [(book.facts[name].assumed or _NOTHING)[language] for name in ruling.assumed]
    if not ruling.rule.verified:
        said.append(_UNREAD[language])
    stop = "；" if language == "zh" else "; "
    return "".join(f"{stop}{one}" for one in said)


def _left(book: RuleBook, check: Check, found: Sequence[Finding]) -> Both:
    """The lower tiers, where an open question keeps the higher one from being decided."""
    rest = check.benefits[len(found) :]
    if not rest or found[-1].verdict is not Verdict.UNCLEAR:
        return _NOTHING
    titles = [book.benefits[one].title for one in rest]
    return {
        "zh": f"要是够不上，还可以问问：{'、'.join(t['zh'] for t in titles)}。",
        "en": f"If it is refused, ask about: {', '.join(t['en'] for t in titles)}.",
    }


def _read_by(found: Sequence[Finding], case: Case) -> list[Standard]:
    """The local amounts that the rules of these benefits look at."""
    rules = [ruling.rule for finding in found for ruling in finding.rulings]
    read = {fact for rule in rules for fact in case.book.facts_of(rule.when)}
    return [standard for fact, standard in case.used.items() if fact in read]


def _amounts(used: Sequence[Standard]) -> Both:
    if not used:
        return _NOTHING
    return {
        "zh": "用到的当地标准："
        + "；".join(f"{s.amount:f} {s.unit}（{s.source}）" for s in used)
        + "。",
        "en": "Local amounts used: "
        + "; ".join(f"{s.amount:f} {UNITS[s.unit]} ({s.source})" for s in used)
        + ".",
    }


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
