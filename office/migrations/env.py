"""Alembic's entry: migrates the database of the `url` option."""

from alembic import context
from sqlalchemy import create_engine

from office.schema import metadata

url = context.config.get_main_option("sqlalchemy.url")
if url is None:
    raise RuntimeError("no database url: run `python -m office migrate`")

with create_engine(url).connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
