"""The bureau's own table of applications, who watches them, and the notices that follow."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, insert, select, update

from office.schema import applicants, applications, notices, watches
from office.status import Applicant, Application
from office.store.engine import insert_once, upsert

Reply = dict[str, Any]
Tell = Callable[[Application], Reply]
"""Words for the news that an application has reached a new stage."""

_OWN = ("service", "stage", "stage_on", "received_on", "accepted_on", "office", "extended")


@dataclass(frozen=True)
class Kept:
    """What became of a batch: how many were new, changed, and the same as before."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.new + other.new, self.changed + other.changed, self.same + other.same)


class Applications:
    """A source of applications (`office/desk.py`), and the table that imports and pushes fill."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, number: str) -> Application | None:
        """The application called `number`, applicants in the order of the source.

        The same two queries whether there is one or not: no time tells a stranger.
        """
        query = select(applications).where(applications.c.number == number)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
            people = _applicants(connection, [number]).get(number, ())
        return _application(row, people) if row else None

    def others(self, application: Application, applicant: Applicant) -> list[Application]:
        """All other applications of the same person, the newest first."""
        person = applicant.person_hash
        if person is None:
            return []
        theirs = select(applicants.c.application).where(applicants.c.person_hash == person)
        others = applications.c.number.in_(theirs) & (applications.c.number != application.number)
        with self._engine.connect() as connection:
            return _read(connection, others)

    def is_empty(self) -> bool:
        with self._engine.connect() as connection:
            return connection.execute(select(applications.c.number).limit(1)).first() is None

    def digests(self, numbers: Iterable[str]) -> dict[str, str]:
        """The digest each number was last kept with."""
        query = select(applications.c.number, applications.c.digest)
        with self._engine.connect() as connection:
            rows = connection.execute(query.where(applications.c.number.in_(list(numbers))))
            return {row.number: row.digest for row in rows}

    def keep(self, batch: Sequence[tuple[Application, str]], tell: Tell, *, now: datetime) -> Kept:
        """Keep applications with their digests; the same digest means nothing to do.

        Who watches an application whose stage changed gets a notice, in the same transaction.
        """
        with self._engine.begin() as connection:
            before = _before(connection, [application.number for application, _ in batch])
            news = [pair for pair in batch if before.get(pair[0].number, ("", ""))[0] != pair[1]]
            _write(connection, news, now)
            moved = [a for a, _ in news if before.get(a.number, ("", a.stage))[1] != a.stage]
            _notify(connection, moved, tell, now)
        new = sum(application.number not in before for application, _ in news)
        return Kept(new, len(news) - new, len(batch) - len(news))

    def watch(self, citizen: str, channel: str, numbers: Iterable[str], *, now: datetime) -> None:
        """From now on the citizen is told when one of `numbers` reaches a new stage."""
        with self._engine.begin() as connection:
            for number in numbers:
                row = {"citizen": citizen, "application": number, "channel": channel}
                insert_once(connection, watches, {**row, "created_at": now})

    def unwatch(self, citizen: str) -> int:
        """Tell the citizen nothing more, what waits included; how many watches ended."""
        waiting = (notices.c.citizen == citizen) & notices.c.delivered_at.is_(None)
        with self._engine.begin() as connection:
            connection.execute(delete(notices).where(waiting))
            return connection.execute(delete(watches).where(watches.c.citizen == citizen)).rowcount

    def take_notices(self, citizen: str, channel: str, *, now: datetime) -> list[Reply]:
        """Notices not yet delivered, oldest first; each is given out once."""
        mine = (notices.c.citizen == citizen) & (notices.c.channel == channel)
        taken = (
            update(notices)
            .where(mine, notices.c.delivered_at.is_(None))
            .values(delivered_at=now)
            .returning(notices.c.id, notices.c.reply)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(taken).all()
        return [row.reply for row in sorted(rows, key=lambda row: row.id)]


def _read(connection: Connection, which: ColumnElement[bool]) -> list[Application]:
    query = select(applications).where(which)
    order = applications.c.received_on.desc(), applications.c.number
    rows = connection.execute(query.order_by(*order)).all()
    people = _applicants(connection, [row.number for row in rows])
    return [_application(row, people.get(row.number, ())) for row in rows]


def _applicants(connection: Connection, numbers: list[str]) -> dict[str, tuple[Applicant, ...]]:
    query = select(applicants).where(applicants.c.application.in_(numbers))
    found: dict[str, tuple[Applicant, ...]] = {}
    for row in connection.execute(query.order_by(applicants.c.place)):
        one = Applicant(
            masked_name=row.masked_name,
            sealed=row.sealed,
            person_hash=row.person_hash,
            id_proof_hash=row.id_proof_hash,
            phone_proof_hash=row.phone_proof_hash,
        )
        found[row.application] = (*found.get(row.application, ()), one)
    return found


def _application(row: Row[Any], people: tuple[Applicant, ...]) -> Application:
    own = {name: getattr(row, name) for name in _OWN}
    return Application(number=row.number, missing=tuple(row.missing), applicants=people, **own)


def _before(connection: Connection, numbers: list[str]) -> dict[str, tuple[str, str]]:
    columns = (applications.c.number, applications.c.digest, applications.c.stage)
    query = select(*columns).where(applications.c.number.in_(numbers))
    return {row.number: (row.digest, row.stage) for row in connection.execute(query)}


def _write(connection: Connection, news: Sequence[tuple[Application, str]], now: datetime) -> None:
    if not news:
        return
    rows = [_row(one, digest, now) for one, digest in news]
    numbers = sorted(row["number"] for row in rows)
    # In one order, so that two batches do not wait for each other crosswise.
    upsert(connection, applications, sorted(rows, key=lambda row: row["number"]))
    connection.execute(delete(applicants).where(applicants.c.application.in_(numbers)))
    people = [row for one, _ in news for row in _people_rows(one)]
    if people:
        connection.execute(insert(applicants), people)


def _row(application: Application, digest: str, now: datetime) -> dict[str, Any]:
    own = {name: getattr(application, name) for name in _OWN}
    own |= {"number": application.number, "missing": list(application.missing)}
    return own | {"digest": digest, "updated_at": now}


def _people_rows(application: Application) -> list[dict[str, Any]]:
    return [
        {
            "application": application.number,
            "place": place,
            "masked_name": one.masked_name,
            "person_hash": one.person_hash,
            "id_proof_hash": one.id_proof_hash,
            "phone_proof_hash": one.phone_proof_hash,
            "sealed": one.sealed,
        }
        for place, one in enumerate(application.applicants)
    ]


def _notify(
    connection: Connection, moved: Sequence[Application], tell: Tell, now: datetime
) -> None:
    by_number = {application.number: application for application in moved}
    query = select(watches).where(watches.c.application.in_(list(by_number)))
    for row in connection.execute(query).all() if moved else ():
        application = by_number[row.application]
        notice = {"citizen": row.citizen, "channel": row.channel, "created_at": now}
        notice |= {"subject": _news(application), "reply": tell(application)}
        insert_once(connection, notices, notice)


def _news(application: Application) -> str:
    """What is told once, however often it arrives."""
    return f"{application.number}:{application.stage}:{application.stage_on}"
