"""A virtual world for the tick: its own clock, dice, channels and actions, which may fail, or die, at any boundary.

`Outside` is what survives the death of a worker: the clock, what reached the channels, what took effect. `VirtualWorld`
is one worker's view of it. The store is a real SQLite one, in memory.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from assistant.engine.sourcing import Looked, SourceWork
from assistant.ports.action import ActionOutcome, Call, Done, NotDone, Unsure
from assistant.ports.channel import Delivery, SendOutcome, Sent
from assistant.ports.source import Polled
from assistant.when.values import Conventions

if TYPE_CHECKING:
    from assistant.app.proving.feed import Feed
    from assistant.engine.world import World

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Died(BaseException):
    """The process is gone at this boundary. Nothing of ours may catch it."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt at a step, as the outside saw it."""

    kind: str
    call: Call
    outcome: ActionOutcome


class Outside:
    """Everything that is not in the store, and is still there after a worker died."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now
        self.seconds = 0.0
        self.dice: Random | None = None  # None: no chance in it
        self.boundary_count = 0
        self.die_at: int | None = None
        self.died_at: str | None = None
        self.interlope: Callable[[str], None] | None = None  # acts at each boundary, in place of death
        self.told: Callable[[str], None] | None = None  # hears what happens out here
        self.dead: set[str] = set()
        self.files: dict[str, list[str]] = {}  # channel -> the keys that reached it, in order
        self.deliveries: list[tuple[str, Delivery]] = []
        self.texts: dict[str, str] = {}
        self.sends: dict[str, deque[SendOutcome]] = {}  # what a channel answers before it works
        self.acts: dict[str, deque[ActionOutcome]] = {}  # what a step answers before it works, by its path
        self.looks: dict[str, deque[Looked]] = {}  # what a source answers before it has nothing new
        self.feeds: dict[str, Feed] = {}  # what sources tell, by their names
        self.broken: dict[str, Any] = {}  # what a channel or a step answers until it is repaired
        self.down: dict[str, datetime] = {}  # service -> until when it does not answer
        self.in_vain: set[str] = set()  # steps whose cut-off attempts take no effect, by their path
        self.stand_in: Callable[[str, Call], Any] | None = None  # what a step gives when it works
        self.effects: Counter[str] = Counter()  # key of a step's row -> how often it took effect outside
        self.performed: list[tuple[str, str]] = []  # key of the row and path, in the order in which effects took place
        self.calls: list[Tried] = []  # in the order in which they were
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

    def say(self, what: str) -> None:
        """Tell whoever listens what happened out here."""
        if self.told is not None:
            self.told(what)

    def answer(self, kind: str, call: Call) -> ActionOutcome:
        """What a step answers: as its script says, else it works."""
        until = self.down.get(service_of(kind, call))
        if until is not None and self.now < until:
            return NotDone(f"{service_of(kind, call)} does not answer", down=True)
        if call.step in self.broken:
            outcome: ActionOutcome = self.broken[call.step]
            return outcome
        script = self.acts.get(call.step)
        if script:
            return script.popleft()
        return Done({"attempt": call.attempt} if self.stand_in is None else self.stand_in(kind, call))

    def take_effect(self, call: Call) -> None:
        """Note that a step took effect; a receiver of keys drops a repeat."""
        key = row_key(call)
        keyed = self.effect_kinds.get(call.step) == "keyed"
        self.effects[key] = 1 if keyed else self.effects[key] + 1
        self.performed.append((key, call.step))


def row_key(call: Call) -> str:
    """The key of the row that an effect belongs to: an undo is another effect than its action, under the same key."""
    owner = call.step.removesuffix("/probe")
    return f"{call.key}/undo" if owner.endswith("/undo") else call.key


def service_of(kind: str, call: Call) -> str:
    """What a step needs outside: its host, its program, else its kind."""
    if kind == "http":
        return str(call.action.get("url", "")).partition("://")[2].partition("/")[0] or kind
    if kind == "run":
        return str(call.action["argv"][0]).rpartition("/")[2]
    return kind


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
        """By the world's dice."""
        return 0.5 if self.outside.dice is None else self.outside.dice.random()

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

    def listens(self, channel: str) -> bool:
        """No channel here is listened to."""
        return False

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
        outcome: ActionOutcome = NotDone("it did not happen")
        if outside.effects[row_key(call)]:
            # What brings its own way to look finds what it made; a program that looks says only that it happened.
            stand_in = outside.stand_in if kind in ("file", "mail", "mail_draft") else None
            outcome = Done(None if stand_in is None else stand_in(kind, call))
        outcome = script.popleft() if script else outside.broken.get(call.step, outcome)
        outside.say(f"{call.step} looks: {told(outcome)}")
        outside.boundary(f"after probe {call.step}")
        return outcome

    def look(self, work: SourceWork) -> Looked:
        """What a source answers: the next of its script, else nothing new."""
        outside = self.outside
        outside.boundary(f"before look {work.source.name}")
        script = outside.looks.get(work.source.name)
        feed = outside.feeds.get(work.source.name)
        if script:
            looked = script.popleft()
        elif feed is not None:
            looked = feed.look(work, outside.now)
            outside.say(f"the source {feed.name} is looked at: {feed.said(looked)}")
        else:
            looked = Looked(Polled((), work.source.cursor or {}))
        outside.boundary(f"after look {work.source.name}")
        return looked

    def perform(self, kind: str, call: Call) -> ActionOutcome:
        """An action that takes effect where its script does not say otherwise; a keyed one drops repeats."""
        outside = self.outside
        outside.boundary(f"before perform {call.step}")
        with outside.lock:
            outcome = outside.answer(kind, call)
            outside.calls.append(Tried(kind, call, outcome))
            in_vain = isinstance(outcome, Unsure) and call.step in outside.in_vain
            if not isinstance(outcome, NotDone) and not in_vain:
                outside.take_effect(call)
        outside.say(f"{call.step} {kind}, attempt {call.attempt}: {told(outcome)}")
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
        outside.say(f"message by {channel}: {delivery.text}" + ("" if isinstance(outcome, Sent) else f" ({outcome})"))
        outside.boundary(f"after deliver {channel}")
        return outcome


def told(outcome: ActionOutcome) -> str:
    """An outcome in words."""
    if isinstance(outcome, Done):
        return "it worked" if outcome.output is not None else "it happened"
    if isinstance(outcome, NotDone):
        return f"it failed: {outcome.error}"
    return f"nobody knows: {outcome.error}"


def _fulfils(world: VirtualWorld) -> "World":
    return world
