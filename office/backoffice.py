"""Applications in a back office that answers JSON over HTTP; the contract is docs/back-office.md.

Every call has a time limit and a named outcome. What the back office answers is checked
by `office.rows` like a pushed row, and never repeated in an error or a log.
"""

import json
import time
from dataclasses import replace
from typing import Any, Final

import httpx
import pybreaker
import stamina

from office.errors import (
    BackOfficeBroken,
    BackOfficeDown,
    BackOfficeLate,
    BackOfficeResting,
)
from office.rows import Reader, RowRefused
from office.signing import signature
from office.status import Applicant, Application

TRIES: Final = 3
"""All of them together take no longer than as many times the time limit of one."""
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


class BackOffice:
    """A `Source` (office/desk.py); `timeout` and `rest` in seconds."""

    def __init__(
        self, url: str, secret: str, reader: Reader, *, timeout: float, rest: float = REST
    ) -> None:
        self._client = httpx.Client(base_url=url, timeout=timeout, trust_env=False)
        self._secret, self._reader, self._timeout = secret, reader, timeout
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=FAILURES, reset_timeout=rest, exclude=[BackOfficeBroken]
        )

    def find(self, number: str) -> Application | None:
        """The application called `number`, None where there is none; BackOfficeError."""
        return self._find(number, time.monotonic() + TRIES * self._timeout)

    def others(self, application: Application, applicant: Applicant) -> list[Application]:
        """The applications whose numbers the applicant carries; within the time of one `find`."""
        deadline = time.monotonic() + TRIES * self._timeout
        wanted = [one for one in applicant.others if one != application.number][:MOST_OTHERS]
        found = (self._find(number, deadline) for number in wanted)
        return [one for one in found if one]

    def close(self) -> None:
        self._client.close()

    def _find(self, number: str, deadline: float) -> Application | None:
        try:
            answer = self._breaker.call(self._ask, f"/applications/{number}", deadline)
        except pybreaker.CircuitBreakerError:
            raise BackOfficeResting from None
        return self._application(number, answer) if answer is not None else None

    def _ask(self, path: str, deadline: float) -> bytes | None:
        """The body of the answer; tried again where another try may help and time is left."""
        for attempt in stamina.retry_context(
            on=(BackOfficeLate, BackOfficeDown),
            attempts=TRIES,
            timeout=max(deadline - time.monotonic(), 0.0),
            wait_initial=self._timeout / 20,
            wait_max=self._timeout / 5,
        ):
            with attempt:
                return self._call(path, deadline)
        raise BackOfficeDown

    def _call(self, path: str, deadline: float) -> bytes | None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise BackOfficeLate
        limit = httpx.Timeout(min(self._timeout, left))
        try:
            with self._client.stream(
                "GET", path, headers=self._headers(path), timeout=limit
            ) as answer:
                return _body(answer, time.monotonic() + self._timeout)
        except httpx.TimeoutException:
            raise BackOfficeLate from None
        except httpx.HTTPError:
            raise BackOfficeDown from None

    def _headers(self, path: str) -> dict[str, str]:
        if not self._secret:
            return {}
        moment = str(int(time.time()))
        signed = signature(self._secret, moment, f"GET.{path}".encode())
        return {"X-Timestamp": moment, "X-Signature": signed}

    def _application(self, number: str, body: bytes) -> Application:
        """The application in an answer; BackOfficeBroken, whatever is wrong with it."""
        try:
            told = _json(body)
            carried = [_numbers(person) for person in told["applicants"]]
            application, _ = self._reader.read(told)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, RowRefused):
            raise BackOfficeBroken from None
        if application.number != number:
            raise BackOfficeBroken
        people = zip(application.applicants, carried, strict=True)
        return replace(
            application,
            applicants=tuple(replace(one, others=tuple(others)) for one, others in people),
        )


def _body(answer: httpx.Response, deadline: float) -> bytes | None:
    """An answer's body, None where the number is unknown; drop by drop it may not take longer."""
    if answer.status_code == _UNKNOWN:
        return None
    if answer.status_code in _BUSY:
        raise BackOfficeDown
    if answer.status_code != _FOUND:
        raise BackOfficeBroken
    body = bytearray()
    for chunk in answer.iter_bytes():
        body += chunk
        if len(body) > LARGEST:
            raise BackOfficeBroken
        if time.monotonic() > deadline:
            raise BackOfficeLate
    return bytes(body)


def _json(body: bytes) -> dict[str, Any]:
    told = json.loads(body)
    if not isinstance(told, dict):
        raise BackOfficeBroken
    return told


def _numbers(person: dict[str, Any]) -> list[str]:
    """The numbers of a person's applications; taken out, because a row does not have them."""
    numbers = person.pop("applications", [])
    return [str(number)[:40] for number in numbers]
