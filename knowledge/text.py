"""Text as citizens type it, folded to the one form that search reads, and back for display."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path

import rjieba
from opencc import OpenCC
from pypinyin import lazy_pinyin

TERMS = Path(__file__).parent / "terms.txt"

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_SPACE = re.compile(r"\s+")
_NOT_HAIR = re.compile(r"(?<![頭理染白])髮(?!型)")
"""What the converter takes for hair: 當場發證. Lots are not drawn here either: 簽, never 籤."""

_LONGEST_TERM, _SHORT_TERM = 6, 2


class Language(StrEnum):
    """A written form citizens may ask and be answered in."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


def clean(text: str) -> str:
    """`text` without control and invisible characters, widths unified, spaces collapsed."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else _visible(c) for c in text)
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", kept)).strip()


def fold(text: str) -> str:
    """The form search reads: cleaned, lower case, simplified script."""
    return str(_to_simplified().convert(clean(text))).lower()


def to_traditional(text: str) -> str:
    """For display only. Characters, not words: 声明 and 程序 are no computing terms here."""
    written = str(_to_traditional().convert(text)).replace("籤", "簽")
    return _NOT_HAIR.sub("發", written)


def language_of(text: str) -> Language:
    """The language of a message: English has Latin letters and no Chinese character."""
    read = clean(text)
    if not _CJK.search(read):
        return Language.ENGLISH if _LATIN.search(read) else Language.SIMPLIFIED
    return Language.TRADITIONAL if _is_traditional(read) else Language.SIMPLIFIED


def syllables(text: str) -> list[str]:
    """Toneless pinyin, one syllable a Chinese character; other characters stay as they are."""
    return [s for part in _runs(text) for s in (lazy_pinyin(part) if _CJK.match(part) else part)]


class HomophoneRepair:
    """Puts the trade's own word back where a same-sounding one was typed (底保 → 低保).

    A stretch of text is replaced when it sounds like a domain term, is not that
    term, is not itself a word of the language and does not end inside one
    (低保|进度 holds no 低保金). What is typed on purpose stays: two letters that
    are both wrong, and a 不.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = set(terms)
        self._by_sound = {tuple(syllables(term)): term for term in sorted(self._terms)}

    @classmethod
    def of_domain(cls) -> "HomophoneRepair":
        return cls(term for term in TERMS.read_text("utf-8").split() if not term.startswith("#"))

    def __call__(self, text: str) -> str:
        sounds, words = syllables(text), _Words(text, self._terms)
        repaired, at = [], 0
        while at < len(text):
            piece = self._term_at(text, sounds, words, at) or text[at]
            repaired.append(piece)
            at += len(piece)
        return "".join(repaired)

    def _term_at(self, text: str, sounds: list[str], words: "_Words", at: int) -> str | None:
        for end in range(min(at + _LONGEST_TERM, len(text)), at + 1, -1):
            typed = text[at:end]
            if typed in self._terms:
                return typed
            term = self._by_sound.get(tuple(sounds[at:end]))
            if term and words.leave_free(at, end) and _is_slip(typed, term):
                return term
        return None


def _visible(character: str) -> str:
    return " " if character in "\n\r\t" else ""


def _is_traditional(text: str) -> bool:
    """More letters of the one script than of the other: 台灣 is written with a letter of both."""
    traditional = _changed(text, _to_simplified())
    return traditional > 0 and traditional >= _changed(text, _to_traditional())


def _changed(text: str, converter: OpenCC) -> int:
    return sum(a != b for a, b in zip(text, converter.convert(text), strict=False))


def _is_slip(typed: str, term: str) -> bool:
    right = sum(a == b for a, b in zip(typed, term, strict=True))
    meant = any(a == "不" != b for a, b in zip(typed, term, strict=True))
    return not meant and (right > 0 or len(term) > _SHORT_TERM)


def _runs(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]", text)


class _Words:
    """Where the words of the language stand in a text; a domain term is never cut."""

    def __init__(self, text: str, terms: set[str]) -> None:
        ends = [0, *accumulate(len(word) for word in rjieba.cut(text, hmm=False))]
        pieces = [(at, end) for at in range(len(text)) for end in range(at, at + _LONGEST_TERM + 1)]
        uncut = [(at, end) for at, end in pieces if text[at:end] in terms]
        self._spans = set(pairwise(ends))
        self._borders = set(ends) - {i for at, end in uncut for i in range(at + 1, end)}

    def leave_free(self, start: int, end: int) -> bool:
        return end in self._borders and (start, end) not in self._spans


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2tw")
