"""A result names the laws and the local amounts that it rests on, each once and no other."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from knowledge.eligibility import Case
from knowledge.findings import report, sources
from knowledge.reply import Reply
from knowledge.standards import Region, Service, Standard, Standards
from tests.unit.knowledge.test_findings import CALM, HEARSAY, LICENSED, LIGHT, book, result, told

TODAY = date(2026, 11, 25)


def test_the_sources_name_each_law_once_with_its_date_and_who_confirms_it() -> None:
    said = result({}, [CALM, LICENSED, HEARSAY], [CALM, LIGHT])
    named = [(source["law"], source["article"]) for source in said["sources"]]
    assert named == [
        ("风筝条例", "第三条"),
        ("风筝条例", "第九条"),
        ("村规", None),
        ("风筝安全法", "第三条"),
    ]
    assert said["sources"][0] == {
        "law": "风筝条例",
        "article": "第三条",
        "in_force": "2020-01-01",
        "verified": True,
        "note": "",
        "region": "national",
        "reviewed_on": "2026-11-01",
    }
    hearsay = said["sources"][2]
    assert (hearsay["verified"], hearsay["note"], hearsay["in_force"]) == (False, "问村委会", None)
    assert sources([], TODAY) == []


LIMIT: dict[str, Any] = {"service": "limit", "unit": "元/人·月", "source": "风筝县通告"}
LIMIT |= {"valid_from": "2026-01-01", "valid_to": "2026-12-31", "entered_on": "2026-01-05"}


def local(amount: str, check: str, *rules: dict[str, Any], **facts: Any) -> Reply:
    """The result in 风筝县, where the limit is `amount`."""
    words = {"label": "限重", "label_en": "limit", "asks": "风筝场", "asks_en": "the field"}
    entered = Standard.model_validate(LIMIT | {"amount": amount})
    standards = Standards(
        {"limit": Service.model_validate(words)},
        {"风筝县": Region(region="风筝县", standards=[entered])},
    )
    return report(Case.of(book(list(rules)), facts, standards, "风筝县", TODAY), check)


@pytest.mark.parametrize(
    ("amount", "shown"), [("50", "50"), ("50.5", "50.5"), ("1200.00", "1200.00"), ("1E3", "1000")]
)
def test_a_local_amount_used_is_named_with_its_source(amount: str, shown: str) -> None:
    said = local(amount, "kites", LIGHT, weight=Decimal(9))
    assert f"用到的当地标准：{shown} 元/人·月（风筝县通告）。" in told(said)
    english = f"Local amounts used: {shown} yuan per person and month (风筝县通告)."
    assert english in told(said, "en")


def test_an_amount_the_citizen_told_is_not_named_as_the_local_one() -> None:
    assert "当地标准：" not in told(
        local("50", "kites", LIGHT, weight=Decimal(9), limit=Decimal(7))
    )


def test_an_amount_that_no_rule_of_the_check_reads_is_not_named() -> None:
    for language, word in (("zh", "当地标准："), ("en", "Local amounts")):
        assert word not in told(local("50", "kites", CALM, calm=True), language)
