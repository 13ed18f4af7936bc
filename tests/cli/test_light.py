"""What the everyday commands load: a module of Python's own that is slow to import stays out of them."""

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Ask

DEAR = {
    "argparse", "asyncio", "contextlib", "dataclasses", "difflib", "email", "enum", "importlib.metadata", "inspect",
    "json", "logging", "pathlib", "random", "re", "shlex", "subprocess", "tempfile", "typing", "unittest", "uuid",
    "typer", "rich", "sqlite_utils", "croniter", "dateutil", "dateparser", "holidays", "apprise", "keyring", "litellm",
}  # fmt: skip
PROGRAM = """
import sys
from assistant.cli.main import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(sys.modules))
sys.exit(code)
"""


@pytest.mark.parametrize(
    "argv",
    [
        ["add", "stamps", "--due", "friday"],
        ["remind", "call", "Ada", "tomorrow", "at", "9:00"],
        ["remind", "tea", "--every", "day at 17:00", "--until-ack"],
        ["done", "1"],
        ["why", "2"],
        ["list"],
        ["list", "--due", "today"],
        ["snooze", "2", "1h"],
        ["when", "tomorrow at 9:00"],
        ["-q", "list"],
        [],
    ],
    ids=" ".join,
)
def test_an_everyday_command_loads_nothing_dear(ask: "Ask", argv: list[str]) -> None:
    """Typer, JSON, regular expressions and every third-party package stay where they are needed."""
    ask.ok("add", "a")
    ask.ok("remind", "b tomorrow at 9:00")
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys\nsys.path[:0] = {sys.path!r}\n{PROGRAM}", *argv],
        env=ask.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(ran.stderr.split())
    assert "assistant.app.session" in loaded
    assert loaded & DEAR == set()
