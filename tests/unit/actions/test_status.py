"""The status form asks for what it lacks, shows nothing without a proof, and keeps no proof."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from office.errors import BackOfficeLate
from office.identity import PROVEN_LASTS
from tests.unit.actions.inquiry import (
    ANOTHER,
    ID,
    NUMBER,
    OTHER_ID,
    PHONE,
    PROOF,
    STRANGER,
    Inquiry,
    inquiries,
)

ASK, STATUS, NOT_PROVEN = "status_asking", "status", "not_proven"


@pytest.fixture
def inquiry(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Inquiry]:
    yield from inquiries(monkeypatch, tmp_path)


def test_it_asks_for_the_number_then_for_the_proof_then_answers(inquiry: Inquiry) -> None:
    assert inquiry.say("查进度") == [ASK]
    assert "受理通知书" in inquiry.read
    assert inquiry.say(NUMBER) == [ASK]
    assert "后四位" in inquiry.read or "最后四位" in inquiry.read
    assert inquiry.say(PROOF) == [STATUS]
    assert not inquiry.open


def test_the_answer_says_stage_next_step_day_law_and_whose_it_is(inquiry: Inquiry) -> None:
    inquiry.say(f"查{NUMBER}")
    inquiry.say(PROOF)
    for words in ("调查核对中", "李*明", "2026年12月15日", "第二十二条", "接下来"):
        assert words in inquiry.read
    assert ANOTHER in inquiry.read
    assert STRANGER not in inquiry.read
    assert "李晓明" not in inquiry.read


@pytest.mark.parametrize(
    "text",
    [
        f"{NUMBER}，尾号{PROOF}，批了没",
        f"{NUMBER} {PROOF}",
        f"受理号{NUMBER}，身份证{ID}",
        f"{NUMBER}，手机{PHONE}",
        f"2O26IIOOOI，手机尾号{PHONE[-4:]}",
    ],
)
def test_a_message_with_both_is_answered_at_once(inquiry: Inquiry, text: str) -> None:
    assert inquiry.say(text) == [STATUS]


@pytest.mark.parametrize("proof", [f"身份证{ID}", f"尾号{PROOF}", f"电话{PHONE}"])
def test_a_proof_that_comes_before_the_number_is_not_asked_for_again(
    inquiry: Inquiry, proof: str
) -> None:
    assert inquiry.say(f"查进度，我的{proof}") == [ASK]
    assert inquiry.say(NUMBER) == [STATUS]


@pytest.mark.parametrize("proof", [PROOF, ID, PHONE, PHONE[-4:], " ".join(PROOF), "８２１１"])
def test_every_spelling_of_a_proof_is_one(inquiry: Inquiry, proof: str) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say(f"尾号{proof}" if " " in proof else proof) == [STATUS]


def test_wrong_proof_and_unknown_number_get_the_same_words(inquiry: Inquiry) -> None:
    said = []
    for number, citizen in ((NUMBER, "a"), ("2026119999", "b")):
        asks = replace(inquiry, citizen=citizen * 64, slots={}, said=[])
        asks.say(number)
        assert asks.say("0000") == [NOT_PROVEN, ASK]
        said.append(asks.read.replace(number, "#"))
    assert said[0] == said[1]


def test_after_a_wrong_proof_another_may_follow_or_another_number(inquiry: Inquiry) -> None:
    inquiry.say(STRANGER)
    inquiry.say("0000")
    assert inquiry.say(f"号错了，是{NUMBER}") == [ASK]
    assert inquiry.say(PROOF) == [STATUS]


def test_the_third_failure_is_the_last_and_the_right_proof_comes_too_late(
    inquiry: Inquiry,
) -> None:
    inquiry.say(NUMBER)
    for _ in range(3):
        assert inquiry.say("0000")[0] == NOT_PROVEN
    assert inquiry.say(PROOF) == ["locked"]
    assert "10:15" in inquiry.read
    assert not inquiry.open
    inquiry.now += timedelta(minutes=15)
    inquiry.say(NUMBER)
    assert inquiry.say(PROOF) == [STATUS]


def test_a_mistyped_id_is_said_to_be_one_and_counts_as_no_failure(inquiry: Inquiry) -> None:
    inquiry.say(NUMBER)
    for _ in range(4):
        assert inquiry.say(ID[:-1] + "2") == ["proof_malformed", ASK]
    assert inquiry.say(PROOF) == [STATUS]


def test_another_person_s_id_opens_nothing(inquiry: Inquiry) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say(OTHER_ID) == [NOT_PROVEN, ASK]


def test_no_proof_is_left_in_the_slots(inquiry: Inquiry) -> None:
    for text in (NUMBER, "0000", ID):
        inquiry.say(text)
        kept = json.dumps(inquiry.slots)
        assert not any(value in kept for value in (PROOF, ID, "0000"))
    assert inquiry.held["number"] is None


def test_a_token_that_expired_in_between_is_asked_for_again(
    inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    inquiry.say(NUMBER)
    inquiry.vault._keep = timedelta(0)
    assert inquiry.say(PROOF) == ["token_expired", ASK]


def test_family_is_told_what_it_takes(inquiry: Inquiry) -> None:
    assert inquiry.say("我妈的低保批了没") == [ASK, ASK]
    assert "申请人自己" in inquiry.read
    inquiry.say(NUMBER)
    assert inquiry.say(PROOF) == [STATUS]


def test_who_has_no_number_is_told_where_it_stands(inquiry: Inquiry) -> None:
    inquiry.say("查进度")
    assert inquiry.say("没有受理号") == [ASK]
    assert "窗口" in inquiry.read
    assert not inquiry.open


def test_a_code_goes_to_the_phone_on_file_and_is_a_proof(inquiry: Inquiry) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say("给登记手机发验证码") == [ASK, ASK]
    ((phone, code),) = inquiry.codes.sent
    assert phone == PHONE
    assert inquiry.say(code) == [STATUS]


def test_for_an_unknown_number_the_same_is_said_and_no_code_leaves(inquiry: Inquiry) -> None:
    inquiry.say("2026119999")
    assert inquiry.say("给登记手机发验证码") == [ASK, ASK]
    assert inquiry.codes.sent == []


@pytest.mark.parametrize("text", ["算了", "不查了", "stop"])
def test_it_can_be_left(inquiry: Inquiry, text: str) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say(text) == ["acknowledged"]
    assert not inquiry.open


def test_a_person_can_be_asked_for(inquiry: Inquiry) -> None:
    inquiry.say(NUMBER)
    assert inquiry.say("转人工") == ["utter_request_human"]


def test_after_a_proof_one_may_ask_again_for_a_while(inquiry: Inquiry) -> None:
    inquiry.say(f"{NUMBER} {PROOF}")
    assert inquiry.say("再查一次") == [STATUS]
    inquiry.now += PROVEN_LASTS
    assert inquiry.say("再查一次") == [ASK]


def test_who_asks_for_news_is_told_of_it_and_can_stop_it(inquiry: Inquiry) -> None:
    inquiry.say(f"{NUMBER} {PROOF}")
    assert inquiry.say("有进展请通知我") == ["status_watching"]
    assert inquiry.say("不用通知了") == ["status_watching"]
    assert inquiry.desk.unwatch(inquiry.citizen) == 0


def test_a_wish_for_news_waits_for_the_proof(inquiry: Inquiry) -> None:
    assert inquiry.say(f"{NUMBER}有进展请通知我") == [ASK]
    assert inquiry.say(PROOF) == [STATUS, "status_watching"]
    assert inquiry.desk.unwatch(inquiry.citizen) > 0


def test_a_back_office_that_is_late_ends_the_form_and_counts_nothing(inquiry: Inquiry) -> None:
    def late(*_: Any) -> Any:
        raise BackOfficeLate

    source, inquiry.desk = (
        inquiry.desk.source,
        replace(inquiry.desk, source=SimpleNamespace(find=late, others=late)),
    )
    for _ in range(4):
        inquiry.say(NUMBER)
        assert inquiry.say(PROOF) == ["back_office_late"]
    inquiry.desk = replace(inquiry.desk, source=source)
    inquiry.say(NUMBER)
    assert inquiry.say(PROOF) == [STATUS]


@pytest.mark.parametrize(
    "text", ["' OR 1=1 --", "{{7*7}}", "9" * 500, "33010120269999", "<script>alert(1)</script>"]
)
def test_what_is_no_number_of_ours_is_asked_for_again(inquiry: Inquiry, text: str) -> None:
    inquiry.say("查进度")
    assert inquiry.say(text)[-1] == ASK
    assert inquiry.open
    assert text not in inquiry.read
