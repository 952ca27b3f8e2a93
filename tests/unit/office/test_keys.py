"""What one key seals only that key opens, and a ring that is no ring says which line is wrong."""

import base64
from pathlib import Path

import pytest

from office.errors import KeyProblem
from office.keys import KeyRing, new_ring, read_ring, ring_at, with_new_key, write_ring

KEY = base64.b64encode(bytes(range(32))).decode()
SHORT = base64.b64encode(b"short").decode()
RING = new_ring("first")


def ring(text: str = RING) -> KeyRing:
    return read_ring(text, where="here")


def test_what_was_sealed_opens_again() -> None:
    sealed = ring().seal("110105199003078211", "a place")
    assert ring().open(sealed, "a place") == "110105199003078211"
    assert "110105" not in sealed


def test_the_same_value_is_sealed_differently_every_time() -> None:
    assert ring().seal("1", "x") != ring().seal("1", "x")


@pytest.mark.parametrize("change", ["other place", "tampered", "other key"])
def test_nothing_else_opens_it(change: str) -> None:
    sealed, about, opener = ring().seal("value", "a place"), "a place", ring()
    if change == "other place":
        about = "another place"
    if change == "tampered":
        sealed = sealed[:-4] + ("AAAA" if sealed[-4:] != "AAAA" else "BBBB")
    if change == "other key":
        opener = ring(new_ring("first"))
    with pytest.raises(KeyProblem):
        opener.open(sealed, about)


@pytest.mark.parametrize("box", ["", "AAAA", "not base64!", "A", "字", "first.AAAA"])
def test_what_is_no_seal_at_all_is_a_key_problem_too(box: str) -> None:
    for sealed in (f"first.{box}", box):
        with pytest.raises(KeyProblem) as refused:
            ring().open(sealed, "x")
        assert "\n" not in str(refused.value)


def test_a_seal_of_nothing_opens_to_nothing_and_one_cut_short_does_not() -> None:
    assert ring().open(ring().seal("", "x"), "x") == ""
    sealed = ring().seal("value", "x")
    with pytest.raises(KeyProblem):
        ring().open(sealed[: len("first.") + 16], "x")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    old = ring().seal("value", "x")
    newer = ring(with_new_key(RING, "second"))
    assert newer.current == "second"
    assert newer.open(old, "x") == "value"
    assert newer.seal("value", "x").startswith("second.")
    assert newer.hashed("value", "x") == ring().hashed("value", "x")


def test_a_key_that_is_gone_is_named() -> None:
    sealed = ring().seal("value", "x")
    with pytest.raises(KeyProblem, match="first"):
        ring(new_ring("second")).open(sealed, "x")


def test_a_hash_depends_on_value_key_and_what_it_is_about() -> None:
    assert ring().hashed("1", "a") == ring().hashed("1", "a")
    others = {
        ring().hashed("1", "b"),
        ring().hashed("2", "a"),
        ring(new_ring("x")).hashed("1", "a"),
    }
    assert len({ring().hashed("1", "a"), *others}) == 4


def test_a_telltale_changes_with_the_key_and_does_not_tell_it() -> None:
    mine, theirs = ring().telltales(), ring(new_ring("first")).telltales()
    assert set(mine) == {"index", "first"}
    assert not set(mine.values()) & set(theirs.values())
    assert all(telltale not in RING for telltale in mine.values())


def test_a_ring_shows_no_key_when_printed() -> None:
    assert not any(line.split(":")[1] in repr(ring()) for line in RING.split())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "key 1"),
        ("rubbish", "key 1"),
        (f"a:{KEY}", "index"),
        (f"index:{KEY}", "at least one other"),
        (f"a:{KEY}\nindex:not base64!", "key 2"),
        (f"a:{SHORT}\nindex:{KEY}", "5 bytes"),
        (f"a:{KEY}\na:{KEY}\nindex:{KEY}", "key 2"),
        (f"A b:{KEY}\nindex:{KEY}", "key 1"),
        (f"a:{KEY}\nindex:钥匙", "key 2"),
        (f"a:{KEY}\nindex:{KEY}\nindex:{KEY}", "key 3"),
        (f"a:{KEY}\n\nindex:{KEY}", "key 2"),
        (f"a:{KEY} {KEY}\nindex:{KEY}", "key 1"),
        (f"a:\nindex:{KEY}", "0 bytes"),
    ],
)
def test_a_ring_that_is_none_names_the_place_and_repeats_no_key(text: str, says: str) -> None:
    with pytest.raises(KeyProblem, match=says) as refused:
        ring(text)
    assert str(refused.value).startswith("here")
    assert KEY not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("held", [b"\xff\xfe", b"", b"rubbish"])
def test_a_file_that_is_no_ring_is_named_in_one_line(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "vault.keys"
    file.write_bytes(held)
    with pytest.raises(KeyProblem, match=r"vault\.keys") as refused:
        ring_at("", file)
    assert "\n" not in str(refused.value)


def test_a_file_that_others_could_read_is_closed_to_them_before_the_keys_are_in(
    tmp_path: Path,
) -> None:
    file = tmp_path / "vault.keys"
    file.touch(mode=0o644)
    write_ring(file, RING)
    assert file.stat().st_mode & 0o777 == 0o600


def test_commas_end_a_line_as_well() -> None:
    assert ring(",".join(RING.split())).telltales() == ring().telltales()


def test_the_settings_go_before_the_file_and_without_both_it_says_so(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "vault.keys"
    with pytest.raises(KeyProblem, match="VAULT_KEYS"):
        ring_at("", file)
    write_ring(file, RING)
    assert file.stat().st_mode & 0o777 == 0o600
    assert ring_at("", file).telltales() == ring().telltales()
    other = new_ring("other")
    assert ring_at(other, file).telltales() == ring(other).telltales()
