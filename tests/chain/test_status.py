"""How far an application is, asked in the chat: form, interruption, news, deletion; all real."""

from typing import Any

import pytest

from bench.assistant import Assistant
from tests.chain.back_office import DIBAO, post, push

ID, TAIL = "11010519491231002X", "002X"
FIRST, SECOND = "2026110801", "2026110802"
PEOPLE = [{"name": "测试用户", "id_number": ID}]


@pytest.fixture(autouse=True)
def two_applications(assistant: Assistant) -> None:
    rows = [{**DIBAO, "number": number, "applicants": PEOPLE} for number in (FIRST, SECOND)]
    answer = push(assistant, *rows).json()
    assert (answer["refused"], answer["changed"]) == ([], answer["changed"])


def outcomes(assistant: Assistant, sender: str, *texts: str, **more: Any) -> list[str]:
    said = [assistant.say(text, sender, **more) for text in texts]
    assert not any(one["degraded"] for one in said)
    return [one["outcome"] for one in said]


@pytest.mark.parametrize("opening", ["查进度", "我的低保批了没", "Check my application status"])
def test_number_then_proof_then_answer(assistant: Assistant, opening: str) -> None:
    sender = f"asks-{opening}"[:40].replace(" ", "-").encode().hex()[:40]
    assert outcomes(assistant, sender, opening, FIRST) == ["status_asking"] * 2
    said = assistant.say(TAIL, sender)
    assert said["outcome"] == "status"
    assert "2026" in said["replies"][0]["text"]
    assert SECOND in said["replies"][0]["text"]
    assert said["sources"][0]["law"] == "最低生活保障审核确认办法"


def test_all_in_one_message(assistant: Assistant) -> None:
    assert outcomes(assistant, "at-once", f"{FIRST}，身份证尾号{TAIL}，办到哪了") == ["status"]


def test_a_policy_question_in_between_is_answered_and_the_form_goes_on(
    assistant: Assistant,
) -> None:
    assert outcomes(assistant, "between", "查进度", FIRST) == ["status_asking"] * 2
    said = assistant.say("结婚登记要多少钱", "between")
    assert said["outcome"] == "answered"
    assert "后四位" in said["replies"][-1]["text"] or "最后四位" in said["replies"][-1]["text"]
    assert outcomes(assistant, "between", TAIL) == ["status"]


def test_it_can_be_left_and_other_things_asked(assistant: Assistant) -> None:
    said = outcomes(assistant, "leaves", "查进度", "算了", "离婚冷静期多少天")
    assert said == ["status_asking", "acknowledged", "answered"]


def test_three_wrong_proofs_lock_in_chat_and_over_rest_alike(assistant: Assistant) -> None:
    assert outcomes(assistant, "guesses", f"查{FIRST}", "1111", "2222", "3333", TAIL) == [
        "status_asking",
        "not_proven",
        "not_proven",
        "not_proven",
        "locked",
    ]
    answer = post(assistant, "/api/status", sender="guesses", number=FIRST, proof=TAIL)
    assert (answer.status_code, answer.json()["error"]) == (429, "locked")


def test_who_asked_to_be_told_is_told_once(assistant: Assistant) -> None:
    outcomes(assistant, "watches", f"{SECOND}，身份证尾号{TAIL}，查一下")
    assert outcomes(assistant, "watches", "有进展请通知我") == ["status_watching"]
    for _ in range(2):
        row = {**DIBAO, "number": SECOND, "applicants": PEOPLE}
        push(assistant, {**row, "stage": "published", "stage_on": "2026-11-20"})
    (notice,) = post(assistant, "/api/notices", sender="watches").json()
    assert "公示" in notice["text"]
    assert post(assistant, "/api/notices", sender="watches").json() == []
    assert outcomes(assistant, "watches", "不用通知了") == ["status_watching"]


def test_deleted_is_deleted_from_rasa_s_tracker_too(assistant: Assistant) -> None:
    word = "紫荆葫芦九十九"
    outcomes(assistant, "forgets-me", f"{word}结婚登记要多少钱")
    tracker = assistant.var / "tracker.db"
    seen = lambda: b"".join(f.read_bytes() for f in assistant.var.glob("*.db*"))  # noqa: E731
    assert tracker.is_file()
    assert word.encode() in seen() or word.encode("unicode_escape") in seen()
    assert outcomes(assistant, "forgets-me", "删除我的信息", "确认删除") == ["erasure", "erased"]
    assert word.encode() not in seen()
    assert word.encode("unicode_escape") not in seen()
