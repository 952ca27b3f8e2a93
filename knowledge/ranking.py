"""From a question to ranked articles, each with the probability that it is the right one.

The two heads and the nearest neighbours propose candidates; the calibrator,
trained on questions none of them had seen, weighs their evidence.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
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
    """What heads and neighbours say of one question, by label."""

    dense: dict[str, float]
    words: dict[str, float]
    cosines: dict[str, list[float]]
    length: int

    def fused(self, label: str) -> float:
        return self.dense[label] + WORDS_WEIGHT * self.words[label]

    def candidates(self, count: int = CANDIDATES) -> list[str]:
        labels = (label for label in self.dense if label != NONE)
        return sorted(labels, key=self.fused, reverse=True)[:count]

    def features(self, label: str) -> Row:
        """Shape (11,): the candidate alone, against the best other one, and against NONE."""
        rivals = [other for other in self.dense if other not in (label, NONE)]
        return np.array(
            [
                self.dense[label],
                self.words[label],
                self.dense[label] - max(self.dense[r] for r in rivals),
                self.words[label] - max(self.words[r] for r in rivals),
                self.best_cosine(label),
                self._mean_cosine(label),
                self.best_cosine(label) - max(self.best_cosine(r) for r in rivals),
                self.best_cosine(label) - self.best_cosine(NONE),
                self.dense[label] - self.dense.get(NONE, 0.0),
                self.words[label] - self.words.get(NONE, 0.0),
                math.log1p(min(self.length, _LONG_QUESTION)),
            ]
        )

    def best_cosine(self, label: str) -> float:
        return self.cosines[label][0] if self.cosines.get(label) else self._floor

    def _mean_cosine(self, label: str) -> float:
        near = [*self.cosines.get(label, ()), *[self._floor] * 3][:3]
        return sum(near) / 3

    @property
    def _floor(self) -> float:
        return min(cosines[-1] for cosines in self.cosines.values())


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
        hits = [
            Hit(label, self.calibrator.probability(evidence.features(label)), cosine)
            for label in evidence.candidates()
            for cosine in [evidence.best_cosine(label)]
        ]
        return sorted(hits, key=lambda hit: hit.probability, reverse=True)

    def evidence(self, reading: Reading) -> Evidence:
        dense, words = self.heads.log_probabilities(reading.text, reading.vector)
        cosines: dict[str, list[float]] = {}
        for row, cosine in self.neighbours.nearest(reading.vector, _NEIGHBOURS):
            cosines.setdefault(self.labels[row], []).append(cosine)
        return Evidence(
            dict(zip(self.heads.classes, map(float, dense), strict=True)),
            dict(zip(self.heads.classes, map(float, words), strict=True)),
            cosines,
            len(reading.text),
        )


def lessons(
    ranker: Ranker, readings: Sequence[Reading], right: Sequence[frozenset[str]]
) -> tuple[npt.NDArray[np.float64], list[bool]]:
    """Candidate features and whether each candidate was right, for the calibrator to learn."""
    rows, verdicts = [], []
    for reading, ids in zip(readings, right, strict=True):
        evidence = ranker.evidence(reading)
        for label in evidence.candidates():
            rows.append(evidence.features(label))
            verdicts.append(label in ids)
    return np.array(rows), verdicts
