"""Applications in a back office that answers JSON over HTTP; the contract is docs/back-office.md.

Every call has a time limit and a named outcome. What the back office answers is checked
by `office.rows` like a pushed row, and never repeated in an error or a log.
"""

import asyncio
import json
import logging
import threading
import time
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx
import pybreaker
import stamina

from office.errors import (
    BackOfficeBroken,
    BackOfficeDown,
    BackOfficeLate,
    BackOfficeResting,
    NumberMalformed,
)
from office.rows import Reader
from office.signing import signature
from office.status import Applicant, Application

TRIES: Final = 3
"""A look-up, its others included, takes no longer than as many times the limit of one call."""
FAILURES: Final = 5
"""In a row, before it is left alone."""
REST: Final = 30.0
"""Seconds."""
LARGEST: Final = 256 * 1024
"""Bytes of one answer."""
MOST_OTHERS: Final = 10
"""Other applications of one person that are fetched."""

_FOUND, _UNKNOWN = 200, 404
_BUSY: Final = frozenset({502, 503, 504})
_LINES: Final = httpx.Limits(max_connections=20, max_keepalive_connections=5)
_UNPACKED: Final = {"Accept": "application/json", "Accept-Encoding": "identity"}
"""A packed answer could be far larger than it looks."""

for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # below, they write numbers to the log


@dataclass(frozen=True)
class _Asked(Application):
    """`deadline`: until when the look-up that found it may go on, in monotonic seconds."""

    deadline: float = field(default=0.0, repr=False, compare=False)


class BackOffice:
    """A `Source` (office/desk.py); `timeout` and `rest` in seconds.

    Calls run on a loop of their own, because only there a limit holds for all of a call:
    looking up the host and headers that come drop by drop included.
    """

    def __init__(
        self, url: str, secret: str, reader: Reader, *, timeout: float, rest: float = REST
    ) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=timeout,
            limits=_LINES,
            headers=_UNPACKED,
            follow_redirects=False,
            trust_env=False,
        )
        self._secret, self._reader, self._timeout = secret, reader, timeout
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=FAILURES,
            reset_timeout=rest,
            exclude=[BackOfficeBroken],
            throw_new_error_on_trip=False,
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def find(self, number: str) -> Application | None:
        """The application called `number`, None where there is none; BackOfficeError."""
        return self._find(number, self._deadline())

    def others(self, application: Application, applicant: Applicant) -> list[Application]:
        """The applications whose numbers the applicant carries; in what `find` left of its time."""
        deadline = self._deadline()
        if isinstance(application, _Asked):
            deadline = application.deadline
        wanted = [one for one in applicant.others if one != application.number][:MOST_OTHERS]
        found = (self._find(number, deadline) for number in wanted)
        return [one for one in found if one]

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._client.aclose(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _deadline(self) -> float:
        return time.monotonic() + TRIES * self._timeout

    def _find(self, number: str, deadline: float) -> Application | None:
        if time.monotonic() >= deadline:
            raise BackOfficeLate
        body = self._guarded(f"/applications/{number}", deadline)
        return self._application(number, body, deadline) if body is not None else None

    def _guarded(self, path: str, deadline: float) -> bytes | None:
        """Not `breaker.call`: that holds a lock, and citizens would wait for one another."""
        try:
            with self._breaker.calling():
                return self._ask(path, deadline)
        except pybreaker.CircuitBreakerError:
            raise BackOfficeResting from None

    def _ask(self, path: str, deadline: float) -> bytes | None:
        """The body of the answer; tried again where another try may help and time is left."""
        pause = self._timeout / 5
        for attempt in stamina.retry_context(
            on=(BackOfficeLate, BackOfficeDown),
            attempts=TRIES,
            timeout=max(deadline - pause - time.monotonic(), 0.001),
            wait_initial=pause / 4,
            wait_jitter=pause / 4,
            wait_max=pause,
        ):
            with attempt:
                return self._call(path, deadline)
        raise BackOfficeDown

    def _call(self, path: str, deadline: float) -> bytes | None:
        limit = min(self._timeout, deadline - time.monotonic())
        if limit <= 0:
            raise BackOfficeLate
        return asyncio.run_coroutine_threadsafe(self._get(path, limit), self._loop).result()

    async def _get(self, path: str, limit: float) -> bytes | None:
        headers = self._signed(path)
        try:
            async with (
                asyncio.timeout(limit),
                self._client.stream("GET", path, headers=headers) as answer,
            ):
                return await _body(answer)
        except (TimeoutError, httpx.TimeoutException):
            raise BackOfficeLate from None
        except httpx.HTTPError:
            raise BackOfficeDown from None

    def _signed(self, path: str) -> dict[str, str]:
        if not self._secret:
            return {}
        moment = str(int(time.time()))
        signed = signature(self._secret, moment, f"GET.{path}".encode())
        return {"X-Timestamp": moment, "X-Signature": signed}

    def _application(self, number: str, body: bytes, deadline: float) -> Application:
        """The application in an answer; BackOfficeBroken, whatever is wrong with it."""
        try:
            told = _json(body)
            carried = [self._numbers(person) for person in told["applicants"]]
            application, _ = self._reader.read(told)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, NumberMalformed):
            raise BackOfficeBroken from None
        if application.number != number:
            raise BackOfficeBroken
        people = zip(application.applicants, carried, strict=True)
        named = tuple(replace(one, others=others) for one, others in people)
        return _Asked(**vars(replace(application, applicants=named)), deadline=deadline)

    def _numbers(self, person: dict[str, Any]) -> tuple[str, ...]:
        """The numbers of a person's applications; taken out, because a row does not have them.

        Each becomes part of an address: nothing but a number of the bureau may.
        """
        numbers = person.pop("applications", [])
        if not isinstance(numbers, list):
            raise BackOfficeBroken
        return tuple(dict.fromkeys(self._reader.form.checked(number) for number in numbers))


async def _body(answer: httpx.Response) -> bytes | None:
    """An answer's body, None where the number is unknown."""
    if answer.status_code == _UNKNOWN:
        return None
    if answer.status_code in _BUSY:
        raise BackOfficeDown
    if answer.status_code != _FOUND:
        raise BackOfficeBroken
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > LARGEST:
            raise BackOfficeBroken
    return bytes(body)


def _json(body: bytes) -> dict[str, Any]:
    told = json.loads(body)
    if not isinstance(told, dict):
        raise BackOfficeBroken
    return told
