"""Numbers as citizens write them: 3500, 3千5, 1.5万, 两千三, 三口."""

import re
from collections.abc import Iterator
from decimal import Decimal

_DIGITS = {
    c: n
    for n, cs in enumerate(("零〇", "一", "二两俩", "三", "四", "五", "六", "七", "八", "九"))
    for c in cs
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(
    rf"-?\d+(?:\.\d+)?(?:[{''.join(_UNITS)}][{''.join(_DIGITS)}\d{''.join(_UNITS)}]*)?"
    rf"|[{''.join(_DIGITS)}十百千][{''.join(_DIGITS)}{''.join(_UNITS)}]*"
)
_RANGE = re.compile(
    r"([一二两三四五六七八九])(?!\1)([一二两三四五六七八九])(?=[十百千万个口块])|到|至|\d\s*[-~～]\s*\d"
)
_PART = re.compile(r"\d+(?:\.\d+)?|.")
_BIG_UNIT, _SINGLE = 10_000, 10


def numbers_in(said: str) -> Iterator[Decimal]:
    """Every number in a text; none where one is a range (“两三千”)."""
    if _RANGE.search(said):
        return
    for match in _NUMBER.finditer(said.replace(",", "")):
        yield _reckon(match[0])


def _reckon(word: str) -> Decimal:
    """两千三 → 2300, 1.5万 → 15000, 三千零五 → 3005, 一九四六 → 1946."""
    if all(c in _DIGITS for c in word):
        return Decimal("".join(str(_DIGITS[c]) for c in word))
    total, section, unit, pending = Decimal(0), Decimal(0), 1, None
    for part in _PART.findall(word):
        if part in _UNITS:
            unit = _UNITS[part]
            section += (pending if pending is not None else int(section == 0)) * (
                unit if unit < _BIG_UNIT else 1
            )
            if unit >= _BIG_UNIT:
                total, section = total + section * unit, Decimal(0)
            pending = None
        elif part in "零〇":
            unit, pending = 1, None
        else:
            pending = Decimal(_DIGITS.get(part, part))
    last = unit // 10 if pending is not None and pending < _SINGLE and unit > _SINGLE else 1
    return total + section + (pending or 0) * last
