"""A check refuses what it cannot read: with a code, in the citizen's language, unrepeated."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.unit.api.test_eligibility import refused

TEXT = {"content-type": "application/json"}


@pytest.mark.parametrize("check", ["", "dibao", "Household", "住户", "../household"])
def test_an_unknown_check_is_refused(client: TestClient, check: str) -> None:
    error, message = refused(client, check=check)
    assert error == "unknown_check"
    assert "GET /api/eligibility" in message


@pytest.mark.parametrize(
    "name", ["horses", "", "income_per_head", "会员", "x" * 5000, "{name}", "{"]
)
@pytest.mark.parametrize("value", [1, None, "是"])
def test_an_unknown_fact_is_refused_by_its_name(client: TestClient, name: str, value: Any) -> None:
    error, message = refused(client, facts={name: value})
    assert error == "unknown_fact"
    assert name[:40] in message
    assert len(message) < 100


@pytest.mark.parametrize(
    ("fact", "value", "word"),
    [
        ("income", "-5", "负数"),
        ("income", -5, "0 到"),
        ("income", "", "一个数"),
        ("income", "很多", "一个数"),
        ("income", "2000到3000", "一个数"),
        ("income", True, "一个数"),
        ("income", "Infinity", "一个数"),
        ("members", 0, "1 到 30"),
        ("members", 31, "1 到 30"),
        ("members", 2.5, "1 到 30"),
        ("members", 1e300, "1 到 30"),
        ("members", int("9" * 500), "1 到 30"),
        ("members", "9" * 99, "1 到 30"),
        ("members", False, "一个数"),
        ("assets_within", 1, "“是”或“不是”"),
        ("assets_within", "大概吧", "“是”或“不是”"),
        ("hukou", "海岛", "城镇、农村"),
        ("hukou", True, "城镇、农村"),
        ("hukou", 1, "城镇、农村"),
        ("man_age", "虚岁23", "周岁"),
        ("man_age", "2004-02-30", "没有这一天"),
        ("man_age", "2099-01-01", "还没到"),
        ("man_age", 131, "0 到 130"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_to_say_instead(
    client: TestClient, fact: str, value: Any, word: str
) -> None:
    error, message = refused(client, facts={fact: value})
    assert error == "bad_fact"
    assert message.startswith(f"{fact}: ")
    assert word in message


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 500])
@pytest.mark.parametrize("fact", ["income", "members"])
def test_a_number_that_nobody_earns_is_refused_and_breaks_nothing(
    client: TestClient, fact: str, value: str
) -> None:
    body = f'{{"check": "household", "facts": {{"{fact}": {value}}}}}'
    answer = client.post("/api/eligibility", content=body, headers=TEXT)
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["error"] in ("bad_fact", "bad_json", "bad_field")


def test_a_number_too_long_to_be_read_is_refused_and_breaks_nothing(client: TestClient) -> None:
    body = f'{{"check": "household", "facts": {{"income": {"9" * 5000}}}}}'
    answer = client.post("/api/eligibility", content=body, headers=TEXT)
    assert (answer.status_code, answer.json()["error"]) in [(400, "bad_json"), (400, "http_400")]


@pytest.mark.parametrize(
    ("language", "word"),
    [("zh-Hans", "负数"), ("zh-Hant", "負數"), ("en", "cannot be negative")],
)
def test_a_refusal_comes_in_the_language_chosen(
    client: TestClient, language: str, word: str
) -> None:
    assert word in refused(client, facts={"income": "-5"}, language=language)[1]
    for body in ({"check": "no"}, {"facts": {"horses": 1}}):
        message = refused(client, **body, language=language)[1]
        assert message.isascii() is (language == "en") or "“horses”" in message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("facts", {"income": "9" * 101}),
        ("facts", {"income": "9" * 500}),
        ("facts", {"income": [1]}),
        ("facts", {"income": {"much": 1}}),
        ("facts", [1]),
        ("facts", None),
        ("facts", {f"f{number}": 1 for number in range(101)}),
        ("check", None),
        ("check", 7),
        ("check", "x" * 41),
        ("region", "县"),
        ("region", "县" * 41),
        ("region", 7),
        ("on", "2026-02-30"),
        ("on", "明天"),
        ("language", "fr"),
    ],
)
def test_what_is_no_message_of_a_check_is_refused_by_its_field(
    client: TestClient, field: str, value: Any
) -> None:
    error, message = refused(client, **{field: value})
    assert error == "bad_field"
    assert f"“{field}" in message


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null"])
def test_no_object_is_refused(client: TestClient, body: str) -> None:
    answer = client.post("/api/eligibility", content=body, headers=TEXT)
    assert answer.status_code in (400, 422)
    assert answer.json()["error"] in ("bad_json", "bad_field")


def test_a_language_that_is_none_is_refused_for_the_list_too(client: TestClient) -> None:
    answer = client.get("/api/eligibility", params={"language": "fr"})
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_field")


@pytest.mark.parametrize("value", ["我欠了7654块", "-7654", "7654到7655", "7654.5.3"])
def test_a_refusal_does_not_repeat_what_was_told(
    client: TestClient, capfd: pytest.CaptureFixture[str], value: str
) -> None:
    _, message = refused(client, facts={"income": value})
    out, err = capfd.readouterr()
    assert "7654" not in message + out + err
