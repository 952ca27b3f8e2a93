"""Working days of 2026 as the State Council has them, and what a staff's override changes."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.calendar import Calendar, load_calendar
from office.datafile import BadData

CALENDAR = load_calendar()
ONE_DAY = "official_until: 2026-12-31\ndays: [{date: 2026-01-05"
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
overrides = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.booleans())


@pytest.mark.parametrize(
    ("month", "rest", "work"),
    [
        (1, [1, 2, 3], [4, 5]),
        (2, [15, 16, 17, 18, 19, 20, 21, 22, 23], [14, 24, 28]),
        (4, [4, 5, 6], [3, 7]),
        (5, [1, 2, 3, 4, 5], [6, 9]),
        (6, [19, 20, 21], [18, 22]),
        (9, [25, 26, 27], [20, 24, 28]),
        (10, [1, 2, 3, 4, 5, 6, 7], [8, 10]),
        (11, [21, 22], [20, 23]),
    ],
)
def test_2026_rests_and_makes_up(month: int, rest: list[int], work: list[int]) -> None:
    assert not any(CALENDAR.is_workday(date(2026, month, day)) for day in rest)
    assert all(CALENDAR.is_workday(date(2026, month, day)) for day in work)


def test_an_override_goes_before_everything() -> None:
    sunday, monday = date(2026, 11, 22), date(2026, 11, 23)
    held = Calendar(date(2026, 12, 31), {sunday: True, monday: False})
    assert held.is_workday(sunday)
    assert not held.is_workday(monday)


def test_the_first_day_does_not_count() -> None:
    friday = date(2026, 11, 20)
    assert CALENDAR.add_workdays(friday, 0) == friday
    assert CALENDAR.add_workdays(friday, 1) == date(2026, 11, 23)
    assert CALENDAR.add_workdays(date(2026, 11, 21), 1) == date(2026, 11, 23)


def test_a_last_day_on_a_holiday_moves_on() -> None:
    assert CALENDAR.add_days(date(2026, 9, 1), 30) == date(2026, 10, 8)
    assert CALENDAR.add_days(date(2026, 9, 1), 10) == date(2026, 9, 11)


@pytest.mark.parametrize("add", [CALENDAR.add_workdays, CALENDAR.add_days])
def test_a_period_cannot_be_negative(add: object) -> None:
    with pytest.raises(ValueError, match="negative"):
        add(date(2026, 1, 5), -1)  # type: ignore[operator]


@given(days, st.integers(1, 90))
def test_adding_and_counting_working_days_agree(start: date, count: int) -> None:
    end = CALENDAR.add_workdays(start, count)
    assert CALENDAR.is_workday(end)
    assert CALENDAR.workdays_between(start, end) == count
    assert CALENDAR.add_workdays(start + timedelta(days=1), count) >= end


@given(st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.integers(1, 30), overrides)
def test_adding_and_counting_agree_under_overrides(
    start: date, count: int, changed: dict[date, bool]
) -> None:
    held = Calendar(date(2026, 12, 31), changed)
    end = held.add_workdays(start, count)
    assert held.is_workday(end)
    assert held.is_workday(held.add_days(start, count))
    assert held.workdays_between(start, end) == count
    assert held.add_workdays(start, count + 1) > end


def test_an_override_changes_sums_of_days() -> None:
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    held = Calendar(date(2026, 12, 31), {saturday: True, date(2026, 11, 23): False})
    assert held.add_workdays(friday, 1) == saturday
    assert held.add_workdays(saturday, 1) == date(2026, 11, 24)
    assert held.workdays_between(friday, date(2026, 11, 24)) == 2
    assert held.add_days(friday, 3) == date(2026, 11, 24)


def test_a_day_of_the_file_is_an_override(tmp_path: Path) -> None:
    file = tmp_path / "calendar.yml"
    listed = "{date: 2026-11-21, open: true, reason: a}, {date: 2026-11-23, open: false, reason: b}"
    file.write_text(f"official_until: 2026-12-31\ndays: [{listed}]", "utf-8")
    held = load_calendar(file)
    assert held.overrides == {date(2026, 11, 21): True, date(2026, 11, 23): False}
    assert held.official_until == date(2026, 12, 31)


def test_the_year_after_the_notice_is_not_official() -> None:
    assert CALENDAR.official(CALENDAR.official_until)
    assert not CALENDAR.official(CALENDAR.official_until + timedelta(days=1))


@pytest.mark.parametrize(("left", "stale"), [(60, False), (59, True), (-1, True)])
def test_it_is_stale_when_less_than_sixty_days_are_left(left: int, stale: bool) -> None:
    assert CALENDAR.stale(CALENDAR.official_until - timedelta(days=left)) is stale


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("official_until: 2026-13-01\ndays: []", "month must be"),
        ("official_until: 2026-12-31", "days"),
        ("official_until: 2026-12-31\ndays: [{date: 2026-01-05, open: true}]", "reason"),
        ("official_until: 2026-12-31\ndays: []\nmore: 1", "more"),
        (f"{ONE_DAY}, open: true, reason: a, why: b}}]", r"days\.0\.why"),
        (f"{ONE_DAY}, open: true, reason: ''}}]", r"days\.0\.reason"),
        (f"{ONE_DAY}, open: 0, reason: a}}]", r"days\.0\.open"),
        (
            "official_until: 2026-12-31\ndays: [{date: 2026-01-05, open: true, reason: a},"
            " {date: 2026-01-05, open: false, reason: b}]",
            "2026-01-05",
        ),
        ("a: [", "calendar.yml"),
    ],
)
def test_a_file_that_is_none_is_named_with_its_field(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "calendar.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadData, match=says) as refused:
        load_calendar(file)
    assert str(file) in str(refused.value)
