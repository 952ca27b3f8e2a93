"""One call with a deadline; whatever comes of it has a name."""

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

import api.rasa
from api.rasa import BROKEN, RESTING, TIMEOUT, UNREACHABLE, Rasa, RasaDown
from tests.unit.api.stage import Clock, said

Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(api.rasa, "time", stopped)
    return stopped


def rasa(handler: Handler, *, deadline: float = 4.0, rest: float = 10.0) -> Rasa:
    client = httpx.AsyncClient(transport=httpx.MockTransport(handler), base_url="http://rasa")
    return Rasa(client, deadline=deadline, rest=rest)


def turn(asked: Rasa, text: str = "你好") -> list[dict[str, object]]:
    return asyncio.run(asked.turn("citizen", text, {"region": None}))


def why(asked: Rasa) -> str:
    """The reason for which a turn fails."""
    with pytest.raises(RasaDown) as down:
        turn(asked)
    return down.value.reason


def test_a_message_goes_to_the_rest_channel_with_its_sender_and_region() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=[said()])

    turn(rasa(handler), "灯笼")
    (request,) = seen
    assert (request.method, request.url.path) == ("POST", "/webhooks/rest/webhook")
    assert json.loads(request.content) == {
        "sender": "citizen",
        "message": "灯笼",
        "metadata": {"region": None},
    }


def test_the_replies_come_in_their_order() -> None:
    messages = [said("一"), said("二", buttons=[]), said("三")]
    replies = turn(rasa(lambda _: httpx.Response(200, json=messages)))
    assert replies == [message["custom"] for message in messages]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx.ConnectTimeout, TIMEOUT),
        (httpx.ReadTimeout, TIMEOUT),
        (httpx.PoolTimeout, TIMEOUT),
        (httpx.ConnectError, UNREACHABLE),
        (httpx.ReadError, UNREACHABLE),
        (httpx.RemoteProtocolError, UNREACHABLE),
        (httpx.DecodingError, BROKEN),
        (httpx.TooManyRedirects, BROKEN),
    ],
)
def test_a_call_that_fails_says_why(error: type[httpx.RequestError], reason: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error("as told", request=request)

    assert why(rasa(handler)) == reason


@pytest.mark.parametrize("status", [302, 400, 401, 404, 409, 500, 502, 503])
def test_a_status_that_is_no_success_is_a_broken_turn(status: int) -> None:
    assert why(rasa(lambda _: httpx.Response(status, json=[said()]))) == BROKEN


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"null",
        b"{}",
        b"[]",
        b"[null]",
        b'[{"text": "hi"}]',
        b'[{"custom": "hi"}]',
        b'[{"custom": {"text": {"zh": "a", "en": "b"}}}]',
        b'[{"custom": {"outcome": "x", "text": {"zh": "a"}}}]',
        b'[{"custom": {"outcome": "x", "text": "a"}}]',
        b'[{"custom": {"outcome": "x", "text": {"zh": "a", "en": "b"}}}, {"text": "hi"}]',
    ],
)
def test_anything_but_replies_of_ours_is_a_broken_turn(content: bytes) -> None:
    assert why(rasa(lambda _: httpx.Response(200, content=content))) == BROKEN


def test_the_deadline_holds_for_the_whole_call() -> None:
    async def silent(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    assert why(rasa(silent, deadline=0.05)) == TIMEOUT  # type: ignore[arg-type]


def test_after_a_failure_it_is_left_alone_until_the_rest_is_over(clock: Clock) -> None:
    calls: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        calls.append(request.url.path)
        raise httpx.ConnectError("refused", request=request)

    asked = rasa(refuse, rest=10)
    reasons = []
    for seconds in (0, 9.9, 0.2, 5):
        clock.seconds += seconds
        reasons.append(why(asked))
    assert reasons == [UNREACHABLE, RESTING, UNREACHABLE, RESTING]
    assert len(calls) == 2


def test_being_asked_while_it_rests_does_not_make_the_rest_longer(clock: Clock) -> None:
    answers = iter([httpx.Response(500), httpx.Response(200, json=[said()])])
    asked = rasa(lambda _: next(answers), rest=10)
    assert why(asked) == BROKEN
    clock.seconds += 9
    assert why(asked) == RESTING
    clock.seconds += 2
    assert turn(asked)


def test_after_a_success_it_is_asked_again_at_once() -> None:
    asked = rasa(lambda _: httpx.Response(200, json=[said()]))
    assert [len(turn(asked)) for _ in range(3)] == [1, 1, 1]


def test_without_a_rest_every_turn_is_tried(clock: Clock) -> None:
    asked = rasa(lambda _: httpx.Response(500), rest=0)
    assert [why(asked) for _ in range(3)] == [BROKEN] * 3


def test_its_version_is_the_last_word_of_its_greeting() -> None:
    hello = rasa(lambda _: httpx.Response(200, text="Hello from Rasa: 3.6.21\n"))
    assert asyncio.run(hello.version()) == "3.6.21"


@pytest.mark.parametrize(
    "answer", [httpx.ConnectError("x"), httpx.ReadTimeout("x"), httpx.Response(502, text="oops 1")]
)
def test_a_rasa_that_does_not_greet_has_no_version(answer: httpx.Response | Exception) -> None:
    def handler(_: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(RasaDown):
        asyncio.run(rasa(handler).version())
