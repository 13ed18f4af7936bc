"""The real command for stories: in process, in a pseudo-terminal, and as the installed script."""

import fcntl
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from assistant.cli.main import main

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # Whoever started the tests in the background had their children ignore Ctrl-C; the stories need it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

MONDAY = "2026-11-23T16:20:00+01:00"
SCRIPT = Path(sys.executable).with_name("ask")
MEMORY = Path("/dev/shm")
PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Result:
    """What one command line gave: its exit code and its two streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, Any]:
        """The error object on stderr."""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found

    @property
    def lines(self) -> list[str]:
        """The lines on stdout."""
        return self.out.splitlines()


class Ask:
    """One person's assistant in an empty folder, at a clock that stands still until it is set."""

    path = str(SCRIPT)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.environment = {
            "ASK_HOME": str(self.home), "ASK_NOW": MONDAY, "TZ": "Europe/Berlin", "HOME": str(folder),
            "PATH": os.environ["PATH"], "TERM": "xterm", "LANG": "C.UTF-8",
        }  # fmt: skip

    def at(self, now: str) -> "Ask":
        """Set the clock."""
        self.environment["ASK_NOW"] = now
        return self

    def __call__(self, *argv: str, stdin: str | bytes = "") -> Result:
        """Run the command in this process, with pipes."""
        given = stdin if isinstance(stdin, bytes) else stdin.encode()
        before, kept = (sys.stdin, sys.stdout, sys.stderr), dict(os.environ)
        sys.stdin, out, err = (_stream(data) for data in (given, b"", b""))
        sys.stdout, sys.stderr = out, err
        _become(self.environment)
        try:
            code = main(list(argv))
        finally:
            _become(kept)
            sys.stdin, sys.stdout, sys.stderr = before
        return Result(code, _written(out), _written(err))

    def json(self, *argv: str, stdin: str | bytes = "") -> Any:
        """The document of a command that must succeed."""
        result = self(*argv, "--json", stdin=stdin)
        assert result.code == 0, result
        return result.json

    def ok(self, *argv: str, stdin: str | bytes = "") -> Result:
        """Run a command that must succeed."""
        result = self(*argv, stdin=stdin)
        assert result.code == 0, result
        return result

    def refused(self, code: int, *argv: str, stdin: str | bytes = "") -> str:
        """Message and hint of a command that must be refused with this exit code, with nothing on stdout."""
        result = self(*argv, "--json", stdin=stdin)
        assert (result.code, result.out) == (code, ""), result
        assert result.error["message"]
        assert result.error["hint"], result
        return f"{result.error['message']} | {result.error['hint']}"

    def terminal(self, *argv: str, typed: str = "", columns: int = 120, **more: str) -> Result:
        """Run the installed script in a pseudo-terminal, as a person sees it; `typed` is sent to it."""
        return _in_terminal([self.path, *argv], {**self.environment, **more}, typed, columns)

    def script(self, *argv: str | bytes, stdin: bytes = b"", **more: str) -> Result:
        """Run the installed script with pipes."""
        ran = subprocess.run(
            [self.path, *argv], input=stdin, capture_output=True, env={**self.environment, **more},
            timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        return Result(ran.returncode, ran.stdout.decode("utf-8", "replace"), ran.stderr.decode("utf-8", "replace"))

    def start(self, *argv: str, **more: Any) -> "subprocess.Popen[bytes]":
        """Start the installed script with pipes, and let it run."""
        return subprocess.Popen(
            [self.path, *argv], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment, **more,
        )  # fmt: skip

    def number(self, *argv: str) -> str:
        """The number of what a command makes."""
        return self.ok(*argv, "-q").out.strip()

    def tick(self, now: str) -> dict[str, Any]:
        """One tick at an instant, and what it counted."""
        counted: dict[str, Any] = self.at(now).json("run-due")
        return counted

    def with_file_channel(self) -> "Ask":
        """Let messages go to a file by default."""
        self.ok("channel", "add", "out", f"file://{self.folder}/out.jsonl")
        self.ok("pref", "set", "channel", "out")
        return self

    @property
    def rang(self) -> list[dict[str, Any]]:
        """The messages that reached the file channel, in order."""
        path = self.folder / "out.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def texts(self) -> list[str]:
        """Their texts."""
        return [message["text"] for message in self.rang]

    def snapshot(self) -> Any:
        """All that is kept, to hold against a later moment."""
        return self.json("export")["tables"]


def _become(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def _stream(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    data = stream.buffer
    assert isinstance(data, io.BytesIO)
    return data.getvalue().decode()


def _in_terminal(command: list[str], environment: dict[str, str], typed: str, columns: int) -> Result:
    ours, theirs = pty.openpty()
    try:
        child = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, preexec_fn=_take_terminal,
            env={**environment, "COLUMNS": str(columns)},
        )  # fmt: skip
    finally:
        os.close(theirs)
    try:
        seen = b""
        for data in _seen(ours, typed.encode() if typed == "\x03" else b""):
            if typed and not seen:  # a person answers what was asked
                os.write(ours, typed.encode())
            seen += data
        code = child.wait(PATIENCE_S)
    finally:
        child.kill()
        child.wait()
        os.close(ours)
    return Result(code, seen.decode("utf-8", "replace").replace("\r\n", "\n"), "")


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl-C, typed there, reaches the child as a signal


def _seen(terminal: int, pressed: bytes) -> Iterator[bytes]:
    """What appears. A key that is a signal is pressed again each second: one that comes just before the program waits
    for a line is kept by Python until the next one."""
    quiet = 0.0
    while quiet < PATIENCE_S:
        if not select.select([terminal], [], [], 1.0)[0]:
            quiet += 1.0
            if pressed:
                os.write(terminal, pressed)
            continue
        quiet = 0.0
        try:
            data = os.read(terminal, 65536)
        except OSError:  # EIO: the last process has closed its end
            return
        if not data:
            return
        yield data


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """An assistant of nobody yet: Monday 23 November 2026, 16:20 in Berlin.

    Stories commit hundreds of times, and prove nothing about disks: they live in memory where a system allows that.
    """
    if not MEMORY.is_dir():
        yield Ask(tmp_path)
        return
    with TemporaryDirectory(dir=MEMORY, prefix="ask-") as folder:
        yield Ask(Path(folder))
