"""A back office over HTTP: what it knows is read, whatever else it does has a name."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from office.backoffice import FAILURES, LARGEST, MOST_OTHERS, TRIES, BackOffice
from office.errors import (
    BackOfficeBroken,
    BackOfficeDown,
    BackOfficeError,
    BackOfficeLate,
    BackOfficeResting,
)
from office.identity import NumberForm
from office.keys import new_ring, read_ring
from office.rows import Reader
from office.services import load_services
from office.signing import verify
from tests.unit.office.counter import Counter, Told, counter_open

NUMBER, OTHER = "2026110001", "2026110002"
ID, NAME, SECRET = "110105199003078211", "李晓明", "a secret for tests only"
PATIENCE, REST = 0.25, 0.5
FORM = NumberForm(r"20\d{2}(0[1-9]|1[0-2])\d{4,6}", NUMBER)
READER = Reader(FORM, load_services(), read_ring(new_ring("test"), where="test"), None)
ROW = {
    "number": NUMBER,
    "service": "低保",
    "stage": "checking",
    "stage_on": "2026-11-10",
    "received_on": "2026-11-02",
    "accepted_on": "2026-11-03",
    "office": "灯笼镇",
    "applicants": [{"name": NAME, "id_number": ID, "applications": [NUMBER, OTHER]}],
}


def told(**changed: Any) -> Told:
    return Told(body=json.dumps(ROW | changed).encode())


@pytest.fixture
def counter() -> Iterator[Counter]:
    with counter_open() as opened:
        yield opened


@pytest.fixture
def office(counter: Counter) -> Iterator[BackOffice]:
    opened = BackOffice(counter.url, SECRET, READER, timeout=PATIENCE, rest=REST)
    yield opened
    opened.close()


def test_an_application_is_read_and_the_applicant_is_hashed(
    counter: Counter, office: BackOffice
) -> None:
    counter.tell(NUMBER, told())
    found = office.find(NUMBER)
    assert found is not None
    assert (found.service, found.stage, found.applicants[0].masked_name) == (
        "dibao",
        "checking",
        "李*明",
    )
    assert ID not in repr(found)
    assert NAME not in repr(found)


def test_a_number_it_does_not_know_is_none(office: BackOffice) -> None:
    assert office.find(NUMBER) is None


def test_the_person_s_other_applications_are_fetched_by_number(
    counter: Counter, office: BackOffice
) -> None:
    counter.tell(NUMBER, told())
    counter.tell(OTHER, told(number=OTHER))
    found = office.find(NUMBER)
    assert found is not None
    assert [one.number for one in office.others(found, found.applicants[0])] == [OTHER]


def test_of_very_many_others_some_are_fetched(counter: Counter, office: BackOffice) -> None:
    many = [f"20261199{n:02}" for n in range(40)]
    counter.tell(NUMBER, told(applicants=[{"name": NAME, "id_number": ID, "applications": many}]))
    found = office.find(NUMBER)
    assert found is not None
    assert office.others(found, found.applicants[0]) == []
    assert len(counter.asked) == 1 + MOST_OTHERS


def test_every_request_is_signed(counter: Counter, office: BackOffice) -> None:
    office.find(NUMBER)
    path, headers = counter.asked[0]
    message = f"GET.{path}".encode()
    now = datetime.now(UTC)
    verify(SECRET, headers["X-Signature"], headers["X-Timestamp"], message, now=now)


def test_without_a_secret_nothing_is_signed(counter: Counter) -> None:
    BackOffice(counter.url, "", READER, timeout=PATIENCE).find(NUMBER)
    assert "X-Signature" not in counter.asked[0][1]


@pytest.mark.parametrize(
    "answers",
    [
        [Told(503), Told(503), told()],
        [Told(wait=PATIENCE * 1.5), told()],
        [Told(502), told()],
        [Told(body=b"{", cut=True), told()],
    ],
    ids=["503 twice", "late once", "502", "cut"],
)
def test_what_passes_is_tried_again(
    counter: Counter, office: BackOffice, answers: list[Told]
) -> None:
    counter.tell(NUMBER, *answers)
    assert office.find(NUMBER) is not None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Told(wait=PATIENCE * 4), BackOfficeLate),
        (Told(body=b"x" * 200, drip=PATIENCE / 4), BackOfficeLate),
        (Told(503), BackOfficeDown),
        (Told(body=b"{", cut=True), BackOfficeDown),
        (Told(500), BackOfficeBroken),
        (Told(401), BackOfficeBroken),
        (Told(302, location="/applications/2026110002"), BackOfficeBroken),
        (Told(body=b""), BackOfficeBroken),
        (Told(body=b"<html>"), BackOfficeBroken),
        (Told(body=b"[]"), BackOfficeBroken),
        (Told(body=b"{}"), BackOfficeBroken),
        (Told(body=b'{"applicants": "' + ID.encode() + b'"}'), BackOfficeBroken),
        (Told(body=b"[" * 100_000), BackOfficeBroken),
        (Told(body=b" " * (LARGEST + 1)), BackOfficeBroken),
        (told(number=OTHER), BackOfficeBroken),
        (told(stage=ID), BackOfficeBroken),
        (told(service="没有这个"), BackOfficeBroken),
        (told(stage_on="2026-02-30"), BackOfficeBroken),
        (told(id_number=ID), BackOfficeBroken),
    ],
)
def test_whatever_else_it_does_has_a_name_and_is_not_repeated(
    counter: Counter, office: BackOffice, answer: Told, error: type[BackOfficeError]
) -> None:
    counter.tell(NUMBER, answer)
    began = time.monotonic()
    with pytest.raises(error) as refused:
        office.find(NUMBER)
    assert type(refused.value) is error
    assert time.monotonic() - began < TRIES * PATIENCE + 0.3
    assert ID not in f"{refused.value!r}{refused.value.__cause__!r}{refused.value.said}"


def test_a_closed_port_is_down(counter: Counter) -> None:
    office = BackOffice("http://127.0.0.1:9", SECRET, READER, timeout=PATIENCE)
    with pytest.raises(BackOfficeDown):
        office.find(NUMBER)


def test_after_five_failures_it_is_left_alone_then_tried_again(
    counter: Counter, office: BackOffice
) -> None:
    counter.tell(NUMBER, Told(503))
    for _ in range(FAILURES):
        with pytest.raises(BackOfficeError):
            office.find(NUMBER)
    asked = len(counter.asked)
    with pytest.raises(BackOfficeResting):
        office.find(NUMBER)
    assert len(counter.asked) == asked
    counter.tell(NUMBER, told())
    time.sleep(REST * 1.2)
    assert office.find(NUMBER) is not None
    assert office.find(NUMBER) is not None


@pytest.mark.parametrize("answer", [Told(404), Told(body=b"{}"), Told(500)])
def test_an_answer_of_any_kind_is_no_reason_to_leave_it_alone(
    counter: Counter, office: BackOffice, answer: Told
) -> None:
    counter.tell(NUMBER, answer)
    for _ in range(FAILURES + 1):
        try:
            office.find(NUMBER)
        except BackOfficeBroken:
            continue
    counter.tell(NUMBER, told())
    assert office.find(NUMBER) is not None
