"""The commands that look after the keys: the way from an old key to a new one, and refusals."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from office.__main__ import app
from office.keys import new_ring, read_ring
from settings import settings
from tests.unit.office.sheets import comma_separated, row

ROOT = Path(__file__).parents[2]
OLD = new_ring("old").strip().replace("\n", ",")
SHORT = "c2hvcnQ="
Run = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'office.db'}"}


@pytest.fixture
def process(environment: dict[str, str]) -> Process:
    """`python -m office …` in a process of its own; `keys` are VAULT_KEYS."""

    def command(*arguments: str, keys: str = OLD) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "office", *arguments],
            cwd=ROOT,
            env=os.environ | environment | {"VAULT_KEYS": keys},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return command


@pytest.fixture
def run(environment: dict[str, str]) -> Iterator[Run]:
    """The same command within this process, for what needs no new start."""

    def command(*arguments: str, keys: str = OLD) -> Result:
        settings.cache_clear()
        return CliRunner().invoke(app, arguments, env=environment | {"VAULT_KEYS": keys})

    yield command
    settings.cache_clear()


def refusal(done: Result) -> str:
    """The one line that a command ends with; anything but an orderly end fails here."""
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 1
    [line] = done.output.strip().splitlines()
    assert line.startswith("error: ")
    return line


def without(ring: str, name: str) -> str:
    return ",".join(key for key in ring.split(",") if not key.startswith(f"{name}:"))


def test_a_new_key_is_taken_over_in_three_steps_and_the_old_one_can_go(process: Process) -> None:
    assert process("migrate").returncode == 0
    assert process("demo").returncode == 0
    both = process("new-key", "new").stdout.strip()
    assert process("migrate", keys=both).returncode == 0
    resealed = process("reseal", keys=both)
    assert (resealed.returncode, resealed.stderr) == (0, "")
    assert int(resealed.stdout.removeprefix("resealed ")) >= 25
    assert process("migrate", keys=without(both, "old")).returncode == 0


def test_before_resealing_the_old_key_cannot_go(run: Run) -> None:
    assert run("migrate").exit_code == 0
    assert run("demo").exit_code == 0
    both = run("new-key", "new").output.strip()
    done = run("migrate", keys=without(both, "old"))
    assert "“old” is missing" in refusal(done)


def test_a_new_key_is_one_line_that_seals_anew_and_opens_what_was_sealed(run: Run) -> None:
    done = run("new-key", "new")
    assert len(done.output.splitlines()) == 1
    before = read_ring(OLD, where="test")
    ring = read_ring(done.output.strip(), where="test")
    assert (list(ring.sealing), ring.index) == (["new", "old"], before.index)
    assert ring.open(before.seal("李小明", "here"), "here") == "李小明"


def test_the_first_key_needs_no_ring_and_writes_no_file(run: Run, tmp_path: Path) -> None:
    ring = read_ring(run("new-key", "first", keys="").output.strip(), where="test")
    assert ring.current == "first"
    assert list(tmp_path.iterdir()) == []


def test_without_vault_keys_the_ring_in_the_file_is_added_to(run: Run) -> None:
    assert run("migrate", keys="").exit_code == 0
    ring = read_ring(run("new-key", "new", keys="").output.strip(), where="test")
    assert list(ring.sealing) == ["new", "dev"]


@pytest.mark.parametrize("name", ["Old", "a b", "", "index", "old", "钥匙", "a" * 33])
def test_a_name_that_no_ring_can_hold_prints_no_ring(run: Run, name: str) -> None:
    assert "new name:base64" in refusal(run("new-key", name))


@pytest.mark.parametrize(
    "keys",
    [OLD.replace("old:", ""), f"old:{SHORT},index:{SHORT}", OLD.split(",")[0]],
    ids=["a key without its name", "short keys", "no index"],
)
def test_a_ring_that_cannot_be_read_is_not_added_to_and_not_shown(run: Run, keys: str) -> None:
    line = refusal(run("new-key", "new", keys=keys))
    secrets = [SHORT, *(key.partition(":")[2] for key in OLD.split(","))]
    assert [bit for bit in secrets if bit in line] == []


@pytest.mark.parametrize("command", ["demo", "purge", "reseal", "import-applications"])
def test_a_command_before_the_migration_is_one_line(run: Run, tmp_path: Path, command: str) -> None:
    sheet = [str(comma_separated(tmp_path / "a.csv", row()))] if "import" in command else []
    assert "python -m office migrate" in refusal(run(command, *sheet))
