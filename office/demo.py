"""Applications of people who do not exist, around the day they are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from office.calendar import Calendar
from office.numbers import as_18

_AREA: Final = "110105"
_NAMES: Final = [
    "张建国",
    "李秀英",
    "王小明",
    "刘桂兰",
    "陈志强",
    "杨芳",
    "赵磊",
    "黄丽",
    "周洋",
    "吴淑珍",
    "徐浩",
    "孙玉梅",
    "马超",
    "朱琳",
    "胡军",
    "郭敏",
]

_CASES: Final[tuple[tuple[str, str, int, int], ...]] = (
    ("dibao", "checking", 12, 6),
    ("dibao", "missing", 5, 3),
    ("dibao", "published", 25, 2),
    ("dibao", "deciding", 70, 20),
    ("dibao", "approved", 60, 4),
    ("dibao", "refused", 55, 8),
    ("dibao_edge", "checking", 15, 7),
    ("tekun", "deciding", 30, 5),
    ("tekun", "published", 18, 3),
    ("rigid_expenditure", "checking", 20, 10),
    ("temporary_aid", "approved", 9, 1),
    ("temporary_aid", "received", 1, 1),
    ("disability_living", "deciding", 22, 6),
    ("disability_nursing", "approved", 40, 10),
    ("oldage_allowance", "deciding", 14, 4),
    ("elderly_care_subsidy", "received", 2, 2),
    ("orphan", "checking", 11, 5),
    ("unattended_child", "deciding", 28, 6),
    ("adoption", "registering", 16, 9),
    ("divorce", "cooling", 10, 10),
    ("divorce", "collectable", 35, 5),
    ("marriage_certificate", "received", 1, 1),
    ("social_group", "accepted", 100, 95),
    ("private_nonprofit", "missing", 8, 4),
    ("funeral_subsidy", "received", 3, 3),
)
"""Service, stage, and how many days ago it was received and came to that stage."""
_COUPLES: Final = frozenset({"adoption", "divorce"})
_UNACCEPTED: Final = frozenset({"received", "missing"})
_TOGETHER: Final = 4
"""How many applications the first person has, so that several are found after one proof."""


@dataclass(frozen=True)
class Shown:
    """A demo application and what proves a right to it."""

    told: dict[str, Any]
    proof: str


def cases(today: date, calendar: Calendar) -> Iterator[Shown]:
    """The applications as `office.rows` reads them, the same every time on the same day."""
    for place, (service, stage, received, since) in enumerate(_CASES, 1):
        person = 0 if place <= _TOGETHER else place
        people = [_person(person), *([_person(person + 50)] if service in _COUPLES else [])]
        handed_in = today - timedelta(days=received)
        accepted = calendar.add_workdays(handed_in, 1)
        stage_on = max(min(today, accepted), today - timedelta(days=since))
        told = {
            "number": f"{handed_in:%Y%m}{place:04}",
            "service": service,
            "stage": stage,
            "stage_on": stage_on.isoformat(),
            "received_on": handed_in.isoformat(),
            "accepted_on": None if stage in _UNACCEPTED else accepted.isoformat(),
            "office": "示范镇便民服务中心",
            "missing": ["家庭收入证明", "银行卡复印件"] if stage == "missing" else [],
            "applicants": people,
        }
        yield Shown(told, people[0]["id_number"][-4:])


def _person(place: int) -> dict[str, str]:
    born = date(1950, 3, 7) + timedelta(days=191 * place)
    return {
        "name": _NAMES[place % len(_NAMES)],
        "id_number": as_18(f"{_AREA}{born:%y%m%d}{place + 211:03}"),
        "phone": f"139{place * 137 + 20_260_731:08}",
    }
