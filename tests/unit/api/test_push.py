"""A back office pushes applications: signed, in part if need be, and as often as it likes."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

import wiring
from tests.unit.api.cases import LI, PERSONAL, WANG, clock, look_up
from tests.unit.api.stage import Stage

SECRET = "between-us"
NUMBER, OTHER = "2026110101", "2026110102"
ROW = {
    "number": NUMBER,
    "service": "低保",
    "stage": "入户核查",
    "stage_on": "2026-11-20",
    "received_on": "2026-11-02",
    "accepted_on": "2026-11-04",
    "office": "灯笼镇民政办",
    "applicants": [{"name": WANG.name, "id_number": WANG.id_number, "phone": WANG.phone}],
}
Push = Callable[..., httpx.Response]


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUSH_SECRET", SECRET)


@pytest.fixture
def moment(stage: Stage) -> list[datetime]:
    return clock(stage)


@pytest.fixture
def push(client: TestClient, moment: list[datetime]) -> Push:
    """Push something, signed; bytes go as they are."""

    def send(what: Any, **headers: str) -> httpx.Response:
        body = what if isinstance(what, bytes) else json.dumps(what, ensure_ascii=False).encode()
        signed = {"content-type": "application/json", **signature(body, moment[0]), **headers}
        return client.post("/api/applications", content=body, headers=signed)

    return send


def signature(body: bytes, at: datetime, key: str = SECRET) -> dict[str, str]:
    seconds = str(int(at.timestamp()))
    signed = hmac.new(key.encode(), seconds.encode() + b"." + body, hashlib.sha256)
    return {"x-timestamp": seconds, "x-signature": signed.hexdigest()}


def counts(answer: httpx.Response) -> tuple[int, int, int, list[int]]:
    """New, changed, same, and the places of what was refused."""
    assert answer.status_code == 200, answer.text
    said = answer.json()
    return said["new"], said["changed"], said["same"], [one["index"] for one in said["refused"]]


def test_a_pushed_application_can_be_looked_up(push: Push, client: TestClient) -> None:
    assert counts(push(ROW)) == (1, 0, 0, [])
    said = look_up(client, NUMBER, "8211").json()
    assert said["applications"][0]["stage"] == "checking"
    assert said["applications"][0]["applicants"] == ["王*明"]


def test_the_same_push_again_changes_nothing(push: Push) -> None:
    assert counts(push(ROW)) == (1, 0, 0, [])
    assert counts(push(ROW)) == (0, 0, 1, [])
    assert counts(push([ROW, ROW])) == (0, 0, 2, [])


def test_a_later_stage_is_a_change(push: Push, client: TestClient) -> None:
    push(ROW)
    assert counts(push(moved("公示中"))) == (0, 1, 0, [])
    assert look_up(client, NUMBER, "8211").json()["applications"][0]["stage"] == "published"


def test_of_two_rows_about_one_application_the_last_counts(push: Push, client: TestClient) -> None:
    assert counts(push([ROW, moved("公示中")])) == (1, 1, 0, [])
    assert look_up(client, NUMBER, "8211").json()["applications"][0]["stage"] == "published"


def test_what_is_right_is_kept_beside_what_is_refused(push: Push, client: TestClient) -> None:
    rows = [ROW | {"stage": "不存在的环节"}, ROW, 7, ROW | {"number": OTHER}, {}]
    assert counts(push(rows)) == (2, 0, 0, [0, 2, 4])
    assert wiring.applications().find(OTHER)


def test_when_all_is_refused_the_answer_says_so(push: Push) -> None:
    answer = push([ROW | {"service": "修路"}])
    assert counts(answer) == (0, 0, 0, [0])
    (refused,) = answer.json()["refused"]
    assert refused["problem"]
    assert "修路" not in refused["problem"]


@pytest.mark.parametrize("rows", [1, 50])
def test_up_to_fifty_come_at_once(push: Push, rows: int) -> None:
    batch = [ROW | {"number": f"2026110{place:03}"} for place in range(rows)]
    assert counts(push(batch)) == (rows, 0, 0, [])


def test_nothing_at_all_is_fine(push: Push) -> None:
    assert counts(push([])) == (0, 0, 0, [])


def test_who_asked_to_be_told_gets_the_news_exactly_once(push: Push, client: TestClient) -> None:
    push(ROW)
    assert look_up(client, NUMBER, "8211", notify=True).status_code == 200
    for _ in range(2):
        push(moved("公示中"))
    taken = [client.post("/api/notices", json={"sender": "citizen"}).json() for _ in range(2)]
    assert [len(replies) for replies in taken] == [1, 0]
    assert NUMBER in taken[0][0]["text"]


@pytest.mark.parametrize(
    "headers",
    [
        {"x-signature": ""},
        {"x-signature": "0" * 64},
        {"x-timestamp": ""},
        {"x-timestamp": "yesterday"},
        {"x-timestamp": "9" * 400},
        {"x-timestamp": "nan"},
        {"x-timestamp": "1"},
    ],
)
def test_what_is_not_signed_is_not_even_read(push: Push, headers: dict[str, str]) -> None:
    for body in (ROW, b"{", b"\xff"):
        answer = push(body, **headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "unsigned")
    assert wiring.applications().find(NUMBER) is None


def test_another_key_or_another_body_does_not_fit_the_signature(
    push: Push, moment: list[datetime]
) -> None:
    body = json.dumps(ROW).encode()
    assert push(body, **signature(body, moment[0], "stolen")).status_code == 401
    assert push(body + b" ", **signature(body, moment[0])).status_code == 401
    assert push(body, **signature(body, moment[0])).status_code == 200


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_signature_is_good_for_five_minutes(
    push: Push, moment: list[datetime], minutes: int
) -> None:
    body = json.dumps(ROW).encode()
    signed = signature(body, moment[0])
    moment[0] += timedelta(minutes=minutes)
    assert push(body, **signed).status_code == 401


def test_a_push_heard_twice_within_its_time_changes_nothing(
    push: Push, moment: list[datetime]
) -> None:
    body = json.dumps(ROW).encode()
    signed = signature(body, moment[0])
    assert counts(push(body, **signed)) == (1, 0, 0, [])
    moment[0] += timedelta(minutes=4)
    assert counts(push(body, **signed)) == (0, 0, 1, [])


def test_without_a_secret_nothing_is_taken(
    monkeypatch: pytest.MonkeyPatch, push: Push, moment: list[datetime]
) -> None:
    monkeypatch.setenv("PUSH_SECRET", "")
    wiring.settings.cache_clear()
    for key in (SECRET, ""):
        answer = push(b"{}", **signature(b"{}", moment[0], key))
        assert (answer.status_code, answer.json()["error"]) == (403, "push_off")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 60_000, b"\xff\xfe", b"9" * 5000, b'{"a":1}}', b"{'a': 1}"]
)
def test_broken_json_is_refused(push: Push, body: bytes) -> None:
    answer = push(body)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_json")


@pytest.mark.parametrize("body", [b"7", b'"text"', b"null", b"true"])
def test_what_is_no_application_is_refused(push: Push, body: bytes) -> None:
    answer = push(body)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_field")


def test_fifty_one_are_too_many(push: Push) -> None:
    assert push([{}] * 51).status_code == 422


def test_65_kilobytes_are_too_much(push: Push) -> None:
    answer = push(b" " * 65 * 1024)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_long")


BAD = [
    {"number": "110105199003078211"},
    {"number": 2026110101},
    {"number": "\ud800"},
    {"stage_on": "2026-02-30"},
    {"stage": WANG.phone},
    {"service": WANG.name},
    {"office": WANG.phone * 100},
    {"applicants": []},
    {"applicants": [{"name": WANG.name}]},
    {"applicants": [{"name": WANG.name, "id_number": "110105199003078219"}]},
    {"applicants": [{"name": WANG.name, "phone": "139"}]},
    {"applicants": WANG.name},
]


@pytest.mark.parametrize("wrong", BAD)
def test_a_problem_names_the_field_and_never_what_was_in_it(
    push: Push, client: TestClient, capfd: pytest.CaptureFixture[str], wrong: dict[str, Any]
) -> None:
    answer = push(json.dumps(ROW | wrong).encode())
    assert counts(answer) == (0, 0, 0, [0])
    out, err = capfd.readouterr()
    shown = answer.text + out + err
    assert [bit for bit in PERSONAL if bit in shown] == []
    assert WANG.name not in client.get("/metrics").text


def test_nothing_of_a_person_is_shown_or_kept_in_clear(
    push: Push, stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    people = [
        {"name": one.name, "id_number": one.id_number, "phone": one.phone} for one in (WANG, LI)
    ]
    answer = push(ROW | {"applicants": people})
    out, err = capfd.readouterr()
    kept = b"".join(file.read_bytes() for file in stage.folder.glob("office.db*"))
    long = [bit for bit in PERSONAL if len(bit.encode()) > len("8211")]
    assert [bit for bit in long if bit in answer.text + out + err or bit.encode() in kept] == []


def moved(stage: str) -> dict[str, Any]:
    return ROW | {"stage": stage, "stage_on": "2026-11-23"}
