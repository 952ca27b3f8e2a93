from time import perf_counter

import pytest

from knowledge.text import clean
from office.privacy import Kind, find, marked, mask

ID_NUMBER, BANK_CARD, PHONE = marked(Kind.ID_NUMBER), marked(Kind.BANK_CARD), marked(Kind.PHONE)
LONG, PROOF = marked(Kind.LONG_NUMBER), marked(Kind.PROOF)
BOOK, PASSPORT = marked(Kind.HOUSEHOLD_BOOK), marked(Kind.PASSPORT)

ID_NUMBERS = [
    "110105199003078211",
    "11010519491231002X",
    "11010519491231002x",
    "１１０１０５１９４９１２３１００２Ｘ",
    "110105 19900307 8211",
    "110105-19900307-8211",
    "110105/19900307/8211",
    "110105 - 19491231 - 002X",
    "1 1 0 1 0 5 1 9 9 0 0 3 0 7 8 2 1 1",
    "110105—19900307—8211",
    "110105·1990·0307·8211",
    "110105900307821",
    "1101O5199OO3o78211",
    "ll0105199003078211",
    "1 1 0 1 O 5 1 9 9 O O 3 O 7 8 2 1 1",
    "١١٠١٠٥١٩٩٠٠٣٠٧٨٢١١",
    "①①⓪①⓪⑤①⑨⑨⓪⓪③⓪⑦⑧②①①",
    "一一零一零五一九九零零三零七八二一一",
    "幺幺零幺零五幺九九零零三零七八二幺幺",
    "一一〇一〇五 一九九〇〇三〇七 八二一一",
    "壹壹零壹零伍壹玖玖零零叁零柒捌贰壹壹",
    "110105一九九〇零三零七8211",
    "一一零一零五一九四九一二三一零零二叉",
    "11010519491231002×",
    "1\u200b10105199003078211",
]
BANK_CARDS = [
    "6217001234567893",
    "6217 0012 3456 7890 122",
    "6217-0012-3456-7893",
    "６２１７００１２３４５６７８９３",
    "621700123456789三",
    "六二一七零零一二三四五六七八九三",
]
LONG_NUMBERS = [
    "110105199003078219",
    "一一零一零五一九九零零三零七八二一九",
    "6217001234567890",
    "6217 0012 3456 7890 123",
    "1234567890123",
    "1234567890" * 50,
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
    "0086 139 1234 5678",
    "+86 10 6234 5678",
    "139I2345678",
    "幺三九一二三四五六七八",
    "一三九 一二三四 五六七八",
    "139一二三四5678",
]
OTHERS = [
    ("户口簿号：123456789", f"户口簿号：{BOOK}"),
    ("户口本编号 A12345", f"户口本编号 {BOOK}"),
    ("户号是 001234567", f"户号是 {BOOK}"),
    ("护照 E12345678", f"护照 {PASSPORT}"),
    ("EA1234567", PASSPORT),
    ("ｇ１２３４５６７８", PASSPORT),
    ("H12345678", PASSPORT),
    ("M1234567801", PASSPORT),
    ("护照号是 AB123456", f"护照号是 {PASSPORT}"),
    ("台胞证12345678", f"台胞证{PASSPORT}"),
    ("my passport number is 512345678", f"my passport number is {PASSPORT}"),
    ("尾号0011", f"尾号{PROOF}"),
    ("尾号：００１ｘ", f"尾号：{PROOF}"),
    ("身份证后四位是八二一叉，谢谢", f"身份证后四位是{PROOF}，谢谢"),
    ("最后4位 0011", f"最后4位 {PROOF}"),
    ("last four of my ID are 001x", f"last four of my ID are {PROOF}"),
    ("ending in 0011", f"ending in {PROOF}"),
    ("验证码是123456", f"验证码是{PROOF}"),
    ("验证码一二三四五六", f"验证码{PROOF}"),
    ("code: 123 456", f"code: {PROOF}"),
    ("2026110001 0011", f"2026110001 {PROOF}"),
    ("2026110001-001x", f"2026110001-{PROOF}"),
    ("2026110001，0011", f"2026110001，{PROOF}"),
    ("2026110001，尾号0011", f"2026110001，尾号{PROOF}"),
    ("2026110001 123456", f"2026110001 {PROOF}"),
    ("MZ2026110001 0011", f"MZ2026110001 {PROOF}"),
    ("2026110001 0011 2026110002 002X", f"2026110001 {PROOF} 2026110002 {PROOF}"),
    ("2026110001 13912345678", f"2026110001 {PHONE}"),
    ("2026110001 110105199003078211", f"2026110001 {ID_NUMBER}"),
    ("12345 13912345678", f"12345 {PHONE}"),
    ("2025-05-10 13912345678", f"2025-05-10 {PHONE}"),
    ("我一一三九一二三四五六七八", f"我{PHONE}"),
    ("13912345678 I am", f"{PHONE} I am"),
    ("13912345678二女儿", f"{PHONE}二女儿"),
    ("110105199003078211一共", f"{ID_NUMBER}一共"),
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
    "12345 12338 12355",
    "110 119 120 122 12345 95588 96156",
    "400-810-1234 12345",
    "2026110001 12345",
    "2026110001 2026110002 2026110003",
    "2026110001、2026110002、2026110003",
    "20250510 - 20250610",
    "2026110001，2025年",
    "最后四位是2025年",
    "postal code 100191",
    "一九九〇年五月",
    "十二三四十岁",
    "一二三四五",
    "二〇二六年十一月二十五日",
    "二〇二六.一一.二五-二〇二六.一二.二五",
    "一一回答",
    "三三两两",
    "五四三二一",
    "一二三四五六七八九十",
    "国办发〔2023〕39号",
    "oil lol 12345 ill",
]


def kinds() -> list[tuple[str, str]]:
    return [
        *((number, ID_NUMBER) for number in ID_NUMBERS),
        *((number, BANK_CARD) for number in BANK_CARDS),
        *((number, LONG) for number in LONG_NUMBERS),
        *((number, PHONE) for number in PHONES),
    ]


@pytest.mark.parametrize(("number", "kind"), kinds())
def test_a_number_is_replaced_by_its_kind(number: str, kind: str) -> None:
    assert mask(number) == kind


@pytest.mark.parametrize(("number", "kind"), kinds())
@pytest.mark.parametrize("text", ["我的是{}，能查吗", "my number: {}.", "第3条：{}"])
def test_the_words_around_a_number_stay(text: str, number: str, kind: str) -> None:
    assert mask(text.format(number)) == text.format(kind)


@pytest.mark.parametrize("number", [number for number, _ in kinds()])
def test_letters_after_a_number_do_not_save_it(number: str) -> None:
    assert not any(c.isdigit() for c in mask(f"{number}xx"))


@pytest.mark.parametrize("text", KEPT)
def test_numbers_that_identify_nobody_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("between", ["", " ", "、", "和", "X", " - "])
def test_none_of_several_numbers_is_overlooked(between: str) -> None:
    for number in (number for number, _ in kinds()):
        masked = mask(between.join([number] * 3))
        assert not any(c.isdigit() for c in masked), masked


def test_a_very_long_run_of_digits_goes_as_a_whole() -> None:
    assert mask("1234567890" * 20) == LONG


def test_a_date_next_to_a_phone_number_does_not_save_the_phone_number() -> None:
    assert "13912345678" not in mask("2025-05-10 13912345678")


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("身份证110105199003078219，手机139 1234 5678")
    assert mask(once) == once


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\n", "\t", "\u3000"])
def test_invisible_characters_between_digits_hide_nothing(hidden: str) -> None:
    assert mask(clean(hidden.join("110105199003078211"))) == ID_NUMBER


@pytest.mark.parametrize(("text", "masked"), OTHERS)
def test_what_stands_around_a_number_tells_its_kind(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked


@pytest.mark.parametrize(
    "text", ["0011", "我的是001x", "零零一一", "123456", "123 456", "0 0 1 1", "００１１"]
)
def test_a_proof_alone_is_found_only_when_one_was_asked_for(text: str) -> None:
    assert PROOF in mask(text, proof=True)
    assert mask(text) == text


@pytest.mark.parametrize(
    "text", ["2026110001", "2025年", "2025-05-10", "12345", "一二", "2025.05", "1990/03/07"]
)
def test_what_is_no_proof_stays_when_one_was_asked_for(text: str) -> None:
    assert mask(text, proof=True) == text


@pytest.mark.parametrize("text", ["7" * 1000, "1 " * 500, "一" * 1000, "110 " * 250, "1O " * 333])
def test_a_thousand_characters_of_digits_are_read_at_once(text: str) -> None:
    started = perf_counter()
    find(text, proof=True)
    assert perf_counter() - started < 1
