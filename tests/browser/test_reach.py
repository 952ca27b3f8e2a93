"""For everybody: by keyboard, by screen reader, on every screen. And the watch itself."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Screen

SIZES = [(320, 568), (360, 740), (390, 844), (844, 390), (768, 1024), (1100, 900), (1920, 1080)]

# The focused element: where it is, whether its focus can be seen, and which of ALL it is.
FOCUSED = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  const {x, y, height} = node.getBoundingClientRect();
  return {index: [...document.querySelectorAll("*")].indexOf(node), x, middle: y + height / 2,
          part: node.closest(".top, .log, .desk")?.className ?? node.className,
          name: node.id || node.textContent,
          ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""
CONTROLS = """() => [...document.querySelectorAll("*")].map((node, index) => [node, index])
  .filter(([node]) => node.matches("a[href], button, textarea") && node.checkVisibility())
  .map(([_, index]) => index)"""


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_hotline_is_always_in_sight(
    open_page: Open, width: int, height: int, elder: bool
) -> None:
    screen = open_page(width, height)
    if elder:
        screen.elder()
    hotline = screen.page.locator(".hotline")
    expect(hotline).to_have_attribute("href", "tel:12345")
    expect(hotline).to_contain_text("12345")
    expect(hotline).to_be_in_viewport(ratio=1)
    screen.ask("低保怎么申请")
    expect(hotline).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("width", [390, 1100])
def test_tab_reaches_everything_in_the_order_it_is_read(
    open_page: Open, width: int, elder: bool
) -> None:
    screen = open_page(width, 844)
    if elder:
        screen.elder()
    screen.unsure()
    screen.ask("结婚登记收费吗")
    if screen.page.locator("#more").is_visible():
        screen.page.locator("#more").click()
    stops = tab_through(screen.page)
    assert set(screen.page.evaluate(CONTROLS)) <= {stop["index"] for stop in stops}
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    parts = list(dict.fromkeys(stop["part"] for stop in stops))
    assert parts == ["skip", "top", "log-frame", "log", "desk"]
    header = [stop for stop in stops if stop["part"] == "top"]
    assert header == sorted(header, key=lambda stop: (round(stop["middle"] / 20), stop["x"]))


def tab_through(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key, once around."""
    page.locator(".skip").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    stops: list[dict[str, Any]] = [page.evaluate(FOCUSED)]
    while stops[-1]["name"] != "send":
        assert len(stops) < 100, "Tab never reaches the send button"
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    return stops


def test_the_first_tab_leads_straight_to_the_question(screen: Screen) -> None:
    screen.page.keyboard.press("Tab")
    skip = screen.page.get_by_role("link", name="跳到输入框")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    screen.page.keyboard.press("Enter")
    expect(screen.question).to_be_focused()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_buttons_obey_the_keyboard_and_the_focus_returns(screen: Screen, key: str) -> None:
    screen.page.locator(".greeting .ask").first.press(key)
    expect(screen.reply().locator(".sources")).to_be_visible()
    expect(screen.question).to_be_focused()


@pytest.mark.parametrize("by", ["Enter", "send"])
def test_the_focus_returns_to_the_question(screen: Screen, by: str) -> None:
    screen.type_in("老年证怎么办")
    if by == "Enter":
        screen.question.press("Enter")
    else:
        screen.press("发送")
    screen.reply()
    expect(screen.question).to_be_focused()
    expect(screen.question).to_be_editable()


def test_escape_leaves_the_question_before_clearing(screen: Screen) -> None:
    clear = screen.page.get_by_role("button", name="清空对话")
    clear.press("Enter")
    expect(screen.page.get_by_role("dialog")).to_be_visible()
    screen.page.keyboard.press("Escape")
    expect(screen.page.get_by_role("dialog")).to_be_hidden()
    expect(clear).to_be_focused()


def test_a_screen_reader_is_told_of_every_new_message(screen: Screen) -> None:
    expect(screen.log).to_have_attribute("aria-live", "polite")
    expect(screen.log).to_have_attribute("aria-relevant", "additions")
    expect(screen.log).to_have_accessible_name("对话")
    screen.ask("老年证怎么办")
    for speaker, told in {".citizen": "您:.*老年证怎么办", ".assistant": "助手:.*老年"}.items():
        message = screen.log.locator(".turn").locator(speaker)
        expect(message).to_contain_text(re.compile(told, re.DOTALL))


def test_a_redrawn_conversation_is_not_read_out_again(screen: Screen) -> None:
    screen.ask("老年证怎么办")
    screen.page.evaluate("""() => {
      const log = document.getElementById("log"), heard = (window.heard = []);
      const listen = () => heard.push(log.getAttribute("aria-live"));
      new MutationObserver(listen).observe(log, {childList: true});
    }""")
    screen.switch("en")
    expect(screen.page.locator(".greeting")).to_contain_text("Hello")
    expect(screen.log).to_have_attribute("aria-live", "polite")
    assert set(screen.page.evaluate("window.heard")) == {"off"}


def test_every_control_has_a_name(screen: Screen) -> None:
    screen.elder()
    screen.ask("结婚登记收费吗")
    for control in screen.page.locator("button, a, textarea, [role]:not([role=status])").all():
        if control.is_visible():
            expect(control).to_have_accessible_name(re.compile(r"\S"))


def test_the_marks_of_a_new_message_stand_on_the_screen(open_page: Open) -> None:
    screen = open_page(390, 844)
    for question in ("低保怎么申请", "离婚冷静期是几天", "老年证怎么办"):
        screen.ask(question)
        expect(screen.turns.last.locator(".citizen .bubble")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("deed", "fault"),
    [
        ("new Image().src = 'https://example.invalid/x.png'", "img-src"),
        ("fetch('https://example.invalid/').catch(() => 0)", "connect-src"),
        ("document.body.setAttribute('onclick', 'x()')", "script-src"),
        ("document.body.setAttribute('style', 'color: red')", "style-src"),
        ("console.error('oh dear')", "oh dear"),
        ("setTimeout(() => missing())", "uncaught"),
    ],
)
def test_the_watch_sees_what_a_page_must_not_do(screen: Screen, deed: str, fault: str) -> None:
    screen.page.evaluate(f"() => {{ {deed}; }}")
    screen.page.wait_for_timeout(300)
    assert any(fault in seen for seen in screen.watch.faults), screen.watch.seen
    screen.watch.seen.clear()
