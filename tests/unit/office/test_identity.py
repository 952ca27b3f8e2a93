"""A number, a proof, in every spelling that people use; and nothing else."""

import pytest

from office.errors import NumberMalformed, ProofMalformed
from office.identity import NumberForm, checked_proof, proof_hashes, proof_of, proves
from office.keys import new_ring, read_ring
from office.privacy import Kind

FORM = NumberForm(r"20\d{2}(0[1-9]|1[0-2])\d{4,6}", "2026110001")
ID = "110105199003078211"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026110001", ["2026110001"]),
        ("查2026110001的进度", ["2026110001"]),
        ("２０２６１１０００１", ["2026110001"]),
        ("2O26IIOOO1", ["2026110001"]),
        ("2026110001、202611000022 和2026110001", ["2026110001", "202611000022"]),
        ("2026130001", []),
        ("受理号：2o26iioool，谢谢", ["2026110001"]),
        ("二〇26年查2026-11-0001", []),
        ("２０２６１１０００１和2O261100O1", ["2026110001"]),
        ("٢٠٢٦١١٠٠٠١", []),
        ("20٢٦110001", []),
        ("2026110001\x00", ["2026110001"]),
        ("2026110001" * 50, []),
        ("20261100012345678", []),
        ("33010120261101", []),
        ("' OR 1=1; DROP TABLE applications --", []),
        ("{{7*7}} ${jndi}", []),
        ("9" * 500, []),
        ("", []),
    ],
)
def test_the_bureau_s_numbers_are_found_in_a_message(text: str, found: list[str]) -> None:
    assert FORM.find(text) == found


@pytest.mark.parametrize("value", ["2026110001", " 2026 1100 01 ", "2026-110001", "2o26iiooo1"])
def test_a_number_is_read_as_the_bureau_writes_it(value: str) -> None:
    assert FORM.checked(value) == "2026110001"


@pytest.mark.parametrize("value", ["", "330101202611", "9" * 500, "2026110001; --", "{{1}}", ID])
def test_what_is_no_number_is_refused_with_an_example_and_not_repeated(value: str) -> None:
    with pytest.raises(NumberMalformed) as refused:
        FORM.checked(value)
    assert "2026110001" in refused.value.said["zh"]
    assert not value or value not in str(refused.value.said)


@pytest.mark.parametrize(
    ("kind", "value", "proof"),
    [
        (Kind.ID_NUMBER, ID, "8211"),
        (Kind.ID_NUMBER, "11010519491231002X", "002X"),
        (Kind.ID_NUMBER, "110105900307821", "8211"),
        (Kind.PHONE, "13912345678", "5678"),
        (Kind.PROOF, "002x", "002X"),
        (Kind.PROOF, "123456", "123456"),
    ],
)
def test_the_proof_in_what_was_sent(kind: Kind, value: str, proof: str) -> None:
    assert proof_of(kind, value) == proof


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.ID_NUMBER, ID[:-1] + "2"),
        (Kind.LONG_NUMBER, "1" * 18),
        (Kind.BANK_CARD, "6217001234567893"),
        (Kind.PASSPORT, "E12345678"),
        (Kind.PROOF, "12345"),
    ],
)
def test_what_is_no_proof_is_refused(kind: Kind, value: str) -> None:
    with pytest.raises(ProofMalformed) as refused:
        proof_of(kind, value)
    assert value not in str(refused.value.said)


def test_a_mistyped_id_is_told_from_something_else() -> None:
    with pytest.raises(ProofMalformed) as mistyped:
        proof_of(Kind.ID_NUMBER, ID[:-1] + "2")
    with pytest.raises(ProofMalformed) as other:
        proof_of(Kind.BANK_CARD, "6217001234567893")
    assert mistyped.value.said != other.value.said


@pytest.mark.parametrize("typed", ["82 11", "８２１１", "8211"])
def test_a_proof_is_read_in_any_width(typed: str) -> None:
    assert checked_proof(typed) == "8211"


@pytest.mark.parametrize(
    "typed",
    ["", "821", "82111", "X211", "82X1", "12345X", "abcd", "1234567", "8211'--", "٨٢١١", "9" * 500],
)
def test_other_lengths_and_letters_are_no_proof(typed: str) -> None:
    with pytest.raises(ProofMalformed):
        checked_proof(typed)


def test_the_end_of_an_id_and_of_a_phone_are_different_proofs_and_each_number_s_own() -> None:
    ring = read_ring(new_ring("test"), where="test")
    hashes = {*proof_hashes(ring, "2026110001", "0001"), *proof_hashes(ring, "2026110002", "0001")}
    assert len(hashes) == 4


def test_one_equal_pair_proves_and_none_does_not() -> None:
    assert proves(["a", "b"], ["c", "b"])
    assert not proves(["a", "b"], ["c", "d"])
    assert not proves(["a"], [])
