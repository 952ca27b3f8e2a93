"""Errors become answers here, and nowhere else: a code, and a sentence for the citizen."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.schemas import MAX_TEXT, Problem
from knowledge.encoder import EncoderMissing
from knowledge.shelf import IndexMissing
from office.errors import OfficeError

log = structlog.get_logger()

TOO_LONG = f"一次最多 {MAX_TEXT} 个字，请把问题说短一点，分几次发。"
NO_LENGTH = "请求没有写明长度（Content-Length），请补上后重试。"
_NO_KNOWLEDGE = "查询系统暂时用不了，请稍后再试，或拨打咨询电话。"
_BAD_JSON = "请求内容不是有效的 JSON，请检查格式后重试。"
_BAD_FIELD = "请求缺少或写错了字段“{field}”，请检查后重试。"
_BROKEN = "系统出了点问题，已经记录。请稍后再试，或拨打咨询电话。"
_BY_STATUS = {400: _BAD_JSON, 404: "没有这个页面或接口。", 405: "这个接口不支持这种访问方式。"}


STATUS = {
    "turn_unknown": 404,
    "number_malformed": 422,
    "proof_malformed": 422,
    "token_expired": 410,
    "not_proven": 403,
    "unsigned": 401,
    "locked": 429,
    "back_office": 503,
    "back_office_late": 503,
    "back_office_down": 503,
    "back_office_resting": 503,
    "back_office_broken": 502,
}
"""What HTTP calls the office's errors."""


class Refused(Exception):
    """Input that cannot be used, or not now; the message is in the citizen's language."""

    def __init__(self, code: str, message: str, status: int = 422) -> None:
        super().__init__(code)
        self.code, self.message, self.status = code, message, status


def install(app: FastAPI) -> None:
    """Register a handler for every kind of error the app can meet."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(OfficeError, _office)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(IndexMissing, _no_knowledge)
    app.add_exception_handler(EncoderMissing, _no_knowledge)
    app.add_exception_handler(HTTPException, _http)


def problem(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse(Problem(error=code, message=message).model_dump(), status)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return problem(400, "bad_json", _BAD_JSON)
    if first["type"] == "string_too_long" and first["loc"][-1] in ("text", "q"):
        return problem(413, "too_long", TOO_LONG)
    field = ".".join(str(step) for step in first["loc"][1:]) or "body"
    return problem(422, "bad_field", _BAD_FIELD.format(field=field))


async def _office(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, OfficeError)  # noqa: S101
    return problem(STATUS.get(error.code, 404), error.code, error.zh)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)  # noqa: S101
    return problem(error.status, error.code, error.message)


async def _no_knowledge(_: Request, error: Exception) -> JSONResponse:
    log.error("no_knowledge", detail=str(error))
    return problem(503, "no_knowledge", _NO_KNOWLEDGE)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    message = _BY_STATUS.get(error.status_code, str(error.detail))
    response = problem(error.status_code, f"http_{error.status_code}", message)
    response.headers.update(error.headers or {})
    return response


async def unexpected(request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected", path=request.url.path, kind=type(error).__name__, exc_info=error)
    return problem(500, "unexpected", _BROKEN)
