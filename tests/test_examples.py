"""The examples and README's transcripts: run to their end by the real command."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.sh"))
EXPECTED = {
    "pills.sh": ["every day at 21:00", "exit 4", '"state": "active"'],
    "deploy.sh": ["deploy failed, look at the log\topen", "deploy failed, look at the log\tdone"],
    "to-a-program.sh": ["mine\tsent", '"text": "A test of the channel mine."', '"text": "water the plants"'],
    "reply-by-program.sh": ["messages sent 1", "take the pills\tacknowledged", "exit 4\nexit 4\nreply refused"],
    "lunch-break.sh": ['"count": 5, "state": "skipped", "reason": "paused"', "2026-11-30T12:30:00+01:00"],
    "after-the-call.sh": [
        "2026-11-30T12:30:00+01:00",
        "2026-11-30T15:30:00+01:00",
        "moved with Vendor call to Mon 30 Nov",
    ],
}


def _environment(folder: Path) -> dict[str, str]:
    return {
        "ASK_HOME": str(folder / "ask home"),
        "HOME": str(folder),
        "TZ": "Europe/Berlin",
        "LANG": "C.UTF-8",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_runs_to_its_end(example: Path, tmp_path: Path) -> None:
    """Every script in examples/ succeeds in an empty folder and shows what it promises."""
    ran = subprocess.run([str(example)], env=_environment(tmp_path), capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    for line in EXPECTED[example.name]:
        assert line in ran.stdout, ran.stdout


def test_every_example_is_listed_and_checked() -> None:
    """No script lies in examples/ that its page does not name or this test does not expect."""
    page = (ROOT / "examples" / "README.md").read_text()
    assert {path.name for path in EXAMPLES} == set(EXPECTED) == set(re.findall(r"\]\((\S+\.sh)\)", page))


TRANSCRIPT = re.compile(r"<!-- transcript: (\S+) (\S+) -->\n```console\n(.*?)```", re.DOTALL)


def _sessions() -> list[tuple[str, str, str]]:
    return TRANSCRIPT.findall((ROOT / "README.md").read_text())


@pytest.mark.parametrize(("clock", "zone", "session"), _sessions())
def test_readme_shows_what_the_command_says(clock: str, zone: str, session: str, ask) -> None:
    """Each transcript of README is what a person at a terminal sees, to the letter."""
    import shlex

    ask.environment |= {"TZ": zone, "NO_COLOR": "1"}
    ask.at(clock)
    for part in session.split("$ ")[1:]:
        typed, _, expected = part.partition("\n")
        shown = ask.terminal(*shlex.split(typed)[1:], columns=400)
        assert (shown.out + shown.err).replace("\r\n", "\n") == expected, typed


def test_readme_has_transcripts() -> None:
    """The check above has something to check."""
    assert len(_sessions()) >= 1
