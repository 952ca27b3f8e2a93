"""The vault: numbers that identify a person, sealed, for a short time, behind tokens."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, delete, select, update

from office.errors import KeyProblem, TokenExpired
from office.keys import INDEX, KeyRing, applicant_seal
from office.privacy import Found, Kind
from office.schema import applicants, vault, vault_keys
from office.store.audit import Entry, note
from office.store.engine import insert_once

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TOKEN_LENGTH: Final = 16


class Purpose(StrEnum):
    """The use cases that may open what is sealed; each opening is written to the audit log."""

    STATUS_LOOK_UP = "status.look_up"
    STATUS_NUMBER = "status.number"
    STATUS_PROOF = "status.proof"
    STATUS_CODE = "status.code"


class Vault:
    """Tokens belong to the citizen (a hash) whose message held the number."""

    def __init__(self, engine: Engine, ring: KeyRing, *, keep: timedelta) -> None:
        self._engine, self._ring, self._keep = engine, ring, keep

    def keep(self, citizen: str, found: Found, *, now: datetime) -> str:
        """A token for `found`; the same number of the same citizen keeps its token, for longer."""
        hashed = self._ring.hashed(found.value, f"vault:{found.kind}")
        token = "".join(secrets.choice(_ALPHABET) for _ in range(_TOKEN_LENGTH))
        mine = _same(citizen, found.kind, hashed)
        row = {
            "token": token,
            "citizen": citizen,
            "kind": found.kind.value,
            "value_hash": hashed,
            "sealed": self._ring.seal(found.value, _about(citizen, found.kind)),
            "expires_at": now + self._keep,
        }
        with self._engine.begin() as connection:
            # The update first: it holds an expired row against a purge at the same moment.
            connection.execute(update(vault).where(mine).values(expires_at=row["expires_at"]))
            insert_once(connection, vault, row)
            kept: str = connection.execute(select(vault.c.token).where(mine)).scalar_one()
        return kept

    def open(
        self, token: str, citizen: str, purpose: Purpose, *, now: datetime
    ) -> tuple[Kind, str]:
        """What the token stands for; TokenExpired also for a token of another citizen."""
        mine = (vault.c.token == token) & (vault.c.citizen == citizen) & (vault.c.expires_at > now)
        with self._engine.begin() as connection:
            row = connection.execute(select(vault.c.kind, vault.c.sealed).where(mine)).one_or_none()
            if row is None:
                raise TokenExpired
            note(connection, Entry(citizen, purpose.value, token), now=now)
        kind = Kind(row.kind)
        return kind, self._ring.open(row.sealed, _about(citizen, kind))

    def verify(self) -> None:
        """Refuse keys that are not those the database was sealed with; learn a new one.

        Only a key that seals is learnt: an old one stays forgotten after `reseal`, so that it
        can go at any time. KeyProblem in one line.
        """
        ours = self._ring.telltales()
        with self._engine.begin() as connection:
            known = {row.name: row.telltale for row in connection.execute(select(vault_keys))}
            _refuse_others(known, ours)
            for name in {self._ring.current, INDEX} - known.keys():
                insert_once(connection, vault_keys, {"name": name, "telltale": ours[name]})

    def reseal(self) -> int:
        """Seal everything under the current key and forget the old ones; the rows resealed."""
        with self._engine.begin() as connection:
            count = self._reseal_vault(connection) + self._reseal_applicants(connection)
            kept = [self._ring.current, INDEX]
            connection.execute(delete(vault_keys).where(vault_keys.c.name.not_in(kept)))
        return count

    def _reseal_vault(self, connection: Connection) -> int:
        rows = connection.execute(select(vault)).all()
        for row in rows:
            sealed = self._again(row.sealed, _about(row.citizen, Kind(row.kind)))
            connection.execute(
                update(vault).where(vault.c.token == row.token).values(sealed=sealed)
            )
        return len(rows)

    def _reseal_applicants(self, connection: Connection) -> int:
        rows = connection.execute(select(applicants)).all()
        for row in rows:
            this = (applicants.c.application == row.application) & (applicants.c.place == row.place)
            this &= applicants.c.sealed == row.sealed  # an import in between has sealed it anew
            sealed = self._again(row.sealed, applicant_seal(row.application))
            connection.execute(update(applicants).where(this).values(sealed=sealed))
        return len(rows)

    def _again(self, sealed: str, about: str) -> str:
        return self._ring.seal(self._ring.open(sealed, about), about)


def has_keys(engine: Engine) -> bool:
    """Whether the database was ever sealed; then a fresh key would lose what lies in it."""
    with engine.connect() as connection:
        return connection.execute(select(vault_keys.c.name).limit(1)).first() is not None


def _about(citizen: str, kind: Kind) -> str:
    return f"vault:{kind}:{citizen}"


def _same(citizen: str, kind: Kind, hashed: str) -> ColumnElement[bool]:
    return (
        (vault.c.citizen == citizen) & (vault.c.kind == kind.value) & (vault.c.value_hash == hashed)
    )


def _refuse_others(known: dict[str, str], ours: dict[str, str]) -> None:
    for name, telltale in known.items():
        if name not in ours:
            raise KeyProblem(
                f"the vault key “{name}” is missing, and data is sealed under it: put it back "
                "into VAULT_KEYS (or the key file)"
            )
        if ours[name] != telltale:
            raise KeyProblem(
                f"the vault key “{name}” is not the one that sealed this database: "
                "VAULT_KEYS (or the key file) belongs to another database"
            )
