"""The services whose applications can be followed: stages, words and legal limits, read from
`data/services.yml`."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from office.datafile import BadData, read_data

DATA = Path(__file__).parent / "data" / "services.yml"
_DATED: Final = frozenset({"accepted", "received"})
"""An application has a date of its own for these, whether or not they are stages of the service."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Data):
    """A text in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Clock(StrEnum):
    """What the time limit does while an application is in a stage."""

    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class Limit(_Data):
    """How long a decision may take, counted from the stage `starts`, and the law that says so."""

    days: Annotated[int, Field(gt=0)]
    extended: Annotated[int | None, Field(gt=0)] = None
    unit: Literal["workdays", "days"]
    starts: Annotated[str, Field(alias="from")]
    law: str
    article: str | None = None
    in_force: date | None = None
    verified: bool = True
    note: str = ""


class Stage(_Data):
    """`names` is what back offices call it; `ends`: nothing more will be decided."""

    key: str
    title: Words
    names: tuple[str, ...] = ()
    means: Words
    next: Words
    ends: bool
    clock: Clock


class OwnStage(_Data):
    """A stage in a service's own words."""

    key: str
    means: Words | None = None
    next: Words | None = None


class Service(_Data):
    """`names` is what spreadsheets and citizens call it; `ask`: whom to ask when it is late."""

    key: str
    title: Words
    names: tuple[str, ...] = ()
    article: str
    ask: Words
    limit: Limit | None = None
    stages: tuple[Stage, ...]

    def stage(self, key: str) -> Stage:
        """The stage called `key`; KeyError."""
        return self._by_key[key]

    def stage_named(self, name: str) -> Stage:
        """The stage a back office calls `name`: key, title or name; KeyError."""
        return next((one for one in self.stages if name in _called(one)), None) or self.stage(name)

    @cached_property
    def _by_key(self) -> dict[str, Stage]:
        return {stage.key: stage for stage in self.stages}


class Services(_Data):
    """All services in the order of the file."""

    services: tuple[Service, ...]

    def service(self, key: str) -> Service:
        """The service called `key`; KeyError."""
        return self._by_key[key]

    def named(self, name: str) -> Service:
        """The service a spreadsheet calls `name`: key, title or name; KeyError."""
        found = (one for one in self.services if name in (one.key, one.title.zh, *one.names))
        return next(found, None) or self.service(name)

    def endings(self) -> set[tuple[str, str]]:
        """(service, stage) after which nothing more will be decided."""
        return {(s.key, stage.key) for s in self.services for stage in s.stages if stage.ends}

    @cached_property
    def _by_key(self) -> dict[str, Service]:
        return {service.key: service for service in self.services}

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [n for s in self.services for n in {s.key, s.title.zh, *s.names}]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"named by two services: {'、'.join(sorted(twice))}")
        return self


class _ServiceData(_Data):
    key: str
    title: Words
    names: tuple[str, ...] = ()
    article: str
    ask: Words
    limit: Limit | None = None
    stages: tuple[str | OwnStage, ...]


class _File(_Data):
    services: tuple[_ServiceData, ...]
    stages: tuple[Stage, ...]

    @model_validator(mode="after")
    def _each_stage_once(self) -> Self:
        keys = [stage.key for stage in self.stages]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"stages: listed twice: {', '.join(sorted(twice))}")
        return self


def load_services(path: Path = DATA) -> Services:
    """The services of `path`; BadData names the file and the field or the service."""
    held = read_data(path, _File)
    stages = {stage.key: stage for stage in held.stages}
    try:
        return Services(services=tuple(_service(one, stages) for one in held.services))
    except ValidationError as error:
        raise BadData(f"{path}: services: {error.errors()[0]['msg']}") from error
    except ValueError as error:
        raise BadData(f"{path}: services.{error}") from error


def _service(data: _ServiceData, stages: dict[str, Stage]) -> Service:
    own = (OwnStage(key=one) if isinstance(one, str) else one for one in data.stages)
    worded = tuple(_worded(stages, one, data.key) for one in own)
    _check(data, worded)
    return Service.model_construct(**{**dict(data), "stages": worded})


def _worded(stages: dict[str, Stage], own: OwnStage, service: str) -> Stage:
    if own.key not in stages:
        raise ValueError(f"{service}.stages: there is no stage “{own.key}”")
    words = {name: said for name, said in dict(own).items() if name != "key" and said}
    return stages[own.key].model_copy(update=words)


def _check(data: _ServiceData, stages: tuple[Stage, ...]) -> None:
    """A name means one stage, and the time limit counts from a stage that there is."""
    names = [name for stage in stages for name in set(_called(stage))]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{data.key}.stages: named twice: {'、'.join(sorted(twice))}")
    if data.limit and data.limit.starts not in _DATED | {stage.key for stage in stages}:
        raise ValueError(f"{data.key}.limit.from: there is no stage “{data.limit.starts}”")


def _called(stage: Stage) -> tuple[str, ...]:
    return (stage.key, stage.title.zh, *stage.names)
