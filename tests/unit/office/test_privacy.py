import pytest

from knowledge.text import clean
from office.privacy import BANK_CARD, ID_NUMBER, PHONE, mask

ID_NUMBERS = [
    "110105199003078219",
    "11010519900307821X",
    "11010519900307821x",
    "１１０１０５１９９００３０７８２１Ｘ",
    "110105 19900307 8219",
    "110105-19900307-8219",
    "110105 - 19900307 - 821X",
    "1 1 0 1 0 5 1 9 9 0 0 3 0 7 8 2 1 9",
    "110105—19900307—8219",
    "110105·1990·0307·8219",
    "110105900307821",
]
BANK_CARDS = [
    "6217001234567890",
    "6217 0012 3456 7890 123",
    "6217-0012-3456-7890",
    "６２１７００１２３４５６７８９０",
]
PHONES = [
    "13912345678",
    "139 1234 5678",
    "139-1234-5678",
    "139 - 1234 - 5678",
    "1 3 9 1 2 3 4 5 6 7 8",
    "１３９１２３４５６７８",
    "+8613912345678",
    "+86 139 1234 5678",
    "8613912345678",
    "010-62345678",
    "0571 8765 4321",
    "０１０－６２３４５６７８",
    "(010)62345678",
    "（0571）8765 4321",
    "03126234567",
]
KEPT = [
    "12345",
    "110",
    "打 12345 还是 12348？",
    "2025001234",
    "办件编号 2025001234 到哪一步了",
    "2025-05-10",
    "2025年5月10日",
    "2025/05/10 08:30",
    "20250510",
    "从2025-05-10 - 2025-06-10都不在家",
    "2025.05.10-2025.06.10",
    "补贴 1234.56 元",
    "400-810-1234",
    "100191",
    "",
    "没有数字",
]


def kinds() -> list[tuple[str, str]]:
    return [
        *((number, ID_NUMBER) for number in ID_NUMBERS),
        *((number, BANK_CARD) for number in BANK_CARDS),
        *((number, PHONE) for number in PHONES),
    ]


@pytest.mark.parametrize(("number", "kind"), kinds())
def test_a_number_is_replaced_by_its_kind(number: str, kind: str) -> None:
    assert mask(number) == kind


@pytest.mark.parametrize(("number", "kind"), kinds())
@pytest.mark.parametrize("text", ["我的是{}，能查吗", "my number: {}.", "第3条：{}"])
def test_the_words_around_a_number_stay(text: str, number: str, kind: str) -> None:
    assert mask(text.format(number)) == text.format(kind)


@pytest.mark.parametrize("number", [*ID_NUMBERS, *BANK_CARDS, *PHONES])
def test_letters_after_a_number_do_not_save_it(number: str) -> None:
    assert not any(c.isdigit() for c in mask(f"{number}xx"))


@pytest.mark.parametrize("text", KEPT)
def test_numbers_that_identify_nobody_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("between", ["", " ", "、", "和", "X", " - "])
def test_none_of_several_numbers_is_overlooked(between: str) -> None:
    for number in (*ID_NUMBERS, *BANK_CARDS, *PHONES):
        masked = mask(between.join([number] * 3))
        assert not any(c.isdigit() for c in masked), masked


def test_a_very_long_run_of_digits_goes_as_a_whole() -> None:
    assert mask("1234567890" * 20) == BANK_CARD


def test_a_date_next_to_a_phone_number_does_not_save_the_phone_number() -> None:
    assert "13912345678" not in mask("2025-05-10 13912345678")


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("身份证110105199003078219，手机139 1234 5678")
    assert mask(once) == once


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\n", "\t", "\u3000"])
def test_invisible_characters_between_digits_hide_nothing(hidden: str) -> None:
    assert mask(clean(hidden.join("110105199003078219"))) == ID_NUMBER
