"""Importing a spreadsheet into the real table, by the real command, on both databases."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, create_engine, func, select
from typer.testing import CliRunner

from office import __main__ as command
from office.applications_import import keeper, opened, take, trial
from office.keys import new_ring, ring_at
from office.rows import Reader
from office.schema import applicants, applications, notices
from office.store.applications import Applications, Kept
from settings import settings
from tests.unit.office.sheets import PERSONAL, comma_separated, excel, reader, row

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
Run = Callable[..., Any]


@pytest.fixture
def table(engine: Engine) -> Applications:
    return Applications(engine)


@pytest.fixture
def by() -> Reader:
    return reader()


@pytest.fixture
def run(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command, as somebody at a desk gives it, on NOW."""
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("VAR", str(tmp_path))
    monkeypatch.setenv("VAULT_KEYS", new_ring("test").strip().replace("\n", ","))
    monkeypatch.setattr(command, "_now", lambda: NOW)
    settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(command.app, [str(one) for one in arguments])
    settings.cache_clear()


def tell(application: Any) -> dict[str, Any]:
    return {"stage": application.stage}


def imported(table: Applications, by: Reader, path: Path) -> Kept:
    with opened(path) as (lines, _):
        return take(lines, by, keeper(table, tell, NOW)).kept


def count(engine: Engine, what: Any) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(what)).scalar_one()


def test_the_same_file_twice_changes_nothing_the_second_time(
    table: Applications, engine: Engine, by: Reader, tmp_path: Path
) -> None:
    path = excel(tmp_path / "a.xlsx", *(row(受理号=f"20261100{n:02}") for n in range(12)))
    assert imported(table, by, path) == Kept(new=12)
    kept = table.find("2026110007")
    assert imported(table, by, path) == Kept(same=12)
    assert table.find("2026110007") == kept
    assert (count(engine, applications), count(engine, applicants)) == (12, 12)


def test_only_what_changed_is_written_and_who_left_is_gone(
    table: Applications, engine: Engine, by: Reader, tmp_path: Path
) -> None:
    couple = row(申请人2="李芳", 手机号2="13987650042")
    imported(table, by, comma_separated(tmp_path / "a.csv", couple))
    assert count(engine, applicants) == 2
    later = comma_separated(tmp_path / "b.csv", row(环节="公示"), row(受理号="2026110002"))
    assert imported(table, by, later) == Kept(new=1, changed=1)
    found = table.find("2026110001")
    assert found
    assert (found.stage, len(found.applicants)) == ("published", 1)


def test_who_watches_is_told_once_of_a_new_stage(
    table: Applications, engine: Engine, by: Reader, tmp_path: Path
) -> None:
    imported(table, by, comma_separated(tmp_path / "a.csv", row()))
    table.watch("citizen", "web", ["2026110001"], now=NOW)
    later = comma_separated(tmp_path / "b.csv", row(环节="公示"))
    imported(table, by, later)
    imported(table, by, later)
    assert table.take_notices("citizen", "web", now=NOW) == [{"stage": "published"}]
    assert count(engine, notices) == 1


def test_a_trial_counts_what_would_happen_and_writes_nothing(
    table: Applications, engine: Engine, by: Reader, tmp_path: Path
) -> None:
    imported(table, by, comma_separated(tmp_path / "a.csv", row(), row(受理号="2026110002")))
    told = [row(), row(受理号="2026110002", 环节="公示"), row(受理号="2026110003")]
    with opened(comma_separated(tmp_path / "b.csv", *told)) as (lines, _):
        assert take(lines, by, trial(table)).kept == Kept(new=1, changed=1, same=1)
    assert count(engine, applications) == 2


def test_nothing_personal_stands_in_the_tables(
    table: Applications, engine: Engine, by: Reader, tmp_path: Path
) -> None:
    imported(table, by, excel(tmp_path / "a.xlsx", row()))
    with engine.connect() as connection:
        for what in (applications, applicants):
            said = str(connection.execute(select(what)).mappings().all())
            assert [bit for bit in PERSONAL[:4] if bit in said] == []


def test_a_dry_run_is_the_default_and_says_so(run: Run, engine: Engine, tmp_path: Path) -> None:
    path = excel(tmp_path / "a.xlsx", row())
    dry = run("import-applications", path)
    assert (dry.exit_code, count(engine, applications)) == (0, 0)
    assert "新增 1，变更 0，相同 0，拒收 0（试运行" in dry.output
    written = run("import-applications", path, "--write")
    assert (written.exit_code, count(engine, applications)) == (0, 1)
    assert written.output.strip() == "新增 1，变更 0，相同 0，拒收 0"
    assert "新增 0，变更 0，相同 1" in run("import-applications", path, "--write").output


def test_refused_rows_leave_the_others_and_the_list_of_them_is_cut(
    run: Run, engine: Engine, tmp_path: Path
) -> None:
    bad = [row(受理号=f"20261101{n:02}", 身份证号="110105199003078219") for n in range(23)]
    done = run("import-applications", excel(tmp_path / "a.xlsx", row(), *bad), "--write")
    assert (done.exit_code, count(engine, applications)) == (1, 1)
    lines = done.output.strip().splitlines()
    assert lines[0] == "第 3 行：身份证号校验位不对"
    assert (len(lines), lines[20], lines[21]) == (
        22,
        "…另有 3 行",
        "新增 1，变更 0，相同 0，拒收 23",
    )
    assert [bit for bit in PERSONAL if bit in done.output] == []


def test_a_file_that_cannot_be_read_is_one_line_and_exit_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0 a password")
    done = run("import-applications", tmp_path / "a.xlsx", "--write")
    assert (done.exit_code, len(done.output.strip().splitlines())) == (2, 1)
    assert done.output.startswith("错误：打不开")


def test_the_demo_fills_an_empty_table_and_no_other(run: Run, engine: Engine) -> None:
    done = run("demo")
    assert done.exit_code == 0
    assert len(done.output.strip().splitlines()) == count(engine, applications) >= 25
    assert "后四位" in done.output
    again = run("demo")
    assert again.exit_code == 1
    assert again.output.startswith("错误：已经有办件数据")


def test_the_last_four_that_the_demo_prints_prove_a_right(run: Run, url: str) -> None:
    first = run("demo").output.splitlines()[0].split()
    found = Applications(create_engine(url)).find(first[0])
    assert found
    ring = ring_at(settings().vault_keys.get_secret_value(), settings().vault_key_file)
    assert found.applicants[0].id_proof_hash == ring.hashed(first[2], f"id:{first[0]}")
