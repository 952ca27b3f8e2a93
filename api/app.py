"""The service: routes, error handling, security headers, and the parts they share."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import structlog
from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from prometheus_fastapi_instrumentator import Instrumentator
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api import answer, eligibility, errors, health, notices, page, push, status
from api.chat import Chat
from api.deps import clock
from api.jobs import daily
from api.rasa import Rasa
from office.errors import KeyProblem
from settings import settings
from wiring import bureau, conversations, purge, retention, shelf, standards, vault

STATIC = Path(__file__).parent / "static"
MAX_BODY = 64 * 1024

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}

Next = Callable[[Request], Awaitable[Response]]


def create_app() -> FastAPI:
    """The application, as `uvicorn --factory api.app:create_app` runs it."""
    app = FastAPI(
        title="民政服务助手", version="0.1.0", lifespan=_lifespan, docs_url=None, redoc_url=None
    )
    _log_without_locals()
    _require_keys()
    errors.install(app)
    app.middleware("http")(_guard)
    for part in (answer, eligibility, status, push, notices, health, page):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    Instrumentator(excluded_handlers=["/metrics", "/health/.*", "/static"]).instrument(app)
    return app


def _require_keys() -> None:
    """Refuse to start with other keys than those that sealed the database: one clear line."""
    try:
        vault().verify()
    except KeyProblem as error:
        raise SystemExit(f"error: {error}") from None


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    chosen = settings()
    async with httpx.AsyncClient(base_url=chosen.rasa_url) as client:
        rasa = Rasa(client, deadline=chosen.turn_deadline, rest=chosen.retry_rasa_after)
        app.state.chat = Chat(
            rasa,
            conversations(),
            vault(),
            retention(),
            lambda: shelf().answerer,
            standards(),
            bureau(),
            chosen.region or None,
        )
        await run_in_threadpool(_warm_up)
        nightly = asyncio.create_task(daily(purge, now=clock))
        yield
        nightly.cancel()


def _warm_up() -> None:
    """Open the index before the first citizen asks; without one the service still starts."""
    try:
        shelf()
    except Exception as error:
        errors.log.error("no_knowledge", detail=str(error))


async def _guard(request: Request, call_next: Next) -> Response:
    """Refuse bodies unread; put the security headers on everything."""
    response = _refused(request) or await _answered(request, call_next)
    response.headers.update(HEADERS)
    return response


def _refused(request: Request) -> Response | None:
    """The refusal of a body beyond MAX_BODY, or of one that does not say how long it is."""
    if "transfer-encoding" in request.headers:
        return errors.problem(411, "length_required", errors.NO_LENGTH)
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > MAX_BODY:
        return errors.problem(413, "too_long", errors.TOO_LONG)
    return None


async def _answered(request: Request, call_next: Next) -> Response:
    """Whatever breaks becomes a response here, so that it gets its headers like any other."""
    try:
        return await call_next(request)
    except Exception as error:
        return await errors.unexpected(request, error)


def _log_without_locals() -> None:
    """Tracebacks in the log name no local variables: these hold what a citizen typed, unmasked."""
    plain = structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
