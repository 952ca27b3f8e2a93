"""Finding: a citizen's question in, articles with calibrated probabilities out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from knowledge.encoder import Encoder
from knowledge.ranking import Hit, Reading
from knowledge.text import HomophoneRepair, Language, fold, language_of

CHINESE, ENGLISH = "zh", "en"
"""The two collections: one encoder, one ranker each."""


class Ranks(Protocol):
    """Anything that ranks a reading; see `knowledge.ranking.Ranker`."""

    def rank(self, reading: Reading) -> list[Hit]: ...


@dataclass(frozen=True)
class Found:
    """All hits for a question, best first, and the text that was searched for."""

    searched: str
    hits: tuple[Hit, ...]

    @property
    def best(self) -> Hit:
        return self.hits[0]


class Reader:
    """Turns text into readings: folded, repaired, encoded."""

    def __init__(self, encoder: Encoder, repair: HomophoneRepair | None = None) -> None:
        self._encoder = encoder
        self._repair = repair or (lambda text: text)

    def text(self, text: str) -> str:
        return self._repair(fold(text))

    def read(self, text: str) -> Reading:
        return self.read_all([text])[0]

    def read_all(self, texts: Sequence[str]) -> list[Reading]:
        read = [self.text(text) for text in texts]
        return [Reading(*pair) for pair in zip(read, self._encoder.encode(read), strict=True)]


class Search:
    """One reader and one ranker per collection, chosen by the language of the question."""

    def __init__(self, readers: Mapping[str, Reader], rankers: Mapping[str, Ranks]) -> None:
        self._readers, self._rankers = readers, rankers
        self.find = lru_cache(maxsize=2048)(self._find)

    def _find(self, question: str) -> Found:
        collection = collection_of(question)
        reading = self._readers[collection].read(question)
        return Found(reading.text, tuple(self._rankers[collection].rank(reading)))


def collection_of(question: str) -> str:
    return ENGLISH if language_of(question) is Language.ENGLISH else CHINESE
