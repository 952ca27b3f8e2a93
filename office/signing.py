"""Signatures between this office and a back office: HMAC-SHA-256 over a timestamp and a message."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Final

from office.errors import Unsigned

_SECONDS: Final = re.compile(r"[0-9]{1,12}")
WITHIN: Final = timedelta(minutes=5)
"""How old a signature may be, and how far ahead a clock may run."""


def signature(secret: str, timestamp: str, message: bytes) -> str:
    """Hex, 64 characters; `timestamp` in Unix seconds."""
    signed = f"{timestamp}.".encode() + message
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def verify(secret: str, given: str, timestamp: str, message: bytes, *, now: datetime) -> None:
    """Unsigned where the signature is not `secret`'s, or is not of these minutes."""
    if not _SECONDS.fullmatch(timestamp):
        raise Unsigned
    expected = signature(secret, timestamp, message)
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise Unsigned
    if abs(now.timestamp() - int(timestamp)) > WITHIN.total_seconds():
        raise Unsigned
