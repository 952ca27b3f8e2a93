"""What the assistant says to a question, to a choice, to small talk, and a second time."""

from typing import Any

import pytest

from actions.answer import (
    CONFIDENT,
    AnswerPolicy,
    ChooseOption,
    Complain,
    Emergency,
    OutOfScope,
    Ready,
    Repeat,
    SmallTalk,
    chosen,
)
from tests.unit import paper
from tests.unit.actions.conftest import See, outcomes, slots

OFFERED = [paper.PERMIT, paper.FEE, paper.OLD]
KNOWN, LIKELY, UNKNOWN = "灯笼许可怎么办", "路灯", "明天下雨吗"


def test_a_known_question_is_answered_and_its_article_remembered(see: See) -> None:
    turn = see(AnswerPolicy(), KNOWN, misses=3, offered=[paper.FEE])
    (said,) = turn.said
    assert (said["outcome"], said["article"]) == ("answered", paper.PERMIT)
    assert slots(turn) == {"misses": 0, "offered": [], "article": paper.PERMIT}


def test_an_unsure_answer_remembers_what_it_offered(see: See) -> None:
    turn = see(AnswerPolicy(), "灯笼", misses=1, about=paper.ROAD)
    assert outcomes(turn) == ["unsure"]
    assert slots(turn) == {"misses": 2, "offered": OFFERED}


@pytest.mark.parametrize(
    ("misses", "said"),
    [
        (0, ["nothing_found"]),
        (1, ["nothing_found", "utter_request_human"]),
        (2, ["nothing_found", "utter_request_human"]),
    ],
)
def test_the_second_miss_in_a_row_offers_a_person(see: See, misses: int, said: list[str]) -> None:
    turn = see(AnswerPolicy(), UNKNOWN, misses=misses)
    assert outcomes(turn) == said
    assert slots(turn)["misses"] == misses + 1


@pytest.mark.parametrize(
    ("text", "outcome"),
    [(KNOWN, "answered"), ("路面坏了", "not_ours"), ("以前的灯笼规定", "expired")],
)
def test_an_answer_ends_the_row_of_misses(see: See, text: str, outcome: str) -> None:
    turn = see(AnswerPolicy(), text, misses=5)
    assert outcomes(turn) == [outcome]
    assert slots(turn)["misses"] == 0


def test_a_follow_up_is_read_with_the_article_of_the_conversation(see: See) -> None:
    assert outcomes(see(AnswerPolicy(), "要多少钱")) == ["nothing_found"]
    (said,) = see(AnswerPolicy(), "要多少钱", about=paper.PERMIT).said
    assert said["article"] == paper.FEE


@pytest.mark.parametrize(
    ("action", "response"),
    [
        (OutOfScope(), "utter_out_of_scope"),
        (SmallTalk(), "utter_small_talk"),
        (Complain(), "utter_complain"),
    ],
)
def test_an_intent_is_overruled_by_confident_knowledge_only(
    see: See, action: Any, response: str
) -> None:
    assert outcomes(see(action, KNOWN)) == ["answered"]
    assert outcomes(see(action, "路面坏了")) == ["not_ours"]
    for text in (LIKELY, "灯笼", UNKNOWN):
        turn = see(action, text)
        assert (outcomes(turn), slots(turn)) == ([response], {})


def test_the_tables_cover_both_sides_of_confident() -> None:
    assert paper.ASKED["路面坏了"][paper.ROAD] > CONFIDENT > paper.ASKED[LIKELY][paper.ROAD]


def test_danger_overrules_small_talk(see: See) -> None:
    assert outcomes(see(SmallTalk(), "救命")) == ["emergency"]


def test_an_emergency_names_the_numbers_and_forgets_nothing(see: See) -> None:
    turn = see(Emergency(), "随便什么", about=paper.PERMIT)
    (said,) = turn.said
    assert said["outcome"] == "emergency"
    assert all(number in said["text"]["zh"] for number in ("110", "120", "119"))
    assert slots(turn) == {}


@pytest.mark.parametrize(
    ("text", "article"),
    [("1", paper.PERMIT), ("第二个", paper.FEE), ("B", paper.FEE)],
)
def test_a_choice_gets_the_article_that_was_offered_there(
    see: See, text: str, article: str
) -> None:
    turn = see(ChooseOption(), text, offered=OFFERED, misses=1)
    (said,) = turn.said
    assert (said["outcome"], said["article"]) == ("answered", article)
    assert slots(turn) == {"misses": 0, "offered": [], "article": article}


def test_an_offered_article_that_no_longer_holds_is_not_given_as_current(see: See) -> None:
    assert outcomes(see(ChooseOption(), "最后一个", offered=OFFERED)) == ["expired"]


def test_an_offered_article_that_is_gone_is_asked_for_anew(see: See) -> None:
    assert outcomes(see(ChooseOption(), "1", offered=["gone/away"])) == ["utter_choose_first"]


@pytest.mark.parametrize("offered", [[], OFFERED])
@pytest.mark.parametrize("text", ["都不是", "4", "灯笼"])
def test_a_choice_of_nothing_offered_is_asked_for_anew(
    see: See, text: str, offered: list[str]
) -> None:
    assert outcomes(see(ChooseOption(), text, offered=offered)) == ["utter_choose_first"]


def test_a_question_taken_for_a_choice_is_answered(see: See) -> None:
    assert outcomes(see(ChooseOption(), KNOWN)) == ["answered"]


def bot(custom: Any) -> dict[str, Any]:
    return {"event": "bot", "data": {"custom": custom}}


def test_the_last_reply_is_said_again_word_for_word(see: See) -> None:
    first, last = {"outcome": "a", "text": {}}, {"outcome": "b", "text": {"zh": "好", "en": "ok"}}
    history = [bot(first), bot(last), {"event": "user", "text": "再说一遍"}, bot(None)]
    turn = see(Repeat(), "再说一遍", history=history)
    assert turn.said == [last]
    assert slots(turn) == {}


@pytest.mark.parametrize(
    "history",
    [[], [{"event": "user", "text": "你好"}], [bot(None)], [{"event": "bot", "data": None}]],
)
def test_without_a_last_reply_there_is_nothing_to_repeat(see: See, history: list[Any]) -> None:
    assert outcomes(see(Repeat(), "再说一遍", history=history)) == ["utter_nothing_to_repeat"]


def test_ready_names_the_knowledge_it_reads(see: See) -> None:
    assert see(Ready(), "").said == [{"outcome": "ready", "fingerprint": "paper-1"}]


@pytest.mark.parametrize(
    ("text", "count", "place"),
    [
        ("1", 3, 0),
        ("3", 3, 2),
        ("4", 3, None),
        ("0", 3, None),
        ("10", 3, None),
        ("12", 3, None),
        (" 2 ", 3, 1),
        ("第2个", 3, 1),
        ("选2", 3, 1),
        ("第一个", 3, 0),
        ("第三条", 3, 2),
        ("二", 3, 1),
        ("第四个", 3, None),
        ("说一下第二个", 3, 1),
        ("我想看一看第三个", 3, 2),
        ("第十一个", 3, None),
        ("三十", 3, None),
        ("A", 3, 0),
        ("b", 3, 1),
        ("选C", 3, 2),
        ("d", 3, None),
        ("option b please", 3, 1),
        ("I'll take b", 3, 1),
        ("the first one", 3, 0),
        ("I want the second one", 3, 1),
        ("a third", 3, 2),
        ("最后一个", 3, 2),
        ("最下面那个", 2, 1),
        ("the last one", 3, 2),
        ("最后一个", 0, None),
        ("1", 0, None),
        ("都不是", 3, None),
        ("none of these", 3, None),
        ("", 3, None),
        ("灯笼", 3, None),
    ],
)
def test_a_choice_is_read_as_people_write_it(text: str, count: int, place: int | None) -> None:
    assert chosen(text, count) == place
