"""The daily job runs at its hour, survives its failures, and ends when told to."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from api.jobs import daily

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


class Clock:
    """Goes on by what is slept, until `days` have passed."""

    def __init__(self, start: datetime, days: float = 2, slow: float = 1.0) -> None:
        self.moment, self.slow = start.astimezone(UTC), slow
        self.end, self.zone = self.moment + timedelta(days=days), start.tzinfo
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment.astimezone(self.zone)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=max(seconds * self.slow, 0.001))
        if self.moment > self.end:
            raise asyncio.CancelledError


def run(clock: Clock, work: Callable[[datetime], Mapping[str, int]] | None = None) -> list[str]:
    """When the work ran, as the wall clock showed it."""
    ran: list[str] = []

    def noted(now: datetime) -> Mapping[str, int]:
        ran.append(f"{now:%m-%d %H:%M}")
        return work(now) if work else {}

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(daily(noted, now=clock.now, sleep=clock.sleep))
    return ran


@pytest.mark.parametrize(
    ("start", "ran"),
    [
        (datetime(2026, 3, 2, 2, 59, 59, tzinfo=SHANGHAI), ["03-02 03:00", "03-03 03:00"]),
        (datetime(2026, 3, 2, 3, 0, tzinfo=SHANGHAI), ["03-03 03:00", "03-04 03:00"]),
        (datetime(2026, 3, 2, 14, 20, tzinfo=SHANGHAI), ["03-03 03:00", "03-04 03:00"]),
        (datetime(2026, 2, 28, 23, 0, tzinfo=SHANGHAI), ["03-01 03:00", "03-02 03:00"]),
        (datetime(2026, 3, 28, 12, 30, tzinfo=BERLIN), ["03-29 03:00", "03-30 03:00"]),
        (datetime(2026, 10, 24, 12, 30, tzinfo=BERLIN), ["10-25 03:00", "10-26 03:00"]),
    ],
)
def test_it_runs_once_a_day_at_three_by_the_wall(start: datetime, ran: list[str]) -> None:
    assert run(Clock(start)) == ran


def test_a_sleep_that_ends_early_does_not_run_it_twice() -> None:
    clock = Clock(datetime(2026, 3, 2, 2, 0, tzinfo=SHANGHAI), slow=0.9)
    assert run(clock) == ["03-02 03:00", "03-03 03:00"]


def test_it_looks_at_the_clock_every_hour() -> None:
    clock = Clock(datetime(2026, 3, 2, 4, 0, tzinfo=SHANGHAI))
    run(clock)
    assert max(clock.slept) == 3600


def test_counts_are_logged_by_name() -> None:
    with capture_logs() as logs:
        run(
            Clock(datetime(2026, 3, 2, 2, 0, tzinfo=SHANGHAI), 1), lambda _: {"turns": 3, "gaps": 0}
        )
    assert logs == [{"event": "daily_done", "log_level": "info", "turns": 3, "gaps": 0}]


def test_a_failure_is_logged_and_the_next_day_tries_again() -> None:
    def fails(now: datetime) -> Mapping[str, int]:
        raise OSError("the disk is full")

    with capture_logs() as logs:
        ran = run(Clock(datetime(2026, 3, 2, 2, 0, tzinfo=SHANGHAI)), fails)
    assert ran == ["03-02 03:00", "03-03 03:00"]
    assert [(line["event"], line["log_level"]) for line in logs] == [("daily_failed", "error")] * 2


def test_the_work_does_not_run_where_citizens_wait() -> None:
    threads: list[threading.Thread] = []

    def works(now: datetime) -> Mapping[str, int]:
        threads.append(threading.current_thread())
        return {}

    run(Clock(datetime(2026, 3, 2, 2, 0, tzinfo=SHANGHAI), 1), works)
    assert threads
    assert threading.main_thread() not in threads


def test_it_ends_when_it_is_cancelled() -> None:
    async def cancelled() -> bool:
        task = asyncio.create_task(
            daily(lambda _: {}, now=lambda: datetime(2026, 3, 2, 4, tzinfo=SHANGHAI))
        )
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task], timeout=5)
        return task.cancelled()

    assert asyncio.run(cancelled())
