"""Questions without a good answer, grouped by meaning, so that staff see what to write next."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from sklearn.cluster import AgglomerativeClustering

from knowledge.build import COLLECTIONS
from knowledge.encoder import OnnxEncoder, Vectors
from knowledge.search import Reader, collection_of
from knowledge.shelf import repair_for

FAR = 0.18
"""Mean cosine distance from which two groups are different matters (chosen with `bench gaps`)."""


class Kept(Protocol):
    """A gap as the office keeps it."""

    @property
    def question(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def hits(self) -> list[dict[str, Any]]: ...
    @property
    def day(self) -> date | None: ...


@dataclass(frozen=True)
class Unanswered:
    """One question as it was kept: masked text, outcome, best hits (article ids), day."""

    question: str
    outcome: str
    articles: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True)
class Group:
    """Questions that mean about the same, the most typical first."""

    questions: tuple[Unanswered, ...]

    @property
    def typical(self) -> str:
        return self.questions[0].question

    @property
    def outcomes(self) -> Mapping[str, int]:
        return Counter(one.outcome for one in self.questions)

    @property
    def nearest(self) -> str | None:
        """The article found most often among the best hits."""
        found = Counter(one.articles[0] for one in self.questions if one.articles)
        return found.most_common(1)[0][0] if found else None

    def as_json(self) -> dict[str, Any]:
        return {
            "count": len(self.questions),
            "outcomes": dict(self.outcomes),
            "nearest": self.nearest,
            "questions": [
                {"question": q.question, "day": q.day.isoformat() if q.day else None}
                for q in self.questions
            ],
        }


def open_gaps(kept: Iterable[Kept], encoders: Path) -> list[Group]:
    """Every gap the office kept, in groups; Chinese and English apart."""
    asked: dict[str, list[Unanswered]] = {name: [] for name in COLLECTIONS}
    for gap in kept:
        articles = tuple(hit["article"] for hit in gap.hits)
        one = Unanswered(gap.question, gap.outcome, articles, gap.day)
        asked[collection_of(gap.question)].append(one)
    groups = [
        group
        for name, questions in asked.items()
        if questions
        for group in grouped(questions, vectors_of(questions, name, encoders))
    ]
    return sorted(groups, key=lambda group: len(group.questions), reverse=True)


def vectors_of(asked: Sequence[Unanswered], collection: str, encoders: Path) -> Vectors:
    """Unit vectors of shape (len(asked), d)."""
    reader = Reader(OnnxEncoder(encoders / collection), repair_for(collection))
    return np.stack([reading.vector for reading in reader.read_all([q.question for q in asked])])


def grouped(asked: Sequence[Unanswered], vectors: Vectors) -> list[Group]:
    """Groups, the largest first; `vectors` are unit vectors of shape (len(asked), d)."""
    numbers = labels(vectors)
    groups = [
        _ordered([asked[i] for i in rows], vectors[rows])
        for label in sorted(set(numbers))
        if (rows := [i for i, own in enumerate(numbers) if own == label])
    ]
    return sorted(groups, key=lambda group: len(group.questions), reverse=True)


def labels(vectors: Vectors, far: float = FAR) -> list[int]:
    """The number of its group for each vector; groups lie further than `far` apart."""
    if len(vectors) < 2:
        return [0] * len(vectors)
    trees = AgglomerativeClustering(
        n_clusters=None, distance_threshold=far, metric="cosine", linkage="average"
    )
    numbers: list[int] = trees.fit_predict(vectors).tolist()
    return numbers


def _ordered(asked: Sequence[Unanswered], vectors: Vectors) -> Group:
    middle = vectors.mean(axis=0)
    nearest_first = np.argsort(-(vectors @ middle), kind="stable")
    return Group(tuple(asked[int(i)] for i in nearest_first))
