"""A virtual world for the tick: its own clock, dice, channels and actions, which may fail, or die, at any boundary.

`Outside` is what survives the death of a worker: the clock, what reached the channels, what took effect. `VirtualWorld`
is one worker's view of it. The store is a real SQLite one, in memory.
"""

import sqlite3
import threading
from collections import Counter, deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.engine.sourcing import Looked, SourceWork
from assistant.ports.action import ActionOutcome, Call, Done, NotDone
from assistant.ports.channel import Delivery, SendOutcome, Sent
from assistant.ports.source import Polled
from assistant.store.migrate import migrate
from assistant.when.values import Conventions

if TYPE_CHECKING:
    from assistant.engine.world import World

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


class Died(BaseException):
    """The process is gone at this boundary. Nothing of ours may catch it."""


class Outside:
    """Everything that is not in the store, and is still there after a worker died."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now
        self.seconds = 0.0
        self.boundary_count = 0
        self.die_at: int | None = None
        self.died_at: str | None = None
        self.interlope: Callable[[str], None] | None = None  # acts at each boundary, in place of death
        self.dead: set[str] = set()
        self.files: dict[str, list[str]] = {}  # channel -> the keys that reached it, in order
        self.deliveries: list[tuple[str, Delivery]] = []
        self.texts: dict[str, str] = {}
        self.sends: dict[str, deque[SendOutcome]] = {}  # what a channel answers before it works
        self.acts: dict[str, deque[ActionOutcome]] = {}  # what a step answers before it works, by its path
        self.looks: dict[str, deque[Looked]] = {}  # what a source answers before it has nothing new
        self.broken: dict[str, Any] = {}  # what a channel or a step answers until it is repaired
        self.effects: Counter[str] = Counter()  # key of a step -> how often it took effect outside
        self.effect_kinds: dict[str, str] = {}
        self.mute: set[str] = set()  # channels that cannot look a key up
        self.slow: set[str] = set()  # channels and actions that need a thread
        self.gates: dict[str, threading.Event] = {}  # a slow channel waits here
        self.lock = threading.Lock()

    def boundary(self, name: str) -> None:
        """A moment at which a process may die, or somebody else may act."""
        self.boundary_count += 1
        if self.interlope is not None:
            self.interlope(name)
        if self.boundary_count == self.die_at:
            self.died_at = name
            raise Died(name)

    def advance(self, by: timedelta) -> None:
        """Let time go by."""
        self.now += by


class VirtualWorld:
    """One worker's world. `lease` is its name."""

    def __init__(
        self,
        outside: Outside,
        lease: str,
        channels: tuple[str, ...] = ("file", "terminal"),
        zone: str = "UTC",
        quiet_hours: str | None = None,
    ) -> None:
        self.outside = outside
        self.me = lease
        self.channels = channels
        self.conventions = Conventions(zone)
        self.quiet_hours = quiet_hours
        self.kept: dict[str, str] = {}

    def now(self) -> datetime:
        """The virtual clock."""
        return self.outside.now

    def monotonic(self) -> float:
        """A stopwatch that a test may turn."""
        return self.outside.seconds

    def jitter(self) -> float:
        """No chance in it."""
        return 0.5

    def lease_until(self) -> datetime:
        """A quarter of an hour from now."""
        return self.outside.now + timedelta(minutes=15)

    def is_alive(self, lease: str, until: datetime | None) -> bool:
        """Who died here is known at once."""
        return lease not in self.outside.dead

    def can_tell(self, channel: str) -> bool:
        """Channels can tell, but for the mute ones."""
        return channel not in self.outside.mute

    def reply_key(self, channel: str) -> bytes | None:
        """No channel here carries answers."""
        return None

    def is_quick(self, name: str) -> bool:
        """Quick, but for the slow ones."""
        return name not in self.outside.slow

    def is_quick_action(self, kind: str) -> bool:
        """Quick, but for the slow ones."""
        return kind not in self.outside.slow

    def forget(self, kind: str, key: str) -> None:
        """Nothing is noted of what was done."""

    def probe(self, kind: str, call: Call) -> ActionOutcome:
        """Look whether a step took effect: what its script says, else the truth."""
        outside = self.outside
        outside.boundary(f"before probe {call.step}")
        script = outside.acts.get(call.step)
        outcome: ActionOutcome = Done() if outside.effects[call.key] else NotDone("it did not happen")
        outcome = script.popleft() if script else outside.broken.get(call.step, outcome)
        outside.boundary(f"after probe {call.step}")
        return outcome

    def look(self, work: SourceWork) -> Looked:
        """What a source answers: the next of its script, else nothing new."""
        outside = self.outside
        outside.boundary(f"before look {work.source.name}")
        script = outside.looks.get(work.source.name)
        looked = script.popleft() if script else Looked(Polled((), work.source.cursor or {}))
        outside.boundary(f"after look {work.source.name}")
        return looked

    def perform(self, kind: str, call: Call) -> ActionOutcome:
        """An action that takes effect where its script does not say otherwise; a keyed one drops repeats."""
        outside = self.outside
        outside.boundary(f"before perform {call.step}")
        script = outside.acts.get(call.step)
        outcome: ActionOutcome = script.popleft() if script else Done({"attempt": call.attempt})
        outcome = outside.broken.get(call.step, outcome)
        if not isinstance(outcome, NotDone):
            keyed = outside.effect_kinds.get(call.step) == "keyed"
            outside.effects[call.key] = 1 if keyed else outside.effects[call.key] + 1
        outside.boundary(f"after perform {call.step}")
        return outcome

    def deliver(self, channel: str, delivery: Delivery) -> SendOutcome:
        """A channel that takes what it is given; one that can tell looks a doubtful key up first."""
        outside = self.outside
        outside.boundary(f"before deliver {channel}")
        if channel in outside.gates:
            outside.gates[channel].wait(10)
        with outside.lock:
            outside.deliveries.append((channel, delivery))
            there = outside.files.setdefault(channel, [])
            if delivery.doubtful and channel not in outside.mute and delivery.key in there:
                outcome: SendOutcome = Sent("was there already")
            else:
                script = outside.sends.get(channel)
                outcome = outside.broken.get(channel) or (script.popleft() if script else Sent())
                if isinstance(outcome, Sent):
                    there.append(delivery.key)
                    outside.texts[delivery.key] = delivery.text
        outside.boundary(f"after deliver {channel}")
        return outcome


class Connection(sqlite3.Connection):
    """A real connection, of which each commit has a boundary before and after it, and whose disk may be full."""

    outside: Outside | None = None
    writes = 0
    full_at: int | None = None

    def __del__(self) -> None:
        # Proofs drop stores by the hundred; Python 3.13 warns of each that nobody closed.
        try:
            self.close()
        except sqlite3.ProgrammingError:  # collected in another thread than its own
            return

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        """Run one statement."""
        if sql.startswith(("insert", "update", "commit")):
            self.writes += 1
            if self.writes == self.full_at:
                raise sqlite3.OperationalError("database or disk is full")
        if sql != "commit" or self.outside is None:
            return super().execute(sql, *values)
        self.outside.boundary("before commit")
        done = super().execute(sql, *values)
        self.outside.boundary("after commit")
        return done


@cache
def _empty() -> bytes:
    con = sqlite3.connect(":memory:", isolation_level=None)
    migrate(con, "", 0)
    con.execute("update meta set value = 'store' where name = 'store_id'")
    made = con.serialize()
    con.close()
    return made


def open_store(outside: Outside | None = None) -> Connection:
    """A new store in memory, of the present schema."""
    con = sqlite3.connect(":memory:", isolation_level=None, factory=Connection)
    con.deserialize(_empty())
    con.execute("pragma foreign_keys = on")
    con.outside = outside
    return con


def _fulfils(world: VirtualWorld) -> "World":
    return world
