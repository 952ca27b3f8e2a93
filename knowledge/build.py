"""Building: articles into vectors, a neighbour index, trained heads and a calibrator.

Everything lands in a folder named by the fingerprint of its inputs, and `current`
is pointed at it in one step: readers see the old index or the new one, never a
half-made one. What has not changed is not built again.
"""

import hashlib
import importlib.metadata
import json
import random
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.article import ARTICLES, Article, load, paths
from knowledge.encoder import Encoder, Vectors
from knowledge.heads import Calibrator
from knowledge.ranking import NONE, Ranker, Reading, lessons
from knowledge.search import CHINESE, ENGLISH, Reader, collection_of

DATA = Path(__file__).parent / "training"
"""`negatives.jsonl`: questions for nobody here; `calibration.jsonl`: questions with their ids."""

_FOLDS = 4
_SEED = 20130104
_ASKED_WEIGHT = 15.0
"""A calibration question tells more than a variant the writers of the article made up."""
_CODE = ("article", "build", "heads", "index", "ranking", "search", "text")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Lesson:
    """A question and the article ids that may answer it; no ids where nothing may."""

    question: str
    ids: frozenset[str]


def build(folder: Path, readers: dict[str, Reader], encoders: dict[str, str], say: Say) -> bool:
    """Build the index below `folder` unless it is there; `encoders` are their fingerprints."""
    name = fingerprint(encoders)
    target = folder / name
    if (target / "articles.json").is_file():
        _point(folder, target)
        return False
    articles = load()
    fresh = folder / f"{name}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    for collection, reader in readers.items():
        say(f"{collection}: reading {len(articles)} articles")
        ranker = train(collection, articles, reader, known_ids(articles), say)
        (fresh / collection).mkdir(parents=True)
        ranker.save(fresh / collection)
    (fresh / "articles.json").write_text(_as_json(articles), "utf-8")
    fresh.replace(target)
    _point(folder, target)
    return True


def train(
    collection: str, articles: Sequence[Article], reader: Reader, ids: set[str], say: Say
) -> Ranker:
    """A calibrated ranker of one collection (`zh` or `en`)."""
    texts, labels = examples(collection, articles)
    readings = reader.read_all(texts)
    say(f"{collection}: {len(texts)} texts encoded, training the heads")
    ranker = Ranker.train(readings, labels)
    say(f"{collection}: calibrating on questions unseen by the heads")
    rows, right = _cross_fit(readings, labels)
    asked = [lesson for lesson in calibration(ids) if collection_of(lesson.question) == collection]
    unseen = reader.read_all([lesson.question for lesson in asked])
    more, more_right = lessons(ranker, unseen, [lesson.ids for lesson in asked])
    weights = [1.0] * len(right) + [_ASKED_WEIGHT] * len(more_right)
    calibrator = Calibrator().fit(np.vstack([rows, more]), right + more_right, weights)
    return replace(ranker, calibrator=calibrator)


def examples(collection: str, articles: Iterable[Article]) -> tuple[list[str], list[str]]:
    """Texts and labels the heads learn from: titles, variants, and what is not for us."""
    pairs = [(text, article.id) for article in articles for text in asked_as(article, collection)]
    pairs += [(text, NONE) for text in negatives() if collection_of(text) == collection]
    texts, labels = zip(*dict(pairs).items(), strict=True)
    return list(texts), list(labels)


def asked_as(article: Article, collection: str) -> list[str]:
    """The ways an article is asked for in one collection, its title first."""
    if collection == ENGLISH:
        return [article.title_en, *article.variants_en]
    return [article.title, *article.variants.all]


def negatives() -> list[str]:
    """Questions no article answers."""
    return [line["q"] for line in _lines(DATA / "negatives.jsonl")]


def calibration(ids: set[str]) -> list[Lesson]:
    """Questions for the calibrator; an id without an article yet is dropped, with its question."""
    every = [
        Lesson(line["q"], frozenset(line["ids"])) for line in _lines(DATA / "calibration.jsonl")
    ]
    return [lesson for lesson in every if lesson.ids <= ids]


def known_ids(articles: Iterable[Article]) -> set[str]:
    return {article.id for article in articles}


def fingerprint(encoders: dict[str, str]) -> str:
    """Changes when articles, training data, terms, encoders, code or scikit-learn change."""
    here = Path(__file__).parent
    sources = [*(here / f"{name}.py" for name in _CODE), here / "terms.txt", *paths(ARTICLES)]
    digest = hashlib.sha256(importlib.metadata.version("scikit-learn").encode())
    for path in [*sources, *sorted(DATA.glob("*.jsonl"))]:
        digest.update(path.name.encode() + path.read_bytes())
    digest.update(json.dumps(encoders, sort_keys=True).encode())
    return digest.hexdigest()[:16]


class VectorCache:
    """An encoder that remembers: only texts it has not met are encoded again."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder, self._path = encoder, path
        self._known: dict[str, Vectors] = {}
        if path.is_file():
            stored = np.load(path)
            self._known = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        new = sorted(set(texts) - set(self._known), key=len)
        self._known.update(zip(new, self._encoder.encode(new), strict=True))
        if new:
            self._save()
        return np.stack([self._known[text] for text in texts])

    def _save(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        texts, fresh = np.array(list(self._known)), self._path.with_suffix(".new.npz")
        np.savez(fresh, texts=texts, vectors=np.stack(list(self._known.values())))
        fresh.replace(self._path)


def _cross_fit(
    readings: Sequence[Reading], labels: Sequence[str]
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.float64]], list[bool]]:
    """What the calibrator would see of each training question, had the heads not met it."""
    order = list(range(len(readings)))
    random.Random(_SEED).shuffle(order)
    rows, right = [], []
    for fold in range(_FOLDS):
        held, kept = order[fold::_FOLDS], [i for i in order if i not in set(order[fold::_FOLDS])]
        ranker = Ranker.train([readings[i] for i in kept], [labels[i] for i in kept])
        truth = [frozenset({labels[i]} - {NONE}) for i in held]
        more, verdicts = lessons(ranker, [readings[i] for i in held], truth)
        rows.append(more)
        right += verdicts
    return np.vstack(rows), right


def _point(folder: Path, target: Path) -> None:
    link = folder / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(target.name)
    link.replace(folder / "current")


def _as_json(articles: Sequence[Article]) -> str:
    return json.dumps([a.model_dump(mode="json") for a in articles], ensure_ascii=False)


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


COLLECTIONS = (CHINESE, ENGLISH)
