"""The citizens' page: guarded by its headers, nothing from elsewhere, readable without eyes."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import api.page
from api.app import HEADERS, STATIC
from knowledge.reply import Bureau
from tests.unit.api.stage import Stage

PAGES = Path(api.page.__file__).parent / "pages"
FILES = sorted(
    path for folder in (STATIC, PAGES) for path in folder.rglob("*") if path.suffix != ".svg"
)
ADDRESS = re.compile(r"(?:[a-z]+:)?//[\w\[]", re.IGNORECASE)
"""An address of another host, with its scheme or without; `//` before a space is a comment."""
VOID = {"meta", "link", "img", "br", "input"}


class Page(HTMLParser):
    """The elements of a page: tag, attributes, and the text inside."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self._open.append(self.elements[-1][2])

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for texts in self._open:
            texts.append(data)

    def all(self, *tags: str, **attributes: str) -> list[tuple[dict[str, str | None], str]]:
        return [
            (found, "".join(texts).strip())
            for tag, found, texts in self.elements
            if (not tags or tag in tags) and attributes.items() <= found.items()
        ]


@pytest.fixture
def page(client: TestClient) -> Page:
    return Page(client.get("/").text)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/static/chat.js", 200),
        ("GET", "/static/favicon.svg", 200),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/health/live", 200),
        ("GET", "/health/ready", 200),
        ("GET", "/metrics", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/api/chat", 405),
        ("POST", "/api/chat", 422),
        ("GET", "/api/answers?q=灯笼", 200),
    ],
)
def test_the_headers_are_on_every_response(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert HEADERS.items() <= {name: answer.headers.get(name) for name in HEADERS}.items()


def test_the_headers_are_on_refused_and_broken_responses_too(
    client: TestClient, stage: Stage
) -> None:
    stage.lose_index()
    huge = client.post("/api/chat", content=b"x" * 70_000)
    broken = client.get("/api/answers", params={"q": "灯笼"})
    assert (huge.status_code, broken.status_code) == (413, 500)
    for answer in (huge, broken):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_our_own_files_and_nothing_inline(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert not re.search(r"unsafe|data:|https?:|\*", policy)


def test_there_are_files_to_look_at() -> None:
    assert {path.suffix for path in FILES if path.is_file()} >= {".html", ".css", ".js"}


@pytest.mark.parametrize(
    "line", ["//cdn.example.org/a.js", "https://example.org", "url(//x.org/f.woff)", "ws://[::1]"]
)
def test_the_addresses_looked_for_would_be_seen(line: str) -> None:
    assert ADDRESS.search(line)


@pytest.mark.parametrize("path", [path for path in FILES if path.is_file()], ids=lambda p: p.name)
def test_no_file_of_the_page_names_another_host(path: Path) -> None:
    assert ADDRESS.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".js"], ids=lambda path: path.name
)
def test_no_script_writes_markup_or_runs_text(path: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
    assert re.findall(forbidden, path.read_text("utf-8")) == []


def test_every_file_the_page_names_is_served(client: TestClient, page: Page) -> None:
    named = [
        found.get("src") or found.get("href") for found, _ in page.all("script", "link", "img")
    ]
    assert len(named) >= 4
    assert {(path, client.get(str(path)).status_code) for path in named} == {
        (path, 200) for path in named
    }


def test_every_module_a_script_imports_is_served(client: TestClient) -> None:
    scripts = [path for path in FILES if path.suffix == ".js"]
    imported = {
        (path.parent / name).resolve().relative_to(STATIC)
        for path in scripts
        for name in re.findall(r'from "([^"]+)"', path.read_text("utf-8"))
    }
    assert imported
    for path in imported:
        answer = client.get(f"/static/{path}")
        assert (answer.status_code, "javascript" in answer.headers["content-type"]) == (200, True)


def test_nothing_on_the_page_is_inline(page: Page) -> None:
    for tag, attributes, texts in page.elements:
        assert not any(name == "style" or name.startswith("on") for name in attributes), tag
        assert tag != "style"
        assert tag != "script" or (attributes.get("src") and not "".join(texts).strip())


def test_the_conversation_is_a_live_log_with_a_name(page: Page) -> None:
    (((log, _),)) = page.all(role="log")
    assert log["aria-live"] == "polite"
    assert log["aria-label"]
    assert len(page.all(role="status")) == 1


def test_every_field_and_button_has_a_name(page: Page) -> None:
    labelled = {label["for"] for label, text in page.all("label") if text}
    for field, _ in page.all("textarea", "input", "select"):
        assert field.get("id") in labelled or field.get("aria-label")
    buttons = page.all("button")
    assert len(buttons) >= 5
    assert all(text or button.get("aria-label") for button, text in buttons)
    assert all("alt" in image for image, _ in page.all("img"))


def test_the_page_has_language_heading_and_a_way_past_the_header(page: Page) -> None:
    ((html, _),) = page.all("html")
    assert html["lang"] == "zh-Hans"
    assert [text for _, text in page.all("h1")] == ["灯笼县民政局"]
    ((skip, _),) = page.all("a", **{"class": "skip"})
    assert page.all(id=str(skip["href"]).removeprefix("#"))


def test_the_hotline_can_be_called_even_without_scripts(page: Page) -> None:
    assert [link["href"] for link, _ in page.all("a", **{"class": "hotline"})] == ["tel:0000-1234"]
    ((_, text),) = page.all("noscript")
    assert "0000-1234" in text


def test_the_bureau_s_facts_are_text_on_the_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile: Any = Bureau('<img src=x>"', "<b>1</b>", '"><script>', "'")
    monkeypatch.setattr(api.page, "bureau", lambda: hostile)
    page = Page(client.get("/").text)
    assert [text for _, text in page.all("h1")] == ['<img src=x>"']
    assert not page.all("b")
    assert len(page.all("script")) == 1
