"""Numbers that identify a person are taken out of a text before anything else sees it.

Found in running text, whatever they are dressed in: other scripts' digits, Chinese numerals,
letters for digits, gaps between. Where a run of digits could be two things, it goes all the
same; hotlines, dates and application numbers stay only where they account for a whole run.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase
from typing import Final

from office import patterns
from office.numbers import IdCheck, check_id, luhn
from office.patterns import Groups, Stretch, fewest_parts


class Kind(StrEnum):
    """What a number that was found is."""

    ID_NUMBER = "id_number"
    BANK_CARD = "bank_card"
    PHONE = "phone"
    HOUSEHOLD_BOOK = "household_book"
    PASSPORT = "passport"
    """Travel permits too."""
    LONG_NUMBER = "long_number"
    """Of no known kind, such as one with a wrong check digit."""
    PROOF = "proof"
    """The last four characters of an ID number or a phone, or a one-time code of six digits."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number at text[start:end]; `value` in ASCII digits and capitals, without gaps and +86."""

    kind: Kind
    start: int
    end: int
    value: str


_NAMES: Final = {
    Kind.ID_NUMBER: "身份证号",
    Kind.BANK_CARD: "银行卡号",
    Kind.PHONE: "电话号码",
    Kind.HOUSEHOLD_BOOK: "户口簿号",
    Kind.PASSPORT: "护照号",
    Kind.LONG_NUMBER: "号码",
    Kind.PROOF: "验证信息",
}
_TOKEN = re.compile(rf"〔({'|'.join(_NAMES.values())}):([A-Z2-7]{{16}})〕")
_FORGED: Final = str.maketrans("〔〕", "（）")

_LONG, _LONG_SPELT = 13, 15
"""From so many digits on a run goes, whatever it is; numerals count up and list more often."""
_CARD = range(16, 20)
_ABROAD = range(10, _LONG)
_OLD_ID = 15
_SURE: Final = {Kind.ID_NUMBER, Kind.PHONE, Kind.PROOF}  # numerals behind it are the next word's
_SHOWS_LAST = 3


def find(text: str, *, proof: bool = False) -> list[Found]:
    """Every identifying number, in order, never overlapping.

    `proof`: the citizen was just asked for one, so four characters or six digits alone are one.
    """
    seen, found = patterns.read(text), list[Found]()
    while more := _round(seen, proof):
        seen, found = _blank(seen, more), found + more
    return sorted(found, key=lambda one: one.start)


def mask(text: str, *, proof: bool = False) -> str:
    """`text` with every identifying number replaced by its kind."""
    return "".join(
        piece if isinstance(piece, str) else marked(piece.kind)
        for piece in _pieces(text, find(text, proof=proof))
    )


def marked(found: Kind, token: str | None = None) -> str:
    """What stands for a number: 〔身份证号〕, or 〔身份证号:TOKEN〕 where the vault has it."""
    return f"〔{_NAMES[found]}:{token}〕" if token else f"〔{_NAMES[found]}〕"


def replace(text: str, found: Sequence[Found], tokens: Sequence[str | None]) -> str:
    """`text` with marks and tokens for what was found; brackets typed outside cannot forge one."""
    left = iter(tokens)
    return "".join(
        piece.translate(_FORGED) if isinstance(piece, str) else marked(piece.kind, next(left))
        for piece in _pieces(text, found)
    )


def without_tokens(text: str) -> str:
    """For people to read: the kinds without the tokens."""
    return _TOKEN.sub(r"〔\1〕", text)


def tokens_in(text: str) -> list[str]:
    """The tokens in a text, in order."""
    return [match[2] for match in _TOKEN.finditer(text)]


def masked_name(name: str) -> str:
    """王*, 李*明, 欧**华, 买*江, J* S*: never the whole name; empty stays empty."""
    words = name.split()
    if all(c.isascii() for c in name):
        return " ".join(f"{word[0]}*" if word[1:].strip("*") else "*" for word in words)
    whole = "".join(words)
    if len(whole) < _SHOWS_LAST:
        return f"{whole[0]}*" if len(whole) > 1 else "*"
    hidden = 1 if any(dot in whole for dot in "·•・‧.") else min(len(whole) - 2, 2)
    return whole[0] + "*" * hidden + whole[-1]


def masked_phone(phone: str) -> str:
    """139****5678; of a number of another length the last four at most."""
    digits = patterns.without_country(patterns.value_of(patterns.read(phone)))
    return f"{digits[:3] if len(digits) > 9 else ''}****{digits[-4:] if len(digits) > 7 else ''}"


def _pieces(text: str, found: Sequence[Found]) -> Iterator[str | Found]:
    at = 0
    for one in found:
        yield text[at : one.start]
        yield one
        at = one.end
    yield text[at:]


def _blank(seen: str, found: Sequence[Found]) -> str:
    """What is found breaks every pattern from now on, as its mark will."""
    for one in found:
        seen = seen[: one.start] + "〕" * (one.end - one.start) + seen[one.end :]
    return seen


def _round(seen: str, proof: bool) -> list[Found]:
    found = [one for stretch in patterns.stretches(seen) for one in _in_stretch(stretch)]
    told = [
        (Kind.PHONE, patterns.BRACKETED_PHONE),
        (Kind.PROOF, patterns.TOLD_PROOF),
        (Kind.HOUSEHOLD_BOOK, patterns.BOOK),
        (Kind.PASSPORT, patterns.PASSPORT),
        *([(Kind.PROOF, patterns.BARE_PROOF)] if proof else []),
    ]
    for kind, pattern in told:
        for view in (lambda now: now, patterns.spoken):
            found += _by_form(kind, pattern, view(_blank(seen, found)))
    return found


def _by_form(kind: Kind, pattern: re.Pattern[str], seen: str) -> Iterator[Found]:
    for match in pattern.finditer(seen):
        name = str(match.lastgroup)
        value = patterns.value_of(match[name])
        stays = patterns.APPLICATION.fullmatch(value.lstrip(ascii_uppercase))
        if not stays and not all(map(patterns.HOTLINE.fullmatch, match[name].split())):
            yield Found(kind, *match.span(name), value)


def _in_stretch(stretch: Stretch) -> list[Found]:
    if stretch.count >= (_LONG_SPELT if stretch.is_spelt else _LONG):
        return _settled(stretch)
    if stretch.is_phone:
        return [_found(Kind.PHONE, stretch)]
    plainly = [one for part in stretch.plainer() for one in _in_stretch(part)]
    return plainly or _phones(stretch) or _spelt_mobile(stretch)


def _settled(stretch: Stretch) -> list[Found]:
    """A long run: what it is made of, if all of it can be told; otherwise it goes as a whole."""
    cuts = [_parts(stretch), _parts(stretch.without_x())]
    told = [cut for cut in cuts if cut is not None]
    words = [_parts(shorter) for shorter in stretch.without_word()]
    sure = [cut for cut in told if all(one.kind is not Kind.LONG_NUMBER for one in cut)]
    sure += [cut for cut in words if cut and all(one.kind in _SURE for one in cut)]
    return next(iter([*sure, *told]), [_found(Kind.LONG_NUMBER, stretch)])


def _parts(stretch: Stretch) -> list[Found] | None:
    groups = stretch.groups
    if fewest_parts(len(groups), lambda *place: _stays(stretch, groups, *place)) is not None:
        return []
    cut = fewest_parts(
        len(groups),
        lambda *place: bool(_kind(stretch, groups, *place)) or _stays(stretch, groups, *place),
    )
    if cut is None:
        return None
    pieces = [(stretch.part(groups, *place), _kind(stretch, groups, *place)) for place in cut]
    return [_found(kind, piece) for piece, kind in pieces if kind]


def _stays(stretch: Stretch, groups: Groups, at: int, end: int) -> bool:
    piece = stretch.part(groups, at, end).spoken
    alone = end == at + 1 and patterns.STAYS.fullmatch(piece)
    return bool(alone or patterns.STAYS_IN_GROUPS.fullmatch(piece))


def _kind(stretch: Stretch, groups: Groups, at: int, end: int) -> Kind | None:
    """What a piece of a run is by its digits alone."""
    piece = stretch.part(groups, at, end)
    value = patterns.digits_of(piece.text)
    if check_id(value) is IdCheck.VALID and not (len(value) == _OLD_ID and piece.reads_as_list):
        return Kind.ID_NUMBER
    if patterns.PHONE.fullmatch(value):
        return Kind.PHONE
    if len(value) in _CARD and luhn(value) and not piece.reads_as_list:
        return Kind.BANK_CARD
    if end > at + 1:
        return None
    if patterns.PROOF.fullmatch(value) and stretch.has_application_beside(groups, at):
        return Kind.PROOF
    stays = patterns.STAYS.fullmatch(piece.spoken)
    return Kind.LONG_NUMBER if len(value) >= _LONG and not stays else None


def _phones(stretch: Stretch) -> list[Found]:
    """The phones in a short run; a number from abroad shows by its plus sign."""
    if stretch.text.startswith("+") and stretch.count in _ABROAD:
        return [_found(Kind.PHONE, stretch)]
    groups, found, at = stretch.without_x().groups, list[Found](), 0
    while at < len(groups):
        pieces = (stretch.part(groups, at, end) for end in range(len(groups), at, -1))
        phone = next((one for one in pieces if one.is_phone), None)
        if phone:
            found.append(_found(Kind.PHONE, phone))
        at += len(phone.groups) if phone else 1
    return found


def _spelt_mobile(stretch: Stretch) -> list[Found]:
    """A mobile read out, with a numeral too many before or after it."""
    mobile = stretch.is_spelt and patterns.MOBILE.search(patterns.digits_of(stretch.text))
    return [Found(Kind.PHONE, stretch.start, stretch.end, mobile[0])] if mobile else []


def _found(kind: Kind, stretch: Stretch) -> Found:
    value = patterns.digits_of(stretch.text)
    if kind is Kind.PHONE:
        value = patterns.without_country(value)
    return Found(kind, stretch.start, stretch.end, value)
