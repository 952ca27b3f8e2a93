"""The way to the database, SQLite or PostgreSQL, and the one insert that may lose a race."""

from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from office.schema import metadata

_BUSY_MS = 5000
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Not a savepoint: SQLite's driver would commit the turn as soon as one is released."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={_BUSY_MS}",
)


def open_engine(url: str) -> Engine:
    """An engine for `url` (SQLAlchemy form); its errors never print what a row holds."""
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
    return engine


def is_migrated(engine: Engine) -> bool:
    """Whether the database is there, with all tables of this revision."""
    try:
        return set(metadata.tables) <= set(inspect(engine).get_table_names())
    except OperationalError:
        return False


def insert_once(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    """A second writer of the same row loses quietly: the first one's row stands."""
    statement = _INSERT[connection.dialect.name](table).values(**row)
    connection.execute(statement.on_conflict_do_nothing())


def upsert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert `rows`; where a primary key is taken, the new row's values win."""
    if not rows:
        return
    statement = _INSERT[connection.dialect.name](table).values(rows)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
