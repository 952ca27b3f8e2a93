"""Questions that mean about the same stand together, the most typical first."""

import json
from datetime import date
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import knowledge.gaps
from knowledge.encoder import Vectors
from knowledge.gaps import FAR, Group, Kept, Unanswered, grouped, labels, open_gaps
from office.store.conversations import Gap

DAY = date(2026, 11, 25)
NEAR, APART = 10, 90
"""Degrees: cosine distances of 0.015 and 1, on both sides of FAR."""


def at(*degrees: float) -> Vectors:
    """Unit vectors in a plane, each at its angle."""
    return np.array([[cos(radians(d)), sin(radians(d))] for d in degrees], np.float32)


def asked(*questions: str, outcome: str = "nothing_found") -> list[Unanswered]:
    return [Unanswered(question, outcome, (), DAY) for question in questions]


def names(groups: list[Group]) -> list[list[str]]:
    return [[one.question for one in group.questions] for group in groups]


def test_the_angles_lie_on_both_sides_of_far() -> None:
    assert 1 - cos(radians(NEAR)) < FAR < 1 - cos(radians(APART))


def test_what_lies_near_is_one_group_and_what_lies_far_another() -> None:
    groups = grouped(asked("a", "b", "x", "c"), at(0, NEAR, APART, NEAR / 2))
    assert [sorted(group) for group in names(groups)] == [["a", "b", "c"], ["x"]]


@pytest.mark.parametrize(
    ("degrees", "together"),
    [((0, 0), 1), ((0, 34), 1), ((0, 36), 2), ((0, 180), 2)],
    ids=["same", "just near", "just far", "opposite"],
)
def test_two_questions_are_together_up_to_far(degrees: tuple[float, ...], together: int) -> None:
    assert len(set(labels(at(*degrees)))) == together


def test_groups_lie_apart_by_their_mean_and_do_not_grow_into_a_chain() -> None:
    chain = at(*range(0, 181, 30))
    numbers = labels(chain)
    assert numbers[0] != numbers[-1]
    assert len(set(numbers)) > 1


def test_how_far_is_too_far_may_be_chosen() -> None:
    assert [len(set(labels(at(0, 30, 90), far))) for far in (0.01, 0.5, 1.5)] == [3, 2, 1]


def test_one_question_alone_is_a_group() -> None:
    (group,) = grouped(asked("a"), at(0))
    assert (group.typical, len(group.questions)) == ("a", 1)


def test_no_question_makes_no_group() -> None:
    assert grouped([], np.zeros((0, 2), np.float32)) == []
    assert labels(np.zeros((0, 2), np.float32)) == []


def test_the_most_typical_question_stands_first_and_the_oddest_last() -> None:
    (group,) = grouped(asked("edge", "odd", "middle", "near"), at(0, 18, 6, 3))
    assert group.typical == "middle"
    assert [one.question for one in group.questions] == ["middle", "near", "edge", "odd"]


def test_questions_equally_typical_stay_in_their_order() -> None:
    assert names(grouped(asked("b", "a", "c"), at(0, 0, 0))) == [["b", "a", "c"]]


def test_every_question_stands_in_exactly_one_group() -> None:
    questions = [f"q{number}" for number in range(40)]
    groups = grouped(asked(*questions), at(*range(0, 360, 9)))
    assert sorted(one for group in names(groups) for one in group) == sorted(questions)


def test_the_largest_group_stands_first() -> None:
    vectors = at(0, 90, 92, 180, 182, 184)
    groups = grouped(asked("a", "b1", "b2", "c1", "c2", "c3"), vectors)
    assert [len(group.questions) for group in groups] == [3, 2, 1]
    assert [sorted(group)[0] for group in names(groups)] == ["c1", "b1", "a"]


def test_outcomes_are_counted() -> None:
    group = Group((*asked("a", "b"), *asked("c", outcome="unhelpful")))
    assert group.outcomes == {"nothing_found": 2, "unhelpful": 1}


@pytest.mark.parametrize(
    ("hits", "nearest"),
    [
        ([("kites/fee", "kites/fly"), ("kites/fly",), ("kites/fee",)], "kites/fee"),
        ([("kites/fly", "lamps/loan"), ("boats/rent", "lamps/loan"), ("kites/fly",)], "kites/fly"),
        ([(), ("kites/fly",), ()], "kites/fly"),
        ([(), ()], None),
    ],
    ids=["most often", "only best hits count", "some without hits", "none"],
)
def test_the_nearest_article_is_the_one_found_best_most_often(
    hits: list[tuple[str, ...]], nearest: str | None
) -> None:
    group = Group(tuple(Unanswered("a", "unsure", articles) for articles in hits))
    assert group.nearest == nearest


def test_a_group_is_told_as_json_with_all_its_questions() -> None:
    group = Group((Unanswered("a", "unsure", ("kites/fly",), DAY), *asked("b")))
    assert json.loads(json.dumps(group.as_json())) == {
        "count": 2,
        "outcomes": {"unsure": 1, "nothing_found": 1},
        "nearest": "kites/fly",
        "questions": [
            {"question": "a", "day": "2026-11-25"},
            {"question": "b", "day": "2026-11-25"},
        ],
    }


def test_a_question_of_no_known_day_names_none() -> None:
    (told,) = Group((Unanswered("a", "unsure"),)).as_json()["questions"]
    assert told["day"] is None


def test_chinese_and_english_gaps_are_grouped_apart_and_the_largest_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read: list[str] = []

    def same(asked: list[Unanswered], collection: str, encoders: Path) -> Vectors:
        assert encoders == tmp_path
        read.append(collection)
        return at(*[0] * len(asked))

    monkeypatch.setattr(knowledge.gaps, "vectors_of", same)
    hits: list[dict[str, Any]] = [
        {"article": "kites/fly", "probability": 0.2},
        {"article": "kites/fee"},
    ]
    kept: list[Kept] = [
        Gap("A kite, please", "unsure", [], "web", DAY),
        Gap("放风筝", "nothing_found", hits, "web", DAY),
        Gap("风筝呢", "unhelpful", [], "web", DAY),
    ]
    first, second = open_gaps(kept, tmp_path)
    assert [one.question for one in first.questions] == ["放风筝", "风筝呢"]
    assert first.questions[0] == Unanswered(
        "放风筝", "nothing_found", ("kites/fly", "kites/fee"), DAY
    )
    assert names([second]) == [["A kite, please"]]
    assert sorted(read) == ["en", "zh"]


def test_without_gaps_no_encoder_is_opened(tmp_path: Path) -> None:
    assert open_gaps([], tmp_path) == []
