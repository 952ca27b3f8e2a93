"""When the network, the server or the question is not as it should be: nothing typed is lost."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import ENGLISH, SIMPLIFIED, Open, Screen

Answer = Callable[[Route], None]
ASKED = "离婚冷静期是几天"
BUSY = json.dumps({"error": "busy", "message": "现在人多，请稍后再试。"})
NOT_JSON = "<html>502 Bad Gateway</html>"


def fails(status: int, body: str = "") -> Answer:
    return lambda route: route.fulfill(status=status, body=body, content_type="application/json")


FAILURES = {
    "offline": lambda route: route.abort("internetdisconnected"),
    "connection lost": lambda route: route.abort("connectionreset"),
    "500": fails(500),
    "502 from a proxy": fails(502, NOT_JSON),
    "503 with a sentence": fails(503, BUSY),
    "429": fails(429, BUSY),
    "200 that is no JSON": fails(200, NOT_JSON),
}


@pytest.fixture
def screen(screen: Screen) -> Screen:
    """Chromium itself reports a failed request on the console."""
    screen.watch.expected = ("Failed to load resource",)
    return screen


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())
def test_after_a_failure_the_same_message_can_be_sent_again(
    screen: Screen, failure: Answer
) -> None:
    screen.on_chat(failure, times=1)
    sent = []
    screen.page.on("request", lambda call: sent.append(call) if "/api/chat" in call.url else None)
    said = screen.ask(ASKED)
    expect(said).to_contain_text("没有发送成功")
    expect(said.locator("a[href='tel:12345']")).to_be_visible()
    assert screen.asked() == [ASKED]
    screen.press("重试")
    expect(screen.reply()).to_contain_text("30天")
    expect(screen.page.get_by_role("button", name="重试")).to_have_count(0)
    expect(screen.question).to_be_focused()
    assert screen.asked() == [ASKED]
    assert len(sent) == 2
    assert sent[0].post_data_json == sent[1].post_data_json


def test_the_servers_own_sentence_is_shown(screen: Screen) -> None:
    screen.on_chat(fails(503, BUSY), times=1)
    expect(screen.ask(ASKED)).to_contain_text("现在人多，请稍后再试。")


def test_an_answer_lost_on_its_way_is_given_again_and_counted_once(screen: Screen) -> None:
    first = []

    def lose(route: Route) -> None:
        first.append(route.fetch().json())
        route.abort("connectionreset")

    screen.on_chat(lose, times=1)
    expect(screen.ask(ASKED)).to_contain_text("没有发送成功")
    with screen.page.expect_response("**/api/chat") as again:
        screen.press("重试")
    assert again.value.json() == first[0]


def test_a_silent_server_is_given_up_after_fifteen_seconds(screen: Screen) -> None:
    screen.page.clock.install()
    screen.on_chat(lambda _: None, times=1)
    screen.type_in(ASKED)
    screen.question.press("Enter")
    status = screen.page.get_by_role("status")
    expect(status).to_have_text("正在查找…")
    screen.page.clock.run_for(7_000)
    expect(status).to_contain_text("请再等一会儿")
    screen.page.clock.run_for(9_000)
    expect(screen.turns.last).to_contain_text("等了太久没有回应", timeout=5_000)
    screen.press("重试")
    expect(screen.turns.last).to_contain_text("30天")


def test_while_waiting_nothing_else_is_sent(screen: Screen) -> None:
    held: list[Route] = []
    screen.on_chat(lambda route: held.append(route))
    screen.type_in(ASKED)
    screen.question.press("Enter")
    expect(screen.page.get_by_role("status")).to_have_text("正在查找…")
    screen.question.press("Enter")
    screen.page.locator("#send").click(force=True)
    screen.page.locator(".greeting .ask").first.click()
    assert len(held) == 1
    held[0].continue_()
    expect(screen.reply()).to_contain_text("30天")
    expect(screen.turns).to_have_count(1)


def test_a_page_closed_while_waiting_offers_the_question_again(screen: Screen) -> None:
    screen.on_chat(lambda _: None, times=1)
    screen.type_in(ASKED)
    screen.question.press("Enter")
    expect(screen.page.get_by_role("status")).to_have_text("正在查找…")
    screen.page.reload()
    expect(screen.reply()).to_contain_text("上次没有等到回复")
    screen.press("重试")
    expect(screen.turns.last).to_contain_text("30天")


def test_a_vote_that_failed_can_be_given_again(screen: Screen) -> None:
    said = screen.ask(ASKED)
    screen.page.route("**/api/feedback", fails(500), times=1)
    helpful = said.get_by_role("button", name="有帮助", exact=True)
    helpful.click()
    expect(said).to_contain_text("没有提交成功")
    expect(helpful).to_have_attribute("aria-pressed", "false")
    helpful.click()
    expect(said).to_contain_text("谢谢您的反馈")


def test_more_than_a_thousand_characters_are_refused_and_given_back(screen: Screen) -> None:
    long = "低保怎么申请" * 167
    assert len(long) == 1002
    screen.question.evaluate("box => box.removeAttribute('maxlength')")
    said = screen.ask(long)
    expect(said).to_contain_text("一次最多 1000 个字")
    expect(screen.question).to_have_value(long)
    expect(screen.page.get_by_role("button", name="重试")).to_have_count(0)
    screen.type_in("低保怎么申请")
    screen.question.press("Enter")
    expect(screen.reply().locator(".sources")).to_be_visible()


def test_the_box_takes_a_thousand_characters_and_says_so(screen: Screen) -> None:
    counter = screen.page.locator("#counter")
    screen.question.focus()
    screen.page.keyboard.insert_text("问" * 899)
    expect(counter).to_be_hidden()
    screen.page.keyboard.insert_text("问" * 51)
    expect(counter).to_have_text("还可输入 50 字")
    screen.page.keyboard.insert_text("问" * 300)
    expect(counter).to_have_text("已到 1000 字上限")
    assert len(screen.question.input_value()) == 1000
    said = screen.ask("问" * 1000)
    expect(said).not_to_contain_text("没有发送成功")
    expect(counter).to_be_hidden()


def test_an_answer_without_the_dialogue_is_marked(screen: Screen) -> None:
    def degrade(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"degraded": True})

    said_fully = screen.ask(ASKED)
    expect(said_fully).not_to_contain_text("当前为简化模式")
    screen.on_chat(degrade, times=1)
    expect(screen.ask(ASKED)).to_contain_text("当前为简化模式")


def test_a_failure_is_told_in_the_language_of_the_page(open_page: Open) -> None:
    screen = open_page(language=ENGLISH)
    screen.watch.expected = ("Failed to load resource",)
    screen.on_chat(lambda route: route.abort(), times=1)
    said = screen.ask("How do I apply for dibao?")
    expect(said).to_contain_text("No connection. What you wrote is still here.")
    screen.switch(SIMPLIFIED)
    expect(screen.turns.last).to_contain_text("网络不通")
    screen.press("重试")
    expect(screen.reply().locator(".sources")).to_be_visible()
