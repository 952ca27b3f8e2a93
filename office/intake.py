"""People as another system names them, turned into what this office keeps of them."""

import json
from dataclasses import dataclass

from office.identity import proof_hashes
from office.keys import KeyRing, applicant_seal
from office.numbers import as_18, last_four
from office.privacy import masked_name
from office.status import Applicant


@dataclass(frozen=True)
class Person:
    """An applicant in clear, on the way in: a valid ID number, a phone as digits, or both."""

    name: str
    id_number: str | None = None
    phone: str | None = None


def enrolled(person: Person, number: str, ring: KeyRing, others: tuple[str, ...] = ()) -> Applicant:
    """`person` as an applicant of application `number`: hashes, and name and phone sealed.

    The ID number itself is not kept: equality and the proof need its hash only. An old number
    of 15 digits counts as its 18, because the card in the citizen's hand ends like those.
    """
    id_number, phone = person.id_number and as_18(person.id_number), person.phone
    sealed = json.dumps({"name": person.name, "phone": phone}, ensure_ascii=False)
    return Applicant(
        masked_name=masked_name(person.name),
        sealed=ring.seal(sealed, applicant_seal(number)),
        person_hash=ring.hashed(id_number, "person") if id_number else None,
        id_proof_hash=proof_hashes(ring, number, last_four(id_number))[0] if id_number else None,
        phone_proof_hash=proof_hashes(ring, number, phone[-4:])[1] if phone else None,
        others=others,
    )
