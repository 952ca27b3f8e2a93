"""The two heads against scikit-learn's own answers, and the judge of how sure they may be."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from knowledge.heads import WORDS_ALPHA, Calibrator, grams
from knowledge.ranking import NONE, Ranker, Reading
from tests.unit.knowledge.samples import QUESTIONS

UNSEEN = ["放风筝的许可在哪里办", "灯笼借了要还吗", "股票", "全是没有见过的字眼", "kite", ""]


@pytest.fixture(scope="module")
def twin() -> tuple[TfidfVectorizer, SGDClassifier]:
    """The head over writing as scikit-learn itself would keep and use it."""
    texts, labels = zip(*QUESTIONS, strict=True)
    vectorizer = TfidfVectorizer(analyzer=grams, sublinear_tf=True, min_df=2)
    classifier = SGDClassifier(loss="log_loss", alpha=WORDS_ALPHA, random_state=0)
    return vectorizer, classifier.fit(vectorizer.fit_transform(texts), labels)


@pytest.mark.parametrize("text", [*(text for text, _ in QUESTIONS[::5]), *UNSEEN])
def test_reading_only_the_grams_of_a_text_gives_what_scikit_learn_gives(
    ranker: Ranker, readings: list[Reading], twin: tuple[TfidfVectorizer, SGDClassifier], text: str
) -> None:
    vectorizer, classifier = twin
    expected = classifier.predict_log_proba(vectorizer.transform([text]))[0]
    _, by_writing = ranker.heads.log_probabilities(text, readings[0].vector)
    assert ranker.heads.classes == tuple(classifier.classes_)
    likely = expected > -20.0  # below, a floor keeps the logarithm finite
    assert by_writing[likely] == pytest.approx(expected[likely], abs=2e-3)
    assert (by_writing[~likely] < -19.0).all()


@pytest.mark.parametrize("text", UNSEEN)
def test_both_heads_give_probabilities_over_the_same_sorted_labels(
    ranker: Ranker, readings: list[Reading], text: str
) -> None:
    assert list(ranker.heads.classes) == sorted({label for _, label in QUESTIONS})
    for logs in ranker.heads.log_probabilities(text, readings[0].vector):
        assert logs.shape == (len(ranker.heads.classes),)
        assert np.isfinite(logs).all()
        assert np.exp(logs).sum() == pytest.approx(1.0)


def test_both_heads_know_the_questions_they_learned(
    ranker: Ranker, readings: list[Reading]
) -> None:
    for reading, (_, label) in zip(readings, QUESTIONS, strict=True):
        for logs in ranker.heads.log_probabilities(reading.text, reading.vector):
            assert ranker.heads.classes[int(np.argmax(logs))] == label


def test_none_is_a_label_like_the_others(ranker: Ranker) -> None:
    assert NONE in ranker.heads.classes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("低保", ["低", "保", "低保", "di-bao"]),
        ("低 保", ["低", "保", "低保", "di-bao"]),
        ("保", ["保"]),
        ("", []),
        ("a低", ["a", "低", "a低", "a-di"]),
    ],
)
def test_grams_are_letters_pairs_and_how_pairs_sound(text: str, expected: list[str]) -> None:
    assert grams(text) == expected


def test_a_homophone_shares_the_gram_of_its_sound() -> None:
    assert set(grams("底保")) & set(grams("低保")) == {"保", "di-bao"}


@pytest.fixture(scope="module")
def judge() -> Calibrator:
    """A judge who learned that the first feature makes a candidate right."""
    drawn = np.random.default_rng(3).normal(size=(200, 4))
    return Calibrator().fit(drawn, (drawn[:, 0] > 0.3).tolist(), [1.0] * 200)


def test_probabilities_lie_in_the_unit_interval(judge: Calibrator) -> None:
    wild = np.random.default_rng(4).normal(scale=1000.0, size=(50, 4))
    sure = judge.probabilities(wild)
    assert sure.shape == (50,)
    assert ((sure >= 0.0) & (sure <= 1.0)).all()


def test_more_evidence_makes_the_judge_more_sure_and_the_utmost_stays_sure(
    judge: Calibrator,
) -> None:
    rising = np.zeros((9, 4))
    rising[:, 0] = np.linspace(-2.0, 2.0, 9)
    assert (np.diff(judge.probabilities(rising)) > 0.0).all()
    utmost = np.zeros((4, 4))
    utmost[:, 0] = [-1000.0, -4.0, 4.0, 1000.0]
    sure = judge.probabilities(utmost)
    assert (sure[:2] < 0.1).all()
    assert (sure[2:] > 0.9).all()


def test_a_heavier_lesson_weighs_more() -> None:
    features, verdicts = np.zeros((2, 1)), [True, False]
    light = Calibrator().fit(features, verdicts, [1.0, 1.0]).probabilities(features)
    heavy = Calibrator().fit(features, verdicts, [9.0, 1.0]).probabilities(features)
    assert light == pytest.approx([0.5, 0.5], abs=1e-6)
    assert heavy == pytest.approx([0.9, 0.9], abs=1e-2)
