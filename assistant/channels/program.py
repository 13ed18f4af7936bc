"""Run a program for a channel: no shell, a group of its own, bounded in time and output, and dead when time is up.

Works in any thread: it sets no signal handler and changes nothing of this process.
"""

import errno
import os
import signal
import subprocess
import time
from select import select

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOOK_S = 0.02  # how often to see whether it has ended
KEPT = 4096  # bytes of its output that are kept, the newest; the rest is read and dropped
SHORT = frozenset({errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ETXTBSY})


class Ran(Value):
    """How a program ended. `code` is None where its time was up, negative where a signal ended it."""

    __slots__ = ("code", "dead", "said")
    code: int | None
    dead: bool  # False where its group was killed and not seen dead
    said: str  # the last line it wrote, on either output


class NotStarted(Value):
    """The program did not begin. `passing`: it may later, the system is short of something."""

    __slots__ = ("passing", "reason")
    passing: bool
    reason: str


def run(
    argv: "Sequence[str]", given: bytes, environment: "Mapping[str, str]", timeout_s: float, grace_s: float
) -> Ran | NotStarted:
    """Run it with `given` on stdin. When its time is up the whole group gets TERM, after `grace_s` KILL."""
    began = time.monotonic()
    try:
        child = subprocess.Popen(  # noqa: S603 - argv is a list, no shell reads it
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            start_new_session=True,
            bufsize=0,
        )
    except (OSError, ValueError) as error:
        return _not_started(argv[0], error)
    with _Pipes(child, given) as pipes:
        ended = pipes.serve(began + timeout_s)
        dead = True if ended else _kill_group(child, pipes, grace_s)
        return Ran(child.returncode if ended else None, dead, pipes.last_line())


def _not_started(program: str, error: "OSError | ValueError") -> NotStarted:
    if isinstance(error, FileNotFoundError) and os.path.exists(program):
        return NotStarted(False, f"{program}: the interpreter in its first line is not there")
    said = error.strerror if isinstance(error, OSError) else str(error)
    return NotStarted(isinstance(error, OSError) and error.errno in SHORT, f"{program}: {said}")


class _Pipes:
    """The ends of a child's pipes that we hold. A child that reads nothing, or writes without end, cannot block us."""

    def __init__(self, child: "subprocess.Popen[bytes]", given: bytes) -> None:
        assert child.stdin is not None and child.stdout is not None  # noqa: S101 - both were asked for
        self.child = child
        self.rest = memoryview(given)
        self.said = b""
        self.readable: int | None = child.stdout.fileno()
        self.writable: int | None = child.stdin.fileno()
        os.set_blocking(child.stdout.fileno(), False)
        os.set_blocking(child.stdin.fileno(), False)

    def __enter__(self) -> "_Pipes":
        return self

    def __exit__(self, *_error: object) -> None:
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe is not None:
                pipe.close()

    def serve(self, until: float) -> bool:
        """Feed and read it until it has ended; False where time is up first. What it left running is not waited for."""
        while self.child.poll() is None:
            left = until - time.monotonic()
            if left <= 0:
                return False
            self._turn(min(left, LOOK_S))
        self._read()
        return True

    def last_line(self) -> str:
        lines = self.said.decode("utf-8", "replace").strip().splitlines()
        return lines[-1].strip()[:300] if lines else ""

    def _turn(self, wait_s: float) -> None:
        reads = [self.readable] if self.readable is not None else []
        writes = [self.writable] if self.writable is not None else []
        if not reads and not writes:
            time.sleep(wait_s)
            return
        can_read, can_write, _ = select(reads, writes, [], wait_s)
        if can_read:
            self._read()
        if can_write:
            self._write()

    def _write(self) -> None:
        if self.writable is None or self.child.stdin is None:
            return
        try:
            self.rest = self.rest[os.write(self.writable, self.rest) :]
        except BlockingIOError:
            return
        except OSError:  # it does not want the rest
            self.rest = self.rest[:0]
        if not self.rest:
            self.writable = None
            self.child.stdin.close()

    def _read(self) -> None:
        for _ in range(64):  # a child that writes without end must not keep us from looking at the time
            if self.readable is None:
                return
            try:
                more = os.read(self.readable, 65536)
            except BlockingIOError:
                return
            except OSError:
                more = b""
            if not more:
                self.readable = None
            self.said = (self.said + more)[-KEPT:]


def _kill_group(child: "subprocess.Popen[bytes]", pipes: _Pipes, grace_s: float) -> bool:
    """End the child and all of its group, and see them dead."""
    _signal(child.pid, signal.SIGTERM)
    pipes.serve(time.monotonic() + grace_s)
    # Also where the child itself has ended: its children share its group.
    _signal(child.pid, signal.SIGKILL)
    until = time.monotonic() + grace_s
    try:
        child.wait(grace_s)
    except subprocess.TimeoutExpired:  # it runs as somebody else, or hangs in the kernel
        return False
    while _signal(child.pid, 0) and _any_lives(child.pid):
        if time.monotonic() >= until:
            return False
        time.sleep(LOOK_S)
    return True


def _any_lives(group: int) -> bool:
    """Whether a group has more than dead members; where no init buries them they answer signals for ever."""
    try:
        pids = [name for name in os.listdir("/proc") if name.isdigit()]
    except FileNotFoundError:
        return True  # no /proc: the signal has the last word
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
                state, _, its_group = file.read().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state not in ("Z", "X"):
            return True
    return False


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS refuses signals to a group of the dead
        return False
    return True
