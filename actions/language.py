"""Switching the language of the conversation."""

from typing import Final

from actions.base import CoreAction, Turn
from knowledge.reply import Reply

_SAID: Final[dict[str, dict[str, str]]] = {
    "zh-Hans": {
        "zh": "好的，下面用简体中文。",
        "en": "All right, Simplified Chinese from here on.",
    },
    "zh-Hant": {
        "zh": "好的，下面用繁体中文。",
        "en": "All right, Traditional Chinese from here on.",
    },
    "en": {"zh": "好的，下面用英文。", "en": "All right, English from here on."},
}
_OTHER: Final = {
    "zh": "对不起，我只会简体中文、繁体中文和英文。您用方言打字我也尽量看懂。请说要哪一种？",
    "en": "Sorry, I know Simplified Chinese, Traditional Chinese and English. Which shall it be?",
}
_NAMES: Final = {"zh-Hans": "简体中文", "zh-Hant": "繁体中文", "en": "English"}


class ChangeLanguage(CoreAction):
    """Confirms in the new language; the API keeps it for the conversation."""

    def name(self) -> str:
        return "action_change_language"

    def act(self, turn: Turn) -> None:
        wanted = turn.entities.get("language", "other")
        turn.say(_switch(wanted) if wanted in _SAID else _which())


def _switch(language: str) -> Reply:
    return {"outcome": "language", "language": language, "text": _SAID[language]}


def _which() -> Reply:
    buttons = [
        {
            "title": {"zh": name, "en": name},
            "text": {"zh": f"换成{name}", "en": f"Switch to {name}"},
        }
        for name in _NAMES.values()
    ]
    return {"outcome": "language", "text": _OTHER, "buttons": buttons}
