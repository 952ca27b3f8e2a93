"""A check opens with the right question, can be left and resumed, and is forgotten when done."""

from typing import Any

import pytest

from tests.unit import paper
from tests.unit.actions.conftest import Talk

BEGINS, GOES_ON = "utter_eligibility_begins", "utter_eligibility_goes_on"
LEFT, HUMAN = "utter_eligibility_left", "utter_request_human"
LANTERN, ROAD = "我想测灯笼补助", "帮我测修路补助"
LEAVING = ["算了", "算了吧", "算了。", "不测了", "先不测了", "退出", "不用了", "以后再说", "再见"]
LEAVING += ["不測了", "結束", "算了，不测了", "stop", "Stop.", "Never mind"]
CALLING = ["转人工", "人工", "我要找人工客服", "帮我转人工", "轉人工", "human"]
CALLING += ["I want to talk to a person", "I want to talk to a real person"]


@pytest.fixture
def halfway(talk: Talk) -> Talk:
    """Three people, asked for their income."""
    for text in (LANTERN, "3"):
        talk.say(text)
    assert (talk.held["told"], talk.held["asked"]) == ({"members": "3"}, "income")
    return talk


def test_a_check_opens_with_a_word_and_its_first_question(talk: Talk) -> None:
    assert talk.say(LANTERN) == [BEGINS, "asking"]
    assert talk.asked == "members？"
    assert talk.held == {"check": "lantern", "told": {}, "asked": "members", "left": False}


@pytest.mark.parametrize("text", ["我家3口人能领灯笼补助吗", "灯补，月收入 2000"])
def test_the_message_that_opens_a_check_is_no_answer_yet(talk: Talk, text: str) -> None:
    talk.say(text)
    assert (talk.asked, talk.held["told"]) == ("members？", {})


@pytest.mark.parametrize(
    ("text", "article", "check"),
    [
        ("帮我测修路补助", None, "road"),
        ("road grant please", None, "road"),
        ("帮我测修路补助", paper.PERMIT, "road"),
        ("灯笼补助和修路补助", None, "road"),
        ("灯笼许可怎么办", paper.ROAD, "lantern"),
        ("灯笼", paper.ROAD, "lantern"),
        ("路灯", None, "road"),
        ("我够格吗", paper.ROAD, "road"),
        ("我够格吗", paper.FEE, "lantern"),
    ],
    ids=[
        "named",
        "English",
        "not of the talk",
        "last",
        "answer",
        "unsure",
        "likely",
        "talk",
        "fee",
    ],
)
def test_the_check_is_named_or_that_of_the_answer_or_that_of_the_conversation(
    talk: Talk, text: str, article: str | None, check: str
) -> None:
    talk.slots["article"] = article
    talk.say(text)
    assert talk.held["check"] == check


@pytest.mark.parametrize("chosen", ["灯笼补助", "Lantern grant", "灯补", "燈籠補助"])
def test_where_no_check_is_meant_it_is_asked_which(talk: Talk, chosen: str) -> None:
    assert talk.say("我够格吗") == [BEGINS, "asking"]
    titles = [button["title"] for button in _last(talk)["buttons"]]
    assert [title["zh"] for title in titles] == ["灯笼补助", "修路补助"]
    assert [button["text"] for button in _last(talk)["buttons"]] == titles
    assert talk.say(chosen) == ["asking"]
    assert (talk.asked, talk.held["check"], talk.held["told"]) == ("members？", "lantern", {})


@pytest.mark.parametrize(
    ("text", "said"),
    [("随便", ["asking"]), ("2", ["asking"]), ("灯笼许可怎么办", ["answered", "asking"])],
)
def test_which_check_is_asked_again_until_one_is_named(
    talk: Talk, text: str, said: list[str]
) -> None:
    talk.say("我够格吗")
    which = talk.asked
    assert (talk.say(text), talk.asked) == (said, which)
    talk.say("灯补")
    assert talk.asked == "members？"


@pytest.mark.parametrize("text", LEAVING)
@pytest.mark.parametrize("first", [LANTERN, "我够格吗"])
def test_a_check_can_be_left_at_any_question(talk: Talk, first: str, text: str) -> None:
    talk.say(first)
    assert (talk.say(text), talk.open) == ([LEFT], False)


@pytest.mark.parametrize("text", CALLING)
@pytest.mark.parametrize("first", [LANTERN, "我够格吗"])
def test_who_asks_for_a_person_leaves_and_is_told_how(talk: Talk, first: str, text: str) -> None:
    talk.say(first)
    assert (talk.say(text), talk.open) == ([HUMAN], False)


@pytest.mark.parametrize("text", ["停电了", "我们家不停地搬家", "人工费 3000", "结束了吗"])
def test_words_that_only_sound_like_leaving_do_not_leave(halfway: Talk, text: str) -> None:
    halfway.say(text)
    assert halfway.open


def test_leaving_keeps_what_was_told_for_later(halfway: Talk) -> None:
    halfway.say("算了")
    assert halfway.held == {
        "check": "lantern",
        "told": {"members": "3"},
        "asked": None,
        "left": True,
    }


@pytest.mark.parametrize("text", ["继续测", "我够格吗", "灯笼补助", "灯笼许可怎么办", "continue"])
@pytest.mark.parametrize("way_out", ["算了", "转人工"])
def test_a_check_that_was_left_goes_on_where_it_was(halfway: Talk, text: str, way_out: str) -> None:
    halfway.say(way_out)
    assert halfway.say(text) == [GOES_ON, "asking"]
    assert (halfway.asked, halfway.held["told"]) == ("income？", {"members": "3"})
    assert halfway.held["left"] is False


@pytest.mark.parametrize("between", ["路面坏了", "灯笼许可怎么办"])
@pytest.mark.parametrize("text", ["继续测", "Continue the check"])
def test_a_check_goes_on_even_after_talk_of_something_else(
    halfway: Talk, between: str, text: str
) -> None:
    halfway.say(between)
    halfway.say("算了")
    assert halfway.say(text) == [GOES_ON, "asking"]
    assert (halfway.asked, halfway.held["told"]) == ("income？", {"members": "3"})


@pytest.mark.parametrize("text", ["重新测", "从头再来", "重新測", "從頭測一遍", "start over"])
def test_a_check_begins_anew_when_the_citizen_says_so(halfway: Talk, text: str) -> None:
    halfway.say("算了")
    assert halfway.say(text) == [BEGINS, "asking"]
    assert (halfway.asked, halfway.held["check"], halfway.held["told"]) == (
        "members？",
        "lantern",
        {},
    )


@pytest.mark.parametrize("text", [ROAD, "重新测修路补助"])
def test_another_check_begins_with_nothing_told(halfway: Talk, text: str) -> None:
    halfway.say("算了")
    assert halfway.say(text) == [BEGINS, "asking"]
    assert (halfway.asked, halfway.held["told"]) == ("broken？", {})


def test_a_check_left_before_anything_was_told_begins_again(talk: Talk) -> None:
    talk.say(LANTERN)
    talk.say("算了")
    assert talk.say("继续测") == [BEGINS, "asking"]
    assert talk.asked == "members？"


def test_with_the_last_answer_comes_the_result_and_everything_is_forgotten(talk: Talk) -> None:
    for text, said in ((ROAD, [BEGINS, "asking"]), ("是", ["eligibility"])):
        assert talk.say(text) == said
    assert "**符合条件**" in talk.asked
    assert _last(talk)["sources"]
    assert talk.open is False
    kept = {name: talk.slots[name] for name in ("eligibility", "eligibility_answer", "article")}
    assert kept == {"eligibility": None, "eligibility_answer": None, "article": paper.ROAD}


def test_after_its_result_a_check_begins_anew(talk: Talk) -> None:
    for text in (ROAD, "是"):
        talk.say(text)
    assert talk.say("再测一次修路补助") == [BEGINS, "asking"]
    assert talk.held["told"] == {}


def test_a_region_with_an_amount_saves_the_question_for_it(talk: Talk) -> None:
    talk.region = "风铃县"
    said = [talk.say(text)[-1] for text in (LANTERN, "3", "90")]
    assert said == ["asking", "asking", "eligibility"]
    assert "40 元/人·次" in talk.asked


def test_a_check_left_for_want_of_an_amount_ends_where_a_region_has_it(halfway: Talk) -> None:
    for text in ("90", "算了"):
        halfway.say(text)
    halfway.region = "风铃县"
    assert halfway.say("继续测")[-1] == "eligibility"
    assert "40 元/人·次" in halfway.asked


def test_a_check_that_the_rules_no_longer_have_is_asked_for_anew(talk: Talk) -> None:
    talk.slots["eligibility"] = {"check": "sedan", "told": {"horses": "2"}, "left": True}
    assert talk.say("继续测") == [BEGINS, "asking"]
    assert talk.held["check"] is None


def _last(talk: Talk) -> dict[str, Any]:
    last = talk.said[-1]
    assert isinstance(last, dict)
    return last
