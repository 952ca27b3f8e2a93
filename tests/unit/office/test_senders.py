"""A code leaves with its phone, and no screen shows the phone whole."""

from pathlib import Path
from threading import Event

import pytest

from office.senders import ConsoleSender, FileSender

PHONE, CODE = "13912345678", "004217"


def test_the_console_shows_the_code_and_a_masked_phone(capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleSender().send(PHONE, CODE)
    said = capsys.readouterr()
    assert said.out == ""
    assert CODE in said.err
    assert "139****5678" in said.err
    assert PHONE not in said.err
    assert "5 分钟" in said.err


def test_a_file_gets_a_line_for_each_code_in_order_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "codes.txt"
    sender = FileSender(file)
    for code in (CODE, "000000", "999999"):
        sender.send(PHONE, code)
    _finish(sender)
    assert file.read_text("utf-8").splitlines() == [
        f"{PHONE} {code}" for code in (CODE, "000000", "999999")
    ]
    assert file.stat().st_mode & 0o777 == 0o600


def test_sending_does_not_wait_for_the_file(tmp_path: Path) -> None:
    sender, held = FileSender(tmp_path / "codes.txt"), Event()
    sender._queue.submit(held.wait)
    sender.send(PHONE, CODE)
    assert not (tmp_path / "codes.txt").exists()
    held.set()
    _finish(sender)
    assert (tmp_path / "codes.txt").read_text("utf-8") == f"{PHONE} {CODE}\n"


def _finish(sender: FileSender) -> None:
    sender._queue.shutdown(wait=True)
