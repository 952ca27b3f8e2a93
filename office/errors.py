"""The office's exceptions: raised here, translated once at the edge (`api/errors.py`).

OfficeError
└── TurnUnknown
"""


class OfficeError(Exception):
    """A use case that cannot go on; `code` is stable, `message` is for the citizen."""

    code = "office_error"
    message = "这一步没有办成，请稍后再试。"


class TurnUnknown(OfficeError):
    """Feedback for a turn that this conversation never had."""

    code = "turn_unknown"
    message = "没有找到您评价的那条回答，请刷新页面后再试。"
