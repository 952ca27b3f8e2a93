"""The built knowledge, opened: encoders, index and articles put together into an Answerer."""

import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.answer import Answerer, load_limits, load_topics
from knowledge.article import Article
from knowledge.build import COLLECTIONS
from knowledge.encoder import OnnxEncoder
from knowledge.ranking import Ranker
from knowledge.search import CHINESE, Reader, Search
from knowledge.standards import load_standards
from knowledge.text import HomophoneRepair


class IndexMissing(RuntimeError):
    """There is no built index; `python -m knowledge build` makes it."""


@dataclass(frozen=True)
class Shelf:
    """An answerer with the fingerprints of what it reads from."""

    answerer: Answerer
    search: Search
    fingerprint: str
    encoders: dict[str, str]


def open_shelf(encoders: Path, index: Path) -> Shelf:
    """The current index below `index` with the exported encoders below `encoders`."""
    current = index / "current"
    if not (current / "articles.json").is_file():
        raise IndexMissing(f"no index in {index}: run `python -m knowledge build`")
    folder = current.resolve()
    loaded = {name: OnnxEncoder(encoders / name) for name in COLLECTIONS}
    readers = {name: Reader(loaded[name], repair_for(name)) for name in COLLECTIONS}
    rankers = {name: Ranker.load(folder / name) for name in COLLECTIONS}
    search = Search(readers, rankers)
    answerer = Answerer(_articles(folder), search, load_limits(), load_topics(), load_standards())
    prints = {name: encoder.fingerprint for name, encoder in loaded.items()}
    return Shelf(answerer, search, folder.name, prints)


def repair_for(collection: str) -> HomophoneRepair | None:
    return HomophoneRepair.of_domain() if collection == CHINESE else None


def _articles(folder: Path) -> list[Article]:
    stored = json.loads((folder / "articles.json").read_text("utf-8"))
    return [Article(**fields) for fields in stored]
