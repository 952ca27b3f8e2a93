"""The decision: what a citizen is told, and under which name.

Every sentence comes from a reviewed article or from the fixed sentences of
`knowledge.reply`; nothing is generated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import yaml

from knowledge.article import Article, Kind
from knowledge.emergency import is_emergency
from knowledge.ranking import Hit
from knowledge.search import ENGLISH, Found, Search, collection_of
from knowledge.text import clean, fold

LIMITS = Path(__file__).parent / "limits.yml"
TOPICS = Path(__file__).parent / "topics.yml"
OURS = ("民政", "乡镇", "街道", "社区", "养老机构")
"""An article owned by none of these is a matter of another body."""

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
    """An outcome with what belongs to it. `hits` keeps everything found, the rejected included."""

    outcome: Outcome
    article: Article | None = None
    suggestions: tuple[Article, ...] = ()
    hits: tuple[Hit, ...] = ()
    searched: str = ""

    @property
    def probability(self) -> float:
        return self.hits[0].probability if self.hits else 0.0


@dataclass(frozen=True)
class Topic:
    """What follow-up questions about a topic leave unsaid."""

    label: str
    label_en: str
    words: tuple[str, ...]


class Answerer:
    """Answers questions from articles. Stateless: the conversation's last article is an argument."""

    def __init__(
        self,
        articles: Iterable[Article],
        search: Search,
        limits: Mapping[str, Limits],
        topics: Mapping[str, Topic],
    ) -> None:
        self.articles = {article.id: article for article in articles}
        self._search, self._limits, self._topics = search, limits, topics
        self._words = [fold(word) for topic in topics.values() for word in topic.words]
        self._titles = {
            fold(title): article
            for article in self.articles.values()
            for title in (article.title, article.title_en)
        }

    def answer(self, question: str, *, today: date, about: str | None = None) -> Answer:
        """Answer `question`; `about` is the article id the conversation is at, if any."""
        if is_emergency(question):
            return Answer(Outcome.EMERGENCY)
        asked = fold(question)
        if not any(letter.isalnum() for letter in asked):
            return Answer(Outcome.NOTHING_FOUND)
        if asked in self._titles:
            article = self._titles[asked]
            return _given(article, (Hit(article.id, 1.0, 1.0),), asked, today)
        found = self._search.find_any(self._questions(question, about))
        return self._decide(found, self._limits[collection_of(question)], today)

    def find(self, question: str) -> Found:
        """What search finds for a question as it stands, without a decision."""
        return self._search.find(question)

    def _decide(self, found: Found, limits: Limits, today: date) -> Answer:
        if found.best.probability < limits.unsure:
            return Answer(Outcome.NOTHING_FOUND, hits=found.hits, searched=found.searched)
        if found.best.probability < limits.sure:
            likely = tuple(self.articles[hit.article] for hit in found.hits[:_SUGGESTIONS])
            return Answer(Outcome.UNSURE, None, likely, found.hits, found.searched)
        return _given(self.articles[found.best.article], found.hits, found.searched, today)

    def _questions(self, question: str, about: str | None) -> list[str]:
        """The question as asked, and, if it leaves its matter unsaid, completed with `about`."""
        article = self.articles.get(about or "")
        if article is None or not self._is_follow_up(question):
            return [question]
        topic = self._topics[article.topic]
        if collection_of(question) == ENGLISH:
            return [f"{topic.label_en}: {clean(question)}"]
        return [f"{topic.label}{clean(question)}"]

    def _is_follow_up(self, question: str) -> bool:
        asked = fold(question)
        if any(word in asked for word in self._words):
            return False
        if collection_of(question) == ENGLISH:
            return len(asked.split()) <= _FOLLOW_UP_WORDS
        return len(asked) <= _FOLLOW_UP_LETTERS


def load_limits(path: Path = LIMITS) -> dict[str, Limits]:
    return {name: Limits(**values) for name, values in _read(path).items()}


def load_topics(path: Path = TOPICS) -> dict[str, Topic]:
    return {
        name: Topic(values["label"], values["label_en"], tuple(values["words"]))
        for name, values in _read(path).items()
    }


def _given(article: Article, hits: tuple[Hit, ...], searched: str, today: date) -> Answer:
    if not article.holds_on(today):
        return Answer(Outcome.EXPIRED, article, (), hits, searched)
    outcome = Outcome.ANSWERED if _is_ours(article) else Outcome.NOT_OURS
    return Answer(outcome, article, (), hits, searched)


def _is_ours(article: Article) -> bool:
    return article.kind is not Kind.ROUTING or any(name in article.owner for name in OURS)


def _read(path: Path) -> dict[str, dict[str, object]]:
    content: dict[str, dict[str, object]] = yaml.safe_load(path.read_text("utf-8"))
    return content
