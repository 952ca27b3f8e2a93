"""For any text: identifying numbers never survive, the office's own numbers always do."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text import clean
from office.numbers import as_18, luhn
from office.patterns import digits_of, read
from office.privacy import find, mask, replace, tokens_in, without_tokens

DIGITS = "0123456789"
FULL_WIDTH = str.maketrans(DIGITS + "X", "０１２３４５６７８９Ｘ")
GAPS = ["", "", "", " ", "-", " - ", "－", "–", ".", "·"]
INVISIBLE = ["", "", "", "\u200b", "\u2060", "\ufeff"]

words = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs"]), max_size=20).filter(
    lambda text: not any(c.isdigit() for c in clean(text))
)  # ㎟ is cleaned to mm2
"""Any text without a digit of any script."""
TELLING = [
    "PASSPORT",
    "HOUSEHOLD",
    "CODE",
    "LAST",
    "END",
    "OTP",
    "照",
    "证",
    "户",
    "位",
    "尾",
    "码",
]
strange = words.filter(lambda text: not any(word in read(text) for word in TELLING))
"""Words that do not tell what a number after them is."""


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


def _with_check_digit(body: str) -> str:
    return next(body + digit for digit in DIGITS if luhn(body + digit))


born = st.dates(date(1900, 1, 1), date(1999, 12, 31)).map("{:%y%m%d}".format)
valid_ids = st.tuples(st.integers(100000, 999999), born, digits(3)).map(
    lambda parts: as_18(f"{parts[0]}{parts[1]}{parts[2]}")
)
valid_cards = st.integers(15, 18).flatmap(digits).map(_with_check_digit)
plain = st.one_of(valid_ids, valid_cards, id_numbers, bank_cards, mobiles)
DISGUISES = [
    dict(zip(DIGITS, forms, strict=True))
    for forms in (
        "〇一二三四五六七八九",
        "零幺两叁肆伍陆柒捌玖",
        "OI23456789",
        "ol23456789",
        "٠١٢٣٤٥٦٧٨٩",
    )
]


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """An identifying number in numerals, lookalikes or another script, all of it or in part."""
    number, table = draw(plain), draw(st.sampled_from(DISGUISES))
    changed = draw(st.lists(st.booleans(), min_size=len(number), max_size=len(number)))
    changed = [True] * len(number) if draw(st.booleans()) else changed
    typed = [table.get(c, c) if hide else c for c, hide in zip(number, changed, strict=True)]
    return draw(st.sampled_from(["", "", " ", "-"])).join(typed)


kept = st.one_of(
    st.sampled_from(["12345", "110", "120", "119", "12338", "95588", "96156", "12356"]),
    st.tuples(st.sampled_from("123456789"), digits(9)).map("".join).filter(str.isascii),
    st.dates(date(1950, 1, 1), date(2049, 12, 31)).flatmap(
        lambda day: st.sampled_from(
            [day.isoformat(), f"{day:%Y.%m.%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月"]
        )
    ),
)

applications = st.tuples(
    st.integers(2000, 2099), st.integers(1, 12), st.integers(4, 6).flatmap(digits)
).map(lambda parts: f"{parts[0]}{parts[1]:02}{parts[2]}")
hotlines = st.sampled_from(["12345", "110", "120", "119", "122", "12338", "95588", "400-810-1234"])
kept_lists = st.one_of(
    st.lists(one, min_size=1, max_size=5).map(" ".join) for one in (hotlines, applications)
)
told = st.sampled_from(
    ["尾号0011", "验证码123456", "2026110001 001x", "户口簿12345678", "E12345678"]
)
LETTERS = str.maketrans("0189", "QRST")


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


@given(st.lists(st.tuples(kept, strange.map(lambda text: f"，{text}，")), max_size=4))
def test_hotlines_case_numbers_and_dates_survive(parts: list[tuple[str, str]]) -> None:
    text = "".join(number + after for number, after in parts)
    assert mask(text) == text


@given(
    words,
    disguised().filter(lambda number: not number.isascii() or any(map(str.isdigit, number))),
    words,
)
@example("", "l 3 9 1 2 3 4 5 6 7 8", "")
@example("", "一一零一零五一九九零零三零七八二一九", "")
@example("", "11O1O5199OO3O78219", "")
def test_no_disguise_saves_a_number(before: str, number: str, after: str) -> None:
    text = f"{before}：{number}，{after}"
    for masked in (mask(text), mask(clean(text))):
        assert digits_of(read(number)).rstrip("X") not in digits_of(read(masked))
        assert not any(c.isdigit() for c in masked), masked


@given(st.lists(st.tuples(words, st.one_of(written(), disguised())), max_size=4), st.booleans())
def test_what_is_found_is_in_order_and_never_overlaps(
    parts: list[tuple[str, str]], proof: bool
) -> None:
    text = "".join(before + number for before, number in parts)
    places = [place for one in find(text, proof=proof) for place in (one.start, one.end)]
    assert places == sorted(places)
    assert all(one.start < one.end and one.value for one in find(text, proof=proof))


typed = st.lists(
    st.one_of(words, written(), disguised(), kept_lists, st.text(), told), max_size=6
).map("".join)


@given(typed, st.booleans())
def test_masking_twice_changes_nothing_more(text: str, proof: bool) -> None:
    once = mask(text, proof=proof)
    assert mask(once, proof=proof) == once


@given(typed.filter(lambda text: not {"〔", "〕"} & set(text)), st.booleans())
def test_without_its_tokens_a_text_is_a_masked_one(text: str, proof: bool) -> None:
    found = find(text, proof=proof)
    tokens = [f"ABCDEFGHIJKLM2{n:02}".translate(LETTERS) for n in range(len(found))]
    put = replace(text, found, tokens)
    assert tokens_in(put) == tokens
    assert without_tokens(put) == mask(text, proof=proof)


@given(st.lists(st.sampled_from("〔〕身份证号:ABCDEFGHIJ234567 "), max_size=60).map("".join))
def test_nobody_can_forge_a_token(text: str) -> None:
    forged = f"〔身份证号:ABCDEFGHIJKLMNOP〕{text}"
    found = find(forged)
    assert tokens_in(replace(forged, found, [None] * len(found))) == []


@given(st.lists(kept_lists, min_size=1, max_size=3), st.sampled_from(["，", "、", "；"]))
def test_lists_of_hotlines_or_application_numbers_survive(lists: list[str], between: str) -> None:
    text = between.join(lists)
    assert mask(text) == text
