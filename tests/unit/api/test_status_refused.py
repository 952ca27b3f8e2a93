"""A look-up refuses without telling what is on file, and stops who goes on guessing."""

from datetime import datetime, timedelta, timezone

import pytest
from fastapi.testclient import TestClient

import wiring
from office.errors import BackOfficeBroken, BackOfficeDown
from tests.unit.api.cases import (
    DIBAO,
    MONDAY,
    NOBODYS,
    PERSONAL,
    WANG,
    ask_code,
    clock,
    keep_three,
    look_up,
)
from tests.unit.api.stage import Stage, staged

WRONG = "0000"
STRANGE = [
    "' OR 1=1 --",
    "{{7*7}}",
    "${x}",
    "%s%n",
    "<script>",
    "../../etc",
    "\x00",
    "〔号码:AAAA〕",
]
LANGUAGES = [
    ("zh-Hans", "核对", "多次"),
    ("zh-Hant", "核對", "多次"),
    ("en", "do not match", "Too many"),
]


@pytest.fixture
def moment(stage: Stage) -> list[datetime]:
    return clock(stage)


@pytest.fixture(autouse=True)
def on_file(moment: list[datetime]) -> None:
    keep_three()


def test_a_wrong_proof_and_an_unknown_number_are_refused_alike(client: TestClient) -> None:
    answers = [look_up(client, number, WRONG) for number in (DIBAO, NOBODYS)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["error"] == "not_proven"
    heads = [{k: v for k, v in one.headers.items() if k != "date"} for one in answers]
    assert heads[0] == heads[1]


def test_unknown_numbers_lock_as_known_ones_do(client: TestClient) -> None:
    told = [
        [(one.status_code, one.content) for one in (look_up(client, n, WRONG) for _ in range(5))]
        for n in (DIBAO, NOBODYS)
    ]
    assert told[0] == told[1]
    assert [status for status, _ in told[0]] == [403, 403, 403, 429, 429]


def test_three_failures_lock_a_number_even_for_the_right_proof(
    client: TestClient, moment: list[datetime]
) -> None:
    moment[0] = MONDAY.astimezone(timezone(timedelta(hours=8)))
    fail(client, 3)
    moment[0] += timedelta(minutes=1, milliseconds=500)
    answer = look_up(client, DIBAO, "8211")
    assert (answer.status_code, answer.json()["error"]) == (429, "locked")
    assert answer.headers["retry-after"] == "840"
    assert "18:15" in answer.json()["message"]


def test_a_lock_ends_when_retry_after_is_over(client: TestClient, moment: list[datetime]) -> None:
    fail(client, 3)
    moment[0] += timedelta(seconds=899)
    assert look_up(client, DIBAO, "8211").headers["retry-after"] == "1"
    moment[0] += timedelta(seconds=1)
    assert look_up(client, DIBAO, "8211").status_code == 200


def test_a_lock_is_one_citizens_own(client: TestClient) -> None:
    fail(client, 3)
    assert look_up(client, DIBAO, "8211", sender="wang").status_code == 200


def test_ten_failures_lock_a_citizen_whatever_the_number(client: TestClient) -> None:
    numbers = [f"20261180{place:02}" for place in range(11)]
    statuses = [look_up(client, number, WRONG).status_code for number in numbers]
    assert statuses == [403] * 10 + [429]
    answer = look_up(client, DIBAO, "8211")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "3600")
    assert look_up(client, DIBAO, "8211", sender="other").status_code == 200


def test_asking_for_codes_counts_as_trying(client: TestClient) -> None:
    statuses = [ask_code(client, DIBAO).status_code for _ in range(4)]
    assert statuses == [202, 202, 202, 429]
    assert look_up(client, DIBAO, "8211").status_code == 429


def test_a_restart_does_not_open_a_lock(client: TestClient, stage: Stage) -> None:
    fail(client, 3)
    with staged(stage.folder, keep=True, keys=None) as later:
        clock(later)
        again = TestClient(later.app)
        assert look_up(again, DIBAO, "8211").status_code == 429
        assert look_up(again, DIBAO, "8211", sender="wang").status_code == 200


@pytest.mark.parametrize(("language", "refused", "locked"), LANGUAGES)
def test_refusals_come_in_the_language_asked_for(
    client: TestClient, language: str, refused: str, locked: str
) -> None:
    answers = [look_up(client, DIBAO, WRONG, language=language).json() for _ in range(4)]
    assert refused in answers[0]["message"]
    assert locked in answers[3]["message"]
    assert all("0000-1234" in one["message"] for one in answers)


@pytest.mark.parametrize(
    "number",
    ["", "1", "20261100", "2026130001", "1998110001", "沪民2026-1号", "7" * 500, *STRANGE],
)
def test_a_number_of_another_form_is_explained_with_an_example(
    client: TestClient, number: str
) -> None:
    answer = look_up(client, number, "8211")
    assert (answer.status_code, answer.json()["error"]) == (422, "number_malformed")
    assert "2026110001" in answer.json()["message"]
    assert len(number) < len("20261100x") or number not in answer.text
    assert ask_code(client, number).json()["error"] == "number_malformed"


@pytest.mark.parametrize("proof", ["", "821", "82111", "ABCD", "王小明", "7" * 500, *STRANGE])
def test_a_proof_of_another_form_is_refused_and_not_counted(client: TestClient, proof: str) -> None:
    answers = [look_up(client, DIBAO, proof) for _ in range(4)]
    assert {(one.status_code, one.json()["error"]) for one in answers} == {(422, "proof_malformed")}
    assert len(proof) < 4 or proof not in answers[0].text
    assert look_up(client, DIBAO, "8211").status_code == 200


@pytest.mark.parametrize(("language", "word"), [("zh-Hans", "有一位不对"), ("en", "One digit")])
def test_an_id_number_with_a_wrong_digit_is_said_to_be_wrong(
    client: TestClient, language: str, word: str
) -> None:
    answer = look_up(client, DIBAO, "110105199003078219", language=language)
    assert (answer.status_code, answer.json()["error"]) == (422, "proof_malformed")
    assert word in answer.json()["message"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sender", ""),
        ("sender", "a b"),
        ("sender", None),
        ("number", 2026110001),
        ("number", "1" * 1001),
        ("proof", 8211),
        ("proof", ["8211"]),
        ("proof", "8" * 1001),
        ("notify", "yes"),
        ("language", "fr"),
    ],
)
def test_what_is_no_look_up_is_refused_by_its_field(
    client: TestClient, field: str, value: object
) -> None:
    body = {"sender": "c", "number": DIBAO, "proof": "8211", field: value}
    answer = client.post("/api/status", json=body)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_field")
    assert f"“{field}”" in answer.json()["message"]


def test_half_a_character_is_refused_and_breaks_nothing(client: TestClient) -> None:
    body = '{"sender": "c", "number": "\\ud800", "proof": "\\ud800"}'
    answer = client.post("/api/status", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_field")


@pytest.mark.parametrize(
    ("error", "status"), [(BackOfficeDown, 503), (BackOfficeBroken, 502)], ids=["down", "broken"]
)
def test_a_back_office_that_fails_is_nobodys_fault_and_counts_for_nothing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    def fails(_: str) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(wiring.applications(), "find", fails)
        answers = [look_up(client, DIBAO, WRONG) for _ in range(5)]
    assert {one.status_code for one in answers} == {status}
    assert "0000-1234" in answers[0].json()["message"]
    assert look_up(client, DIBAO, "8211").status_code == 200


@pytest.mark.parametrize(
    "proof", [*PERSONAL[2:4], WANG.id_number, WANG.phone, "110105199003078219"]
)
def test_nothing_personal_is_in_a_refusal_the_output_or_the_metrics(
    client: TestClient, capfd: pytest.CaptureFixture[str], proof: str
) -> None:
    answers = [look_up(client, NOBODYS, proof).text for _ in range(4)]
    answers += [ask_code(client, DIBAO, sender="s2").text]
    metrics = client.get("/metrics").text
    out, err = capfd.readouterr()
    shown = "".join(answers) + out + err
    assert [bit for bit in [*PERSONAL, proof, NOBODYS] if bit in shown] == []
    assert [
        bit for bit in [WANG.phone, WANG.id_number, DIBAO, NOBODYS] if str(bit) in metrics
    ] == []


def fail(client: TestClient, times: int) -> None:
    for _ in range(times):
        assert look_up(client, DIBAO, WRONG).status_code == 403
