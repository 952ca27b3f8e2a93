"""One reply in two languages, read by one citizen in one language and script."""

from dataclasses import replace
from typing import Any

import pytest

from api.render import looked_up, rendered, reply_language, writer
from knowledge.answer import Answer, Outcome
from knowledge.reply import Bureau, reply
from knowledge.text import Language
from tests.unit import paper

HANS, HANT, EN = Language.SIMPLIFIED, Language.TRADITIONAL, Language.ENGLISH
BUREAU = Bureau("灯笼县民政局", "0000-1234", "人民路 1 号", "工作日 9:00-17:00")
BOTH = {"zh": "[[bureau]]的窗口", "en": "The counter of [[bureau]]"}


@pytest.mark.parametrize(
    ("text", "chosen", "expected"),
    [
        ("低保怎么申请", HANS, HANS),
        ("低保怎麼申請", HANS, HANT),
        ("how to apply", HANS, EN),
        ("低保怎么申请", HANT, HANT),
        ("how to apply", HANT, EN),
        ("低保怎么申请", EN, EN),
        ("低保怎麼申請", EN, EN),
        ("低保", HANT, HANT),
        ("dibao 怎么申请", HANS, HANS),
        ("12345", HANS, HANS),
        ("12345", HANT, HANT),
        ("???", EN, EN),
        ("", HANS, HANS),
    ],
)
def test_the_citizen_s_own_writing_decides_unless_english_was_chosen(
    text: str, chosen: Language, expected: Language
) -> None:
    assert reply_language(text, chosen) is expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (HANS, "灯笼县民政局的窗口"),
        (HANT, "燈籠縣民政局的窗口"),
        (EN, "The counter of 灯笼县民政局"),
    ],
)
def test_a_text_is_written_in_the_language_with_the_bureau_s_facts(
    language: Language, expected: str
) -> None:
    assert writer(language, BUREAU)(BOTH) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[hotline]]，[[hotline]]", "0000-1234，0000-1234"),
        ("[[address]]（[[hours]]）", "人民路 1 号（工作日 9:00-17:00）"),
        ("[[nothing]] 和 [hotline]", "[[nothing]] 和 [hotline]"),
    ],
)
def test_placeholders_are_filled_and_unknown_ones_stay_visible(text: str, expected: str) -> None:
    assert writer(HANS, BUREAU)({"zh": text, "en": ""}) == expected


def test_a_hotline_stays_the_same_in_every_script() -> None:
    bureau = replace(BUREAU, hotline="(0571) 8765-4321 转 2")
    both = {"zh": "[[hotline]]", "en": "[[hotline]]"}
    assert writer(EN, bureau)(both) == bureau.hotline
    assert "(0571) 8765-4321" in writer(HANT, bureau)(both)


def test_a_bare_reply_has_a_text_and_an_outcome_and_nothing_else() -> None:
    out = rendered({"outcome": "greet", "text": {"zh": "您好", "en": "Hello"}}, writer(EN, BUREAU))
    assert out.model_dump() == {
        "text": "Hello",
        "outcome": "greet",
        "article": None,
        "title": None,
        "sources": [],
        "buttons": [],
    }


@pytest.mark.parametrize(
    ("language", "title", "text", "law"),
    [
        (HANS, "怎样领灯笼许可", "“怎样领灯笼许可”：请带灯笼来，电话 0000-1234。", "灯笼条例"),
        (HANT, "怎樣領燈籠許可", "“怎樣領燈籠許可”：請帶燈籠來，電話 0000-1234。", "燈籠條例"),
        (EN, "Getting a lantern permit", "Getting a lantern permit: bring the", "灯笼条例"),
    ],
)
def test_an_answer_is_rendered_whole(language: Language, title: str, text: str, law: str) -> None:
    said = reply(Answer(Outcome.ANSWERED, paper.ARTICLES[0]))
    out = rendered(said, writer(language, BUREAU))
    assert (out.outcome, out.article, out.title) == ("answered", paper.PERMIT, title)
    assert out.text.startswith(text)
    assert [source.law for source in out.sources] == [law]


def test_buttons_show_and_send_words_of_the_citizen_s_language() -> None:
    said = reply(Answer(Outcome.UNSURE, None, tuple(paper.ARTICLES[:2])))
    titles = [button.title for button in rendered(said, writer(EN, BUREAU)).buttons]
    assert titles == ["Getting a lantern permit", "What a lantern permit costs"]
    sent = [button.text for button in rendered(said, writer(HANS, BUREAU)).buttons]
    assert sent == ["怎样领灯笼许可", "灯笼许可的费用"]


@pytest.mark.parametrize("outcome", [Outcome.NOTHING_FOUND, Outcome.EMERGENCY])
@pytest.mark.parametrize("language", list(Language))
def test_no_placeholder_is_left_for_the_citizen(outcome: Outcome, language: Language) -> None:
    assert "[[" not in rendered(reply(Answer(outcome)), writer(language, BUREAU)).text


@pytest.fixture
def unsure() -> Any:
    answerer = paper.answerer()
    answer = answerer.answer("灯笼", today=paper.TODAY)
    return looked_up(answer, answerer, writer(HANS, BUREAU))


def test_a_lookup_shows_everything_found_also_the_rejected(unsure: Any) -> None:
    assert [hit.article for hit in unsure.hits] == [paper.PERMIT, paper.FEE, paper.OLD]
    assert [hit.probability for hit in unsure.hits] == [0.4, 0.3, 0.2]
    assert [hit.title for hit in unsure.suggestions] == [
        "怎样领灯笼许可",
        "灯笼许可的费用",
        "灯笼旧规定",
    ]
    assert (unsure.outcome, unsure.probability, unsure.searched) == ("unsure", 0.4, "灯笼")


def test_a_lookup_without_an_answer_shows_what_was_not_good_enough() -> None:
    answerer = paper.answerer()
    answer = answerer.answer("明天下雨吗", today=paper.TODAY)
    out = looked_up(answer, answerer, writer(EN, BUREAU))
    assert (out.outcome, out.article, out.suggestions) == ("nothing_found", None, [])
    assert {hit.probability for hit in out.hits} == {0.01}
