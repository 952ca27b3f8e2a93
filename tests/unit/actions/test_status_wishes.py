"""What a citizen wants of news, read from the words: a wish, its opposite, or neither."""

import pytest

from actions.status import wants_news, wants_no_more

WISHES = [
    "有进展请通知我",
    "有消息了告诉我一声",
    "批下来通知我",
    "到下一步的时候提醒我，有进展说一声",
    "别忘了通知我",
    "不要忘了有结果通知我",
    "Tell me when my application moves",
    "please notify me",
]
REFUSALS = [
    "不用通知了",
    "不用再通知我了",
    "不需要通知我了",
    "不必通知我",
    "无需提醒",
    "别再给我发进展了",
    "不想再收到通知了",
    "别给我发短信通知了",
    "取消提醒",
    "no more messages about my application",
    "Please don't notify me",
    "don’t tell me when it moves",
    "stop notifying me",
]
NEITHER = ["查进度", "我的低保批了没", "受理通知书丢了", "给登记手机发验证码", "check again"]


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_for_news_is_one(text: str) -> None:
    assert wants_news(text)
    assert not wants_no_more(text)


@pytest.mark.parametrize("text", REFUSALS)
def test_who_wants_no_news_never_gets_them(text: str) -> None:
    assert wants_no_more(text)
    assert not wants_news(text)


@pytest.mark.parametrize("text", NEITHER)
def test_other_words_are_no_wish_at_all(text: str) -> None:
    assert not wants_news(text)
    assert not wants_no_more(text)
