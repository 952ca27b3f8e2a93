"""What is said for each article, who may be a candidate, and how sure the choice is."""

import math
from pathlib import Path

import numpy as np
import pytest

from knowledge import ranking
from knowledge.heads import WORDS_WEIGHT
from knowledge.ranking import CANDIDATES, NONE, Evidence, Ranker, Reading, lessons
from tests.unit.knowledge.samples import QUESTIONS, LetterEncoder

LABELS = ("kites/fee", "kites/permit", NONE, "lamps/loan")


def evidence(**changes: object) -> Evidence:
    """Four labels of which NONE is by far the most probable."""
    fields: dict[str, object] = {
        "labels": LABELS,
        "dense": np.array([-3.0, -1.0, -0.5, -2.0]),
        "words": np.array([-1.0, -4.0, -0.1, -2.0]),
        "best": np.array([0.5, 0.9, 0.95, 0.6]),
        "mean": np.array([0.4, 0.8, 0.90, 0.3]),
        "length": 9,
    }
    return Evidence(**(fields | changes))  # type: ignore[arg-type]


def reading(text: str) -> Reading:
    return Reading(text, LetterEncoder().encode([text])[0])


def test_evidence_has_one_value_for_each_label(ranker: Ranker) -> None:
    seen = ranker.evidence(reading("放风筝要多少钱"))
    assert seen.labels == ranker.heads.classes
    for values in (seen.dense, seen.words, seen.best, seen.mean):
        assert values.shape == (len(seen.labels),)
    assert seen.length == 7


def test_best_and_mean_are_the_highest_cosines_of_each_labels_texts(ranker: Ranker) -> None:
    asked = reading("借灯笼过节")
    seen = ranker.evidence(asked)
    stored = LetterEncoder().encode([text for text, _ in QUESTIONS]) @ asked.vector
    for at, label in enumerate(seen.labels):
        mine = sorted(
            (c for c, (_, owner) in zip(stored, QUESTIONS, strict=True) if owner == label)
        )
        assert seen.best[at] == pytest.approx(mine[-1], abs=1e-5)
        assert seen.mean[at] == pytest.approx(np.mean(mine[-3:]), abs=1e-5)


def test_beyond_the_neighbourhood_the_last_neighbours_cosine_counts(
    ranker: Ranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking, "_NEIGHBOURS", 2)
    asked = reading("租小船押金多少")
    near = ranker.neighbours.nearest(asked.vector, 2)
    seen = ranker.evidence(asked)
    far = seen.labels.index("lamps/loan")
    assert seen.best[far] == seen.mean[far] == pytest.approx(near[-1].cosine)


def test_candidates_come_in_the_order_of_both_heads_together() -> None:
    fused = {
        at: seen
        for at, seen in enumerate(evidence().dense + WORDS_WEIGHT * evidence().words)
        if LABELS[at] != NONE
    }
    assert evidence().candidates() == sorted(fused, key=fused.__getitem__, reverse=True)
    assert evidence().candidates(2) == sorted(fused, key=fused.__getitem__, reverse=True)[:2]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 99])
def test_none_is_never_a_candidate_even_where_few_articles_are(count: int) -> None:
    assert LABELS.index(NONE) not in evidence().candidates(count)
    assert len(evidence().candidates(count)) == min(count, 3)


def test_each_candidate_is_told_alone_against_the_next_and_against_none() -> None:
    fee, permit = evidence().features([0, 1])
    assert permit == pytest.approx(
        [-1.0, -4.0, 1.0, -3.0, 0.9, 0.8, 0.3, -0.05, -0.5, -3.9, math.log1p(9)]
    )
    assert fee == pytest.approx(
        [-3.0, -1.0, -2.0, 1.0, 0.5, 0.4, -0.4, -0.45, -2.5, -0.9, math.log1p(9)]
    )


def test_features_follow_the_order_of_the_candidates() -> None:
    there, back = evidence().features([0, 1, 3]), evidence().features([3, 1, 0])
    assert there.shape == (3, 11)
    assert np.array_equal(there, back[::-1])


def test_a_very_long_question_counts_as_a_long_one() -> None:
    assert evidence(length=5000).features([0])[0, -1] == math.log1p(120)
    assert evidence(length=119).features([0])[0, -1] == math.log1p(119)


@pytest.mark.parametrize(("text", "label"), [pair for pair in QUESTIONS if pair[1] != NONE])
def test_a_learned_question_finds_its_article_first(ranker: Ranker, text: str, label: str) -> None:
    assert ranker.rank(reading(text))[0].article == label


@pytest.mark.parametrize("text", ["放风筝要交多少钱", "股票涨了没有", "谁也没说过的话", "", "🪁"])
def test_hits_are_articles_with_probabilities_best_first(ranker: Ranker, text: str) -> None:
    hits = ranker.rank(reading(text))
    sure = [hit.probability for hit in hits]
    assert len(hits) == len({hit.article for hit in hits}) == CANDIDATES
    assert NONE not in {hit.article for hit in hits}
    assert sure == sorted(sure, reverse=True)
    assert all(0.0 <= probability <= 1.0 for probability in sure)
    assert all(-1.0 <= hit.cosine <= 1.0 + 1e-5 for hit in hits)


def test_a_question_for_nobody_leaves_every_article_less_sure_than_its_own_would(
    ranker: Ranker,
) -> None:
    sure = [(label, ranker.rank(reading(text))[0].probability) for text, label in QUESTIONS]
    ours = min(probability for label, probability in sure if label != NONE)
    others = max(probability for label, probability in sure if label == NONE)
    assert others < ours


def test_a_ranker_without_a_judge_refuses_to_rank(ranker: Ranker) -> None:
    with pytest.raises(RuntimeError, match="calibrated"):
        Ranker(ranker.heads, ranker.neighbours, ranker.labels).rank(reading("风筝"))


def test_a_saved_ranker_ranks_the_same_when_loaded(ranker: Ranker, tmp_path: Path) -> None:
    ranker.save(tmp_path)
    loaded = Ranker.load(tmp_path)
    for text, _ in QUESTIONS[::6]:
        assert loaded.rank(reading(text)) == ranker.rank(reading(text))


def test_lessons_hold_one_row_and_one_verdict_for_each_candidate(ranker: Ranker) -> None:
    asked = [reading("放风筝要交多少钱"), reading("股票涨了没有")]
    rows, right = lessons(ranker, asked, [frozenset({"kites/fee"}), frozenset()])
    assert rows.shape == (2 * CANDIDATES, 11)
    assert right == [True, *[False] * (2 * CANDIDATES - 1)]


def test_a_lesson_may_have_two_right_answers(ranker: Ranker) -> None:
    ids = frozenset({"kites/fee", "kites/permit"})
    _, right = lessons(ranker, [reading("风筝许可要交多少钱")], [ids])
    assert sum(right) == 2
