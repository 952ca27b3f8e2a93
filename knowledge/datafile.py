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
Shape = TypeVar("Shape", dict[str, Any], list[Any])


def read(path: Path, shape: type[Shape]) -> Shape:
    """The content of a YAML file, a mapping or a list as `shape` says."""
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: no UTF-8, or no day 30 February
        raise DataError(f"{path.name}: not valid YAML: {error}") from error
    if not isinstance(content, shape):
        raise DataError(f"{path.name}: must hold a {shape.__name__}")
    return content


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
