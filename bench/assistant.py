"""A whole assistant of one's own, really running: `scripts/run.py` on free ports.

For measurements and for the tests that talk to the live chain. It reads the built
knowledge and model of `var/` and keeps its data in a folder of its own.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
BUILT = ("encoder", "index", "models", "cache")
PATIENCE = 400


class NotReady(RuntimeError):
    """The assistant ended or hung while starting; the message is what it printed."""


@dataclass
class Assistant:
    """A running assistant: its supervisor, its folder of run-time files, its ports by name."""

    process: subprocess.Popen[str]
    var: Path
    ports: dict[str, int]
    output: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.ports['PORT']}"

    @property
    def rasa_url(self) -> str:
        return f"http://127.0.0.1:{self.ports['RASA_PORT']}"

    def say(self, text: str, sender: str = "", **more: Any) -> dict[str, Any]:
        """One message; the reply's JSON. A new sender unless one is named."""
        message = {"sender": sender or uuid.uuid4().hex, "text": text, **more}
        answer = httpx.post(f"{self.url}/api/chat", json=message, timeout=30)
        answer.raise_for_status()
        reply: dict[str, Any] = answer.json()
        return reply

    def printed(self) -> str:
        return self.output.read_text("utf-8")

    def stop(self) -> int:
        """Ctrl-C's way out; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def pid_of(self, name: str) -> int:
        """The process that was given the port of `name` (PORT, RASA_PORT, ACTIONS_PORT)."""
        wanted = f"--port\0{self.ports[name]}\0"
        lines = {path: path.read_text("utf-8", "replace") for path in _command_lines()}
        return min(int(path.parent.name) for path, line in lines.items() if wanted in line)


def launch(folder: Path, **environ: str) -> Assistant:
    """Start an assistant with its own data in `folder`; returns when it is ready, or NotReady."""
    running = begin(folder, **environ)
    deadline = time.monotonic() + PATIENCE
    while "ready in" not in running.printed():
        if running.process.poll() is not None or time.monotonic() > deadline:
            running.process.terminate()
            raise NotReady(running.printed())
        time.sleep(0.3)
    return running


def begin(folder: Path, **environ: str) -> Assistant:
    """As `launch`, without waiting for it."""
    for name in BUILT:
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / "var" / name)
    ports = {name: _free_port() for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    settings = {name: str(port) for name, port in ports.items()} | {"VAR": str(folder), **environ}
    output = folder / "output.txt"
    with output.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts" / "run.py")],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return Assistant(process, folder, ports, output)


def _command_lines() -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
