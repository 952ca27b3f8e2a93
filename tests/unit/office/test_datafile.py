"""A data file that cannot be used says which file, where in it, and why."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from office.datafile import BadData, read_data


class Inner(BaseModel):
    day: date


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    inner: list[Inner] = []


def test_a_good_file_is_the_model(tmp_path: Path) -> None:
    file = tmp_path / "good.yml"
    file.write_text("name: 字\ninner: [{day: 2026-02-28}]\n", "utf-8")
    assert read_data(file, Model) == Model(name="字", inner=[Inner(day=date(2026, 2, 28))])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"inner: []", "name: Field required"),
        (b"name: a\ninner: [{day: soon}]", r"inner\.0\.day: "),
        (b"name: a\nnom: b", r"nom: "),
        (b"name: [", "line 1"),
        (b"name: a\ninner: [{day: 2026-02-30}]", "day is out of range"),
        (b"", "valid dictionary"),
        (b"- a", "valid dictionary"),
        (b"name: \xff", "utf-8"),
        (b"name: !!python/object/apply:os.getpid []", "python/object"),
    ],
)
def test_a_bad_file_is_named_with_the_field(tmp_path: Path, text: bytes, says: str) -> None:
    file = tmp_path / "bad.yml"
    file.write_bytes(text)
    with pytest.raises(BadData, match=says) as refused:
        read_data(file, Model)
    assert str(refused.value).startswith(f"{file}: ")


def test_a_file_that_is_not_there_or_is_a_folder_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.yml", tmp_path):
        with pytest.raises(BadData) as refused:
            read_data(path, Model)
        assert str(path) in str(refused.value)
