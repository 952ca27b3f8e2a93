"""What the citizen reads: both languages for every outcome, sources, warnings, local facts."""

import re

import pytest

from knowledge.answer import Answer, Outcome
from knowledge.article import PLACEHOLDERS, Article
from knowledge.ranking import Hit
from knowledge.reply import Bureau, reply, sources
from tests.unit.knowledge.samples import UNVERIFIED, VERIFIED, article

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
