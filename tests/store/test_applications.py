"""The bureau's table of applications, and the notices it sends once, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from office.status import Applicant, Application
from office.store.applications import Applications, Kept

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = timedelta(days=1)
ME, OTHER = "a" * 64, "b" * 64
PERSON = "c" * 64
MOTHER = Applicant("王*", "sealed mother", PERSON, "d" * 64, "e" * 64)
CHILD = Applicant("王*明", "sealed child")
ONE = Application(
    number="MZ20260001",
    service="dibao",
    stage="received",
    stage_on=date(2026, 2, 2),
    received_on=date(2026, 2, 2),
    office="城关镇",
    applicants=(MOTHER, CHILD),
)
VERIFYING = replace(ONE, stage="verifying", stage_on=date(2026, 2, 9))
THREADS = 10


@pytest.fixture
def table(engine: Engine) -> Applications:
    return Applications(engine)


@pytest.mark.parametrize(
    "application",
    [
        ONE,
        replace(ONE, accepted_on=date(2026, 2, 3), extended=True, missing=("照片", "hukou")),
        replace(ONE, applicants=(CHILD, MOTHER)),
        replace(ONE, applicants=()),
    ],
    ids=["plain", "every field", "applicants in the source's order", "nobody named"],
)
def test_what_was_kept_is_found_unchanged(table: Applications, application: Application) -> None:
    assert _keep(table, application) == Kept(new=1)
    assert table.find(ONE.number) == application


def test_an_unknown_number_is_not_found(table: Applications) -> None:
    _keep(table, ONE)
    assert table.find("MZ20269999") is None


def test_the_table_is_empty_until_something_is_kept(table: Applications) -> None:
    assert table.is_empty()
    assert _keep(table) == Kept()
    assert table.is_empty()
    _keep(table, ONE)
    assert not table.is_empty()


def test_the_other_applications_of_a_person_come_newest_first(table: Applications) -> None:
    older = replace(ONE, number="MZ20250007", received_on=ONE.received_on - DAY)
    newer = replace(ONE, number="MZ20260002", received_on=ONE.received_on + DAY)
    strange = replace(ONE, number="MZ20260003", applicants=(replace(MOTHER, person_hash=OTHER),))
    _keep(table, older, newer, strange, ONE)
    assert table.others(ONE, MOTHER) == [newer, older]


def test_whose_person_is_not_known_has_no_others(table: Applications) -> None:
    _keep(table, ONE, replace(ONE, number="MZ20260002"))
    assert table.others(ONE, CHILD) == []


def test_digests_are_those_last_kept_and_of_known_numbers_only(table: Applications) -> None:
    _keep(table, ONE, digest="first")
    _keep(table, ONE, digest="second")
    assert table.digests([ONE.number, "MZ20269999"]) == {ONE.number: "second"}
    assert table.digests([]) == {}


def test_the_same_digest_changes_nothing(table: Applications) -> None:
    _keep(table, ONE)
    assert _keep(table, VERIFYING) == Kept(same=1)
    assert table.find(ONE.number) == ONE


def test_another_digest_changes_what_is_found(table: Applications) -> None:
    _keep(table, ONE)
    assert _keep(table, VERIFYING, digest="second") == Kept(changed=1)
    assert table.find(ONE.number) == VERIFYING


def test_a_batch_tells_apart_new_changed_and_same(table: Applications) -> None:
    second, third = (replace(ONE, number=f"MZ2026000{n}") for n in (2, 3))
    _keep(table, ONE, second)
    batch = [(ONE, "first"), (second, "second"), (third, "first")]
    assert table.keep(batch, _tell, now=NOW) == Kept(new=1, changed=1, same=1)
    assert Kept(1, 2, 3) + Kept(1, 1, 1) == Kept(2, 3, 4)


@pytest.mark.parametrize("people", [(CHILD,), (CHILD, MOTHER), ()], ids=["fewer", "moved", "none"])
def test_applicants_are_replaced_not_added(
    table: Applications, people: tuple[Applicant, ...]
) -> None:
    second = replace(ONE, number="MZ20260002")
    _keep(table, ONE, second)
    _keep(table, replace(ONE, applicants=people), digest="second")
    assert table.find(ONE.number) == replace(ONE, applicants=people)
    assert table.find(second.number) == second


def test_a_failing_batch_keeps_nothing_of_it(table: Applications) -> None:
    _keep(table, ONE)
    _watch(table, ME)

    def no_words(_: Application) -> dict[str, Any]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        table.keep([(VERIFYING, "second")], no_words, now=NOW)
    assert table.find(ONE.number) == ONE
    assert _taken(table, ME) == []


def test_every_watcher_is_told_once_of_every_new_stage(table: Applications) -> None:
    _keep(table, ONE)
    _watch(table, ME)
    _watch(table, ME)
    _watch(table, OTHER)
    public = replace(ONE, stage="public_notice", stage_on=date(2026, 2, 20))
    _keep(table, VERIFYING, digest="second")
    _keep(table, public, digest="third")
    for citizen in (ME, OTHER):
        assert _taken(table, citizen) == ["verifying", "public_notice"]
        assert _taken(table, citizen) == []


def test_a_stage_that_arrives_again_is_told_no_more(table: Applications) -> None:
    _keep(table, ONE)
    _watch(table, ME)
    for digest, application in [("2", VERIFYING), ("3", ONE), ("4", VERIFYING)]:
        _keep(table, application, digest=digest)
    assert _taken(table, ME) == ["verifying", "received"]


@pytest.mark.parametrize(
    "same_stage",
    [
        replace(ONE, office="东山乡"),
        replace(ONE, missing=("照片",)),
        replace(ONE, stage_on=ONE.stage_on + DAY),
    ],
    ids=["office", "missing", "day put right"],
)
def test_a_change_within_a_stage_is_no_news(table: Applications, same_stage: Application) -> None:
    _keep(table, ONE)
    _watch(table, ME)
    assert _keep(table, same_stage, digest="second") == Kept(changed=1)
    assert _taken(table, ME) == []


def test_only_the_watchers_of_that_number_are_told(table: Applications) -> None:
    second = replace(ONE, number="MZ20260002")
    _keep(table, ONE, second)
    table.watch(ME, "web", [second.number], now=NOW)
    _keep(table, VERIFYING, digest="second")
    assert _taken(table, ME) == []


def test_who_stopped_watching_is_told_no_more_and_others_are(table: Applications) -> None:
    _keep(table, ONE)
    _watch(table, ME)
    _watch(table, OTHER)
    _keep(table, VERIFYING, digest="second")
    assert (table.unwatch(ME), table.unwatch(ME)) == (1, 0)
    _keep(table, ONE, digest="third")
    assert _taken(table, ME) == []
    assert _taken(table, OTHER) == ["verifying", "received"]


def test_notices_wait_for_the_channel_they_were_asked_on(table: Applications) -> None:
    _keep(table, ONE)
    _watch(table, ME)
    _keep(table, VERIFYING, digest="second")
    assert table.take_notices(ME, "wechat", now=NOW) == []
    assert _taken(table, ME) == ["verifying"]


def test_ten_threads_take_a_notice_once(table: Applications) -> None:
    _keep(table, ONE)
    _watch(table, ME)
    _keep(table, VERIFYING, digest="second")
    start = Barrier(THREADS)

    def take(_: int) -> list[str]:
        start.wait()
        return _taken(table, ME)

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(chain.from_iterable(pool.map(take, range(THREADS)))) == ["verifying"]


def test_the_same_push_from_ten_threads_makes_one_notice(table: Applications) -> None:
    _keep(table, ONE)
    _watch(table, ME)
    start = Barrier(THREADS)

    def push(_: int) -> None:
        start.wait()
        _keep(table, VERIFYING, digest="second")

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(push, range(THREADS)))
    assert table.find(ONE.number) == VERIFYING
    assert _taken(table, ME) == ["verifying"]


def _tell(application: Application) -> dict[str, Any]:
    return {"outcome": "status_news", "stage": application.stage}


def _keep(table: Applications, *batch: Application, digest: str = "first") -> Kept:
    return table.keep([(application, digest) for application in batch], _tell, now=NOW)


def _watch(table: Applications, citizen: str) -> None:
    table.watch(citizen, "web", [ONE.number], now=NOW)


def _taken(table: Applications, citizen: str) -> list[str]:
    return [reply["stage"] for reply in table.take_notices(citizen, "web", now=NOW)]
