"""A disk that is really full: a small file system of its own, on which the store lies."""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.store.connection import connect
from tests.conftest import Ask
from tests.fold import check_fold

pytestmark = pytest.mark.real
FLOW = """
name: lines
inputs: {n: {required: true}}
steps:
  - {id: line, file: {path: "%s", append: "{{ inputs.n }}"}}
  - {id: note, text: "%s"}
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"only who may mount a file system can fill one: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_loses_nothing_and_repeats_nothing(tmp_path: Path, small_disk: Path) -> None:
    """No effect without its `started` record; what could not be kept is said; with room again all is finished, once."""
    lines = tmp_path / "lines"
    ask = Ask(tmp_path)
    ask.environment["ASK_HOME"] = str(small_disk / "home")
    file = tmp_path / "lines.yaml"
    file.write_text(FLOW % (lines, "x" * 4000))
    ask.ok("workflow", "add", str(file))
    kept: list[str] = []
    refused = ""
    for number in range(2000):
        result = ask("run", "lines", f"n={number}")
        if result.code:
            refused = result.err
            break
        kept.append(str(number))
    assert "The disk is full: nothing of this command was kept" in refused
    ticked = ask("run-due")
    assert ticked.code == 0 or "disk is full" in ticked.err, ticked
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    for _ in range(3):
        ask.ok("run-due")
    assert sorted(lines.read_text().split(), key=int) == kept
    with closing(connect(ask.environment["ASK_HOME"])) as con:
        assert con.execute("select distinct state from job").fetchall() == [("completed",)]
        check_fold(con)
