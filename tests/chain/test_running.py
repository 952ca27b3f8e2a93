"""Starting, stopping, breaking: what `make run` promises."""

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from bench.assistant import Assistant, begin, launch


def test_a_restart_loses_no_conversation(tmp_path: Path) -> None:
    first = launch(tmp_path)
    first.say("离婚登记要带哪些证件", "stays")
    assert first.stop() == 0
    second = launch(tmp_path)
    try:
        said = second.say("要多少钱", "stays")
        assert said["replies"][-1]["article"] == "marriage/fees"
        assert not said["degraded"]
    finally:
        second.stop()


def test_a_hanging_rasa_is_answered_for_by_knowledge(assistant: Assistant) -> None:
    rasa = assistant.pid_of("RASA_PORT")
    os.kill(rasa, signal.SIGSTOP)
    try:
        said = assistant.say("结婚登记要带户口本吗", "hangs")
        assert said["degraded"]
        assert said["replies"][0]["article"] == "marriage/registration-documents"
        follow_up = assistant.say("要多少钱", "hangs")
        assert follow_up["replies"][0]["article"] == "marriage/fees"
    finally:
        os.kill(rasa, signal.SIGCONT)
    assert eventually_well(assistant)


def test_one_dead_process_stops_all_and_is_named(tmp_path: Path) -> None:
    running = launch(tmp_path)
    os.kill(running.pid_of("RASA_PORT"), signal.SIGKILL)
    assert running.process.wait(60) == 1
    assert "rasa ended" in running.printed()
    for port in running.ports.values():
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        running = begin(tmp_path, PORT=str(port))
        assert running.process.wait(60) == 1
    assert f"port {port} is taken" in running.printed()
    assert len(running.printed().strip().splitlines()) == 1


def eventually_well(assistant: Assistant) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not assistant.say("低保怎么申请")["degraded"]:
            return True
        time.sleep(1)
    return False
