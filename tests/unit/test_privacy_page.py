"""docs/privacy.md names every field that is kept, every period, and every way to open a seal."""

import re
from collections import Counter
from pathlib import Path

import pytest

from office.schema import metadata
from office.store.vault import Purpose
from settings import Settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/privacy.md").read_text("utf-8")
COLUMNS = sorted(str(c) for table in metadata.tables.values() for c in table.columns)
PERIODS = sorted(name for name in Settings.model_fields if name.startswith("keep_"))
_FIELD = re.compile(rf"`((?:{'|'.join(metadata.tables)})\.\w+)`")


def entries() -> list[str]:
    """The fields in the first column of a table."""
    rows = (line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `"))
    return [field for cell in rows for field in _FIELD.findall(cell)]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_has_its_entry(column: str) -> None:
    assert Counter(entries())[column] == 1


def test_no_entry_is_about_a_column_that_is_gone() -> None:
    assert set(_FIELD.findall(PAGE)) <= set(COLUMNS)
    assert len(COLUMNS) > 50


@pytest.mark.parametrize("name", PERIODS)
def test_every_period_is_named_with_its_default(name: str) -> None:
    assert f"| `{name.upper()}` | {Settings.model_fields[name].default} |" in PAGE


def test_no_period_is_named_that_is_no_setting() -> None:
    named = set(re.findall(r"`(KEEP_\w+)`", PAGE))
    assert named == {name.upper() for name in PERIODS}


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_is_named(purpose: Purpose) -> None:
    assert f"`{purpose.name}`" in PAGE


def test_every_row_says_why_how_long_and_who() -> None:
    """Five cells about a field of a person, none of them empty."""
    about, _, _ = PAGE.partition("### Nothing personal")
    rows = [line for line in about.splitlines() if line.startswith("| `") and _FIELD.search(line)]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert {len(row) for row in cells} == {5}
    assert all(all(row) for row in cells)
