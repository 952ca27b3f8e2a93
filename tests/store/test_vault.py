"""A number lies sealed behind a token, for its citizen, for a short time, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, func, select

from office.errors import KeyProblem, TokenExpired
from office.keys import KeyRing, applicant_seal, new_ring, read_ring, with_new_key
from office.migrate import migrate
from office.privacy import Found, Kind
from office.schema import vault as vault_table
from office.schema import vault_keys
from office.status import Applicant, Application
from office.store.applications import Applications
from office.store.audit import Audit, Entry
from office.store.engine import open_engine
from office.store.vault import Purpose, Vault, has_keys

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
KEEP, SECOND = timedelta(minutes=30), timedelta(seconds=1)
NUMBER = "110105199003078219"
ME, OTHER = "a" * 64, "b" * 64
OLD_KEYS = new_ring("old")
THREADS = 20


@pytest.fixture
def vault(engine: Engine) -> Vault:
    return _vault(engine, OLD_KEYS)


def test_what_was_kept_opens_with_its_kind(vault: Vault) -> None:
    token = vault.keep(ME, _found(), now=NOW)
    assert vault.open(token, ME, Purpose.STATUS_PROOF, now=NOW) == (Kind.ID_NUMBER, NUMBER)


def test_the_same_number_of_the_same_citizen_keeps_its_token_for_longer(vault: Vault) -> None:
    token = vault.keep(ME, _found(), now=NOW)
    later = NOW + KEEP - SECOND
    assert vault.keep(ME, _found(), now=later) == token
    assert _opens(vault, token, now=later + KEEP - SECOND)


def test_another_citizen_kind_or_number_has_another_token(vault: Vault) -> None:
    kept = [(ME, _found()), (OTHER, _found()), (ME, _found(Kind.LONG_NUMBER)), (ME, _phone())]
    assert len({vault.keep(citizen, found, now=NOW) for citizen, found in kept}) == len(kept)


@pytest.mark.parametrize(
    ("citizen", "token", "after"),
    [
        (OTHER, None, timedelta()),
        (ME, "A" * 16, timedelta()),
        (ME, "", timedelta()),
        (ME, None, KEEP),
    ],
    ids=["of another citizen", "unknown", "empty", "expired"],
)
def test_a_token_that_does_not_open_leaves_no_line_in_the_audit(
    vault: Vault, engine: Engine, citizen: str, token: str | None, after: timedelta
) -> None:
    kept = vault.keep(ME, _found(), now=NOW)
    with pytest.raises(TokenExpired):
        vault.open(kept if token is None else token, citizen, Purpose.STATUS_PROOF, now=NOW + after)
    assert Audit(engine).entries() == []


def test_an_entry_opens_to_the_last_second(vault: Vault) -> None:
    token = vault.keep(ME, _found(), now=NOW)
    assert _opens(vault, token, now=NOW + KEEP - SECOND)


def test_an_entry_that_expired_unpurged_opens_again_once_typed_again(vault: Vault) -> None:
    old = vault.keep(ME, _found(), now=NOW)
    late = NOW + 2 * KEEP
    with pytest.raises(TokenExpired):
        _opens(vault, old, now=late)
    assert _opens(vault, vault.keep(ME, _found(), now=late), now=late)


def test_every_opening_is_one_line_in_the_audit(vault: Vault, engine: Engine) -> None:
    token = vault.keep(ME, _found(), now=NOW)
    assert Audit(engine).entries() == []
    for purpose in (Purpose.STATUS_NUMBER, Purpose.STATUS_PROOF):
        vault.open(token, ME, purpose, now=NOW)
    expected = [Entry(ME, name, token, at=NOW) for name in ("status.number", "status.proof")]
    assert Audit(engine).entries() == expected


def test_no_number_lies_readable_on_the_disk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'office.db'}"
    migrate(url)
    engine = open_engine(url)
    token = _vault(engine, OLD_KEYS).keep(ME, _found(), now=NOW)
    _opens(_vault(engine, OLD_KEYS), token, now=NOW)
    with_log = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    engine.dispose()
    settled = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    for on_disk in (with_log, settled):
        assert token.encode() in on_disk
        assert NUMBER.encode() not in on_disk
        assert NUMBER[:6].encode() not in on_disk


def test_a_new_database_learns_its_keys_at_the_first_start(vault: Vault, engine: Engine) -> None:
    assert not has_keys(engine)
    vault.verify()
    vault.verify()
    assert has_keys(engine)
    assert _known(engine) == {"old", "index"}


def test_a_new_key_is_learnt_beside_the_old_one(vault: Vault, engine: Engine) -> None:
    vault.verify()
    _vault(engine, with_new_key(OLD_KEYS, "new")).verify()
    assert _known(engine) == {"new", "old", "index"}


@pytest.mark.parametrize(
    ("keys", "about"),
    [
        (new_ring("old").splitlines()[0] + "\n" + OLD_KEYS.splitlines()[1], "“old” is not the one"),
        (OLD_KEYS.splitlines()[0] + "\n" + new_ring("x").splitlines()[1], "“index” is not the one"),
        (OLD_KEYS.replace("old:", "renamed:"), "“old” is missing"),
    ],
    ids=["wrong key", "other index", "missing key"],
)
def test_keys_that_did_not_seal_the_database_are_refused_in_one_line(
    vault: Vault, engine: Engine, keys: str, about: str
) -> None:
    vault.verify()
    with pytest.raises(KeyProblem, match=about) as problem:
        _vault(engine, keys).verify()
    assert "\n" not in str(problem.value)
    assert _known(engine) == {"old", "index"}


def test_after_resealing_the_old_key_can_go_and_everything_still_opens(
    vault: Vault, engine: Engine
) -> None:
    vault.verify()
    token = vault.keep(ME, _found(), now=NOW)
    _keep_application(engine, _ring(OLD_KEYS))
    both = with_new_key(OLD_KEYS, "new")
    resealing = _vault(engine, both)
    resealing.verify()
    assert resealing.reseal() == 2
    resealing.verify()
    assert _known(engine) == {"new", "index"}
    new_only = "\n".join(line for line in both.splitlines() if not line.startswith("old:"))
    alone = _vault(engine, new_only)
    alone.verify()
    assert _opens(alone, token, now=NOW)
    assert alone.keep(ME, _found(), now=NOW) == token
    assert _applicant_name(engine, _ring(new_only)) == "李小明"


def test_an_import_during_the_resealing_is_not_overwritten(
    vault: Vault, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep_application(engine, _ring(OLD_KEYS))
    opened = KeyRing.open

    def open_while_importing(ring: KeyRing, sealed: str, about: str) -> str:
        _keep_application(engine, ring, "张大山")
        return opened(ring, sealed, about)

    with monkeypatch.context() as patched:
        patched.setattr(KeyRing, "open", open_while_importing)
        vault.reseal()
    assert _applicant_name(engine, _ring(OLD_KEYS)) == "张大山"


def test_without_resealing_the_old_key_cannot_go(vault: Vault, engine: Engine) -> None:
    vault.verify()
    token = vault.keep(ME, _found(), now=NOW)
    alone = _vault(engine, OLD_KEYS.replace("old:", "new:"))
    with pytest.raises(KeyProblem, match="“old” is missing"):
        alone.verify()
    with pytest.raises(KeyProblem, match="“old” is missing"):
        _opens(alone, token, now=NOW)


def test_the_same_number_from_many_threads_at_once_has_one_token(
    vault: Vault, engine: Engine
) -> None:
    start = Barrier(THREADS)

    def keep(_: int) -> str:
        start.wait()
        return vault.keep(ME, _found(), now=NOW)

    with ThreadPoolExecutor(THREADS) as pool:
        tokens = set(pool.map(keep, range(THREADS)))
    assert len(tokens) == 1
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(vault_table)) == 1


def _ring(keys: str) -> KeyRing:
    return read_ring(keys, where="test")


def _vault(engine: Engine, keys: str) -> Vault:
    return Vault(engine, _ring(keys), keep=KEEP)


def _found(kind: Kind = Kind.ID_NUMBER) -> Found:
    return Found(kind, 0, len(NUMBER), NUMBER)


def _phone() -> Found:
    return Found(Kind.PHONE, 0, 11, "13800138000")


def _opens(vault: Vault, token: str, *, now: datetime) -> bool:
    return vault.open(token, ME, Purpose.STATUS_PROOF, now=now)[1] == NUMBER


def _known(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(vault_keys.c.name)))


def _keep_application(engine: Engine, ring: KeyRing, name: str = "李小明") -> None:
    person = Applicant("*", ring.seal(name, applicant_seal("MZ1")))
    day = date(2026, 2, 2)
    one = Application("MZ1", "dibao", "received", day, day, "城关镇", applicants=(person,))
    Applications(engine).keep([(one, name)], lambda _: {}, now=NOW)


def _applicant_name(engine: Engine, ring: KeyRing) -> str:
    application = Applications(engine).find("MZ1")
    assert application is not None
    return ring.open(application.applicants[0].sealed, applicant_seal("MZ1"))
