"""A conversation on the citizen's page: question, answer with its sources, what is offered."""

import json
import re

import pytest
from opencc import OpenCC
from playwright.sync_api import Page, expect

from tests.browser.conftest import ENGLISH, SIMPLIFIED, TRADITIONAL, Open, Screen

LANGUAGES = [SIMPLIFIED, TRADITIONAL, ENGLISH]
CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKUP = [
    "<b>粗体</b>",
    "<img src=x onerror=\"document.title='ran'\">",
    "<script>document.title='ran'</script>",
    "<svg onload=\"document.title='ran'\"></svg>",
    "[点我](javascript:document.title='ran')",
    "</p></div><iframe srcdoc=\"<script>parent.document.title='ran'</script>\"></iframe>",
]


def test_a_citizen_reads_the_answer_with_its_source_region_and_date(screen: Screen) -> None:
    said = screen.ask("结婚登记要带户口本吗")
    expect(said).to_contain_text("不需要户口簿")
    basis = said.locator(".sources")
    expect(basis).to_contain_text("依据")
    expect(basis).to_contain_text("婚姻登记条例 第八条（2025-05-10 起施行）")
    expect(basis).to_contain_text("适用地区：全国")
    expect(basis).to_contain_text(re.compile(r"复核日期 20\d\d-\d\d-\d\d"))


def test_the_send_button_sends_and_empties_the_box(screen: Screen) -> None:
    screen.type_in("  离婚冷静期是几天  ")
    screen.press("发送")
    expect(screen.reply()).to_contain_text("30天")
    expect(screen.question).to_have_value("")
    assert screen.asked() == ["离婚冷静期是几天"]


@pytest.mark.parametrize("blank", ["", "   ", "\n\n"])
def test_nothing_typed_sends_nothing(screen: Screen, blank: str) -> None:
    screen.type_in(blank)
    screen.press("发送")
    screen.question.press("Enter")
    expect(screen.turns).to_have_count(0)


def test_shift_and_enter_starts_a_new_line(screen: Screen) -> None:
    screen.type_in("想办低保")
    screen.question.press("Shift+Enter")
    screen.page.keyboard.insert_text("去哪儿办")
    expect(screen.question).to_have_value("想办低保\n去哪儿办")
    expect(screen.turns).to_have_count(0)
    screen.question.press("Enter")
    screen.reply()
    assert screen.asked() == ["想办低保\n去哪儿办"]


def test_the_enter_that_ends_a_composition_does_not_send(screen: Screen) -> None:
    screen.question.focus()
    keyboard = screen.page.context.new_cdp_session(screen.page)
    composing = {"text": "di bao", "selectionStart": 6, "selectionEnd": 6}
    keyboard.send("Input.imeSetComposition", composing)
    screen.page.keyboard.press("Enter")
    expect(screen.turns).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "低保怎么申请"})
    screen.page.keyboard.press("Enter")
    screen.reply()
    assert screen.asked() == ["低保怎么申请"]


def test_an_enter_with_the_input_method_key_code_does_not_send(screen: Screen) -> None:
    """Safari ends the composition before it tells of the key; only the code gives it away."""
    screen.type_in("低保怎么申请")
    screen.question.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "bubbles": True})
    expect(screen.turns).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_question_is_answered(open_page: Open, language: str) -> None:
    screen = open_page(language=language)
    examples = screen.page.locator(".greeting .ask")
    expect(examples).to_have_count(6)
    for number in range(6):
        said = screen.choose(examples.nth(number))
        expect(said.locator(".sources"), examples.nth(number).inner_text()).to_be_visible()


def test_an_offered_button_shows_its_title_and_asks_its_question(screen: Screen) -> None:
    said = screen.ask("你好")
    offered = said.get_by_role("button", name="结婚登记带什么")
    with screen.page.expect_request("**/api/chat") as asked:
        answer = screen.choose(offered)
    assert asked.value.post_data_json["text"] == "结婚登记要带哪些材料"
    assert screen.asked()[-1] == "结婚登记带什么"
    expect(answer.locator(".sources")).to_be_visible()


def test_an_unsure_assistant_offers_articles_to_choose_from(screen: Screen) -> None:
    offered = screen.unsure().locator(".ask")
    assert 2 <= offered.count() <= 3
    chosen = offered.first.inner_text()
    answer = screen.choose(offered.first)
    expect(answer.get_by_role("heading", name=chosen)).to_be_visible()
    expect(answer.locator(".sources")).to_be_visible()


def test_a_short_follow_up_is_understood(screen: Screen) -> None:
    screen.ask("结婚登记要准备什么证件")
    said = screen.ask("那要多少钱")
    expect(said).to_contain_text("不收钱")
    expect(said.locator(".sources")).to_contain_text("婚姻登记条例")


def test_a_traditional_question_gets_a_traditional_answer(screen: Screen) -> None:
    said = screen.ask("結婚證弄丟了，怎樣補領？")
    expect(said.get_by_role("heading", name="結婚證丟了")).to_be_visible()
    expect(said.locator(".sources")).to_contain_text("婚姻登記條例")
    expect(screen.ask("結婚登記要帶什麼？")).to_contain_text("聲明")


def test_an_english_question_gets_an_english_answer(screen: Screen) -> None:
    said = screen.ask("Do I need my hukou booklet to marry?")
    expect(said.locator(".bubble")).to_have_attribute("lang", "en")
    expect(said.locator("h2")).to_contain_text("hukou booklet")
    assert not CHINESE.search(said.locator("p strong").first.inner_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_switch_changes_every_text(open_page: Open, language: str) -> None:
    screen = open_page(language=ENGLISH if language == SIMPLIFIED else SIMPLIFIED)
    screen.ask("hello")
    screen.switch(language)
    expect(screen.page.locator("html")).to_have_attribute("lang", language)
    expect(screen.page.locator("[data-language][aria-pressed=true]")).to_have_count(1)
    expect(screen.page.locator(f"[data-language={language}]")).to_have_attribute(
        "aria-pressed", "true"
    )
    for text in own_texts(screen.page):
        assert_is(language, text)


def own_texts(page: Page) -> list[str]:
    """Every text of the page itself: what it shows, names for screen readers, placeholder."""
    shown = page.locator("[data-t], .who, .greeting li, .greeting strong, .greeting .ask, dt")
    labels = "nodes => nodes.map(node => node.getAttribute('aria-label'))"
    hints = page.locator("[placeholder]").evaluate_all("all => all.map(node => node.placeholder)")
    named: list[str] = page.locator("[aria-label]").evaluate_all(labels)
    title = page.title().split(" · ")[1]
    return [title, *shown.all_text_contents(), *named, *hints]


def assert_is(language: str, text: str) -> None:
    if language == ENGLISH:
        assert not CHINESE.search(text), text
    elif CHINESE.search(text):
        other = "t2s" if language == SIMPLIFIED else "s2t"
        assert OpenCC(other).convert(text) == text
    else:
        assert re.fullmatch(r"A[+−]", text), text


def test_the_chosen_language_is_remembered(open_page: Open) -> None:
    screen = open_page()
    screen.switch(TRADITIONAL)
    screen.page.reload()
    expect(screen.page.locator("html")).to_have_attribute("lang", TRADITIONAL)


def test_who_asks_for_english_in_the_chat_gets_the_whole_page_in_english(screen: Screen) -> None:
    screen.ask("English please")
    expect(screen.page.locator("html")).to_have_attribute("lang", "en")
    expect(screen.page.get_by_role("button", name="Send")).to_be_visible()


@pytest.mark.parametrize(("label", "helpful"), [("有帮助", True), ("没帮助", False)])
def test_a_vote_is_sent_once_and_confirmed(screen: Screen, label: str, helpful: bool) -> None:
    with screen.page.expect_response("**/api/chat") as asked:
        said = screen.ask("结婚登记收费吗")
    sent = []
    screen.page.on("request", lambda call: sent.append(call) if "feedback" in call.url else None)
    with screen.page.expect_response("**/api/feedback") as voted:
        said.get_by_role("button", name=label, exact=True).click()
    expect(said.locator(".feedback")).to_contain_text("谢谢您的反馈")
    said.get_by_role("button", name="没帮助").click(force=True)
    pressed = said.get_by_role("button", name=label, exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    assert voted.value.status == 204
    assert len(sent) == 1
    vote, question = voted.value.request.post_data_json, asked.value.request.post_data_json
    assert vote == {**{key: question[key] for key in ("sender", "message_id")}, "helpful": helpful}


def test_an_emergency_shows_the_numbers_as_links(screen: Screen) -> None:
    said = screen.ask("我妈晕倒了叫不醒")
    expect(said).to_contain_text("紧急情况，请先打电话")
    for number in ("110", "120", "119", "12356"):
        expect(said.locator(f".call[href='tel:{number}']")).to_be_in_viewport()
    expect(said.locator(".sources, .feedback")).to_have_count(0)


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_typed_by_the_citizen_is_shown_as_text(screen: Screen, markup: str) -> None:
    title = screen.page.title()
    screen.ask(markup)
    screen.page.reload()
    expect(screen.turns).to_have_count(1)
    assert screen.asked() == [markup]
    assert screen.page.title() == title
    expect(screen.log.locator("img, script, svg, iframe, b, a:not(.tel)")).to_have_count(0)


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_a_reply_is_shown_as_text(screen: Screen, markup: str) -> None:
    source = {"law": markup, "article": None, "in_force": None, "verified": False, "note": markup}
    place = {"region": markup, "reviewed_on": markup}
    reply = {"text": f"## {markup}\n\n{markup}\n- {markup}", "outcome": "answered", "title": markup}
    more = {"sources": [source | place], "buttons": [{"title": markup, "text": markup}]}
    body = json.dumps({"language": SIMPLIFIED, "replies": [reply | more]})
    title = screen.page.title()
    screen.on_chat(lambda route: route.fulfill(body=body, content_type="application/json"))
    said = screen.ask("你好")
    for part in ("h2", "h3", "p:not(.who)", "li", ".ask", ".law"):
        expect(said.locator(part).first).to_contain_text(markup)
    assert screen.page.title() == title
    expect(screen.log.locator("img, script, svg, iframe, b, a")).to_have_count(0)
