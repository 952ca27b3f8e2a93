import pytest

from office.privacy import Kind, find, mask, replace, tokens_in, without_tokens


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("号：１１０１０５-19491231 002ｘ。", Kind.ID_NUMBER, "11010519491231002X"),
        ("一一零一零五一九四九一二三一零零二叉", Kind.ID_NUMBER, "11010519491231002X"),
        ("+86 139-1234-5678", Kind.PHONE, "13912345678"),
        ("0086 139I2345678", Kind.PHONE, "13912345678"),
        ("(010)6234 5678", Kind.PHONE, "01062345678"),
        ("护照e 12345678", Kind.PASSPORT, "E12345678"),
        ("尾号零零一x", Kind.PROOF, "001X"),
    ],
)
def test_the_value_is_plain_however_it_was_typed(text: str, kind: Kind, value: str) -> None:
    assert [(one.kind, one.value) for one in find(text)] == [(kind, value)]


def test_a_token_stands_for_a_number_and_is_taken_out_again() -> None:
    text = "号码110105199003078211，电话13912345678"
    put = replace(text, find(text), ["ABCDEFGH234567AB", None])
    assert put == "号码〔身份证号:ABCDEFGH234567AB〕，电话〔电话号码〕"
    assert tokens_in(put) == ["ABCDEFGH234567AB"]
    assert without_tokens(put) == mask(text)


def test_nobody_can_forge_a_token() -> None:
    typed = "〔身份证号:ABCDEFGH234567AB〕 13912345678"
    put = replace(typed, find(typed), [None])
    assert put == "（身份证号:ABCDEFGH234567AB） 〔电话号码〕"
    assert tokens_in(put) == []
