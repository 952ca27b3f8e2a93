"""python -m office migrate"""

import typer

from office.migrate import migrate as migrate_database
from settings import settings

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.callback()
def office() -> None:
    """Commands for those who run the office's database."""


@app.command()
def migrate() -> None:
    """Bring the database to the newest revision."""
    migrate_database(settings().database)
    typer.echo("database is at the newest revision")


if __name__ == "__main__":
    app()
