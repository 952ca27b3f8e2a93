"""`/api/applications`: a back office tells, signed, how far applications are."""

import json
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Request
from starlette.concurrency import run_in_threadpool

from api.deps import Now
from api.errors import Refused
from api.schemas import Problem
from api.status_schemas import PushOut, RefusedRow
from office.rows import Reader, RowRefused
from office.signing import verify
from office.status import Application
from office.status_report import teller
from office.store.applications import Kept
from settings import settings
from wiring import applications, calendar, number_form, ring, services

MOST: Final = 50
"""Applications in one push."""

_OFF: Final = "没有开通办件推送：请先设置 PUSH_SECRET。"
_BAD_JSON: Final = "推送内容不是有效的 JSON，没有收下。"
_BAD_BODY: Final = f"请推送一件申请，或一个列表，最多 {MOST} 件；没有收下。"
_NO_OBJECT: Final = "这一项不是一件申请"
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"type": "object"},
                        {"type": "array", "items": {"type": "object"}, "maxItems": MOST},
                    ]
                }
            }
        },
    }
}

router = APIRouter(
    prefix="/api",
    tags=["status"],
    responses={code: {"model": Problem} for code in (400, 401, 403, 413, 422)},
)


@router.post("/applications", openapi_extra=_BODY)
async def push(
    request: Request,
    now: Now,
    x_timestamp: Annotated[str, Header()] = "",
    x_signature: Annotated[str, Header()] = "",
) -> PushOut:
    """Keep one application, or up to 50 in a list, each a row as in the spreadsheet.

    `X-Timestamp` is the time in Unix seconds, `X-Signature` the HMAC-SHA-256 of
    `timestamp.body` in hex. Rows that are refused change nothing; the others are kept.
    The same push again changes nothing.
    """
    body = await request.body()
    return await run_in_threadpool(_pushed, body, x_timestamp, x_signature, now)


def _pushed(body: bytes, timestamp: str, signature: str, now: datetime) -> PushOut:
    secret = settings().push_secret.get_secret_value()
    if not secret:
        raise Refused("push_off", _OFF, 403)
    verify(secret, signature, timestamp, body, now=now)
    return _kept(_rows(body), now)


def _rows(body: bytes) -> list[Any]:
    """The rows in a body whose sender is known."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("bad_json", _BAD_JSON, 400) from None
    rows = given if isinstance(given, list) else [given]
    if not isinstance(given, dict | list) or len(rows) > MOST:
        raise Refused("bad_field", _BAD_BODY)
    return rows


def _kept(rows: list[Any], now: datetime) -> PushOut:
    """One row after the other: the last word about an application counts."""
    reader = Reader(number_form(), services(), ring(), now.date())
    tell = teller(services(), calendar(), now.date())
    kept, refused = Kept(), list[RefusedRow]()
    for index, row in enumerate(rows):
        try:
            read = _read(reader, row)
        except RowRefused as error:
            refused.append(RefusedRow(index=index, problem=str(error)))
        else:
            kept += applications().keep([read], tell, now=now)
    return PushOut(new=kept.new, changed=kept.changed, same=kept.same, refused=refused)


def _read(reader: Reader, row: Any) -> tuple[Application, str]:
    if not isinstance(row, dict):
        raise RowRefused(_NO_OBJECT)
    return reader.read(row)
