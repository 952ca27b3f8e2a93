"""The desk in front of a back office over HTTP, with a real database: proofs, and its troubles."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from office.backoffice import BackOffice
from office.desk import StatusDesk
from office.errors import BackOfficeBroken, BackOfficeError, BackOfficeLate, Locked, NotProven
from office.store.applications import Applications
from office.store.attempts import Attempts
from office.store.audit import Audit
from tests.unit.office.counter import (
    ID,
    NAME,
    NUMBER,
    OTHER,
    PATIENCE,
    PHONE,
    RING,
    Counter,
    Told,
    counter_open,
    office_open,
    told,
)

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
LI = {"name": NAME, "id_number": ID, "applications": [NUMBER, OTHER]}
WANG = {"name": "王芳", "phone": PHONE}
COUPLE = told(applicants=[LI, WANG])
UNKNOWN = "2026119999"


@dataclass
class Post:
    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, phone: str, code: str) -> None:
        self.sent.append((phone, code))


@pytest.fixture
def counter() -> Iterator[Counter]:
    with counter_open() as opened:
        opened.tell(NUMBER, COUPLE)
        opened.tell(OTHER, told(number=OTHER))
        yield opened


@pytest.fixture
def source(counter: Counter) -> Iterator[BackOffice]:
    with office_open(counter.url) as opened:
        yield opened


@pytest.fixture
def desk(engine: Engine, source: BackOffice) -> StatusDesk:
    table = Applications(engine)
    return StatusDesk(source, table, Attempts(engine), Audit(engine), RING, Post())


def seen(desk: StatusDesk, proof: str, number: str = NUMBER) -> list[str]:
    return [one.number for one in desk.look_up("c", number, proof, now=NOW)]


def test_a_proof_shows_the_application_and_the_person_s_others(desk: StatusDesk) -> None:
    assert seen(desk, "8211") == [NUMBER, OTHER]


def test_of_a_couple_each_sees_only_their_own(desk: StatusDesk) -> None:
    assert seen(desk, "5678") == [NUMBER]


def test_a_code_goes_to_the_phone_the_back_office_named(desk: StatusDesk) -> None:
    desk.send_code("c", NUMBER, now=NOW)
    assert isinstance(desk.sender, Post)
    phone, code = desk.sender.sent[0]
    assert phone == PHONE
    assert seen(desk, code) == [NUMBER]


def test_an_unknown_number_and_a_wrong_proof_are_the_same_error(desk: StatusDesk) -> None:
    said = []
    for number in (NUMBER, UNKNOWN):
        with pytest.raises(NotProven) as refused:
            desk.look_up("c", number, "0000", now=NOW)
        said.append((type(refused.value), str(refused.value), refused.value.said))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("answer", "error"),
    [(Told(wait=PATIENCE * 4), BackOfficeLate), (told(stage="没有这个"), BackOfficeBroken)],
    ids=["late", "broken"],
)
def test_a_failure_of_the_back_office_is_no_attempt(
    desk: StatusDesk, counter: Counter, answer: Told, error: type[BackOfficeError]
) -> None:
    counter.tell(NUMBER, answer)
    for _ in range(4):
        with pytest.raises(error):
            seen(desk, "8211")
    counter.tell(NUMBER, COUPLE)
    assert seen(desk, "8211") == [NUMBER, OTHER]


def test_a_failure_while_others_are_fetched_is_no_attempt_either(
    desk: StatusDesk, counter: Counter
) -> None:
    counter.tell(OTHER, Told(body=b"<html>"))
    for _ in range(4):
        with pytest.raises(BackOfficeBroken):
            seen(desk, "8211")
    counter.tell(OTHER, Told(404))
    assert seen(desk, "8211") == [NUMBER]


def test_wrong_proofs_count_and_the_back_office_is_no_longer_asked(
    desk: StatusDesk, counter: Counter
) -> None:
    for _ in range(3):
        with pytest.raises(NotProven):
            seen(desk, "0000")
    asked = len(counter.asked)
    with pytest.raises(Locked):
        seen(desk, "8211")
    assert len(counter.asked) == asked
