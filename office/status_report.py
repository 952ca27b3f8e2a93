"""Words for how far applications are: a reply in both languages, with the law behind a deadline."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

from office.calendar import Calendar
from office.errors import Both
from office.services import Limit, Services
from office.status import Application, Progress, Standing, progress

Reply = dict[str, Any]

REVIEWED_ON: Final = "2026-11-25"
"""The day on which the time limits of `data/services.yml` were last read against the law."""

_WEEKDAYS: Final = "一二三四五六日"
_UNITS: Final = {"workdays": ("个工作日", "working days"), "days": ("天", "days")}
_EXTENDED: Final[Both] = {"zh": "已按规定延长", "en": "extended"}
_UNVERIFIED: Final[Both] = {"zh": "有无新规定还没核实", "en": "not checked for changes"}
_MAY_PAUSE: Final = frozenset({"fundraising"})
"""Services whose limit leaves out an inspection, the length of which is not on file."""

TELL_ME: Final[dict[str, Both]] = {
    "title": {"zh": "有进展通知我", "en": "Tell me when it moves"},
    "text": {"zh": "有进展请通知我", "en": "Tell me when my application moves"},
}


def report(found: Sequence[Progress]) -> Reply:
    """The first application in full, the person's others in short; outcome `status`."""
    first, *others = found
    parts = [_full(first), *([_others(others)] if others else [])]
    undecided = any(one.standing is not Standing.DECIDED for one in found)
    return {
        "outcome": "status",
        "text": _joined(parts, "\n\n"),
        "article": first.service.article,
        "sources": _sources(found),
        "buttons": [TELL_ME] if undecided else [],
    }


def news(one: Progress) -> Reply:
    """That an application has reached a new stage; outcome `status_news`."""
    stop = {
        "zh": "不想再收到，请回复“不用通知了”。",
        "en": "To stop these messages, reply “no more messages”.",
    }
    parts = [_heading(one, news=True), _stage(one), _missing(one), _deadline(one), stop]
    return {
        "outcome": "status_news",
        "text": _joined([part for part in parts if part], "\n\n"),
        "article": one.service.article,
        "sources": _sources([one]),
        "buttons": [],
    }


def teller(services: Services, calendar: Calendar, today: date) -> Callable[[Application], Reply]:
    """Says the news of an application as of `today`; what the table of applications tells with."""

    def tell(application: Application) -> Reply:
        service = services.service(application.service)
        return news(progress(application, service, calendar, today=today))

    return tell


def in_words(day: date) -> Both:
    """A day as people say it."""
    return {
        "zh": f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）",
        "en": f"{day:%A}, {day.day} {day:%B %Y}",
    }


def _full(one: Progress) -> Both:
    parts = [_heading(one), _stage(one), _missing(one), _deadline(one), _dates(one)]
    return _joined([part for part in parts if part], "\n\n")


def _heading(one: Progress, *, news: bool = False) -> Both:
    service, stage = one.service, one.stage
    people = "、".join(person.masked_name for person in one.application.applicants)
    new = ("有新进展：", "News: ") if news else ("", "")
    return {
        "zh": f"**{new[0]}{service.title.zh}：{stage.title.zh}**\n\n"
        f"受理号 {one.application.number}，申请人 {people}",
        "en": f"**{new[1]}{service.title.en}: {stage.title.en}**\n\n"
        f"Number {one.application.number}, applicant {people}",
    }


def _stage(one: Progress) -> Both:
    means, then = one.stage.means, one.stage.next
    return {"zh": f"{means.zh}\n\n接下来：{then.zh}", "en": f"{means.en}\n\nNext: {then.en}"}


def _missing(one: Progress) -> Both | None:
    items = "\n".join(f"- {item}" for item in one.application.missing)
    if not items:
        return None
    return {
        "zh": f"还缺这些，请补交到{one.application.office}：\n\n{items}",
        "en": f"Still missing; please bring it to {one.application.office}:\n\n{items}",
    }


def _deadline(one: Progress) -> Both | None:
    limit = one.service.limit
    if limit is None or one.decide_by is None:
        return None
    day, about = _roughly(one, one.decide_by), _about(one, limit)
    if one.standing is Standing.OVERDUE:
        return _overdue(one, day, about)
    return {
        "zh": f"**最晚办结：{day['zh']}**，{about['zh']}。",
        "en": f"**To be decided by {day['en']}**, {about['en']}.",
    }


def _roughly(one: Progress, day: date) -> Both:
    """The day, said to be about where the working calendar is not published so far."""
    said = in_words(day)
    if one.official:
        return said
    return {"zh": f"大约在{said['zh']}", "en": f"about {said['en']}"}


def _overdue(one: Progress, day: Both, about: Both) -> Both:
    ask = one.service.ask
    pause = one.service.key in _MAY_PAUSE
    return {
        "zh": f"**按时限应在{day['zh']}前办结，已经过了。**（{about['zh']}）"
        f"{'现场核查的时间不算在内，可能因此延后。' if pause else ''}"
        f"请问{ask.zh}，或拨打 [[hotline]]，报受理号就行。",
        "en": f"**It should have been decided by {day['en']}; that day has passed** "
        f"({about['en']}). {'An inspection on site does not count and may explain it. ' * pause}"
        f"Please ask {ask.en}, or call [[hotline]] with the number.",
    }


def _about(one: Progress, limit: Limit) -> Both:
    """Where the day comes from."""
    longer = one.application.extended and limit.extended
    days = limit.extended if longer else limit.days
    zh, en = _UNITS[limit.unit]
    added = [*([_EXTENDED] if longer else []), *([] if limit.verified else [_UNVERIFIED])]
    return {
        "zh": f"依据{limit.law}{limit.article or ''}，时限是 {days} {zh}"
        + "".join(f"（{each['zh']}）" for each in added),
        "en": f"under {limit.law} {limit.article or ''} the limit is {days} {en}"
        + "".join(f" ({each['en']})" for each in added),
    }


def _dates(one: Progress) -> Both:
    application = one.application
    since, received = in_words(application.stage_on), in_words(application.received_on)
    return {
        "zh": f"{received['zh']}收件，{since['zh']}到这一步。办理单位：{application.office}。",
        "en": f"Received on {received['en']}; at this stage since {since['en']}. "
        f"Office: {application.office}.",
    }


def _others(others: Iterable[Progress]) -> Both:
    lines = [_line(one) for one in others]
    return {
        "zh": "同一申请人的其他申请：\n\n" + "\n".join(line["zh"] for line in lines),
        "en": "Other applications of the same person:\n\n" + "\n".join(x["en"] for x in lines),
    }


def _line(one: Progress) -> Both:
    number, title, stage = one.application.number, one.service.title, one.stage.title
    ends = _ends(one, one.decide_by) if one.decide_by else {"zh": "", "en": ""}
    return {
        "zh": f"- {number} {title.zh}：{stage.zh}{ends['zh']}",
        "en": f"- {number} {title.en}: {stage.en}{ends['en']}",
    }


def _ends(one: Progress, due: date) -> Both:
    """The day in short; why it may have passed, where the law has a reason."""
    day = _roughly(one, due)
    if one.standing is not Standing.OVERDUE:
        return {"zh": f"，最晚 {day['zh']}", "en": f", by {day['en']}"}
    pause = one.service.key in _MAY_PAUSE
    return {
        "zh": f"，已过 {day['zh']}{'（现场核查的时间不算在内）' if pause else ''}",
        "en": f", due {day['en']}{' (an inspection on site does not count)' * pause}",
    }


def _sources(found: Iterable[Progress]) -> list[dict[str, Any]]:
    """The laws behind the days named, each once."""
    limits = [one.service.limit for one in found if one.decide_by and one.service.limit]
    unique = {(limit.law, limit.article): _source(limit) for limit in limits}
    return list(unique.values())


def _source(limit: Limit) -> dict[str, Any]:
    return {
        "law": limit.law,
        "article": limit.article,
        "in_force": limit.in_force.isoformat() if limit.in_force else None,
        "verified": limit.verified,
        "note": limit.note,
        "region": "national",
        "reviewed_on": REVIEWED_ON,
    }


def _joined(parts: Sequence[Both], between: str) -> Both:
    return {each: between.join(part[each] for part in parts) for each in ("zh", "en")}
