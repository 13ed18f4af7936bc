"""A server on loopback that misbehaves as it is told, and whole answers to give."""

import socket
import threading
from collections.abc import Callable
from typing import Any

Answering = Callable[[socket.socket, bytes], None]


class Server:
    """A server on loopback that gives each connection, in turn, one answer in bytes, or lets a function misbehave."""

    def __init__(self, answers: list[bytes | Answering], host: str = "127.0.0.1", reads: bool = True) -> None:
        self.reads = reads
        self.got: list[bytes] = []
        self.came = threading.Event()  # a request has been read
        self.closing = threading.Event()
        self._answers = answers
        self._socket = socket.create_server((host, 0))
        self.place = f"{host}:{self._socket.getsockname()[1]}"
        self.url = f"http://{self.place}/do"
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def _start(self, work: Callable[..., None], *args: Any) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            self._start(self._serve, connection, answer)

    def _serve(self, connection: socket.socket, answer: bytes | Answering) -> None:
        with connection:
            try:
                asked = _request(connection) if self.reads else b""
                self.got.append(asked)
                self.came.set()
                if isinstance(answer, bytes):
                    connection.sendall(answer)
                else:
                    answer(connection, asked)
            except OSError:
                return  # the client has gone, as some tests want it

    def stall(self, *begun: bytes) -> Answering:
        """Send what was begun, and then nothing more."""

        def answer(connection: socket.socket, _asked: bytes) -> None:
            for part in begun:
                connection.sendall(part)
            self.closing.wait(20)

        return answer

    def answers(self, *more: bytes | Answering) -> "Server":
        """What it gives from now on."""
        self._answers[:] = more
        return self

    def close(self) -> None:
        """Let go of who is stalled, and stop."""
        self.closing.set()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(10)


def _request(connection: socket.socket) -> bytes:
    """Head and body of one request."""
    data = b""
    while b"\r\n\r\n" not in data and (more := connection.recv(65536)):
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length and (more := connection.recv(65536)):
        body += more
    return head + b"\r\n\r\n" + body


def reply(status: int, body: bytes = b"", **headers: str) -> bytes:
    """A whole answer; `retry_after` is written Retry-After. It says its length unless told otherwise."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = {"Content-Length": str(len(body)), "Connection": "close", **named}
    head = f"HTTP/1.1 {status} Reason\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return head.encode() + b"\r\n" + body
