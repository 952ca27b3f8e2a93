"""The keys of the vault: sealing (AES-256-GCM), and a keyed hash for equality (HMAC-SHA-256).

A key ring is text, one `name:base64` a line: `index` keys the hash and never changes,
the first other name seals, the rest only open what they sealed. `cryptography` is
imported here only.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from office.errors import KeyProblem

INDEX: Final = "index"
_BYTES, _NONCE = 32, 12
_NAME = re.compile(r"[a-z0-9-]{1,32}")
_TELLTALE = b"civil-affairs vault key"


@dataclass(frozen=True, repr=False)
class KeyRing:
    """`sealing` by name, the newest first."""

    index: bytes
    sealing: dict[str, bytes]

    @property
    def current(self) -> str:
        """The name of the key that seals."""
        return next(iter(self.sealing))

    def seal(self, value: str, about: str) -> str:
        """`value` under the current key; it opens only with the same `about`."""
        nonce = secrets.token_bytes(_NONCE)
        box = AESGCM(self.sealing[self.current]).encrypt(nonce, value.encode(), about.encode())
        return f"{self.current}.{base64.b64encode(nonce + box).decode()}"

    def open(self, sealed: str, about: str) -> str:
        """What was sealed; KeyProblem where the key is gone or the seal was tampered with."""
        name, _, box = sealed.partition(".")
        if name not in self.sealing:
            raise KeyProblem(f"the vault key “{name}” is missing from VAULT_KEYS")
        try:
            raw = base64.b64decode(box, validate=True)
            opened = AESGCM(self.sealing[name]).decrypt(raw[:_NONCE], raw[_NONCE:], about.encode())
        except (InvalidTag, ValueError) as error:  # ValueError: not base64, or cut short
            raise KeyProblem(f"something sealed under “{name}” does not open") from error
        return opened.decode()

    def hashed(self, value: str, about: str) -> str:
        """A keyed hash of `value`: hex, 64 characters, another one for each `about`."""
        message = f"{about}\0{value}".encode()
        return hmac.new(self.index, message, hashlib.sha256).hexdigest()

    def telltales(self) -> dict[str, str]:
        """For every key a value that tells whether it is still the same key, and nothing else."""
        keys = {INDEX: self.index, **self.sealing}
        return {
            name: hmac.new(key, _TELLTALE, hashlib.sha256).hexdigest()[:16]
            for name, key in keys.items()
        }


def read_ring(text: str, *, where: str) -> KeyRing:
    """The key ring written in `text`; KeyProblem names the line. Commas end a line, too."""
    keys: dict[str, bytes] = {}
    for number, line in enumerate(re.split(r"[\n,]", text.strip()), 1):
        name, _, value = line.strip().partition(":")
        if not _NAME.fullmatch(name) or name in keys:
            raise KeyProblem(f"{where}, key {number}: expected a new name:base64")
        keys[name] = _key(value, f"{where}, key {number} ({name})")
    index = keys.pop(INDEX, None)
    if index is None or not keys:
        raise KeyProblem(f"{where}: needs the key “{INDEX}” and at least one other")
    return KeyRing(index, keys)


def ring_at(given: str, file: Path) -> KeyRing:
    """The key ring `given` in the settings, else that of `file`; KeyProblem."""
    if given:
        return read_ring(given, where="VAULT_KEYS")
    if not file.is_file():
        raise KeyProblem(f"there are no vault keys: set VAULT_KEYS, or put back {file}")
    try:
        return read_ring(file.read_text("utf-8"), where=str(file))
    except (OSError, UnicodeDecodeError):
        raise KeyProblem(f"{file} cannot be read as a key ring") from None


def new_ring(name: str) -> str:
    """A fresh key ring as text."""
    return f"{name}:{_fresh()}\n{INDEX}:{_fresh()}\n"


def with_new_key(text: str, name: str) -> str:
    """The key ring `text` with a new key that seals from now on."""
    return f"{name}:{_fresh()}\n{text.strip()}\n"


def write_ring(file: Path, text: str) -> None:
    """Keep a key ring where only its owner can read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(text, "utf-8")


def applicant_seal(number: str) -> str:
    """What an applicant's seal is bound to."""
    return f"applicant:{number}"


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def _key(value: str, where: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except ValueError:  # its text could repeat the key
        raise KeyProblem(f"{where}: not base64") from None
    if len(key) != _BYTES:
        raise KeyProblem(f"{where}: {len(key)} bytes instead of {_BYTES}")
    return key
