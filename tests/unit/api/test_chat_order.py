"""Turns of one sender follow each other; senders do not wait for each other."""

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

import wiring
from api import deps
from tests.unit.api.stage import Backstage, Stage, said

PATIENCE = 20


class Gate:
    """Lets Rasa answer a message only when it is opened for it."""

    def __init__(self, rasa: Backstage) -> None:
        self._open: dict[str, asyncio.Event] = {}
        self._there: dict[str, asyncio.Event] = {}
        rasa.respond = self._respond

    async def _respond(self, message: dict[str, str]) -> httpx.Response:
        text = message["message"]
        self._event(self._there, text).set()
        await self._event(self._open, text).wait()
        return httpx.Response(200, json=[said(f"答：{text}")])

    async def reached(self, text: str) -> None:
        await asyncio.wait_for(self._event(self._there, text).wait(), PATIENCE)

    def open(self, *texts: str) -> None:
        for text in texts:
            self._event(self._open, text).set()

    @staticmethod
    def _event(events: dict[str, asyncio.Event], text: str) -> asyncio.Event:
        return events.setdefault(text, asyncio.Event())


class Citizens:
    """Several citizens who write to the same running app."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    def write(self, sender: str, text: str, **more: str) -> asyncio.Task[Any]:
        return asyncio.create_task(self._send({"sender": sender, "text": text, **more}))

    async def _send(self, message: dict[str, str]) -> Any:
        answer = await asyncio.wait_for(self._client.post("/api/chat", json=message), PATIENCE)
        return answer.json()


@asynccontextmanager
async def town(stage: Stage) -> AsyncIterator[tuple[Citizens, Gate]]:
    transport = httpx.ASGITransport(stage.app)
    async with (
        stage.app.router.lifespan_context(stage.app),
        httpx.AsyncClient(transport=transport, base_url="http://town") as client,
    ):
        yield Citizens(client), Gate(stage.rasa)


def text_of(reply: Any) -> str:
    text: str = reply["replies"][0]["text"]
    return text


def test_a_second_message_waits_for_the_first_and_other_senders_do_not(stage: Stage) -> None:
    async def scene() -> None:
        async with town(stage) as (citizens, gate):
            first = citizens.write("王", "一")
            await gate.reached("一")
            second = citizens.write("王", "二")
            gate.open("二", "三", "四")
            for text in ("三", "四"):
                assert text_of(await citizens.write("李", text)) == f"答：{text}"
            assert not first.done()
            assert not second.done()
            assert "二" not in stage.rasa.texts
            gate.open("一")
            assert [text_of(await first), text_of(await second)] == ["答：一", "答：二"]
        assert stage.rasa.texts == ["一", "三", "四", "二"]

    asyncio.run(scene())


def test_many_messages_of_one_sender_reach_rasa_in_the_order_they_came(stage: Stage) -> None:
    async def scene() -> None:
        texts = [f"第{number}句" for number in range(12)]
        async with town(stage) as (citizens, gate):
            gate.open(*texts)
            written = [citizens.write("王", text) for text in texts]
            assert [text_of(await one) for one in written] == [f"答：{text}" for text in texts]
        assert stage.rasa.texts == texts

    asyncio.run(scene())


@pytest.mark.parametrize("part", [deps.now, deps.chat])
def test_nothing_before_the_queue_runs_in_a_thread_where_messages_overtake(part: object) -> None:
    assert inspect.iscoroutinefunction(part)


def test_a_message_repeated_before_its_reply_is_there_asks_rasa_once(stage: Stage) -> None:
    async def scene() -> None:
        async with town(stage) as (citizens, gate):
            first = citizens.write("王", "一", message_id="m1")
            await gate.reached("一")
            again = [citizens.write("王", "一", message_id="m1") for _ in range(3)]
            gate.open("一")
            replies = [await one for one in (first, *again)]
        assert replies == [replies[0]] * 4
        assert stage.rasa.texts == ["一"]

    asyncio.run(scene())


def test_a_sender_whose_first_message_broke_is_not_stuck(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    async def scene() -> None:
        async with town(stage) as (citizens, gate):
            gate.open("一", "二")
            with monkeypatch.context() as patch:
                patch.setattr(wiring.conversations(), "conversation", broken)
                assert (await citizens.write("王", "一"))["error"] == "unexpected"
            assert text_of(await citizens.write("王", "二")) == "答：二"

    asyncio.run(scene())


def test_no_queue_is_left_behind(stage: Stage) -> None:
    async def scene() -> None:
        async with town(stage) as (citizens, gate):
            gate.open("一", "二")
            written = [citizens.write(f"citizen-{n}", "一") for n in range(5)]
            written += [citizens.write("citizen-1", "二")]
            await asyncio.gather(*written)
            assert stage.app.state.chat._queues == {}

    asyncio.run(scene())
