from collections.abc import Callable
from typing import Any

import pytest

import actions.answer
import actions.base
from actions.base import CoreAction, Turn
from tests.unit import paper

See = Callable[..., Turn]


@pytest.fixture(autouse=True)
def knowledge_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    on_paper = paper.shelf()
    for module in (actions.base, actions.answer):
        monkeypatch.setattr(module, "shelf", lambda: on_paper)


@pytest.fixture
def see() -> See:
    """Let an action look at a turn; the turn afterwards."""

    def look(action: CoreAction, text: str, **known: Any) -> Turn:
        turn = Turn(text, paper.TODAY, **known)
        action.act(turn)
        return turn

    return look


def outcomes(turn: Turn) -> list[str]:
    """What was said, in order: outcomes of replies, names of responses."""
    return [said if isinstance(said, str) else said["outcome"] for said in turn.said]


def slots(turn: Turn) -> dict[str, Any]:
    """What the turn remembers."""
    return {event["name"]: event["value"] for event in turn.events}
