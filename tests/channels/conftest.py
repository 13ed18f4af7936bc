"""What the tests of channels share: a message to deliver, a program to run, a server to post to."""

import stat
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.ports.channel import Delivery

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def message() -> Callable[..., Delivery]:
    """Make a message; what is not said is ordinary."""

    def make(**fields: Any) -> Delivery:
        ordinary = {"key": "12/ring/1", "item": 12, "text": "Call Ada", "at": AT, "severity": "normal", "channel": "c"}
        return Delivery(**{**ordinary, **fields})

    return make


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Path]:
    """Write a shell script that can be executed."""

    def write(body: str, name: str = "program", interpreter: str = "/bin/sh") -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!{interpreter}\n{body}\n")
        path.chmod(stat.S_IRWXU)
        return path

    return write


class Receiver:
    """An HTTP server on loopback. `answers` in turn, the last one for ever: a status, "stall" or "hang up"."""

    def __init__(self, answers: list[int | str]) -> None:
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.closing = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), body))
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
                if answer == "stall":
                    receiver.closing.wait(10)
                elif isinstance(answer, int):
                    self.send_response(answer)
                    self.end_headers()

            def log_message(self, *_args: object) -> None:
                """Be quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    @property
    def place(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        """Let go of who is stalled, and stop."""
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver() -> Iterator[Callable[..., Receiver]]:
    """Start servers; they end with the test."""
    started: list[Receiver] = []

    def start(*answers: int | str) -> Receiver:
        started.append(Receiver(list(answers) or [200]))
        return started[-1]

    yield start
    for one in started:
        one.close()
