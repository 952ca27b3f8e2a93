"""What every measurement shares: reading questions, percentiles, writing results."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"

Line = dict[str, Any]


def read_lines(path: Path) -> list[Line]:
    """One JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie; 0.0 of nothing."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def ratio(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def save(name: str, result: dict[str, Any]) -> None:
    """Keep a result beside the command that gave it."""
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")


def show(result: dict[str, Any], as_json: bool) -> None:
    """Print `result`: one JSON object, or a line per value."""
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for name, value in result.items():
        print(f"{name:>20}  {value}")
