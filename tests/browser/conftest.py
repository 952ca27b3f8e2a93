"""The citizen's page in a real browser, over the whole assistant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Route, expect

from scripts.screenshots import NoChromium, chromium
from tests.conftest import Assistant

SIMPLIFIED, TRADITIONAL, ENGLISH = "zh-Hans", "zh-Hant", "en"
LOCALES = {SIMPLIFIED: "zh-CN", TRADITIONAL: "zh-TW", ENGLISH: "en-GB"}
VAGUE = ("证丢了", "证件丢失", "补办证件", "补办", "老人")
WAIT_MS = 20_000
expect.set_options(timeout=WAIT_MS)


@dataclass
class Watch:
    """Everything a page must not do: leave its origin, break its policy, err."""

    origin: str
    seen: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def over(self, page: Page) -> None:
        page.on("request", self._requested)
        page.on("console", lambda told: told.type == "error" and self.seen.append(told.text))
        page.on("pageerror", lambda error: self.seen.append(f"uncaught: {error}"))
        page.on("dialog", lambda dialog: (self.seen.append("dialog"), dialog.dismiss()))

    def _requested(self, request: Request) -> None:
        if not request.url.startswith(f"{self.origin}/"):
            self.seen.append(f"left the origin: {request.url}")

    @property
    def faults(self) -> list[str]:
        return [what for what in self.seen if not what.startswith(self.expected)]


@dataclass
class Screen:
    """What a citizen sees and does."""

    page: Page
    watch: Watch

    def __post_init__(self) -> None:
        self.question = self.page.locator("#question")
        self.log = self.page.get_by_role("log")
        self.turns = self.page.locator(".turn")

    def type_in(self, text: str) -> None:
        self.question.fill(text)

    def ask(self, text: str) -> Locator:
        """Type and send; the reply, once it stands there."""
        self.type_in(text)
        self.question.press("Enter")
        return self.reply()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose(self, button: Locator) -> Locator:
        """Press an offered button; its reply."""
        before = self.turns.count()
        button.click()
        expect(self.turns).to_have_count(before + 1)
        return self.reply()

    def reply(self) -> Locator:
        """The reply to the last question; waits for it."""
        said = self.turns.last.locator(".result .message").last
        expect(said).to_be_visible()
        expect(self.page.locator("#status")).to_be_empty()
        return said

    def unsure(self) -> Locator:
        """A reply that offers articles to choose from: one of some vague questions gets it."""
        for question in VAGUE:
            said = self.ask(question)
            if said.locator(".ask").count() and "不太确定" in said.inner_text():
                return said
        raise AssertionError(f"none of {VAGUE} was vague")

    def asked(self) -> list[str]:
        """The citizen's own messages, as shown."""
        return self.page.locator(".citizen .bubble").all_inner_texts()

    def elder(self, larger: int = 0) -> None:
        self.page.locator("#elder").click()
        for _ in range(larger):
            self.page.locator("#larger").click()

    def switch(self, language: str) -> None:
        more = self.page.locator("#more")
        if more.is_visible():
            more.click()
        self.page.locator(f"[data-language={language}]").click()

    def kept(self) -> str:
        """All that the browser keeps of this page."""
        stores = "JSON.stringify([{...sessionStorage}, {...localStorage}])"
        kept: str = self.page.evaluate(stores)
        return kept

    def on_chat(self, answer: Callable[[Route], Any], times: int | None = None) -> None:
        self.page.route("**/api/chat", answer, times=times)


Open = Callable[..., Screen]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as running:
            yield running
    except NoChromium as error:
        raise pytest.fail.Exception(str(error), pytrace=False) from None


@pytest.fixture
def watch(assistant: Assistant) -> Iterator[Watch]:
    """Fails the test when the page did what it must not."""
    watching = Watch(assistant.url)
    yield watching
    assert watching.faults == []


@pytest.fixture
def open_page(browser: Browser, assistant: Assistant, watch: Watch) -> Iterator[Open]:
    """Opens the page for a new citizen: open_page(width, height, language=…)."""
    contexts: list[BrowserContext] = []

    def open_(width: int = 1100, height: int = 900, language: str = SIMPLIFIED) -> Screen:
        size = {"width": width, "height": height}
        locale = LOCALES[language]
        context = browser.new_context(viewport=size, locale=locale, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(assistant.url)
        expect(page.locator(".greeting")).to_be_visible()
        return Screen(page, watch)

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def screen(open_page: Open) -> Screen:
    """The page on a desktop, in simplified Chinese."""
    return open_page()
