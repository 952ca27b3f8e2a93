"""A citizen's message with every number that identifies a person behind a token of the vault."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from office.privacy import find, replace, without_tokens
from office.store.vault import Vault

MOST: Final = 5
"""Numbers of one message that get a token; beyond that they are taken out all the same."""


@dataclass(frozen=True)
class Sealed:
    """`stored` holds the tokens inline (〔身份证号:TOKEN〕), `plain` the marks alone;
    `tokens` are in the order of the first marks."""

    stored: str
    plain: str
    tokens: tuple[str, ...] = ()


def seal(text: str, citizen: str, vault: Vault, *, proof: bool, now: datetime) -> Sealed:
    """`text` for storing and passing on; `proof`: four characters alone are a proof, too."""
    found = find(text, proof=proof)
    tokens = [vault.keep(citizen, one, now=now) for one in found[:MOST]]
    stored = replace(text, found, [*tokens, *[None] * (len(found) - len(tokens))])
    return Sealed(stored, without_tokens(stored), tuple(tokens))
