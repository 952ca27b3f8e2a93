"""ID numbers of residents (GB 11643) and the check digit of bank cards.

County codes are not checked: merged counties and the residence permits of Hong Kong,
Macau, Taiwan and foreign residents (81, 82, 83, 9…) are on no list, and real.
"""

import re
from contextlib import suppress
from datetime import date
from enum import StrEnum, auto
from typing import Final

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_NEW, _OLD = 18, 15
_OLDEST_YEAR = 1800
_FORM = re.compile(r"[1-9][0-9]{14}(?:[0-9]{2}[0-9X])?")


class IdCheck(StrEnum):
    """What is wrong with an ID number, if anything is."""

    VALID = auto()
    WRONG_LENGTH = auto()
    WRONG_CHARACTERS = auto()
    WRONG_DATE = auto()
    WRONG_CHECKSUM = auto()


def check_id(value: str) -> IdCheck:
    """`value` against GB 11643: 18 characters, or 15 digits (born 19xx, no check digit)."""
    number = value.upper()
    if len(number) not in (_NEW, _OLD):
        return IdCheck.WRONG_LENGTH
    if not _FORM.fullmatch(number):
        return IdCheck.WRONG_CHARACTERS
    if not _is_date(_born(number)):
        return IdCheck.WRONG_DATE
    right = len(number) == _OLD or number[-1] == _check_digit(number)
    return IdCheck.VALID if right else IdCheck.WRONG_CHECKSUM


def as_18(value: str) -> str:
    """A valid number in 18 characters: the old form with its century and check digit."""
    number = value.upper()
    if len(number) == _NEW:
        return number
    body = f"{number[:6]}19{number[6:]}"
    return body + _check_digit(body)


def birth_date(value: str) -> date:
    """The date in a valid number."""
    return date.fromisoformat(_born(value))


def last_four(value: str) -> str:
    """The last four characters, the check letter as a capital X."""
    return value[-4:].upper()


def luhn(value: str) -> bool:
    """Whether the last digit is the check digit of the others, as on bank cards (ISO/IEC 7812)."""
    if not re.fullmatch(r"[0-9]+", value):
        return False
    digits = [int(c) for c in reversed(value)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _born(number: str) -> str:
    return number[6:14] if len(number) == _NEW else f"19{number[6:12]}"


def _is_date(compact: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(compact).year >= _OLDEST_YEAR
    return False


def _check_digit(number: str) -> str:
    pairs = zip(number, _WEIGHTS, strict=False)
    return _CHECKS[sum(int(digit) * weight for digit, weight in pairs) % 11]
