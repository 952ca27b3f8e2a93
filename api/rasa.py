"""The way to Rasa: one call with a deadline, a named failure, and a pause after it."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any, TypeGuard

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

    async def turn(self, sender: str, text: str, metadata: Mapping[str, Any]) -> list[Reply]:
        """The `custom` payloads Rasa answers with, in order; raises RasaDown.

        `metadata` reaches the actions beside the message.
        """
        if time.monotonic() < self._resting_until:
            raise RasaDown(RESTING)
        try:
            return _replies(await self._post(sender, text, metadata))
        except RasaDown:
            self._resting_until = time.monotonic() + self._rest
            raise

    async def _post(self, sender: str, text: str, metadata: Mapping[str, Any]) -> Any:
        message = {"sender": sender, "message": text, "metadata": metadata}
        try:
            async with asyncio.timeout(self._deadline):
                response = await self._client.post(
                    "/webhooks/rest/webhook", json=message, timeout=self._deadline
                )
            response.raise_for_status()
            return response.json()
        except (TimeoutError, httpx.TimeoutException) as error:
            raise RasaDown(TIMEOUT) from error
        except httpx.TransportError as error:
            raise RasaDown(UNREACHABLE) from error
        except (httpx.HTTPError, ValueError) as error:
            raise RasaDown(BROKEN) from error

    async def version(self) -> str:
        """Rasa's own words about its version; raises RasaDown."""
        try:
            response = await self._client.get("/", timeout=self._deadline)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise RasaDown(UNREACHABLE) from error
        return response.text.strip().rpartition(" ")[2]


def _replies(payload: Any) -> list[Reply]:
    """Every message of ours is a `custom` reply; anything else is a broken turn."""
    if not isinstance(payload, list):
        raise RasaDown(BROKEN)
    said = [item.get("custom") for item in payload if isinstance(item, dict)]
    replies: list[Reply] = [one for one in said if _is_reply(one)]
    if not replies or len(replies) < len(payload):
        raise RasaDown(BROKEN)
    return replies


def _is_reply(said: Any) -> TypeGuard[Reply]:
    """Whether it has what every reply has (`knowledge.reply`): an outcome, both texts."""
    if not isinstance(said, dict) or not isinstance(said.get("text"), dict):
        return False
    needed = (said.get("outcome"), said["text"].get("zh"), said["text"].get("en"))
    return all(isinstance(one, str) for one in needed)
