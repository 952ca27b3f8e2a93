"""Turns in the status form that are neither a number nor a proof alone, and what they lead to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import actions.status_steps
from actions.status_words import FOR_A_RELATIVE
from office.errors import BackOfficeBroken, BackOfficeLate
from tests.unit.actions.inquiry import NUMBER, PROOF, STRANGER, Inquiry, inquiries

ASK, STATUS, WATCHING = "status_asking", "status", "status_watching"


@pytest.fixture
def inquiry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Inquiry]:
    yield from inquiries(monkeypatch, tmp_path)


@pytest.mark.parametrize("words", ["收到你发的验证码了，是{}", "验证码发来了，{}", "{}"])
def test_who_tells_a_code_is_sent_no_other(inquiry: Inquiry, words: str) -> None:
    inquiry.say(NUMBER)
    inquiry.say("给登记手机发验证码")
    assert inquiry.say(words.format(inquiry.codes.sent[-1][1])) == [STATUS]
    assert len(inquiry.codes.sent) == 1


def test_a_number_and_a_wish_for_a_code_in_one_message(inquiry: Inquiry) -> None:
    assert inquiry.say(f"{NUMBER} 给登记手机发验证码") == [ASK, ASK]
    assert len(inquiry.codes.sent) == 1


def test_a_question_in_between_is_answered_and_the_form_goes_on(inquiry: Inquiry) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say("灯笼许可怎么办") == ["answered", ASK]
    assert inquiry.say(PROOF) == [STATUS]


def test_whether_it_is_through_is_no_lost_number(inquiry: Inquiry) -> None:
    inquiry.say("查进度")
    inquiry.say("到底批下来没有")
    assert inquiry.open


def test_who_lacks_the_proof_is_told_of_the_code_and_then_let_go(inquiry: Inquiry) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say("我没有身份证") == [ASK, ASK]
    assert "验证码" in inquiry.read
    assert inquiry.say("手机也丢了") == [ASK]
    assert "窗口" in inquiry.read
    assert not inquiry.open
    assert inquiry.held["number"] is None


def test_a_relative_is_not_shown_one_s_own_application(inquiry: Inquiry) -> None:
    inquiry.say(f"{NUMBER} {PROOF}")
    assert inquiry.say("我妈的低保批了没") == [ASK, ASK]
    assert inquiry.said[0] is FOR_A_RELATIVE


def test_what_it_takes_for_a_relative_is_said_once(inquiry: Inquiry) -> None:
    inquiry.say("查进度")
    assert inquiry.say("我帮我妈查的") == [ASK, ASK]
    assert "申请人自己" in inquiry.read
    inquiry.say("是我妈")
    assert "申请人自己" not in inquiry.read.split("受理号")[0]


def test_a_relative_s_application_is_looked_up_again_without_another_proof(
    inquiry: Inquiry,
) -> None:
    inquiry.say("我妈的低保批了没")
    inquiry.say(f"{NUMBER} {PROOF}")
    assert inquiry.say("我妈的再查一次") == [STATUS]


def test_a_wish_while_the_proof_is_asked_for_is_remembered(inquiry: Inquiry) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say("有进展请通知我") == [ASK]
    assert inquiry.say(PROOF) == [STATUS, WATCHING]


def test_a_wish_taken_back_is_none(inquiry: Inquiry) -> None:
    inquiry.say(f"{NUMBER}有进展请通知我")
    assert inquiry.say("不用通知了") == [WATCHING, ASK]
    assert inquiry.say(PROOF) == [STATUS]


def test_a_stage_taken_out_since_is_said_and_breaks_nothing(
    inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise BackOfficeBroken

    inquiry.say(f"{NUMBER} {PROOF}")
    monkeypatch.setattr(actions.status_steps, "progress_of", broken)
    assert inquiry.say("再查一次") == ["back_office_broken"]
    assert inquiry.say(f"{NUMBER} {PROOF}") == ["back_office_broken"]
    assert not inquiry.open


def test_an_application_that_is_gone_is_said_to_be(inquiry: Inquiry) -> None:
    inquiry.say(f"{NUMBER} {PROOF}")
    gone = SimpleNamespace(find=lambda _: None, others=lambda *_: [])
    inquiry.desk = replace(inquiry.desk, source=gone)
    assert inquiry.say("再查一次") == [ASK]
    assert "查不到" in inquiry.read


def test_after_a_late_back_office_the_number_is_still_known(inquiry: Inquiry) -> None:
    def late(*_: Any) -> Any:
        raise BackOfficeLate

    source = inquiry.desk.source
    inquiry.desk = replace(inquiry.desk, source=SimpleNamespace(find=late, others=late))
    inquiry.say(f"{NUMBER} {PROOF}")
    inquiry.desk = replace(inquiry.desk, source=source)
    assert inquiry.say("再查一次") == [ASK]
    assert NUMBER in inquiry.read
    assert inquiry.say(PROOF) == [STATUS]


def test_who_leaves_leaves_no_number_behind(inquiry: Inquiry) -> None:
    inquiry.say(STRANGER)
    inquiry.say("算了")
    assert inquiry.held["number"] is None
