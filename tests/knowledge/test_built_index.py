"""The index on the shelf: of these articles, and open to every way of asking for one."""

import pytest

from knowledge.answer import Outcome
from knowledge.article import Article
from knowledge.build import fingerprint
from knowledge.ranking import CANDIDATES, NONE
from knowledge.shelf import Shelf
from knowledge.text import to_traditional
from tests.knowledge.conftest import TODAY

FOR_NOBODY_HERE = [
    "公积金能不能拿来还车贷",
    "附近哪家火锅最辣",
    "帮我想一个猫的名字",
    "孩子高考志愿怎么填",
    "手机掉水里了怎么烘干",
    "新能源车今年还补贴吗",
    "how do I fix a flat bicycle tyre",
    "write me a poem about autumn",
]


def test_the_index_was_built_from_the_articles_and_data_as_they_stand(shelf: Shelf) -> None:
    """Red after any change of either: run `python -m knowledge build`."""
    assert shelf.fingerprint == fingerprint(shelf.encoders)


def test_every_article_is_on_the_shelf_as_it_was_written(
    shelf: Shelf, articles: list[Article]
) -> None:
    assert list(shelf.answerer.articles.values()) == articles


def test_every_title_is_answered_by_its_own_article_in_every_script(
    shelf: Shelf, articles: list[Article]
) -> None:
    for article in articles:
        for title in (article.title, to_traditional(article.title), article.title_en):
            given = shelf.answerer.answer(title, today=TODAY)
            assert given.outcome in (Outcome.ANSWERED, Outcome.NOT_OURS), title
            assert given.article == article, title


@pytest.mark.parametrize("question", FOR_NOBODY_HERE)
def test_a_question_for_nobody_here_gets_no_policy_answer(shelf: Shelf, question: str) -> None:
    given = shelf.answerer.answer(question, today=TODAY)
    assert given.outcome in (Outcome.NOTHING_FOUND, Outcome.UNSURE)
    assert given.article is None


@pytest.mark.parametrize("question", ["低保怎么申请", "how do I get a divorce", "随便说点什么"])
def test_hits_are_known_articles_with_probabilities_best_first(shelf: Shelf, question: str) -> None:
    hits = shelf.search.find(question).hits
    sure = [hit.probability for hit in hits]
    assert len(hits) == CANDIDATES
    assert sure == sorted(sure, reverse=True)
    assert all(0.0 <= probability <= 1.0 for probability in sure)
    assert {hit.article for hit in hits} <= set(shelf.answerer.articles)
    assert NONE not in {hit.article for hit in hits}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("底保怎么申情要带啥", "低保怎么申请要带啥"),
        ("離婚冷靜期要等多久", "离婚冷静期要等多久"),
        ("结昏登记要不要户扣本", "结婚登记要不要户口本"),
        ("ＨＯＷ　ＯＬＤ to marry", "how old to marry"),
    ],
)
def test_slips_scripts_and_widths_find_what_was_meant(shelf: Shelf, typed: str, meant: str) -> None:
    assert shelf.search.find(typed).hits == shelf.search.find(meant).hits


@pytest.mark.parametrize(
    ("question", "about", "answered"),
    [
        ("要带什么材料", "marriage/where-to-register", "marriage/registration-documents"),
        ("要带什么材料", "divorce/where", "divorce/documents"),
        ("那多久能办好？", "dibao/how-to-apply", "dibao/time-limit-progress"),
        ("要收费吗", "marriage/registration-documents", "marriage/fees"),
    ],
)
def test_a_follow_up_is_answered_in_the_matter_of_the_talk(
    shelf: Shelf, question: str, about: str, answered: str
) -> None:
    given = shelf.answerer.answer(question, today=TODAY, about=about)
    assert given.article is not None, given
    assert given.article.id == answered
