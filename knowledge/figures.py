"""A service's local amount in words: current, only historic, or not entered here."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from knowledge.standards import UNITS, Figure, Standard, State

Both = dict[str, str]


def in_words(figure: Figure) -> Both:
    """One sentence a document in both languages; a past amount is never put as current."""
    if figure.state is State.MISSING:
        return _missing(figure)
    say = _current if figure.state is State.CURRENT else _historic
    told = [say(figure, together) for together in _by_document(figure.standards)]
    return {"zh": "".join(one["zh"] for one in told), "en": " ".join(one["en"] for one in told)}


def _by_document(standards: Iterable[Standard]) -> list[list[Standard]]:
    """Amounts of the same document and validity together."""
    groups: dict[tuple[object, ...], list[Standard]] = {}
    for one in standards:
        groups.setdefault((one.source, one.valid_from, one.valid_to), []).append(one)
    return list(groups.values())


def sources(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """The documents the amounts come from, in the form of an article's sources."""
    named = {
        standard.source: _source(figure, standard)
        for figure in figures
        for standard in figure.standards
    }
    return list(named.values())


def _current(figure: Figure, told: Sequence[Standard]) -> Both:
    since, until, source = told[0].valid_from, told[0].valid_to, told[0].source
    amounts = _amounts(figure, told)
    end, end_en = (f"至 {until}", f" to {until}") if until else ("起", " on")
    service, place = figure.service, figure.region
    return {
        "zh": f"**{place}{service.label}**（{since} {end}）：{amounts['zh']}。来源：{source}。",
        "en": (
            f"**{place}: {service.label_en}** (from {since}{end_en}): {amounts['en']}. "
            f"Source: {source}."
        ),
    }


def _historic(figure: Figure, told: Sequence[Standard]) -> Both:
    since = told[0].valid_from
    when, when_en = (
        (f"{since.year} 年", f"in {since.year}") if since else ("（年份不详）", "(undated)")
    )
    amounts, source, service = _amounts(figure, told), told[0].source, figure.service
    return {
        "zh": (
            f"**{figure.region}{service.label}，{when}为**：{amounts['zh']}（来源：{source}）。"
            f"这是过去的标准，**不能当现在的用**；现行标准请向{service.asks}核实，"
            "或拨打 [[hotline]]。"
        ),
        "en": (
            f"**{figure.region}: {service.label_en} {when_en}**: {amounts['en']} "
            f"(source: {source}). This is a past amount, **not the present one**; ask "
            f"{service.asks_en} "
            "or call [[hotline]] for the amount now."
        ),
    }


def _missing(figure: Figure) -> Both:
    place, service = figure.region or "本地", figure.service
    return {
        "zh": (
            f"{place}现行的{service.label}还没有录入，我不报数。请向{service.asks}核实，"
            "或拨打 [[hotline]]。"
        ),
        "en": (
            f"The present {service.label_en} of {figure.region or 'this place'} has not been "
            f"entered here. Ask {service.asks_en} or call [[hotline]]."
        ),
    }


def _amounts(figure: Figure, told: Sequence[Standard]) -> Both:
    each = [(_group(figure, one), _amount(one)) for one in told]
    return {
        language: ("，" if language == "zh" else ", ").join(
            f"{group[language]} {amount[language]}".strip() for group, amount in each
        )
        for language in ("zh", "en")
    }


def _group(figure: Figure, standard: Standard) -> Both:
    return figure.service.groups.get(standard.group or "", {"zh": "", "en": ""})


def _amount(standard: Standard) -> Both:
    number = f"{standard.amount.normalize():f}"
    if standard.amount_to is not None:
        number += f"–{standard.amount_to.normalize():f}"
    least, least_en = ("不低于 ", "at least ") if standard.at_least else ("", "")
    return {
        "zh": f"{least}{number} {standard.unit}",
        "en": f"{least_en}{number} {UNITS[standard.unit]}",
    }


def _source(figure: Figure, standard: Standard) -> dict[str, Any]:
    since: date | None = standard.valid_from
    return {
        "law": standard.source,
        "article": None,
        "in_force": since.isoformat() if since else None,
        "verified": True,
        "note": standard.note or ("过去的标准" if figure.state is State.HISTORIC else ""),
        "region": figure.region,
        "reviewed_on": standard.entered_on.isoformat(),
    }
