"""Every error is a code and a sentence; nothing that is sent breaks the service."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

import api.answer
import wiring
from api.schemas import MAX_TEXT
from knowledge.shelf import IndexMissing, Shelf
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, Stage, said, says

JSON = {"content-type": "application/json"}
GOOD = {"sender": "citizen", "text": "你好"}


def problem(answer: Any) -> tuple[int, str]:
    """Status and code, after a look at the form that every error has."""
    body = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert set(body) == {"error", "message"}
    assert any("\u4e00" <= c <= "\u9fff" for c in body["message"]), body
    assert "Traceback" not in answer.text
    return answer.status_code, body["error"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"text=hello",
        b'{"sender": "c", "text": "half',
        b"\xff\xfe\x00",
        b'{"sender": "c", "text": "\xff"}',
        b"[" * 30_000,
        b"9" * 10_000,
        b"'single'",
    ],
)
def test_what_is_no_json_is_refused(client: TestClient, content: bytes) -> None:
    status, code = problem(client.post("/api/chat", content=content, headers=JSON))
    assert status in (400, 422)
    assert code in ("bad_json", "bad_field", "http_400")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_json_under_another_name_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/api/chat", content=json.dumps(GOOD), headers={"content-type": kind})
    assert problem(answer) == (422, "bad_field")


@pytest.mark.parametrize("body", [None, 3, "text", [], [GOOD], True])
def test_a_body_that_is_no_object_is_refused(client: TestClient, body: Any) -> None:
    assert problem(client.post("/api/chat", json=body)) == (422, "bad_field")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sender": None}, "sender"),
        ({"sender": ""}, "sender"),
        ({"sender": 7}, "sender"),
        ({"sender": "a b"}, "sender"),
        ({"sender": "a\u0000"}, "sender"),
        ({"sender": "a\n"}, "sender"),
        ({"sender": "<script>"}, "sender"),
        ({"sender": "s" * 65}, "sender"),
        ({"text": None}, "text"),
        ({"text": 7}, "text"),
        ({"text": ["你好"]}, "text"),
        ({"text": {"zh": "你好"}}, "text"),
        ({"text": "\ud800"}, "text"),
        ({"message_id": ""}, "message_id"),
        ({"message_id": 7}, "message_id"),
        ({"message_id": "m" * 65}, "message_id"),
        ({"message_id": "a/../b"}, "message_id"),
        ({"language": "fr"}, "language"),
        ({"language": 1}, "language"),
        ({"language": ["en"]}, "language"),
    ],
)
def test_a_wrong_field_is_named(client: TestClient, change: dict[str, Any], field: str) -> None:
    answer = client.post("/api/chat", content=json.dumps(GOOD | change), headers=JSON)
    assert problem(answer) == (422, "bad_field")
    assert f"“{field}”" in answer.json()["message"]


@pytest.mark.parametrize("field", ["sender", "text"])
def test_a_missing_field_is_named(client: TestClient, field: str) -> None:
    answer = client.post("/api/chat", json={k: v for k, v in GOOD.items() if k != field})
    assert problem(answer) == (422, "bad_field")
    assert f"“{field}”" in answer.json()["message"]


def test_fields_nobody_knows_are_ignored(ask: Ask) -> None:
    assert ask("你好", role="admin", helpful=[{}])["outcome"] == "said"


def test_a_message_of_the_longest_length_is_answered(ask: Ask, rasa: Backstage) -> None:
    text = "灯" * MAX_TEXT
    ask(text)
    assert rasa.texts == [text]


@pytest.mark.parametrize("letter", ["a", "灯", "\U0001f3ee", "\u200b"])
@pytest.mark.parametrize("length", [MAX_TEXT + 1, 100_000])
def test_a_longer_message_is_refused_with_the_limit(
    client: TestClient, rasa: Backstage, letter: str, length: int
) -> None:
    answer = client.post("/api/chat", json=GOOD | {"text": letter * length})
    assert problem(answer) == (413, "too_long")
    assert "1000" in answer.json()["message"]
    assert rasa.asked == []


def test_a_body_that_does_not_say_its_length_is_refused_unread(client: TestClient) -> None:
    answer = client.post("/api/feedback", content=iter([b"x"] * 70_000), headers=JSON)
    assert problem(answer) == (411, "length_required")


def test_a_look_up_without_an_index_says_that_it_is_out_of_order(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Shelf:
        raise IndexMissing("no index")

    monkeypatch.setattr(api.answer, "shelf", missing)
    assert problem(client.get("/api/answers", params={"q": "灯"})) == (503, "no_knowledge")


def test_a_huge_body_is_refused_unread(client: TestClient) -> None:
    answer = client.post("/api/feedback", content=b"x" * 70_000, headers=JSON)
    assert problem(answer) == (413, "too_long")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"q": ""}, 422),
        ({"q": "a" * (MAX_TEXT + 1)}, 413),
        ({"q": "你好", "language": "fr"}, 422),
        ({"q": "你好", "about": "a" * 101}, 422),
    ],
)
def test_a_wrong_lookup_is_refused(client: TestClient, query: dict[str, str], status: int) -> None:
    assert problem(client.get("/api/answers", params=query))[0] == status


@pytest.mark.parametrize(
    "text",
    [
        "\u0000\u0001你好\u007f",
        "\u202e倒着\u202c",
        "\u200b\u200c\u200d\u2060\ufeff你好",
        "你\r\n\t好",
        "\U000e0041标签",
        "e\u0301" * 300,
        "﷽" * 50,
        "👨‍👩‍👧 灯笼",
    ],
)
def test_control_and_invisible_characters_do_no_harm(ask: Ask, rasa: Backstage, text: str) -> None:
    assert ask(text)["replies"]
    assert not any(ord(c) < 32 or c in "\u200b\u200d\u202e\ufeff" for c in "".join(rasa.texts))


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "'; DROP TABLE turns;--"]
)
def test_markup_and_code_are_text_and_stay_text(
    client: TestClient, ask: Ask, rasa: Backstage, text: str
) -> None:
    rasa.respond = says(said(outcome="unsure"))
    ask(text)
    assert rasa.texts == [text]
    assert wiring.conversations().gaps()[0].question == text
    answer = client.get("/api/answers", params={"q": text})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/chat", "POST"),
        ("DELETE", "/api/chat", "POST"),
        ("PUT", "/api/feedback", "POST"),
        ("POST", "/api/answers", "GET"),
        ("POST", "/health/ready", "GET"),
        ("PATCH", "/", "GET"),
    ],
)
def test_a_wrong_method_is_refused_and_the_right_one_named(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    answer = client.request(method, path)
    assert problem(answer) == (405, "http_405")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/api", "/api/chat/x", "/static/../app.py", "/static/%2e%2e/app.py", "/docs"],
)
def test_an_unknown_path_is_not_found(client: TestClient, path: str) -> None:
    assert problem(client.get(path)) == (404, "http_404")


def test_what_breaks_unexpectedly_is_admitted_and_logged(
    client: TestClient, stage: Stage, capfd: Any
) -> None:
    stage.break_knowledge()
    answer = client.get("/api/answers", params={"q": "灯笼"})
    assert problem(answer) == (500, "unexpected")
    assert "the index is gone" not in answer.text
    assert "the index is gone" in capfd.readouterr().out
