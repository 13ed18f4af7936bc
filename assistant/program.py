"""Run a program: no shell, a group of its own, bounded in time and output, and dead when its time is up.

Works in any thread and changes nothing of this process. What a program leaves running when it ends by itself is left
alone; when it is stopped, all of its process group is ended and seen dead.
"""

import errno
import os
import select
import signal
import subprocess
import time

from assistant.process_group import lives, tell
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LOOK_S = 0.02  # how often to see whether it has ended, where the system cannot tell us
STOP_S = 0.2  # how often to ask whether it is to be stopped
LAST = 4096  # bytes of each output that are kept from its end
LINE = 300  # characters of its last line
SHORT = frozenset({errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ETXTBSY})


class Output(Value):
    """What a program wrote to one of its outputs: as much from the beginning as was asked for, and the end."""

    __slots__ = ("first", "last", "total")
    first: bytes
    last: bytes
    total: int  # bytes; what is neither first nor last was read and dropped


class Ran(Value):
    """How a program ended. `code` is None where it was stopped, negative where a signal ended it."""

    __slots__ = ("code", "dead", "out", "err", "asked")
    code: int | None
    dead: bool  # False where its group was killed and not seen dead
    out: Output
    err: Output
    asked: bool = False  # stopped because `stop` said so, and not by its time

    @property
    def said(self) -> str:
        """The beginning of `last_words`."""
        return self.last_words[:LINE]

    @property
    def last_words(self) -> str:
        """The last line it wrote: on stderr where it went wrong, else on stdout; the other where one is empty."""
        first, second = (self.out, self.err) if self.code == 0 else (self.err, self.out)
        return last_line(first) or last_line(second)


class NotStarted(Value):
    """The program did not begin. `passing`: it may later, the system is short of something."""

    __slots__ = ("passing", "reason")
    passing: bool
    reason: str


def run(
    argv: "Sequence[str]",
    given: bytes,
    environment: "Mapping[str, str]",
    timeout_s: float,
    grace_s: float,
    *,
    cwd: str | None = None,
    first: int = 0,
    inherited: "Sequence[int]" = (),
    stop: "Callable[[], bool] | None" = None,
) -> Ran | NotStarted:
    """Run it with `given` on stdin. When its time is up the whole group gets TERM, after `grace_s` KILL.

    `first`: bytes of each output to keep from its beginning. `inherited`: descriptors that it holds open as long as
    it runs. `stop` is asked now and then whether to end it before its time.
    """
    began = time.monotonic()
    if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        return NotStarted(False, f"{argv[0]}: SIGCHLD is ignored here, so that no exit code could be trusted")
    try:
        child = subprocess.Popen(  # noqa: S603 - argv is a list, no shell reads it
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environment),
            cwd=cwd,
            start_new_session=True,
            pass_fds=inherited,
            bufsize=0,
        )
    except (OSError, ValueError) as error:
        return _not_started(argv[0], cwd, error)
    with _Pipes(child, given, first) as pipes:
        ended = pipes.serve(began + timeout_s, stop)
        asked = not ended and time.monotonic() < began + timeout_s
        dead = True if ended else _kill_group(child, pipes, grace_s)
        return Ran(child.returncode if ended else None, dead, pipes.out.output(), pipes.err.output(), asked)


def last_line(output: Output) -> str:
    """The last line that is not blank.

    >>> last_line(Output(b"", b"one\\ntwo\\n\\n", 9))
    'two'
    """
    lines = output.last.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].strip() if lines else ""


def _not_started(program: str, cwd: str | None, error: "OSError | ValueError") -> NotStarted:
    if not isinstance(error, OSError):
        return NotStarted(False, f"{program}: {error}")
    if cwd is not None and error.filename == cwd:
        return NotStarted(False, f"the folder {cwd}: {error.strerror}")
    if isinstance(error, FileNotFoundError) and os.path.exists(os.path.join(cwd or "", program)):
        return NotStarted(False, f"{program}: the interpreter in its first line is not there")
    return NotStarted(error.errno in SHORT, f"{program}: {error.strerror}")


class _Kept:
    """The beginning and the end of what came through one pipe."""

    def __init__(self, first: int) -> None:
        self.most = first
        self.first = bytearray()
        self.last = b""
        self.total = 0

    def add(self, more: bytes) -> None:
        self.total += len(more)
        if len(self.first) < self.most:
            self.first += more[: self.most - len(self.first)]
        self.last = (self.last + more)[-LAST:]

    def output(self) -> Output:
        return Output(bytes(self.first), self.last, self.total)


class _Pipes:
    """The ends of a child's pipes that we hold. A child that reads nothing, or writes without end, cannot block us."""

    def __init__(self, child: "subprocess.Popen[bytes]", given: bytes, first: int) -> None:
        assert child.stdin and child.stdout and child.stderr  # noqa: S101 - all were asked for
        self.child = child
        self.rest = memoryview(given)
        self.out, self.err = _Kept(first), _Kept(first)
        self.stdin: int | None = child.stdin.fileno()
        self.readers = {child.stdout.fileno(): self.out, child.stderr.fileno(): self.err}
        self.pidfd = _pidfd(child.pid)
        self.waiting = select.poll()
        for handle in self.readers:
            os.set_blocking(handle, False)
            self.waiting.register(handle, select.POLLIN)
        os.set_blocking(self.stdin, False)
        self.waiting.register(self.stdin, select.POLLOUT)
        if self.pidfd is not None:
            self.waiting.register(self.pidfd, select.POLLIN)

    def __enter__(self) -> "_Pipes":
        return self

    def __exit__(self, *_error: object) -> None:
        for pipe in (self.child.stdin, self.child.stdout, self.child.stderr):
            if pipe is not None:
                pipe.close()
        if self.pidfd is not None:
            os.close(self.pidfd)

    def serve(self, until: float, stop: "Callable[[], bool] | None") -> bool:
        """Feed and read it until it has ended; False where time is up first, or `stop` says so."""
        asked_at = 0.0
        while self.child.poll() is None:
            now = time.monotonic()
            if now >= until:
                return False
            if stop is not None and now - asked_at >= STOP_S:
                asked_at = now
                if stop():
                    return False
            self.turn(min(until - now, STOP_S if stop is not None else until - now))
        for handle in tuple(self.readers):
            self._read(handle)  # what it left running is not waited for
        return True

    def turn(self, wait_s: float) -> None:
        """Wait for something to do, and do it."""
        if self.pidfd is None:
            wait_s = min(wait_s, LOOK_S)
        for handle, _event in self.waiting.poll(max(1, int(min(wait_s, 3600) * 1000))):
            if handle in self.readers:
                self._read(handle)
            elif handle == self.stdin:
                self._write()

    def watch_no_end(self) -> None:
        """A child that has ended would wake every turn from here on, while others of its group may still write."""
        if self.pidfd is not None:
            self.waiting.unregister(self.pidfd)

    def _write(self) -> None:
        if self.stdin is None or self.child.stdin is None:
            return
        try:
            if self.rest:
                self.rest = self.rest[os.write(self.stdin, self.rest) :]
        except BlockingIOError:
            return
        except OSError:  # it does not want the rest
            self.rest = self.rest[:0]
        if not self.rest:
            self.waiting.unregister(self.stdin)
            self.stdin = None
            self.child.stdin.close()

    def _read(self, handle: int) -> None:
        for _ in range(64):  # a child that writes without end must not keep us from looking at the time
            try:
                more = os.read(handle, 65536)
            except BlockingIOError:
                return
            except OSError:
                more = b""
            if not more:
                self.waiting.unregister(handle)
                del self.readers[handle]
                return
            self.readers[handle].add(more)


def _pidfd(pid: int) -> int | None:
    """A descriptor that can be read once the child has ended; None where the system has none."""
    try:
        return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    except OSError:
        return None


def _kill_group(child: "subprocess.Popen[bytes]", pipes: _Pipes, grace_s: float) -> bool:
    """End the child and all of its group, and see them dead.

    The child is not buried before the last signal: as long as it is not, no stranger can get its number.
    """
    tell(child.pid, signal.SIGTERM)
    pipes.watch_no_end()
    until = time.monotonic() + grace_s
    while time.monotonic() < until and lives(child.pid):
        pipes.turn(LOOK_S)
    tell(child.pid, signal.SIGKILL)
    until = time.monotonic() + max(grace_s, 1.0)
    while lives(child.pid):
        if time.monotonic() >= until:  # it runs as somebody else, or hangs in the kernel
            child.poll()
            return False
        time.sleep(LOOK_S)
    try:
        child.wait(1.0)
    except subprocess.TimeoutExpired:
        return False
    return True
