"""Whatever breaks on the way, a reply comes: Rasa, then knowledge, then the hotline."""

import asyncio
import gzip

import httpx
import pytest

import wiring
from tests.unit import paper
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import ENVIRONMENT, Backstage, Responds, Stage, fails, said, says

REST = float(ENVIRONMENT["RETRY_RASA_AFTER"])


def answers(content: bytes = b"", status: int = 200, **headers: str) -> Responds:
    return lambda _: httpx.Response(status, content=content, headers=headers)


BROKEN: dict[str, Responds] = {
    "too slow to connect": fails(httpx.ConnectTimeout),
    "too slow to answer": fails(httpx.ReadTimeout),
    "not there": fails(httpx.ConnectError),
    "hangs up": fails(httpx.RemoteProtocolError),
    "hangs up while answering": fails(httpx.ReadError),
    "server error": answers(b"[]", 500),
    "bad gateway": answers(b"<html>502</html>", 502),
    "not found": answers(b"{}", 404),
    "a redirect": answers(b"", 302, location="http://127.0.0.1/elsewhere"),
    "no content": answers(),
    "html": answers(b"<!doctype html><p>hello"),
    "half a json": answers(b'[{"custom": {"text":'),
    "not utf-8": answers(b'["\xff\xfe"]'),
    "spoilt compression": answers(gzip.compress(b"[]")[:12], **{"content-encoding": "gzip"}),
    "null": answers(b"null"),
    "an object": answers(b'{"status": "failure"}'),
    "a number": answers(b"7"),
    "nothing said": says(),
    "a plain text": says({"recipient_id": "a", "text": "hi"}),
    "an image": says({"recipient_id": "a", "image": "http://x/y.png"}),
    "custom is a text": says({"custom": "hi"}),
    "custom is null": says({"custom": None}),
    "custom without text": says({"custom": {"outcome": "ready"}}),
    "custom without outcome": says({"custom": {"text": {"zh": "好", "en": "well"}}}),
    "custom in one language": says({"custom": {"outcome": "x", "text": {"zh": "好"}}}),
    "custom with a bare text": says({"custom": {"outcome": "x", "text": "好"}}),
    "custom with a number for text": says({"custom": {"outcome": "x", "text": {"zh": 1, "en": 2}}}),
    "one good, one broken": says(said(), {"text": "hi"}),
    "one good, one no object": answers(
        b'[{"custom": {"outcome": "x", "text": {"zh": "a", "en": "b"}}}, 3]'
    ),
}


@pytest.mark.parametrize("respond", BROKEN.values(), ids=BROKEN.keys())
def test_when_rasa_fails_knowledge_answers(ask: Ask, rasa: Backstage, respond: Responds) -> None:
    rasa.respond = respond
    reply = ask("灯笼许可怎么办")
    assert (reply["degraded"], reply["outcome"]) == (True, "answered")
    (said_,) = reply["replies"]
    assert said_["text"] == "“怎样领灯笼许可”：请带灯笼来，电话 0000-1234。"
    assert said_["article"] == paper.PERMIT
    assert [source["law"] for source in reply["sources"]] == ["灯笼条例"]


def test_rasa_that_never_answers_is_not_waited_for(
    ask: Ask, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_: dict[str, str]) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(stage.app.state.chat.rasa, "_deadline", 0.05)
    stage.rasa.respond = silent
    assert ask("灯笼许可怎么办")["degraded"] is True


@pytest.mark.parametrize(
    ("text", "outcome", "article"),
    [
        ("灯笼许可怎么办？", "answered", paper.PERMIT),
        ("路面坏了", "not_ours", paper.ROAD),
        ("以前的灯笼规定", "expired", paper.OLD),
        ("灯笼", "unsure", None),
        ("明天下雨吗", "nothing_found", None),
        ("???", "nothing_found", None),
    ],
)
def test_every_outcome_of_knowledge_comes_through_without_rasa(
    ask: Ask, rasa: Backstage, text: str, outcome: str, article: str | None
) -> None:
    rasa.respond = says()
    reply = ask(text)
    assert reply["degraded"] is True
    assert (reply["outcome"], reply["replies"][0]["article"]) == (outcome, article)


def test_an_unsure_answer_without_rasa_offers_the_likely_articles(
    ask: Ask, rasa: Backstage
) -> None:
    rasa.respond = says()
    buttons = ask("灯笼")["replies"][0]["buttons"]
    assert [button["title"] for button in buttons] == [
        "怎样领灯笼许可",
        "灯笼许可的费用",
        "灯笼旧规定",
    ]
    assert ask(buttons[0]["text"])["replies"][0]["article"] == paper.PERMIT


def test_without_rasa_a_follow_up_is_still_read_with_its_topic(ask: Ask, rasa: Backstage) -> None:
    rasa.respond = says()
    assert ask("要多少钱")["outcome"] == "nothing_found"
    ask("灯笼许可怎么办")
    assert ask("要多少钱")["replies"][0]["article"] == paper.FEE
    assert ask("要多少钱", sender="another")["outcome"] == "nothing_found"


def test_a_word_in_between_does_not_make_the_topic_forgotten(ask: Ask, stage: Stage) -> None:
    stage.rasa.respond = says(said(outcome="answered", article=paper.PERMIT))
    ask("灯笼许可怎么办")
    stage.rasa.respond = says(said(outcome="thank"))
    ask("谢谢")
    stage.rasa.respond = says()
    assert ask("要多少钱")["replies"][0]["article"] == paper.FEE


def test_gaps_are_noted_without_rasa_too(ask: Ask, rasa: Backstage) -> None:
    rasa.respond = says()
    for text in ("灯笼", "明天下雨吗", "灯笼许可怎么办"):
        ask(text)
    noted = [(gap.question, gap.outcome) for gap in wiring.conversations().gaps()]
    assert noted == [("明天下雨吗", "nothing_found"), ("灯笼", "unsure")]


def test_after_a_failure_rasa_is_left_alone_for_a_while_and_then_asked_again(
    ask: Ask, stage: Stage
) -> None:
    stage.rasa.respond = fails(httpx.ConnectError)
    ask("一")
    stage.rasa.respond = says(said())
    stage.clock.seconds += REST - 1
    assert ask("二")["degraded"] is True
    assert stage.rasa.texts == ["一"]
    stage.clock.seconds += 2
    assert ask("三")["degraded"] is False
    assert stage.rasa.texts == ["一", "三"]


def test_a_reply_that_was_degraded_stays_so_when_it_is_repeated(ask: Ask, stage: Stage) -> None:
    stage.rasa.respond = says()
    first = ask("灯笼许可怎么办", message_id="m1")
    stage.rasa.respond = says(said())
    stage.clock.seconds += REST + 1
    assert ask("灯笼许可怎么办", message_id="m1") == first


@pytest.mark.parametrize("breaks", [Stage.break_knowledge, Stage.lose_index])
@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "请拨打 0000-1234"), ("en", "Call 0000-1234")]
)
def test_when_knowledge_is_down_too_the_hotline_is_named(
    ask: Ask, stage: Stage, breaks: type, language: str, words: str
) -> None:
    stage.rasa.respond = says()
    breaks(stage)
    reply = ask("灯笼许可怎么办", language=language)
    assert (reply["degraded"], reply["outcome"]) == (True, "unavailable")
    assert words in reply["replies"][0]["text"]


def test_when_knowledge_is_down_too_the_most_asked_can_still_be_read(
    ask: Ask, stage: Stage
) -> None:
    stage.rasa.respond = says()
    stage.lose_index()
    offered = ask("灯笼许可怎么办")["replies"][0]["buttons"]
    answers = [ask(button["text"]) for button in offered]
    assert len(offered) >= 3
    assert {answer["outcome"] for answer in answers} == {"answered"}
    assert all(answer["sources"] for answer in answers)
    assert [answer["replies"][0]["title"] for answer in answers] == [
        button["title"] for button in offered
    ]


def test_rasa_alone_is_enough_when_knowledge_is_down(ask: Ask, stage: Stage) -> None:
    stage.lose_index()
    assert ask("你好")["degraded"] is False


def test_knowledge_that_comes_back_answers_again(ask: Ask, stage: Stage) -> None:
    whole = stage.shelf
    stage.rasa.respond = says()
    stage.lose_index()
    assert ask("灯笼许可怎么办")["outcome"] == "unavailable"
    stage.shelf = whole
    assert ask("灯笼许可怎么办")["outcome"] == "answered"
