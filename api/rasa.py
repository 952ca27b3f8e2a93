"""The way to Rasa: one call with a deadline, a named failure, and a pause after it."""

import time
from typing import Any

import httpx

Reply = dict[str, Any]


class RasaDown(RuntimeError):
    """Rasa did not answer in time, or not properly; `reason` is one of the fixed words below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


RESTING, TIMEOUT, UNREACHABLE, BROKEN = "resting", "timeout", "unreachable", "broken"


class Rasa:
    """Rasa's REST channel. After a failure it is left alone for `rest` seconds."""

    def __init__(self, client: httpx.AsyncClient, *, deadline: float, rest: float) -> None:
        self._client, self._deadline, self._rest = client, deadline, rest
        self._resting_until = 0.0

    async def turn(self, sender: str, text: str) -> list[Reply]:
        """The `custom` payloads Rasa answers with, in order; raises RasaDown."""
        if time.monotonic() < self._resting_until:
            raise RasaDown(RESTING)
        try:
            return _replies(await self._post(sender, text))
        except RasaDown:
            self._resting_until = time.monotonic() + self._rest
            raise

    async def _post(self, sender: str, text: str) -> Any:
        message = {"sender": sender, "message": text}
        try:
            response = await self._client.post(
                "/webhooks/rest/webhook", json=message, timeout=self._deadline
            )
            response.raise_for_status()
            return response.json()
        except httpx.TimeoutException as error:
            raise RasaDown(TIMEOUT) from error
        except httpx.TransportError as error:
            raise RasaDown(UNREACHABLE) from error
        except (httpx.HTTPStatusError, ValueError) as error:
            raise RasaDown(BROKEN) from error

    async def version(self) -> str:
        """Rasa's own words about its version; raises RasaDown."""
        try:
            response = await self._client.get("/", timeout=self._deadline)
        except httpx.HTTPError as error:
            raise RasaDown(UNREACHABLE) from error
        return response.text.strip().rpartition(" ")[2]


def _replies(payload: Any) -> list[Reply]:
    """Every message of ours is a `custom` reply with a text; anything else is a broken turn."""
    if not isinstance(payload, list):
        raise RasaDown(BROKEN)
    replies = [item.get("custom") for item in payload if isinstance(item, dict)]
    if not replies or not all(isinstance(said, dict) and "text" in said for said in replies):
        raise RasaDown(BROKEN)
    return replies
