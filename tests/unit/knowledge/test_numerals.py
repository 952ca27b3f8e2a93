"""Numbers as citizens write them; a range is no number, and no text breaks the reading."""

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.numerals import numbers_in


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("3500", "3500"),
        ("3,500", "3500"),
        ("1,234,567", "1234567"),
        ("3000.50", "3000.5"),
        ("0", "0"),
        ("零", "0"),
        ("〇", "0"),
        ("三", "3"),
        ("两", "2"),
        ("俩", "2"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("二十三", "23"),
        ("一百", "100"),
        ("一百二", "120"),
        ("一百零二", "102"),
        ("一百二十", "120"),
        ("一百一十五", "115"),
        ("两百五", "250"),
        ("百八十", "180"),
        ("千二", "1200"),
        ("三千五", "3500"),
        ("三千五百", "3500"),
        ("三千零五", "3005"),
        ("三千零五十", "3050"),
        ("两千三百四十五", "2345"),
        ("3千5", "3500"),
        ("3千", "3000"),
        ("5百", "500"),
        ("1.5万", "15000"),
        ("1万2", "12000"),
        ("2万4千", "24000"),
        ("2万4千3", "24300"),
        ("一万五", "15000"),
        ("一万零五百", "10500"),
        ("一万零五", "10005"),
        ("两万四", "24000"),
        ("十二万", "120000"),
        ("十万八", "108000"),
        ("一百二十万", "1200000"),
        ("一千万", "10000000"),
        ("一亿三千万", "130000000"),
        ("一九四六", "1946"),
        ("二〇〇〇", "2000"),
        ("每人三口", "3"),
        ("我家五口人", "5"),
        ("大概3500块", "3500"),
    ],
)
def test_a_number_is_read_however_it_is_written(said: str, number: str) -> None:
    assert list(numbers_in(said)) == [Decimal(number)]


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("我每月3000，老婆每月2000", [3000, 2000]),
        ("三口人，两个老人", [3, 2]),
        ("3000和3000", [3000, 3000]),
        ("2000、3000", [2000, 3000]),
        ("没有", []),
        ("", []),
        ("元", []),
        ("万", []),
        ("亿", []),
        ("one", []),
    ],
)
def test_every_number_of_a_text_is_told_in_order(said: str, numbers: list[int]) -> None:
    assert list(numbers_in(said)) == numbers


@pytest.mark.parametrize(
    "said",
    [
        "两三千",
        "三四百块",
        "五六口",
        "七八个",
        "四五万",
        "二三十",
        "两千到三千",
        "两千至三千",
        "2000到3000",
        "2000-3000",
        "2000 - 3000",
        "2000~3000",
        "2000～3000",
    ],
)
def test_a_range_is_no_number(said: str) -> None:
    assert list(numbers_in(said)) == []


@pytest.mark.parametrize("said", ["一千五六", "三万七八", "十七八", "几百", "十几", "几千块"])
def test_a_range_in_the_last_place_is_no_number_either(said: str) -> None:
    assert list(numbers_in(said)) == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("2000,3000", 20003000),
        ("1,2", 12),
        ("3k", 3),
        ("3w", 3),
        ("两仟", 2),
        ("二千伍", 2000),
        ("叁千", 1000),
    ],
)
def test_what_is_only_half_read_is_not_told_as_a_number(said: str, wrong: int) -> None:
    assert wrong not in list(numbers_in(said))


@pytest.mark.parametrize(("said", "number"), [("-5", -5), ("-1.5", "-1.5"), ("我是-500", -500)])
def test_a_number_below_zero_is_read_as_such(said: str, number: int | str) -> None:
    assert list(numbers_in(said)) == [Decimal(number)]


pieces = st.lists(
    st.one_of(
        st.sampled_from([*"零〇一二两俩三九十百千万亿几半点元块口-.,~至到年月日"]),
        st.integers(0, 10**6).map(str),
        st.decimals(0, 1000, places=2).map(str),
    ),
    max_size=8,
).map("".join)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=30), pieces))
@example("-5")
@example("٣٥٠٠")
@example("²")
@example("Ⅻ")
def test_whatever_is_typed_is_read_as_finite_numbers(said: str) -> None:
    assert all(number.is_finite() for number in numbers_in(said))


@given(st.integers(0, 10**12))
def test_a_whole_number_in_digits_is_read_as_itself(number: int) -> None:
    assert list(numbers_in(f"共{number}元")) == [number]
    assert list(numbers_in(f"共{number:,}元")) == [number]
