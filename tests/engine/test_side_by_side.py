"""Two to four ticks on one store, taking turns at their boundaries by a seed; some die. Nothing twice, nothing lost."""

import random
import sqlite3
import threading
from collections import deque
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.engine.tick import Tick
from assistant.ports.action import NotDone
from assistant.ports.channel import Doubtful, NotSent
from tests import person
from tests.engine.stories import LONG, Run, check_all
from tests.person import daily
from tests.world import START, Connection, Died, Outside, VirtualWorld

AT = START + timedelta(hours=1)


class Turns:
    """One thread runs at a time; at each boundary the dice say which one goes on, and whether it dies there."""

    def __init__(self, dice: random.Random, count: int) -> None:
        self.dice = dice
        self.events = {number: threading.Event() for number in range(count)}
        self.mine = threading.local()
        self.failures: list[BaseException] = []

    def at(self, name: str) -> None:
        """A boundary. Before a commit the store is locked: whoever came then would only wait."""
        if name == "before commit" or not hasattr(self.mine, "number"):
            return
        self.give(self.dice.choice(list(self.events)))
        if self.dice.random() < 0.03:
            raise Died(name)

    def give(self, number: int) -> None:
        """Let that thread go on, and wait until it is this one's turn again."""
        if number == self.mine.number:
            return
        self.events[number].set()
        self.wait()

    def wait(self) -> None:
        """Until it is this thread's turn."""
        assert self.events[self.mine.number].wait(60), "nobody gave the turn back"
        self.events[self.mine.number].clear()

    def leave(self) -> None:
        """This thread is done: somebody else goes on."""
        del self.events[self.mine.number]
        if self.events:
            self.events[self.dice.choice(list(self.events))].set()


def open_file(path: Path, outside: Outside) -> Connection:
    """A connection to a store in a file, as a process of its own would have."""
    con = sqlite3.connect(path, isolation_level=None, factory=Connection, check_same_thread=False)
    con.execute("pragma synchronous = off")
    con.execute("pragma foreign_keys = on")
    con.outside = outside
    return con


def work(turns: Turns, number: int, path: Path, outside: Outside) -> None:
    """One scheduler: it ticks until a tick comes to its end."""
    turns.mine.number = number
    turns.wait()
    try:
        for life in range(50):
            con = open_file(path, outside)
            lease = f"{number}/{life}"
            try:
                Tick(con, "", VirtualWorld(outside, lease), LONG, None).run()
                return
            except Died:
                continue
            finally:
                outside.dead.add(lease)
                con.close()
    except BaseException as error:  # noqa: BLE001 - told in the main thread
        turns.failures.append(error)
    finally:
        turns.leave()


def side_by_side(path: Path, seed: int) -> Run:
    """A store full of due work, and two to four schedulers on it."""
    dice = random.Random(seed)
    run = Run()
    fill(run, dice)
    target = sqlite3.connect(path)
    run.con.backup(target)
    target.execute("pragma journal_mode = wal")
    target.close()
    count = dice.randint(2, 4)
    turns = Turns(dice, count)
    run.outside.interlope = turns.at
    threads = [threading.Thread(target=work, args=(turns, n, path, run.outside), daemon=True) for n in range(count)]
    for thread in threads:
        thread.start()
    turns.events[dice.randrange(count)].set()
    for thread in threads:
        thread.join(60)
    assert not turns.failures, turns.failures
    run.outside.interlope = None
    run.con = open_file(path, run.outside)
    run.until(START + timedelta(days=1))
    return run


def fill(run: Run, dice: random.Random) -> None:
    """Reminders of all kinds, two workflows and channels that fail."""
    run.outside.effect_kinds = {"a": "keyed", "b": "once", "c": "repeatable"}
    run.outside.mute.add("chat")
    run.outside.sends["file"] = deque(dice.choices([NotSent("busy"), Doubtful("?")], k=dice.randint(0, 2)))
    run.outside.sends["chat"] = deque(dice.choices([NotSent("no", permanent=True), Doubtful("?")], k=1))
    run.outside.acts["b"] = deque([NotDone("busy")] * dice.randint(0, 2))
    for number in range(4):
        run.person(person.remind, AT, START, text=f"n{number}")
    run.person(person.remind, AT, START, rule=daily(AT), repeat=[3600])
    run.person(person.remind, AT, START, channel="chat", if_late="ask")
    steps = [{"id": name, "run": ["x"], "effect": kind} for name, kind in run.outside.effect_kinds.items()]
    for key in ("one", "two"):
        run.person(person.start_job, run.world(), steps, key=key)
    run.outside.now = AT + timedelta(minutes=dice.choice([0, 1, 90]))


@pytest.mark.parametrize("seed", range(20))
def test_ticks_side_by_side_do_everything_once(tmp_path: Path, seed: int) -> None:
    """Twenty orders of the same work."""
    check_all(side_by_side(tmp_path / "ask.db", seed))


@pytest.mark.long
@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_orders_of_ticks_side_by_side(tmp_path: Path, hundred: int) -> None:
    """The long form."""
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        check_all(side_by_side(tmp_path / f"{seed}.db", seed))
