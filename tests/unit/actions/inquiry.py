"""A citizen in the status form, with a real desk and vault on a SQLite file of their own."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

import actions.status_steps
from actions.base import CoreAction, Turn
from actions.status import REQUESTED, AskStatus, StartStatus, StatusResult, ValidateStatus
from actions.status_steps import ANSWER, SLOT
from knowledge.reply import Reply
from knowledge.text import clean
from office.calendar import load_calendar
from office.desk import Source, StatusDesk
from office.identity import NumberForm
from office.intake import Person, enrolled
from office.keys import KeyRing, new_ring, read_ring
from office.migrate import migrate
from office.sealing import seal
from office.services import load_services
from office.status import Application
from office.store.applications import Applications
from office.store.attempts import Attempts
from office.store.audit import Audit
from office.store.engine import open_engine
from office.store.vault import Vault
from tests.unit.actions.conftest import slots

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
NUMBERS = NumberForm(r"20\d{2}(0[1-9]|1[0-2])\d{4,6}", "2026110001")
NUMBER, ANOTHER, STRANGER = "2026110001", "2026090002", "2026110003"
ID, OTHER_ID, PHONE = "110105199003078211", "11010519491231002X", "13912345678"
PROOF = ID[-4:]


@dataclass
class Codes:
    """Keeps the codes it was to send."""

    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, phone: str, code: str) -> None:
        self.sent.append((phone, code))


@dataclass
class Inquiry:
    """The conversation; slots go through JSON every time, as Rasa keeps them."""

    desk: StatusDesk
    vault: Vault
    codes: Codes
    now: datetime = NOW
    citizen: str = "c" * 64
    open: bool = False
    slots: dict[str, Any] = field(default_factory=dict)
    said: list[Reply | str] = field(default_factory=list)

    def say(self, text: str) -> list[str]:
        """What is said to `text`: names of responses, outcomes of replies."""
        expects = any(isinstance(one, dict) and one.get("expects") for one in self.said)
        self.said = []
        sealed = seal(clean(text), self.citizen, self.vault, proof=expects, now=self.now)
        if self.open:
            self.slots[ANSWER] = sealed.plain
        else:
            self.slots[REQUESTED] = ANSWER
            self._do(StartStatus(), sealed.plain, sealed.tokens)
        self._do(ValidateStatus(), sealed.plain, sealed.tokens)
        self.open = bool(self.slots[REQUESTED]) and self.slots[ANSWER] is None
        self._do(AskStatus() if self.open else StatusResult(), sealed.plain, sealed.tokens)
        return [said if isinstance(said, str) else said["outcome"] for said in self.said]

    @property
    def read(self) -> str:
        """All that was said, in Chinese."""
        return "\n".join(s if isinstance(s, str) else s["text"]["zh"] for s in self.said)

    @property
    def held(self) -> dict[str, Any]:
        kept: dict[str, Any] = self.slots[SLOT]
        return kept

    def _do(self, action: CoreAction, text: str, tokens: tuple[str, ...]) -> None:
        turn = Turn(
            text,
            self.now.date(),
            slots=self.slots,
            now=self.now,
            citizen=self.citizen,
            tokens=list(tokens),
        )
        action.act(turn)
        self.slots = json.loads(json.dumps(self.slots | slots(turn)))
        self.said += turn.said


def inquiry_at(engine: Engine, source: Source | None = None) -> Inquiry:
    """A conversation with an office that has three applications, two of one person."""
    ring = read_ring(new_ring("test"), where="test")
    table, codes = Applications(engine), Codes()
    desk = StatusDesk(source or table, table, Attempts(engine), Audit(engine), ring, codes)
    table.keep([(one, one.number) for one in _applications(ring)], lambda _: {}, now=NOW)
    return Inquiry(desk, Vault(engine, ring, keep=timedelta(hours=24)), codes)


def _applications(ring: KeyRing) -> list[Application]:
    first, second = Person("李晓明", ID, PHONE), Person("王芳", OTHER_ID)
    return [
        _application(NUMBER, "dibao", "checking", first, ring),
        _application(ANOTHER, "temporary_aid", "approved", first, ring),
        _application(STRANGER, "adoption", "received", second, ring),
    ]


def _application(
    number: str, service: str, stage: str, person: Person, ring: KeyRing
) -> Application:
    return Application(
        number=number,
        service=service,
        stage=stage,
        stage_on=date(2026, 11, 10),
        received_on=date(2026, 11, 2),
        accepted_on=date(2026, 11, 3),
        office="灯笼镇政府",
        applicants=(enrolled(person, number, ring),),
    )


def file_of(folder: Path) -> str:
    """The address of a database in `folder`."""
    return f"sqlite:///{folder / 'office.db'}"


def inquiries(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Inquiry]:
    """A conversation whose actions see a database in `folder`; for a fixture to yield from."""
    migrate(file_of(folder))
    engine = open_engine(file_of(folder))
    asks = inquiry_at(engine)
    services, calendar = load_services(), load_calendar()
    parts = {
        "status_desk": lambda: asks.desk,
        "vault": lambda: asks.vault,
        "number_form": lambda: NUMBERS,
        "services": lambda: services,
        "calendar": lambda: calendar,
    }
    for name, part in parts.items():
        monkeypatch.setattr(actions.status_steps, name, part)
    yield asks
    engine.dispose()
