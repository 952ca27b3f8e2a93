"""From a question to ranked articles, each with the probability that it is the right one.

The two heads and the nearest neighbours propose candidates; the calibrator,
trained on questions none of them had seen, weighs their evidence.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import joblib
import numpy as np
import numpy.typing as npt

from knowledge.encoder import Vectors
from knowledge.heads import WORDS_WEIGHT, Calibrator, Heads, Row
from knowledge.index import NeighbourIndex

NONE = "none"
"""The label of questions that are not for this bureau's knowledge at all."""

CANDIDATES = 5
_NEIGHBOURS = 200
_LONG_QUESTION = 120
_MEAN_OF = 3


@dataclass(frozen=True)
class Reading:
    """A question as search reads it: folded text and unit vector of shape (d,)."""

    text: str
    vector: Vectors


@dataclass(frozen=True)
class Hit:
    """An article id, the probability that it is the right one, its best cosine."""

    article: str
    probability: float
    cosine: float


@dataclass(frozen=True)
class Evidence:
    """What heads and neighbours say of one question: arrays over `labels`, shape (n,).

    `best` and `mean` are the highest cosine and the mean of the three highest
    among the texts of a label; the last neighbour's cosine stands for what lies
    beyond the neighbourhood.
    """

    labels: tuple[str, ...]
    dense: Row
    words: Row
    best: Row
    mean: Row
    length: int

    def candidates(self, count: int = CANDIDATES) -> list[int]:
        """Positions of the labels most probable by both heads, NONE left out."""
        fused = np.where(self._articles, self.dense + WORDS_WEIGHT * self.words, -np.inf)
        return [int(i) for i in np.argsort(-fused)[:count] if self._articles[i]]

    def features(self, candidates: Sequence[int]) -> npt.NDArray[np.float64]:
        """Shape (candidates, 11): each alone, against the best other one, and against NONE."""
        chosen = np.asarray(candidates)
        none = int(np.flatnonzero(~self._articles)[0])
        length = math.log1p(min(self.length, _LONG_QUESTION))
        columns = [
            self.dense[chosen],
            self.words[chosen],
            self._lead(self.dense, chosen),
            self._lead(self.words, chosen),
            self.best[chosen],
            self.mean[chosen],
            self._lead(self.best, chosen),
            self.best[chosen] - self.best[none],
            self.dense[chosen] - self.dense[none],
            self.words[chosen] - self.words[none],
            np.full(len(chosen), length),
        ]
        return np.stack(columns, axis=1)

    def _lead(self, values: Row, chosen: npt.NDArray[np.int64]) -> Row:
        """How far each chosen value lies above the best other article's."""
        among = np.where(self._articles, values, -np.inf)
        first, second = np.argsort(-among)[:2]
        lead: Row = values[chosen] - np.where(chosen == first, among[second], among[first])
        return lead

    @cached_property
    def _articles(self) -> npt.NDArray[np.bool_]:
        return np.array([label != NONE for label in self.labels])


@dataclass(frozen=True)
class Ranker:
    """Heads, neighbours and calibrator of one language."""

    heads: Heads
    neighbours: NeighbourIndex
    labels: tuple[str, ...]
    calibrator: Calibrator | None = None

    @classmethod
    def train(cls, readings: Sequence[Reading], labels: Sequence[str]) -> "Ranker":
        vectors = np.stack([reading.vector for reading in readings])
        heads = Heads.train([reading.text for reading in readings], vectors, labels)
        return cls(heads, NeighbourIndex.of(vectors), tuple(labels))

    @classmethod
    def load(cls, folder: Path) -> "Ranker":
        heads, labels, calibrator = joblib.load(folder / "heads.joblib")
        return cls(heads, NeighbourIndex.load(folder / "neighbours.faiss"), labels, calibrator)

    def save(self, folder: Path) -> None:
        self.neighbours.save(folder / "neighbours.faiss")
        joblib.dump((self.heads, self.labels, self.calibrator), folder / "heads.joblib")

    def rank(self, reading: Reading) -> list[Hit]:
        """The candidates, most probable first; needs a calibrator."""
        if self.calibrator is None:
            raise RuntimeError("a ranker ranks only after it was calibrated")
        evidence = self.evidence(reading)
        candidates = evidence.candidates()
        sure = self.calibrator.probabilities(evidence.features(candidates))
        hits = [
            Hit(evidence.labels[at], float(p), float(evidence.best[at]))
            for at, p in zip(candidates, sure, strict=True)
        ]
        return sorted(hits, key=lambda hit: hit.probability, reverse=True)

    def evidence(self, reading: Reading) -> Evidence:
        dense, words = self.heads.log_probabilities(reading.text, reading.vector)
        near = self.neighbours.nearest(reading.vector, _NEIGHBOURS)
        cosines: dict[str, list[float]] = defaultdict(list)
        for row, cosine in near:
            cosines[self.labels[row]].append(cosine)
        floor = [near[-1].cosine] * _MEAN_OF
        three = np.array([[*cosines[c], *floor][:_MEAN_OF] for c in self.heads.classes])
        return Evidence(
            self.heads.classes, dense, words, three[:, 0], three.mean(axis=1), len(reading.text)
        )


def lessons(
    ranker: Ranker, readings: Sequence[Reading], right: Sequence[frozenset[str]]
) -> tuple[npt.NDArray[np.float64], list[bool]]:
    """Candidate features and whether each candidate was right, for the calibrator to learn."""
    rows: list[npt.NDArray[np.float64]] = []
    verdicts: list[bool] = []
    for reading, ids in zip(readings, right, strict=True):
        evidence = ranker.evidence(reading)
        candidates = evidence.candidates()
        rows.append(evidence.features(candidates))
        verdicts += [evidence.labels[at] in ids for at in candidates]
    return np.vstack(rows), verdicts
