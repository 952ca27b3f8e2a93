"""A back office of our own: a real HTTP server on this machine that answers as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Told:
    """One answer. `wait`, `drip`: seconds before it, between its bytes; `cut`: broken off."""

    status: int = 200
    body: bytes = b""
    wait: float = 0.0
    drip: float = 0.0
    cut: bool = False
    location: str = ""


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

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    counter.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield counter
    server.shutdown()
    server.server_close()


def _answer(handler: BaseHTTPRequestHandler, told: Told) -> None:
    time.sleep(told.wait)
    try:
        handler.send_response(told.status)
        if told.location:
            handler.send_header("Location", told.location)
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
