"""What the everyday commands load: a module costs everybody at every start, and some are too dear for that."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Third-party packages, and what the standard library has that is dear: `re` alone is a quarter of the start-up floor.
FORBIDDEN = frozenset({
    "apprise", "argparse", "caldav", "click", "contextlib", "croniter", "dataclasses", "dateparser", "dateutil",
    "difflib", "enum", "hashlib", "holidays", "icalendar", "importlib.metadata", "inspect", "json", "keyring",
    "litellm", "logging", "minijinja", "pathlib", "pydantic", "random", "re", "rich", "shutil", "sqlite_utils",
    "subprocess", "tempfile", "traceback", "typer", "typing", "tzlocal", "urllib.parse", "yaml",
})  # fmt: skip

# All that an idle tick loads of ours. It runs every minute of every day: think twice before a line is added.
IDLE_TICK = frozenset({
    "assistant",
    "assistant.app",
    "assistant.app.home",
    "assistant.app.run_due",
    "assistant.cli",
    "assistant.cli.main",
    "assistant.cli.parse",
    "assistant.cli.table",
    "assistant.cli.ticking",
    "assistant.errors",
    "assistant.store",
    "assistant.store.connection",
    "assistant.store.idle",
    "assistant.value",
})  # fmt: skip

PROBE = """
import sys
from_the_start = set(sys.modules)
from assistant.cli.main import main
code = main(sys.argv[1:])
sys.stderr.write("\\n" + " ".join(name for name in sys.modules if name not in from_the_start))
sys.exit(code)
"""

EVERYDAY = {
    "an idle tick": ["run-due"],
    "add": ["add", "buy", "stamps"],
    "remind once": ["remind", "me", "to", "call", "mum", "tomorrow", "at", "6pm"],
    "remind by a rule": ["remind", "stand-up", "every", "weekday", "at", "9:25"],
    "done with a task": ["done", "1"],
    "done with a reminder": ["done", "2"],
    "list": ["list"],
    "why of a task": ["why", "1"],
    "why of a reminder": ["why", "3"],
    "when": ["when", "tomorrow", "at", "9"],
    "inbox": ["inbox"],
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store with a task, a reminder and a rule."""
    for words in (["add", "post", "a", "letter"], EVERYDAY["remind once"], EVERYDAY["remind by a rule"]):
        loaded_by(words, tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", EVERYDAY.values(), ids=EVERYDAY)
def test_an_everyday_command_loads_nothing_dear(words: list[str], home: Path) -> None:
    """No third-party package, and nothing of the standard library that costs a good part of Python's own start."""
    loaded = loaded_by(words, home)
    assert {name for name in loaded if name in FORBIDDEN or name.partition(".")[0] in FORBIDDEN} == set()


def test_an_idle_tick_loads_these_modules_of_ours_and_no_more(home: Path) -> None:
    """A million reminders to come change nothing of that."""
    loaded = loaded_by(["run-due"], home)
    assert {name for name in loaded if name.partition(".")[0] == "assistant"} == IDLE_TICK


def test_a_task_without_a_date_is_added_without_any_zone(home: Path) -> None:
    """The system's zone is only named; its data, and the package that reads them, stay where they are."""
    assert "zoneinfo" not in loaded_by(["add", "buy", "stamps"], home)


def loaded_by(words: list[str], home: Path) -> set[str]:
    """The modules that a command loads beside those that Python starts with here."""
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "ASK_HOME": str(home / "ask"), "TZ": "Europe/Berlin"}
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *words], env=env, cwd=home, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.rpartition("\n")[2].split())


def test_a_job_is_run_without_what_reads_files(home: Path) -> None:
    """Scripts run jobs and send events often: no YAML, no checks of files."""
    (home / "w.yaml").write_text("name: w\non: [{event: bell}]\nsteps:\n  - {id: go, run: ['true']}\n")
    loaded_by(["workflow", "add", "w.yaml"], home)
    for words in (["run", "w"], ["emit", "bell"]):
        loaded = loaded_by(words, home)
        assert not loaded & {"yaml", "dataclasses", "typer", "rich", "assistant.app.workflow_file.check"}


def test_a_sentence_is_planned_without_what_asks_models(home: Path) -> None:
    """What rules place needs no model, and litellm never loads in this process."""
    loaded = loaded_by(["add milk to my shopping list"], home)
    assert "assistant.app.doing.rules" in loaded
    assert not loaded & {"litellm", "assistant.models.seam", "assistant.app.models", "typer", "rich"}
