"""Numbers as citizens write them: 3500, 3千5, 1.5万, 3k, 两千三, 叁佰. A range is no number."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

_FORMS = ("零〇", "一壹", "二两俩贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {form: number for number, forms in enumerate(_FORMS) for form in forms}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_UNITS |= {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_BIG_UNIT, _SINGLE = 10_000, 10
_YEAR_LENGTH = 4

_D, _U = "".join(_DIGITS), "".join(_UNITS)
_NUMBER = re.compile(
    rf"((?<!\d)-)?(\d+(?:\.\d+)?(?:[{_U}](?![a-z])[{_D}\d十百千万亿]*)?"
    rf"|[{_D}十拾百佰千仟][{_D}{_U}]*)"
)
_PART = re.compile(r"\d+(?:\.\d+)?|.")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])")
_VAGUE = re.compile(
    rf"几|[\d{_D}{_U}]\s*(?:多|来|好几)|\d\s*[-~～到至]\s*\d|[{_U}{_D}]\s*[到至]\s*[{_D}\d]"
)


def numbers_in(text: str) -> list[Decimal]:
    """Every number in a folded text, in order; none at all where one is vague (两三千, 一千多)."""
    said = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text.lower())
    words = [(match[1] or "", match[2]) for match in _NUMBER.finditer(said)]
    if _VAGUE.search(said) or any(_is_range(word) for _, word in words):
        return []
    return [_reckon(word) * (-1 if sign else 1) for sign, word in words]


def _is_range(word: str) -> bool:
    """两三千, 七八, 一千五六: two digits side by side, unless a year is spelt out (一九四六)."""
    spelt = [c in _DIGITS and c not in "零〇" for c in word]
    beside = any(a and b for a, b in pairwise(spelt))
    return beside and not (all(c in _DIGITS for c in word) and len(word) >= _YEAR_LENGTH)


def _reckon(word: str) -> Decimal:
    """两千三 → 2300, 1.5万 → 15000, 三千零五 → 3005, 一九四六 → 1946."""
    if all(c in _DIGITS for c in word):
        return Decimal("".join(str(_DIGITS[c]) for c in word))
    total, section, unit, pending = Decimal(0), Decimal(0), 1, None
    for part, value in _parts(word):
        if part in _UNITS:
            unit = _UNITS[part]
            counted = value if pending is None else pending
            section += counted * (unit if unit < _BIG_UNIT else 1)
            if unit >= _BIG_UNIT:
                total, section = total + section * unit, Decimal(0)
            pending = None
        elif part in "零〇":
            unit, pending = 1, None
        else:
            pending = value
    last = unit // 10 if pending is not None and pending < _SINGLE and unit > _SINGLE else 1
    return total + section + (pending or 0) * last


def _parts(word: str) -> Iterator[tuple[str, Decimal]]:
    """Digits and units in order; a unit's value is 1 where it stands first (十二, 百五)."""
    for place, part in enumerate(_PART.findall(word)):
        if part in _UNITS:
            yield part, Decimal(int(place == 0))
        else:
            yield part, Decimal(_DIGITS.get(part, part))
