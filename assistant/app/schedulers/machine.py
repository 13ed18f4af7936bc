"""Run the machine's own programs, with a fixed argv and a deadline. Knows no scheduler."""

import os
import subprocess
import sys

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DEADLINE_S = 30


class Ran(Value):
    """How a program ended. Code 127: it is not there; 126: it may not be run; 124: it did not end in time."""

    __slots__ = ("code", "out", "said")
    code: int
    out: bytes
    said: str  # what it wrote to stderr

    @property
    def is_missing(self) -> bool:
        """Whether there is no such program here."""
        return self.code == 127


class Machine:
    """This machine, as one person's environment sees it."""

    def __init__(self, environment: "Mapping[str, str]", system: str = sys.platform) -> None:
        self.environment = environment
        self.system = system
        self.person = environment.get("HOME") or os.path.expanduser("~")

    def run(self, *argv: str, given: bytes = b"") -> Ran:
        """Run a program with its messages in English."""
        environment = {**self.environment, "LC_ALL": "C"}
        try:
            done = subprocess.run(  # noqa: S603 - a list, never a shell
                argv, input=given, capture_output=True, check=False, timeout=DEADLINE_S, env=environment
            )
        except FileNotFoundError:
            return Ran(127, b"", f"{argv[0]} is not on this machine")
        except PermissionError:
            return Ran(126, b"", f"{argv[0]} may not be run")
        except subprocess.TimeoutExpired:
            return Ran(124, b"", f"{argv[0]} did not end within {DEADLINE_S} s")
        return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip())

    def writes(self, path: str, text: bytes) -> bool:
        """Make a file hold `text`. Whether it did not before."""
        if reads(path) == text:
            return False
        os.makedirs(os.path.dirname(path), exist_ok=True)
        half = f"{path}.{os.getpid()}"
        with open(half, "wb") as file:
            file.write(text)
        os.replace(half, path)
        return True


def reads(path: str) -> bytes | None:
    """What a file holds, or None where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
