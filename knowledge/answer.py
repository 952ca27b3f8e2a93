"""The decision: what a citizen is told, and under which name.

Every sentence comes from a reviewed article or from the fixed sentences of
`knowledge.reply`; nothing is generated.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from knowledge.article import Article, Kind
from knowledge.emergency import is_emergency
from knowledge.ranking import Hit
from knowledge.search import ENGLISH, Found, Search, collection_of
from knowledge.standards import Figure, Standards, State
from knowledge.text import clean, fold

LIMITS = Path(__file__).parent / "limits.yml"
TOPICS = Path(__file__).parent / "topics.yml"
OURS = ("民政", "乡镇", "街道", "社区", "养老机构")
"""An article owned by none of these is a matter of another body."""

NO_STANDARDS = Standards()

_SUGGESTIONS = 3
_FOLLOW_UP_LETTERS, _FOLLOW_UP_WORDS = 14, 8


class Outcome(StrEnum):
    """How a question ended. There is no answer without one."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    NOT_OURS = "not_ours"
    NOTHING_FOUND = "nothing_found"
    EXPIRED = "expired"
    EMERGENCY = "emergency"


@dataclass(frozen=True)
class Limits:
    """Probabilities in [0, 1]: from `sure` on answered, from `unsure` on offered as a choice."""

    sure: float
    unsure: float


@dataclass(frozen=True)
class Answer:
    """An outcome with what belongs to it. `hits` keeps everything found, the rejected included.

    `figures` are the local amounts the article names, as they stand on `day`.
    """

    outcome: Outcome
    article: Article | None = None
    suggestions: tuple[Article, ...] = ()
    hits: tuple[Hit, ...] = ()
    searched: str = ""
    day: date | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def probability(self) -> float:
        return self.hits[0].probability if self.hits else 0.0


@dataclass(frozen=True)
class Topic:
    """What follow-up questions about a topic leave unsaid."""

    label: str
    label_en: str


@dataclass(frozen=True)
class Topics:
    """Topics by name, the facets a follow-up asks for (how much, how long), and small words."""

    by_name: Mapping[str, Topic]
    facets: tuple[str, ...]
    small_words: frozenset[str]

    def is_follow_up(self, question: str) -> bool:
        """Short, asks for a facet, and names no matter of its own."""
        asked = fold(question)
        if collection_of(question) == ENGLISH:
            short = len(asked.split()) <= _FOLLOW_UP_WORDS
        else:
            short = len(asked) <= _FOLLOW_UP_LETTERS
        return short and _any_stands(self.facets, asked) and not self._rest(asked)

    def _rest(self, asked: str) -> str:
        """What `asked` says beyond facets and small words: a matter of its own, if anything."""
        for facet in sorted(self.facets, key=len, reverse=True):
            asked = asked.replace(facet, " ")
        words = [word for word in re.findall(r"[a-z']+", asked) if word not in self.small_words]
        letters = [c for c in re.sub(r"[a-z']", "", asked) if c.isalnum()]
        return "".join([*words, *(c for c in letters if c not in self.small_words)])

    def complete(self, question: str, topic: str) -> str:
        """`question` with the matter it leaves unsaid put before it."""
        if collection_of(question) == ENGLISH:
            return f"{self.by_name[topic].label_en}: {clean(question)}"
        return f"{self.by_name[topic].label}{clean(question)}"


class Answerer:
    """Answers questions from articles. Stateless: what the talk is about is an argument."""

    def __init__(
        self,
        articles: Iterable[Article],
        search: Search,
        limits: Mapping[str, Limits],
        topics: Topics,
        standards: Standards = NO_STANDARDS,
    ) -> None:
        self.articles = {article.id: article for article in articles}
        self.standards = standards
        self._search, self._limits, self._topics = search, limits, topics
        self._titles = {
            fold(title): article
            for article in self.articles.values()
            for title in (article.title, article.title_en)
        }

    def answer(
        self, question: str, *, today: date, about: str | None = None, region: str | None = None
    ) -> Answer:
        """Answer `question` as of `today`.

        `about` is the article id the conversation is at, if any. `region` is whose local
        amounts are meant, unless the question itself names one of the regions known.
        """
        if is_emergency(question):
            return Answer(Outcome.EMERGENCY)
        asked = fold(question)
        if not any(letter.isalnum() for letter in asked):
            return Answer(Outcome.NOTHING_FOUND)
        place = self.standards.named_in(question) or region
        if asked in self._titles:
            article = self._titles[asked]
            return self._given(article, Found(asked, (Hit(article.id, 1.0, 1.0),)), today, place)
        found = self._search.find(self._completed(question, about))
        return self._decide(found, self._limits[collection_of(question)], today, place)

    def find(self, question: str) -> Found:
        """What search finds for a question as it stands, without a decision."""
        return self._search.find(question)

    def _decide(self, found: Found, limits: Limits, today: date, region: str | None) -> Answer:
        if found.best.probability < limits.unsure:
            return Answer(Outcome.NOTHING_FOUND, hits=found.hits, searched=found.searched)
        if found.best.probability < limits.sure:
            likely = tuple(self.articles[hit.article] for hit in found.hits[:_SUGGESTIONS])
            return Answer(Outcome.UNSURE, None, likely, found.hits, found.searched)
        return self._given(self.articles[found.best.article], found, today, region)

    def _given(self, article: Article, found: Found, day: date, region: str | None) -> Answer:
        told = given(article, self.standards, day=day, region=region)
        return replace(told, hits=found.hits, searched=found.searched)

    def _completed(self, question: str, about: str | None) -> str:
        """The question as asked or, if it leaves its matter unsaid, completed with `about`'s."""
        article = self.articles.get(about or "")
        if article is None or not self._topics.is_follow_up(question):
            return question
        return self._topics.complete(question, article.topic)


def load_limits(path: Path = LIMITS) -> dict[str, Limits]:
    return {name: Limits(**values) for name, values in _read(path).items()}


def load_topics(path: Path = TOPICS) -> Topics:
    content = _read(path)
    topics = {name: Topic(**labels) for name, labels in content["topics"].items()}
    small_words = frozenset([*content["small_letters"], *content["small_words"].split()])
    return Topics(topics, tuple(map(fold, content["facets"])), small_words)


def given(article: Article, standards: Standards, *, day: date, region: str | None) -> Answer:
    """`article` as the answer, with its local amounts in `region` on `day`.

    Expired is an article whose rule does not hold, or whose amount is only history.
    """
    figures = tuple(standards.figure(key, region, day) for key in article.standards)
    past = any(figure.state is State.HISTORIC for figure in figures)
    if past or not article.holds_on(day):
        outcome = Outcome.EXPIRED
    else:
        outcome = Outcome.ANSWERED if _is_ours(article) else Outcome.NOT_OURS
    return Answer(outcome, article, day=day, figures=figures)


def _any_stands(words: Iterable[str], asked: str) -> bool:
    """English words count only where a word begins: there is no `wed` in `allowed`."""
    begun = f" {asked}"
    return any(f" {word}" in begun if word.isascii() else word in asked for word in words)


def _is_ours(article: Article) -> bool:
    return article.kind is not Kind.ROUTING or any(name in article.owner for name in OURS)


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content
