"""One application as another system tells it, checked: taken, or refused with a reason.

Spreadsheets and pushes bring the same fields. A refusal never repeats an ID number, a
phone or a name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Final

import phonenumbers
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from office.errors import NumberMalformed
from office.identity import NumberForm
from office.intake import Person, enrolled
from office.keys import KeyRing
from office.numbers import IdCheck, check_id
from office.services import Clock, Service, Services, Stage
from office.status import Application

_Text = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]


def _iso(value: Any) -> Any:
    """Not left to pydantic, which takes a number for seconds since 1970."""
    return date.fromisoformat(value.strip()) if isinstance(value, str) else value


_Day = Annotated[date, Field(strict=True), BeforeValidator(_iso)]
_LABELS: Final = {
    "number": "受理号",
    "service": "事项",
    "stage": "环节",
    "stage_on": "环节日期",
    "received_on": "收件日期",
    "accepted_on": "受理日期",
    "office": "受理单位",
    "extended": "延长",
    "missing": "缺少材料",
    "applicants": "申请人",
    "name": "申请人",
    "id_number": "身份证号",
    "phone": "手机号",
}
_ID_PROBLEMS: Final = {
    IdCheck.WRONG_LENGTH: "位数不对",
    IdCheck.WRONG_CHARACTERS: "有不该有的字符",
    IdCheck.WRONG_DATE: "出生日期不对",
    IdCheck.WRONG_CHECKSUM: "校验位不对",
}
MOST_APPLICANTS: Final = 4


class RowRefused(ValueError):
    """A row that is not taken; the message names the field and what is wrong with it."""


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class PersonTold(_Told):
    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]
    id_number: Annotated[str, Field(max_length=20)] | None = None
    phone: Annotated[str, Field(max_length=30)] | None = None


class ApplicationTold(_Told):
    """`service` and `stage` by key or by any name in `data/services.yml`; dates ISO."""

    number: Annotated[str, Field(max_length=40)]
    service: _Text
    stage: _Text
    stage_on: _Day
    received_on: _Day
    accepted_on: _Day | None = None
    office: _Text
    extended: bool = False
    missing: Annotated[list[_Text], Field(max_length=20)] = []
    applicants: Annotated[list[PersonTold], Field(min_length=1, max_length=MOST_APPLICANTS)]


@dataclass(frozen=True)
class Reader:
    """What a row is checked against. `today` bounds its dates; None leaves them unbounded."""

    form: NumberForm
    services: Services
    ring: KeyRing
    today: date | None

    def read(self, told: Mapping[str, Any]) -> tuple[Application, str]:
        """The application, and a digest that is the same for the same row; RowRefused."""
        row = _shaped(told)
        number = self._number(row.number)
        service, stage = self._stage(row)
        _check_days(row, service, stage, self.today)
        people = [_person(one) for one in row.applicants]
        application = Application(
            number=number,
            service=service.key,
            stage=stage.key,
            stage_on=row.stage_on,
            received_on=row.received_on,
            accepted_on=row.accepted_on,
            office=row.office,
            extended=row.extended,
            missing=tuple(row.missing),
            applicants=tuple(enrolled(one, number, self.ring) for one in people),
        )
        return application, self._digest(application, people)

    def _number(self, value: str) -> str:
        try:
            return self.form.checked(value)
        except NumberMalformed:
            raise RowRefused(f"受理号的格式不对，应像 {self.form.example}") from None

    def _stage(self, row: ApplicationTold) -> tuple[Service, Stage]:
        try:
            service = self.services.named(row.service)
        except KeyError:
            raise RowRefused("没有这个事项；可用的见 office/data/services.yml") from None
        try:
            return service, service.stage_named(row.stage)
        except KeyError:
            names = "、".join(stage.title.zh for stage in service.stages)
            raise RowRefused(f"{service.title.zh}没有这个环节；可用：{names}") from None

    def _digest(self, application: Application, people: list[Person]) -> str:
        """A keyed hash: it tells nothing about the people to who has no key."""
        seen = {**vars(application), "applicants": [vars(one) for one in people]}
        return self.ring.hashed(json.dumps(seen, default=str, sort_keys=True), "row")


def _shaped(told: Mapping[str, Any]) -> ApplicationTold:
    """pydantic's own words repeat what was sent: only the field's name is taken from them."""
    try:
        return ApplicationTold.model_validate(dict(told))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        names = [step for step in first["loc"] if isinstance(step, str)]
        if first["type"] == "extra_forbidden":
            raise RowRefused("有多余的字段") from None
        label = _LABELS.get(names[-1], "某一列") if names else "内容"
        what = "没有填" if first["type"] in ("missing", "string_too_short") else "填得不对"
        raise RowRefused(f"{label}{what}") from None


def _check_days(row: ApplicationTold, service: Service, stage: Stage, today: date | None) -> None:
    days = {"收件日期": row.received_on, "环节日期": row.stage_on, "受理日期": row.accepted_on}
    for label, day in days.items():
        if day and today and day > today + timedelta(days=1):
            raise RowRefused(f"{label}在将来")
        if day and day < row.received_on:
            raise RowRefused(f"{label}早于收件日期")
    counts = service.limit and service.limit.starts == "accepted" and stage.clock is Clock.RUNNING
    if counts and row.accepted_on is None:
        raise RowRefused("受理日期没有填，没法算办结期限")


def _person(told: PersonTold) -> Person:
    id_number, phone = told.id_number or None, told.phone or None
    if id_number is None and phone is None:
        raise RowRefused("身份证号和手机号至少要有一个")
    if id_number:
        id_number = id_number.upper()
        check = check_id(id_number)
        if check is not IdCheck.VALID:
            raise RowRefused(f"身份证号{_ID_PROBLEMS[check]}")
    return Person(told.name, id_number, _digits(phone) if phone else None)


def _digits(phone: str) -> str:
    try:
        read = phonenumbers.parse(phone, "CN")
    except phonenumbers.NumberParseException:
        raise RowRefused("手机号填得不对") from None
    if not phonenumbers.is_valid_number(read):
        raise RowRefused("手机号填得不对")
    return str(read.national_number)
