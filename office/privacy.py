"""Numbers that identify a person are taken out of a text before anything else sees it.

Found in running text, also with full-width digits and with spaces or dashes
between: 18- and 15-digit ID numbers, bank cards, mobile and land-line phones.
Where a run of digits could be two of these, it goes all the same.
"""

import re
import unicodedata

ID_NUMBER, BANK_CARD, PHONE = "〔身份证号〕", "〔银行卡号〕", "〔电话号码〕"

_GAP = r"[ \-‐-―－_.·]{0,3}"
_CHECK = "XxＸｘ"
_ID_LENGTHS = (15, 18)


def _digits(count: str) -> str:
    return rf"(?:\d{_GAP}){count}"


_LONG_RUN = re.compile(rf"(?<!\d)\+?\d(?:{_GAP}\d){{12,}}(?:{_GAP}[{_CHECK}](?![A-Za-z]))?(?!\d)")
_DATES = re.compile(rf"(?:(?:19|20)\d\d([-./])\d{{1,2}}\1\d{{1,2}}{_GAP})+")
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9]{_GAP}{_digits('{8}')}\d(?!\d)")
_LAND_LINE = re.compile(
    rf"(?<!\d)[(（]?0\d{{2,3}}[)）]?{_GAP}[2-8]{_GAP}{_digits('{5,6}')}\d(?!\d)"
)


def mask(text: str) -> str:
    """`text` with every identifying number replaced by its kind."""
    narrow = "".join(unicodedata.normalize("NFKC", c) if c.isdigit() else c for c in text)
    masked = _LONG_RUN.sub(_long_kind, narrow)
    masked = _MOBILE.sub(PHONE, masked)
    return _LAND_LINE.sub(PHONE, masked)


def _long_kind(match: re.Match[str]) -> str:
    if _DATES.fullmatch(match[0]):
        return match[0]
    if _MOBILE.fullmatch(match[0]):
        return PHONE
    count = sum(c.isdigit() or c in _CHECK for c in match[0])
    return ID_NUMBER if count in _ID_LENGTHS else BANK_CARD
