"""Real `kill -9` of real `ask run-due` processes: every key is in the file exactly once, and no reminder is lost."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.app import channels, prefs, remind
from assistant.app.session import Session
from assistant.store.connection import connect
from tests.fold import check_fold
from tests.world import START

REMINDERS = 60


def make_home(home: Path) -> dict[str, str]:
    """A home with a file channel and sixty reminders that are due."""
    environment = {**os.environ, "ASK_HOME": str(home), "ASK_NOW": START.isoformat(), "TZ": "UTC"}
    session = Session(environment, "set up")
    channels.add_channel(session, "file", f"file://{home}/rings.jsonl")
    prefs.set_preference(session, "channel", "file")
    for number in range(REMINDERS):
        until_ack = number % 10 == 0
        remind.remind(session, remind.Wish(f"call {number}", at="in 10 minutes", until_ack=until_ack, repeat=None))
    session.close()
    return {**environment, "ASK_NOW": (START + timedelta(minutes=11)).isoformat()}


@pytest.fixture(autouse=True, scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The processes share compiled modules, wherever the machine would not keep any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.getbasetemp() / "compiled"))
        yield


def tick(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """One real `ask run-due`."""
    command = [sys.executable, "-c", "import sys; from assistant.cli.main import main; sys.exit(main())", "run-due"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def check_home(home: Path) -> None:
    """Each key once in the file, each reminder there, and the store whole."""
    lines = [json.loads(line) for line in (home / "rings.jsonl").read_text().splitlines()]
    assert max(Counter(line["key"] for line in lines).values()) == 1, "a key is there twice"
    assert {line["text"] for line in lines} == {f"call {number}" for number in range(REMINDERS)}
    con = connect(str(home))
    try:
        check_fold(con)
        assert con.execute("select distinct state from message").fetchall() == [("sent",)]
        assert con.execute("select count(*) from slot where state = 'ran'").fetchone() == (REMINDERS,)
        assert con.execute("pragma integrity_check").fetchone() == ("ok",)
    finally:
        con.close()


def storm(home: Path, rounds: int, side_by_side: int, dice: random.Random) -> int:
    """Ticks that are killed at random moments, some at once, then a last one that is not. How many were killed."""
    environment = make_home(home)
    killed = 0
    con = connect(str(home))
    for _ in range(rounds):
        before = written(con)
        ticks = [tick(environment) for _ in range(side_by_side)]
        while written(con) == before and any(process.poll() is None for process in ticks):
            time.sleep(0.001)
        for process in ticks:
            time.sleep(dice.uniform(0, 0.03) / side_by_side)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
    con.close()
    assert tick(environment).wait(60) == 0
    return killed


def written(con: sqlite3.Connection) -> int:
    """How much stands in the journal: it grows with every commit."""
    return int(con.execute("select max(id) from journal").fetchone()[0])


def cut_short(home: Path) -> int:
    """How many ticks were killed after they had begun to write."""
    con = connect(str(home))
    try:
        return int(con.execute("select count(*) from tick where ended_at is null").fetchone()[0])
    finally:
        con.close()


@pytest.mark.parametrize(("rounds", "side_by_side", "seed"), [(13, 1, 1), (6, 2, 2), (6, 4, 3)])
def test_killed_ticks_lose_nothing_and_repeat_nothing(
    tmp_path: Path, rounds: int, side_by_side: int, seed: int
) -> None:
    """Twenty-five rounds, one to four processes side by side."""
    killed = storm(tmp_path, rounds, side_by_side, random.Random(seed))
    check_home(tmp_path)
    assert killed >= 1
    assert cut_short(tmp_path) >= 1  # a fast machine has done all the work after a few rounds


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_rounds_of_killed_ticks(tmp_path: Path, seed: int) -> None:
    """The long form: eight homes, twenty-five rounds each."""
    killed = storm(tmp_path, 25, 1 + seed % 4, random.Random(seed))
    check_home(tmp_path)
    assert killed >= 1
    assert cut_short(tmp_path) >= 1


def test_four_ticks_side_by_side_ring_each_reminder_once(tmp_path: Path) -> None:
    """None is killed: they share the work, and all end well."""
    environment = make_home(tmp_path)
    ticks = [tick(environment) for _ in range(4)]
    assert [process.wait(60) for process in ticks] == [0, 0, 0, 0]
    check_home(tmp_path)
