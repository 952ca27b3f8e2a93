"""What a citizen reads: the stage first, what to bring, the day and its law; nothing in excess."""

from dataclasses import replace
from datetime import date

import pytest

from office.calendar import load_calendar
from office.services import load_services
from office.status import Applicant, Application, Progress, progress
from office.status_report import in_words, news, report

SERVICES, CALENDAR = load_services(), load_calendar()
TODAY = date(2026, 11, 25)
DIBAO = Application(
    number="2026110001",
    service="dibao",
    stage="checking",
    stage_on=date(2026, 11, 10),
    received_on=date(2026, 11, 2),
    accepted_on=date(2026, 11, 3),
    office="灯笼镇政府",
    applicants=(Applicant("李*明", "sealed"), Applicant("王*", "sealed")),
)
MISSING = replace(DIBAO, number="2026110002", stage="missing", missing=("收入证明", "户口簿"))
LATE = replace(DIBAO, number="2026080003", accepted_on=date(2026, 8, 3))
DONE = replace(DIBAO, number="2026110004", stage="approved")
EVERY = [(service.key, stage.key) for service in SERVICES.services for stage in service.stages]


def read(application: Application) -> Progress:
    service = SERVICES.service(application.service)
    return progress(application, service, CALENDAR, today=TODAY)


def text(*applications: Application, language: str = "zh") -> str:
    said: str = report([read(one) for one in applications])["text"][language]
    return said


def test_the_first_line_is_the_answer() -> None:
    assert text(DIBAO).splitlines()[0] == "**最低生活保障（低保）：调查核对中**"


def test_the_day_of_the_decision_comes_with_its_law() -> None:
    assert "2026年12月15日（周二）" in text(DIBAO)
    said = report([read(DIBAO)])
    (source,) = said["sources"]
    assert (source["law"], source["article"], source["region"]) == (
        "最低生活保障审核确认办法",
        "第二十二条",
        "national",
    )
    assert said["outcome"] == "status"
    assert said["article"] == SERVICES.service("dibao").article


def test_what_is_missing_is_listed_and_no_day_is_promised() -> None:
    said = text(MISSING)
    assert "- 收入证明\n- 户口簿" in said
    assert "最晚办结" not in said
    assert report([read(MISSING)])["sources"] == []


def test_who_is_late_is_said_to_be_and_whom_to_ask() -> None:
    assert "已经过了" in text(LATE)
    assert SERVICES.service("dibao").ask.zh in text(LATE)
    assert "[[hotline]]" in text(LATE)


def test_an_inspection_may_excuse_a_fundraising_permit() -> None:
    late = replace(LATE, service="fundraising", stage="accepted")
    assert "现场核查" in text(late)
    assert "现场核查" not in text(LATE)
    assert "现场核查" in text(DIBAO, late)
    assert "inspection" in text(DIBAO, late, language="en")


def test_beyond_the_published_calendar_a_day_is_about() -> None:
    assert "大约在" in text(replace(DIBAO, accepted_on=date(2026, 12, 20)))
    assert "大约在" not in text(DIBAO)


def test_beyond_the_published_calendar_nobody_is_late_to_the_day() -> None:
    late = replace(DIBAO, accepted_on=date(2029, 1, 2))
    passed = progress(late, SERVICES.service("dibao"), CALENDAR, today=date(2029, 12, 1))
    assert "大约在" in report([passed])["text"]["zh"]
    assert "大约在" in report([read(DIBAO), passed])["text"]["zh"]
    assert "about" in report([passed])["text"]["en"]


def test_an_extended_limit_says_so() -> None:
    assert "45 个工作日（已按规定延长）" in text(replace(DIBAO, extended=True))


def test_others_of_the_same_person_follow_in_short() -> None:
    said = text(DIBAO, MISSING, LATE)
    assert "2026110002 最低生活保障（低保）：待补材料" in said
    assert "2026080003 最低生活保障（低保）：调查核对中，已过" in said
    assert said.count("接下来") == 1


def test_news_are_offered_while_something_is_undecided() -> None:
    assert report([read(DIBAO)])["buttons"]
    assert report([read(DONE), read(DIBAO)])["buttons"]
    assert not report([read(DONE)])["buttons"]


@pytest.mark.parametrize(("service", "stage"), EVERY)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_stage_of_every_service_reads_whole(service: str, stage: str, language: str) -> None:
    said = text(replace(DIBAO, service=service, stage=stage), language=language)
    held = SERVICES.service(service).stage(stage)
    assert getattr(held.means, language) in said
    assert "None" not in said
    assert "{" not in said


def test_a_notice_is_short_says_what_is_new_and_how_to_stop_it() -> None:
    said = news(read(MISSING))
    assert said["outcome"] == "status_news"
    assert said["text"]["zh"].startswith("**有新进展")
    assert "收入证明" in said["text"]["zh"]
    assert "不用通知了" in said["text"]["zh"]


def test_a_day_is_said_as_people_say_it() -> None:
    assert in_words(date(2026, 12, 6)) == {
        "zh": "2026年12月6日（周日）",
        "en": "Sunday, 6 December 2026",
    }
