"""The migrations make exactly the tables of `office.schema`, and can be taken back."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.exc import IntegrityError

from office import migrate as migrate_module
from office.migrate import migrate
from office.schema import metadata
from office.store.conversations import Conversation, Conversations
from office.store.engine import open_engine
from tests.store.test_conversations import NOW

SCRIPTS = Path(migrate_module.__file__).parent / "migrations"


def alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def constraints(url: str) -> dict[str, list[list[str]]]:
    """Columns that are unique together, by table; not every database's autogenerate sees them."""
    engine = create_engine(url)
    look = inspect(engine)
    found = {
        table: sorted(unique["column_names"] for unique in look.get_unique_constraints(table))
        for table in metadata.tables
    }
    engine.dispose()
    return found


def test_the_migrated_database_is_the_schema(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert constraints(url)["turns"] == [["sender", "message_id"]]


def test_a_table_that_no_migration_makes_would_be_noticed(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gaps DROP COLUMN channel")
    with engine.connect() as connection:
        missing = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert [change[0] for change in missing] == ["add_column"]


def test_migrating_twice_changes_nothing_and_loses_nothing(url: str) -> None:
    store = Conversations(open_engine(url))
    store.keep_turn("王", "m1", {"text": "好"}, Conversation(), now=NOW)
    migrate(url)
    assert store.reply_to("王", "m1") == {"text": "好"}
    store._engine.dispose()


def test_down_and_up_again_every_revision_works(url: str) -> None:
    revisions = list(ScriptDirectory.from_config(alembic(url)).walk_revisions())
    for _ in revisions:
        command.downgrade(alembic(url), "-1")
    assert tables(url) == {"alembic_version"}
    for _ in revisions:
        command.upgrade(alembic(url), "+1")
    assert tables(url) == {*metadata.tables, "alembic_version"}


def test_there_is_one_newest_revision(url: str) -> None:
    assert len(ScriptDirectory.from_config(alembic(url)).get_heads()) == 1


def test_a_sqlite_file_s_folder_is_made(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'a' / 'b' / 'office.db'}")
    assert (tmp_path / "a" / "b" / "office.db").is_file()


def test_a_percent_sign_in_the_address_is_no_placeholder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / '100%office.db'}"
    migrate(url)
    assert make_url(url).database == str(tmp_path / "100%office.db")
    assert tables(url) == {*metadata.tables, "alembic_version"}


def test_the_database_itself_refuses_a_second_row_for_a_turn(url: str) -> None:
    engine = create_engine(url)
    row = {"sender": "s", "message_id": "m", "reply": {}, "created_at": NOW}
    with engine.begin() as connection:
        connection.execute(metadata.tables["turns"].insert(), row)
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(metadata.tables["turns"].insert(), row)
    engine.dispose()
