"""How numbers look in running text: the disguises they are typed in, and the forms they have.

`read` turns a text into one of the same length, so that what is found there has its place
in the text as typed. All patterns are meant for what `read` returns.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

_NUMERALS: Final = (
    "〇零○◯",
    "一壹幺",
    "二贰貳两兩",
    "三叁",
    "四肆",
    "五伍",
    "六陆陸",
    "七柒",
    "八捌",
    "九玖",
)
_SPELT: Final = {form: str(digit) for digit, forms in enumerate(_NUMERALS) for form in forms}
_ALIKE: Final = {"O": "0", "I": "1", "L": "1"}
Groups = list[tuple[int, int]]
_LONGEST_PART: Final = 19
_LETTERS: Final = dict(zip("ОоΟοХхΧχ×✕✖", "OOOOXXXXXXX", strict=True))
"""Letters and signs that look Latin and are not."""
_DOTS: Final = "·•・‧∙●"

NUMERAL, ALIKE = "".join(_SPELT), "".join(_ALIKE)
_TO_DIGITS: Final = str.maketrans({**_SPELT, **_ALIKE, "叉": "X"})
_TO_NUMERALS: Final = str.maketrans(_SPELT | {"叉": "X"})

_G = r"[ \-./]{0,3}"
_D = f"[0-9{NUMERAL}{ALIKE}]"
_GROUP = re.compile(r"[^ \-./]+")
_STRETCH = re.compile(rf"\+?{_D}(?:{_G}{_D})*(?:{_G}[X叉](?![A-Z]))?")
_LOOSE_HEAD = re.compile(rf"(?:[{ALIKE}]+[ \-./]+)+(?={_D}{{2}})")
_LOOSE_TAIL = re.compile(rf"(?<={_D}{{2}})(?:[ \-./]+[{ALIKE}]+)+$")
"""“I” beside a number is a word; in a number typed one by one it is a digit."""
_SOME_DIGIT = re.compile(rf"[0-9{NUMERAL}]")
_WORD_TAIL = re.compile(rf"[ \-./]*[{NUMERAL}{ALIKE}]{{1,3}}$")
_PLAIN = re.compile(rf"[0-9](?:{_G}[0-9])*(?:{_G}X(?![A-Z]))?")

_AREA_AND_NUMBER = r"0[0-9]{2,3}[2-8][0-9]{6,7}"
PHONE = re.compile(rf"(?:(?:00)?86)?1[3-9][0-9]{{9}}|{_AREA_AND_NUMBER}")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
BRACKETED_PHONE = re.compile(rf"(?P<value>\(0[0-9]{{2,3}}\){_G}[2-8](?:{_G}[0-9]){{6,7}})(?![0-9])")
APPLICATION = re.compile(r"20[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{4,6}")
PROOF = re.compile(r"[0-9]{3}[0-9X]|[0-9]{6}")
_FIVE = re.compile(r"12[0-9]{3}|9[56][0-9]{3}")
HOTLINE = re.compile(rf"110|119|12[02]|{_FIVE.pattern}")
STAYS = re.compile(
    rf"{HOTLINE.pattern}|{APPLICATION.pattern}"
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
)
"""One group of digits that identifies nobody: a hotline, an application number, a date."""
STAYS_IN_GROUPS = re.compile(
    r"(?:19|20)[0-9]{2}([-./])[0-9]{1,2}\1[0-9]{1,2}"
    r"|[48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}"
)

_END = r"(?![0-9A-Z])"
_LINK = r"(?:[号號码碼编編是为為的数數:,#() \-]|NUMBER|NO|IS){0,8}"
_PERMITS = "护照|護照|PASSPORT|通行证|通行證|台胞证|台胞證|回乡证|回鄉證"
_BOOKS = "户口[簿本页号]|戶口[簿本頁號]|户[籍]?号|戶[籍]?號|户籍|戶籍|HOUSEHOLD (?:REGISTER|BOOK)"
PASSPORT = re.compile(
    rf"(?<![A-Z0-9])(?P<value>[EGDSPH][ -]?[0-9]{{8}}|E[A-Z][ -]?[0-9]{{7}}"
    rf"|[HM][ -]?[0-9]{{8}}(?:[0-9]{{2}})?){_END}"
    rf"|(?:{_PERMITS}){_LINK}(?P<told>(?=(?:[A-Z]*[0-9]){{5}})[A-Z0-9]{{6,10}}){_END}"
)
BOOK = re.compile(
    rf"(?:{_BOOKS}){_LINK}(?P<value>(?=(?:[A-Z]*[ -]?[0-9]){{4}})[A-Z0-9](?:[ -]?[A-Z0-9]){{5,11}})"
    rf"{_END}"
)

_AWAY = r"[^0-9〔〕。!?;\n]{0,20}?"
_FOUR = rf"[0-9](?:{_G}[0-9]){{2}}{_G}[0-9X]"
_SIX = rf"[0-9](?:{_G}[0-9]){{5}}"
_LAST = "尾[号號数數]|[后後末][四4]位|LAST (?:FOUR|4)|END(?:S|ING) (?:IN|WITH)"
_CODE = "[证證验驗态態][码碼]|(?<!POST )(?<!POSTAL )(?<!ZIP )CODE|OTP"
_BETWEEN = rf"(?:[ \-./,、;:]|{_LAST}){{1,4}}"
_NO_DATE = r"(?! ?[年月日元]|[-./:][0-9])"
TOLD_PROOF = re.compile(
    rf"(?:{_LAST}){_AWAY}(?P<value>{_FOUR}){_END}{_NO_DATE}"
    rf"|(?:{_CODE}){_AWAY}(?P<told>{_SIX}){_END}{_NO_DATE}"
    rf"|(?<![0-9]){APPLICATION.pattern}{_BETWEEN}(?P<after>{PROOF.pattern}){_END}{_NO_DATE}"
)
BARE_PROOF = re.compile(
    rf"(?<![0-9A-Z])(?<![0-9][-./:])(?P<value>[0-9]{{3}}[0-9X]|[0-9]{{6}}|[0-9]{{3}}[ -][0-9]{{3}}"
    rf"|(?:[0-9] ){{3}}[0-9X]|(?:[0-9] ){{5}}[0-9]){_END}{_NO_DATE}"
)


def read(text: str) -> str:
    """`text`, character by character: ASCII digits, capital letters, plain gaps."""
    return "".join(_read(c) for c in text)


def spoken(seen: str) -> str:
    """What was read, with Chinese numerals as digits; of the same length."""
    return seen.translate(_TO_NUMERALS)


def value_of(seen: str) -> str:
    """The letters and digits of a piece of what was read, numerals converted."""
    return re.sub(r"[^0-9A-Z]", "", spoken(seen))


def digits_of(seen: str) -> str:
    """The digits of a piece that is a number, lookalikes and numerals converted; X at its end."""
    return re.sub(r"[^0-9X]", "", seen.translate(_TO_DIGITS))


def without_country(digits: str) -> str:
    """A phone's digits; of a mobile without 86 and what else stands before it."""
    return digits[-11:] if MOBILE.fullmatch(digits[-11:]) else digits


@dataclass(frozen=True)
class Stretch:
    """Digits with short gaps between; `groups` are the places of the digits without a gap."""

    seen: str
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.seen[self.start : self.end]

    @property
    def spoken(self) -> str:
        return spoken(self.text)

    @property
    def groups(self) -> list[tuple[int, int]]:
        return [match.span() for match in _GROUP.finditer(self.seen, self.start, self.end)]

    @property
    def count(self) -> int:
        return len(digits_of(self.text).rstrip("X"))

    @property
    def is_spelt(self) -> bool:
        return any(c in NUMERAL for c in self.text)

    @property
    def is_phone(self) -> bool:
        return PHONE.fullmatch(digits_of(self.text)) is not None

    @property
    def reads_as_list(self) -> bool:
        """Whether a group is an application number or a long hotline: not one number, then."""
        texts = [spoken(self.seen[start:end]) for start, end in self.groups]
        return any(APPLICATION.fullmatch(text) or _FIVE.fullmatch(text) for text in texts)

    def part(self, groups: Groups, at: int, end: int) -> "Stretch":
        return Stretch(self.seen, groups[at][0], groups[end - 1][1])

    def has_application_beside(self, groups: Groups, at: int) -> bool:
        beside = [groups[i] for i in (at - 1, at + 1) if 0 <= i < len(groups)]
        return any(APPLICATION.fullmatch(spoken(self.seen[start:end])) for start, end in beside)

    def without_x(self) -> "Stretch":
        return Stretch(self.seen, self.start, self.start + len(self.text.rstrip("X叉 -./")))

    def without_word(self) -> "list[Stretch]":
        """Up to three numerals less: 一共 or 两个 may follow a number directly."""
        tail = _WORD_TAIL.search(self.text)
        cuts = range(self.start + tail.start() if tail else self.end, self.end)
        return [Stretch(self.seen, self.start, cut) for cut in reversed(cuts) if cut > self.start]

    def plainer(self) -> "list[Stretch]":
        """The parts of it that are written in digits, if not all of it is."""
        parts = _PLAIN.finditer(self.seen, self.start, self.end)
        found = [Stretch(self.seen, *match.span()) for match in parts]
        return [part for part in found if part.count < self.count]


def fewest_parts(count: int, fits: Callable[[int, int], bool]) -> list[tuple[int, int]] | None:
    """The fewest (start, end) that fit and cover `count` groups; None where none do."""
    best: dict[int, list[tuple[int, int]]] = {count: []}
    for at in range(count - 1, -1, -1):
        ends = range(at + 1, min(at + _LONGEST_PART, count) + 1)
        cuts = [[(at, end), *best[end]] for end in ends if end in best and fits(at, end)]
        if cuts:
            best[at] = min(cuts, key=len)
    return best.get(0)


def stretches(seen: str) -> Iterator[Stretch]:
    """Everything that may be read as digits; words of lookalike letters at its ends are not."""
    for match in _STRETCH.finditer(seen):
        start, end = match.span()
        start += _loose_head(match[0], seen[start - 1 : start])
        end = start + len(_without_tail(seen[start:end], seen[end : end + 1]))
        if _SOME_DIGIT.search(seen, start, end):
            yield Stretch(seen, start, end)


def _loose_head(number: str, before: str) -> int:
    if before.isascii() and before.isalpha():
        return len(number) - len(number.lstrip(ALIKE + " -./"))
    loose = _LOOSE_HEAD.match(number)
    return loose.end() if loose else 0


def _without_tail(number: str, after: str) -> str:
    if after.isascii() and after.isalpha():
        number = number.rstrip(ALIKE + " -./")
    return _LOOSE_TAIL.sub("", number)


def _read(c: str) -> str:
    if c.isdigit():
        return str(unicodedata.digit(c))
    if c.isspace() or unicodedata.category(c) in ("Cc", "Cf"):
        return " "
    if c in "_−" or unicodedata.category(c) == "Pd":
        return "-"
    if c in _DOTS:
        return "."
    narrow = unicodedata.normalize("NFKC", _LETTERS.get(c, c))
    return narrow.upper() if len(narrow) == 1 and narrow.isascii() else c
