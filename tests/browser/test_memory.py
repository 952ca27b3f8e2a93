"""What the page keeps, what it forgets, and what it never keeps."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Open, Screen

ID_NUMBERS = [
    "11010119900307751X",
    "11010119900307751x",
    "110101199003077512",
    "110101900307751",
    "１１０１０１１９９００３０７７５１Ｘ",
    "110101 19900307 751X",
    "110101-19900307-751X",
    "1101 0119 9003 0775 1X",
    "110101－19900307－751X",
    "110101.19900307.751X",
    "6222021234567890123",
    "6222 0212 3456 7890 123",
]

LATE = {
    "answer": lambda route: route.continue_(),
    "refusal": lambda route: route.fulfill(status=413, json={"message": "太长了"}),
    "failure": lambda route: route.abort(),
}


def test_a_reload_keeps_the_conversation(screen: Screen) -> None:
    screen.ask("结婚登记要准备什么证件")
    screen.ask("离婚冷静期是几天")
    before = screen.log.inner_text()
    screen.page.reload()
    expect(screen.turns).to_have_count(2)
    assert screen.log.inner_text() == before
    expect(screen.turns.last).to_be_in_viewport()


def test_a_reloaded_conversation_goes_on(screen: Screen) -> None:
    screen.ask("结婚登记要准备什么证件")
    screen.page.reload()
    said = screen.ask("那要多少钱")
    expect(said).to_contain_text("不收钱")


def test_a_vote_survives_the_reload(screen: Screen) -> None:
    said = screen.ask("结婚登记收费吗")
    said.get_by_role("button", name="有帮助", exact=True).click()
    expect(said).to_contain_text("谢谢您的反馈")
    screen.page.reload()
    voted = screen.page.get_by_role("button", name="有帮助", exact=True)
    expect(voted).to_have_attribute("aria-pressed", "true")


def test_clearing_asks_first_and_can_be_called_off(screen: Screen) -> None:
    screen.ask("老年证怎么办")
    screen.press("清空对话")
    dialog = screen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("清空这次对话")
    dialog.get_by_role("button", name="取消").click()
    expect(dialog).to_be_hidden()
    expect(screen.turns).to_have_count(1)


def test_clearing_empties_the_page_the_storage_and_the_sender(screen: Screen) -> None:
    with screen.page.expect_request("**/api/chat") as first:
        screen.ask("老年证怎么办")
    screen.type_in("还没发出去的话")
    screen.press("清空对话")
    screen.page.get_by_role("dialog").get_by_role("button", name="清空").click()
    expect(screen.turns).to_have_count(0)
    expect(screen.question).to_have_value("")
    expect(screen.question).to_be_focused()
    assert "老年证" not in screen.kept()
    with screen.page.expect_request("**/api/chat") as second:
        screen.ask("那要多少钱")
    assert first.value.post_data_json["sender"] != second.value.post_data_json["sender"]
    screen.page.reload()
    expect(screen.turns).to_have_count(1)


@pytest.mark.parametrize("late", LATE.values(), ids=LATE.keys())
def test_what_arrives_after_clearing_is_not_shown_to_the_next_citizen(
    screen: Screen, late: Callable[[Route], None]
) -> None:
    screen.watch.expected = ("Failed to load resource",)
    held: list[Route] = []
    screen.on_chat(lambda route: held.append(route))
    screen.type_in("老年证怎么办")
    screen.question.press("Enter")
    expect(screen.turns).to_have_count(1)
    screen.press("清空对话")
    screen.page.get_by_role("dialog").get_by_role("button", name="清空").click()
    late(held[0])
    expect(screen.page.get_by_role("status")).to_be_empty()
    expect(screen.turns).to_have_count(0)
    expect(screen.question).to_have_value("")
    assert "老年证" not in screen.kept()


def test_every_citizen_is_somebody_else(open_page: Open) -> None:
    senders = set()
    for screen in (open_page(), open_page()):
        with screen.page.expect_request("**/api/chat") as asked:
            screen.ask("你好")
        senders.add(asked.value.post_data_json["sender"])
    assert len(senders) == 2
    assert all(len(sender) == 32 for sender in senders)


@pytest.mark.parametrize("number", ID_NUMBERS)
def test_an_identity_number_is_neither_kept_nor_shown(screen: Screen, number: str) -> None:
    screen.ask(f"我的号码是{number}，低保怎么申请")
    assert number not in screen.kept()
    assert number not in screen.log.inner_text()
    assert "低保怎么申请" in screen.asked()[0]
    screen.page.reload()
    expect(screen.turns).to_have_count(1)
    expect(screen.reply()).to_be_visible()
    assert number not in screen.kept()


def test_a_number_that_could_not_be_sent_is_not_kept_either(screen: Screen) -> None:
    screen.watch.expected = ("Failed to load resource",)
    screen.on_chat(lambda route: route.abort(), times=1)
    said = screen.ask("身份证110101199003077512能领补贴吗")
    expect(said).to_contain_text("没有发送成功")
    assert "110101199003077512" not in screen.kept()
    screen.page.reload()
    expect(screen.reply()).to_contain_text("号码没有保存")
    assert "110101199003077512" not in screen.log.inner_text()


@pytest.mark.parametrize(
    "text", ["2026年11月23日能登记吗", "2026-05-10 2026-06-11行吗", "拨12345还是12349"]
)
def test_dates_amounts_and_short_numbers_stay_as_typed(screen: Screen, text: str) -> None:
    screen.ask(text)
    assert screen.asked() == [text]
