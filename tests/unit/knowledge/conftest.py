"""A small, really trained ranker over the small world of questions."""

import pytest

from knowledge.heads import Calibrator
from knowledge.ranking import NONE, Ranker, Reading, lessons
from tests.unit.knowledge.samples import QUESTIONS, LetterEncoder


@pytest.fixture(scope="session")
def readings() -> list[Reading]:
    texts = [text for text, _ in QUESTIONS]
    return [Reading(*pair) for pair in zip(texts, LetterEncoder().encode(texts), strict=True)]


@pytest.fixture(scope="session")
def ranker(readings: list[Reading]) -> Ranker:
    """Trained on all questions; its calibrator has learned from the same."""
    labels = [label for _, label in QUESTIONS]
    bare = Ranker.train(readings, labels)
    rows, right = lessons(bare, readings, [frozenset({label} - {NONE}) for label in labels])
    calibrator = Calibrator().fit(rows, right, [1.0] * len(right))
    return Ranker(bare.heads, bare.neighbours, bare.labels, calibrator)
