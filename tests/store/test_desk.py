"""Who proves a right to an application sees it; who does not learns nothing, not even by time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from office.desk import StatusDesk
from office.errors import BackOfficeLate, Locked, NotProven, ProofMalformed
from office.identity import CODE_LASTS
from office.intake import Person, enrolled
from office.keys import KeyRing, new_ring, read_ring
from office.schema import proof_attempts
from office.status import Applicant, Application
from office.store.applications import Applications
from office.store.attempts import Attempts
from office.store.audit import Audit

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
LI = Person("李晓明", "110105199003078211", "13912345678")
WANG = Person("王芳", "11010519491231002X")
FIRST, SECOND, COUPLE, UNKNOWN = "2026110001", "2026110002", "2026110003", "2026119999"


@dataclass(frozen=True)
class Counting(KeyRing):
    """Counts what is hashed."""

    calls: list[str] = field(default_factory=list, repr=False)

    def hashed(self, value: str, about: str) -> str:
        self.calls.append(about)
        return super().hashed(value, about)


@dataclass
class Post:
    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, phone: str, code: str) -> None:
        self.sent.append((phone, code))


@pytest.fixture
def desk(engine: Engine) -> StatusDesk:
    held = read_ring(new_ring("test"), where="test")
    ring, table = Counting(held.index, held.sealing), Applications(engine)
    filed = [(FIRST, [LI]), (SECOND, [LI]), (COUPLE, [WANG, LI])]
    table.keep([(application(n, who, ring), n) for n, who in filed], lambda _: {}, now=NOW)
    return StatusDesk(table, table, Attempts(engine), Audit(engine), ring, Post())


def application(number: str, people: list[Person], ring: KeyRing) -> Application:
    return Application(
        number=number,
        service="adoption",
        stage="received",
        stage_on=date(2026, 11, 3),
        received_on=date(2026, 11, 2),
        office="灯笼县民政局",
        applicants=tuple(enrolled(one, number, ring) for one in people),
    )


def numbers(found: list[Application]) -> list[str]:
    return [one.number for one in found]


@pytest.mark.parametrize("proof", ["8211", "5678", "８２１１"])
def test_the_end_of_id_or_phone_shows_all_applications_of_that_person(
    desk: StatusDesk, proof: str
) -> None:
    found = desk.look_up("c", FIRST, proof, now=NOW)
    assert numbers(found) == [FIRST, SECOND, COUPLE]


def test_of_a_couple_each_sees_only_their_own(desk: StatusDesk) -> None:
    assert numbers(desk.look_up("c", COUPLE, "002x", now=NOW)) == [COUPLE]
    assert numbers(desk.look_up("c", COUPLE, "8211", now=NOW)) == [COUPLE, FIRST, SECOND]


def test_a_whole_application_shows_no_name_in_full(desk: StatusDesk) -> None:
    found = desk.look_up("c", COUPLE, "002X", now=NOW)
    assert [one.masked_name for one in found[0].applicants] == ["王*", "李*明"]


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is sent to the database meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_an_unknown_number_and_a_wrong_proof_are_the_same_error_after_the_same_steps(
    desk: StatusDesk, engine: Engine
) -> None:
    def steps(number: str, citizen: str) -> tuple[object, ...]:
        ring = desk.ring
        assert isinstance(ring, Counting)
        ring.calls.clear()
        with statements(engine) as seen, pytest.raises(NotProven) as refused:
            desk.look_up(citizen, number, "0000", now=NOW)
        hashed = [about.replace(number, "#") for about in ring.calls]
        return refused.value.said, seen, hashed

    assert steps(FIRST, "a" * 64) == steps(UNKNOWN, "b" * 64)


def test_a_code_request_takes_the_same_steps_for_an_unknown_number(
    desk: StatusDesk, engine: Engine
) -> None:
    def steps(number: str) -> list[str]:
        with statements(engine) as seen:
            desk.send_code(number, number, now=NOW)
        return seen

    assert steps(FIRST) == steps(UNKNOWN)


def code_for(desk: StatusDesk, number: str = FIRST) -> str:
    desk.send_code("c", number, now=NOW)
    post = desk.sender
    assert isinstance(post, Post)
    return post.sent[-1][1]


def test_a_code_is_sent_to_the_phone_on_file_and_proves_once(desk: StatusDesk) -> None:
    code = code_for(desk)
    assert numbers(desk.look_up("c", FIRST, code, now=NOW))[0] == FIRST
    with pytest.raises(NotProven):
        desk.look_up("c", FIRST, code, now=NOW)


def test_a_code_is_good_for_its_time_its_citizen_and_its_number(desk: StatusDesk) -> None:
    code = code_for(desk)
    for citizen, number, moment in (
        ("c", FIRST, NOW + CODE_LASTS),
        ("d", FIRST, NOW),
        ("c", SECOND, NOW),
    ):
        with pytest.raises(NotProven):
            desk.look_up(citizen, number, code, now=moment)


def test_a_later_code_makes_the_earlier_one_void(desk: StatusDesk) -> None:
    first, second = code_for(desk), code_for(desk)
    if first != second:
        with pytest.raises(NotProven):
            desk.look_up("c", FIRST, first, now=NOW)


def test_a_code_shows_what_the_owner_of_the_phone_may_see(desk: StatusDesk) -> None:
    found = desk.look_up("c", COUPLE, code_for(desk, COUPLE), now=NOW)
    assert numbers(found) == [COUPLE, FIRST, SECOND]


def test_no_code_leaves_for_a_number_that_is_not_on_file(desk: StatusDesk) -> None:
    desk.send_code("c", UNKNOWN, now=NOW)
    assert isinstance(desk.sender, Post)
    assert desk.sender.sent == []


def test_three_failures_lock_and_a_success_in_between_clears(desk: StatusDesk) -> None:
    for proofs in (["0000", "0000", "8211"], ["0000", "0000", "8211"]):
        for proof in proofs:
            try:
                desk.look_up("c", FIRST, proof, now=NOW)
            except NotProven:
                continue
    for _ in range(3):
        with pytest.raises(NotProven):
            desk.look_up("c", FIRST, "0000", now=NOW)
    with pytest.raises(Locked) as locked:
        desk.look_up("c", FIRST, "8211", now=NOW + timedelta(minutes=14))
    assert locked.value.until == NOW + timedelta(minutes=15)
    assert desk.look_up("c", FIRST, "8211", now=NOW + timedelta(minutes=15))


def test_what_is_no_proof_by_its_form_counts_nothing(desk: StatusDesk) -> None:
    for _ in range(5):
        with pytest.raises(ProofMalformed):
            desk.look_up("c", FIRST, "abc", now=NOW)
    assert desk.look_up("c", FIRST, "8211", now=NOW)


def test_a_source_that_is_late_counts_no_attempt(desk: StatusDesk) -> None:
    class Late:
        def find(self, number: str) -> Application | None:
            raise BackOfficeLate

        def others(self, application: Application, applicant: Applicant) -> list[Application]:
            raise BackOfficeLate

    late = replace(desk, source=Late())
    for _ in range(12):
        with pytest.raises(BackOfficeLate):
            late.look_up("c", FIRST, "8211", now=NOW)
        with pytest.raises(BackOfficeLate):
            late.send_code("c", FIRST, now=NOW)
    assert desk.look_up("c", FIRST, "8211", now=NOW)


def test_a_code_is_not_used_up_by_a_source_that_fails_after_it(desk: StatusDesk) -> None:
    class Failing(Applications):
        def others(self, application: Application, applicant: Applicant) -> list[Application]:
            raise BackOfficeLate

    code = code_for(desk)
    with pytest.raises(BackOfficeLate):
        replace(desk, source=Failing(desk.table._engine)).look_up("c", FIRST, code, now=NOW)
    assert desk.look_up("c", FIRST, code, now=NOW)


def test_without_its_counters_nothing_is_looked_up(desk: StatusDesk, engine: Engine) -> None:
    class Unasked(Applications):
        def find(self, number: str) -> Application | None:
            raise AssertionError

    proof_attempts.drop(engine)
    closed = replace(desk, source=Unasked(engine))
    with pytest.raises(DBAPIError):
        closed.look_up("c", FIRST, "8211", now=NOW)
    with pytest.raises(DBAPIError):
        closed.send_code("c", FIRST, now=NOW)


def test_each_application_shown_is_a_line_in_the_audit_log(desk: StatusDesk) -> None:
    desk.look_up("c", FIRST, "8211", now=NOW)
    lines = [(one.actor, one.purpose, one.subject) for one in desk.audit.entries()]
    assert lines == [("c", "status.look_up", number) for number in (FIRST, SECOND, COUPLE)]
