"""How a citizen leaves a form, or asks for a person in the middle of one.

Read from the words: an intent model takes a bare answer like “三口人” for many things.
"""

import re
from typing import Final

from knowledge.text import fold

_STOP: Final = (
    r"(算了|不[测查]了?|不用(测|查)?了?|先不[测查]了?|停止?|退出|取消|结束|不想[测查]了?"
    r"|以后再说|再见|拜拜|stop|quit|exit|cancel|never mind|later|bye)[吧了啊呀]*"
)
_LEAVE = re.compile(rf"{_STOP}([,， ]*{_STOP})*[。.!！]*")
_HUMAN = re.compile(
    r"(转|找|要|接|叫)(个)?(人工|真人|客服|工作人员)|^人工$"
    r"|talk to an? .{0,6}(human|person)|^human$"
)


def leaves(text: str) -> bool:
    """Whether the citizen wants no more of the form."""
    return bool(_LEAVE.fullmatch(fold(text)))


def wants_human(text: str) -> bool:
    """Whether the citizen asks for a person."""
    return bool(_HUMAN.search(fold(text)))
