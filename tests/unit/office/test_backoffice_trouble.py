"""A back office in trouble: what passes is tried again, all else has a name and an end."""

import gzip
import time

import pytest

from office.backoffice import FAILURES, LARGEST, TRIES, BackOffice
from office.errors import (
    BackOfficeBroken,
    BackOfficeDown,
    BackOfficeError,
    BackOfficeLate,
    BackOfficeResting,
)
from tests.unit.office.counter import (
    ID,
    NAME,
    NUMBER,
    OTHER,
    PATIENCE,
    REST,
    Counter,
    Told,
    carrying,
    counter_open,
    office_open,
    told,
)


@pytest.mark.parametrize(
    "answers",
    [
        [Told(503), Told(503), told()],
        [Told(wait=PATIENCE * 1.5), told()],
        [Told(502), Told(504), told()],
        [Told(body=b"{", cut=True), told()],
    ],
    ids=["503 twice", "late once", "502 and 504", "cut"],
)
def test_what_passes_is_tried_again(
    counter: Counter, office: BackOffice, answers: list[Told]
) -> None:
    counter.tell(NUMBER, *answers)
    assert office.find(NUMBER) is not None
    assert len(counter.asked) == len(answers)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Told(wait=PATIENCE * 4), BackOfficeLate),
        (Told(body=b"x" * 200, drip=PATIENCE / 4), BackOfficeLate),
        (Told(slow=PATIENCE * 4), BackOfficeLate),
        (Told(503), BackOfficeDown),
        (Told(body=b"{", cut=True), BackOfficeDown),
    ],
    ids=["late", "body drop by drop", "headers drop by drop", "503", "cut"],
)
def test_what_does_not_pass_has_a_name_within_the_time_limit(
    counter: Counter, office: BackOffice, answer: Told, error: type[BackOfficeError]
) -> None:
    counter.tell(NUMBER, answer)
    began = time.monotonic()
    with pytest.raises(error):
        office.find(NUMBER)
    assert time.monotonic() - began < (TRIES + 0.6) * PATIENCE
    assert len(counter.asked) == TRIES


@pytest.mark.parametrize(
    "answer",
    [
        Told(500),
        Told(401),
        Told(429),
        Told(204),
        Told(302, location="/applications/2026110002"),
        Told(301, location="http://127.0.0.1:9/applications/2026110001"),
        Told(body=b""),
        Told(body=b"<html>"),
        Told(body=b"\xff\xfe"),
        Told(body=b"[]"),
        Told(body=b"{}"),
        Told(body=b'{"applicants": "' + ID.encode() + b'"}'),
        Told(body=b'{"applicants": null}'),
        Told(body=b"[" * 100_000),
        Told(body=told().body + b" " * LARGEST),
        Told(body=gzip.compress(b" " * 50_000_000), packing="gzip"),
        Told(body=gzip.compress(told().body), packing="gzip"),
        told(number=OTHER),
        told(number=None),
        told(stage=ID),
        told(service="没有这个"),
        told(stage_on="2026-02-30"),
        told(id_number=ID),
        told(applicants=[]),
        told(applicants=[{"name": NAME}]),
        told(applicants=[{"name": "\ud800", "id_number": ID}]),
        told(applicants=[{"name": NAME, "id_number": ID, "applications": OTHER}]),
        told(applicants=[{"name": NAME, "id_number": ID, "applications": None}]),
        told(applicants=[{"name": NAME, "id_number": ID, "applications": {OTHER: 1}}]),
        told(applicants=[{"name": NAME, "id_number": ID, "applications": [2026110002]}]),
        carrying("../../people/7"),
        carrying(OTHER, "2026110003?all=1"),
        carrying("二〇二六"),
    ],
)
def test_what_is_no_application_is_asked_once_and_never_repeated(
    counter: Counter, office: BackOffice, answer: Told
) -> None:
    counter.tell(NUMBER, answer)
    with pytest.raises(BackOfficeError) as refused:
        office.find(NUMBER)
    assert type(refused.value) is BackOfficeBroken
    assert [path for path, _ in counter.asked] == [f"/applications/{NUMBER}"]
    assert str(refused.value) == ""
    assert refused.value.__cause__ is None
    assert ID not in f"{refused.value!r}{refused.value.said}"


def test_an_answer_just_as_large_as_allowed_is_read(counter: Counter, office: BackOffice) -> None:
    counter.tell(NUMBER, Told(body=told().body.ljust(LARGEST)))
    assert office.find(NUMBER) is not None


def test_a_redirect_elsewhere_reaches_nobody(counter: Counter, office: BackOffice) -> None:
    with counter_open() as elsewhere:
        elsewhere.tell(NUMBER, told())
        counter.tell(NUMBER, Told(307, location=f"{elsewhere.url}/applications/{NUMBER}"))
        with pytest.raises(BackOfficeBroken):
            office.find(NUMBER)
        assert elsewhere.asked == []


def test_a_closed_port_is_down() -> None:
    with counter_open() as gone:
        url = gone.url
    with office_open(url) as office, pytest.raises(BackOfficeDown):
        office.find(NUMBER)


def test_after_five_failures_it_is_left_alone_then_tried_again(
    counter: Counter, office: BackOffice
) -> None:
    fail(counter, office)
    asked = len(counter.asked)
    with pytest.raises(BackOfficeResting):
        office.find(NUMBER)
    assert len(counter.asked) == asked
    counter.tell(NUMBER, told())
    time.sleep(REST * 1.2)
    assert office.find(NUMBER) is not None
    assert office.find(NUMBER) is not None


def test_after_the_rest_one_more_failure_is_enough(counter: Counter, office: BackOffice) -> None:
    fail(counter, office)
    time.sleep(REST * 1.2)
    with pytest.raises(BackOfficeDown):
        office.find(NUMBER)
    with pytest.raises(BackOfficeResting):
        office.find(NUMBER)


def test_four_failures_and_a_success_are_forgotten(counter: Counter, office: BackOffice) -> None:
    for _ in range(2):
        fail(counter, office, times=FAILURES - 1)
        counter.tell(NUMBER, told())
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


def fail(counter: Counter, office: BackOffice, times: int = FAILURES) -> None:
    """As many look-ups that find the back office down, each under its own name."""
    counter.tell(NUMBER, Told(503))
    for _ in range(times):
        with pytest.raises(BackOfficeDown):
            office.find(NUMBER)
