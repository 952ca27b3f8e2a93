"""How well questions find their answer: the product's own answer path over a file of questions.

Lines are `{"q", "ids"}`; empty `ids` mean that no policy answer may be given.
`right` means that the article given is one of `ids`.
"""

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bench.confusions import confusions, write
from bench.measure import Line, percentile, ratio, read_lines, save, show
from knowledge.answer import Answer, Outcome
from wiring import shelf

QUESTIONS = Path(__file__).parent / "data" / "questions.jsonl"
GIVEN = frozenset({Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.EXPIRED})
_SWEEP = (0.35, 0.45, 0.55, 0.65, 0.75)


@dataclass(frozen=True)
class Asked:
    """One question, the answer to it, and how long it took in ms."""

    line: Line
    answer: Answer
    ms: float

    @property
    def wanted(self) -> list[str]:
        ids: list[str] = self.line["ids"]
        return ids

    @property
    def topic(self) -> str:
        return self.wanted[0].partition("/")[0] if self.wanted else "none"

    @property
    def ranked(self) -> list[str]:
        return [hit.article for hit in self.answer.hits]

    @property
    def given(self) -> bool:
        return self.answer.outcome in GIVEN

    def right_in(self, count: int) -> bool:
        return any(article in self.line["ids"] for article in self.ranked[:count])


def main(
    questions: Annotated[Path, typer.Option(help="JSONL of {q, ids}.")] = QUESTIONS,
    json: Annotated[bool, typer.Option("--json")] = False,
    by: Annotated[str | None, typer.Option(help="Also report by a field: style, or topic.")] = None,
    covered: Annotated[bool, typer.Option(help="Only ids that have an article.")] = False,
    sweep: Annotated[bool, typer.Option(help="What other limits would do.")] = False,
    errors: Annotated[bool, typer.Option(help="List what went wrong.")] = False,
    keep: Annotated[bool, typer.Option(help="Write results and confusions.")] = False,
) -> None:
    """Measure retrieval, refusal and speed."""
    asked = [ask(line) for line in _lines(questions, covered)]
    result = summary(asked)
    if by:
        result["by"] = {name: summary(group) for name, group in _grouped(asked, by).items()}
    if sweep:
        result["sweep"] = {str(sure): _at(asked, sure) for sure in _SWEEP}
    show(result, json)
    if keep:
        save("retrieval-by-topic" if by == "topic" else "retrieval", result)
        write(confusions(asked), result["n"])
    for one in asked if errors else ():
        _print_error(one)


def ask(line: Line) -> Asked:
    began = time.perf_counter()
    answer = shelf().answerer.answer(line["q"], today=date.today())  # noqa: DTZ011
    return Asked(line, answer, (time.perf_counter() - began) * 1000)


def summary(asked: list[Asked]) -> dict[str, Any]:
    """The contract's figures; shares of `n` where they are not counts."""
    ours = [one for one in asked if one.line["ids"]]
    others = [one for one in asked if not one.line["ids"]]
    answered = [one for one in ours if one.given]
    unsure = [one for one in ours if one.answer.outcome is Outcome.UNSURE]
    times = [one.ms for one in asked]
    return {
        "n": len(ours),
        "answered": len(answered),
        "answered_right": sum(one.right_in(1) for one in answered),
        "unsure": len(unsure),
        "unsure_right_in_3": sum(one.right_in(3) for one in unsure),
        "right_at_1": ratio(sum(one.right_in(1) for one in ours), len(ours)),
        "right_at_3": ratio(sum(one.right_in(3) for one in ours), len(ours)),
        "oos_n": len(others),
        "oos_answered": sum(one.given for one in others),
        "p50_ms": round(percentile(times, 0.5), 2),
        "p95_ms": round(percentile(times, 0.95), 2),
    }


def _lines(path: Path, covered: bool) -> list[Line]:
    lines = read_lines(path)
    if not covered:
        return lines
    known = shelf().answerer.articles
    return [line for line in lines if not line["ids"] or set(line["ids"]) & set(known)]


def _grouped(asked: list[Asked], field: str) -> dict[str, list[Asked]]:
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[one.topic if field == "topic" else str(one.line.get(field))].append(one)
    return dict(sorted(groups.items()))


def _at(asked: list[Asked], sure: float) -> dict[str, float]:
    """What would be answered, and rightly, were the limit `sure`."""
    ours = [one for one in asked if one.line["ids"]]
    given = [one for one in ours if one.answer.probability >= sure]
    others = [one for one in asked if not one.line["ids"]]
    return {
        "answered": ratio(len(given), len(ours)),
        "right_of_answered": ratio(sum(one.right_in(1) for one in given), len(given)),
        "oos_answered": ratio(sum(o.answer.probability >= sure for o in others), len(others)),
    }


def _print_error(one: Asked) -> None:
    if one.given and not one.right_in(1):
        wanted = ", ".join(one.line["ids"]) or "no answer"
        print(f"{one.answer.probability:.2f}  {one.line['q'][:60]}  {one.ranked[0]}  ≠  {wanted}")
