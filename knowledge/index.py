"""Nearest neighbours among everything citizens are known to say, in FAISS."""

from pathlib import Path
from typing import NamedTuple

import faiss
import numpy as np

from knowledge.encoder import Vectors


class Neighbour(NamedTuple):
    """Row number of a stored text and its cosine with the question, in [-1, 1]."""

    row: int
    cosine: float


class NeighbourIndex:
    """Exact search by inner product over unit vectors."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: Vectors) -> "NeighbourIndex":
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "NeighbourIndex":
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    def nearest(self, vector: Vectors, count: int) -> list[Neighbour]:
        """The `count` nearest rows (fewer where fewer are stored), best first."""
        cosines, rows = self._index.search(vector.reshape(1, -1), min(count, self._index.ntotal))
        return [Neighbour(int(r), float(c)) for r, c in zip(rows[0], cosines[0], strict=True)]
