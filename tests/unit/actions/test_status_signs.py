"""What is heard in a message to the status form, and what is not."""

import pytest

from actions.status_signs import (
    asks_how_long,
    for_a_relative,
    is_of_ones_own,
    lacks_what_is_asked,
    wants_code,
)

LACKS = [
    "没有受理号",
    "我找不到受理号了",
    "受理通知书丢了怎么办",
    "忘了",
    "我不知道",
    "没带",
    "我没有身份证",
    "手机也丢了",
    "I have no number",
    "I lost my notice",
    "forgot",
]
LACKS_NOTHING = [
    "到底批下来没有",
    "结婚证丢了怎么补办",
    "没有户口本能办结婚证吗",
    "身份证丢了怎么补办",
    "没有收入能申请低保吗",
    "查进度",
]
RELATIVES = ["我妈的低保批了没", "替老伴查", "邻居家的", "My Mother's allowance", "给我姑姑查"]
NO_RELATIVES = ["姑娘，帮我查一下", "老人家我去年交的", "小姐姐帮我看看", "大姐，批了没", "查进度"]


@pytest.mark.parametrize("text", LACKS)
def test_who_lacks_number_or_proof_is_heard(text: str) -> None:
    assert lacks_what_is_asked(text)


@pytest.mark.parametrize("text", LACKS_NOTHING)
def test_a_question_with_the_same_words_is_no_lack(text: str) -> None:
    assert not lacks_what_is_asked(text)


@pytest.mark.parametrize("text", RELATIVES)
def test_a_relative_is_heard(text: str) -> None:
    assert for_a_relative(text)


@pytest.mark.parametrize("text", NO_RELATIVES)
def test_what_staff_is_called_is_no_relative(text: str) -> None:
    assert not for_a_relative(text)


@pytest.mark.parametrize(
    ("text", "general"),
    [
        ("低保多久能批下来", True),
        ("How long does approval take?", True),
        ("我的低保多久能批下来", False),
        ("还要多久", False),
        ("查一下还有几天", False),
        ("低保批了没", False),
    ],
)
def test_how_long_it_takes_is_a_general_question_unless_it_is_about_oneself(
    text: str, general: bool
) -> None:
    assert asks_how_long(text) is general


def test_an_application_that_was_made_is_ones_own() -> None:
    assert is_of_ones_own("我的低保批了没")
    assert not is_of_ones_own("残疾证在哪里办")


@pytest.mark.parametrize("text", ["给登记手机发验证码", "验证码没收到", "Send me a code"])
def test_a_wish_for_a_code_is_heard(text: str) -> None:
    assert wants_code(text)
