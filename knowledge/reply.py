"""An answer as it travels to the citizen: both languages, sources, buttons.

The same form is used by Rasa's own responses (`custom:` in `bot/domain`), so the
API renders one kind of thing. Keys: outcome, text {zh, en}, article, title
{zh, en}, sources [...], buttons [{title {zh, en}, text {zh, en}}].
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from knowledge import emergency, figures
from knowledge.answer import Answer, Outcome
from knowledge.article import STANDARD, Article, Basis
from knowledge.figures import in_words
from knowledge.standards import Figure

Reply = dict[str, Any]


@dataclass(frozen=True)
class Bureau:
    """The facts of this bureau that answers name; fills the articles' placeholders."""

    bureau: str
    hotline: str
    address: str
    hours: str

    def fill(self, text: str) -> str:
        """`text` with its [[placeholders]] replaced; unknown ones stay visible."""
        for key, value in asdict(self).items():
            text = text.replace(f"[[{key}]]", value)
        return text


_UNSURE = {
    "zh": "我不太确定您问的是哪一件事。您是想问下面这些吗？请点一个，或者换个说法再问一次。",
    "en": "I am not sure which matter you mean. Is it one of these? Or ask in other words.",
}
_NOTHING = {
    "zh": (
        "对不起，这个问题我没有经过审核的答案，不敢乱说。"
        "问题已经记下，工作人员会看到。着急的话请拨打 [[hotline]]，或者回复“转人工”。"
    ),
    "en": (
        "Sorry, I have no reviewed answer to this question and will not guess. It has been noted "
        "for our staff. If it is urgent, call [[hotline]] or type “human”."
    ),
}
_EXPIRED = {
    "zh": (
        "“{title}”的答案依据的规定只适用到 {until}，现行规定还没有审核入库。"
        "请拨打 [[hotline]] 核实现行办法。"
    ),
    "en": (
        "The rule behind “{title}” applied until {until} only; the current one has not been "
        "reviewed yet. Please call [[hotline]] to confirm."
    ),
}
_NOT_YET = {
    "zh": (
        "“{title}”的答案依据的规定从 {since} 起才施行，现在适用的规定还没有审核入库。"
        "请拨打 [[hotline]] 核实现行办法。"
    ),
    "en": (
        "The rule behind “{title}” applies from {since} on only; the current one has not been "
        "reviewed yet. Please call [[hotline]] to confirm."
    ),
}
_UNVERIFIED = {
    "zh": "\n\n以上有的内容还没有核对到原文，办理前请先拨打 [[hotline]] 确认。",
    "en": "\n\nPart of this was not checked against the original rule; call [[hotline]] first.",
}


def reply(answer: Answer) -> Reply:
    """The reply for `answer`; every outcome has one. Placeholders are still in it."""
    article = answer.article
    return {
        "outcome": answer.outcome.value,
        "text": _text(answer),
        "article": article.id if article else None,
        "title": {"zh": article.title, "en": article.title_en} if article else None,
        "sources": _sources(answer),
        "buttons": [button(suggestion) for suggestion in answer.suggestions],
    }


def sources(article: Article) -> list[dict[str, Any]]:
    """Law, article, in force since, verified or not, region, day of review; one per basis."""
    return [_source(rule, article.region, article.reviewed_on) for rule in article.basis]


def _text(answer: Answer) -> dict[str, str]:
    match answer.outcome:
        case Outcome.EMERGENCY:
            return emergency.TEXT
        case Outcome.UNSURE:
            return _UNSURE
        case Outcome.NOTHING_FOUND:
            return _NOTHING
    article = answer.article
    assert article is not None, f"{answer.outcome} without an article"  # noqa: S101
    holds = answer.day is not None and article.holds_on(answer.day)
    if answer.outcome is Outcome.EXPIRED and not holds:
        return _with_figures(_expired(article, answer.day), answer.figures)
    return _filled(article, answer.figures)


def _filled(article: Article, amounts: Sequence[Figure]) -> dict[str, str]:
    """The article in both languages, its local amounts in their places."""
    text = {"zh": article.public, "en": article.english}
    for key, figure in zip(article.standards, amounts, strict=True):
        words = in_words(figure)
        text = {each: text[each].replace(f"[[{STANDARD}{key}]]", words[each]) for each in text}
    return text if article.verified else {each: text[each] + _UNVERIFIED[each] for each in text}


def _with_figures(text: dict[str, str], amounts: Sequence[Figure]) -> dict[str, str]:
    """`text` and, below it, what the amounts were on the day asked for."""
    known = [in_words(figure) for figure in amounts if figure.standards]
    return {each: "\n\n".join([text[each], *(words[each] for words in known)]) for each in text}


def _expired(article: Article, day: date | None) -> dict[str, str]:
    titles = {"zh": article.title, "en": article.title_en}
    early = day < article.valid_from if day else article.valid_to is None
    texts = _NOT_YET if early else _EXPIRED
    return {
        language: text.format(
            title=titles[language], since=article.valid_from, until=article.valid_to
        )
        for language, text in texts.items()
    }


def _sources(answer: Answer) -> list[dict[str, Any]]:
    article = answer.article
    return [*figures.sources(answer.figures), *sources(article)] if article else []


def _source(rule: Basis, region: str, reviewed_on: date) -> dict[str, Any]:
    return {
        **rule.model_dump(mode="json"),
        "region": region,
        "reviewed_on": reviewed_on.isoformat(),
    }


def button(article: Article) -> dict[str, Any]:
    """What offers an article: its title, which asks for it word for word."""
    both = {"zh": article.title, "en": article.title_en}
    return {"title": both, "text": both}
