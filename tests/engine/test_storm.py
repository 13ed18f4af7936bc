"""The storm in short: real `ask run-due` processes are killed at work on jobs of one step. The bench has it in full."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store.connection import connect
from tests.bench.killing import Came, Worker, storm
from tests.fold import check_fold

JOBS = 300
KILLS = 20
CHILD = Path(__file__).resolve().parents[1] / "bench" / "storm_ask.py"
TICK = [sys.executable, "-c", "import sys; from assistant.cli.main import main; sys.exit(main())", "run-due"]


@pytest.fixture(autouse=True, scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The processes share compiled modules, wherever the machine would not keep any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.getbasetemp() / "compiled"))
        yield


def came_of(home: Path, kind: str) -> Came:
    """What came of a storm on jobs whose step is declared so."""
    file = str(home / "lines")
    _child("store", str(home), str(JOBS), kind, file)
    worker = Worker(
        kind,
        TICK,
        {**os.environ, "ASK_HOME": str(home)},
        file,
        lambda: set(json.loads(_child("doubts", str(home)))),
        lambda: json.loads(_child("waiting", str(home))) != 0,
        takes_children=kind != "file",
    )
    came = storm(worker, JOBS, KILLS, random.Random(7))
    assert came.kills == KILLS
    con = connect(str(home))
    check_fold(con)
    ended = con.execute("select count(*) from job where state = 'completed'").fetchone()[0]
    con.close()
    assert ended == JOBS - came.unknown
    return came


def _child(*words: str) -> str:
    return subprocess.run([sys.executable, str(CHILD), *words], check=True, capture_output=True, text=True).stdout


@pytest.mark.real
def test_what_is_once_is_never_repeated_and_each_one_in_doubt_is_asked_about(tmp_path: Path) -> None:
    """At most one a kill is in doubt, and none is lost: it is done, or it is asked about."""
    came = came_of(tmp_path, "once")
    assert (came.lost, came.repeated) == (0, 0)
    assert 1 <= came.unknown <= KILLS


@pytest.mark.real
@pytest.mark.parametrize("kind", ["probed", "keyed", "file"])
def test_what_is_keyed_or_can_be_probed_happens_exactly_once(tmp_path: Path, kind: str) -> None:
    """Nobody is asked: whether it happened is found out, or doing it again does no harm."""
    came = came_of(tmp_path, kind)
    assert (came.lost, came.repeated, came.unknown) == (0, 0, 0)
