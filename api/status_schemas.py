"""What goes in and out of the look-up of an application, the push and the notices."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas import MAX_TEXT, Input, Key, Source
from knowledge.text import Language


class StatusIn(Input):
    """An application's number, and a proof of who asks.

    The proof is the last four characters of the applicant's ID number or of the phone on
    file, either of them whole, or a one-time code. `notify`: tell by the web page when one
    of the applications found moves on.
    """

    sender: Key
    number: Annotated[str, Field(max_length=MAX_TEXT)]
    proof: Annotated[str, Field(max_length=MAX_TEXT)]
    notify: bool = False
    language: Annotated[Language, Field(strict=False)] = Language.SIMPLIFIED


class CodeIn(Input):
    """An application's number; the code goes to the phone on file."""

    sender: Key
    number: Annotated[str, Field(max_length=MAX_TEXT)]
    language: Annotated[Language, Field(strict=False)] = Language.SIMPLIFIED


class CodeOut(BaseModel):
    """The same for every number of the bureau's form, on file or not."""

    outcome: str
    text: str


class ApplicationOut(BaseModel):
    """How far one application is.

    `standing`: running, overdue, stopped, decided or open. `decide_by` is the last lawful
    day of the decision, null unless the clock runs. `applicants` are masked.
    """

    number: str
    service: str
    title: str
    stage: str
    stage_title: str
    stage_on: date
    office: str
    missing: list[str]
    standing: str
    decide_by: date | None
    applicants: list[str]


class StatusOut(BaseModel):
    """`text` says all of it to the citizen, in Markdown; the application asked for comes first."""

    outcome: str
    text: str
    sources: list[Source]
    applications: list[ApplicationOut]


class NoticesIn(Input):
    """Whose notices are wanted."""

    sender: Key


class RefusedRow(BaseModel):
    """`index` counts from 0; `problem` names the field, and never repeats what was in it."""

    index: int
    problem: str


class PushOut(BaseModel):
    """What became of the applications pushed; those that were refused changed nothing."""

    new: int
    changed: int
    same: int
    refused: list[RefusedRow]
