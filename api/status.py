"""`/api/status`: how far an application is, for whoever proves that it is theirs."""

import math
from datetime import datetime
from typing import Final

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.deps import Now
from api.errors import STATUS, problem
from api.render import Write, rendered, writer
from api.schemas import Problem
from api.status_schemas import ApplicationOut, CodeIn, CodeOut, StatusIn, StatusOut
from knowledge.text import clean
from office.errors import Both, Locked, OfficeError
from office.identity import checked_proof, proof_of
from office.privacy import find
from office.status import Application, Progress, progress_of
from office.status_report import report
from office.store.conversations import sender_key
from wiring import bureau, calendar, number_form, services, status_desk

WEB: Final = "web"
CODE_SENT: Final[Both] = {
    "zh": (
        "如果受理号没写错，登记的手机会收到 6 位验证码，5 分钟内有效。"
        "没收到请核对受理号，或拨打 [[hotline]]。"
    ),
    "en": (
        "If the number is right, a six-digit code is on its way to the phone on file, good for "
        "five minutes. If none arrives, check the number or call [[hotline]]."
    ),
}

router = APIRouter(
    prefix="/api",
    tags=["status"],
    responses={code: {"model": Problem} for code in (403, 413, 422, 429, 502, 503)},
)


@router.post("/status", response_model=StatusOut)
def status(asked: StatusIn, now: Now) -> StatusOut | JSONResponse:
    """The application and all others of the same person, once the proof is right.

    A number that is not on file and a wrong proof get the same 403; after a few failures
    429 says in `Retry-After` how many seconds are left.
    """
    write = writer(asked.language, bureau())
    try:
        return _said(_looked_up(asked, now), write, now)
    except OfficeError as error:
        return _refusal(error, write, now)


@router.post("/status/code", status_code=202, response_model=CodeOut)
def code(asked: CodeIn, now: Now) -> CodeOut | JSONResponse:
    """Send a one-time code to the phone on file; the answer is the same if there is none."""
    write = writer(asked.language, bureau())
    try:
        number = number_form().checked(asked.number)
        status_desk().send_code(sender_key(asked.sender), number, now=now)
    except OfficeError as error:
        return _refusal(error, write, now)
    return CodeOut(outcome="code_sent", text=write(CODE_SENT))


def _looked_up(asked: StatusIn, now: datetime) -> list[Application]:
    citizen, desk = sender_key(asked.sender), status_desk()
    number, proof = number_form().checked(asked.number), _proof(asked.proof)
    found = desk.look_up(citizen, number, proof, now=now)
    if asked.notify:
        desk.watch(citizen, WEB, [one.number for one in found], now=now)
    return found


def _proof(text: str) -> str:
    """The proof in what was typed, which may be a whole ID number or phone; ProofMalformed."""
    typed = clean(text)
    first = next(iter(find(typed, proof=True)), None)
    return proof_of(first.kind, first.value) if first else checked_proof(typed)


def _said(found: list[Application], write: Write, now: datetime) -> StatusOut:
    read = progress_of(found, services(), calendar(), today=now.date())
    said = rendered(report(read), write)
    applications = [_application(one, write) for one in read]
    return StatusOut(
        outcome=said.outcome, text=said.text, sources=said.sources, applications=applications
    )


def _application(one: Progress, write: Write) -> ApplicationOut:
    application = one.application
    return ApplicationOut(
        number=application.number,
        service=one.service.key,
        title=write(one.service.title.model_dump()),
        stage=one.stage.key,
        stage_title=write(one.stage.title.model_dump()),
        stage_on=application.stage_on,
        office=application.office,
        missing=list(application.missing),
        standing=one.standing,
        decide_by=one.decide_by,
        applicants=[applicant.masked_name for applicant in application.applicants],
    )


def _refusal(error: OfficeError, write: Write, now: datetime) -> JSONResponse:
    """The error in the citizen's language; of a lock also how many seconds are left."""
    response = problem(STATUS[error.code], error.code, write(error.said))
    if isinstance(error, Locked):
        left = (error.until - now).total_seconds()
        response.headers["Retry-After"] = str(max(1, math.ceil(left)))
    return response
