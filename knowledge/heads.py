"""The trained readers of a question, and the judge of how sure they may be.

Two logistic regressions rank the articles: one over the frozen sentence vector
(what is meant), one over characters and sounds (what is written). A third,
binary one turns what they saw into the probability that a choice is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures, StandardScaler

from knowledge.encoder import Vectors
from knowledge.text import syllables

Row = npt.NDArray[np.float64]

DENSE_C = 20.0
WORDS_ALPHA = 1e-5
WORDS_WEIGHT = 0.6
_RARE = 2
"""A gram met in fewer texts than this is left out."""
_TINY = 1e-12
_TOLERANCE = 1e-4
"""Looser, and the last digits of the vectors move probabilities by more than 0.05."""
_MAX_ITERATIONS = 300
_PAIRS_C, _PAIRS_ITERATIONS, _FAR = 0.1, 2000, 3.0


@dataclass(frozen=True)
class Heads:
    """Log-probabilities over `classes`, the sorted labels they were trained on."""

    classes: tuple[str, ...]
    dense: LogisticRegression
    grams: TfidfVectorizer
    weights: npt.NDArray[np.float32]
    bias: Row

    @classmethod
    def train(cls, texts: Sequence[str], vectors: Vectors, labels: Sequence[str]) -> "Heads":
        dense = LogisticRegression(C=DENSE_C, tol=_TOLERANCE, max_iter=_MAX_ITERATIONS)
        grams_of = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=_RARE)
        words = SGDClassifier(loss="log_loss", alpha=WORDS_ALPHA, random_state=0)
        dense.fit(vectors, labels)
        words.fit(grams_of.fit_transform(texts), labels)
        weights = np.ascontiguousarray(words.coef_.T, np.float32)
        return cls(tuple(dense.classes_.tolist()), dense, grams_of, weights, words.intercept_)

    def log_probabilities(self, text: str, vector: Vectors) -> tuple[Row, Row]:
        """Of one question: by meaning and by writing, each of shape (len(classes),)."""
        return self.dense.predict_log_proba(vector.reshape(1, -1))[0], self._by_writing(text)

    def _by_writing(self, text: str) -> Row:
        """As SGDClassifier.predict_log_proba, reading only the weights of the text's own grams."""
        row = self.grams.transform([text])
        scores = row.data @ self.weights[row.indices] + self.bias
        each = np.maximum(expit(scores), _TINY)
        logs: Row = np.log(each / each.sum())
        return logs


class Calibrator:
    """From the features of a candidate to the probability that it is right.

    Features count in pairs as well: a good cosine means little beside a strong NONE.
    What lies beyond three standard deviations counts as three.
    """

    def __init__(self) -> None:
        self._model: Any = make_pipeline(
            StandardScaler(),
            FunctionTransformer(np.clip, kw_args={"a_min": -_FAR, "a_max": _FAR}),
            PolynomialFeatures(degree=2, include_bias=False),
            StandardScaler(),
            LogisticRegression(C=_PAIRS_C, max_iter=_PAIRS_ITERATIONS),
        )

    def fit(
        self, features: npt.NDArray[np.float64], right: Sequence[bool], weights: Sequence[float]
    ) -> "Calibrator":
        self._model.fit(
            features, np.asarray(right, bool), logisticregression__sample_weight=weights
        )
        return self

    def probabilities(self, features: npt.NDArray[np.float64]) -> Row:
        """Shape (candidates,), each in [0, 1], for features of shape (candidates, n)."""
        probabilities: Row = self._model.predict_proba(features)[:, 1]
        return probabilities


def grams(text: str) -> list[str]:
    """One and two characters in a row, and two syllables in a row as they sound."""
    letters = text.replace(" ", "")
    sounds = syllables(letters)
    return [
        *letters,
        *(a + b for a, b in pairwise(letters)),
        *(f"{a}-{b}" for a, b in pairwise(sounds)),
    ]
