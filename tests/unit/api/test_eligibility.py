"""A check over HTTP: what is told goes in, what may still matter is asked, nothing is kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, inspect, select

import wiring
from api.deps import now
from office.schema import metadata
from tests.unit.api.stage import Stage

Check = Callable[..., dict[str, Any]]
MONEY = {"members": 3, "students": 0, "income": 2000}
POOR = MONEY | {"hukou": "rural", "dibao_line": 700, "assets_within": True}
ANSWERS: dict[str, Any] = {"yes_no": True, "count": 1, "money": 800, "age": "1946-05-03"}
LIMIT = 40
"""More questions than any check asks."""


@pytest.fixture(autouse=True)
def november_2026(stage: Stage) -> None:
    moment = datetime(2026, 11, 25, 10, tzinfo=UTC)
    stage.app.dependency_overrides[now] = lambda: moment


@pytest.fixture
def told(client: TestClient) -> Check:
    """Where a check stands after `facts`; the answer's JSON."""

    def post(facts: dict[str, Any], check: str = "household", **more: Any) -> dict[str, Any]:
        answer = client.post("/api/eligibility", json={"check": check, "facts": facts, **more})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return post


def refused(client: TestClient, **body: Any) -> tuple[str, str]:
    """Code and message of what is refused."""
    answer = client.post("/api/eligibility", json={"check": "household", **body})
    assert answer.status_code == 422, answer.text
    return answer.json()["error"], answer.json()["message"]


def test_every_check_of_the_rules_is_listed_with_its_benefits(client: TestClient) -> None:
    listed = client.get("/api/eligibility").json()
    assert [one["check"] for one in listed] == list(wiring.rules().checks)
    assert all(
        one["title"] and set(one["benefits"]) <= set(wiring.rules().benefits) for one in listed
    )


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh-Hans", "结婚登记"), ("zh-Hant", "結婚登記"), ("en", "Marriage registration")],
)
def test_checks_are_listed_and_answered_in_the_language_chosen(
    client: TestClient, told: Check, language: str, title: str
) -> None:
    listed = client.get("/api/eligibility", params={"language": language}).json()
    assert title in [one["title"] for one in listed]
    assert told({}, "marriage", language=language)["title"] == title


@pytest.mark.parametrize("check", list(wiring.rules().checks))
@pytest.mark.parametrize("unsure", [False, True], ids=["told", "unknown"])
def test_a_check_ends_when_each_fact_asked_for_is_added(
    told: Check, check: str, unsure: bool
) -> None:
    facts: dict[str, Any] = {}
    while asks := (found := told(facts, check))["asks"]:
        assert asks["fact"] not in facts
        assert len(facts) < LIMIT
        assert asks["text"]
        facts[asks["fact"]] = None if unsure else answer_to(asks)
    assert facts
    assert found["check"] == check
    verdicts = {one["verdict"] for one in found["findings"]}
    assert verdicts <= {"likely", "unlikely", "unclear"}
    assert ("unclear" in verdicts) or not unsure


def answer_to(asks: dict[str, Any]) -> Any:
    return asks["options"][0]["key"] if asks["kind"] == "choice" else ANSWERS[asks["kind"]]


def test_each_step_asks_for_the_fact_that_may_still_change_the_verdict(told: Check) -> None:
    first = told({})
    assert (first["asks"]["fact"], first["asks"]["kind"]) == ("members", "count")
    assert first["asks"]["options"] == []
    assert first["findings"][0]["verdict"] == "unclear"
    last = told(POOR)
    assert last["asks"] is None
    assert [one["verdict"] for one in last["findings"]] == ["likely"]


def test_a_finding_names_every_rule_with_law_article_and_date(told: Check) -> None:
    (found,) = told(POOR)["findings"]
    assert (found["benefit"], found["article"]) == ("dibao", "dibao/how-to-apply")
    first, second = found["rules"]
    assert (first["truth"], first["law"], first["article"]) == ("met", "社会救助法", "第十八条")
    assert (first["in_force"], first["verified"], first["assumed"]) == ("2026-07-01", True, [])
    assert second["truth"] == "met"
    assert all(found[field] for field in ("title", "gives", "documents", "apply_at"))


def test_an_assumption_is_named_with_the_rule_that_rests_on_it(told: Check) -> None:
    findings = told(POOR | {"income": 3000, "severe_member": False})["findings"]
    rules = {rule["says"]: rule["assumed"] for one in findings for rule in one["rules"]}
    assert [assumed for assumed in rules.values() if assumed] == [
        ["边缘家庭的收入线按一般的 1.5 倍低保标准估算，您省里定的比例可能不同"]
    ]


def test_the_text_of_a_result_is_ready_to_be_read(told: Check) -> None:
    said = told(POOR)
    assert "以审核为准" in said["text"]
    assert "0000-1234" in said["text"]
    assert "[[" not in said["text"]
    assert said["sources"][0]["law"] == "社会救助法"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", ["按您说的看，**符合条件**", "家庭财产符合当地规定"]),
        ("zh-Hant", ["按您說的看，**符合條件**", "家庭財產符合當地規定"]),
        ("en", ["you meet the conditions", "property is within the local limits"]),
    ],
)
def test_a_result_comes_in_the_language_chosen(
    told: Check, language: str, words: list[str]
) -> None:
    said = told(POOR, language=language)
    assert [word for word in words if word not in said["text"]] == []
    says = [rule["says"] for rule in said["findings"][0]["rules"]]
    assert words[1] in says


@pytest.mark.parametrize(
    ("language", "text", "options"),
    [
        ("zh-Hans", "您家按城镇还是按农村的标准？", ["城镇", "农村"]),
        ("zh-Hant", "您家按城鎮還是按農村的標準？", ["城鎮", "農村"]),
        ("en", "Is your household on the urban or the rural standard?", ["urban", "rural"]),
    ],
)
def test_a_question_comes_in_the_language_chosen_and_its_keys_stay(
    told: Check, language: str, text: str, options: list[str]
) -> None:
    asks = told(MONEY, region="衢州市", on="2013-06-01", language=language)["asks"]
    assert (asks["fact"], asks["text"]) == ("hukou", text)
    assert [(one["key"], one["title"]) for one in asks["options"]] == [
        ("urban", options[0]),
        ("rural", options[1]),
    ]


@pytest.mark.parametrize(
    ("facts", "as_told"),
    [
        ({"members": 3}, {"members": "三口人"}),
        ({"members": 3}, {"members": 3.0}),
        (MONEY, MONEY | {"income": "两千"}),
        (MONEY, MONEY | {"income": "一年24000"}),
        (POOR, POOR | {"hukou": "农村"}),
        (POOR, POOR | {"assets_within": "是"}),
        (POOR | {"assets_within": None}, POOR | {"assets_within": "不知道"}),
    ],
)
def test_a_value_may_be_told_in_words(
    told: Check, facts: dict[str, Any], as_told: dict[str, Any]
) -> None:
    assert told(as_told) == told(facts)


@pytest.mark.parametrize(
    ("region", "on", "amount"),
    [
        ("衢州市", "2013-06-01", "332"),
        ("衢州市", "2026-11-25", None),
        ("衢州市", None, None),
        (None, "2013-06-01", None),
        ("无名县", "2013-06-01", None),
    ],
)
def test_the_amounts_are_those_of_the_region_on_the_day(
    told: Check, region: str | None, on: str | None, amount: str | None
) -> None:
    said = told(MONEY | {"hukou": "rural"}, region=region, on=on)
    assert (said["asks"]["fact"] == "dibao_line") is (amount is None)
    assert ("衢州市民政局2013年工作总结" in said["text"]) is (amount is not None)
    if amount:
        assert f"用到的当地标准：{amount} 元/人·月" in said["text"]


def test_the_group_is_asked_for_only_where_an_amount_is_entered(told: Check) -> None:
    assert told(MONEY, region="衢州市", on="2013-06-01")["asks"]["fact"] == "hukou"
    assert told(MONEY)["asks"]["fact"] == "dibao_line"


@pytest.mark.parametrize(
    ("on", "age"), [("2026-11-24", 21), ("2026-11-25", 22), (None, 22)], ids=["eve", "day", "today"]
)
def test_ages_are_those_of_the_day(told: Check, on: str | None, age: int) -> None:
    born = told({"man_age": "2004-11-25"}, "marriage", on=on)
    assert born == told({"man_age": age}, "marriage")
    assert born != told({"man_age": 43 - age}, "marriage")


def test_nothing_told_is_written_to_the_database(told: Check, client: TestClient) -> None:
    before = rows()
    told(POOR | {"income": 7654}, region="衢州市")
    refused(client, facts={"income": "-7654"})
    client.get("/api/eligibility")
    assert rows() == before


def test_a_row_that_was_written_would_be_counted(client: TestClient) -> None:
    before = rows()
    client.post("/api/chat", json={"sender": "citizen", "text": "你好"})
    assert rows() != before


def rows() -> dict[str, int]:
    """How many there are in every table."""
    engine = wiring.conversations()._engine
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    with engine.connect() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in metadata.tables.items()
        }
    return {name: count or 0 for name, count in counts.items()}
