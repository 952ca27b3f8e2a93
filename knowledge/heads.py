"""The trained readers of a question, and the judge of how sure they may be.

Two multinomial logistic regressions rank the articles: one over the frozen
sentence vector (what is meant), one over characters and sounds (what is
written). A third, binary one turns what they saw into the probability that
their first choice is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from knowledge.encoder import Vectors
from knowledge.text import syllables

Row = npt.NDArray[np.float64]

DENSE_C = 20.0
WORDS_C = 20.0
WORDS_WEIGHT = 0.6
_MAX_ITERATIONS = 300


@dataclass(frozen=True)
class Heads:
    """Log-probabilities over `classes`, the sorted labels they were trained on."""

    classes: tuple[str, ...]
    dense: LogisticRegression
    words: Pipeline

    @classmethod
    def train(cls, texts: Sequence[str], vectors: Vectors, labels: Sequence[str]) -> "Heads":
        dense = _classifier(DENSE_C).fit(vectors, labels)
        words = make_pipeline(
            TfidfVectorizer(analyzer=grams, sublinear_tf=True), _classifier(WORDS_C)
        ).fit(texts, labels)
        return cls(tuple(dense.classes_), dense, words)

    def log_probabilities(self, text: str, vector: Vectors) -> tuple[Row, Row]:
        """Of one question: by meaning and by writing, each of shape (len(classes),)."""
        return (
            self.dense.predict_log_proba(vector.reshape(1, -1))[0],
            self.words.predict_log_proba([text])[0],
        )


class Calibrator:
    """From the features of a ranking to the probability that its first article is right."""

    def __init__(self) -> None:
        self._model: Any = make_pipeline(StandardScaler(), LogisticRegression(C=1.0))

    def fit(self, features: npt.NDArray[np.float64], right: Sequence[bool]) -> "Calibrator":
        self._model.fit(features, np.asarray(right, bool))
        return self

    def probability(self, features: Row) -> float:
        return float(self._model.predict_proba(features.reshape(1, -1))[0, 1])


def grams(text: str) -> list[str]:
    """One and two characters in a row, and two syllables in a row as they sound."""
    letters = text.replace(" ", "")
    sounds = syllables(letters)
    return [
        *letters,
        *(a + b for a, b in zip(letters, letters[1:], strict=False)),
        *(f"{a}-{b}" for a, b in zip(sounds, sounds[1:], strict=False)),
    ]


def _classifier(c: float) -> LogisticRegression:
    return LogisticRegression(C=c, max_iter=_MAX_ITERATIONS)
