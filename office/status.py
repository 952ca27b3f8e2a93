"""An application, and how far it is; stages and time limits are data (`data/services.yml`)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from office.calendar import Calendar
from office.errors import BackOfficeBroken
from office.services import Clock, Limit, Service, Services, Stage


@dataclass(frozen=True)
class Applicant:
    """Somebody an application is for; hashes and seals are `office/keys.py`'s.

    `others` are the numbers of the person's other applications, where the source names them.
    """

    masked_name: str
    sealed: str
    person_hash: str | None = None
    id_proof_hash: str | None = None
    phone_proof_hash: str | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Application:
    """`stage` has held since `stage_on`; `missing` is what the citizen still has to bring.

    `extended`: the longer time limit holds.
    """

    number: str
    service: str
    stage: str
    stage_on: date
    received_on: date
    office: str
    accepted_on: date | None = None
    extended: bool = False
    missing: tuple[str, ...] = ()
    applicants: tuple[Applicant, ...] = ()


class Standing(StrEnum):
    """Where an application stands against its time limit."""

    RUNNING = "running"
    OVERDUE = "overdue"
    STOPPED = "stopped"
    """Waiting for the citizen, or not yet begun."""
    DECIDED = "decided"
    OPEN = "open"
    """Undecided, and no law at hand sets a limit."""


@dataclass(frozen=True)
class Progress:
    """An application read against the calendar.

    `decide_by` is the last lawful day of the decision, None unless the clock runs;
    `official` is False where that day lies beyond the published working calendar.
    """

    application: Application
    service: Service
    stage: Stage
    standing: Standing
    decide_by: date | None = None
    official: bool = True


def progress(
    application: Application, service: Service, calendar: Calendar, *, today: date
) -> Progress:
    """How far `application` is on the day `today`."""
    stage = service.stage(application.stage)
    said = Progress(application, service, stage, _standing(service, stage))
    if said.standing is not Standing.RUNNING or service.limit is None:
        return said
    begins = _clock_begins(application, service.limit)
    if begins is None:
        return replace(said, standing=Standing.STOPPED)
    due = decide_by(begins, service.limit, calendar, extended=application.extended)
    standing = Standing.OVERDUE if today > due else Standing.RUNNING
    return replace(said, standing=standing, decide_by=due, official=calendar.official(due))


def progress_of(
    found: Iterable[Application], services: Services, calendar: Calendar, *, today: date
) -> list[Progress]:
    """Each of `found` read against its service; BackOfficeBroken for a stage taken out since."""
    try:
        staged = [(one, services.service(one.service)) for one in found]
        return [progress(one, service, calendar, today=today) for one, service in staged]
    except KeyError:
        raise BackOfficeBroken from None


def decide_by(begins: date, limit: Limit, calendar: Calendar, *, extended: bool) -> date:
    """The last day of the time limit; its first day does not count (民法典 第二百零一条)."""
    days = limit.extended if extended and limit.extended else limit.days
    count = calendar.add_workdays if limit.unit == "workdays" else calendar.add_days
    return count(begins, days)


def _standing(service: Service, stage: Stage) -> Standing:
    if stage.ends or stage.clock is Clock.DONE:
        return Standing.DECIDED
    if service.limit is None:
        return Standing.OPEN
    return Standing.STOPPED if stage.clock is Clock.STOPPED else Standing.RUNNING


def _clock_begins(application: Application, limit: Limit) -> date | None:
    """The day the limit counts from; None where it has not begun."""
    if limit.starts == "accepted":
        return application.accepted_on
    if limit.starts == "received":
        return application.received_on
    return application.stage_on if application.stage == limit.starts else None
