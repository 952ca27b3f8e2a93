"""Two at the same moment: neither waits for the other for ever, and neither undoes the other."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, delete, event

from office.errors import Locked
from office.intake import Person, enrolled
from office.keys import KeyRing, new_ring, read_ring, with_new_key
from office.privacy import Found, Kind
from office.schema import vault as vault_table
from office.status import Application
from office.store.applications import Applications
from office.store.attempts import Attempts
from office.store.vault import Purpose, Vault

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
KEEP, MOMENT = timedelta(hours=24), 0.5
ME, NUMBER = "a" * 64, "1" * 64
KEYS = new_ring("old")
PHONE = "13912345678"


def test_one_citizen_s_attempts_and_their_ends_do_not_wait_for_each_other_crosswise(
    engine: Engine,
) -> None:
    attempts, start = Attempts(engine), Barrier(8)

    def one(place: int) -> None:
        start.wait()
        for _ in range(15):
            with suppress(Locked):
                attempts.begin(ME, NUMBER, now=NOW)
            (attempts.succeeded if place % 2 else attempts.undecided)(ME, NUMBER)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))


def test_two_batches_of_the_same_applications_do_not_wait_for_each_other_crosswise(
    engine: Engine,
) -> None:
    table, start = Applications(engine), Barrier(2)
    ring = read_ring(KEYS, where="test")
    filed = [application(f"2026110{n:03}", PHONE, ring) for n in range(400)]

    def one(place: int) -> None:
        start.wait()
        for turn in range(4):
            batch = [(each, f"{place}.{turn}") for each in filed[:: -1 if place else 1]]
            table.keep(batch, lambda _: {}, now=NOW)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(2)))
    assert all(table.find(each.number) == each for each in filed)


def test_a_number_typed_again_while_its_expired_entry_is_purged_has_a_token(
    engine: Engine,
) -> None:
    vault = Vault(engine, read_ring(KEYS, where="test"), keep=KEEP)
    found, later = Found(Kind.PHONE, 0, 11, PHONE), NOW + 2 * KEEP
    vault.keep(ME, found, now=NOW)
    purges: list[Thread] = []

    def purge() -> None:
        with engine.begin() as connection:
            connection.execute(delete(vault_table).where(vault_table.c.expires_at <= later))

    def after_the_first(_c: object, _cur: object, statement: str, *_: object) -> None:
        if "vault" in statement and not purges:
            purges.append(Thread(target=purge))
            purges[0].start()
            purges[0].join(MOMENT)

    event.listen(engine, "after_cursor_execute", after_the_first)
    token = vault.keep(ME, found, now=later)
    event.remove(engine, "after_cursor_execute", after_the_first)
    purges[0].join()
    assert vault.open(token, ME, Purpose.STATUS_PROOF, now=later) == (Kind.PHONE, PHONE)


def test_a_key_that_was_resealed_away_can_go_after_any_number_of_restarts(engine: Engine) -> None:
    first, both = KEYS, with_new_key(KEYS, "new")
    alone = "\n".join(line for line in both.splitlines() if not line.startswith("old:"))
    for keys in (first, both):
        Vault(engine, read_ring(keys, where="test"), keep=KEEP).verify()
    Vault(engine, read_ring(both, where="test"), keep=KEEP).reseal()
    for keys in (both, both, alone):
        Vault(engine, read_ring(keys, where="test"), keep=KEEP).verify()


def application(number: str, phone: str, ring: KeyRing) -> Application:
    return Application(
        number=number,
        service="dibao",
        stage="checking",
        stage_on=date(2026, 11, 3),
        received_on=date(2026, 11, 2),
        office="灯笼镇",
        applicants=(enrolled(Person("李晓明", phone=phone), number, ring),),
    )
