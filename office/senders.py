"""Ways for a one-time code to reach the phone on file; a text-message gateway is one more."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Protocol

from office.identity import CODE_LASTS
from office.privacy import masked_phone

_MINUTES: Final = int(CODE_LASTS.total_seconds() // 60)


class CodeSender(Protocol):
    def send(self, phone: str, code: str) -> None:
        """Send `code` to `phone` (digits), and return at once: no time tells whether it did."""


class ConsoleSender:
    """Prints the code, with the phone masked: for development."""

    def send(self, phone: str, code: str) -> None:
        print(
            f"{masked_phone(phone)}: 验证码 {code}，{_MINUTES} 分钟内有效",
            file=sys.stderr,
            flush=True,
        )


class FileSender:
    """Appends `phone code` lines to a file: for tests, and for a gateway that reads files.

    The file holds phones in clear; a new one is its owner's alone.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="codes")

    def send(self, phone: str, code: str) -> None:
        self._queue.submit(self._write, phone, code)

    def _write(self, phone: str, code: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.touch(mode=0o600)
        with self._file.open("a", encoding="utf-8") as lines:
            lines.write(f"{phone} {code}\n")
