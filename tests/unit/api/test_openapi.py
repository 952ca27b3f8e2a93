"""Whatever the service's own description allows, and much that it does not, breaks nothing."""

from collections.abc import Iterator

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from tests.unit.api.stage import Stage, staged

EXAMPLES = 60
OPERATIONS = [
    ("POST", "/api/chat"),
    ("POST", "/api/feedback"),
    ("GET", "/api/answers"),
    ("GET", "/api/eligibility"),
    ("POST", "/api/eligibility"),
    ("POST", "/api/status"),
    ("POST", "/api/status/code"),
    ("POST", "/api/applications"),
    ("POST", "/api/notices"),
]
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def stage_of_schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("openapi")) as stage:
        yield stage


@pytest.fixture
def schema(stage_of_schema: Stage) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", stage_of_schema.app)


def test_every_way_in_is_described(schema: schemathesis.BaseSchema) -> None:
    described = {(method.upper(), p) for p in schema if "/api/" in p for method in schema[p]}
    assert set(OPERATIONS) == described


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_request_breaks_the_service(
    schema: schemathesis.BaseSchema, method: str, path: str, mode: schemathesis.GenerationMode
) -> None:
    cases = schema[path][method].as_strategy(generation_mode=mode)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def every_case(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    every_case()


def test_no_bytes_break_the_service(client: TestClient) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(
        st.binary(max_size=300), st.sampled_from(["/api/chat", "/api/feedback", "/api/eligibility"])
    )
    def every_body(content: bytes, path: str) -> None:
        answer = client.post(path, content=content, headers={"content-type": "application/json"})
        assert 400 <= answer.status_code < 500
        assert set(answer.json()) == {"error", "message"}

    every_body()


def test_any_text_at_all_is_answered(client: TestClient) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=1000))
    def every_text(text: str) -> None:
        answer = client.post("/api/chat", json={"sender": "citizen", "text": text})
        assert (answer.status_code, bool(answer.json()["replies"])) == (200, True)

    every_text()


def test_a_described_message_is_really_answered(
    schema: schemathesis.BaseSchema, stage_of_schema: Stage
) -> None:
    answer = schema["/api/chat"]["POST"].Case(body={"sender": "c", "text": "你好"}).call()
    assert (answer.status_code, stage_of_schema.rasa.texts[-1]) == (200, "你好")
