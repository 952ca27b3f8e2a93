"""Stages and time limits of the real data, read against the calendar."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from office.calendar import load_calendar
from office.errors import BackOfficeBroken
from office.services import load_services
from office.status import Applicant, Application, Standing, progress, progress_of

SERVICES, CALENDAR = load_services(), load_calendar()
ARTICLES = Path(__file__).parents[3] / "knowledge" / "articles"
SEPTEMBER = date(2026, 9, 1)
TODAY = date(2026, 11, 25)
EVERY = [(service.key, stage.key) for service in SERVICES.services for stage in service.stages]


def application(service: str, stage: str, accepted: date | None = SEPTEMBER) -> Application:
    return Application(
        number="2026090001",
        service=service,
        stage=stage,
        stage_on=SEPTEMBER,
        received_on=SEPTEMBER - timedelta(days=1),
        accepted_on=accepted,
        office="灯笼镇",
        applicants=(Applicant("李*明", "sealed"),),
    )


def read(one: Application, today: date = TODAY) -> tuple[Standing, date | None]:
    said = progress(one, SERVICES.service(one.service), CALENDAR, today=today)
    return said.standing, said.decide_by


@pytest.mark.parametrize(("service", "stage"), EVERY)
@pytest.mark.parametrize("accepted", [SEPTEMBER, None])
def test_every_stage_of_every_service_can_be_read(
    service: str, stage: str, accepted: date | None
) -> None:
    standing, due = read(application(service, stage, accepted))
    assert (due is not None) == (standing in (Standing.RUNNING, Standing.OVERDUE))


def test_thirty_working_days_over_the_october_holidays() -> None:
    """September has 21 working days after the 1st, the 20th made up, the 25th off; October 8 on."""
    due = date(2026, 10, 19)
    assert read(application("dibao", "checking"), due) == (Standing.RUNNING, due)
    assert read(application("dibao", "checking"), due + timedelta(days=1))[0] is Standing.OVERDUE


def test_an_extended_limit_is_longer() -> None:
    plain = application("dibao", "checking")
    assert read(replace(plain, extended=True))[1] == CALENDAR.add_workdays(SEPTEMBER, 45)


@pytest.mark.parametrize(
    ("service", "stage", "standing"),
    [
        ("dibao", "missing", Standing.STOPPED),
        ("dibao", "approved", Standing.DECIDED),
        ("dibao", "refused", Standing.DECIDED),
        ("temporary_aid", "accepted", Standing.OPEN),
        ("tekun", "checking", Standing.STOPPED),
        ("divorce", "cooling", Standing.STOPPED),
        ("divorce", "collectable", Standing.STOPPED),
    ],
)
def test_where_no_clock_runs_no_day_is_named(service: str, stage: str, standing: Standing) -> None:
    assert read(application(service, stage)) == (standing, None)


def test_a_clock_that_starts_with_a_stage_starts_on_its_day() -> None:
    assert read(application("tekun", "deciding"))[1] == CALENDAR.add_workdays(SEPTEMBER, 15)


def test_before_the_acceptance_nothing_runs() -> None:
    assert read(application("dibao", "checking", None)) == (Standing.STOPPED, None)


def test_a_day_beyond_the_published_calendar_is_not_official() -> None:
    late = replace(application("dibao", "checking", date(2026, 12, 20)), stage_on=TODAY)
    said = progress(late, SERVICES.service("dibao"), CALENDAR, today=TODAY)
    assert said.decide_by is not None
    assert said.decide_by.year == 2027
    assert not said.official


@pytest.mark.parametrize(("service", "stage"), [("nothing", "checking"), ("dibao", "nothing")])
def test_a_stage_that_the_data_no_longer_has_is_the_back_office_s_fault(
    service: str, stage: str
) -> None:
    with pytest.raises(BackOfficeBroken):
        progress_of([application(service, stage)], SERVICES, CALENDAR, today=TODAY)


@pytest.mark.parametrize("service", SERVICES.services, ids=lambda one: one.key)
def test_a_service_leads_to_an_article_and_its_names_to_one_stage_each(service: object) -> None:
    one = SERVICES.service(service.key)  # type: ignore[attr-defined]
    assert (ARTICLES / f"{one.article}.md").is_file()
    called = [name for stage in one.stages for name in {stage.title.zh, *stage.names}]
    assert len(called) == len(set(called))
    assert all(one.stage_named(name) for name in called)
    assert all(SERVICES.named(name) is one for name in (one.key, one.title.zh, *one.names))


@pytest.mark.parametrize("service", [one for one in SERVICES.services if one.limit])
def test_a_limit_names_its_law_or_says_that_it_was_not_checked(service: object) -> None:
    limit = service.limit  # type: ignore[attr-defined]
    assert limit.law
    assert (limit.article and limit.in_force) if limit.verified else limit.note
