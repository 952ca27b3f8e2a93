"""How well gaps are grouped by meaning: bench questions of known articles, thresholds compared.

Homogeneity is 1 when no group mixes articles, completeness is 1 when no article is
split over groups; the adjusted Rand index weighs both against chance.
"""

from typing import Annotated, Any

import typer
from sklearn.metrics import adjusted_rand_score, completeness_score, homogeneity_score

from bench.measure import read_lines, save, show
from bench.retrieval import QUESTIONS
from knowledge import gaps
from knowledge.search import CHINESE, collection_of
from settings import settings

_SWEEP = (0.10, 0.14, 0.16, 0.18, 0.20, 0.22, 0.26)


def main(
    json: Annotated[bool, typer.Option("--json")] = False,
    keep: Annotated[bool, typer.Option(help="Write bench/results/gaps.json.")] = False,
) -> None:
    """Measure the grouping of Chinese bench questions at several distances."""
    lines = [line for line in read_lines(QUESTIONS) if len(line["ids"]) == 1]
    lines = [line for line in lines if collection_of(line["q"]) == CHINESE]
    asked = [gaps.Unanswered(line["q"], "nothing_found") for line in lines]
    vectors = gaps.vectors_of(asked, CHINESE, settings().var / "encoder")
    articles = [line["ids"][0] for line in lines]
    result: dict[str, Any] = {"n": len(lines), "articles": len(set(articles)), "used": gaps.FAR}
    result |= {str(far): _scores(articles, gaps.labels(vectors, far)) for far in _SWEEP}
    show(result, json)
    if keep:
        save("gaps", result)


def _scores(articles: list[str], labels: list[int]) -> dict[str, Any]:
    return {
        "groups": len(set(labels)),
        "homogeneity": round(float(homogeneity_score(articles, labels)), 3),
        "completeness": round(float(completeness_score(articles, labels)), 3),
        "adjusted_rand": round(float(adjusted_rand_score(articles, labels)), 3),
    }
