from collections.abc import Iterator

import pytest

from office.backoffice import BackOffice
from tests.unit.office.counter import Counter, counter_open, office_open


@pytest.fixture
def counter() -> Iterator[Counter]:
    with counter_open() as opened:
        yield opened


@pytest.fixture
def office(counter: Counter) -> Iterator[BackOffice]:
    with office_open(counter.url) as opened:
        yield opened
