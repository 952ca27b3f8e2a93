"""Data files of knowledge: YAML, read and checked; an error names file, place and remedy."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError


class DataError(ValueError):
    """A data file that cannot be used; the message names file, place and remedy."""


class Strict(BaseModel):
    """A record of a data file: no unknown fields, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Record = TypeVar("Record", bound=Strict)


def read(path: Path) -> Any:
    """The content of a YAML file."""
    try:
        return yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise DataError(f"{path.name}: not valid YAML: {error}") from error


def checked(record: type[Record], content: Any, place: str) -> Record:
    """`content` as a `record`; `place` is named where it cannot be one."""
    try:
        return record.model_validate(content)
    except ValidationError as error:
        raise DataError(f"{place}: {first_problem(error)}") from error


def first_problem(error: ValidationError) -> str:
    """The first thing wrong, with its place where it has one."""
    problem = error.errors()[0]
    place = ".".join(str(step) for step in problem["loc"])
    return ": ".join(part for part in (place, problem["msg"].removeprefix("Value error, ")) if part)
