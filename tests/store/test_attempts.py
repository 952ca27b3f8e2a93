"""Wrong proofs lock, no longer than said; codes are good once. Both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import DBAPIError

from office.errors import Locked
from office.identity import APPLICATION_LIMIT, CITIZEN_LIMIT, CODE_LASTS, NUMBER_LIMIT
from office.schema import proof_attempts
from office.store.attempts import Attempts
from office.store.engine import open_engine

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
ME, OTHER = "a" * 64, "b" * 64
NUMBER, SECOND_NUMBER = "1" * 64, "2" * 64
THREADS = 40


@pytest.fixture
def attempts(engine: Engine) -> Attempts:
    return Attempts(engine)


def test_three_failures_lock_for_fifteen_minutes_from_the_third(attempts: Attempts) -> None:
    for minute in range(3):
        attempts.begin(ME, NUMBER, now=NOW + minute * MINUTE)
    until = NOW + 17 * MINUTE
    assert _until(attempts, ME, NUMBER, now=NOW + 2 * MINUTE) == until
    assert _until(attempts, ME, NUMBER, now=until - SECOND) == until
    attempts.begin(ME, NUMBER, now=until)


def test_the_end_of_a_lock_is_told_in_the_time_of_the_asker(attempts: Attempts) -> None:
    _fail(attempts, ME, NUMBER, 3)
    assert f"{_until(attempts, ME, NUMBER):%H:%M}" == "10:15"


def test_refused_attempts_do_not_lengthen_the_lock_and_count_nowhere(
    attempts: Attempts, engine: Engine
) -> None:
    _fail(attempts, ME, NUMBER, 3)
    before = _rows(engine)
    for second in range(1, 60):
        assert _until(attempts, ME, NUMBER, now=NOW + second * SECOND) == NOW + 15 * MINUTE
    assert _rows(engine) == before
    assert sorted(count for count, _ in before.values()) == [3, 3, 3]


def test_a_citizen_who_is_refused_leaves_no_trace_at_a_new_number(
    attempts: Attempts, engine: Engine
) -> None:
    for number in range(10):
        attempts.begin(ME, f"{number:064}", now=NOW)
    before = _rows(engine)
    _until(attempts, ME, "f" * 64)
    assert _rows(engine) == before


def test_a_lock_is_of_one_citizen_and_one_number(attempts: Attempts) -> None:
    _fail(attempts, ME, NUMBER, 3)
    attempts.begin(ME, SECOND_NUMBER, now=NOW)
    attempts.begin(OTHER, NUMBER, now=NOW)


def test_ten_failures_of_a_citizen_over_many_numbers_lock_for_an_hour(attempts: Attempts) -> None:
    for minute in range(10):
        attempts.begin(ME, f"{minute:064}", now=NOW + minute * MINUTE)
    until = NOW + 69 * MINUTE
    assert _until(attempts, ME, "f" * 64, now=until - SECOND) == until
    attempts.begin(OTHER, "f" * 64, now=NOW + 9 * MINUTE)
    attempts.begin(ME, "f" * 64, now=until)


def test_thirty_failures_at_one_number_lock_it_for_a_day_whoever_asks(attempts: Attempts) -> None:
    for citizen in range(30):
        attempts.begin(f"{citizen:064}", NUMBER, now=NOW)
    assert _until(attempts, ME, NUMBER) == NOW + timedelta(hours=24)
    attempts.begin(ME, SECOND_NUMBER, now=NOW)
    attempts.begin(ME, NUMBER, now=NOW + timedelta(hours=24))


def test_success_clears_the_failures_at_that_number(attempts: Attempts) -> None:
    _fail(attempts, ME, NUMBER, 2)
    attempts.begin(ME, NUMBER, now=NOW)
    attempts.succeeded(ME, NUMBER)
    _fail(attempts, ME, NUMBER, 3)
    assert _until(attempts, ME, NUMBER) == NOW + 15 * MINUTE


def test_success_takes_back_no_failure_that_others_or_other_numbers_count(
    attempts: Attempts, engine: Engine
) -> None:
    _fail(attempts, ME, NUMBER, 2)
    attempts.begin(ME, NUMBER, now=NOW)
    attempts.succeeded(ME, NUMBER)
    assert _counts(engine) == {(ME, "*"): 2, ("*", NUMBER): 2}


def test_an_attempt_that_could_not_be_checked_is_taken_back_everywhere(
    attempts: Attempts, engine: Engine
) -> None:
    for _ in range(40):
        attempts.begin(ME, NUMBER, now=NOW)
        attempts.undecided(ME, NUMBER)
    assert set(_counts(engine).values()) == {0}


def test_taking_back_twice_makes_no_credit(attempts: Attempts, engine: Engine) -> None:
    attempts.begin(ME, NUMBER, now=NOW)
    attempts.undecided(ME, NUMBER)
    attempts.undecided(ME, NUMBER)
    attempts.succeeded(ME, NUMBER)
    assert set(_counts(engine).values()) == {0}


def test_a_restart_forgets_no_failure(attempts: Attempts, url: str) -> None:
    _fail(attempts, ME, NUMBER, 3)
    restarted = open_engine(url)
    try:
        assert _until(Attempts(restarted), ME, NUMBER) == NOW + 15 * MINUTE
    finally:
        restarted.dispose()


def test_of_forty_at_once_no_more_than_three_pass(attempts: Attempts, engine: Engine) -> None:
    assert _passed(lambda: attempts.begin(ME, NUMBER, now=NOW)) == NUMBER_LIMIT.failures
    assert set(_counts(engine).values()) == {NUMBER_LIMIT.failures}


def test_reading_before_writing_would_let_more_pass(engine: Engine) -> None:
    """The guard that `begin` is not: it shows that the test above can fail."""
    together = Barrier(THREADS)
    this = (proof_attempts.c.citizen == ME) & (proof_attempts.c.scope == NUMBER)
    row = {"citizen": ME, "scope": NUMBER, "count": 0, "last_at": NOW}
    with engine.begin() as connection:
        connection.execute(insert(proof_attempts).values(**row))

    def read_then_write() -> None:
        with engine.connect() as connection:
            count = connection.scalars(select(proof_attempts.c.count).where(this)).one()
        together.wait()
        if count >= NUMBER_LIMIT.failures:
            raise Locked(NOW, NOW)
        with engine.begin() as connection:
            connection.execute(update(proof_attempts).where(this).values(count=count + 1))

    assert _passed(read_then_write) > NUMBER_LIMIT.failures


def test_without_its_table_nothing_is_let_through(attempts: Attempts, engine: Engine) -> None:
    proof_attempts.drop(engine)
    with pytest.raises(DBAPIError):
        attempts.begin(ME, NUMBER, now=NOW)


def test_a_code_is_kept_for_its_citizen_and_number_only(attempts: Attempts) -> None:
    attempts.keep_code(ME, NUMBER, "c" * 64, 1, now=NOW)
    assert attempts.code(ME, NUMBER, now=NOW) == ("c" * 64, 1)
    assert attempts.code(OTHER, NUMBER, now=NOW) is None
    assert attempts.code(ME, SECOND_NUMBER, now=NOW) is None


def test_a_new_code_replaces_the_one_before_and_lasts_from_then(attempts: Attempts) -> None:
    attempts.keep_code(ME, NUMBER, "c" * 64, 0, now=NOW)
    attempts.keep_code(ME, NUMBER, "d" * 64, 1, now=NOW + 4 * MINUTE)
    assert attempts.code(ME, NUMBER, now=NOW + 8 * MINUTE) == ("d" * 64, 1)


def test_a_code_expires(attempts: Attempts) -> None:
    attempts.keep_code(ME, NUMBER, "c" * 64, 0, now=NOW)
    assert attempts.code(ME, NUMBER, now=NOW + CODE_LASTS - SECOND) is not None
    assert attempts.code(ME, NUMBER, now=NOW + CODE_LASTS) is None


def test_a_used_code_is_gone_and_no_other(attempts: Attempts) -> None:
    attempts.keep_code(ME, NUMBER, "c" * 64, 0, now=NOW)
    attempts.keep_code(OTHER, NUMBER, "d" * 64, 0, now=NOW)
    attempts.use_code(ME, NUMBER)
    assert attempts.code(ME, NUMBER, now=NOW) is None
    assert attempts.code(OTHER, NUMBER, now=NOW) == ("d" * 64, 0)


def test_the_limits_are_those_that_the_docs_tell() -> None:
    limits = [
        (limit.failures, limit.period / MINUTE)
        for limit in (NUMBER_LIMIT, CITIZEN_LIMIT, APPLICATION_LIMIT)
    ]
    assert limits == [(3, 15), (10, 60), (30, 24 * 60)]


def _fail(attempts: Attempts, citizen: str, number: str, times: int) -> None:
    for _ in range(times):
        attempts.begin(citizen, number, now=NOW)


def _until(attempts: Attempts, citizen: str, number: str, *, now: datetime = NOW) -> datetime:
    with pytest.raises(Locked) as locked:
        attempts.begin(citizen, number, now=now)
    return locked.value.until


def _passed(attempt: Callable[[], None]) -> int:
    """How many of forty threads, let go at once, are not locked out."""
    start = Barrier(THREADS)

    def one(_: int) -> bool:
        start.wait()
        try:
            attempt()
        except Locked:
            return False
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(one, range(THREADS)))


def _rows(engine: Engine) -> dict[tuple[str, str], tuple[int, datetime]]:
    with engine.connect() as connection:
        rows = connection.execute(select(proof_attempts)).all()
    return {(citizen, scope): (count, last_at) for citizen, scope, count, last_at in rows}


def _counts(engine: Engine) -> dict[tuple[str, str], int]:
    return {key: count for key, (count, _) in _rows(engine).items()}
