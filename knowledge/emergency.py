"""Acute danger goes before everything else, and never gets a policy answer.

Patterns are kept to what is happening or about to happen: a question *about*
violence or suicide ("家暴怎么办") is answered by its article, which names the
same numbers. A collapse, a fire or a swallowed poison counts unless it is told
of as past, or as the reason for an application.
"""

import re

from knowledge.text import fold

_ANYONE = "我|人|他|她|妈|爸|孩子|小孩|儿子|女儿|老人|奶奶|爷爷|老婆|老公|媳妇|全家"
_WEAPON = "刀|匕首|斧|棍|枪|酒瓶|砖头"
_KILL = "砍死?|杀死?|捅死?|打死|掐死|烧死|弄死|勒死"
_BEAT = "打|殴打|毒打|揍|踢|踹|掐|砸|捅|砍|抽|家暴"
_OWN_HAND = "自杀|轻生|跳楼|割腕|割脉|上吊|跳河|跳江|投河|喝农药|寻短见|寻死|烧炭|自焚"

_ACUTE = re.compile(
    "|".join(
        [
            rf"(拿|提|持|举|挥|握)(着|起).{{0,4}}({_WEAPON})|拿.{{0,2}}刀了",
            rf"(拿|提|持|举|挥|握)了?.{{0,4}}({_WEAPON}).{{0,4}}(砍|捅|杀|打|砸|追|指|架|冲|逼|堵|闹)",
            rf"(要|想|说|扬言|威胁).{{0,2}}({_KILL})了?({_ANYONE})(?!也|犯|罪|案)",
            rf"(在|正)(拿.{{1,4}})?({_BEAT})我?({_ANYONE})(?!工|.{{0,4}}(电话|针|疫苗))",
            r"(砍|捅|掐|勒|砸)(我|妈|爸)|(掐|勒)(着|住).{0,4}(脖子|喉咙)|(快|要)被.{0,6}打死",
            r"救命(?!钱|恩|稻草|药|之|款)|被(绑架|劫持|锁在)|被.{0,4}拐卖?(到|走|了)",
            r"(我|她|孩子)被.{0,4}关(在|起来)|把(我|她|他|孩子).{0,2}(关|锁)(在|起来)(?!.{0,4}领)",
            rf"不想活|(想|要|准备|打算|现在就|直接|去|正|正在|已|已经)({_OWN_HAND})|割(腕|脉)了",
            r"(我|真|好|只|就)想死(?!你|心|后)|(想|要)死了?算了|死了算了|(准备|要|想)跳下去",
            r"活着.{0,2}没(有)?(什么|啥)?(意思|意义)|(想|不如)一了百了|死.{0,3}一了百了|遗书.{0,2}写好",
            r"kill (myself|me\b|us\b|him|her)|suicidal|commit suicide|end my life",
            r"(want|wants|going) to die|don'?t want to live|cut (my|his|her) wrists?",
            r"(with|has|holding|got) an? (knife|gun|axe)|locked (me|us) (in|up)",
            r"( is| are|'s) (beating|hitting|attacking|choking|strangling|stabbing) (me|my|h)",
        ]
    )
)
_EVENT = re.compile(
    "|".join(
        [
            r"(着火|起火|失火)了|(煤气|燃气|天然气|瓦斯)(泄漏|漏)|触电了|溺水",
            rf"({_ANYONE}|娘|娃).?掉(到|进|下)?.{{0,2}}(河|水|井|塘)",
            r"(没|没有)了?(呼吸|心跳)|昏迷不醒|(晕|昏)(倒|过去)|喘不(上|过)气|叫不醒|口吐白沫",
            r"大出血|血流不止|流(了)?(好多|很多|一地)血",
            r"(喝|吃|吞|服)(下|了)?(农药|敌敌畏|百草枯|老鼠药|安眠药)",
            r"(喝|吃|吞|服)(下|了)?(一|整|一整|大半|好几|两)(瓶|把|盒).{0,2}药",
            r"(house|home|room|building|kitchen) is on fire|fire in (the|our|my) |gas leak",
            r"(not|n't) breathing|can'?t breathe|unconscious|bleeding (badly|heavily)|overdose",
        ]
    )
)
_TOLD = re.compile(
    r"去年|前年|上个?(月|周|星期|礼拜)|以前|从前|曾|当年|小时候|年前|[\d一二两三四五六七八九十几多]个?(年|月)"
    r"|长期|每天|每晚|去世|过世|坐牢|住院|申请|救助|补贴|补助|报销|投诉|监护|离婚|责任|报警器"
    r"|\b(years?|months?|weeks?|last|ago|guardian|divorce|allowance|subsidy|died)\b"
)
_GAP = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")

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
    told = _read(text)
    if _ACUTE.search(told):
        return True
    return _EVENT.search(told) is not None and _TOLD.search(told) is None


def _read(text: str) -> str:
    """Folded, without spaces between Chinese letters, one apostrophe and one 着 for both."""
    return _GAP.sub("", fold(text)).replace("’", "'").replace("著", "着")
