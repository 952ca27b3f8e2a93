"""News of a followed application reaches the page that asked for it: once, in its language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

import wiring
from office.status import Application, progress
from office.status_report import news
from tests.unit.api.cases import AID, DIBAO, DIVORCE, PERSONAL, clock, keep_three, look_up
from tests.unit.api.conftest import Ask
from tests.unit.api.stage import Stage

Taken = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def moment(stage: Stage) -> list[datetime]:
    return clock(stage)


@pytest.fixture(autouse=True)
def on_file(moment: list[datetime]) -> None:
    keep_three()


@pytest.fixture
def taken(client: TestClient) -> Taken:
    """The notices that wait for a sender."""

    def take(sender: str = "citizen") -> list[dict[str, Any]]:
        answer = client.post("/api/notices", json={"sender": sender})
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()
        return replies

    return take


def move(number: str, stage: str, moment: list[datetime]) -> None:
    """The application reaches another stage, as an import or a push would have it."""
    found = wiring.applications().find(number)
    assert found
    day = date(2026, 11, 23)
    moved = replace(found, stage=stage, stage_on=day)

    def tell(application: Application) -> dict[str, Any]:
        service = wiring.services().service(application.service)
        return news(progress(application, service, wiring.calendar(), today=day))

    wiring.applications().keep([(moved, f"{number}:{stage}")], tell, now=moment[0])


def follow(client: TestClient, sender: str = "citizen", proof: str = "8211") -> None:
    assert look_up(client, DIBAO, proof, sender=sender, notify=True).status_code == 200


def test_there_is_nothing_where_nothing_happened(client: TestClient, taken: Taken) -> None:
    assert taken() == []
    follow(client)
    assert taken() == []


def test_a_new_stage_is_told_exactly_once(
    client: TestClient, taken: Taken, moment: list[datetime]
) -> None:
    follow(client)
    move(DIBAO, "published", moment)
    (notice,) = taken()
    assert notice["outcome"] == "status_news"
    assert DIBAO in notice["text"]
    assert "公示" in notice["text"]
    assert "[[" not in notice["text"]
    assert taken() == []
    move(DIBAO, "published", moment)
    assert taken() == []


def test_notices_come_in_the_order_of_what_happened(
    client: TestClient, taken: Taken, moment: list[datetime]
) -> None:
    follow(client)
    move(DIBAO, "published", moment)
    move(AID, "checking", moment)
    move(DIBAO, "deciding", moment)
    assert [next(n for n in (DIBAO, AID) if n in one["text"]) for one in taken()] == [
        DIBAO,
        AID,
        DIBAO,
    ]


def test_everybody_who_asked_is_told_and_nobody_else(
    client: TestClient, taken: Taken, moment: list[datetime]
) -> None:
    for sender in ("mother", "son"):
        follow(client, sender)
    look_up(client, DIBAO, "8211", sender="only-looked")
    look_up(client, DIBAO, "0000", sender="guesser", notify=True)
    move(DIBAO, "published", moment)
    senders = ("mother", "son", "only-looked", "guesser")
    assert [len(taken(sender)) for sender in senders] == [1, 1, 0, 0]


def test_somebody_elses_application_is_not_followed(
    client: TestClient, taken: Taken, moment: list[datetime]
) -> None:
    follow(client)
    move(DIVORCE, "collectable", moment)
    assert taken() == []


@pytest.mark.parametrize(
    ("language", "word"), [("zh-Hans", "发放"), ("zh-Hant", "發放"), ("en", "Being paid")]
)
def test_a_notice_comes_in_the_language_of_the_conversation(
    client: TestClient,
    taken: Taken,
    ask: Ask,
    moment: list[datetime],
    language: str,
    word: str,
) -> None:
    ask("你好", language=language)
    follow(client)
    move(DIBAO, "paying", moment)
    (notice,) = taken()
    assert word in notice["text"]


def test_a_notice_names_nobody(client: TestClient, taken: Taken, moment: list[datetime]) -> None:
    follow(client)
    move(DIBAO, "approved", moment)
    notices = taken()
    assert notices
    assert [bit for bit in PERSONAL if bit in str(notices)] == []


@pytest.mark.parametrize("sender", ["", "a b", None, 7, "x" * 65, "' OR 1=1 --"])
def test_a_sender_that_is_none_is_refused(client: TestClient, sender: object) -> None:
    answer = client.post("/api/notices", json={"sender": sender})
    assert (answer.status_code, answer.json()["error"]) == (422, "bad_field")


def test_the_page_knows_where_its_notices_are(client: TestClient) -> None:
    assert 'data-notices="/api/notices"' in client.get("/").text
    assert client.get("/static/chat/notices.js").status_code == 200
