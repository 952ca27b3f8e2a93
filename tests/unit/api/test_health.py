"""Alive, ready, degraded or not ready: told component by component."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

import wiring
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Stage

COMPONENTS = {"database", "knowledge", "rasa", "actions"}


def refuse() -> httpx.Response:
    raise httpx.ConnectError("refused")


def stop_rasa(stage: Stage) -> None:
    stage.rasa.hello = refuse


def break_rasa(stage: Stage) -> None:
    stage.rasa.hello = lambda: httpx.Response(502, text="Bad Gateway")


def stop_actions(stage: Stage) -> None:
    stage.rasa.actions = refuse


def break_actions(stage: Stage) -> None:
    stage.rasa.actions = lambda: httpx.Response(200, text="<html>")


def spoil_actions(stage: Stage) -> None:
    stage.rasa.actions = lambda: httpx.Response(500, json={"status": "starting"})


def ready(client: TestClient) -> tuple[int, str, dict[str, Any]]:
    answer = client.get("/health/ready")
    body = answer.json()
    assert set(body["components"]) == COMPONENTS
    return answer.status_code, body["status"], body["components"]


def down(components: dict[str, Any]) -> set[str]:
    return {name for name, component in components.items() if not component["ok"]}


def test_a_process_that_answers_is_alive_whatever_else_is_down(
    client: TestClient, stage: Stage
) -> None:
    stage.lose_index()
    stop_rasa(stage)
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


def test_when_everything_works_it_is_ready_and_says_with_what(
    client: TestClient, stage: Stage
) -> None:
    (stage.folder / "models").mkdir()
    (stage.folder / "models" / "fingerprint").write_text("abc123\n", "utf-8")
    status, word, components = ready(client)
    assert (status, word, down(components)) == (200, "ready", set())
    assert components["database"]["version"] == "sqlite"
    assert components["knowledge"]["fingerprint"] == "paper-1"
    assert components["knowledge"]["detail"] == "4 articles; encoders zh aaaa, en bbbb"
    assert components["rasa"]["version"] == "3.6.21"
    assert components["rasa"]["fingerprint"] == "abc123"


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (stop_rasa, "rasa"),
        (break_rasa, "rasa"),
        (stop_actions, "actions"),
        (break_actions, "actions"),
        (spoil_actions, "actions"),
    ],
)
def test_without_rasa_or_actions_it_is_degraded_but_in_service(
    client: TestClient, stage: Stage, spoil: Callable[[Stage], None], name: str
) -> None:
    spoil(stage)
    status, word, components = ready(client)
    assert (status, word, down(components)) == (200, "degraded", {name})


def test_without_knowledge_it_is_not_ready(client: TestClient, stage: Stage) -> None:
    stage.lose_index()
    status, word, components = ready(client)
    assert (status, word, down(components)) == (503, "not_ready", {"knowledge"})
    assert components["knowledge"]["detail"] == "FileNotFoundError"


def test_without_database_it_is_not_ready(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked() -> str:
        raise OSError("disk gone")

    monkeypatch.setattr(wiring.conversations(), "ping", locked)
    status, word, components = ready(client)
    assert (status, word, down(components)) == (503, "not_ready", {"database"})


def test_everything_down_is_told_at_once(
    client: TestClient, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring.conversations(), "ping", refuse)
    for spoil in (stop_rasa, stop_actions, Stage.lose_index):
        spoil(stage)
    status, word, components = ready(client)
    assert (status, word, down(components)) == (503, "not_ready", COMPONENTS)


def test_what_comes_back_is_ready_again(client: TestClient, stage: Stage) -> None:
    whole = stage.shelf
    stage.lose_index()
    assert ready(client)[1] == "not_ready"
    stage.shelf = whole
    assert ready(client)[1] == "ready"


def test_a_service_without_an_index_starts_and_says_so(stage: Stage, capfd: Any) -> None:
    stage.lose_index()
    with TestClient(stage.app) as client:
        assert client.get("/health/live").status_code == 200
    assert "no_knowledge" in capfd.readouterr().out


def test_the_metrics_count_turns_by_outcome(client: TestClient, ask: Ask) -> None:
    def count() -> float:
        line = 'turns_total{degraded="false",outcome="said"}'
        found = [row for row in client.get("/metrics").text.splitlines() if row.startswith(line)]
        return float(found[0].split()[-1]) if found else 0.0

    before = count()
    ask("你好")
    assert count() == before + 1
