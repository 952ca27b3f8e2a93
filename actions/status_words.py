"""What the status form says besides the answer itself."""

from typing import Any, Final

from knowledge.reply import Reply
from office.errors import OfficeError

ASKING: Final = "status_asking"
EXPECTS_PROOF: Final = "proof"


def _said(zh: str, en: str, **more: Any) -> Reply:
    return {"outcome": ASKING, "text": {"zh": zh, "en": en}, **more}


_SEND_CODE: Final = {
    "title": {"zh": "给登记手机发验证码", "en": "Send a code to the phone on file"},
    "text": {"zh": "给登记手机发验证码", "en": "Send a code to the phone on file"},
}
_HOW: Final = {
    "title": {"zh": "没有受理号", "en": "I have no number"},
    "text": {"zh": "没有受理号", "en": "I have no number"},
}

ASK_NUMBER: Final = _said(
    "请把受理号发给我，它写在受理通知书或短信上，比如 2026110001。",
    "Please send the application number. It stands on the acceptance notice or in the text "
    "message, for example 2026110001.",
    buttons=[_HOW],
)
NO_NUMBER_THERE: Final = _said(
    "这里面我没看到受理号。不想查了，说“算了”。",
    "I see no application number in that. To stop, say “stop”.",
)
NO_PROOF_THERE: Final = _said(
    "这里面我没看到可以核对的号码。不想查了，说“算了”。",
    "I see nothing in that to check. To stop, say “stop”.",
    expects=EXPECTS_PROOF,
)
LOST_NUMBER: Final = _said(
    "受理号在受理通知书上，也可能在收到的短信里。都找不到，请带身份证到受理申请的窗口问，"
    "或拨打 [[hotline]]。为了保密，没有受理号我不能查。",
    "The number stands on the acceptance notice, perhaps also in a text message. If you find "
    "neither, ask the office that took the application with your ID, or call [[hotline]]. "
    "Without the number I may not look it up.",
)
LOST_PROOF: Final = _said(
    "没有后四位也不要紧：说“给登记手机发验证码”，把收到的码发给我就行。手机也不在，"
    "请申请人带证件到受理的窗口问，或拨打 [[hotline]]。",
    "Without the last four: say “send a code to the phone on file” and send me the code. If that "
    "phone is gone too, the applicant may ask at the office that took the application, with an "
    "ID, or call [[hotline]].",
)
GONE: Final = _said(
    "刚才那份申请现在查不到了。请问受理的窗口，或拨打 [[hotline]]，报受理号就行。",
    "That application is not to be found any more. Please ask the office that took it, or call "
    "[[hotline]] with the number.",
)
FOR_A_RELATIVE: Final = _said(
    "替家里人查也可以：要用申请人的受理号，还有申请人自己的身份证或登记手机的后四位。"
    "没有这些，别人的申请我不能说。",
    "You may ask for a relative: with the applicant's number, and the last four of the applicant's "
    "own ID or phone on file. Without them I may not speak of another person's application.",
)
LEFT: Final = {
    "outcome": "acknowledged",
    "text": {
        "zh": "好的，先不查了。想查的时候说“查进度”。",
        "en": "All right. Say “check my application” whenever you want to.",
    },
}
CODE_SENT: Final = _said(
    "如果这个受理号登记了手机，6 位验证码已经发出，5 分钟内有效。收到后把它发给我。",
    "If a phone is on file for this number, a six-digit code is on its way, good for five minutes. "
    "Send it to me when you have it.",
    expects=EXPECTS_PROOF,
)
WATCHING: Final = {
    "outcome": "status_watching",
    "text": {
        "zh": "记下了。办到下一步，我会在这个对话里告诉您，打开页面就能看到。"
        "不想再收到，说“不用通知了”。",
        "en": "Noted. When it moves on I will tell you in this conversation; open the page to "
        "see it. To stop, say “no more messages”.",
    },
}
NOT_WATCHING: Final = {
    "outcome": "status_watching",
    "text": {"zh": "好的，以后不再通知。", "en": "All right, no more messages."},
}
NOT_WATCHED: Final = {
    "outcome": "status_watching",
    "text": {
        "zh": "您没有要过进展通知，不用取消。",
        "en": "You had not asked for messages; there is nothing to stop.",
    },
}


def ask_proof(number: str) -> Reply:
    """What proves that the citizen may see application `number`."""
    return _said(
        f"受理号 {number}。为了保密要核对一下：请发申请人身份证的最后四位，"
        "或者登记手机号的最后四位。",
        f"Number {number}. To keep it private, please send the last four characters of the "
        "applicant's ID, or of the phone on file.",
        expects=EXPECTS_PROOF,
        buttons=[_SEND_CODE],
    )


def refusal(error: OfficeError) -> Reply:
    """An error of the office in the words it has for citizens; the outcome is its code."""
    return {"outcome": error.code, "text": error.said}
