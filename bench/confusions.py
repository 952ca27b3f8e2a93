"""Which articles are mistaken for which: the worst first, as a table beside the results."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from bench.measure import RESULTS

Pair = tuple[str, str]


class Ranked(Protocol):
    """A question that was asked: its acceptable ids, and what search ranked, best first."""

    @property
    def wanted(self) -> Sequence[str]: ...
    @property
    def ranked(self) -> list[str]: ...


def confusions(asked: Iterable[Ranked]) -> Counter[Pair]:
    """(the article wanted, the one ranked first in its stead) with how often that was."""
    return Counter(
        (one.wanted[0], one.ranked[0])
        for one in asked
        if one.wanted and one.ranked and one.ranked[0] not in one.wanted
    )


def write(found: Counter[Pair], asked: int) -> None:
    """bench/results/confusions.md"""
    rows = [f"| {wanted} | {got} | {count} |" for (wanted, got), count in _ordered(found)]
    head = [
        "# Articles mistaken for others",
        "",
        f"{sum(found.values())} of {asked} questions; `python -m bench retrieval --keep`.",
        "",
        "| wanted | ranked first | times |",
        "|---|---|---|",
    ]
    (RESULTS / "confusions.md").write_text("\n".join([*head, *rows]) + "\n", "utf-8")


def _ordered(found: Counter[Pair]) -> list[tuple[Pair, int]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
