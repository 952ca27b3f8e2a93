"""Of a person only a masked name, hashes and one seal are kept."""

import json

import pytest

from office.identity import proof_hashes, proof_of
from office.intake import Person, enrolled
from office.keys import applicant_seal, new_ring, read_ring
from office.numbers import as_18
from office.privacy import Kind

RING = read_ring(new_ring("test"), where="test")
NUMBER, OTHER_NUMBER = "2026110001", "2026110002"
LI = Person("李晓明", "110105199003078219", "13912345678")
OLD = "110105900307821"


def test_nothing_that_was_told_can_be_read() -> None:
    kept = enrolled(LI, NUMBER, RING, ("2026110009",))
    assert kept.masked_name == "李*明"
    assert kept.others == ("2026110009",)
    assert LI.id_number
    assert LI.phone
    for clear in (LI.name, LI.id_number, LI.phone, "8219", "5678"):
        assert clear not in str(kept)


def test_the_seal_holds_name_and_phone_for_this_application_and_no_id_number() -> None:
    sealed = enrolled(LI, NUMBER, RING).sealed
    opened = json.loads(RING.open(sealed, applicant_seal(NUMBER)))
    assert opened == {"name": "李晓明", "phone": "13912345678"}


def test_a_person_is_the_same_in_all_applications_and_a_proof_is_each_one_s_own() -> None:
    one, other = enrolled(LI, NUMBER, RING), enrolled(LI, OTHER_NUMBER, RING)
    assert one.person_hash == other.person_hash
    assert one.id_proof_hash != other.id_proof_hash
    assert one.phone_proof_hash != other.phone_proof_hash


@pytest.mark.parametrize("id_number", [OLD, as_18(OLD), as_18(OLD).lower()])
def test_an_old_number_is_the_same_person_and_the_same_proof_as_its_18(id_number: str) -> None:
    """Who was registered with 15 digits carries a card with 18 and types what it ends with."""
    kept = enrolled(Person("李晓明", id_number), NUMBER, RING)
    assert kept.person_hash == RING.hashed(as_18(OLD), "person")
    for typed in (OLD, as_18(OLD)):
        proof = proof_of(Kind.ID_NUMBER, typed)
        assert proof_hashes(RING, NUMBER, proof)[0] == kept.id_proof_hash


def test_what_is_not_told_is_not_kept() -> None:
    phone_only = enrolled(Person("李晓明", phone="13912345678"), NUMBER, RING)
    assert phone_only.person_hash is phone_only.id_proof_hash is None
    assert phone_only.phone_proof_hash
    id_only = enrolled(Person("李晓明", "110105199003078219"), NUMBER, RING)
    assert id_only.phone_proof_hash is None
    assert json.loads(RING.open(id_only.sealed, applicant_seal(NUMBER)))["phone"] is None
