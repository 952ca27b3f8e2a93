"""Knowledge tested like code: every problem of the articles, each in one line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

from knowledge.answer import load_topics
from knowledge.article import ARTICLES, STANDARD, Article, ArticleError, article_id, parse, paths
from knowledge.build import COLLECTIONS, asked_as
from knowledge.search import Search
from knowledge.standards import Standards
from knowledge.text import fold

IN_FIRST = 3


def read(folder: Path = ARTICLES) -> tuple[list[Article], list[str]]:
    """The articles that can be read, and a problem for each that cannot."""
    articles, problems = [], []
    for path in paths(folder):
        try:
            articles.append(parse(path.read_text("utf-8"), id=article_id(path, folder)))
        except ArticleError as error:
            problems.append(str(error))
    return articles, problems


def consistency(articles: Sequence[Article], today: date) -> list[str]:
    """What is wrong between articles, or with the calendar."""
    return [
        *_unknown_topics(articles),
        *_duplicate_ids(articles),
        *_broken_relations(articles),
        *_shared_variants(articles),
        *_expired(articles, today),
    ]


def amounts(articles: Sequence[Article], standards: Standards) -> list[str]:
    """What is wrong with the local standards, or with the articles that name them."""
    return [*_unknown_standards(articles, standards), *_faulty_standards(standards)]


def retrieval(articles: Iterable[Article], search: Search) -> Iterator[str]:
    """Variants that do not bring back their own article among the first three."""
    for article in articles:
        for collection in COLLECTIONS:
            for text in asked_as(article, collection):
                hits = [hit.article for hit in search.find(text).hits[:IN_FIRST]]
                if article.id not in hits:
                    yield f"{article.id}: “{text}” retrieves {', '.join(hits)}; reword or move it"


def _unknown_topics(articles: Sequence[Article]) -> Iterator[str]:
    topics = load_topics().by_name
    for article in articles:
        if article.topic not in topics:
            yield f"{article.id}: topic {article.topic} is not in knowledge/topics.yml"


def _unknown_standards(articles: Sequence[Article], standards: Standards) -> Iterator[str]:
    for article in articles:
        for key in article.standards:
            if key not in standards.services:
                yield f"{article.id}: [[standard:{key}]] is not in standards/services.yml"
            elif not all(
                f"[[{STANDARD}{key}]]" in text for text in (article.public, article.english)
            ):
                yield f"{article.id}: [[standard:{key}]] must stand in both languages"


def _faulty_standards(standards: Standards) -> Iterator[str]:
    for region in standards.regions.values():
        for standard in region.standards:
            if fault := standards.fault_of(standard):
                yield f"standards of {region.region}: {fault}"
        for one, other in combinations(region.standards, 2):
            if one.overlaps(other):
                yield f"standards of {region.region}: {one.name} overlaps {other.name}"


def _duplicate_ids(articles: Sequence[Article]) -> Iterator[str]:
    seen = set()
    for article in articles:
        if article.id in seen:
            yield f"{article.id}: this id stands in two files"
        seen.add(article.id)


def _broken_relations(articles: Sequence[Article]) -> Iterator[str]:
    known = {article.id for article in articles}
    for article in articles:
        for other in article.related:
            if other not in known or other == article.id:
                yield f"{article.id}: related id {other} leads nowhere"


def _shared_variants(articles: Sequence[Article]) -> Iterator[str]:
    owners: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for text in (*article.variants.all, *article.variants_en):
            owners[_bare(text)].add(article.id)
    for text, ids in owners.items():
        if len(ids) > 1:
            yield f"{', '.join(sorted(ids))}: the variant “{text}” stands in more than one article"


def _expired(articles: Sequence[Article], today: date) -> Iterator[str]:
    for article in articles:
        if not article.holds_on(today):
            yield (
                f"{article.id}: not in force on {today} "
                f"({article.valid_from} to {article.valid_to}); renew or remove it"
            )


def _bare(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())
