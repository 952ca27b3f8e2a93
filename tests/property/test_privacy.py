"""For any text: identifying numbers never survive, the office's own numbers always do."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text import clean
from office.privacy import mask

DIGITS = "0123456789"
FULL_WIDTH = str.maketrans(DIGITS + "X", "０１２３４５６７８９Ｘ")
GAPS = ["", "", "", " ", "-", " - ", "－", "–", ".", "·"]
INVISIBLE = ["", "", "", "\u200b", "\u2060", "\ufeff"]

words = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=20)
"""Any text without a digit of any script."""


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


id_numbers = st.one_of(
    st.tuples(digits(17), st.sampled_from(DIGITS + "Xx")).map("".join), digits(15)
)
bank_cards = st.integers(16, 19).flatmap(digits)
mobiles = st.tuples(
    st.sampled_from(["", "", "86", "+86"]), st.just("1"), st.sampled_from("3456789"), digits(9)
).map("".join)
land_lines = st.tuples(
    st.sampled_from(["010", "021", "0571", "0755"]), st.sampled_from("2345678"), digits(7)
)


@st.composite
def written(draw: st.DrawFn) -> str:
    """An identifying number as somebody might type it."""
    if draw(st.integers(0, 4)) == 0:
        area, first, rest = draw(land_lines)
        typed = area + draw(st.sampled_from(GAPS)) + _spread(first + rest, draw)
    else:
        typed = _spread(draw(st.one_of(id_numbers, bank_cards, mobiles)), draw)
    return typed.translate(FULL_WIDTH) if draw(st.booleans()) else typed


def _spread(number: str, draw: st.DrawFn) -> str:
    """`number` with the same or different gaps after some of its digits."""
    gaps = draw(st.lists(st.sampled_from(GAPS), min_size=len(number), max_size=len(number)))
    body = "".join(digit + gap for digit, gap in zip(number, gaps, strict=True))
    return body.rstrip("".join(GAPS)) if draw(st.booleans()) else body


kept = st.one_of(
    st.sampled_from(["12345", "110", "120", "119", "12338", "12348", "12355", "12356"]),
    st.tuples(st.sampled_from("123456789"), digits(9)).map("".join).filter(str.isascii),
    st.dates(date(1950, 1, 1), date(2049, 12, 31)).flatmap(
        lambda day: st.sampled_from(
            [day.isoformat(), f"{day:%Y.%m.%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月"]
        )
    ),
)


@given(words, st.lists(st.tuples(written(), words), min_size=1, max_size=4))
@example("", [("110105 19900307 8219", " "), ("110105 19900307 8219", "")])
@example("卡号", [("6217001234567890123", "xx")])
def test_no_digit_of_an_identifying_number_survives(
    before: str, numbers: list[tuple[str, str]]
) -> None:
    text = before + "".join(number + after for number, after in numbers)
    for masked in (mask(text), mask(clean(text))):
        assert not any(c.isdigit() for c in masked), masked


@given(written(), st.lists(st.sampled_from(INVISIBLE), min_size=80, max_size=80))
def test_invisible_characters_do_not_save_a_number(number: str, invisible: list[str]) -> None:
    text = "".join(c + hidden for c, hidden in zip(number, invisible, strict=False))
    assert not any(c.isdigit() for c in mask(clean(text)))


@given(st.lists(st.tuples(kept, words.map(lambda text: f"，{text}，")), max_size=4))
def test_hotlines_case_numbers_and_dates_survive(parts: list[tuple[str, str]]) -> None:
    text = "".join(number + after for number, after in parts)
    assert mask(text) == text


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)
