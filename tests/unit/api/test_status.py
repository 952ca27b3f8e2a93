"""A look-up over HTTP: number and proof go in; how far the application is comes out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

import wiring
from office.intake import Person
from office.store.conversations import sender_key
from tests.unit.api.cases import (
    AID,
    DIBAO,
    DIVORCE,
    LI,
    NOBODYS,
    PERSONAL,
    WANG,
    ask_code,
    clock,
    filed,
    keep,
    keep_three,
    look_up,
)
from tests.unit.api.stage import Stage

Look = Callable[..., dict[str, Any]]


def told(application: dict[str, Any], *fields: str) -> tuple[Any, ...]:
    return tuple(application[field] for field in fields)


@pytest.fixture
def moment(stage: Stage) -> list[datetime]:
    return clock(stage)


@pytest.fixture(autouse=True)
def on_file(moment: list[datetime]) -> None:
    keep_three()


@pytest.fixture
def look(client: TestClient) -> Look:
    def found(number: str, proof: str, **more: Any) -> dict[str, Any]:
        answer = look_up(client, number, proof, **more)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    return found


def test_an_application_is_told_with_stage_day_office_and_time_limit(look: Look) -> None:
    said = look(DIBAO, "8211")
    assert said["outcome"] == "status"
    first = said["applications"][0]
    assert told(first, "number", "service", "stage") == (DIBAO, "dibao", "checking")
    assert told(first, "stage_on", "office") == ("2026-11-02", "灯笼镇民政办")
    assert told(first, "standing", "decide_by") == ("running", "2026-12-16")
    assert "低保" in first["title"]
    assert DIBAO in said["text"]
    assert first["stage_title"] in said["text"]
    assert "[[" not in said["text"]


def test_the_law_behind_a_time_limit_is_among_the_sources(look: Look) -> None:
    assert "最低生活保障审核确认办法" in [one["law"] for one in look(DIBAO, "8211")["sources"]]


def test_all_applications_of_the_person_come_the_one_asked_for_first(look: Look) -> None:
    said = look(AID, "8211")
    assert [one["number"] for one in said["applications"]] == [AID, DIBAO]
    waiting = said["applications"][0]
    assert told(waiting, "missing", "decide_by") == (["收入证明", "户口簿"], None)
    assert [number for number in (AID, DIBAO) if number not in said["text"]] == []
    assert "收入证明" in said["text"]


def test_somebody_elses_application_does_not_come_along(look: Look) -> None:
    assert [one["number"] for one in look(DIVORCE, "002X")["applications"]] == [DIVORCE]


def test_names_are_masked_and_nothing_else_of_a_person_is_told(look: Look) -> None:
    keep(filed("2026110004", "adoption", "received", WANG, LI))
    said = look("2026110004", "0042")
    assert said["applications"][0]["applicants"] == ["王*明", "李*"]
    assert [bit for bit in PERSONAL if bit in str(said)] == []


@pytest.mark.parametrize(
    "proof",
    [
        "8211",
        "5678",
        " 5678 ",
        "８２１１",
        "八二一一",
        "身份证后四位是8211",
        "110105199003078211",
        "110105 19900307 8211",
        "13912345678",
        "+86 139-1234-5678",
    ],
)
def test_a_proof_may_be_the_last_four_or_the_whole_of_id_or_phone(look: Look, proof: str) -> None:
    assert look(DIBAO, proof)["applications"][0]["number"] == DIBAO


@pytest.mark.parametrize("proof", ["002X", "002x", "００２Ｘ", "11010519491231002x"])
def test_an_id_number_may_end_in_a_small_x(look: Look, proof: str) -> None:
    assert look(DIVORCE, proof)["outcome"] == "status"


@pytest.mark.parametrize(
    "number", ["2O26110001", "2026llOOO1", "20261100o1", "２０２６１１０００１", "2026-1100 01"]
)
def test_letters_for_zero_and_one_are_read_in_the_number(look: Look, number: str) -> None:
    assert look(number, "8211")["applications"][0]["number"] == DIBAO


@pytest.mark.parametrize(
    ("language", "title", "word"),
    [
        ("zh-Hans", "最低生活保障（低保）", "灯笼镇民政办"),
        ("zh-Hant", "最低生活保障（低保）", "燈籠鎮民政辦"),
        ("en", "Subsistence allowance (dibao)", DIBAO),
    ],
)
def test_a_report_comes_in_the_language_asked_for(
    look: Look, language: str, title: str, word: str
) -> None:
    said = look(DIBAO, "8211", language=language)
    assert said["applications"][0]["title"] == title
    assert word in said["text"]


def test_a_look_up_puts_no_watch_unless_it_was_asked_to(look: Look, moment: list[datetime]) -> None:
    look(DIBAO, "8211")
    assert wiring.applications().unwatch(sender_key("citizen")) == 0
    look(DIBAO, "8211", notify=True)
    assert wiring.applications().unwatch(sender_key("citizen")) == 2


def test_every_application_told_is_in_the_audit_log(look: Look, stage: Stage) -> None:
    look(DIBAO, "8211")
    written = (stage.folder / "office.db").read_bytes() + (
        stage.folder / "office.db-wal"
    ).read_bytes()
    assert b"status.look_up" in written
    assert b'"citizen"' not in written


def test_a_code_from_the_phone_on_file_is_a_proof_once(
    look: Look, client: TestClient, stage: Stage
) -> None:
    phone, code = sent_code(client, stage, DIBAO)
    assert phone == WANG.phone
    assert look(DIBAO, code)["applications"][0]["number"] == DIBAO
    assert look_up(client, DIBAO, code).status_code == 403


def test_a_code_is_good_for_five_minutes(
    client: TestClient, stage: Stage, moment: list[datetime]
) -> None:
    _, code = sent_code(client, stage, DIBAO)
    moment[0] += timedelta(minutes=5)
    assert look_up(client, DIBAO, code).status_code == 403


def test_a_code_is_no_proof_for_another_number_or_another_sender(
    client: TestClient, stage: Stage
) -> None:
    _, code = sent_code(client, stage, DIBAO)
    assert look_up(client, AID, code).status_code == 403
    assert look_up(client, DIBAO, code, sender="other").status_code == 403
    assert look_up(client, DIBAO, code).status_code == 200


def test_nobody_is_told_whether_a_code_was_sent(client: TestClient) -> None:
    keep(filed("2026110005", "dibao", "received", Person("赵一", WANG.id_number)))
    numbers = (DIBAO, NOBODYS, "2026110005")
    answers = [ask_code(client, number, f"s{number}") for number in numbers]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["outcome"] == "code_sent"
    assert "0000-1234" in answers[0].json()["text"]


@pytest.mark.parametrize(
    ("language", "word"), [("zh-Hans", "验证码"), ("zh-Hant", "驗證碼"), ("en", "six-digit code")]
)
def test_a_code_is_announced_in_the_language_asked_for(
    client: TestClient, language: str, word: str
) -> None:
    assert word in ask_code(client, DIBAO, language=language).json()["text"]


def sent_code(client: TestClient, stage: Stage, number: str) -> tuple[str, str]:
    """Ask for a code; the phone it went to, and the code."""
    assert ask_code(client, number).status_code == 202
    sender = wiring.status_desk().sender
    sender._queue.submit(lambda: None).result()  # type: ignore[attr-defined]
    phone, code = (stage.folder / "codes.txt").read_text("utf-8").split()
    return phone, code
