"""What a whole turn costs: page to answer over HTTP, next to a bare Rasa turn that only utters.

Both run against the same assistant in the same run, at one client turn by turn
with each other. Every turn is a new citizen's first.
"""

import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Annotated, Any

import httpx
import typer

from bench.assistant import Assistant, launch
from bench.measure import percentile, read_lines, save, show
from bench.retrieval import QUESTIONS

CLIENTS = (1, 8, 32)
_TURNS = 160
_WARM_UP = 20

Turn = Callable[[str], None]


def main(
    json: Annotated[bool, typer.Option("--json")] = False,
    keep: Annotated[bool, typer.Option(help="Write bench/results/turn.json.")] = False,
) -> None:
    """Start an assistant and measure whole turns, bare Rasa turns and look-ups."""
    with tempfile.TemporaryDirectory() as folder:
        assistant = launch(Path(folder))
        try:
            result = measure(assistant)
        finally:
            assistant.stop()
    show(result, json)
    if keep:
        save("turn", result)


def measure(assistant: Assistant) -> dict[str, Any]:
    """The contract's figures; times in milliseconds, rates a second."""
    texts = [line["q"] for line in read_lines(QUESTIONS) if line["ids"]]
    with httpx.Client(timeout=60, limits=httpx.Limits(max_connections=64)) as client:
        turns = _turns(client, assistant)
        for text in texts[:_WARM_UP]:
            for turn in turns.values():
                turn(text)
        bare, whole = _side_by_side(turns["bare"], turns["full"], texts)
        return {
            "bare_rasa": _times(bare),
            "full": {str(n): _load(turns["full"], texts, n) for n in CLIENTS},
            "lookup": {str(n): _load(turns["lookup"], texts, n) for n in CLIENTS},
            "full_side_by_side": _times(whole),
            "ratio_p50": round(percentile(whole, 0.5) / percentile(bare, 0.5), 2),
        }


def _turns(client: httpx.Client, assistant: Assistant) -> dict[str, Turn]:
    def bare(_: str) -> None:
        message = {"sender": uuid.uuid4().hex, "message": "谢谢"}
        client.post(f"{assistant.rasa_url}/webhooks/rest/webhook", json=message).raise_for_status()

    def full(text: str) -> None:
        message = {"sender": uuid.uuid4().hex, "text": text}
        client.post(f"{assistant.url}/api/chat", json=message).raise_for_status()

    def lookup(text: str) -> None:
        client.get(f"{assistant.url}/api/answers", params={"q": text}).raise_for_status()

    return {"bare": bare, "full": full, "lookup": lookup}


def _side_by_side(first: Turn, second: Turn, texts: list[str]) -> tuple[list[float], list[float]]:
    """Turn by turn, so that a busy moment of the machine meets both."""
    pairs = [(_timed(first, text), _timed(second, text)) for text in texts[:_TURNS]]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _load(turn: Turn, texts: list[str], clients: int) -> dict[str, float]:
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        asked = islice(cycle(texts), _TURNS)
        times = list(pool.map(lambda text: _timed(turn, text), asked))
    return {"rps": round(_TURNS / (time.perf_counter() - began), 1), **_times(times)}


def _times(times: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(percentile(times, 0.5), 1),
        "p95_ms": round(percentile(times, 0.95), 1),
    }


def _timed(turn: Turn, text: str) -> float:
    began = time.perf_counter()
    turn(text)
    return (time.perf_counter() - began) * 1000
