"""What the citizen reads: both languages for every outcome, sources, warnings, local facts."""

import re
from datetime import date
from typing import Any

import pytest

from knowledge.answer import Answer, Outcome
from knowledge.article import PLACEHOLDERS, Article
from knowledge.figures import in_words
from knowledge.figures import sources as figure_sources
from knowledge.ranking import Hit
from knowledge.reply import Bureau, reply, sources
from knowledge.standards import Figure, Service, Standard, State
from tests.unit.knowledge.samples import TODAY, UNVERIFIED, VERIFIED, article

BUREAU = Bureau("风筝县民政局", "010-5555", "风筝路 3 号", "9 点到 17 点")
PERMIT = article("kites/permit", title="风筝许可怎么办？", title_en="How do I get a permit?")
DOUBTFUL = article("kites/fee", basis=[VERIFIED, UNVERIFIED])
ENDED = article("kites/old", title="旧规定", title_en="Old rule", valid_to="2025-12-31")
COMING = article("kites/new", title="新规定", title_en="New rule", valid_from="2027-03-01")

ANSWERS = {
    Outcome.ANSWERED: Answer(Outcome.ANSWERED, PERMIT, (), (Hit("kites/permit", 0.9, 0.8),)),
    Outcome.NOT_OURS: Answer(Outcome.NOT_OURS, PERMIT),
    Outcome.UNSURE: Answer(Outcome.UNSURE, None, (PERMIT, DOUBTFUL)),
    Outcome.NOTHING_FOUND: Answer(Outcome.NOTHING_FOUND),
    Outcome.EXPIRED: Answer(Outcome.EXPIRED, ENDED),
    Outcome.EMERGENCY: Answer(Outcome.EMERGENCY),
}

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_says_something_in_both_languages(outcome: Outcome) -> None:
    said = reply(ANSWERS[outcome])
    assert said["outcome"] == outcome.value
    assert set(said["text"]) == {"zh", "en"}
    assert CHINESE.search(said["text"]["zh"])
    english = said["text"]["en"].replace(ENDED.title, "")
    assert re.search(r"[a-z]{3}", english)
    assert not CHINESE.search(english)


@pytest.mark.parametrize("answer", [*ANSWERS.values(), Answer(Outcome.EXPIRED, COMING)])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_only_known_placeholders_are_left_and_the_bureau_fills_them(
    answer: Answer, language: str
) -> None:
    text = reply(answer)["text"][language]
    assert set(re.findall(r"\[\[(.*?)\]\]", text)) <= PLACEHOLDERS
    assert not re.search(r"[\[\]{}]", BUREAU.fill(text))


def test_the_bureau_fills_each_of_its_facts_everywhere() -> None:
    text = "[[bureau]]，[[address]]，[[hours]]，[[hotline]] 或 [[hotline]]"
    filled = "风筝县民政局，风筝路 3 号，9 点到 17 点，010-5555 或 010-5555"
    assert BUREAU.fill(text) == filled


def test_a_fact_the_bureau_does_not_know_stays_visible() -> None:
    assert BUREAU.fill("[[fax]] 和 [hotline]") == "[[fax]] 和 [hotline]"


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.NOT_OURS])
def test_an_answer_is_the_articles_own_text(outcome: Outcome) -> None:
    said = reply(Answer(outcome, PERMIT))
    assert said["text"] == {"zh": PERMIT.public, "en": PERMIT.english}
    assert said["article"] == "kites/permit"
    assert said["title"] == {"zh": "风筝许可怎么办？", "en": "How do I get a permit?"}
    assert said["buttons"] == []


def test_what_staff_read_is_never_said_to_a_citizen() -> None:
    for answer in ANSWERS.values():
        assert PERMIT.staff not in str(reply(answer))


def test_a_verified_answer_carries_no_warning_and_an_unverified_one_does() -> None:
    sure, doubtful = (
        reply(Answer(Outcome.ANSWERED, PERMIT)),
        reply(Answer(Outcome.ANSWERED, DOUBTFUL)),
    )
    assert "没有核对" not in sure["text"]["zh"]
    assert doubtful["text"]["zh"].startswith(DOUBTFUL.public)
    assert "没有核对" in doubtful["text"]["zh"]
    assert "not checked" in doubtful["text"]["en"]
    assert "[[hotline]]" in doubtful["text"]["zh"][len(DOUBTFUL.public) :]


def test_an_expired_rule_is_named_with_its_last_day_and_not_quoted() -> None:
    said = reply(Answer(Outcome.EXPIRED, ENDED))
    for language, title in (("zh", "旧规定"), ("en", "Old rule")):
        assert title in said["text"][language]
        assert "2025-12-31" in said["text"][language]
        assert "[[hotline]]" in said["text"][language]
    assert ENDED.public not in said["text"]["zh"]
    assert ENDED.english not in said["text"]["en"]


def test_a_rule_not_yet_in_force_is_named_with_its_first_day_and_not_quoted() -> None:
    said = reply(Answer(Outcome.EXPIRED, COMING))
    assert "从 2027-03-01 起才施行" in said["text"]["zh"]
    assert "from 2027-03-01 on" in said["text"]["en"]
    assert "None" not in str(said["text"])
    assert COMING.public not in said["text"]["zh"]


def test_unsure_offers_each_article_by_its_title() -> None:
    said = reply(ANSWERS[Outcome.UNSURE])
    assert [button["title"]["zh"] for button in said["buttons"]] == [PERMIT.title, DOUBTFUL.title]
    assert [button["title"]["en"] for button in said["buttons"]] == [
        PERMIT.title_en,
        DOUBTFUL.title_en,
    ]
    assert all(button["text"] == button["title"] for button in said["buttons"])
    assert (said["article"], said["title"], said["sources"]) == (None, None, [])


@pytest.mark.parametrize("outcome", [Outcome.NOTHING_FOUND, Outcome.EMERGENCY])
def test_without_an_article_there_is_no_source_and_nothing_to_press(outcome: Outcome) -> None:
    said = reply(ANSWERS[outcome])
    assert (said["article"], said["sources"], said["buttons"]) == (None, [], [])


def test_the_emergency_numbers_come_first() -> None:
    said = reply(ANSWERS[Outcome.EMERGENCY])["text"]
    for language in ("zh", "en"):
        assert 0 < said[language].index("110") < said[language].index("12345")


def test_each_rule_behind_an_answer_is_one_source_with_region_and_day_of_review() -> None:
    assert sources(DOUBTFUL) == [
        {
            "law": "风筝条例",
            "article": "第三条",
            "in_force": "2020-01-01",
            "verified": True,
            "note": "",
            "region": "national",
            "reviewed_on": "2026-01-05",
        },
        {
            "law": "当地风筝场规定",
            "article": None,
            "in_force": None,
            "verified": False,
            "note": "以风筝场的说明为准",
            "region": "national",
            "reviewed_on": "2026-01-05",
        },
    ]


@pytest.mark.parametrize("shown", [PERMIT, DOUBTFUL, ENDED, COMING])
@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.EXPIRED])
def test_whatever_is_said_of_an_article_names_its_sources(outcome: Outcome, shown: Article) -> None:
    assert reply(Answer(outcome, shown))["sources"] == sources(shown)


@pytest.mark.parametrize("outcome", [Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.EXPIRED])
def test_an_answer_without_its_article_is_a_mistake_of_ours(outcome: Outcome) -> None:
    with pytest.raises(AssertionError, match="without an article"):
        reply(Answer(outcome))


AID = Service(label="风筝补贴", label_en="kite aid", asks="风筝站", asks_en="the kite station")
LOCAL = {
    "public": "先看标准。\n\n[[standard:aid]]\n\n再问 [[hotline]]。[[standard:aid]]",
    "english": "The amount: [[standard:aid]] Then call [[hotline]].",
}
PAID = article("kites/aid", **LOCAL)


def figure(state: State, **changes: Any) -> Figure:
    """What is known of 风筝补贴 in 风筝县; `changes` are fields of its amount that differ."""
    fields = {"service": "aid", "amount": 100, "unit": "元/人·月", "source": "风筝县通知"}
    dates = {"valid_from": "2026-01-01", "valid_to": "2026-12-31", "entered_on": "2026-01-05"}
    one = Standard.model_validate(fields | dates | changes)
    return Figure(AID, state, "风筝县", () if state is State.MISSING else (one,))


def paid(outcome: Outcome, *figures: Figure, shown: Article = PAID, day: date = TODAY) -> Answer:
    return Answer(outcome, shown, day=day, figures=figures)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.ANSWERED, State.CURRENT),
        (Outcome.ANSWERED, State.MISSING),
        (Outcome.NOT_OURS, State.CURRENT),
        (Outcome.EXPIRED, State.HISTORIC),
    ],
)
def test_a_local_amount_stands_wherever_the_article_names_it(
    outcome: Outcome, state: State
) -> None:
    amount = figure(state)
    words, text = in_words(amount), reply(paid(outcome, amount))["text"]
    assert text["zh"] == f"先看标准。\n\n{words['zh']}\n\n再问 [[hotline]]。{words['zh']}"
    assert text["en"] == f"The amount: {words['en']} Then call [[hotline]]."


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_placeholder_is_left_once_the_bureau_has_filled_its_own(
    state: State, language: str
) -> None:
    filled = BUREAU.fill(reply(paid(Outcome.ANSWERED, figure(state)))["text"][language])
    assert not re.search(r"[\[\]{}]", filled)
    assert "010-5555" in filled


def test_two_services_are_each_filled_with_their_own_amount() -> None:
    both = article("kites/both", public="一 [[standard:aid]]\n二 [[standard:aid_more]]")
    more = figure(State.CURRENT, amount=200, service="aid_more")
    text = reply(paid(Outcome.ANSWERED, figure(State.CURRENT), more, shown=both))["text"]["zh"]
    first, second = text.splitlines()
    assert re.fullmatch(r"一 \*\*.*：100 元.*", first)
    assert re.fullmatch(r"二 \*\*.*：200 元.*", second)


def test_the_warning_of_an_unverified_article_follows_its_amounts() -> None:
    doubtful = article("kites/aid", basis=[UNVERIFIED], **LOCAL)
    text = reply(paid(Outcome.ANSWERED, figure(State.CURRENT), shown=doubtful))["text"]
    assert text["zh"].index("100 元") < text["zh"].index("没有核对")
    assert text["en"].index("100 yuan") < text["en"].index("not checked")


def test_documents_of_amounts_come_before_the_rules_of_the_article() -> None:
    amount = figure(State.CURRENT)
    said = reply(paid(Outcome.ANSWERED, amount))["sources"]
    assert said == [*figure_sources([amount]), *sources(PAID)]
    assert said[0] == {
        "law": "风筝县通知",
        "article": None,
        "in_force": "2026-01-01",
        "verified": True,
        "note": "",
        "region": "风筝县",
        "reviewed_on": "2026-01-05",
    }
    assert set(said[0]) == set(said[1])


def test_a_missing_amount_adds_no_source() -> None:
    assert reply(paid(Outcome.ANSWERED, figure(State.MISSING)))["sources"] == sources(PAID)


@pytest.mark.parametrize("state", list(State))
def test_below_an_ended_rule_stands_what_the_amount_is_where_it_is_known(state: State) -> None:
    ended = article("kites/aid", title="旧补贴", valid_to="2025-12-31", **LOCAL)
    amount = figure(state)
    said = reply(paid(Outcome.EXPIRED, amount, shown=ended))
    for language in ("zh", "en"):
        head, *below = said["text"][language].split("\n\n")
        assert "2025-12-31" in head
        assert below == ([] if state is State.MISSING else [in_words(amount)[language]])
    assert "先看标准" not in said["text"]["zh"]


def test_a_rule_with_an_end_that_has_not_begun_yet_is_told_by_its_first_day() -> None:
    """As `on` asks for it: before its first day it did not “apply until” anything."""
    later = article("kites/aid", valid_from="2025-01-01", valid_to="2025-12-31")
    text = reply(paid(Outcome.EXPIRED, shown=later, day=date(2024, 12, 31)))["text"]
    assert "从 2025-01-01 起才施行" in text["zh"]
    assert "from 2025-01-01 on" in text["en"]
