"""What the bureaus' work reports name is answered, and the table that says so is true."""

from collections import Counter
from pathlib import Path

import pytest

from knowledge.article import Article
from scripts import coverage
from scripts.coverage import Group, Service

REPORTS = {
    "衢江区2013-01",
    "衢州市2013",
    "孝昌县2018",
    "宿城区工作计划",
    "某区2022",
    "某县2022",
    "万州区2022",
    "江阳区2022",
    "石鼓区2022",
}
EASILY_FORGOTTEN = (
    "福利彩票",
    "避灾安置场所",
    "灾害信息员",
    "救灾款物",
    "慈善一日捐",
    "社工考试",
    "村务公开",
    "公益性墓地",
    "流浪救助",
    "留守儿童之家",
    "96345",
)


@pytest.fixture(scope="module")
def services() -> list[Service]:
    return [service for group in coverage.groups() for service in group.services]


def test_every_article_named_exists(services: list[Service], articles: list[Article]) -> None:
    named = {article for service in services for article in service.articles}
    assert named <= {article.id for article in articles}


def test_every_service_has_an_article(services: list[Service]) -> None:
    assert [service.service for service in services if not service.articles] == []


def test_no_service_stands_twice_and_none_names_an_article_twice(services: list[Service]) -> None:
    names = Counter(service.service for service in services)
    assert [name for name, times in names.items() if times > 1] == []
    for service in services:
        assert len(set(service.articles)) == len(service.articles), service.service


def test_every_report_is_used_and_none_is_misspelt(services: list[Service]) -> None:
    assert {document for service in services for document in service.documents} == REPORTS


@pytest.mark.parametrize("matter", EASILY_FORGOTTEN)
def test_what_is_easily_forgotten_has_a_row(matter: str, services: list[Service]) -> None:
    assert any(matter in service.service for service in services)


def test_the_table_is_up_to_date() -> None:
    coverage.main(["--check"])


def test_an_outdated_table_is_refused_with_the_command_that_renews_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage, "TABLE", tmp_path / "coverage.md")
    with pytest.raises(SystemExit, match=r"run `python scripts/coverage\.py`"):
        coverage.main(["--check"])
    coverage.main([])
    coverage.main(["--check"])


def test_an_unknown_article_is_named_with_its_service() -> None:
    lost = Service(service="门牌编制", documents=["衢江区2013-01"], articles=["place_names/gone"])
    group = Group(heading="区划地名", services=[lost])
    with pytest.raises(coverage.DataError, match="门牌编制: there is no article place_names/gone"):
        coverage.table([group], {})
