"""Working days: the official calendar (`holidays`, imported here only), and our overrides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import holidays
from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from office.datafile import read_data

DATA = Path(__file__).parent / "data" / "calendar.yml"
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_STALE: Final = timedelta(days=60)


@dataclass(frozen=True)
class Calendar:
    """`overrides` says of single days whether the office works; after `official_until` only
    statutory holidays are known, because the yearly notice with its make-up days is not out."""

    official_until: date
    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """An override first, then make-up workdays, holidays and weekends."""
        if day in self.overrides:
            return self.overrides[day]
        return _is_workday(day)

    def add_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, which does not count (民法典 第二百零一条).

        ValueError for a negative count.
        """
        day = start
        for _ in range(_not_negative(count)):
            day = self._next_workday(day + _DAY)
        return day

    def add_days(self, start: date, count: int) -> date:
        """The last of `count` days after `start`, which does not count (民法典 第二百零一条).

        On a day of rest it moves on to the next working day (民法典 第二百零三条: 法定休假日);
        the law does not spell out weekends, we count them as days of rest. ValueError for a
        negative count.
        """
        return self._next_workday(start + _not_negative(count) * _DAY)

    def workdays_between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and with `until`."""
        days = (after + n * _DAY for n in range(1, (until - after).days + 1))
        return sum(self.is_workday(day) for day in days)

    def official(self, day: date) -> bool:
        """Whether the yearly notice for `day` is in."""
        return day <= self.official_until

    def stale(self, today: date) -> bool:
        """Whether less than 60 days of the official calendar are left: time to enter the next.

        For the booking, which opens days ahead and must not open one that may become a holiday.
        """
        return self.official_until - today < _STALE

    def _next_workday(self, day: date) -> date:
        while not self.is_workday(day):
            day += _DAY
        return day


class _Day(BaseModel):
    model_config = ConfigDict(extra="forbid")

    date: date
    open: StrictBool
    reason: str = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    official_until: date
    days: list[_Day]

    @model_validator(mode="after")
    def _each_day_once(self) -> "_File":
        dates = [day.date for day in self.days]
        twice = {day.isoformat() for day in dates if dates.count(day) > 1}
        if twice:
            raise ValueError(f"listed twice: {', '.join(sorted(twice))}")
        return self


def load_calendar(path: Path = DATA) -> Calendar:
    """The calendar of `path`; BadData names the file and the field."""
    held = read_data(path, _File)
    return Calendar(held.official_until, {day.date: day.open for day in held.days})


@cache
def _is_workday(day: date) -> bool:
    year = _china(day.year)
    return day not in year and (day.weekday() < _SATURDAY or day in year.weekend_workdays)


@cache
def _china(year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year)


def _not_negative(count: int) -> int:
    if count < 0:
        raise ValueError(f"{count} days: a period cannot be negative")
    return count
