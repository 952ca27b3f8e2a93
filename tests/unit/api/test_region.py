"""Whose local amounts are meant: said in the text, by the channel, before, or by the bureau."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

import api.chat
import settings
import wiring
from api.deps import now
from knowledge.reply import Reply
from tests.unit import paper
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Backstage, Stage, fails, said, says

CHIME, OTHER, HOME = "风铃县", "纸鸢县", "彩灯县"
FEE = "灯笼许可要多少钱"
"""Its article names an amount, which only CHIME has: 30 in 2025, 40 in 2026."""

Look = Callable[..., dict[str, Any]]


def meant(rasa: Backstage) -> list[str | None]:
    """The region each message reached Rasa with."""
    messages: list[Any] = list(rasa.asked)
    return [message["metadata"]["region"] for message in messages]


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bureau is that of HOME."""
    monkeypatch.setenv("REGION", HOME)
    settings.settings.cache_clear()


@pytest.fixture
def in_chime(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGION", CHIME)
    settings.settings.cache_clear()


@pytest.fixture(autouse=True)
def march_2026(stage: Stage) -> None:
    """It is paper.TODAY, whatever the clock says."""
    moment = datetime(*paper.TODAY.timetuple()[:3], 10, tzinfo=UTC)
    stage.app.dependency_overrides[now] = lambda: moment


@pytest.fixture
def look(client: TestClient) -> Look:
    """Look a question up; the answer's JSON."""

    def get(question: str = FEE, **query: Any) -> dict[str, Any]:
        answer = client.get("/api/answers", params={"q": question, **query})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    return get


def test_a_region_given_with_a_message_reaches_rasa_beside_it(ask: Ask, rasa: Backstage) -> None:
    ask("低保多少", region=OTHER)
    assert meant(rasa) == [OTHER]
    assert rasa.texts == ["低保多少"]


def test_without_a_region_rasa_is_told_that_there_is_none(ask: Ask, rasa: Backstage) -> None:
    ask("低保多少")
    ask("低保多少", region=None)
    assert meant(rasa) == [None, None]


def test_a_region_stays_for_the_conversation_and_for_nobody_else_s(
    ask: Ask, rasa: Backstage
) -> None:
    ask("你好", region=OTHER)
    for _ in range(2):
        ask("低保多少")
    ask("低保多少", sender="another")
    assert meant(rasa) == [OTHER, OTHER, OTHER, None]


def test_a_region_stays_through_a_restart(ask: Ask, stage: Stage, rasa: Backstage) -> None:
    ask("你好", region=OTHER)
    with TestClient(stage.app) as again:
        again.post("/api/chat", json={"sender": "citizen", "text": "低保多少"})
    assert meant(rasa) == [OTHER, OTHER]


@pytest.mark.parametrize("text", [f"{CHIME}低保多少", "我在风铃，低保多少", "風鈴縣低保多少"])
@pytest.mark.parametrize("before", [OTHER, None])
def test_a_region_named_in_the_text_replaces_the_one_before(
    ask: Ask, rasa: Backstage, text: str, before: str | None
) -> None:
    ask("你好", region=before)
    ask(text)
    ask("那要多久")
    assert meant(rasa) == [before, CHIME, CHIME]


def test_a_region_named_in_the_text_goes_before_the_one_given_with_it(
    ask: Ask, rasa: Backstage
) -> None:
    ask("风铃县低保多少", region=OTHER)
    assert meant(rasa) == [CHIME]


def test_a_region_nobody_has_amounts_of_is_not_read_from_the_text(
    ask: Ask, rasa: Backstage
) -> None:
    ask("你好", region=OTHER)
    ask("无名县低保多少")
    assert meant(rasa) == [OTHER, OTHER]


def test_the_channel_may_change_the_region(ask: Ask, rasa: Backstage) -> None:
    ask("风铃县低保多少")
    ask("低保多少", region=OTHER)
    ask("低保多少")
    assert meant(rasa) == [CHIME, OTHER, OTHER]


@pytest.mark.parametrize("breaks", [Stage.break_knowledge, Stage.lose_index])
def test_the_region_given_reaches_rasa_even_when_knowledge_is_down(
    ask: Ask, stage: Stage, breaks: Callable[[Stage], None]
) -> None:
    breaks(stage)
    ask("低保多少", region=OTHER)
    assert meant(stage.rasa) == [OTHER]


def test_an_emergency_keeps_the_region_for_later(ask: Ask, rasa: Backstage) -> None:
    assert ask("他拿着刀要砍我", region=OTHER)["outcome"] == "emergency"
    ask("低保多少")
    assert meant(rasa) == [OTHER]


@pytest.mark.usefixtures("at_home")
def test_the_bureau_s_own_region_is_meant_where_nobody_names_one(ask: Ask, rasa: Backstage) -> None:
    ask("低保多少")
    ask("低保多少", region=OTHER)
    ask("低保多少")
    ask("低保多少", sender="another")
    ask("风铃县低保多少", sender="another")
    assert meant(rasa) == [HOME, OTHER, OTHER, HOME, CHIME]


@pytest.mark.usefixtures("at_home")
def test_the_bureau_s_own_region_is_not_kept_as_if_the_citizen_had_named_it(ask: Ask) -> None:
    ask("低保多少")
    assert wiring.conversations().conversation("citizen").region is None


@pytest.mark.parametrize(
    ("region", "words"),
    [
        (CHIME, "**风铃县灯笼费**（2026-01-01 至 2026-12-31）：40 元/人·次"),
        (OTHER, "纸鸢县现行的灯笼费还没有录入，我不报数。请向灯笼站核实，或拨打 0000-1234。"),
        (None, "本地现行的灯笼费还没有录入"),
    ],
)
def test_without_rasa_the_answer_names_the_amount_of_the_region(
    ask: Ask, rasa: Backstage, region: str | None, words: str
) -> None:
    rasa.respond = says()
    reply = ask(FEE, region=region)
    assert (reply["degraded"], reply["outcome"]) == (True, "answered")
    assert words in reply["replies"][0]["text"]


def test_without_rasa_the_region_of_an_earlier_turn_still_counts(ask: Ask, stage: Stage) -> None:
    stage.rasa.respond = says(said())
    ask("我是风铃县的")
    stage.rasa.respond = fails(httpx.ConnectError)
    assert "：40 元/人·次" in ask(FEE)["replies"][0]["text"]


@pytest.mark.usefixtures("in_chime")
def test_without_rasa_the_bureau_s_own_region_counts_too(ask: Ask, rasa: Backstage) -> None:
    rasa.respond = says()
    assert "：40 元/人·次" in ask(FEE)["replies"][0]["text"]
    assert "纸鸢县现行的灯笼费还没有录入" in ask(FEE, region=OTHER)["replies"][0]["text"]


def test_without_rasa_a_past_amount_is_told_as_past(
    ask: Ask, stage: Stage, rasa: Backstage
) -> None:
    stage.app.dependency_overrides[now] = lambda: datetime(2027, 1, 1, tzinfo=UTC)
    rasa.respond = says()
    reply = ask(FEE, region=CHIME)
    assert reply["outcome"] == "expired"
    assert "2026 年为**：40 元/人·次" in reply["replies"][0]["text"]
    assert "不能当现在的用" in reply["replies"][0]["text"]
    assert reply["sources"][0]["law"] == "风铃县收费表2026"


def test_when_knowledge_is_down_too_the_region_and_the_day_reach_the_last_rung(
    ask: Ask, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[date, str | None]] = []

    def hot(_: str, *, today: date, region: str | None = None) -> Reply:
        asked.append((today, region))
        return {"outcome": "unavailable", "text": {"zh": "无", "en": "none"}}

    monkeypatch.setattr(api.chat, "hot_reply", hot)
    stage.rasa.respond = says()
    stage.break_knowledge()
    ask(FEE, region=OTHER)
    ask("灯笼许可怎么办")
    assert asked == [(paper.TODAY, OTHER)] * 2


@pytest.mark.parametrize("region", ["", "县", "灯" * 41, 7, ["风铃县"], {"name": "风铃县"}])
def test_a_region_that_cannot_be_one_is_refused_in_words(
    client: TestClient, rasa: Backstage, region: object
) -> None:
    message = {"sender": "citizen", "text": "低保多少", "region": region}
    answer = client.post("/api/chat", json=message)
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_field")
    assert "region" in answer.json()["message"]
    assert rasa.asked == []


@pytest.mark.parametrize("region", ["灯笼", "灯" * 40])
def test_the_shortest_and_the_longest_region_are_taken(
    ask: Ask, rasa: Backstage, region: str
) -> None:
    ask("低保多少", region=region)
    ask("低保多少")
    assert meant(rasa) == [region, region]


@pytest.mark.parametrize(
    ("day", "outcome", "words"),
    [
        ("2026-01-01", "answered", "（2026-01-01 至 2026-12-31）：40 元/人·次"),
        ("2026-12-31", "answered", "（2026-01-01 至 2026-12-31）：40 元/人·次"),
        ("2025-12-31", "answered", "（2025-01-01 至 2025-12-31）：30 元/人·次"),
        ("2027-01-01", "expired", "2026 年为**：40 元/人·次"),
        ("2024-12-31", "answered", "风铃县现行的灯笼费还没有录入"),
    ],
)
def test_a_question_is_looked_up_as_of_a_day(
    look: Look, day: str, outcome: str, words: str
) -> None:
    found = look(region=CHIME, on=day)
    assert (found["outcome"], found["article"]) == (outcome, paper.FEE)
    assert words in found["text"]


def test_without_a_day_a_question_is_looked_up_as_of_today(look: Look) -> None:
    assert look(region=CHIME) == look(region=CHIME, on=str(paper.TODAY))
    assert "：40 元/人·次" in look(region=CHIME)["text"]


def test_before_an_article_s_rule_began_it_is_not_quoted(look: Look) -> None:
    found = look(region=CHIME, on="2019-12-31")
    assert found["outcome"] == "expired"
    assert "从 2020-01-01 起才施行" in found["text"]
    assert "请带灯笼来" not in found["text"]


def test_what_is_looked_up_names_the_document_of_the_amount_first(look: Look) -> None:
    first, second = look(region=CHIME, on="2025-06-01")["sources"]
    assert (first["law"], first["in_force"], first["region"], first["reviewed_on"]) == (
        "风铃县收费表2025",
        "2025-01-01",
        CHIME,
        "2026-01-05",
    )
    assert second["law"] == "灯笼条例"
    assert [source["law"] for source in look(region=OTHER)["sources"]] == ["灯笼条例"]


def test_the_amount_is_told_in_english_too(look: Look) -> None:
    text = look(region=CHIME, language="en")["text"]
    assert "40 yuan per person and case" in text
    assert "[[" not in text


def test_a_title_is_looked_up_with_its_amount(look: Look) -> None:
    assert "：40 元/人·次" in look("灯笼许可的费用", region=CHIME)["text"]


@pytest.mark.usefixtures("in_chime")
def test_what_is_looked_up_without_a_region_is_that_of_the_bureau(look: Look) -> None:
    assert "：40 元/人·次" in look()["text"]
    assert "纸鸢县现行的灯笼费还没有录入" in look(region=OTHER)["text"]


def test_without_any_region_no_amount_is_told(look: Look) -> None:
    assert "本地现行的灯笼费还没有录入" in look()["text"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("on", "2026-02-30"),
        ("on", "2025-13-01"),
        ("on", "tomorrow"),
        ("on", "明天"),
        ("on", "2026-1-1"),
        ("on", ""),
        ("on", "2026-01-01T10:00:00"),
        ("region", ""),
        ("region", "县"),
        ("region", "灯" * 41),
    ],
)
def test_a_day_or_region_that_is_none_is_refused_in_words(
    client: TestClient, field: str, value: str
) -> None:
    answer = client.get("/api/answers", params={"q": FEE, field: value})
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_field")
    assert field in answer.json()["message"]
