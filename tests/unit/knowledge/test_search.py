"""Finding: each question goes to the reader and ranker of its language, read once."""

import numpy as np
import pytest

from knowledge.ranking import Hit, Ranker, Reading
from knowledge.search import CHINESE, ENGLISH, Reader, Search, collection_of
from knowledge.text import HomophoneRepair
from tests.unit.knowledge.samples import LetterEncoder


class Listener:
    """A ranker that remembers what it was given."""

    def __init__(self, name: str) -> None:
        self.name, self.given = name, list[Reading]()

    def rank(self, reading: Reading) -> list[Hit]:
        self.given.append(reading)
        return [Hit(self.name, 0.7, 0.6), Hit("other/one", 0.1, 0.2)]


@pytest.fixture
def rankers() -> dict[str, Listener]:
    return {name: Listener(f"found/{name}") for name in (CHINESE, ENGLISH)}


@pytest.fixture
def search(rankers: dict[str, Listener]) -> Search:
    repair = HomophoneRepair(["低保"])
    readers = {CHINESE: Reader(LetterEncoder(), repair), ENGLISH: Reader(LetterEncoder())}
    return Search(readers, rankers)


@pytest.mark.parametrize(
    ("question", "collection"),
    [
        ("低保怎么办", CHINESE),
        ("低保怎麼辦", CHINESE),
        ("dibao 怎么办", CHINESE),
        ("How do I get dibao?", ENGLISH),
        ("520", CHINESE),
        ("", CHINESE),
    ],
)
def test_a_question_is_found_in_the_collection_of_its_language(
    search: Search, question: str, collection: str
) -> None:
    assert collection_of(question) == collection
    assert search.find(question).best == Hit(f"found/{collection}", 0.7, 0.6)


def test_a_question_is_read_folded_and_repaired_before_it_is_ranked(
    search: Search, rankers: dict[str, Listener]
) -> None:
    found = search.find(" 底保怎麼辦？ ")
    (reading,) = rankers[CHINESE].given
    assert found.searched == reading.text == "低保怎么办?"
    assert np.array_equal(reading.vector, LetterEncoder().encode(["低保怎么办?"])[0])
    assert [hit.article for hit in found.hits] == ["found/zh", "other/one"]


def test_the_same_question_is_ranked_once(search: Search, rankers: dict[str, Listener]) -> None:
    assert search.find("低保怎么办") is search.find("低保怎么办")
    assert len(rankers[CHINESE].given) == 1


def test_many_texts_are_read_as_each_alone_would_be() -> None:
    reader = Reader(LetterEncoder(), HomophoneRepair(["低保"]))
    texts = ["底保", "低保 ", "", "Kite"]
    for text, reading in zip(texts, reader.read_all(texts), strict=True):
        alone = reader.read(text)
        assert (reading.text, reading.vector.tolist()) == (alone.text, alone.vector.tolist())


def test_a_typo_and_the_word_it_meant_find_the_same(ranker: Ranker) -> None:
    reader = Reader(LetterEncoder(), HomophoneRepair(["风筝"]))
    search = Search({CHINESE: reader}, {CHINESE: ranker})
    assert search.find("放风争要交多少钱").hits == search.find("放風箏要交多少錢").hits
    assert search.find("放风争要交多少钱").best.article == "kites/fee"
