"""The file of services is read whole or not at all, and says where it is wrong."""

from collections import Counter
from pathlib import Path

import pytest

from office.datafile import BadData
from office.services import Clock, Service, load_services

SERVICES = load_services()
ARTICLES = Path(__file__).parents[3] / "knowledge" / "articles"
EVERY = [(service.key, stage.key) for service in SERVICES.services for stage in service.stages]
WORDS = "{zh: 字, en: word}"
STAGE = (
    "{key: %s, title: {zh: %s, en: x}, names: [%s], means: %s, next: %s, ends: false, clock: %s}"
)
LIMIT = "{days: 30, unit: workdays, from: accepted, law: 某办法}"


def stage(key: str = "one", zh: str = "第一步", names: str = "", clock: str = "running") -> str:
    return STAGE % (key, zh, names, WORDS, WORDS, clock)


def service(key: str = "aid", zh: str = "救助", stages: str = "one", limit: str = LIMIT) -> str:
    told = f"key: {key}, title: {{zh: {zh}, en: x}}, names: [{zh}申请], article: a/b, ask: {WORDS}"
    return f"{{{told}, limit: {limit}, stages: [{stages}]}}"


def written(folder: Path, services: str, stages: str) -> Path:
    file = folder / "services.yml"
    file.write_text(f"services: [{services}]\nstages: [{stages}]\n", "utf-8")
    return file


@pytest.mark.parametrize("one", SERVICES.services, ids=lambda one: one.key)
def test_a_service_leads_to_an_article_that_there_is(one: Service) -> None:
    assert (ARTICLES / f"{one.article}.md").is_file()


@pytest.mark.parametrize(("key", "stage_key"), EVERY)
def test_every_name_of_a_stage_leads_to_it_and_to_no_other(key: str, stage_key: str) -> None:
    one = SERVICES.service(key)
    meant = one.stage(stage_key)
    assert {one.stage_named(name).key for name in (stage_key, meant.title.zh, *meant.names)} == {
        stage_key
    }


def test_every_name_of_a_service_leads_to_it() -> None:
    for one in SERVICES.services:
        assert all(SERVICES.named(name) is one for name in (one.key, one.title.zh, *one.names))


def test_an_ending_stops_the_clock_and_nothing_else_does_for_good() -> None:
    for one in SERVICES.services:
        assert all(stage.ends == (stage.clock is Clock.DONE) for stage in one.stages)
    assert ("dibao", "refused") in SERVICES.endings()
    assert ("dibao", "checking") not in SERVICES.endings()


@pytest.mark.parametrize(
    "name", ["", "没有这一步", "审核确认中 ", "ACCEPTED", "__class__", "stages"]
)
def test_an_unknown_name_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        SERVICES.service("dibao").stage_named(name)
    with pytest.raises(KeyError):
        SERVICES.named(name)


def test_a_service_keeps_its_own_words_and_leaves_the_others_theirs(tmp_path: Path) -> None:
    own = "{key: one, means: {zh: 自己的话, en: own}}"
    services = ", ".join([service(stages=own), service("other", "别的")])
    read = load_services(written(tmp_path, services, stage()))
    assert read.service("aid").stage("one").means.zh == "自己的话"
    assert read.service("aid").stage("one").next.zh == "字"
    assert read.service("other").stage("one").means.zh == "字"


@pytest.mark.parametrize(
    ("services", "stages", "says"),
    [
        (service(stages="two"), stage(), r"aid\.stages: there is no stage “two”"),
        (service(), f"{stage()}, {stage(zh='又一步')}", "listed twice: one"),
        (service(stages="one, one"), stage(), r"aid\.stages: named twice: one"),
        (
            service(stages="one, two"),
            f"{stage(names='受理')}, {stage('two', '第二步', '受理')}",
            r"aid\.stages: named twice: 受理",
        ),
        (f"{service()}, {service(zh='又一项')}", stage(), "services: .*aid"),
        (f"{service()}, {service('other')}", stage(), "services: .*救助"),
        (service(limit=LIMIT.replace("accepted", "two")), stage(), r"aid\.limit\.from: .*“two”"),
        (service(limit=LIMIT.replace("30", "0")), stage(), r"services\.0\.limit\.days"),
        (service(limit=LIMIT.replace("workdays", "weeks")), stage(), r"services\.0\.limit\.unit"),
        (service().replace("article", "artikel"), stage(), r"services\.0\.article"),
        (service(), stage(clock="slow"), r"stages\.0\.clock"),
        (service(), stage().replace("zh: 字", "zh: ''"), r"stages\.0\.means\.zh"),
        (service(), "{", "services.yml"),
    ],
)
def test_a_broken_file_is_named_with_its_field(
    tmp_path: Path, services: str, stages: str, says: str
) -> None:
    file = written(tmp_path, services, stages)
    with pytest.raises(BadData, match=says) as refused:
        load_services(file)
    assert str(refused.value).startswith(f"{file}: ")


def test_a_stage_that_many_services_share_is_told_once_in_the_file() -> None:
    for one in SERVICES.services:
        called = Counter(name for s in one.stages for name in {s.key, s.title.zh, *s.names})
        assert max(called.values()) == 1
