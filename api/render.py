"""A reply in both languages becomes what one citizen reads: language, script, local facts."""

from collections.abc import Callable
from typing import Any

from api.schemas import AnswerOut, Button, HitOut, ReplyOut, Source
from knowledge.answer import Answer, Answerer
from knowledge.ranking import Hit
from knowledge.reply import Bureau, Reply, reply
from knowledge.text import Language, language_of, to_traditional

Write = Callable[[dict[str, str]], str]


def reply_language(text: str, chosen: Language) -> Language:
    """The citizen's own language and script; English, once chosen, stays."""
    if chosen is Language.ENGLISH or not any(c.isalpha() for c in text):
        return chosen
    asked = language_of(text)
    return chosen if asked is Language.SIMPLIFIED else asked


def writer(language: Language, bureau: Bureau) -> Write:
    """How to write a {zh, en} text for this citizen."""
    if language is Language.ENGLISH:
        return lambda both: bureau.fill(both["en"])
    if language is Language.TRADITIONAL:
        return lambda both: to_traditional(bureau.fill(both["zh"]))
    return lambda both: bureau.fill(both["zh"])


def rendered(said: Reply, write: Write) -> ReplyOut:
    title = said.get("title")
    return ReplyOut(
        text=write(said["text"]),
        outcome=said["outcome"],
        article=said.get("article"),
        title=write(title) if title else None,
        sources=[_source(source, write) for source in said.get("sources", [])],
        buttons=[_button(button, write) for button in said.get("buttons", [])],
    )


def looked_up(answer: Answer, answerer: Answerer, write: Write) -> AnswerOut:
    """An answer with everything that was found, for staff."""
    said = rendered(reply(answer), write)
    suggested = {article.id for article in answer.suggestions}
    hits = [_hit(hit, answerer, write) for hit in answer.hits]
    return AnswerOut(
        outcome=said.outcome,
        probability=round(answer.probability, 4),
        searched=answer.searched,
        article=said.article,
        title=said.title,
        text=said.text,
        sources=said.sources,
        suggestions=[hit for hit in hits if hit.article in suggested],
        hits=hits,
    )


def _source(source: dict[str, Any], write: Write) -> Source:
    """A rule keeps its Chinese name; only the script is the citizen's."""
    names = {name: source[name] for name in ("law", "article", "note") if source[name]}
    written = {name: write({"zh": words, "en": words}) for name, words in names.items()}
    return Source(**{**source, **written})


def _button(button: dict[str, Any], write: Write) -> Button:
    return Button(title=write(button["title"]), text=write(button["text"]))


def _hit(hit: Hit, answerer: Answerer, write: Write) -> HitOut:
    article = answerer.articles[hit.article]
    title = write({"zh": article.title, "en": article.title_en})
    return HitOut(
        article=hit.article,
        title=title,
        probability=round(hit.probability, 4),
        cosine=round(hit.cosine, 4),
    )
