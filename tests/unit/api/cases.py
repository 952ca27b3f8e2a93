"""Applications on file, and ways to ask for them: shared by the tests of the look-up."""

from datetime import UTC, date, datetime
from typing import Any

import httpx
from fastapi.testclient import TestClient

import wiring
from api.deps import now
from office.intake import Person, enrolled
from office.status import Application
from tests.unit.api.stage import Stage

WANG = Person("王小明", "110105199003078211", "13912345678")
LI = Person("李芳", "11010519491231002X", "13987650042")
DIBAO, AID, DIVORCE = "2026110001", "2026110002", "2026110003"
NOBODYS = "2026119999"
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
PERSONAL = ["小明", "李芳", "19900307", "8211", "12345678", "5678", "19491231", "002X", "0042"]


def filed(number: str, service: str, stage: str, *people: Person, **more: Any) -> Application:
    """An application as the table keeps it; handed in on 2 November."""
    day = date(2026, 11, 2)
    given = {"stage_on": day, "received_on": day, "office": "灯笼镇民政办", **more}
    applicants = tuple(enrolled(one, number, wiring.ring()) for one in people)
    return Application(number, service, stage, applicants=applicants, **given)


def keep(*applications: Application) -> None:
    batch = [(one, f"{one.number}:{one.stage}") for one in applications]
    wiring.applications().keep(batch, lambda _: {}, now=MONDAY)


def look_up(client: TestClient, number: str, proof: str, **more: Any) -> httpx.Response:
    body = {"sender": "citizen", "number": number, "proof": proof, **more}
    return client.post("/api/status", json=body)


def ask_code(
    client: TestClient, number: str, sender: str = "citizen", **more: Any
) -> httpx.Response:
    return client.post("/api/status/code", json={"sender": sender, "number": number, **more})


def clock(stage: Stage) -> list[datetime]:
    """Now, for the app of `stage`; it goes forward by changing the one item."""
    moments = [MONDAY]
    stage.app.dependency_overrides[now] = lambda: moments[0]
    return moments


def keep_three() -> None:
    """Two applications of Wang's, and one of Li's."""
    keep(
        filed(DIBAO, "dibao", "checking", WANG, accepted_on=date(2026, 11, 4)),
        filed(AID, "temporary_aid", "missing", WANG, missing=("收入证明", "户口簿")),
        filed(DIVORCE, "divorce", "cooling", LI),
    )
