"""The pictures in the README: a running assistant's page with a question answered."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
ADDRESS = "http://127.0.0.1:8000"
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class NoChromium(Exception):
    """None of NAMES is installed."""


def main(address: str) -> None:
    with chromium() as browser:
        for name, show in {"screenshot.png": desktop, "screenshot-elder.png": elder_phone}.items():
            page = browser.new_page(locale="zh-CN", reduced_motion="reduce")
            page.goto(address)
            show(page)
            page.screenshot(path=DOCS / name)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, headless, calling nobody by itself."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise NoChromium(f"no Chromium found: install one of {', '.join(NAMES)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def desktop(page: Page) -> None:
    page.set_viewport_size({"width": 1100, "height": 900})
    ask(page, "结婚登记要带户口本吗")


def elder_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="长辈版").click()
    ask(page, "高龄津贴怎么申请")


def ask(page: Page, question: str) -> None:
    """Type a question and wait until its answer stands there, nothing focused or hovered."""
    page.get_by_label("您的问题").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn").last.locator(".sources")).to_be_visible(timeout=20_000)
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(1, 400)


if __name__ == "__main__":
    try:
        main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else ADDRESS)
    except NoChromium as error:
        raise SystemExit(f"error: {error}") from error
