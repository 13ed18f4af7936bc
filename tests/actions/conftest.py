"""What the tests of actions share: a call to perform, secrets, a program to run, and a server that misbehaves."""

import stat
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import Locked, Missing
from assistant.ports.action import Call
from tests.server import Answering, Server, reply


class Secrets:
    """A reader of secrets that are given; a name that begins with `locked` cannot be read now."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values

    def read(self, name: str) -> str:
        """The value."""
        if name.startswith("locked"):
            raise Locked("The keyring does not answer.", "unlock it")
        if name not in self.values:
            raise Missing(f"There is no secret {name!r}.", f"ask secret set {name}")
        return self.values[name]


@pytest.fixture
def call(tmp_path: Path) -> Callable[..., Call]:
    """Make a call; what is not said is ordinary. `timeout` in seconds, `secrets` by name."""
    home = tmp_path / "home"
    home.mkdir()

    def make(action: dict[str, Any], **fields: Any) -> Call:
        fields["timeout"] = timedelta(seconds=fields.get("timeout", 10.0))
        fields["secrets"] = Secrets(fields.get("secrets", {}))
        ordinary = {"job": 12, "step": "send", "attempt": 1, "key": "a1b2/12/send", "home": str(home)}
        return Call(**{**ordinary, **fields}, action=action)

    return make


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., str]:
    """Write a shell script that can be executed."""

    def write(body: str, name: str = "program", interpreter: str = "/bin/sh") -> str:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!{interpreter}\n{body}\n")
        path.chmod(stat.S_IRWXU)
        return str(path)

    return write


@pytest.fixture
def python(program: Callable[..., str]) -> Callable[..., str]:
    """Write a Python script that can be executed."""
    return lambda body, name="script": program(body, name, f"{sys.executable} -S")


@pytest.fixture
def server() -> Iterator[Callable[..., Server]]:
    """Start servers; they end with the test."""
    started: list[Server] = []

    def start(*answers: bytes | Answering, **more: Any) -> Server:
        started.append(Server(list(answers) or [reply(200)], **more))
        return started[-1]

    yield start
    for one in started:
        one.close()
