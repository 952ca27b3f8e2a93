"""Is it alive, is it ready, how is it doing."""

import asyncio
from collections.abc import Awaitable

import httpx
from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool

from api.chat import Chat
from api.deps import TheChat
from api.schemas import Component, Readiness
from settings import settings
from wiring import shelf

router = APIRouter(tags=["health"])

_PATIENCE = 2.0
_NEEDED = ("database", "knowledge")
"""Without one of these no answer can be given; without the others answers are degraded."""


@router.get("/health/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/health/ready", responses={503: {"model": Readiness}})
async def ready(chat: TheChat, response: Response) -> Readiness:
    """Each component with version and fingerprint; 503 when no answer can be given."""
    components = {
        "database": await _checked(run_in_threadpool(_database, chat)),
        "knowledge": await _checked(run_in_threadpool(_knowledge)),
        "rasa": await _checked(_rasa(chat)),
        "actions": await _checked(_actions()),
    }
    if not all(components[name].ok for name in _NEEDED):
        response.status_code = 503
        return Readiness(status="not_ready", components=components)
    well = all(component.ok for component in components.values())
    return Readiness(status="ready" if well else "degraded", components=components)


@router.get("/metrics", include_in_schema=False)
def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _checked(check: Awaitable[Component]) -> Component:
    try:
        return await asyncio.wait_for(check, _PATIENCE)
    except Exception as error:
        return Component(ok=False, detail=type(error).__name__)


def _database(chat: Chat) -> Component:
    return Component(ok=True, version=chat.conversations.ping())


def _knowledge() -> Component:
    opened = shelf()
    encoders = ", ".join(f"{name} {print_}" for name, print_ in opened.encoders.items())
    count = len(opened.answerer.articles)
    return Component(
        ok=True, fingerprint=opened.fingerprint, detail=f"{count} articles; encoders {encoders}"
    )


async def _rasa(chat: Chat) -> Component:
    stamp = settings().var / "models" / "fingerprint"
    fingerprint = stamp.read_text("utf-8").strip() if stamp.is_file() else ""
    return Component(ok=True, version=await chat.rasa.version(), fingerprint=fingerprint)


async def _actions() -> Component:
    async with httpx.AsyncClient(base_url=settings().actions_url, timeout=_PATIENCE) as client:
        answer = await client.get("/health")
    return Component(ok=answer.json() == {"status": "ok"})
