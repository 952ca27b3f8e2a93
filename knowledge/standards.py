"""Dated local amounts: what a service pays in a place, from when to when, by which document.

`standards/<region>.yml` holds the amounts of one region, `standards/services.yml`
the services they are for. An amount is current on a day only inside its validity
and before its review falls due; after that it is history and shown as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from knowledge.datafile import Strict, checked, read
from knowledge.text import fold

STANDARDS = Path(__file__).parent / "standards"
SERVICES = "services.yml"
UNITS = {
    "元/人·月": "yuan per person and month",
    "元/人·年": "yuan per person and year",
    "元/户·月": "yuan per household and month",
    "元/户·年": "yuan per household and year",
    "元/人·次": "yuan per person and case",
    "元/户·次": "yuan per household and case",
    "倍低保标准": "times the dibao line",
}
_ENDINGS = "省市区县旗州"
_SHORTEST_NAME = 2

_Text = Annotated[str, Field(min_length=1)]
_Place = Annotated[str, Field(pattern=r"^[\u4e00-\u9fff]{2,20}$")]
"""A region's name in Chinese; it names its file as well."""
_Amount = Annotated[Decimal, Field(ge=0, decimal_places=2, max_digits=12)]


class Service(Strict):
    """A service with local amounts; `asks` is the office to ask where none is entered."""

    label: _Text
    label_en: _Text
    asks: _Text
    asks_en: _Text
    groups: dict[str, dict[str, str]] = Field(default_factory=dict)


class Standard(Strict):
    """One amount in yuan or multiples, see UNITS. `valid_to` is the last day, None if open.

    `valid_from` is None where the source gives no year: such an amount is never
    current. From `review_by` on it counts as overdue, whatever `valid_to` says.
    """

    service: _Text
    group: str | None = None
    amount: _Amount
    amount_to: _Amount | None = None
    at_least: bool = False
    unit: str
    valid_from: date | None
    valid_to: date | None = None
    review_by: date | None = None
    source: _Text
    entered_on: date
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.unit not in UNITS:
            raise ValueError(f"单位“{self.unit}”不认识；可用：{'、'.join(UNITS)}")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("截止日早于起始日")
        if self.amount_to is not None and self.amount_to <= self.amount:
            raise ValueError("金额上限应高于金额")
        if self.valid_from and not (self.valid_to or self.review_by):
            raise ValueError("要写截止日；还没有截止日的，写复核日（到哪天必须复核）")
        return self

    def is_current(self, day: date) -> bool:
        started = self.valid_from is not None and self.valid_from <= day
        ended = self.valid_to is not None and self.valid_to < day
        overdue = self.review_by is not None and self.review_by <= day
        return started and not ended and not overdue

    def is_past(self, day: date) -> bool:
        return not self.is_current(day) and (self.valid_from is None or self.valid_from <= day)

    def overlaps(self, other: "Standard") -> bool:
        """Whether both set an amount for the same people on some day."""
        if (self.service, self.group) != (other.service, other.group):
            return False
        if self.valid_from is None or other.valid_from is None:
            return False
        first, second = sorted((self, other), key=lambda s: s.valid_from or date.min)
        return second.valid_from is not None and second.valid_from <= (first.valid_to or date.max)

    @property
    def name(self) -> str:
        return f"{self.service} {self.group or ''}（{self.valid_from} 起）"


class Region(Strict):
    """The amounts of one place; what it lacks is looked up in the region it lies `within`."""

    region: _Place
    within: _Place | None = None
    aliases: list[str] = Field(default_factory=list)
    standards: list[Standard] = Field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """As citizens call it: with and without its ending."""
        names = [self.region, *self.aliases]
        if self.region[-1] in _ENDINGS:
            names.append(self.region[:-1])
        return [fold(name) for name in names if len(name) >= _SHORTEST_NAME]


class State(StrEnum):
    """What is known of an amount on a day."""

    CURRENT = "current"
    HISTORIC = "historic"
    MISSING = "missing"


@dataclass(frozen=True)
class Figure:
    """A service's amounts in one region on one day; no standards where it is MISSING."""

    service: Service
    state: State
    region: str | None
    standards: tuple[Standard, ...] = ()


@dataclass(frozen=True)
class Standards:
    """All regions and services, as loaded."""

    services: Mapping[str, Service] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)

    def figure(self, key: str, region: str | None, day: date) -> Figure:
        """The amounts of service `key` on `day`: the nearest region that has them decides.

        Current amounts of a wider region go before past ones of a nearer.
        """
        service, chain = self.services[key], self.around(region)
        for place in chain:
            current = [s for s in place.standards if s.service == key and s.is_current(day)]
            if current:
                return Figure(service, State.CURRENT, place.region, tuple(current))
        for place in chain:
            past = [s for s in place.standards if s.service == key and s.is_past(day)]
            if past:
                return Figure(service, State.HISTORIC, place.region, _latest(past))
        return Figure(service, State.MISSING, region)

    def amount(
        self, key: str, region: str | None, day: date, group: str | None = None
    ) -> Standard | None:
        """The current amount for `group` in the nearest region that has exactly one."""
        for place in self.around(region):
            fitting = [s for s in place.standards if s.service == key and s.is_current(day)]
            fitting = [s for s in fitting if s.group in (group, None)]
            if len(fitting) == 1:
                return fitting[0]
        return None

    def has(self, key: str, region: str | None, day: date) -> bool:
        """Whether any current amount of the service is entered for the region."""
        return self.figure(key, region, day).state is State.CURRENT

    def fault_of(self, standard: Standard) -> str:
        """Why `standard` fits none of the services; empty if it fits."""
        service = self.services.get(standard.service)
        if service is None:
            return f"服务“{standard.service}”不在 standards/{SERVICES} 里"
        if standard.group is not None and standard.group not in service.groups:
            known = "、".join(words["zh"] for words in service.groups.values()) or "不分对象"
            return f"{service.label}没有“{standard.group}”这类对象；可用：{known}"
        return ""

    def around(self, region: str | None) -> list[Region]:
        """The region and those it lies within, nearest first."""
        chain: list[Region] = []
        while region and region in self.regions and self.regions[region] not in chain:
            chain.append(self.regions[region])
            region = chain[-1].within
        return chain

    def named_in(self, text: str) -> str | None:
        """The region a text names, the longest name first; None if it names none of ours."""
        read = fold(text)
        return next((region for name, region in self._by_name if name in read), None)

    @cached_property
    def _by_name(self) -> list[tuple[str, str]]:
        pairs = [(name, place.region) for place in self.regions.values() for name in place.names]
        return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


def load_standards(folder: Path = STANDARDS) -> Standards:
    """Every region and service below `folder`; raises DataError at the first bad file."""
    listed = read(folder / SERVICES, dict)
    services = {key: checked(Service, one, f"{SERVICES}: {key}") for key, one in listed.items()}
    regions = [checked(Region, read(path, dict), path.name) for path in region_files(folder)]
    return Standards(services, {region.region: region for region in regions})


def region_files(folder: Path = STANDARDS) -> list[Path]:
    return sorted(path for path in folder.glob("*.yml") if path.name != SERVICES)


def _latest(past: Sequence[Standard]) -> tuple[Standard, ...]:
    newest = max(s.valid_from or date.min for s in past)
    return tuple(s for s in past if (s.valid_from or date.min) == newest)
