"""The built knowledge, as the assistant opens it. `python -m knowledge build` comes first."""

from datetime import date

import pytest

from knowledge.article import Article, load
from knowledge.shelf import Shelf, open_shelf
from settings import settings

TODAY = date(2026, 11, 25)
"""The day on which the articles were reviewed; tests do not age with the calendar."""


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    var = settings().var
    return open_shelf(var / "encoder", var / "index")


@pytest.fixture(scope="session")
def articles() -> list[Article]:
    return load()
