"""The kept results as pictures: `bench/results/*.json` → PNG beside them."""

import json
from collections.abc import Mapping
from typing import Any

import matplotlib as mpl
import typer

from bench.measure import RESULTS

mpl.use("Agg")

from matplotlib import pyplot as plt

_INK, _SECOND, _LIGHT = "#0d4f5b", "#c98a1b", "#9fc3c7"


def main() -> None:
    """Draw every kept result."""
    for name, draw in (("retrieval", _retrieval), ("intents", _intents), ("turn", _turn)):
        path = RESULTS / f"{name}.json"
        figure = draw(json.loads(path.read_text("utf-8")))
        figure.tight_layout()
        figure.savefig(path.with_suffix(".png"), dpi=120)
        plt.close(figure)
        typer.echo(str(path.with_suffix(".png")))


def _retrieval(result: Mapping[str, Any]) -> Any:
    """Right at one and in three, by manner of asking."""
    groups = {name: group for name, group in result["by"].items() if group["n"]}
    figure, axes = plt.subplots(figsize=(7, 3.2))
    places = range(len(groups))
    ones = [group["right_at_1"] for group in groups.values()]
    threes = [group["right_at_3"] for group in groups.values()]
    axes.bar([at - 0.2 for at in places], ones, 0.4, color=_INK, label="right at one")
    axes.bar([at + 0.2 for at in places], threes, 0.4, color=_LIGHT, label="right in three")
    axes.set_xticks(list(places), [f"{name} ({groups[name]['n']})" for name in groups])
    axes.set_ylim(0.5, 1.02)
    axes.set_title(f"Retrieval, {result['n']} held-out questions")
    axes.legend(loc="lower right")
    return figure


def _intents(result: Mapping[str, Any]) -> Any:
    """F1 of each intent, weakest first."""
    scores = sorted(result["per_intent"].items(), key=lambda pair: pair[1])
    figure, axes = plt.subplots(figsize=(7, 6))
    axes.barh([name for name, _ in scores], [score for _, score in scores], color=_INK)
    axes.axvline(result["macro_f1"], color=_SECOND, label=f"macro-F1 {result['macro_f1']}")
    axes.set_xlim(0.4, 1.0)
    axes.set_title(f"Intents, {result['n']} held-out utterances")
    axes.legend(loc="lower right")
    return figure


def _turn(result: Mapping[str, Any]) -> Any:
    """Latency of whole turns and look-ups by clients at once, log scale."""
    clients = list(result["full"])
    figure, axes = plt.subplots(figsize=(7, 3.2))
    for name, colour in (("full", _INK), ("lookup", _LIGHT)):
        for share, style in (("p50_ms", "-o"), ("p95_ms", "--o")):
            values = [result[name][count][share] for count in clients]
            axes.plot(clients, values, style, color=colour, label=f"{name} {share[:3]}")
    axes.axhline(
        result["bare_rasa"]["p50_ms"], color=_SECOND, label="bare Rasa turn p50, one client"
    )
    axes.set_yscale("log")
    axes.set_xlabel("clients at once")
    axes.set_ylabel("ms")
    axes.set_title(f"A whole turn: {result['ratio_p50']} × a bare Rasa turn (p50)")
    axes.legend(fontsize=8)
    return figure
