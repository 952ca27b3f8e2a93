"""The demo: people who do not exist, and every standing an application can have."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from office.calendar import load_calendar
from office.demo import Shown, cases
from office.numbers import IdCheck, check_id
from office.status import Application, Standing, progress
from tests.unit.office.sheets import TODAY, reader

CALENDAR = load_calendar()
READER = reader()
DAYS = [
    *(date(2026, 1, 1) + timedelta(days=13 * step) for step in range(40)),
    date(2026, 1, 2),  # a public holiday, with most cases in the year before
]


def shown(today: date) -> list[Shown]:
    return list(cases(today, CALENDAR))


def applications(today: date) -> Iterator[Application]:
    by = type(READER)(READER.form, READER.services, READER.ring, today)
    return (by.read(one.told)[0] for one in cases(today, CALENDAR))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_case_is_taken_on_any_day_and_has_a_number_of_its_own(today: date) -> None:
    numbers = [one.number for one in applications(today)]
    assert len(set(numbers)) == len(numbers) >= 25


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_standing_is_there_on_any_day(today: date) -> None:
    standings = Counter(
        progress(one, READER.services.service(one.service), CALENDAR, today=today).standing
        for one in applications(today)
    )
    assert set(standings) == set(Standing)


def test_the_stages_to_try_are_there() -> None:
    kept = list(applications(TODAY))
    stages = {one.stage for one in kept}
    assert {"missing", "published", "approved", "refused"} <= stages
    assert all(one.missing for one in kept if one.stage == "missing")


def test_the_first_person_has_several_and_couples_come_in_twos() -> None:
    kept = list(applications(TODAY))
    people = Counter(one.applicants[0].person_hash for one in kept)
    assert people.most_common(1)[0][1] > 1
    assert all(
        (len(one.applicants) == 2) == (one.service in ("adoption", "divorce")) for one in kept
    )


def test_what_is_not_accepted_yet_has_no_day_of_acceptance() -> None:
    waiting = [one for one in applications(TODAY) if one.stage in ("received", "missing")]
    assert waiting
    assert {one.accepted_on for one in waiting} == {None}


def test_the_id_numbers_are_valid_and_the_proof_is_the_end_of_the_first() -> None:
    for one in shown(TODAY):
        people = one.told["applicants"]
        assert {check_id(person["id_number"]) for person in people} == {IdCheck.VALID}
        assert people[0]["id_number"].endswith(one.proof)


def test_the_same_day_gives_the_same_cases() -> None:
    assert shown(TODAY) == shown(TODAY)
