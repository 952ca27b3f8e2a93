"""Text as citizens type it, folded to the one form that search reads, and back for display."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

import rjieba
from opencc import OpenCC
from pypinyin import lazy_pinyin

TERMS = Path(__file__).parent / "terms.txt"

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_SPACE = re.compile(r"\s+")
_LONGEST_TERM = 6


class Language(StrEnum):
    """A written form citizens may ask and be answered in."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


def clean(text: str) -> str:
    """`text` without control and invisible characters, widths unified, spaces collapsed."""
    wide = unicodedata.normalize("NFKC", text)
    kept = "".join(c if unicodedata.category(c)[0] != "C" else _visible(c) for c in wide)
    return _SPACE.sub(" ", kept).strip()


def fold(text: str) -> str:
    """The form search reads: cleaned, lower case, simplified script."""
    return _to_simplified().convert(clean(text)).lower()


def to_traditional(text: str) -> str:
    """For display only: Taiwan standard characters and words (`s2twp`)."""
    return _to_traditional().convert(text)


def language_of(text: str) -> Language:
    """The language of a message: English has Latin letters and no Chinese character."""
    if not _CJK.search(text):
        return Language.ENGLISH if _LATIN.search(text) else Language.SIMPLIFIED
    return Language.TRADITIONAL if _is_traditional(text) else Language.SIMPLIFIED


def syllables(text: str) -> list[str]:
    """Toneless pinyin, one syllable a Chinese character; other characters stay as they are."""
    return [s for part in _runs(text) for s in (lazy_pinyin(part) if _CJK.match(part) else part)]


class HomophoneRepair:
    """Puts the trade's own word back where a same-sounding one was typed (底保 → 低保).

    A stretch of text is replaced when it sounds like a domain term, is not that
    term, and is not itself a word of the language.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = set(terms)
        self._by_sound = {tuple(syllables(term)): term for term in sorted(self._terms)}

    @classmethod
    def of_domain(cls) -> "HomophoneRepair":
        return cls(term for term in TERMS.read_text("utf-8").split() if not term.startswith("#"))

    def __call__(self, text: str) -> str:
        sounds, words = syllables(text), _word_spans(text)
        repaired, at = [], 0
        while at < len(text):
            piece = self._term_at(text, sounds, words, at) or text[at]
            repaired.append(piece)
            at += len(piece)
        return "".join(repaired)

    def _term_at(
        self, text: str, sounds: list[str], words: set[tuple[int, int]], at: int
    ) -> str | None:
        for end in range(min(at + _LONGEST_TERM, len(text)), at + 1, -1):
            if text[at:end] in self._terms:
                return text[at:end]
            term = self._by_sound.get(tuple(sounds[at:end]))
            if term and (at, end) not in words:
                return term
        return None


def _visible(character: str) -> str:
    return " " if character in "\n\r\t" else ""


def _is_traditional(text: str) -> bool:
    return _to_simplified().convert(text) != text and _to_plain_traditional().convert(text) == text


def _runs(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]", text)


def _word_spans(text: str) -> set[tuple[int, int]]:
    spans, at = set(), 0
    for word in rjieba.cut(text, hmm=False):
        spans.add((at, at + len(word)))
        at += len(word)
    return spans


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


@cache
def _to_plain_traditional() -> OpenCC:
    return OpenCC("s2t")


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2twp")
