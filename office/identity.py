"""Who may see an application: its number, a proof, and how often one may be wrong.

A proof is the last four characters of the applicant's ID number or of the phone on
file, or a one-time code sent to that phone.
"""

import hmac
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from office.errors import Both, NumberMalformed, ProofMalformed
from office.keys import KeyRing
from office.numbers import IdCheck, as_18, check_id, last_four
from office.privacy import Kind

CODE_DIGITS: Final = 6
CODE_LASTS: Final = timedelta(minutes=5)
PROVEN_LASTS: Final = timedelta(minutes=30)
"""How long a conversation may go on asking after one proof."""

_PROOF = re.compile(rf"\d{{3}}[\dX]|\d{{{CODE_DIGITS}}}", re.ASCII)
_LOOKALIKES = str.maketrans("OIL", "011")
_BAD_ID: Final[Both] = {
    "zh": "这个身份证号有一位不对，请对照证件再发一次；只发最后四位也可以。",
    "en": "One digit of that ID number is wrong. Please check it, or send only its last four.",
}


@dataclass(frozen=True)
class Limit:
    """From `failures` on nothing is looked up until `period` after the last of them."""

    failures: int
    period: timedelta


NUMBER_LIMIT: Final = Limit(3, timedelta(minutes=15))
"""For one number and one citizen."""
CITIZEN_LIMIT: Final = Limit(10, timedelta(hours=1))
"""For one citizen, whatever the number."""
APPLICATION_LIMIT: Final = Limit(30, timedelta(hours=24))
"""For one number, whoever asks: four digits would not stand long against changing senders."""


@dataclass(frozen=True)
class NumberForm:
    """What this bureau's application numbers look like; `example` is one."""

    pattern: str
    example: str

    def find(self, text: str) -> list[str]:
        """The numbers in a message, in order, each once; O for zero and I or l for one are read."""
        wide = unicodedata.normalize("NFKC", text).upper()
        words = re.finditer(r"[A-Z\d]+", wide)
        numbers = (self._read(word[0]) for word in words)
        return list(dict.fromkeys(number for number in numbers if number))

    def checked(self, value: str) -> str:
        """`value` as the bureau writes it; NumberMalformed."""
        number = self._read(re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", value)).upper())
        if number is None:
            raise NumberMalformed(self.example)
        return number

    def _read(self, word: str) -> str | None:
        for spelling in (word, word.translate(_LOOKALIKES)):
            if re.fullmatch(self.pattern, spelling, re.ASCII):
                return spelling
        return None


def proof_of(kind: Kind, value: str) -> str:
    """The proof in what a citizen sent: its last four, or a code; ProofMalformed."""
    if kind is Kind.ID_NUMBER and check_id(value) is IdCheck.VALID:
        return last_four(as_18(value))
    if kind is Kind.PHONE:
        return value[-4:]
    if kind is Kind.PROOF:
        return checked_proof(value)
    raise ProofMalformed(_BAD_ID if kind in (Kind.ID_NUMBER, Kind.LONG_NUMBER) else None)


def checked_proof(value: str) -> str:
    """Four characters or a code, as typed by a citizen; ProofMalformed."""
    proof = re.sub(r"\s", "", unicodedata.normalize("NFKC", value)).upper()
    if not _PROOF.fullmatch(proof):
        raise ProofMalformed
    return proof


def proves(given: Collection[str], expected: Collection[str]) -> bool:
    """Whether a hash of `given` is among `expected`; every pair is compared, equal or not."""
    pairs = [(one, other) for one in given for other in expected]
    return any([hmac.compare_digest(one, other) for one, other in pairs])


def proof_hashes(ring: KeyRing, number: str, proof: str) -> tuple[str, str]:
    """`proof` as the end of an ID number and as the end of a phone, for this number only."""
    return ring.hashed(proof, f"id:{number}"), ring.hashed(proof, f"phone:{number}")
