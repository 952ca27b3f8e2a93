"""The office's exceptions: raised here, translated once at each edge (`api`, `actions`).

OfficeError: a use case that cannot go on, with a sentence for the citizen
├── TurnUnknown
├── NumberMalformed, ProofMalformed: not what a number or a proof looks like
├── TokenExpired: the vault no longer has what a token stood for
├── NotProven: no such number, or a wrong proof; nobody is told which
├── Locked: too many failures; `until`
├── Unsigned: a pushed application without a valid signature
└── BackOfficeError
    ├── BackOfficeLate, BackOfficeDown, BackOfficeResting
    └── BackOfficeBroken: it answered something that is no application
KeyProblem: the vault's keys are missing, wrong or unreadable; nothing may start
"""

from datetime import datetime

Both = dict[str, str]
"""A sentence in both languages: {zh, en}."""


class OfficeError(Exception):
    """A use case that cannot go on; `code` is stable, `said` is for the citizen: both languages."""

    code = "office_error"
    zh = "这一步没有办成，请稍后再试。"
    en = "That did not work. Please try again later."

    @property
    def said(self) -> Both:
        return {"zh": self.zh, "en": self.en}


class TurnUnknown(OfficeError):
    """Feedback for a turn that this conversation never had."""

    code = "turn_unknown"
    zh = "没有找到您评价的那条回答，请刷新页面后再试。"
    en = "The answer you judged was not found. Please reload the page and try again."


class NumberMalformed(OfficeError):
    """Not an application number of this bureau by its form, of which `example` is one."""

    code = "number_malformed"

    def __init__(self, example: str) -> None:
        super().__init__(self.code)
        self.zh = (
            f"这不像本局的受理号。本局的受理号像 {example} 这样，写在受理通知书上。"
            "别的单位的号，请问那个单位。"
        )
        self.en = (
            f"That does not look like a number of this bureau. Ours look like {example}; see your "
            "acceptance notice. For a number of another office please ask there."
        )


class ProofMalformed(OfficeError):
    """Not a proof by its form; `said` tells what is wrong with it."""

    code = "proof_malformed"
    zh = "请发申请人身份证或登记手机号的最后四位，或者 6 位验证码。"
    en = (
        "Please send the last four characters of the applicant's ID or phone on file, "
        "or the six-digit code."
    )

    def __init__(self, said: Both | None = None) -> None:
        super().__init__(self.code)
        if said:
            self.zh, self.en = said["zh"], said["en"]


class TokenExpired(OfficeError):
    """The number behind a token is kept for a short time only, and that is over."""

    code = "token_expired"
    zh = "您前面发的号码已经过了保存期，为了保密已删除。请再发一次。"
    en = "The number you sent has been deleted after its short time. Please send it again."


class NotProven(OfficeError):
    """No such number, or the wrong proof: the same words for both."""

    code = "not_proven"
    zh = (
        "受理号和验证信息对不上，没法告诉您进度。请对照受理通知书再核对一遍；"
        "要用申请人本人的身份证或登记手机号的后四位。还不行请拨打 [[hotline]]。"
    )
    en = (
        "Number and proof do not match, so I cannot tell the progress. Please check your "
        "acceptance notice; the last four characters must be from the applicant's own ID or "
        "phone on file. If it still fails, call [[hotline]]."
    )


class Locked(OfficeError):
    """Too many failures; nothing is looked up before `until`."""

    code = "locked"

    def __init__(self, until: datetime, now: datetime) -> None:
        super().__init__(self.code)
        self.until = until
        today = until.date() == now.date()
        zh = f"{until:%H:%M}" if today else f"{until.month}月{until.day}日 {until:%H:%M} "
        en = f"{until:%H:%M}" if today else f"{until:%H:%M} on {until.day} {until:%B}"
        self.zh = (
            f"核对错了太多次，为保护申请人的信息，{zh}以后才能再查。"
            "着急请带身份证到受理窗口，或拨打 [[hotline]]。"
        )
        self.en = (
            f"Too many wrong attempts. To protect the applicant, try again after "
            f"{en}, bring your ID to the counter, or call [[hotline]]."
        )


class Unsigned(OfficeError):
    """A push whose signature is missing, wrong or too old."""

    code = "unsigned"
    zh = "签名缺失、不对或已过期，没有收下。"
    en = "The signature is missing, wrong or too old; nothing was taken."


class BackOfficeError(OfficeError):
    """The back office could not be asked; nobody's fault here, and worth another try."""

    code = "back_office"
    zh = "办件系统暂时连不上，这不代表您的申请有问题。请过几分钟再查，或拨打 [[hotline]]。"
    en = (
        "The case system cannot be reached right now; this says nothing about your "
        "application. Please try again in a few minutes or call [[hotline]]."
    )


class BackOfficeLate(BackOfficeError):
    code = "back_office_late"


class BackOfficeDown(BackOfficeError):
    code = "back_office_down"


class BackOfficeResting(BackOfficeError):
    """It failed several times in a row and is left alone for a while."""

    code = "back_office_resting"


class BackOfficeBroken(BackOfficeError):
    """It answered with something that is no application of the agreed form."""

    code = "back_office_broken"


class KeyProblem(RuntimeError):
    """The vault's keys are missing, wrong or unreadable; one line that says what to do."""
