"""The decision: which outcome a question gets, whatever search has found for it."""

import re
from datetime import date
from typing import Any

import pytest

from knowledge.answer import Answer, Answerer, Limits, Outcome, Topic, Topics, load_limits
from knowledge.ranking import Hit
from knowledge.reply import reply
from knowledge.search import Found
from knowledge.standards import Region, Service, Standard, Standards, State
from tests.unit.knowledge.samples import TODAY, article

PERMIT, FEE, ROAD, OLD = "kites/permit", "kites/fee", "roads/holes", "kites/old"
AID, AID_LAW, AID_ROAD = "kites/aid", "kites/aid-law", "roads/aid"
LAST_DAY = date(2026, 10, 31)
ARTICLES = [
    article(PERMIT, title="风筝许可怎么办？", title_en="How do I get a kite permit?"),
    article(FEE),
    article(ROAD, kind="routing", owner="交通局"),
    article(OLD, title="风筝旧规定", valid_from="2025-01-01", valid_to=str(LAST_DAY)),
    article("kites/wind"),
]
TOPICS = Topics(
    {
        "kites": Topic("风筝许可", "kite permit"),
        "roads": Topic("路面", "road"),
    },
    ("多少钱", "多久", "how much"),
    frozenset([*"那要呢", "and", "is", "it", "does", "cost"]),
)


class Told:
    """A search that finds what it was told, and remembers what it was asked."""

    def __init__(self, *hits: tuple[str, float]) -> None:
        self.hits = tuple(Hit(name, probability, 0.5) for name, probability in hits)
        self.asked: list[str] = []

    def find(self, question: str) -> Found:
        self.asked.append(question)
        return Found(f"read: {question}", self.hits)


def answerer(search: Any) -> Answerer:
    limits = {"zh": Limits(sure=0.6, unsure=0.2), "en": Limits(sure=0.9, unsure=0.5)}
    return Answerer(ARTICLES, search, limits, TOPICS)


def answer(question: str, *hits: tuple[str, float], day: date = TODAY) -> Answer:
    return answerer(Told(*(hits or ((PERMIT, 0.99),)))).answer(question, today=day)


@pytest.mark.parametrize(
    ("question", "probability", "outcome"),
    [
        ("风筝怎么放", 1.0, Outcome.ANSWERED),
        ("风筝怎么放", 0.6, Outcome.ANSWERED),
        ("风筝怎么放", 0.5999, Outcome.UNSURE),
        ("风筝怎么放", 0.2, Outcome.UNSURE),
        ("风筝怎么放", 0.1999, Outcome.NOTHING_FOUND),
        ("風箏怎麼放", 0.6, Outcome.ANSWERED),
        ("kite please", 0.9, Outcome.ANSWERED),
        ("kite please", 0.8999, Outcome.UNSURE),
        ("kite please", 0.5, Outcome.UNSURE),
        ("kite please", 0.4999, Outcome.NOTHING_FOUND),
    ],
)
def test_each_language_has_its_own_limits_and_a_limit_belongs_to_the_better_side(
    question: str, probability: float, outcome: Outcome
) -> None:
    given = answer(question, (PERMIT, probability), (FEE, 0.1))
    assert given.outcome is outcome
    assert given.probability == probability


def test_an_answer_names_its_article_and_keeps_what_was_found() -> None:
    given = answer("怎么放", (FEE, 0.8), (PERMIT, 0.1))
    assert given.article is not None
    assert given.article.id == FEE
    assert [hit.article for hit in given.hits] == [FEE, PERMIT]
    assert (given.suggestions, given.searched) == ((), "read: 怎么放")


def test_unsure_offers_the_three_likeliest_articles_and_answers_none() -> None:
    found = ((FEE, 0.5), (PERMIT, 0.4), (ROAD, 0.3), ("kites/wind", 0.2))
    given = answer("怎么放", *found)
    assert [offered.id for offered in given.suggestions] == [FEE, PERMIT, ROAD]
    assert given.article is None
    assert len(given.hits) == 4


def test_nothing_found_keeps_the_rejected_hits_for_staff() -> None:
    given = answer("怎么放", (FEE, 0.1), (PERMIT, 0.05))
    assert given.outcome is Outcome.NOTHING_FOUND
    assert (given.article, given.suggestions) == (None, ())
    assert [hit.article for hit in given.hits] == [FEE, PERMIT]


@pytest.mark.parametrize("question", ["", "   ", "？？？", "👍", "\u200b", "……"])
def test_a_message_without_a_letter_finds_nothing_and_is_not_searched(question: str) -> None:
    search = Told((PERMIT, 0.99))
    given = answerer(search).answer(question, today=TODAY)
    assert given.outcome is Outcome.NOTHING_FOUND
    assert (search.asked, given.probability) == ([], 0.0)


@pytest.mark.parametrize(
    ("kind", "owner", "outcome"),
    [
        ("routing", "交通局", Outcome.NOT_OURS),
        ("routing", "退役军人事务局", Outcome.NOT_OURS),
        ("routing", "民政局", Outcome.ANSWERED),
        ("routing", "乡镇（街道）", Outcome.ANSWERED),
        ("routing", "养老机构", Outcome.ANSWERED),
        ("law", "交通局", Outcome.ANSWERED),
        ("local_standard", "医保局", Outcome.ANSWERED),
    ],
)
def test_a_matter_of_another_body_is_answered_as_not_ours(
    kind: str, owner: str, outcome: Outcome
) -> None:
    one = article(PERMIT, kind=kind, owner=owner)
    limits = {"zh": Limits(0.6, 0.2)}
    given = Answerer([one], Told((PERMIT, 0.9)), limits, TOPICS).answer("怎么放", today=TODAY)  # type: ignore[arg-type]
    assert given.outcome is outcome
    assert given.article == one


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2024, 12, 31), Outcome.EXPIRED),
        (date(2025, 1, 1), Outcome.ANSWERED),
        (LAST_DAY, Outcome.ANSWERED),
        (date(2026, 11, 1), Outcome.EXPIRED),
        (TODAY, Outcome.EXPIRED),
    ],
)
@pytest.mark.parametrize("question", ["以前怎么放", "风筝旧规定"])
def test_a_rule_is_current_through_its_last_day_and_never_after(
    question: str, day: date, outcome: Outcome
) -> None:
    given = answer(question, (OLD, 0.95), day=day)
    assert given.outcome is outcome
    assert given.article is not None
    assert given.article.id == OLD


@pytest.mark.parametrize(
    "typed",
    [
        "风筝许可怎么办？",
        "  风筝许可怎么办? ",
        "風箏許可怎麼辦？",
        "How do I get a kite permit?",
        "HOW DO I GET A KITE PERMIT?",
    ],
)
def test_the_title_of_an_article_is_answered_without_search(typed: str) -> None:
    search = Told((FEE, 0.99))
    given = answerer(search).answer(typed, today=TODAY)
    assert given.outcome is Outcome.ANSWERED
    assert given.article is not None
    assert (given.article.id, given.probability, search.asked) == (PERMIT, 1.0, [])


@pytest.mark.parametrize(
    "question", ["我不想活了", "他正在打我，风筝许可怎么办？", "he has a knife"]
)
@pytest.mark.parametrize("about", [None, PERMIT])
def test_an_emergency_comes_before_every_article(question: str, about: str | None) -> None:
    search = Told((PERMIT, 1.0))
    given = answerer(search).answer(question, today=TODAY, about=about)
    assert given == Answer(Outcome.EMERGENCY)
    assert search.asked == []


@pytest.mark.parametrize(
    ("question", "about", "asked"),
    [
        ("要多少钱", PERMIT, "风筝许可要多少钱"),
        ("  要多久？", ROAD, "路面要多久?"),
        ("要多少錢", PERMIT, "风筝许可要多少錢"),
        ("How much is it?", PERMIT, "kite permit: How much is it?"),
        ("要多少钱", None, "要多少钱"),
        ("要多少钱", "gone/article", "要多少钱"),
        ("修路要多少钱", PERMIT, "修路要多少钱"),
        ("how much is a road", PERMIT, "how much is a road"),
        ("怎么放", PERMIT, "怎么放"),
        ("我叔叔上个月问过隔壁要多少钱才行", PERMIT, "我叔叔上个月问过隔壁要多少钱才行"),
        ("how much does it cost?", PERMIT, "kite permit: how much does it cost?"),
        ("so tell my uncle then how much", PERMIT, "so tell my uncle then how much"),
        (
            "so tell my old uncle then how much it is",
            PERMIT,
            "so tell my old uncle then how much it is",
        ),
    ],
)
def test_a_short_question_without_a_matter_is_completed_by_the_talk_so_far(
    question: str, about: str | None, asked: str
) -> None:
    search = Told((FEE, 0.99))
    answerer(search).answer(question, today=TODAY, about=about)
    assert search.asked == [asked]


def test_find_takes_a_question_as_it_stands_and_decides_nothing() -> None:
    search = Told((FEE, 0.01))
    assert answerer(search).find("要多少钱").best.article == FEE
    assert search.asked == ["要多少钱"]


def test_the_limits_in_use_are_probabilities_in_order_for_both_languages() -> None:
    limits = load_limits()
    assert set(limits) == {"zh", "en"}
    for each in limits.values():
        assert 0.0 < each.unsure < each.sure < 1.0


def aid(amount: int, first: str, last: str) -> Standard:
    fields = {"service": "aid", "amount": amount, "unit": "元/人·月", "source": "风筝县通知"}
    dates = {"valid_from": first, "valid_to": last, "entered_on": "2026-01-05"}
    return Standard.model_validate(fields | dates)


WORDS: dict[str, Any] = {
    "label": "风筝补贴",
    "label_en": "kite aid",
    "asks": "风筝站",
    "asks_en": "the station",
}
STANDARDS = Standards(
    {"aid": Service(**WORDS), "string": Service(**WORDS | {"label": "风筝线费"})},
    {
        "风筝县": Region(
            region="风筝县",
            standards=[
                aid(80, "2018-01-01", "2018-12-31"),
                aid(100, "2025-01-01", "2025-12-31"),
                aid(120, "2026-01-01", "2026-12-31"),
            ],
        ),
        "纸鸢县": Region(region="纸鸢县", standards=[aid(70, "2024-01-01", "2024-12-31")]),
        "蝴蝶县": Region(region="蝴蝶县", standards=[aid(150, "2026-11-23", "2026-11-23")]),
    },
)
LOCAL = {
    "public": "按当地标准发：[[standard:aid]]",
    "english": "Paid by the local rule: [[standard:aid]]",
}
WITH_AMOUNTS = [
    article(AID, title="风筝补贴多少", **LOCAL),
    article(AID_LAW, valid_from="2025-06-01", **LOCAL),
    article(AID_ROAD, kind="routing", owner="交通局", **LOCAL),
    article("kites/both", public="[[standard:string]] 与 [[standard:aid]] 与 [[standard:string]]"),
    article(PERMIT),
]


def asked_in(
    region: str | None, day: date = TODAY, found: str = AID, question: str = "补贴发多少"
) -> Answer:
    """The answer where search finds `found` and the conversation is about `region`."""
    limits = {"zh": Limits(sure=0.6, unsure=0.2), "en": Limits(sure=0.9, unsure=0.5)}
    search: Any = Told((found, 0.99))
    known = Answerer(WITH_AMOUNTS, search, limits, TOPICS, STANDARDS)
    return known.answer(question, today=day, region=region)


@pytest.mark.parametrize(
    ("region", "day", "outcome", "state", "amounts"),
    [
        ("风筝县", TODAY, Outcome.ANSWERED, State.CURRENT, [120]),
        ("风筝县", date(2026, 1, 1), Outcome.ANSWERED, State.CURRENT, [120]),
        ("风筝县", date(2025, 12, 31), Outcome.ANSWERED, State.CURRENT, [100]),
        ("风筝县", date(2027, 1, 1), Outcome.EXPIRED, State.HISTORIC, [120]),
        ("风筝县", date(2023, 1, 1), Outcome.EXPIRED, State.HISTORIC, [80]),
        ("蝴蝶县", date(2026, 11, 23), Outcome.ANSWERED, State.CURRENT, [150]),
        ("蝴蝶县", date(2026, 11, 24), Outcome.EXPIRED, State.HISTORIC, [150]),
        ("蝴蝶县", date(2026, 11, 22), Outcome.ANSWERED, State.MISSING, []),
        ("纸鸢县", TODAY, Outcome.EXPIRED, State.HISTORIC, [70]),
        ("无名县", TODAY, Outcome.ANSWERED, State.MISSING, []),
        (None, TODAY, Outcome.ANSWERED, State.MISSING, []),
    ],
)
def test_an_article_gets_its_local_amounts_of_the_day_and_is_expired_by_past_ones(
    region: str | None, day: date, outcome: Outcome, state: State, amounts: list[int]
) -> None:
    given = asked_in(region, day)
    assert (given.outcome, given.day) == (outcome, day)
    (figure,) = given.figures
    assert (figure.state, figure.region) == (state, region)
    assert [one.amount for one in figure.standards] == amounts


def test_an_article_that_names_no_amount_has_none_wherever_it_is_asked() -> None:
    assert asked_in("纸鸢县", found=PERMIT).figures == ()
    assert asked_in("纸鸢县", found=PERMIT).outcome is Outcome.ANSWERED


def test_each_service_named_has_one_figure_in_its_order() -> None:
    given = asked_in("风筝县", found="kites/both")
    assert [figure.service.label for figure in given.figures] == ["风筝线费", "风筝补贴"]
    assert [figure.state for figure in given.figures] == [State.MISSING, State.CURRENT]
    assert given.outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("region", "outcome"), [("风筝县", Outcome.NOT_OURS), ("纸鸢县", Outcome.EXPIRED)]
)
def test_a_past_amount_is_expired_even_where_another_body_pays_it(
    region: str, outcome: Outcome
) -> None:
    assert asked_in(region, found=AID_ROAD).outcome is outcome


@pytest.mark.parametrize(
    ("question", "region", "told"),
    [
        ("蝴蝶县补贴发多少", "风筝县", "蝴蝶县"),
        ("我在蝴蝶，补贴发多少", "风筝县", "蝴蝶县"),
        ("蝴蝶縣補貼發多少", "风筝县", "蝴蝶县"),
        ("蝴蝶县补贴发多少", None, "蝴蝶县"),
        ("补贴发多少", "蝴蝶县", "蝴蝶县"),
        ("无名县补贴发多少", "蝴蝶县", "蝴蝶县"),
    ],
)
def test_a_region_named_in_the_question_goes_before_the_one_given(
    question: str, region: str | None, told: str
) -> None:
    (figure,) = asked_in(region, question=question).figures
    assert (figure.region, figure.state) == (told, State.CURRENT)


def test_a_title_asked_for_word_for_word_has_its_amounts_too() -> None:
    (figure,) = asked_in("蝴蝶县", found=PERMIT, question="风筝补贴多少").figures
    assert (figure.region, figure.state) == ("风筝县", State.CURRENT)
    (figure,) = asked_in("蝴蝶县", found=PERMIT, question="How to get kites/aid?").figures
    assert (figure.region, figure.state) == ("蝴蝶县", State.CURRENT)


def test_no_amount_is_given_where_nothing_sure_was_found() -> None:
    assert asked_in("风筝县", found=AID, question="？").figures == ()
    limits = {"zh": Limits(sure=0.6, unsure=0.2)}
    for probability in (0.5, 0.1):
        search: Any = Told((AID, probability))
        known = Answerer(WITH_AMOUNTS, search, limits, TOPICS, STANDARDS)
        assert known.answer("补贴发多少", today=TODAY, region="风筝县").figures == ()


def test_a_past_amount_is_told_in_the_article_with_its_warning() -> None:
    said = reply(asked_in("纸鸢县"))
    assert said["outcome"] == "expired"
    assert said["text"]["zh"].startswith("按当地标准发：**纸鸢县风筝补贴，2024 年为**：70 元/人·月")
    assert "不能当现在的用" in said["text"]["zh"]
    assert "not the present one" in said["text"]["en"]


def test_before_its_rule_began_the_article_is_not_quoted_but_the_amount_of_that_day_is() -> None:
    given = asked_in("风筝县", date(2025, 5, 31), AID_LAW)
    assert given.outcome is Outcome.EXPIRED
    text = reply(given)["text"]
    assert "从 2025-06-01 起才施行" in text["zh"]
    assert "from 2025-06-01 on" in text["en"]
    assert "按当地标准发" not in text["zh"]
    for language in ("zh", "en"):
        assert re.search(r"2025-01-01.*\b100 ", text[language])
        assert not re.search(r"\b(80|120) ", text[language])


def test_before_its_rule_began_and_without_an_amount_of_that_day_none_is_told() -> None:
    given = asked_in("蝴蝶县", date(2025, 5, 31), AID_LAW)
    assert given.outcome is Outcome.EXPIRED
    assert "风筝补贴" not in reply(given)["text"]["zh"]
    assert not re.search(r"\b150 ", str(reply(given)["text"]))


def test_from_its_first_day_on_the_article_is_answered_with_the_amount_of_the_day() -> None:
    given = asked_in("风筝县", date(2025, 6, 1), AID_LAW)
    assert given.outcome is Outcome.ANSWERED
    assert "按当地标准发：**风筝县风筝补贴**" in reply(given)["text"]["zh"]
