"""The real app on a stage: its own SQLite file, knowledge on paper, Rasa behind a mock."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

import api.answer
import api.app
import api.health
import api.rasa
import settings
import wiring
from knowledge.shelf import Shelf
from office.keys import new_ring, write_ring
from office.migrate import migrate
from tests.unit import paper

ENVIRONMENT = {
    "BUREAU": "灯笼县民政局",
    "HOTLINE": "0000-1234",
    "RETRY_RASA_AFTER": "60",
    "TURN_DEADLINE": "4",
    "RASA_PORT": "5905",
    "ACTIONS_PORT": "5955",
    "CODE_SENDER": "file",
}
KEYS = new_ring("stage")
Responds = Callable[[dict[str, str]], httpx.Response | Awaitable[httpx.Response]]


def said(text: str = "好的。", english: str = "All right.", **more: Any) -> dict[str, Any]:
    """One message of Rasa's, as our responses and actions give it."""
    return {"custom": {"outcome": "said", "text": {"zh": text, "en": english}, **more}}


def says(*messages: dict[str, Any]) -> Responds:
    return lambda _: httpx.Response(200, json=list(messages))


def fails(error: type[httpx.HTTPError]) -> Responds:
    def respond(_: dict[str, str]) -> httpx.Response:
        raise error("as told")

    return respond


@dataclass
class Clock:
    """Stands still until it is put forward; in seconds."""

    seconds: float = 1000.0

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class Backstage:
    """Rasa and its action server. `asked` keeps every message that reached Rasa."""

    respond: Responds = field(default_factory=lambda: says(said()))
    asked: list[dict[str, str]] = field(default_factory=list)
    hello: Callable[[], httpx.Response] = lambda: httpx.Response(
        200, text="Hello from Rasa: 3.6.21"
    )
    actions: Callable[[], httpx.Response] = lambda: httpx.Response(200, json={"status": "ok"})

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.port == int(ENVIRONMENT["ACTIONS_PORT"]):
            return self.actions()
        if request.url.path != "/webhooks/rest/webhook":
            return self.hello()
        message = httpx.Response(200, content=await request.aread()).json()
        self.asked.append(message)
        answer = self.respond(message)
        return answer if isinstance(answer, httpx.Response) else await answer

    @property
    def texts(self) -> list[str]:
        return [message["message"] for message in self.asked]


@dataclass
class Stage:
    """What a test can look at and move."""

    app: FastAPI
    rasa: Backstage
    clock: Clock
    folder: Path
    shelf: Callable[[], Shelf]

    def break_knowledge(self) -> None:
        """From now on every search fails."""
        broken = paper.shelf(paper.BrokenSearch())
        self.shelf = lambda: broken

    def lose_index(self) -> None:
        """From now on there is no index to open."""

        def missing() -> Shelf:
            raise FileNotFoundError("no index")

        self.shelf = missing


@contextmanager
def staged(folder: Path, *, keep: bool = False, keys: str | None = KEYS) -> Iterator[Stage]:
    """The app of `api.app`, not yet started, with `folder` for all that it keeps.

    `keep`: with the database that lies there already.
    """
    with pytest.MonkeyPatch.context() as patch:
        url = f"sqlite:///{folder / 'office.db'}"
        for name, value in ENVIRONMENT.items() | {("VAR", str(folder)), ("DATABASE_URL", url)}:
            patch.setenv(name, value)
        patch.chdir(folder)
        _forget_parts()
        stage = Stage(FastAPI(), Backstage(), Clock(), folder, lambda: on_paper)
        on_paper = paper.shelf()
        client = partial(httpx.AsyncClient, transport=httpx.MockTransport(stage.rasa))
        for module in (api.app, api.health):
            patch.setattr(module, "httpx", SimpleNamespace(AsyncClient=client))
        for module in (api.app, api.health, api.answer):
            patch.setattr(module, "shelf", lambda: stage.shelf())
        patch.setattr(api.app, "standards", lambda: on_paper.answerer.standards)
        patch.setattr(api.rasa, "time", stage.clock)
        if not keep:
            (folder / "office.db").write_bytes(_empty_database())
        if keys is not None:
            write_ring(folder / "vault.keys", keys)
        stage.app = api.app.create_app()
        yield stage
        wiring.engine().dispose()
    _forget_parts()


@cache
def _empty_database() -> bytes:
    """A migrated SQLite file; copying one is quicker than migrating for every test."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "office.db"
        migrate(f"sqlite:///{file}")
        return file.read_bytes()


def _forget_parts() -> None:
    parts = [part for part in vars(wiring).values() if hasattr(part, "cache_clear")]
    for cached in (settings.settings, *parts):
        cached.cache_clear()
