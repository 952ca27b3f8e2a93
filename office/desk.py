"""Use cases around an application: prove who asks, read how far it is, follow it."""

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from office.errors import BackOfficeError, NotProven
from office.identity import CODE_DIGITS, checked_proof, proof_hashes, proves
from office.keys import KeyRing, applicant_seal
from office.senders import CodeSender
from office.status import Applicant, Application
from office.store.applications import Applications
from office.store.attempts import Attempts
from office.store.audit import Audit, Entry
from office.store.vault import Purpose

Asked = TypeVar("Asked")


class Source(Protocol):
    """Where applications are: the bureau's own table, or a back office over HTTP."""

    def find(self, number: str) -> Application | None:
        """The application called `number`; BackOfficeError where it cannot be asked."""

    def others(self, application: Application, applicant: Applicant) -> list[Application]:
        """All other applications of the same person; BackOfficeError."""


@dataclass(frozen=True)
class StatusDesk:
    """`citizen` is the hash of a sender, `number` a number of the bureau's form."""

    source: Source
    table: Applications
    attempts: Attempts
    audit: Audit
    ring: KeyRing
    sender: CodeSender

    def look_up(self, citizen: str, number: str, proof: str, *, now: datetime) -> list[Application]:
        """The application and all others of the same person, once `proof` is right.

        An unknown number takes the same steps as a wrong proof, and ends in the same
        NotProven. ProofMalformed, Locked, BackOfficeError.
        """
        proof = checked_proof(proof)
        hashed = self._hashed(number)
        self.attempts.begin(citizen, hashed, now=now)
        application = self._asked(lambda: self.source.find(number), citizen, hashed)
        code = self.attempts.code(citizen, hashed, now=now)
        applicant = self._proven(application, number, proof, code)
        if application is None or applicant is None:
            raise NotProven
        others = self._asked(lambda: self.source.others(application, applicant), citizen, hashed)
        self.attempts.use_code(citizen, hashed)
        self.attempts.succeeded(citizen, hashed)
        return self._opened(citizen, [application, *others], now)

    def look_again(
        self, citizen: str, numbers: Iterable[str], *, now: datetime
    ) -> list[Application]:
        """Applications that this conversation has just proven a right to; BackOfficeError."""
        found = (self.source.find(number) for number in numbers)
        return self._opened(citizen, [one for one in found if one], now)

    def send_code(self, citizen: str, number: str, *, now: datetime) -> None:
        """Send a one-time code to the phone on file, if there is one; nobody is told whether.

        Counts as an attempt. Locked, BackOfficeError.
        """
        hashed = self._hashed(number)
        self.attempts.begin(citizen, hashed, now=now)
        application = self._asked(lambda: self.source.find(number), citizen, hashed)
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        self.audit.add(Entry(citizen, Purpose.STATUS_CODE.value, number), now=now)
        place, phone = self._phone(application)
        self.attempts.keep_code(citizen, hashed, self._code_hash(number, code), place, now=now)
        if phone:
            self.sender.send(phone, code)

    def watch(self, citizen: str, channel: str, numbers: Iterable[str], *, now: datetime) -> None:
        """Tell the citizen by `channel` when one of `numbers`, just proven, moves on."""
        self.table.watch(citizen, channel, numbers, now=now)

    def unwatch(self, citizen: str) -> int:
        """Tell nothing more; how many applications were followed."""
        return self.table.unwatch(citizen)

    def _proven(
        self,
        application: Application | None,
        number: str,
        proof: str,
        code: tuple[str, int] | None,
    ) -> Applicant | None:
        """Whose proof it is. Hashes the same for a number that does not exist."""
        given = proof_hashes(self.ring, number, proof)
        by_code = code is not None and proves([self._code_hash(number, proof)], [code[0]])
        people = application.applicants if application else ()
        for place, one in enumerate(people):
            expected = [h for h in (one.id_proof_hash, one.phone_proof_hash) if h]
            if proves(given, expected) or (by_code and code and code[1] == place):
                return one
        return None

    def _phone(self, application: Application | None) -> tuple[int, str | None]:
        """The first phone on file, and the place of its owner among the applicants."""
        for place, one in enumerate(application.applicants if application else ()):
            if application and one.phone_proof_hash:
                opened = self.ring.open(one.sealed, applicant_seal(application.number))
                phone: str | None = json.loads(opened).get("phone")
                return place, phone
        return 0, None

    def _asked(self, ask: Callable[[], Asked], citizen: str, hashed: str) -> Asked:
        """What the source says; its failure does not count against the citizen."""
        try:
            return ask()
        except BackOfficeError:
            self.attempts.undecided(citizen, hashed)
            raise

    def _opened(self, citizen: str, found: list[Application], now: datetime) -> list[Application]:
        for application in found:
            entry = Entry(citizen, Purpose.STATUS_LOOK_UP.value, application.number)
            self.audit.add(entry, now=now)
        return found

    def _hashed(self, number: str) -> str:
        return self.ring.hashed(number, "number")

    def _code_hash(self, number: str, code: str) -> str:
        return self.ring.hashed(code, f"code:{number}")
