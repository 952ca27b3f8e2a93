"""A citizen's word on a reply is kept with its turn, pressed or typed."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

import wiring
from office.schema import feedback, turns
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, said, says


def judged() -> dict[str, bool]:
    """What was kept, by message id."""
    query = select(turns.c.message_id, feedback.c.helpful).join_from(turns, feedback)
    with wiring.store()._engine.connect() as connection:
        return {row.message_id: row.helpful for row in connection.execute(query)}


def judge(client: TestClient, message_id: str, helpful: bool, sender: str = "citizen") -> int:
    judgement = {"sender": sender, "message_id": message_id, "helpful": helpful}
    return client.post("/api/feedback", json=judgement).status_code


def test_the_last_word_counts(ask: Ask, client: TestClient) -> None:
    ask("你好", message_id="m1")
    assert [judge(client, "m1", helpful) for helpful in (True, True, False)] == [204] * 3
    assert judged() == {"m1": False}


def test_feedback_has_no_body(ask: Ask, client: TestClient) -> None:
    ask("你好", message_id="m1")
    answer = client.post(
        "/api/feedback", json={"sender": "citizen", "message_id": "m1", "helpful": True}
    )
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(("sender", "message_id"), [("citizen", "m2"), ("somebody", "m1")])
def test_feedback_for_a_turn_of_nobody_s_is_refused_in_words(
    ask: Ask, client: TestClient, sender: str, message_id: str
) -> None:
    ask("你好", message_id="m1")
    answer = client.post(
        "/api/feedback", json={"sender": sender, "message_id": message_id, "helpful": True}
    )
    assert (answer.status_code, answer.json()["error"]) == (404, "turn_unknown")
    assert "评价" in answer.json()["message"]
    assert judged() == {}


@pytest.mark.parametrize("helpful", ["yes", 1, "true", None, []])
def test_feedback_is_yes_or_no_and_nothing_else(
    ask: Ask, client: TestClient, helpful: object
) -> None:
    ask("你好", message_id="m1")
    judgement = {"sender": "citizen", "message_id": "m1", "helpful": helpful}
    assert client.post("/api/feedback", json=judgement).status_code == 422
    assert judged() == {}


@pytest.mark.parametrize(("word", "helpful"), [("helpful", True), ("unhelpful", False)])
def test_a_word_typed_in_the_chat_means_the_turn_before(
    ask: Ask, rasa: Backstage, word: str, helpful: bool
) -> None:
    for message_id in ("m1", "m2"):
        ask("你好", message_id=message_id)
    rasa.respond = says(said(outcome="feedback", feedback=word))
    ask("有没有用", message_id="m3")
    assert judged() == {"m2": helpful}


def test_a_word_as_the_first_message_is_answered_and_judges_nothing(
    ask: Ask, rasa: Backstage
) -> None:
    rasa.respond = says(said(outcome="feedback", feedback="unhelpful"))
    assert ask("没用")["outcome"] == "feedback"
    assert judged() == {}
