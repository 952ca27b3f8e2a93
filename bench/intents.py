"""How well the trained Rasa model tells the intents apart; lines are `{"text", "intent"}`.

`--compare` trains each pipeline of `bench/pipelines/` on the same data first and
measures them side by side in one run.
"""

import json as jsonlib
import os
import subprocess
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from sklearn.metrics import f1_score

from bench.measure import RESULTS, Line, percentile, ratio, read_lines, save, show
from settings import settings

ROOT = Path(__file__).resolve().parent.parent
UTTERANCES = Path(__file__).parent / "data" / "utterances.jsonl"
PIPELINES = Path(__file__).parent / "pipelines"
RASA = ROOT / ".venv-rasa" / "bin" / "python"
_SHIPPED = "shipped (config.yml)"


def main(
    utterances: Annotated[Path, typer.Option(help="JSONL of {text, intent}.")] = UTTERANCES,
    json: Annotated[bool, typer.Option("--json")] = False,
    compare: Annotated[bool, typer.Option(help="Train and measure every pipeline.")] = False,
    pipelines: Annotated[str, typer.Option(help="Which of bench/pipelines to compare.")] = "*.yml",
    errors: Annotated[bool, typer.Option(help="List what went wrong.")] = False,
    keep: Annotated[bool, typer.Option(help="Write bench/results/intents.json.")] = False,
) -> None:
    """Measure intent classification."""
    lines = read_lines(utterances)
    if compare:
        _compare(lines, pipelines)
        return
    parsed = parse(settings().var / "models" / "assistant.tar.gz", lines)
    result = scores(lines, parsed)
    show(result, json)
    if keep:
        save("intents", result)
    for line, found in zip(lines, parsed, strict=True) if errors else ():
        if found["intent"] != line["intent"]:
            print(f"{line['text']}  {found['intent']} {found['confidence']:.2f} ≠ {line['intent']}")


def parse(model: Path, lines: list[Line]) -> list[dict[str, Any]]:
    """What Rasa makes of each line: intent, confidence, ms."""
    answer = subprocess.run(
        [str(RASA), str(Path(__file__).parent / "rasa_parse.py"), str(model)],
        input="\n".join(jsonlib.dumps(line["text"]) for line in lines),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=rasa_environ(),
    )
    found = [row for row in answer.stdout.splitlines() if row.startswith("{")]
    return [jsonlib.loads(row) for row in found]


def scores(lines: list[Line], parsed: list[dict[str, Any]]) -> dict[str, Any]:
    wanted = [line["intent"] for line in lines]
    found = [row["intent"] for row in parsed]
    names = sorted(set(wanted))
    f1 = f1_score(wanted, found, labels=names, average=None, zero_division=0)
    times = [row["ms"] for row in parsed]
    return {
        "n": len(lines),
        "accuracy": ratio(sum(a == b for a, b in zip(wanted, found, strict=True)), len(lines)),
        "macro_f1": round(float(f1.mean()), 4),
        "per_intent": {name: round(float(value), 3) for name, value in zip(names, f1, strict=True)},
        "p50_ms": round(percentile(times, 0.5), 2),
        "p95_ms": round(percentile(times, 0.95), 2),
    }


def rasa_environ() -> dict[str, str]:
    """Rasa's components are found from the project's root; no telemetry, no TensorFlow chatter."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "RASA_TELEMETRY_ENABLED": "false"}
    return {**os.environ, **quiet, "PYTHONPATH": str(ROOT), "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


def _compare(lines: list[Line], pipelines: str) -> None:
    rows = ["| pipeline | accuracy | macro-F1 | training s | p50 ms |", "|---|---|---|---|---|"]
    for config in [ROOT / "config.yml", *sorted(PIPELINES.glob(pipelines))]:
        name = _SHIPPED if config.parent == ROOT else config.stem
        model, seconds = _train(config)
        got = scores(lines, parse(model, lines))
        rows.append(
            f"| {name} | {got['accuracy']} | {got['macro_f1']} | {seconds:.0f} | {got['p50_ms']} |"
        )
        print(rows[-1], flush=True)
    table = "\n".join(rows)
    note = f"{len(lines)} held-out utterances; `python -m bench intents --compare`.\n"
    (RESULTS / "intents.md").write_text(
        f"# Intent pipelines compared\n\n{note}\n{table}\n", "utf-8"
    )


def _train(config: Path) -> tuple[Path, float]:
    folder = settings().var / "bench"
    name = f"intents-{config.stem}"
    began = time.monotonic()
    command = [RASA, "-m", "rasa", "train", "nlu", "--config", config, "--nlu", "bot/nlu"]
    command += ["--domain", "bot/domain", "--out", folder, "--fixed-model-name", name]
    subprocess.run(
        [str(word) for word in command],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env=rasa_environ(),
    )
    return folder / f"{name}.tar.gz", time.monotonic() - began
