"""A data file in, a checked model out; an error names the file and the field."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


class BadData(ValueError):
    """A data file that cannot be used; the message says where and why."""


def read_data(path: Path, model: type[Model]) -> Model:
    """The YAML file at `path` as `model`; BadData."""
    try:
        return model.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except OSError as error:
        raise BadData(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        raise BadData(f"{path}: {_first_problem(error)}") from error
    except (yaml.YAMLError, ValueError) as error:  # a date like 2026-13-01 is a ValueError
        raise BadData(f"{path}: {error}") from error


def _first_problem(error: ValidationError) -> str:
    """The first thing wrong, with its field where it has one."""
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"])
    return ": ".join(part for part in (where, first["msg"]) if part)
