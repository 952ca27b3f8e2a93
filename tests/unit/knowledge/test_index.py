"""FAISS against a plain numpy twin: the same rows and the same cosines, by value."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import Vectors
from knowledge.index import NeighbourIndex


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    drawn = np.random.default_rng(7).normal(size=(60, 12)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def twin(vectors: Vectors, question: Vectors, count: int) -> list[tuple[int, float]]:
    cosines = vectors @ question
    order = np.argsort(-cosines, kind="stable")[:count]
    return [(int(row), float(cosines[row])) for row in order]


@pytest.mark.parametrize("count", [1, 2, 7, 60])
def test_the_nearest_are_those_of_a_plain_product_in_its_order(
    vectors: Vectors, count: int
) -> None:
    index = NeighbourIndex.of(vectors)
    for question in np.random.default_rng(8).normal(size=(10, 12)).astype(np.float32):
        unit = question / np.linalg.norm(question)
        found, expected = index.nearest(unit, count), twin(vectors, unit, count)
        assert [near.row for near in found] == [row for row, _ in expected]
        assert [near.cosine for near in found] == pytest.approx(
            [cosine for _, cosine in expected], abs=1e-5
        )


def test_a_stored_text_is_its_own_nearest_neighbour_with_cosine_one(vectors: Vectors) -> None:
    index = NeighbourIndex.of(vectors)
    for row, vector in enumerate(vectors):
        best = index.nearest(vector, 1)[0]
        assert best.row == row
        assert best.cosine == pytest.approx(1.0, abs=1e-5)


def test_an_opposite_has_cosine_minus_one_and_is_last(vectors: Vectors) -> None:
    last = NeighbourIndex.of(vectors).nearest(-vectors[3], len(vectors))[-1]
    assert last.row == 3
    assert last.cosine == pytest.approx(-1.0, abs=1e-5)


def test_of_fewer_texts_than_asked_for_all_come_back_once(vectors: Vectors) -> None:
    found = NeighbourIndex.of(vectors[:5]).nearest(vectors[0], 200)
    assert sorted(near.row for near in found) == [0, 1, 2, 3, 4]


def test_rows_and_cosines_are_plain_numbers(vectors: Vectors) -> None:
    near = NeighbourIndex.of(vectors).nearest(vectors[0], 1)[0]
    assert type(near.row) is int
    assert type(near.cosine) is float


def test_a_column_ordered_matrix_is_read_by_its_values(vectors: Vectors) -> None:
    plain, turned = NeighbourIndex.of(vectors), NeighbourIndex.of(np.asfortranarray(vectors))
    assert turned.nearest(vectors[9], 10) == plain.nearest(vectors[9], 10)


def test_a_saved_index_finds_the_same_when_loaded(vectors: Vectors, tmp_path: Path) -> None:
    index = NeighbourIndex.of(vectors)
    index.save(tmp_path / "neighbours.faiss")
    loaded = NeighbourIndex.load(tmp_path / "neighbours.faiss")
    assert loaded.nearest(vectors[9], 60) == index.nearest(vectors[9], 60)
