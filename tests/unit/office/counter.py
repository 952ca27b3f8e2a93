"""A back office of our own: a real HTTP server on this machine that answers as it is told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from office.backoffice import BackOffice
from office.identity import NumberForm
from office.keys import new_ring, read_ring
from office.rows import Reader
from office.services import load_services

NUMBER, OTHER = "2026110001", "2026110002"
ID, PHONE, NAME, SECRET = "110105199003078211", "13912345678", "李晓明", "a secret for tests only"
PATIENCE, REST = 0.25, 0.5
RING = read_ring(new_ring("test"), where="test")
READER = Reader(
    NumberForm(r"20\d{2}(0[1-9]|1[0-2])\d{4,6}", NUMBER), load_services(), RING, today=None
)
ROW: Final = {
    "number": NUMBER,
    "service": "低保",
    "stage": "checking",
    "stage_on": "2026-11-10",
    "received_on": "2026-11-02",
    "accepted_on": "2026-11-03",
    "office": "灯笼镇",
    "applicants": [{"name": NAME, "id_number": ID, "applications": [NUMBER, OTHER]}],
}


@dataclass(frozen=True)
class Told:
    """One answer. `wait`, `drip`: seconds before it, between its bytes; `cut`: broken off.

    `slow`: seconds between status line and end of the headers.
    """

    status: int = 200
    body: bytes = b""
    wait: float = 0.0
    drip: float = 0.0
    slow: float = 0.0
    cut: bool = False
    location: str = ""
    packing: str = ""


@dataclass
class Counter:
    """`answers` by path, each list's last one for ever; `asked` keeps path and headers."""

    url: str = ""
    answers: dict[str, list[Told]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def tell(self, number: str, *answers: Told) -> None:
        self.answers[f"/applications/{number}"] = list(answers)

    def next_for(self, path: str) -> Told:
        left = self.answers.get(path, [Told(404)])
        return left.pop(0) if len(left) > 1 else left[0]


def told(**changed: Any) -> Told:
    """The row, with some of its fields `changed`."""
    return Told(body=json.dumps(ROW | changed).encode())


def carrying(*numbers: str) -> Told:
    """The row of an applicant who has the applications `numbers`."""
    return told(applicants=[{"name": NAME, "id_number": ID, "applications": numbers}])


@contextmanager
def office_open(url: str, secret: str = SECRET) -> Iterator[BackOffice]:
    """The adapter, asking at `url`, with little patience."""
    office = BackOffice(url, secret, READER, timeout=PATIENCE, rest=REST)
    yield office
    office.close()


@contextmanager
def counter_open() -> Iterator[Counter]:
    """The server, for as long as the context lasts."""
    counter = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            counter.asked.append((self.path, dict(self.headers)))
            _answer(self, counter.next_for(self.path))

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 50

    server = Server(("127.0.0.1", 0), Handler)
    counter.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield counter
    server.shutdown()
    server.server_close()


def _drop_by_drop(handler: BaseHTTPRequestHandler, seconds: float) -> None:
    """A header every twentieth of `seconds`: none is late, all of them are."""
    for n in range(20):
        handler.send_header(f"X-{n}", "-")
        handler.flush_headers()
        time.sleep(seconds / 20)


def _answer(handler: BaseHTTPRequestHandler, told: Told) -> None:
    time.sleep(told.wait)
    try:
        handler.send_response(told.status)
        if told.location:
            handler.send_header("Location", told.location)
        if told.packing:
            handler.send_header("Content-Encoding", told.packing)
        if told.slow:
            _drop_by_drop(handler, told.slow)
        handler.send_header("Content-Length", str(len(told.body) + (100 if told.cut else 0)))
        handler.end_headers()
        for byte in (told.body[n : n + 1] for n in range(len(told.body))) if told.drip else ():
            handler.wfile.write(byte)
            handler.wfile.flush()
            time.sleep(told.drip)
        if not told.drip:
            handler.wfile.write(told.body)
    except OSError:
        return
