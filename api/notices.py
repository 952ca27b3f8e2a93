"""`/api/notices`: what happened to followed applications since the page last asked."""

from fastapi import APIRouter

from api.deps import Now
from api.render import rendered, writer
from api.schemas import Problem, ReplyOut
from api.status import WEB
from api.status_schemas import NoticesIn
from knowledge.text import Language
from office.store.conversations import sender_key
from wiring import applications, bureau, conversations

router = APIRouter(prefix="/api", tags=["status"])


@router.post("/notices", responses={422: {"model": Problem}})
def notices(asked: NoticesIn, now: Now) -> list[ReplyOut]:
    """Notices not yet delivered, oldest first, in the conversation's language; each comes once."""
    language = conversations().conversation(asked.sender).language or Language.SIMPLIFIED
    write = writer(Language(language), bureau())
    taken = applications().take_notices(sender_key(asked.sender), WEB, now=now)
    return [rendered(reply, write) for reply in taken]
