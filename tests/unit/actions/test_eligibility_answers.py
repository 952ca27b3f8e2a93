"""In a check an answer is read, a question in between is answered, and the fact asked again."""

from typing import Any

import pytest

from actions.eligibility import AskEligibility, EligibilityResult, StartEligibility
from actions.eligibility import ValidateEligibility as Validate
from tests.unit import paper
from tests.unit.actions.conftest import Talk

START = "我想测灯笼补助"
PRICE = "灯笼许可要30元吗"
"""A question with a number in it; knowledge knows the answer."""


@pytest.fixture(autouse=True)
def known_price(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(paper.ASKED, PRICE, {paper.FEE: 0.9})


def said_before(talk: Talk, *texts: str) -> Talk:
    for text in (START, *texts):
        talk.say(text)
    return talk


@pytest.mark.parametrize(
    ("before", "text", "fact", "value", "then"),
    [
        ((), "三口人", "members", "3", "income"),
        ((), "3", "members", "3", "income"),
        ((), "三個人", "members", "3", "income"),
        (("3",), "两千三", "income", "2300", "fee"),
        (("3",), "一年24000", "income", "2000", "fee"),
        (("3",), "没有", "income", "0", "fee"),
        (("3", "90"), "20.5", "fee", "20.5", "lit"),
        (("3", "90", "20"), "不是", "lit", False, "shape"),
        (("3", "90", "20"), "no", "lit", False, "shape"),
    ],
)
def test_an_answer_is_read_and_the_next_fact_asked(
    talk: Talk, before: tuple[str, ...], text: str, fact: str, value: Any, then: str
) -> None:
    talk = said_before(talk, *before)
    assert talk.say(text) == ["asking"]
    assert (talk.held["told"][fact], talk.held["asked"], talk.asked) == (value, then, f"{then}？")


@pytest.mark.parametrize("text", ["圆的", "round", "圓的", "1"])
def test_the_last_answer_closes_the_form_with_the_result(talk: Talk, text: str) -> None:
    talk = said_before(talk, "3", "90", "20", "不是")
    assert (talk.say(text), talk.open) == (["eligibility"], False)
    assert "**符合条件**" in talk.asked


@pytest.mark.parametrize("text", ["不知道", "不太清楚。", "唔知", "don't know", "I’m not sure"])
def test_i_do_not_know_is_an_answer_and_not_asked_again(talk: Talk, text: str) -> None:
    talk = said_before(talk, "3", "90", "20")
    assert (talk.say(text), talk.asked) == (["asking"], "shape？")
    assert talk.held["told"]["lit"] is None
    assert talk.say(text) == ["eligibility"]
    assert "**还说不准**" in talk.asked


@pytest.mark.parametrize(
    ("before", "text", "word"),
    [
        ((), "好多人", "一个数"),
        ((), "0", "1 到 30"),
        ((), "31", "1 到 30"),
        ((), "", "一个数"),
        (("3",), "2000到3000", "一个数"),
        (("3",), "-5", "负数"),
        (("3",), "2000和3000", "一个数"),
        (("3", "90", "20"), "看情况", "“是”或“不是”"),
        (("3", "90", "20", "不是"), "三角的", "圆的、方的"),
    ],
)
def test_what_is_not_understood_is_said_so_and_asked_again(
    talk: Talk, before: tuple[str, ...], text: str, word: str
) -> None:
    talk = said_before(talk, *before)
    asked, held = talk.asked, talk.held
    assert talk.say(text) == ["asking", "asking"]
    first = talk.said[0]
    assert isinstance(first, dict)
    assert word in first["text"]["zh"]
    assert first["text"]["en"]
    assert (talk.asked, talk.held) == (asked, held)


@pytest.mark.parametrize(
    ("before", "text"),
    [(("3",), "三口人"), (("3",), "3 people"), ((), "30元"), ((), "3 yuan")],
    ids=["people for money", "people for money, in English", "money for people", "yuan for people"],
)
def test_an_answer_to_another_question_is_asked_again(
    talk: Talk, before: tuple[str, ...], text: str
) -> None:
    talk = said_before(talk, *before)
    asked, held = talk.asked, talk.held
    assert talk.say(text) == ["asking", "asking"]
    assert (talk.asked, talk.held) == (asked, held)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("灯笼许可怎么办", "answered"),
        ("灯笼许可怎么办？", "answered"),
        ("How do I get a lantern permit", "answered"),
        ("路面坏了", "not_ours"),
        ("以前的灯笼规定", "expired"),
        ("救命", "emergency"),
        (PRICE, "answered"),
    ],
)
@pytest.mark.parametrize("before", [(), ("3",), ("3", "90", "20"), ("3", "90", "20", "不是")])
def test_a_question_in_between_is_answered_and_the_fact_asked_again(
    talk: Talk, before: tuple[str, ...], text: str, outcome: str
) -> None:
    talk = said_before(talk, *before)
    asked, held = talk.asked, talk.held
    assert talk.say(text) == [outcome, "asking"]
    assert (talk.asked, talk.held) == (asked, held)
    assert talk.open


def test_an_answer_in_between_is_where_the_conversation_is_at_later(talk: Talk) -> None:
    said_before(talk, "3").say("路面坏了")
    assert talk.slots["article"] == paper.ROAD


@pytest.mark.parametrize(
    "text",
    [PRICE, "30块以下都算吗？", "是按30算么", "30 块够不够?", "what if it is 30", "is 30 ok?"],
)
def test_a_number_inside_a_question_is_not_taken_as_the_answer(talk: Talk, text: str) -> None:
    talk = said_before(talk, "3")
    talk.say(text)
    assert (talk.held["told"], talk.asked) == ({"members": "3"}, "income？")


def test_a_question_nobody_can_answer_gets_a_word_and_the_fact_again(talk: Talk) -> None:
    assert said_before(talk, "3").say("这个怎么算呢") == ["asking", "asking"]
    assert talk.asked == "income？"


def test_a_short_answer_is_an_answer_whatever_knowledge_finds(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(paper.ASKED, "3口人呢", {paper.FEE: 0.99})
    assert said_before(talk).say("3口人呢") == ["asking"]
    assert talk.held["told"] == {"members": "3"}


def test_a_region_told_instead_of_an_answer_may_leave_nothing_to_ask(talk: Talk) -> None:
    said_before(talk, "3", "90").region = "风铃县"
    assert talk.say("我在风铃县")[-1] == "eligibility"
    assert "40 元/人·次" in talk.asked


def test_the_actions_have_the_names_rasa_calls_them_by() -> None:
    actions = (StartEligibility(), AskEligibility(), Validate(), EligibilityResult())
    assert [action.name() for action in actions] == [
        "action_eligibility_start",
        "action_ask_eligibility_answer",
        "validate_eligibility_form",
        "action_eligibility_result",
    ]
