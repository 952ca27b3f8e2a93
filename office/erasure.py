"""“删除我的信息”: hearing that a citizen wants their data deleted, and what is said to it.

Only a message that is nothing but this request counts. Whose records? The citizen's talk with
us, never a register: 删除我的离婚记录 is a question for `knowledge`.
"""

import re
from typing import Any, Final

Reply = dict[str, Any]

EXPECTS: Final = "erasure"
"""What the next message answers, after ASK."""

_SIMPLE: Final = str.maketrans(
    "刪資個訊記錄紀賬帳號數據隱註銷對話這裡裏請幫們將說過確認別內問題電機證碼發給輸寫還麼為馬歷銀時與嗎儲處關於詢",
    "删资个讯记录纪账账号数据隐注销对话这里里请帮们将说过确认别内问题电机证码发给输写还么为马历银时与吗储处关于询",
)
"""Traditional characters of these requests; each stands for one simplified one."""

_PLEASE = (
    r"(?:请|麻烦|劳驾|拜托|您好|你好|你们|你|您|帮我|帮忙|给我|替我|我想要?|我要求?|我希望|我需要"
    r"|要求|希望|能不能|可不可以|可以|能否|能|怎么样?才能|怎么样?|如何|怎样|现在|马上|立即|立刻|赶紧|尽快"
    r"|直接|全部|彻底|永久|那就|就|再|也|都|全|统统|通通)*"
)
_DELETE = (
    r"(?:删除|删掉|删去|删了|删|清除|清空|清掉|清理|清(?=一下|了|吧)"
    r"|抹掉|抹除|抹去|销毁|消除|擦除|忘掉|忘记)"
)
_CLOSE = r"(?:注销|关闭|取消|删除|删掉|删了|删)"
_NOT = (
    r"我?(?:不要再?|别再?|不许再?|不准再?|不能再?|停止|不想(?:让|被)?|不愿意?(?:让)?"
    r"|不同意|拒绝|不)(?:你们?|您|系统|平台)?"
)
_STORE = r"(?:保存|存储|储存|保留|留存|存下?|留着?|记录|记下)(?:起来|下来)?"
_USE = r"(?:收集|采集|处理|使用)"
_OWN = r"(?:我们?自己|我们?|本人|俺)"
_WHERE = r"(?:在?(?:你们?|您|贵局)?(?:这里|这儿|这边|系统里?|平台|网站|网上|这|后台)(?:上|里)?面?)?"
_FROM = r"(?:从(?:你们?的?)?(?:系统|后台|平台|网站|数据库|这里|这儿)(?:里|上|中)?面?)?"
_HELD = r"(?:关于|有关|你们(?:保存|存|记录|收集|记下)(?:着|了)?的)?"
_SAID = (
    r"(?:(?:刚才|刚刚|刚|之前|以前|前面|今天|上次|昨天)?(?:在这里)?"
    r"(?:发|说|输入|输|填写|填|留下|留|提供|问|打|聊|写)(?:给你们?|出去|进去)?过?的)?"
)
_KIND = r"(?:全部|所有|一切|相关|个人|隐私|聊天|对话|会话|历史|咨询|提问|身份|使用|的)*"
_THING = (
    r"(?:姓名[和与、])?(?:信息|资料|数据|记录|纪录|资讯|讯息|隐私|内容|聊天|对话|会话|消息|痕迹|身份证号?码?"
    r"|手机号?码?|电话号?码?|银行卡号|号码|话|东西|问题)"
)
_MORE = rf"(?:(?:和|与|跟|及|以及|、|还有)(?:我的)?{_KIND}{_THING})*"
_MINE = rf"{_OWN}{_WHERE}的?{_SAID}{_KIND}{_THING}{_MORE}|{_OWN}{_SAID[:-1]}"
_TALK = (
    r"(?:这次|这段|这些|这个|全部|所有|之前|以前|历史|的|关于\w{1,8}的)*"
    r"(?:聊天|对话|会话)(?:的?(?:记录|纪录|内容|历史|数据|信息|消息))?"
)
_PERSONAL = r"(?:全部|所有)?的?个人(?:信息|资料|数据|隐私)"
_WHAT = rf"(?:{_MINE}|{_TALK}|{_PERSONAL})"
_ACCOUNT = rf"(?:(?:{_OWN}{_WHERE}的?|这个|本)(?:账号|账户|用户|个人账号)|账号)"
_END = (
    r"(?:掉|了|除|一下|干净|吧|吗|呢|么|啊|呀|哦|啦|呗|好吗|行吗|可以吗|好不好|行不行|可不可以|谢谢您?你?"
    r"|多谢|麻烦了|拜托|信息)*"
)
_ZH: Final = re.compile(
    rf"{_PLEASE}(?:"
    rf"{_DELETE}(?:掉|一下)?{_HELD}{_WHAT}"
    rf"|(?:把|将){_WHAT}{_PLEASE}{_FROM}{_DELETE}"
    rf"|{_WHAT}{_PLEASE}{_FROM}{_DELETE}"
    rf"|{_CLOSE}(?:掉|一下)?{_ACCOUNT}|(?:把|将)?{_ACCOUNT}{_PLEASE}{_CLOSE}"
    rf"|{_NOT}{_STORE}{_WHAT}|{_WHAT}{_NOT}{_STORE}|{_NOT}(?:把|将){_WHAT}{_STORE}"
    rf"|{_NOT}{_USE}(?:{_OWN}的?{_KIND}(?:信息|资料|数据|隐私)|{_PERSONAL})"
    rf"|(?:我)?撤回(?:我)?(?:对|的)*(?:处理)?{_PERSONAL}(?:处理)?的?同意"
    rf"){_END}"
)
_ALREADY: Final = re.compile(r"(?!.*(?:能|可以)).*了(?:吗|么|没)")
"""Asks whether it has been done."""

_EN_PLEASE = (
    r"(?:please|kindly|hi|hello|can you|could you|would you|can i|may i|how (?:do|can) i"
    r"|i (?:want|need|would like) (?:you )?to|i'd like (?:you )?to|help me(?: to)?| )*"
)
_EN_THING = (
    r"(?:data|information|info|details|messages?|questions?|records?|chats?|conversations?|account"
    r"|history|chat history|chat records?|conversation history|id number|phone number|number)"
)
_EN_MINE = (
    rf"(?:all )?(?:of )?my (?:own )?(?:personal |private |saved |stored |name and )*{_EN_THING}"
)
_EN_MORE = rf"(?:(?: and|,)(?: my)?(?: personal)? {_EN_THING})*"
_EN_TALK = r"(?:all )?(?:the|this|our) (?:chat|conversation)(?: history| records?)?"
_EN_ALL = (
    r"(?:everything|all|what(?:ever)?|all data|the data) "
    r"(?:you (?:have|know|keep|stored?)|i (?:said|wrote|typed|told you))"
)
_EN_WHAT = rf"(?:{_EN_MINE}{_EN_MORE}|{_EN_TALK}|{_EN_ALL})"
_EN_END = (
    r"(?: (?:please|now|completely|at once|thanks?|thank you|about me|on me|from (?:your|the) "
    r"(?:system|records|database|server)|you (?:have|hold|keep|store)(?: (?:about|on) me)?))*"
)
_EN: Final = re.compile(
    rf"{_EN_PLEASE}(?:"
    rf"(?:delete|erase|remove|wipe|clear|forget|destroy) {_EN_WHAT}"
    rf"|(?:close|cancel|deactivate) my account"
    rf"|(?:do not|don't|stop|never) (?:save|saving|store|storing|keep|keeping|record|recording"
    rf"|collect|collecting) {_EN_WHAT}"
    rf"|forget me){_EN_END}"
)

_MATTER: Final = re.compile(
    r"低保|特困|婚|户口|户籍|档案|公示|名单|收养|社会组织|社团|公司|登记|申请|救助|补贴|残疾|抚恤|墓|孩子|儿子|女儿"
    r"|dibao|marriage|divorce|allowance|register|registry"
)
"""Beside such words the request may mean a register."""
_CLAUSES: Final = re.compile(r"[,;.!?~，。；！？、…\n]+")
_MARK: Final = re.compile(r"〔[^〕]*〕")
"""Stands where a number was typed."""
_LONGEST: Final = 80
"""Characters; whoever wants this says it shortly."""

_YES: Final = re.compile(
    r"(?:嗯|是的?|对的?|好的?|行|可以|确认|确定|同意|请|那就|就|都|全部|我|要|马上|现在|帮我)*"
    r"(?:嗯|是|是的|对|对的|好|好的|行|可以|确认|确定|同意|删|删除|删掉|删了|清除|清空)"
    r"(?:掉|了|吧|啊|呀|哦|谢谢)*"
    r"|y|yes(?: please)?|yes (?:please )?(?:delete|erase)(?: (?:it|them|everything|all|my data))?"
    r"|ok|okay|sure|confirm|go ahead|(?:please )?(?:delete|erase)(?: (?:it|them|everything|all))?"
)
_NO: Final = re.compile(
    r"(?:不|不要|不用|不必|先不|先别|别|暂时不|暂时别|还是不|还是别|我不|我不想|不想|不行|不是|不同意|不确定)"
    r"(?:要|用)?(?:删除?|删掉|清除|清空)?(?:了|吧|啊)*"
    r"|(?:还是)?(?:算了|取消|留着|保留|等等|等一下|再想想|再考虑一下|再说|以后再说|不了)(?:吧|了)*"
    r"|no|no (?:thanks?|thank you)|not now|not yet|cancel|keep (?:it|them)|never ?mind|stop"
    r"|(?:please )?(?:don't|do not)(?: delete| erase)?(?: (?:it|them|anything))?"
)
_BESIDE: Final = re.compile(r"谢谢您?你?|多谢|麻烦了?你?您?|你好|您好|please|thanks?|thank you")


def _button(zh: str, en: str) -> Reply:
    return {"title": {"zh": zh, "en": en}, "text": {"zh": zh, "en": en}}


def _reply(outcome: str, zh: str, en: str, **more: Any) -> Reply:
    said = {"outcome": outcome, "text": {"zh": zh, "en": en}, "article": None, "title": None}
    return {**said, "sources": [], "buttons": [], **more}


ASK: Final = _reply(
    EXPECTS,
    "您是想删除在这里留下的信息吗？\n\n"
    "**会删掉：**聊天记录、您的评价、您发过的号码、进度通知和关注。\n"
    "**不会删：**您办事的申请材料和登记档案。那是本局按规定要留存的，"
    "要查、要改请到窗口或拨打 [[hotline]]。"
    "查询进度的操作记录（不含姓名、身份证号）和输错验证信息的次数，也要到期才删。\n\n"
    "删了就找不回来了。确定吗？",
    "Do you want to delete what you left here?\n\n"
    "**Deleted:** this chat, your ratings, numbers you sent, progress notices and alerts.\n"
    "**Not deleted:** your applications and registration files. The bureau has to keep these; to "
    "see or correct them, come to the counter or call [[hotline]]. The log of progress look-ups "
    "(no names, no ID numbers) and the count of failed proofs end after their own time.\n\n"
    "This cannot be undone. Are you sure?",
    expects=EXPECTS,
    sources=[
        {
            "law": "个人信息保护法",
            "article": "第四十七条",
            "in_force": "2021-11-01",
            "verified": True,
            "note": "",
            "region": "national",
            "reviewed_on": "2026-11-25",
        }
    ],
    buttons=[_button("确认删除", "Yes, delete it"), _button("先不删", "Not now")],
)

KEPT: Final = _reply(
    "kept",
    "好的，什么都没有删。以后想删，随时发“删除我的信息”。",
    "All right, nothing was deleted. Whenever you want to, type “delete my data”.",
)


def done(receipt: str) -> Reply:
    """What is said when all is deleted; `receipt` is the number that the bureau's log has."""
    return _reply(
        "erased",
        f"已经删除。回执号：**{receipt}**。请记下来，以后要核实这次删除，凭它问本局。"
        "这部手机或电脑上显示的对话，点“清空对话”或关掉页面就没有了。",
        f"Deleted. Your receipt: **{receipt}**. Please note it: with it the bureau can confirm "
        "this deletion. What this device still shows goes when you clear the chat or close it.",
    )


def asks(text: str) -> bool:
    """Whether `text` asks to delete what is kept about the citizen's talk with us."""
    clauses = _clauses(text)
    wanted = [clause for clause in clauses if _wants(clause)]
    others = (clause for clause in clauses if clause not in wanted)
    return bool(wanted) and not any(_MATTER.search(clause) for clause in others)


def confirms(text: str) -> bool:
    """Whether `text`, said to ASK, means yes. Neither yes nor no is another matter."""
    said = [clause for clause in _clauses(text) if not _BESIDE.fullmatch(clause)]
    return bool(said) and all(_agrees(clause) for clause in said)


def declines(text: str) -> bool:
    """Whether `text`, said to ASK, means no; a no beside a yes is a no."""
    return any(_NO.fullmatch(clause) for clause in _clauses(text))


def _agrees(clause: str) -> bool:
    """A plain yes, or the request itself said with one; the mere request may be sent twice."""
    _, sure, rest = clause.partition("确认" if "确认" in clause else "确定")
    return bool(_YES.fullmatch(clause)) or (bool(sure) and _wants(rest))


def _wants(clause: str) -> bool:
    chinese = clause.replace(" ", "")
    asked = _ZH.fullmatch(chinese) and not _ALREADY.match(chinese)
    return bool(asked or _EN.fullmatch(clause))


def _clauses(text: str) -> list[str]:
    """Folded: simplified script, lower case, one kind of apostrophe. Too long is none at all."""
    if len(text) > _LONGEST:
        return []
    folded = " ".join(_MARK.sub("", text).translate(_SIMPLE).lower().replace("’", "'").split())
    return [clause.strip() for clause in _CLAUSES.split(folded) if clause.strip()]
