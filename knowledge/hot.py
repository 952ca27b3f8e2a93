"""The last rung before the hotline: a few most-asked answers, found without any search.

They are read from the article files themselves, so they stand when index, encoder
or model are broken.
"""

from datetime import date
from functools import cache

from knowledge.answer import given
from knowledge.article import ARTICLES, Article, parse
from knowledge.reply import Reply, button, reply
from knowledge.standards import load_standards
from knowledge.text import fold

HOT = (
    "marriage/registration-documents",
    "divorce/agreement-procedure",
    "dibao/how-to-apply",
    "elderly/old-age-allowance",
    "general/hardship-triage",
)

_OUT_OF_ORDER = {
    "zh": "对不起，查询系统暂时用不了。请拨打 [[hotline]]，或过会儿再试。常问的可以直接看：",
    "en": "Sorry, the look-up is out of order. Call [[hotline]], or try later. Asked most often:",
}


def hot_reply(question: str, *, today: date, region: str | None = None) -> Reply:
    """The answer whose title was asked for, word for word; else their list and the hotline."""
    current = [article for article in _hot_articles() if article.holds_on(today)]
    for article in current:
        if fold(question) in (fold(article.title), fold(article.title_en)):
            return reply(given(article, load_standards(), day=today, region=region))
    buttons = [button(article) for article in current]
    return {"outcome": "unavailable", "text": _OUT_OF_ORDER, "buttons": buttons}


@cache
def _hot_articles() -> list[Article]:
    return [parse((ARTICLES / f"{id}.md").read_text("utf-8"), id=id) for id in HOT]
