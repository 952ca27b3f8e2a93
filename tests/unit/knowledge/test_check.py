"""Knowledge tested like code: each kind of problem is found, named, and only where it is."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge import check
from knowledge.answer import load_topics
from knowledge.article import Article
from knowledge.build import COLLECTIONS, asked_as
from knowledge.ranking import Hit
from knowledge.search import Found
from knowledge.standards import Region, Service, Standard, Standards
from tests.unit.knowledge.samples import TODAY, article, variants

FEES, AGE, DIBAO = "marriage/fees", "marriage/age", "dibao/apply"


def sound() -> list[Article]:
    """Three articles with nothing wrong in or between them."""
    return [
        article(FEES, related=[AGE]),
        article(AGE, related=[FEES, DIBAO]),
        article(DIBAO, valid_to=TODAY),
    ]


def test_sound_articles_have_no_problem_even_on_their_last_day() -> None:
    assert check.consistency(sound(), TODAY) == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (article("marriage/new", related=["marriage/gone"]), ["marriage/gone leads nowhere"]),
        (article("marriage/new", related=["marriage/new"]), ["marriage/new leads nowhere"]),
        (
            article("marriage/new", related=["a/b", FEES, "c/d"]),
            ["a/b leads nowhere", "c/d leads nowhere"],
        ),
        (
            article("marriage/new", valid_to=TODAY - timedelta(days=1)),
            ["not in force on 2026-11-23 (2020-01-01 to 2026-11-22); renew or remove it"],
        ),
        (
            article("marriage/new", valid_from=TODAY + timedelta(days=1)),
            ["not in force on 2026-11-23 (2026-11-24 to None)"],
        ),
        (article("kites/new"), ["topic kites is not in knowledge/topics.yml"]),
    ],
)
def test_a_problem_of_one_article_is_told_by_its_id(wrong: Article, told: list[str]) -> None:
    problems = check.consistency([*sound(), wrong], TODAY)
    assert len(problems) == len(told)
    for problem, expected in zip(problems, told, strict=True):
        assert problem.startswith(f"{wrong.id}: ")
        assert expected in problem


@pytest.mark.parametrize(
    "spelled",
    ["低保怎么申请", "低保怎么申请？", " 低保 怎么 申请 ", "低保怎麼申請", "低保、怎么申请。"],
)
def test_a_variant_of_two_articles_is_found_in_whatever_spelling(spelled: str) -> None:
    one = article(FEES, variants=variants(FEES, formal=["低保怎么申请", "别的"]))
    other = article(AGE, variants=variants(AGE, keyword=[spelled, "年龄"]))
    (problem,) = check.consistency([one, other], TODAY)
    assert problem.startswith(f"{AGE}, {FEES}: ")
    assert "“低保怎么申请” stands in more than one article" in problem


def test_an_english_variant_of_two_articles_is_found_in_whatever_case() -> None:
    one = article(FEES, variants_en=["Is it free?", "a1", "a2", "a3"])
    other = article(AGE, variants_en=["is it FREE", "b1", "b2", "b3"])
    (problem,) = check.consistency([one, other], TODAY)
    assert "“isitfree” stands in more than one article" in problem


def test_a_variant_twice_in_one_article_is_no_shared_one() -> None:
    twice = article(FEES, variants=variants(FEES, formal=["要钱吗", "要钱吗？"]))
    assert check.consistency([twice], TODAY) == []


def test_one_id_in_two_places_is_found() -> None:
    problems = check.consistency([*sound(), article(FEES)], TODAY)
    assert f"{FEES}: this id stands in two files" in problems


def test_every_problem_is_told_not_only_the_first() -> None:
    wrong = article("kites/new", related=["a/b"], valid_to=date(2025, 1, 1))
    assert len(check.consistency([wrong, article(FEES, related=["c/d"])], TODAY)) == 4


def test_topics_of_articles_are_those_of_the_topics_file() -> None:
    for name in load_topics().by_name:
        assert check.consistency([article(f"{name}/one")], TODAY) == []


def test_reading_tells_of_every_bad_file_and_keeps_the_good_ones(tmp_path: Path) -> None:
    good = Path(check.ARTICLES) / "marriage" / "fees.md"
    (tmp_path / "marriage").mkdir()
    (tmp_path / "marriage" / "fees.md").write_bytes(good.read_bytes())
    (tmp_path / "marriage" / "copy.md").write_bytes(good.read_bytes())
    (tmp_path / "marriage" / "note.md").write_text("later", "utf-8")
    articles, problems = check.read(tmp_path)
    assert [read.id for read in articles] == [FEES]
    assert [problem.partition(":")[0] for problem in problems] == ["marriage/copy", "marriage/note"]


class Finds:
    """A search that finds what a function of the question says."""

    def __init__(self, found: Callable[[str], list[str]]) -> None:
        self._found = found
        self.asked: list[str] = []

    def find(self, question: str) -> Found:
        self.asked.append(question)
        return Found(question, tuple(Hit(name, 0.5, 0.5) for name in self._found(question)))


def retrieval(articles: list[Article], search: Finds) -> list[str]:
    return list(check.retrieval(articles, search))  # type: ignore[arg-type]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_variant_among_the_first_three_is_well_placed(place: int) -> None:
    search = Finds(lambda _: [*["x/1", "x/2", "x/3"][:place], FEES])
    assert retrieval([article(FEES)], search) == []


def test_a_variant_that_brings_back_others_is_told_with_what_it_brings_back() -> None:
    search = Finds(lambda q: ["x/1", "x/2", "x/3", FEES] if q.endswith("typo 2") else [FEES])
    assert retrieval([article(FEES)], search) == [
        f"{FEES}: “{FEES} typo 2” retrieves x/1, x/2, x/3; reword or move it"
    ]


def test_titles_and_variants_of_both_languages_are_asked() -> None:
    search, one = Finds(lambda _: [FEES]), article(FEES)
    retrieval([one], search)
    assert search.asked == [text for name in COLLECTIONS for text in asked_as(one, name)]
    assert {one.title, one.title_en, *one.variants.all, *one.variants_en} == set(search.asked)


def aid(**changes: Any) -> Standard:
    fields = {"service": "aid", "amount": 100, "unit": "元/人·月", "source": "风筝县通知"}
    dates = {"valid_from": "2025-01-01", "valid_to": "2025-12-31", "entered_on": TODAY}
    return Standard.model_validate(fields | dates | changes)


def local(*amounts: Standard, **others: list[Standard]) -> Standards:
    """The amounts of 风筝县, and of other regions by name."""
    urban = {"urban": {"zh": "城镇", "en": "urban"}}
    words = {"label": "风筝补贴", "label_en": "kite aid", "asks": "风筝站", "asks_en": "it"}
    places = {"风筝县": list(amounts)} | others
    known = {name: Region(region=name, standards=entered) for name, entered in places.items()}
    return Standards({"aid": Service(**words, groups=urban)}, known)


def naming(*keys: str) -> list[Article]:
    named = " ".join(f"[[standard:{key}]]" for key in keys)
    return [article(FEES), article(AGE, public=f"标准：{named}", english=f"Amount: {named}")]


def test_amounts_that_fit_their_services_and_articles_are_no_problem() -> None:
    following = aid(valid_from="2026-01-01", valid_to=None, review_by=TODAY)
    amounts = local(aid(), aid(group="urban"), following, 纸鸢县=[aid()])
    assert check.amounts(naming("aid"), amounts) == []
    assert check.amounts([], Standards()) == []


def test_a_service_without_any_amount_may_be_named() -> None:
    assert check.amounts(naming("aid"), local()) == []


@pytest.mark.parametrize(
    ("keys", "unknown"),
    [
        (["gas"], ["gas"]),
        (["aid", "gas"], ["gas"]),
        (["gas", "oil"], ["gas", "oil"]),
        (["gas", "gas"], ["gas"]),
        (["Aid"], ["Aid"]),
        ([""], [""]),
    ],
)
def test_a_service_that_is_not_there_is_told_with_the_article_that_names_it(
    keys: list[str], unknown: list[str]
) -> None:
    assert check.amounts(naming(*keys), local()) == [
        f"{AGE}: [[standard:{key}]] is not in standards/services.yml" for key in unknown
    ]


def test_a_service_named_in_the_english_text_only_is_told_too() -> None:
    for key in ("gas", "aid"):
        (problem,) = check.amounts([article(FEES, english=f"See [[standard:{key}]]")], local())
        assert problem.startswith(f"{FEES}: [[standard:{key}]]")


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        (
            [aid(service="gas")],
            ["standards of 风筝县: 服务“gas”不在 standards/services.yml 里"],
        ),
        (
            [aid(), aid(group="rural")],
            ["standards of 风筝县: 风筝补贴没有“rural”这类对象；可用：城镇"],
        ),
        (
            [aid(), aid(valid_from="2025-12-31", valid_to="2026-12-31")],
            ["standards of 风筝县: aid （2025-01-01 起） overlaps aid （2025-12-31 起）"],
        ),
        (
            [
                aid(group="urban", valid_to=None, review_by=TODAY),
                aid(),
                aid(group="urban", valid_from="2026-03-01", valid_to="2026-12-31"),
            ],
            ["standards of 风筝县: aid urban（2025-01-01 起） overlaps aid urban（2026-03-01 起）"],
        ),
        ([aid(valid_from=None), aid(valid_from=None), aid()], []),
    ],
)
def test_a_faulty_amount_is_told_with_its_region(amounts: list[Standard], told: list[str]) -> None:
    assert check.amounts([], local(*amounts)) == told


def test_the_same_amount_in_two_regions_is_no_overlap_and_each_region_is_checked() -> None:
    assert check.amounts([], local(aid(), 纸鸢县=[aid()])) == []
    problems = check.amounts([], local(aid(service="gas"), 纸鸢县=[aid(), aid(), aid()]))
    assert [problem.partition(": ")[0] for problem in problems] == [
        "standards of 风筝县",
        *["standards of 纸鸢县"] * 3,
    ]
