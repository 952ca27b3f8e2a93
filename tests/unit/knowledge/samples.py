"""Articles, a small world of questions, and an encoder that needs no model."""

import zlib
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import yaml

from knowledge.article import Article, Variants
from knowledge.encoder import Vectors
from knowledge.ranking import NONE

TODAY = date(2026, 11, 23)
DIMENSIONS = 96
VERIFIED = {"law": "风筝条例", "article": "第三条", "in_force": "2020-01-01"}
UNVERIFIED = {"law": "当地风筝场规定", "verified": False, "note": "以风筝场的说明为准"}


def article(name: str = "kites/permit", **changes: Any) -> Article:
    """An article in force since 2020; `changes` are fields that differ."""
    fields = {
        "id": name,
        "title": f"{name} 怎么办？",
        "title_en": f"How to get {name}?",
        "kind": "procedure",
        "owner": "民政局",
        "basis": [VERIFIED],
        "valid_from": "2020-01-01",
        "reviewed_on": "2026-01-05",
        "variants": variants(name),
        "variants_en": [f"{name} please {number}" for number in range(4)],
        "public": "请带风筝来，电话 [[hotline]]。",
        "staff": "看风筝。",
        "english": "Bring the kite, call [[hotline]].",
    }
    return Article.model_validate(fields | changes)


def variants(name: str, **changes: list[str]) -> Variants:
    manners = ("formal", "colloquial", "indirect", "typo", "keyword")
    asked = {manner: [f"{name} {manner} {number}" for number in range(3)] for manner in manners}
    return Variants.model_validate(asked | changes)


BODY = "# 答复\n请带风筝。\n\n# 工作人员\n看风筝。\n\n# English\nBring it.\n"


def document(name: str = "kites/permit", body: str = BODY, **changes: Any) -> str:
    """An article file; a change to None leaves the field out."""
    front = article(name).model_dump(mode="json", exclude={"public", "staff", "english"}) | changes
    kept = {field: value for field, value in front.items() if value is not None}
    return f"---\n{yaml.safe_dump(kept, allow_unicode=True)}---\n{body}"


class LetterEncoder:
    """Letters and pairs of letters, each hashed to a place of a unit vector; counts its work."""

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for gram in (*text, *("".join(pair) for pair in pairwise(text)), "^"):
                vector[zlib.crc32(gram.encode()) % DIMENSIONS] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)


_PLACES = ["", "在县里", "在村里", "请问", "我想问", "明天", "周末"]
_ASKED = {
    "kites/permit": "风筝许可{}要带什么材料",
    "kites/fee": "放风筝{}要交多少钱",
    "boats/rent": "租小船{}押金多少",
    "boats/rules": "划船{}几点开始排队",
    "lamps/repair": "灯笼坏了{}找谁修",
    "lamps/loan": "借灯笼{}过节用多久还",
    NONE: "股票{}涨了没有",
}

QUESTIONS = [(form.format(word), label) for label, form in _ASKED.items() for word in _PLACES]
"""Texts and labels of six articles and of nobody, seven of each."""
