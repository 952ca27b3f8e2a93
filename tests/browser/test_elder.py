"""长辈版: large text, large targets, room between the lines, and nothing beside the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ENGLISH, SIMPLIFIED, TRADITIONAL, Open, Screen

LEAST_TEXT, LARGEST_TEXT, LEAST_TARGET, LEAST_LINE = 18, 30, 60, 1.3
PHONE, NARROW, DESKTOP = (390, 844), (320, 640), (1100, 900)

# Every piece of text on the page with its size and the height of its line, in px.
TEXTS = """() => {
  const visible = (node) => node.checkVisibility() && !node.closest(".spoken, .skip");
  const own = (node) => [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const all = [...document.body.querySelectorAll("*")];
  const shown = all.filter((node) => visible(node) && (own(node) || node.matches("textarea")));
  return shown.map((node) => {
    const {fontSize, lineHeight} = getComputedStyle(node);
    return {what: `${node.tagName} ${node.className} ${node.textContent.slice(0, 20)}`,
            size: parseFloat(fontSize), line: parseFloat(lineHeight) / parseFloat(fontSize)};
  });
}"""
# Every control; a telephone number within a sentence is text.
TARGETS = """() => [...document.querySelectorAll("button, textarea, a:not(.tel):not(.skip)")]
  .filter((node) => node.checkVisibility())
  .map((node) => { const {width, height} = node.getBoundingClientRect();
                   return {what: node.textContent || node.id, width, height}; })"""


@pytest.fixture(params=[PHONE, NARROW, DESKTOP], ids=["phone", "narrow", "desktop"])
def full(request: pytest.FixtureRequest, open_page: Open) -> Screen:
    """A page with everything on it: answer, choices, emergency, failure, counter, tools."""
    screen = open_page(*request.param)
    screen.watch.expected = ("Failed to load resource",)
    screen.elder()
    screen.unsure()
    screen.ask("结婚登记收费吗").get_by_role("button", name="有帮助", exact=True).click()
    screen.ask("我妈晕倒了叫不醒")
    screen.on_chat(lambda route: route.abort(), times=1)
    screen.ask("老年证怎么办")
    screen.type_in("问" * 950)
    if screen.page.locator("#more").is_visible():
        screen.page.locator("#more").click()
    return screen


def test_every_text_is_large_with_room_between_the_lines(full: Screen) -> None:
    for larger in (0, 4):
        for _ in range(larger):
            full.page.locator("#larger").click()
        texts = full.page.evaluate(TEXTS)
        assert len(texts) > 50
        assert [text for text in texts if text["size"] < LEAST_TEXT] == []
        assert [text for text in texts if not round(text["line"], 2) >= LEAST_LINE] == []


def test_every_control_is_large_enough_for_a_finger(full: Screen) -> None:
    full.press("清空对话")
    targets = full.page.evaluate(TARGETS)
    assert len(targets) > 20
    assert [t for t in targets if min(t["width"], t["height"]) < LEAST_TARGET] == []


def test_the_text_grows_to_thirty_pixels_and_back(screen: Screen) -> None:
    screen.ask("老年证怎么办")
    screen.elder()
    answer = screen.turns.last.locator(".bubble").last
    sizes = [pixels(screen)]
    for _ in range(5):
        screen.page.locator("#larger").click(force=True)
        sizes.append(pixels(screen))
    assert sizes == [22, 24, 26, 28, LARGEST_TEXT, LARGEST_TEXT]
    expect(answer).to_have_css("font-size", "30px")
    expect(screen.page.locator("#larger")).to_have_attribute("aria-disabled", "true")
    for _ in range(5):
        screen.page.locator("#smaller").click(force=True)
    assert pixels(screen) == 22


def pixels(screen: Screen) -> float:
    """The size of an answer's text."""
    size = "node => parseFloat(getComputedStyle(node).fontSize)"
    found: float = screen.turns.last.locator(".bubble li").first.evaluate(size)
    return found


def test_the_normal_page_is_readable_too(screen: Screen) -> None:
    screen.ask("老年证怎么办")
    assert 17 <= pixels(screen) <= 18


def test_size_and_elder_mode_are_remembered_until_switched_off(screen: Screen) -> None:
    screen.ask("老年证怎么办")
    screen.elder(larger=2)
    screen.page.reload()
    expect(screen.turns).to_have_count(1)
    assert pixels(screen) == 26
    screen.press("标准版")
    assert pixels(screen) <= 18
    expect(screen.page.get_by_role("button", name="长辈版")).to_be_visible()


@pytest.mark.parametrize("language", [SIMPLIFIED, TRADITIONAL, ENGLISH])
@pytest.mark.parametrize("larger", [None, 0, 4], ids=["normal", "elder", "elder at 30 px"])
def test_nothing_sticks_out_at_320_pixels(
    open_page: Open, language: str, larger: int | None
) -> None:
    screen = open_page(320, 640, language)
    if larger is not None:
        screen.elder(larger)
        screen.page.locator("#more").click()
    for question in ("Documents to marry?", "结婚登记收费吗", "证丢了", "持刀行凶", "x" * 99):
        screen.ask(question)
    for box in ("html", "#log-frame"):
        width, shown = screen.page.locator(box).evaluate("n => [n.scrollWidth, n.clientWidth]")
        assert width <= shown == 320, box
    assert screen.page.evaluate(OUTSIDE) == []


# What is drawn beyond the edge, where an ancestor may hide it.
OUTSIDE = """() => [...document.body.querySelectorAll("*")]
  .filter((node) => node.checkVisibility() && !node.closest(".spoken, .skip"))
  .filter((node) => { const box = node.getBoundingClientRect();
                      return box.left < 0 || box.right > 320.5; })
  .map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 30)}`)"""
