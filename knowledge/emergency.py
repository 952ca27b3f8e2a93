"""Acute danger goes before everything else, and never gets a policy answer.

Patterns are kept to what is happening or about to happen: a question *about*
violence or suicide ("家暴怎么办") is answered by its article, which names the
same numbers.
"""

import re

from knowledge.text import fold

_ACUTE = re.compile(
    "|".join(
        [
            r"(拿|提|持|举|挥)着?(把|一把)?(菜|水果|尖|砍|匕|大)?(刀|斧|棍|枪)",
            r"(要|想|说|扬言)(砍|杀|捅|打死|掐死|烧死|弄死)",
            r"(砍|捅|掐)(我|人|她|他|妈|爸|脖子)",
            r"(正|正在|还在|一直在|又在)(打|殴打|家暴)(我|人|她|妈|孩子|老人|老婆)",
            r"(快|要)被.{0,6}打死",
            r"救命|被(绑架|劫持|关在|锁在|拐)",
            r"不想活|(想|要|准备|打算|现在就|直接|去)(自杀|轻生|跳楼|割腕|上吊|跳河|喝农药|寻短见|寻死)",
            r"(想|要)死了?算了|死了算了|活着没(有)?(意思|意义)|一了百了",
            r"(着火|起火|失火)了|(煤气|燃气)(泄漏|漏)|触电了",
            r"(没|没有)(呼吸|心跳)|昏迷不醒|(晕|昏)倒|喘不上气|大出血|叫不醒|口吐白沫",
            r"(喝|吃)了?(农药|老鼠药|安眠药|一瓶药)",
            r"kill (myself|me\b|us\b|him|her)|suicid|end my life|(want|going) to die|don'?t want to live",
            r"(with|has|holding) an? (knife|gun|axe)|(is|are) (beating|hitting|attacking|choking) (me|her|him|my)",
            r"(house|home|room|building) is on fire|not breathing|unconscious|bleeding badly|overdose",
        ]
    )
)

TEXT = {
    "zh": (
        "**如果人正处在危险中，请马上打电话，不要等网上回复：**\n"
        "- **110** 报警（有人打人、持刀、威胁）\n"
        "- **120** 急救（受伤、昏倒、服药）\n"
        "- **119** 火警\n"
        "- **12356** 心理援助热线，难过、不想活的时候有人听您说\n"
        "- **12338** 妇女维权，**12355** 青少年服务，**12345** 政务服务\n\n"
        "先离开危险的地方，到邻居家或人多处。需要工作人员联系您，请拨 [[hotline]]。"
    ),
    "en": (
        "**If anyone is in danger now, please call at once. Do not wait for a reply here:**\n"
        "- **110** police (violence, weapons, threats)\n"
        "- **120** ambulance (injury, collapse, poisoning)\n"
        "- **119** fire\n"
        "- **12356** mental-health line, someone will listen\n"
        "- **12338** women's help, **12355** youth help, **12345** government service\n\n"
        "Get away from the danger first: go to a neighbour or a busy place. "
        "To reach our staff, call [[hotline]]."
    ),
}


def is_emergency(text: str) -> bool:
    """Whether the message tells of acute danger to somebody's life or body."""
    return _ACUTE.search(fold(text)) is not None
