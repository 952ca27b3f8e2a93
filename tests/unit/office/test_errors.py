"""What the office's errors say to a citizen."""

from datetime import UTC, datetime, timedelta

import pytest

from office import errors
from office.errors import Locked, OfficeError

NOW = datetime(2026, 11, 25, 23, 50, tzinfo=UTC)
PLAIN = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, OfficeError) and "__init__" not in vars(kind)
]


@pytest.mark.parametrize("kind", PLAIN)
def test_every_error_speaks_both_languages(kind: type[OfficeError]) -> None:
    assert set(kind().said) == {"zh", "en"}
    assert all(kind().said.values())


def test_a_lock_that_ends_today_names_the_time_alone() -> None:
    said = Locked(NOW + timedelta(minutes=5), NOW).said
    assert "23:55" in said["zh"]
    assert "月" not in said["zh"]
    assert "November" not in said["en"]


def test_a_lock_that_ends_another_day_names_the_day() -> None:
    said = Locked(NOW + timedelta(hours=24), NOW).said
    assert "11月26日 23:50" in said["zh"]
    assert "23:50 on 26 November" in said["en"]
