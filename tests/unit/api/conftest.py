from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.unit.api.stage import Backstage, Stage, staged

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path) as built:
        yield built


@pytest.fixture
def rasa(stage: Stage) -> Backstage:
    return stage.rasa


@pytest.fixture
def client(stage: Stage) -> Iterator[TestClient]:
    with TestClient(stage.app, raise_server_exceptions=False) as running:
        yield running


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """Send one message as a citizen; the reply's JSON."""

    def send(text: str, sender: str = "citizen", **more: Any) -> dict[str, Any]:
        answer = client.post("/api/chat", json={"sender": sender, "text": text, **more})
        assert answer.status_code == 200, answer.text
        reply: dict[str, Any] = answer.json()
        return reply

    return send
