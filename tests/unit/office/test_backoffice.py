"""A back office over HTTP: what it knows is read, signed for, and kept from the log."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from office.backoffice import MOST_OTHERS, TRIES, BackOffice
from office.errors import BackOfficeError, BackOfficeLate
from office.signing import verify
from settings import Settings
from tests.unit.office.counter import (
    ID,
    NAME,
    NUMBER,
    OTHER,
    PATIENCE,
    PHONE,
    SECRET,
    Counter,
    Told,
    carrying,
    office_open,
    told,
)


def test_an_application_is_read_and_the_applicant_is_hashed(
    counter: Counter, office: BackOffice
) -> None:
    counter.tell(NUMBER, told())
    found = office.find(NUMBER)
    assert found is not None
    assert (found.service, found.stage) == ("dibao", "checking")
    assert found.applicants[0].masked_name == "李*明"
    assert ID not in repr(found)
    assert NAME not in repr(found)


def test_of_two_applicants_each_keeps_their_own_proofs_and_numbers(
    counter: Counter, office: BackOffice
) -> None:
    second = {"name": "王芳", "phone": PHONE}
    first = {"name": NAME, "id_number": ID, "applications": [OTHER]}
    counter.tell(NUMBER, told(applicants=[first, second]))
    found = office.find(NUMBER)
    assert found is not None
    li, wang = found.applicants
    assert (li.masked_name, li.others, li.phone_proof_hash) == ("李*明", (OTHER,), None)
    assert (wang.masked_name, wang.others, wang.id_proof_hash) == ("王*", (), None)
    assert li.id_proof_hash
    assert wang.phone_proof_hash
    assert PHONE not in repr(found)


def test_a_number_it_does_not_know_is_none(office: BackOffice) -> None:
    assert office.find(NUMBER) is None


def test_the_person_s_other_applications_are_fetched_by_number(
    counter: Counter, office: BackOffice
) -> None:
    counter.tell(NUMBER, carrying(NUMBER, "2026110009", OTHER, OTHER))
    counter.tell(OTHER, told(number=OTHER))
    found = office.find(NUMBER)
    assert found is not None
    assert [one.number for one in office.others(found, found.applicants[0])] == [OTHER]
    assert [path[-1] for path, _ in counter.asked] == ["1", "9", "2"]


def test_of_very_many_others_some_are_fetched(counter: Counter, office: BackOffice) -> None:
    counter.tell(NUMBER, carrying(*[f"20261199{n:02}" for n in range(40)]))
    found = office.find(NUMBER)
    assert found is not None
    assert office.others(found, found.applicants[0]) == []
    assert len(counter.asked) == 1 + MOST_OTHERS


def test_an_application_and_its_others_have_one_time_limit_together(
    counter: Counter, office: BackOffice
) -> None:
    many = [f"20261199{n:02}" for n in range(MOST_OTHERS)]
    counter.tell(NUMBER, Told(wait=PATIENCE * 2), replace(carrying(*many), wait=PATIENCE * 0.6))
    for number in many:
        counter.tell(number, Told(404, wait=PATIENCE * 0.6))
    began = time.monotonic()
    found = office.find(NUMBER)
    assert found is not None
    with pytest.raises(BackOfficeLate):
        office.others(found, found.applicants[0])
    assert time.monotonic() - began < (TRIES + 0.6) * PATIENCE


def test_by_default_all_of_a_look_up_is_over_before_the_chat_gives_up() -> None:
    default = {name: field.default for name, field in Settings.model_fields.items()}
    assert TRIES * default["back_office_timeout"] <= 3 < default["turn_deadline"]


def test_citizens_do_not_wait_for_one_another(counter: Counter, office: BackOffice) -> None:
    counter.tell(NUMBER, replace(told(), wait=PATIENCE * 0.6))
    began = time.monotonic()
    with ThreadPoolExecutor(8) as citizens:
        assert all(citizens.map(office.find, [NUMBER] * 8))
    assert time.monotonic() - began < 4 * PATIENCE


def test_every_request_is_signed(counter: Counter, office: BackOffice) -> None:
    counter.tell(NUMBER, Told(503), told())
    office.find(NUMBER)
    now = datetime.now(UTC)
    assert len(counter.asked) == 2
    for path, headers in counter.asked:
        message = f"GET.{path}".encode()
        verify(SECRET, headers["X-Signature"], headers["X-Timestamp"], message, now=now)


def test_without_a_secret_nothing_is_signed(counter: Counter) -> None:
    with office_open(counter.url, secret="") as office:
        office.find(NUMBER)
    assert "X-Signature" not in counter.asked[0][1]


@pytest.mark.parametrize("answer", [told(), carrying("x"), Told(503), told(stage=ID), Told(404)])
def test_the_log_has_neither_the_number_nor_the_person(
    counter: Counter,
    office: BackOffice,
    answer: Told,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    counter.tell(NUMBER, answer)
    try:
        office.find(NUMBER)
    except BackOfficeError:
        logging.getLogger("edge").exception("not found")
    printed = capsys.readouterr()
    logged = caplog.text + printed.out + printed.err
    assert not [one for one in (NUMBER, OTHER, ID, NAME) if one in logged]
