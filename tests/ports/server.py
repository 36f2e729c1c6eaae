"""A real HTTP server on this machine that answers as a test says and keeps what it was asked."""

from __future__ import annotations

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: Any


@dataclass
class Answering:
    """What the server answers next; the last answer stays."""

    answers: list[Callable[[BaseHTTPRequestHandler], None]]
    asked: list[Asked] = field(default_factory=list)
    origin: str = ""  #: "http://127.0.0.1:8123"

    def next(self) -> Callable[[BaseHTTPRequestHandler], None]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def saying(
    status: int = 200, said: Any = None, *, raw: bytes | None = None, kind: str = "application/json", **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer with this status and JSON, or with these bytes."""
    data = raw if raw is not None else b"" if said is None else json.dumps(said).encode()

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(data)

    return answer


def dripping(seconds: float, *, length: bool = True) -> Callable[[BaseHTTPRequestHandler], None]:
    """Say one blank after the other, each in good time, and never come to an end."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        if length:
            request.send_header("Content-Length", "100000")
        request.end_headers()
        request.wfile.write(b"{}")
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                request.wfile.write(b" ")
                request.wfile.flush()
                time.sleep(0.02)
        except OSError:  # whoever asked has hung up
            return

    return answer


def silent(seconds: float) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda request: time.sleep(seconds)


@contextmanager
def serving(
    *answers: Callable[[BaseHTTPRequestHandler], None], tls: ssl.SSLContext | None = None
) -> Iterator[Answering]:
    """A server on 127.0.0.1 that gives these answers, one after the other."""
    state = Answering(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.asked.append(
                Asked(
                    method=self.command, target=self.path, headers=dict(self.headers.items()),
                    body=json.loads(data) if data else None,
                )
            )  # fmt: skip
            state.next()(self)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _take

        def log_message(self, *arguments: Any) -> None:
            """Into no test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    state.origin = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
