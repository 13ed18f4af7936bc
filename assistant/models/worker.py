"""The parent's end of the child: start it, put one request to it within a deadline, kill it and see it dead.

Knows lines of JSON and nothing of models. What a child writes is believed only where it is a line of JSON that bears
the number of the request; anything else is an error, and the end of that child.
"""

import os
import select
import signal
import subprocess
import sys
import time

from assistant.jsontext import dump, load
from assistant.process_group import lives, tell
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

START_S = 60.0  # to import litellm: four seconds on a machine that is at leisure
GRACE_S = 2.0
STOP_S = 0.2  # how often to ask whether it is to be stopped
LINE = 8 << 20  # bytes: an answer of 1 MB, each character of it escaped
MEMORY = 1 << 30  # bytes of addresses: litellm takes 420 MB of them, and 270 MB of memory
# What a child is told of its surroundings: no key, no PYTHON*, and no setting of litellm that could lead elsewhere.
TOLD = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy",
    "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_REGION_NAME",
    "GOOGLE_APPLICATION_CREDENTIALS", "VERTEXAI_PROJECT", "VERTEXAI_LOCATION",
})  # fmt: skip
SET = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",  # no download of a price list
    "LITELLM_OFFLINE_MODE": "true",  # nor of anything else that no request asks for
    "LITELLM_MODE": "PRODUCTION",  # reads no .env
    "LITELLM_LOG": "CRITICAL",
    "HF_HUB_OFFLINE": "1",
    "MALLOC_ARENA_MAX": "2",  # each further one would take 64 MB of addresses
}
HERE = "localhost,127.0.0.1,::1"


class Replied(Value):
    """The child's answer. `may_cost_usd`: said before it asked; None where it asked nobody or knows no price."""

    __slots__ = ("reply", "may_cost_usd")
    reply: "dict[str, Any]"
    may_cost_usd: float | None


class Lost(Value):
    """No answer, and the child is no more. `stopped`: because `stop` said so. `begun`: the model had been asked."""

    __slots__ = ("reason", "may_cost_usd", "begun", "stopped")
    reason: str
    may_cost_usd: float | None
    begun: bool
    stopped: bool


class NotReady(Value):
    """The child could not be started."""

    __slots__ = ("reason", "permanent")
    reason: str
    permanent: bool


class _Over(Exception):
    """This child can be used no more."""

    stopped = False


class Worker:
    """One child, warm between requests. Serves one thread at a time."""

    def __init__(
        self,
        environment: "Mapping[str, str]",
        memory: int = MEMORY,
        argv: "Sequence[str] | None" = None,
        start_s: float = START_S,
    ) -> None:
        self._argv = list(argv) if argv is not None else [sys.executable, *_alone(), "-m", "assistant.models.child"]
        self._argv.append(str(memory))
        self._environment = surroundings(environment)
        self._start_s = start_s
        self._child: subprocess.Popen[bytes] | None = None
        self._read = bytearray()
        self._number = 0

    @property
    def pid(self) -> int | None:
        """The child's number, None where there is none."""
        return self._child.pid if self._child is not None else None

    def start(self, stop: "Callable[[], bool] | None" = None) -> NotReady | None:
        """Have a child that is ready; its start has a deadline of its own."""
        if self._child is not None and self._child.poll() is None:
            return None
        self.kill()
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own program, and no shell
                self._argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                cwd="/",
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            return NotReady(f"cannot be started: {error.strerror}", False)
        for pipe in (self._child.stdin, self._child.stdout):
            os.set_blocking(_handle(pipe), False)
        try:
            said = self._line(time.monotonic() + self._start_s, stop)
        except _Over as error:
            return NotReady(f"did not get ready: {error}{self.kill()}", False)
        if said.get("ready") is True:
            return None
        self.kill()
        return NotReady(str(said.get("error")), not said.get("memory"))

    def exchange(
        self, request: "dict[str, Any]", until: float, stop: "Callable[[], bool] | None" = None
    ) -> Replied | Lost:
        """Put a request, and give the answer that came before `until` on the monotonic clock. Call `start` first."""
        self._number += 1
        may_cost: float | None = None
        begun = False
        try:
            self._write(dump({**request, "number": self._number}).encode("utf-8", "replace") + b"\n", until, stop)
            while True:
                said = self._line(until, stop)
                if said.get("number") != self._number:
                    raise _Over("it answers something else")
                if "text" in said or "error" in said:
                    break
                may_cost, begun = said.get("may_cost_usd"), True
        except _Over as error:
            return Lost(f"{error}{self.kill()}", may_cost, begun, error.stopped)
        except BaseException:
            self.kill()  # an answer that is still to come would be taken for that of the next request
            raise
        if said.get("over"):
            self.kill()
        return Replied(said, may_cost)

    def close(self) -> None:
        """Let the child end by itself, or else end it."""
        if self._child is not None and self._child.stdin is not None:
            self._child.stdin.close()
            try:
                self._child.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                pass
        self.kill()

    def kill(self) -> str:
        """End the child and all of its group, and see them dead; where they are not, what to say of it."""
        child, self._child = self._child, None
        self._read.clear()
        if child is None:
            return ""
        dead = _end(child)
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
        return "" if dead else f"; it was killed, and process {child.pid} still lives"

    def _write(self, data: bytes, until: float, stop: "Callable[[], bool] | None") -> None:
        rest = memoryview(data)
        handle = _handle(self._alive().stdin)
        while rest:
            self._wait(handle, select.POLLOUT, until, stop)
            try:
                rest = rest[os.write(handle, rest) :]
            except BlockingIOError:
                continue
            except OSError:
                raise self._ended() from None

    def _line(self, until: float, stop: "Callable[[], bool] | None") -> "dict[str, Any]":
        """The next line, which must be a JSON object."""
        handle = _handle(self._alive().stdout)
        searched = 0
        while (end := self._read.find(b"\n", searched)) < 0:
            searched = len(self._read)
            if searched > LINE:
                raise _Over("it answers more than can be read")
            self._wait(handle, select.POLLIN, until, stop)
            try:
                more = os.read(handle, 1 << 16)
            except BlockingIOError:
                continue
            if not more:
                raise self._ended()
            self._read += more
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        try:
            said = load(line.decode())
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise _Over("it answers what is no JSON object")
        return said

    def _wait(self, handle: int, event: int, until: float, stop: "Callable[[], bool] | None") -> None:
        """Until the pipe can be used."""
        poll = select.poll()
        poll.register(handle, event)
        while True:
            left = until - time.monotonic()
            if left <= 0:
                raise _Over("no answer in time")
            if stop is not None and stop():
                over = _Over("was stopped")
                over.stopped = True
                raise over
            if poll.poll(max(1, int(min(left, STOP_S if stop is not None else 3600.0) * 1000))):
                return

    def _alive(self) -> "subprocess.Popen[bytes]":
        if self._child is None:
            raise _Over("there is no child")
        return self._child

    def _ended(self) -> _Over:
        """What to say of a child that has ended by itself."""
        try:
            code = self._alive().wait(GRACE_S)
        except subprocess.TimeoutExpired:
            return _Over("its process closed its output")
        return _Over(f"its process was ended by signal {-code}" if code < 0 else f"its process ended with exit {code}")


def surroundings(environment: "Mapping[str, str]") -> dict[str, str]:
    """What a child sees of an environment. No proxy stands between it and this machine."""
    told = {name: value for name, value in environment.items() if name in TOLD}
    beside = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    around = ",".join(filter(None, [beside, HERE]))
    return {**told, **SET, "NO_PROXY": around, "no_proxy": around}


def _alone() -> list[str]:
    """Python's own isolation, less what would hide an installation in the person's own folder."""
    return ["-E", "-P", *(["-s"] if sys.flags.no_user_site else [])]


def _handle(pipe: "Any") -> int:
    number: int = pipe.fileno()
    return number


def _end(child: "subprocess.Popen[bytes]") -> bool:
    """KILL at once: it holds nothing that could be lost. Whether all of its group is dead."""
    if child.returncode is not None:
        return True  # it was buried, and a stranger may have its number by now
    tell(child.pid, signal.SIGKILL)
    until = time.monotonic() + GRACE_S
    while lives(child.pid):
        if time.monotonic() >= until:
            child.poll()
            return False
        time.sleep(0.01)
    try:
        child.wait(1.0)
    except subprocess.TimeoutExpired:
        return False
    return True
