"""What routes are given: the clock, the parts of `wiring`, the chat of the running app.

They are `async` so that none is put in a thread: messages would overtake each other there.
"""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

from api.chat import Chat
from settings import settings


def clock() -> datetime:
    """This moment in the bureau's time zone."""
    return datetime.now(ZoneInfo(settings().time_zone))


async def now() -> datetime:
    return clock()


async def chat(request: Request) -> Chat:
    found: Chat = request.app.state.chat
    return found


Now = Annotated[datetime, Depends(now)]
TheChat = Annotated[Chat, Depends(chat)]
