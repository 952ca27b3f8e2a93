"""A citizen's word on a reply is kept with its turn, pressed or typed."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

import wiring
from office.privacy import tokens_in, without_tokens
from office.schema import feedback, turns
from office.store.conversations import Gap
from tests.unit import paper
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, Stage, said, says


def judged() -> dict[str, bool]:
    """What was kept, by message id."""
    query = select(turns.c.message_id, feedback.c.helpful).join_from(turns, feedback)
    with wiring.conversations()._engine.connect() as connection:
        return {row.message_id: row.helpful for row in connection.execute(query)}


def judge(client: TestClient, message_id: str, helpful: bool, sender: str = "citizen") -> int:
    judgement = {"sender": sender, "message_id": message_id, "helpful": helpful}
    return client.post("/api/feedback", json=judgement).status_code


def gaps() -> list[Gap]:
    """What was noted for the staff, newest first, without the day."""
    return [replace(gap, day=None) for gap in wiring.conversations().gaps()]


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


QUESTION = "灯笼许可怎么办"
HITS = [
    {"article": paper.PERMIT, "probability": 0.97},
    {"article": paper.FEE, "probability": 0.02},
]


def answered(ask: Ask, rasa: Backstage, text: str = QUESTION, message_id: str = "m1") -> None:
    """A turn that was answered, so that nothing is noted of it but for a word on it."""
    rasa.respond = says(said(outcome="answered"))
    ask(text, message_id=message_id)
    assert gaps() == []


def test_an_unhelpful_answer_leaves_the_question_with_its_hits_for_the_staff(
    ask: Ask, client: TestClient, rasa: Backstage
) -> None:
    answered(ask, rasa)
    judge(client, "m1", False)
    assert gaps() == [Gap(QUESTION, "unhelpful", HITS, "web")]


def test_the_question_it_leaves_is_masked(ask: Ask, client: TestClient, rasa: Backstage) -> None:
    answered(ask, rasa, "灯笼许可，我的号码是１３８ 0000 1234，身份证110105199003078211")
    judge(client, "m1", False)
    (gap,) = gaps()
    assert gap.question == "灯笼许可,我的号码是〔电话号码〕,身份证〔身份证号〕"
    assert gap.outcome == "unhelpful"


@pytest.mark.parametrize("times", [2, 3])
def test_however_often_an_answer_is_called_unhelpful_it_is_noted_once(
    ask: Ask, client: TestClient, rasa: Backstage, times: int
) -> None:
    answered(ask, rasa)
    assert [judge(client, "m1", False) for _ in range(times)] == [204] * times
    assert gaps() == [Gap(QUESTION, "unhelpful", HITS, "web")]


def test_each_unhelpful_turn_is_noted_for_itself(
    ask: Ask, client: TestClient, rasa: Backstage
) -> None:
    answered(ask, rasa)
    ask("路面坏了", message_id="m2")
    ask(QUESTION, sender="another", message_id="m1")
    for message_id, sender in (("m1", "citizen"), ("m2", "citizen"), ("m1", "another")):
        judge(client, message_id, False, sender)
    assert [gap.question for gap in gaps()] == [QUESTION, "路面坏了", QUESTION]


def test_an_answer_found_helpful_after_all_is_noted_no_more(
    ask: Ask, client: TestClient, rasa: Backstage
) -> None:
    answered(ask, rasa)
    ask("路面坏了", message_id="m2")
    for message_id in ("m1", "m2"):
        judge(client, message_id, False)
    judge(client, "m1", True)
    assert [gap.question for gap in gaps()] == ["路面坏了"]
    judge(client, "m1", False)
    assert [gap.question for gap in gaps()] == [QUESTION, "路面坏了"]


def test_a_helpful_answer_leaves_nothing(ask: Ask, client: TestClient, rasa: Backstage) -> None:
    answered(ask, rasa)
    judge(client, "m1", True)
    assert gaps() == []


@pytest.mark.parametrize("words", [[False], [True], [False, True], [True, False]])
def test_a_question_without_a_sure_answer_stays_noted_as_such_whatever_is_said_of_it(
    ask: Ask, client: TestClient, rasa: Backstage, words: list[bool]
) -> None:
    rasa.respond = says(said(outcome="unsure"))
    ask(QUESTION, message_id="m1")
    for helpful in words:
        judge(client, "m1", helpful)
    assert gaps() == [Gap(QUESTION, "unsure", HITS, "web")]


def test_a_word_of_somebody_else_leaves_nothing(
    ask: Ask, client: TestClient, rasa: Backstage
) -> None:
    answered(ask, rasa)
    assert judge(client, "m1", False, sender="another") == 404
    assert gaps() == []


def test_an_emergency_leaves_no_question_whatever_is_said_of_it(
    ask: Ask, client: TestClient
) -> None:
    assert ask("他拿着刀要砍我", message_id="m1")["outcome"] == "emergency"
    assert wiring.conversations().asked("citizen", "m1") is None
    assert judge(client, "m1", False) == 204
    assert judged() == {"m1": False}
    assert gaps() == []


def test_a_turn_keeps_its_masked_question_and_its_channel(ask: Ask) -> None:
    ask("灯笼 13800001234", message_id="m1")
    asked = wiring.conversations().asked("citizen", "m1")
    assert asked is not None
    assert (without_tokens(asked.question), asked.channel) == ("灯笼 〔电话号码〕", "web")
    assert len(tokens_in(asked.question)) == 1


def test_an_unhelpful_answer_is_noted_even_when_search_is_down(
    ask: Ask, client: TestClient, stage: Stage
) -> None:
    answered(ask, stage.rasa)
    stage.break_knowledge()
    judge(client, "m1", False)
    assert gaps() == [Gap(QUESTION, "unhelpful", [], "web")]


def test_an_answer_given_without_rasa_is_noted_too(
    ask: Ask, client: TestClient, rasa: Backstage
) -> None:
    rasa.respond = says()
    assert ask(QUESTION, message_id="m1")["degraded"] is True
    judge(client, "m1", False)
    assert gaps() == [Gap(QUESTION, "unhelpful", HITS, "web")]


@pytest.mark.parametrize("times", [1, 2])
def test_a_word_typed_in_the_chat_leaves_the_question_before_it_and_never_itself(
    ask: Ask, rasa: Backstage, times: int
) -> None:
    answered(ask, rasa)
    rasa.respond = says(said(outcome="feedback", feedback="unhelpful"))
    for _ in range(times):
        ask("没用")
    assert gaps() == [Gap(QUESTION, "unhelpful", HITS, "web")]


def test_an_unhelpful_word_taken_back_in_the_chat_leaves_nothing(ask: Ask, rasa: Backstage) -> None:
    answered(ask, rasa)
    for word, text in (("unhelpful", "没用"), ("helpful", "哦，有用")):
        rasa.respond = says(said(outcome="feedback", feedback=word))
        ask(text)
    assert gaps() == []
