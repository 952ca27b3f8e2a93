"""What runs by itself, once a day, inside the API's process."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool

log = structlog.get_logger()

Work = Callable[[datetime], Mapping[str, int]]
"""Blocking work as of a moment; what it did, counted by name."""

_LONGEST_SLEEP: Final = 3600.0
"""Seconds. A machine that was suspended, or whose clock was set, is late by no more."""


async def daily(
    work: Work,
    *,
    now: Callable[[], datetime],
    hour: int = 3,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Run `work` at `hour` by the clock of `now`, day after day, until cancelled.

    A day's failure is logged and the next day tries again. Several processes may each do
    this: the work is the same done twice. A cancellation waits for work that has begun.
    """
    while True:
        await _until(_next(now(), hour), now, sleep)
        await _run(work, now())


async def _run(work: Work, now: datetime) -> None:
    try:
        counts = await run_in_threadpool(work, now)
    except Exception:
        log.exception("daily_failed")
        return
    log.info("daily_done", **counts)


async def _until(
    moment: datetime,
    now: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[object]],
) -> None:
    while (left := _seconds(now(), moment)) > 0:
        await sleep(min(left, _LONGEST_SLEEP))


def _next(now: datetime, hour: int) -> datetime:
    """The next time that the clock on the wall shows `hour`."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if _seconds(now, today) > 0 else today + timedelta(days=1)


def _seconds(start: datetime, end: datetime) -> float:
    """Real seconds, also over a change to summer time."""
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()
