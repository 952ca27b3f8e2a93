"""python -m office migrate | import-applications | demo | purge | new-key | reseal"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

from office import applications_import as sheet
from office.calendar import load_calendar
from office.demo import cases
from office.errors import KeyProblem
from office.identity import NumberForm
from office.keys import new_ring, read_ring, ring_at, with_new_key, write_ring
from office.migrate import migrate as migrate_database
from office.rows import Reader
from office.services import load_services
from office.status_report import teller
from office.store.applications import Applications, Tell
from office.store.engine import is_migrated, open_engine
from office.store.retention import Periods, Retention
from office.store.tracker import Tracker
from office.store.vault import Vault, has_keys
from settings import Settings, settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False
)
console = Console(highlight=False)
_SHOWN = 20
"""Refused rows that are printed; the rest is counted."""


@app.callback()
def office() -> None:
    """Commands for those who run the office's database."""


@app.command()
def migrate() -> None:
    """Bring the database to the newest revision, and check that the vault's keys are its own."""
    chosen = settings()
    migrate_database(chosen.database)
    engine, file = open_engine(chosen.database), chosen.vault_key_file
    with _one_line():
        if not (chosen.vault_keys.get_secret_value() or file.is_file() or has_keys(engine)):
            write_ring(file, new_ring("dev"))
            typer.echo(f"made development keys in {file}: set VAULT_KEYS before real use")
        _vault(chosen).verify()
    typer.echo("database is at the newest revision")


@app.command("import-applications")
def import_applications(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=".xlsx or .csv")],
    write: Annotated[bool, typer.Option("--write", help="Write it; else a dry run.")] = False,
) -> None:
    """Take applications from a spreadsheet; exit 1 if a row is refused, 2 if none can be read."""
    now, table = _now(), _table()
    keep = sheet.keeper(table, _tell(now), now) if write else sheet.trial(table)
    try:
        with _one_line(), sheet.opened(file) as (lines, count), _bar(count) as passed:
            done = sheet.take(lines, _reader(now), keep, passed)
    except sheet.SheetUnreadable as error:
        console.print(f"错误：{error}", markup=False)
        raise typer.Exit(code=2) from None
    for refused in done.refused[:_SHOWN]:
        console.print(f"第 {refused.row} 行：{refused.reason}", markup=False, soft_wrap=True)
    if len(done.refused) > _SHOWN:
        console.print(f"…另有 {len(done.refused) - _SHOWN} 行")
    console.print(
        f"新增 {done.kept.new}，变更 {done.kept.changed}，相同 {done.kept.same}，"
        f"拒收 {len(done.refused)}" + ("" if write else "（试运行，没有写入；加 --write 写入）"),
        soft_wrap=True,
    )
    raise typer.Exit(code=1 if done.refused else 0)


@app.command()
def demo() -> None:
    """Fill an empty table with applications of people who do not exist, and print them."""
    now, table = _now(), _table()
    if not table.is_empty():
        console.print("错误：已经有办件数据，演示数据只写入空的数据库")
        raise typer.Exit(code=1)
    with _one_line():
        reader = _reader(now)
        shown = list(cases(now.date(), load_calendar()))
        batch = [reader.read(one.told) for one in shown]
        table.keep(batch, _tell(now), now=now)
    for one, (application, _) in zip(shown, batch, strict=True):
        service = reader.services.service(application.service)
        stage = service.stage(application.stage).title.zh
        console.print(f"{application.number}  后四位 {one.proof}  {service.title.zh}  {stage}")


@app.command()
def purge() -> None:
    """Delete what is past its period; prints the counts."""
    chosen = settings()
    retention = Retention(open_engine(_migrated()), Tracker(chosen.tracker))
    periods, endings = Periods(**chosen.periods), load_services().endings()
    for name, count in retention.purge(periods, endings, now=_now()).items():
        console.print(f"{name}  {count}")


@app.command("new-key")
def new_key(
    name: Annotated[str, typer.Argument(help="Lower-case letters, digits, dashes.")],
) -> None:
    """Print a key ring with a new sealing key: for VAULT_KEYS, one line."""
    chosen = settings()
    given, file = chosen.vault_keys.get_secret_value(), chosen.vault_key_file
    before = given or (file.read_text("utf-8") if file.is_file() else "")
    ring = with_new_key(before, name) if before else new_ring(name)
    with _one_line():
        read_ring(ring, where="the new ring")
    typer.echo(",".join(ring.split()))


@app.command()
def reseal() -> None:
    """Seal everything under the first key of the ring; older keys may be dropped afterwards."""
    with _one_line():
        vault = _vault(settings())
        vault.verify()
        console.print(f"resealed {vault.reseal()}")


@contextmanager
def _one_line() -> Iterator[None]:
    """A problem with the keys ends the command with one line."""
    try:
        yield
    except KeyProblem as error:
        raise SystemExit(f"error: {error}") from None


@contextmanager
def _bar(count: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal; what it yields is told how many rows went by."""
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("rows", total=count)
        yield lambda passed: bar.advance(task, passed)


def _migrated() -> str:
    """The database's address, if it has its tables; else one line ends the command."""
    address = settings().database
    if not is_migrated(open_engine(address)):
        raise SystemExit("error: the database has no tables yet: run `python -m office migrate`")
    return address


def _table() -> Applications:
    return Applications(open_engine(_migrated()))


def _vault(chosen: Settings) -> Vault:
    ring = ring_at(chosen.vault_keys.get_secret_value(), chosen.vault_key_file)
    return Vault(open_engine(_migrated()), ring, keep=chosen.keep_vault)


def _reader(now: datetime) -> Reader:
    chosen = settings()
    form = NumberForm(chosen.application_number, chosen.application_example)
    ring = ring_at(chosen.vault_keys.get_secret_value(), chosen.vault_key_file)
    return Reader(form, load_services(), ring, now.date())


def _tell(now: datetime) -> Tell:
    return teller(load_services(), load_calendar(), now.date())


def _now() -> datetime:
    return datetime.now(ZoneInfo(settings().time_zone))


if __name__ == "__main__":
    app()
