"""A message in, a reply out: rendered, repeatable, remembered."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

import wiring
from office.store.conversations import Gap
from tests.unit import paper
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, Stage, said, says


def test_a_message_gets_rasa_s_reply_with_all_that_belongs_to_it(ask: Ask, rasa: Backstage) -> None:
    source = {
        "law": "灯笼条例",
        "article": "第三条",
        "in_force": "2020-01-01",
        "verified": True,
        "note": "",
        "region": "national",
        "reviewed_on": "2026-01-05",
    }
    button = {"title": {"zh": "费用", "en": "Fee"}, "text": {"zh": "多少钱", "en": "How much"}}
    rasa.respond = says(
        said("先等一下。"),
        said("带灯笼来。", outcome="answered", article=paper.PERMIT, sources=[source]),
        said("还要问吗？", buttons=[button]),
    )
    reply = ask("灯笼许可怎么办", message_id="m1", language="zh-Hans")
    assert (reply["message_id"], reply["language"], reply["degraded"]) == ("m1", "zh-Hans", False)
    assert (reply["outcome"], reply["sources"]) == ("answered", [source])
    assert [one["text"] for one in reply["replies"]] == ["先等一下。", "带灯笼来。", "还要问吗？"]
    assert reply["replies"][2]["buttons"] == [{"title": "费用", "text": "多少钱"}]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("灯笼许可怎么办", None, "灯笼请拨 0000-1234"),
        ("燈籠許可怎麼辦", None, "燈籠請撥 0000-1234"),
        ("How do I get a permit", None, "Lantern: call 0000-1234"),
        ("灯笼许可怎么办", "zh-Hans", "灯笼请拨 0000-1234"),
        ("灯笼许可怎么办", "zh-Hant", "燈籠請撥 0000-1234"),
        ("燈籠許可怎麼辦", "zh-Hans", "燈籠請撥 0000-1234"),
        ("灯笼许可怎么办", "en", "Lantern: call 0000-1234"),
        ("How do I get a permit", "zh-Hans", "Lantern: call 0000-1234"),
        ("12345", None, "灯笼请拨 0000-1234"),
        ("12345", "en", "Lantern: call 0000-1234"),
    ],
)
def test_a_reply_comes_in_the_citizen_s_language_and_script(
    ask: Ask, rasa: Backstage, text: str, language: str | None, expected: str
) -> None:
    rasa.respond = says(said("灯笼请拨 [[hotline]]", "Lantern: call [[hotline]]"))
    more = {"language": language} if language else {}
    assert ask(text, **more)["replies"][0]["text"] == expected


def test_a_repeated_message_gets_the_first_reply_again(ask: Ask, rasa: Backstage) -> None:
    first = ask("你好", message_id="m1")
    rasa.respond = says(said("别的话"))
    assert ask("你好", message_id="m1") == first
    assert ask("换了字也一样", message_id="m1") == first
    assert rasa.texts == ["你好"]


def test_the_same_message_id_of_another_sender_is_another_message(
    ask: Ask, rasa: Backstage
) -> None:
    ask("你好", sender="a", message_id="m1")
    rasa.respond = says(said("别的话"))
    assert ask("你好", sender="b", message_id="m1")["replies"][0]["text"] == "别的话"


def test_messages_without_an_id_are_all_new(ask: Ask, rasa: Backstage) -> None:
    assert ask("你好")["message_id"] != ask("你好")["message_id"]
    assert rasa.texts == ["你好", "你好"]


def test_a_repeated_message_gets_the_first_reply_even_after_a_restart(
    ask: Ask, stage: Stage, rasa: Backstage
) -> None:
    first = ask("你好", message_id="m1")
    with TestClient(stage.app) as again:
        repeated = again.post(
            "/api/chat", json={"sender": "citizen", "text": "你好", "message_id": "m1"}
        )
    assert repeated.json() == first
    assert rasa.texts == ["你好"]


def test_what_reaches_rasa_is_the_cleaned_text(ask: Ask, rasa: Backstage) -> None:
    ask("  你\u200b好\u0007\n\n我想问  灯笼（１）")
    assert rasa.texts == ["你好 我想问 灯笼(1)"]


@pytest.mark.parametrize(
    "text", ["/restart", "//restart", " / /restart", "／restart", "\u200b/restart"]
)
def test_leading_slashes_cannot_reach_rasa_as_commands(
    ask: Ask, rasa: Backstage, text: str
) -> None:
    ask(text)
    assert rasa.texts == ["restart"]


def test_an_intent_payload_reaches_rasa_as_words(ask: Ask, rasa: Backstage) -> None:
    ask('/request_human{"article": "a/b"}')
    assert rasa.texts == ['request_human{"article": "a/b"}']


@pytest.mark.parametrize("text", ["", " ", "\u200b\u2060", "/", "///", "\u0000\n\t"])
def test_a_message_without_words_is_answered_and_never_reaches_rasa(
    ask: Ask, rasa: Backstage, text: str
) -> None:
    reply = ask(text)
    assert (reply["outcome"], reply["degraded"]) == ("nothing_found", False)
    assert rasa.asked == []


@pytest.mark.parametrize("text", ["他拿着刀要砍我", "有人晕倒了", "I want to kill myself"])
def test_an_emergency_is_answered_at_once_and_never_reaches_rasa(
    ask: Ask, rasa: Backstage, text: str
) -> None:
    reply = ask(text)
    assert (reply["outcome"], reply["degraded"]) == ("emergency", False)
    assert all(number in reply["replies"][0]["text"] for number in ("110", "120", "0000-1234"))
    assert rasa.asked == []


def test_an_emergency_is_answered_with_everything_else_down(ask: Ask, stage: Stage) -> None:
    stage.lose_index()
    stage.rasa.respond = says()
    ask("灯笼许可怎么办")
    assert ask("着火了！")["outcome"] == "emergency"


@pytest.mark.parametrize(
    ("switch", "language", "confirmed", "later"),
    [
        ("换成英文", "en", "All right.", "Lantern"),
        ("换成繁体中文", "zh-Hant", "好的，燈籠。", "燈籠"),
        ("Switch to Simplified Chinese", "zh-Hans", "好的，灯笼。", "灯笼"),
    ],
)
def test_a_language_asked_for_in_the_chat_is_confirmed_in_it_and_kept(
    ask: Ask, rasa: Backstage, switch: str, language: str, confirmed: str, later: str
) -> None:
    rasa.respond = says(said("好的，灯笼。", "All right.", language=language))
    switched = ask(switch)
    assert (switched["language"], switched["replies"][0]["text"]) == (language, confirmed)
    rasa.respond = says(said("灯笼", "Lantern"))
    then = ask("灯笼许可怎么办")
    assert (then["language"], then["replies"][0]["text"]) == (language, later)


def test_a_language_switched_by_one_citizen_is_not_switched_for_another(
    ask: Ask, rasa: Backstage
) -> None:
    rasa.respond = says(said(language="en"))
    ask("换成英文", sender="a")
    rasa.respond = says(said())
    assert ask("你好", sender="b")["language"] == "zh-Hans"


def test_a_language_chosen_on_the_page_is_kept_for_messages_without_one(ask: Ask) -> None:
    ask("你好", language="en")
    assert ask("你好")["language"] == "en"
    ask("你好", language="zh-Hant")
    assert ask("你好")["language"] == "zh-Hant"


@pytest.mark.parametrize("outcome", ["unsure", "nothing_found"])
def test_a_question_without_a_sure_answer_is_noted_for_the_staff(
    ask: Ask, rasa: Backstage, outcome: str
) -> None:
    rasa.respond = says(said(outcome=outcome))
    ask("灯笼")
    hits = [
        {"article": paper.PERMIT, "probability": 0.4},
        {"article": paper.FEE, "probability": 0.3},
        {"article": paper.OLD, "probability": 0.2},
    ]
    assert [replace(gap, day=None) for gap in wiring.conversations().gaps()] == [
        Gap("灯笼", outcome, hits, "web")
    ]


@pytest.mark.parametrize("outcome", ["answered", "not_ours", "expired", "said"])
def test_other_questions_are_not_noted(ask: Ask, rasa: Backstage, outcome: str) -> None:
    rasa.respond = says(said(outcome=outcome))
    ask("灯笼")
    assert wiring.conversations().gaps() == []


def test_a_repeated_message_is_noted_once(ask: Ask, rasa: Backstage) -> None:
    rasa.respond = says(said(outcome="unsure"))
    for _ in range(3):
        ask("灯笼", message_id="m1")
    assert len(wiring.conversations().gaps()) == 1


def test_a_gap_is_noted_even_when_search_is_down(ask: Ask, stage: Stage) -> None:
    stage.break_knowledge()
    stage.rasa.respond = says(said(outcome="nothing_found"))
    ask("灯笼")
    assert [replace(gap, day=None) for gap in wiring.conversations().gaps()] == [
        Gap("灯笼", "nothing_found", [], "web")
    ]
