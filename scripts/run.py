"""`make run`: prepare, then start action server, Rasa and API, each when the one before is well.

Ctrl-C stops all. When one process dies, the others are stopped, and its name and
last lines are shown. Runs in the service environment.
"""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import prepare
from rich.console import Console

from settings import settings

console = Console(highlight=False)
PATIENCE = {"actions": 60, "rasa": 120, "api": 60}
_LAST_LINES = 15
_STOP_PATIENCE = 10


@dataclass
class Service:
    """One line of the Procfile, once it was started."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_lines(self) -> str:
        return "\n".join(self.log.read_text("utf-8", "replace").splitlines()[-_LAST_LINES:])


class Died(RuntimeError):
    """A service ended, or did not become well in time."""

    def __init__(self, service: Service, what: str) -> None:
        super().__init__(f"{service.name} {what}. Its last lines ({service.log}):")
        self.service = service


def main() -> None:
    require_free_ports()
    began = time.monotonic()
    prepare_all()
    signal.signal(signal.SIGTERM, _interrupt)
    services: list[Service] = []
    try:
        start_all(services)
        announce(time.monotonic() - began)
        watch(services)
    except KeyboardInterrupt:
        console.print("\nstopping …")
    except Died as death:
        console.print(f"[red]error:[/] {death}")
        console.print(death.service.last_lines(), markup=False)
        raise SystemExit(1) from None
    finally:
        stop_all(services)


def prepare_all() -> None:
    for step in prepare.steps():
        with progress(step.name, step.name):
            prepare.run(step)


def start_all(services: list[Service]) -> None:
    for name, command in procfile().items():
        with progress(f"starting {name}", f"{name} is up"):
            services.append(start(name, command))
            wait_until_well(services[-1])


@contextmanager
def progress(doing: str, done: str) -> Iterator[None]:
    """A spinner while it lasts, a line with the seconds when it is done."""
    began = time.monotonic()
    if not console.is_terminal:
        console.print(f"  {doing} …")
    with console.status(doing):
        yield
    console.print(f"[green]✓[/] {done} [dim]{time.monotonic() - began:.0f} s[/]")


def procfile() -> dict[str, str]:
    lines = (prepare.ROOT / "Procfile").read_text("utf-8").splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines)}


def start(name: str, command: str) -> Service:
    log = settings().var / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["/bin/sh", "-c", command],
            cwd=prepare.ROOT,
            env=prepare.environ(),
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Service(name, process, log)


def wait_until_well(service: Service) -> None:
    is_well = CHECKS[service.name]
    deadline = time.monotonic() + PATIENCE[service.name]
    while not is_well():
        if service.process.poll() is not None:
            raise Died(service, f"ended with code {service.process.returncode} while starting")
        if time.monotonic() > deadline:
            raise Died(service, f"did not become well within {PATIENCE[service.name]} s")
        time.sleep(0.3)


def watch(services: list[Service]) -> NoReturn:
    while True:
        for service in services:
            if service.process.poll() is not None:
                raise Died(service, f"ended with code {service.process.returncode}")
        time.sleep(0.5)


def stop_all(services: list[Service]) -> None:
    """Stop only what was started here: each service is its own process group."""
    for service in reversed(services):
        _signal(service, signal.SIGTERM)
    for service in services:
        try:
            service.process.wait(_STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            _signal(service, signal.SIGKILL)
            service.process.wait()


def require_free_ports() -> None:
    chosen = settings()
    for name in ("port", "rasa_port", "actions_port"):
        port = getattr(chosen, name)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise SystemExit(
                    f"error: port {port} is taken. Stop what uses it, or choose another: "
                    f"{name.upper()}={port + 1000} make run"
                ) from None


def announce(took: float) -> None:
    console.print(f"\nready in {took:.0f} s: [bold]http://127.0.0.1:{settings().port}/[/]")
    console.print("[dim]Ctrl-C stops everything; logs lie in var/log[/]")
    if not settings().vault_keys.get_secret_value():
        file = settings().vault_key_file
        console.print(f"[yellow]development keys in {file}: set VAULT_KEYS before real use[/]")


def _actions_well() -> bool:
    """The action server runs an action that opens the knowledge."""
    tracker = {"sender_id": "health", "slots": {}, "latest_message": {}, "events": []}
    call = {"next_action": "action_ready", "sender_id": "health", "tracker": tracker, "domain": {}}
    return _answers(f"{settings().actions_url}/webhook", call)


def _rasa_well() -> bool:
    return _answers(f"{settings().rasa_url}/webhooks/rest/")


def _api_well() -> bool:
    return _answers(f"http://127.0.0.1:{settings().port}/health/ready")


CHECKS: dict[str, Callable[[], bool]] = {
    "actions": _actions_well,
    "rasa": _rasa_well,
    "api": _api_well,
}


def _answers(url: str, body: Mapping[str, object] | None = None) -> bool:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _signal(service: Service, number: signal.Signals) -> None:
    try:
        os.killpg(service.process.pid, number)
    except ProcessLookupError:
        return


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
