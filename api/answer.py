"""`/api/chat`, `/api/feedback` and `/api/answers`: the routes that answer."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import Now, TheChat
from api.render import looked_up, reply_language, writer
from api.schemas import MAX_REGION, MAX_TEXT, AnswerOut, Inbound, Judgement, Outbound, Problem
from knowledge.text import Language, clean
from office.privacy import mask
from settings import settings
from wiring import bureau, shelf

router = APIRouter(
    prefix="/api", tags=["answers"], responses={status: {"model": Problem} for status in (413, 422)}
)

WEB = "web"


@router.post("/chat")
async def chat(message: Inbound, chat: TheChat, now: Now) -> Outbound:
    """Answer one message of a conversation."""
    return await chat.turn(message, WEB, now)


@router.post("/feedback", status_code=204, responses={404: {"model": Problem}})
async def feedback(judgement: Judgement, chat: TheChat, now: Now) -> Response:
    """Keep whether a reply helped; the last word counts."""
    await chat.judge(judgement.sender, judgement.message_id, helpful=judgement.helpful, now=now)
    return Response(status_code=204)


@router.get("/answers")
def answers(
    q: Annotated[str, Query(min_length=1, max_length=MAX_TEXT)],
    now: Now,
    about: Annotated[str | None, Query(max_length=100)] = None,
    language: Language = Language.SIMPLIFIED,
    region: Annotated[str | None, Query(min_length=2, max_length=MAX_REGION)] = None,
    on: Annotated[date | None, Query(description="As of this day.")] = None,
) -> AnswerOut:
    """Look a question up: the answer, its probability, and every hit, the rejected included.

    With `region` and `on` it is the answer for that place as of that day.
    """
    text = mask(clean(q))
    answerer = shelf().answerer
    place = region or settings().region
    answer = answerer.answer(text, today=on or now.date(), about=about, region=place)
    return looked_up(answer, answerer, writer(reply_language(text, language), bureau()))
