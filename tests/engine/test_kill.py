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

REMINDERS = 30  # for each tick: more work than it lives to do
LINES = 12  # that a reminder leaves in the journal on its way, at least


def make_home(home: Path) -> dict[str, str]:
    """A home with a file channel, at the moment at which its reminders will be due."""
    environment = {**os.environ, "ASK_HOME": str(home), "ASK_NOW": START.isoformat(), "TZ": "UTC"}
    session = Session(environment, "set up")
    channels.add_channel(session, "file", f"file://{home}/rings.jsonl")
    prefs.set_preference(session, "channel", "file")
    session.close()
    return {**environment, "ASK_NOW": (START + timedelta(minutes=11)).isoformat()}


def add_reminders(environment: dict[str, str], first: int, count: int) -> int:
    """Reminders that are due, numbered on from `first`, of which some ring until answered. The next number."""
    session = Session({**environment, "ASK_NOW": START.isoformat()}, "add")
    for number in range(first, first + count):
        until_ack = number % 10 == 0
        remind.remind(session, remind.Wish(f"call {number}", at="in 10 minutes", until_ack=until_ack, repeat=None))
    session.close()
    return first + count


@pytest.fixture(autouse=True, scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The processes share compiled modules, wherever the machine would not keep any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.getbasetemp() / "compiled"))
        yield


CODE = """
import sys, assistant.app.tick
from assistant.cli.main import main
print("ready", flush=True)
sys.stdin.readline()
sys.exit(main())
"""


def ticks_at_once(environment: dict[str, str], count: int) -> "list[subprocess.Popen[bytes]]":
    """Real `ask run-due` processes, all let go in the same moment, when the last of them is ready to begin."""
    ticks = [
        subprocess.Popen(
            [sys.executable, "-c", CODE, "run-due"], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        for _ in range(count)
    ]  # fmt: skip
    for process in ticks:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.stdout.close()
    for process in ticks:
        assert process.stdin is not None
        process.stdin.close()
    return ticks


def check_home(home: Path, reminders: int) -> None:
    """Each key once in the file, each reminder there, and the store whole."""
    lines = [json.loads(line) for line in (home / "rings.jsonl").read_text().splitlines()]
    assert max(Counter(line["key"] for line in lines).values()) == 1, "a key is there twice"
    assert {line["text"] for line in lines} == {f"call {number}" for number in range(reminders)}
    con = connect(str(home))
    try:
        check_fold(con)
        assert con.execute("select distinct state from message").fetchall() == [("sent",)]
        assert con.execute("select count(*) from slot where state = 'ran'").fetchone() == (reminders,)
        assert con.execute("pragma integrity_check").fetchone() == ("ok",)
    finally:
        con.close()


class Storm:
    """Ticks that are killed at random moments of their work, some at once, then a last one that is not."""

    def __init__(self, home: Path, side_by_side: int, seed: int) -> None:
        self.home = home
        self.environment = make_home(home)
        self.side_by_side = side_by_side
        self.dice = random.Random(seed)
        self.rounds = self.started = self.killed = self.reminders = 0

    def blow(self, rounds: int) -> None:
        """So many rounds, each with fresh work for each of its ticks."""
        con = connect(str(self.home))
        for _ in range(rounds):
            count = REMINDERS * self.side_by_side
            self.reminders = add_reminders(self.environment, self.reminders, count)
            self.kill_amid_work(con, count * LINES)
        con.close()
        (last,) = ticks_at_once(self.environment, 1)
        assert last.wait(60) == 0

    def kill_amid_work(self, con: sqlite3.Connection, lines: int) -> None:
        """Kill each tick when a random part of the round's work stands in the journal."""
        before = written(con)
        ticks = ticks_at_once(self.environment, self.side_by_side)
        moments = sorted(self.dice.uniform(0.02, 0.6) * lines for _ in ticks)
        for process, moment in zip(ticks, moments, strict=True):
            while written(con) < before + moment and process.poll() is None:
                time.sleep(0.0005)
            process.send_signal(signal.SIGKILL)
            self.killed += process.wait() == -signal.SIGKILL
        self.started += len(ticks)
        self.rounds += 1

    def check(self) -> None:
        """Nothing is lost or there twice; most ticks were killed, and in each round one that had begun to write."""
        check_home(self.home, self.reminders)
        assert self.killed >= self.started / 2
        assert cut_short(self.home) >= self.rounds


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


@pytest.mark.parametrize(("rounds", "side_by_side", "seed"), [(6, 1, 1), (3, 2, 2), (3, 4, 3)])
def test_killed_ticks_lose_nothing_and_repeat_nothing(
    tmp_path: Path, rounds: int, side_by_side: int, seed: int
) -> None:
    """Twelve rounds, one to four processes side by side."""
    storm = Storm(tmp_path, side_by_side, seed)
    storm.blow(rounds)
    storm.check()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(8))
def test_two_hundred_rounds_of_killed_ticks(tmp_path: Path, seed: int) -> None:
    """The long form: eight homes, twenty-five rounds each."""
    storm = Storm(tmp_path, 1 + seed % 4, seed)
    storm.blow(25)
    storm.check()


def test_four_ticks_side_by_side_ring_each_reminder_once(tmp_path: Path) -> None:
    """None is killed: they share the work, and all end well."""
    environment = make_home(tmp_path)
    reminders = add_reminders(environment, 0, 2 * REMINDERS)
    ticks = ticks_at_once(environment, 4)
    assert [process.wait(60) for process in ticks] == [0, 0, 0, 0]
    check_home(tmp_path, reminders)
