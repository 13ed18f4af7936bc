"""Play one story to its end: ticks until nothing is due, a person who reacts, and somebody who acts at a boundary."""

from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from threading import get_ident
from typing import Any

from assistant.app.proving import person, sources
from assistant.app.proving.at_once import AtOnce
from assistant.app.proving.prepare import Prepared
from assistant.app.proving.story import (
    AGAIN,
    CANCEL,
    CANNOT_TELL,
    CLOCKS,
    DIE,
    DIFFERS,
    DOWN,
    GOOD,
    IN_VAIN,
    KEEP,
    NEWER,
    ONCE,
    PAUSE,
    SECOND,
    STOLEN,
    SUPERSEDE,
    TIMED_OUT,
    Fails,
    Lacks,
    Late,
    Meanwhile,
    NoEvent,
    Says,
    Story,
)
from assistant.app.proving.world import Died, Outside, VirtualWorld
from assistant.core.happened import Happened
from assistant.engine.situation import Surroundings, tell_job
from assistant.engine.tick import Tick
from assistant.instants import from_text
from assistant.ports.action import Call, NotDone, Unsure
from assistant.store import audit, due
from assistant.store.idle import next_due
from assistant.store.write import Writing

JITTER = 0.5  # of the person's commands
BUDGET = timedelta(hours=1)
FUEL = 1500  # ticks of a story
LONGEST = timedelta(days=800)  # of virtual time
THINKS = timedelta(minutes=10)  # how long the person takes to answer
COMES = timedelta(hours=1)  # how long an awaited event takes
IDLE = 3  # ticks that leave due what was due
OUTAGE = timedelta(days=3)
MOST_EVENTS = 3  # of one name that the world sends: a job may start itself by what it waits for


class Engine:
    """The engine that is proved. A proof of the proof gives one with a part taken out."""

    def tick(self, con: Any, world: VirtualWorld) -> Tick:
        """A tick of a worker in its world."""
        return Tick(con, "", world, BUDGET, None)

    def tell(self, writing: Writing, around: Surroundings, job_id: int, happened: Happened) -> None:
        """What a command of the person does to a job."""
        tell_job(writing, around, job_id, happened, writing.now, JITTER)


class Play:
    """One story being played; what the judge needs of it stays here."""

    def __init__(self, prepared: Prepared, story: Story, engine: Engine) -> None:
        self.prepared = prepared
        self.story = story
        self.engine = engine
        self.outside = Outside(prepared.now)
        self.outside.dice = Random(story.seed)  # noqa: S311 - a story repeats by its seed
        self.outside.stand_in = self._output
        self.con = prepared.open(story.start, self.outside)
        self.specs = prepared.versions
        self.boundaries: list[str] = []
        self.acted: set[str] = set()
        self.refused: str | None = None  # why nothing was started
        self.error: str | None = None  # what a tick raised
        self.out_of_fuel: str | None = None
        self.stopped: dict[int, int] = {}  # the newest journal line when the cancel of a job was acknowledged
        self.appointments: list[tuple[datetime, Callable[[], None]]] = []
        self.sent: dict[str, int] = {}  # events that the world sent to waits, by name
        self.sent_for: set[int] = set()  # waits for which it did, by their rows
        self.answered: Counter[tuple[str, str]] = Counter()  # how often the person answered, by kind and path
        self.edited: dict[int, dict[str, Any]] = {}  # the actions that the person made of what was shown, by requests
        self.kept: dict[int, int] = {}  # the newest journal line when a job was cancelled and its work kept
        self.workers = 0
        self._leases: dict[int, str] = {}  # of the workers at work, by their threads
        self._nested = False
        self._says = {(said.kind, said.path): said for said in story.twists if isinstance(said, Says)}
        self._silent = {twist.path for twist in story.twists if isinstance(twist, NoEvent)}
        self._meanwhile = {twist.at: twist for twist in story.twists if isinstance(twist, Meanwhile)}
        self._set_up()

    # What goes wrong

    def _set_up(self) -> None:
        for twist in self.story.twists:
            if isinstance(twist, Fails):
                self._fail(twist)
        sources.set_up(self)
        self.outside.interlope = self._at_boundary

    def _fail(self, twist: Fails) -> None:
        outside, path = self.outside, twist.path
        if twist.how == ONCE:
            outside.acts[path] = deque([NotDone("it failed this time")])
        elif twist.how == GOOD:
            outside.broken[path] = NotDone("it does not work")
        elif twist.how in (TIMED_OUT, IN_VAIN):
            outside.acts[path] = deque([Unsure("its time ran out")])
            if twist.how == IN_VAIN:
                outside.in_vain.add(path)
        elif twist.how == CANNOT_TELL:
            outside.broken[path] = Unsure("nobody can tell")
        elif twist.how == DOWN:
            outside.down[path] = outside.now + OUTAGE

    def _output(self, kind: str, call: Call) -> Any:
        if any(isinstance(twist, Fails) and twist.how == DIFFERS and twist.path == call.step
               for twist in self.story.twists):  # fmt: skip
            return self._differing(kind, call)
        return self._usual(kind, call)

    def _differing(self, kind: str, call: Call) -> Any:
        usual = self._usual(kind, call)
        return {**usual, "changed": True} if isinstance(usual, dict) else {"changed": usual}

    def _usual(self, kind: str, call: Call) -> Any:
        document = self.prepared.document
        spec = self.prepared.specs[document["name"]]
        for one in self.prepared.specs.values():
            if any(step.id == call.step.partition("/")[0] and step.kind == kind for step in one.steps):
                spec = one
                break
        try:
            return self.prepared.stand_ins.output(spec, kind, call)
        except StopIteration:
            return None

    def _at_boundary(self, name: str) -> None:
        if self._nested:
            return
        self.boundaries.append(name)
        twist = self._meanwhile.get(len(self.boundaries))
        if twist is None:
            return
        if twist.kind == DIE:
            self.outside.say("the machine stops here")
            raise Died(name)
        self._nested = True
        try:
            self.interlope(twist.kind, name)
        finally:
            self._nested = False

    def interlope(self, kind: str, name: str) -> None:
        """Somebody acts while a tick is at work."""
        self.acted.add(kind)
        if kind in CLOCKS:
            self.outside.say(kind)
            self.outside.advance(timedelta(hours=CLOCKS[kind]))
        elif self.con.in_transaction:
            return  # a second writer waits for the first one's commit
        elif kind == SECOND:
            self.outside.say("a second tick begins")
            self._tick_once()
        elif kind == STOLEN and name.startswith(("after perform", "after deliver")) and not self._has_more_to_send():
            # Before the effect nothing could keep a worker that only seems to be dead from acting beside its heir.
            self.outside.say("another worker takes over what this one holds")
            self.outside.dead.add(self._leases[get_ident()])
            self._tick_once()
        elif kind in _PERSON:
            self.outside.say(_PERSON[kind])
            getattr(person, _ACTS[kind])(self)

    def _has_more_to_send(self) -> bool:
        """Whether this worker claimed messages that it has not sent yet: some are claimed together."""
        mine = [one for one in due.leased_messages(self.con) if one.lease == self._leases[get_ident()]]
        return any(one.key not in self.outside.files.get(one.channel, ()) for one in mine)

    # Time

    def run(self) -> "Play":
        """From its start until nothing is due, or the fuel is spent."""
        person.start(self)
        if self.refused is not None:
            return self
        idle = line = 0
        for _ in range(FUEL):
            self.tick()
            person.tend(self)
            sources.tend(self)
            if self.error is not None:
                return self
            at = self._next_moment()
            if at is None:
                return self
            before, line = line, audit.newest_line(self.con)
            idle = idle + 1 if at <= self.outside.now and line == before else 0
            if idle >= IDLE:
                self.out_of_fuel = "a tick leaves due what is due, again and again"
                return self
            if at - self.prepared.now > LONGEST:
                self.out_of_fuel = f"it goes on for more than {LONGEST.days} days"
                return self
            self._let_time_go_by(max(at, self.outside.now))
            if self.error is not None:
                return self
        self.out_of_fuel = f"it still goes on after {FUEL} ticks"
        return self

    def _next_moment(self) -> datetime | None:
        text = next_due(self.con)
        found = [] if text is None else [from_text(text)]
        found += [at for at, _ in self.appointments]
        found += person.moments(self)
        return min(found, default=None)

    def _let_time_go_by(self, at: datetime) -> None:
        sleeps = next((twist for twist in self.story.twists if isinstance(twist, Late)), None)
        if sleeps is not None and "slept" not in self.acted:
            self.acted.add("slept")
            at += timedelta(hours=sleeps.hours)
        self.outside.now = at
        kept = [one for one in self.appointments if one[0] <= at]
        for one in kept:
            self.appointments.remove(one)
            one[1]()
        person.react(self)

    # Ticks

    def tick(self) -> None:
        """One tick; after its death another one a minute later."""
        for _ in range(10):
            if self._tick_once():
                return
            self.outside.advance(timedelta(minutes=1))

    def _tick_once(self) -> bool:
        """Whether a worker came to the end of its tick."""
        self.workers += 1
        world = self.world(f"tick {self.workers}")
        before = self._leases.get(get_ident())
        self._leases[get_ident()] = world.me
        try:
            self.ticking(world).run()
        except Died:
            if self.con.in_transaction:
                self.con.execute("rollback")
            return False
        except Exception as error:  # noqa: BLE001 - a tick that raises is what a proof looks for
            if self.con.in_transaction:
                self.con.execute("rollback")
            self.error = f"a tick raised {type(error).__name__}: {error}"
        finally:
            self.outside.dead.add(world.me)
            if before is not None:
                self._leases[get_ident()] = before
        return True

    def ticking(self, world: VirtualWorld) -> Tick:
        """A tick of that worker, which reads the versions of workflows that others of this story have read."""
        tick = self.engine.tick(self.con, world)
        tick.around.share(self.specs)
        tick.pool = AtOnce(tick.pool.lanes)
        return tick

    def world(self, lease: str) -> VirtualWorld:
        """A worker's view of the world."""
        prepared = self.prepared
        world = VirtualWorld(self.outside, lease, prepared.channels, prepared.conventions.zone, prepared.quiet_hours)
        world.conventions = prepared.conventions
        world.kept = prepared.kept
        return world

    # The person

    def around(self) -> Surroundings:
        """What the decisions of a person's command must know."""
        prepared = self.prepared
        around = Surroundings(
            self.con, prepared.conventions, prepared.channels, prepared.quiet_hours, prepared.kept
        )  # fmt: skip
        around.share(self.specs)
        return around

    def word_for(self, kind: str, path: str) -> Says | None:
        """What the story says that the person answers, where it says so."""
        return self._says.get((kind, path))

    def mend(self) -> None:
        """What does not work, works again."""
        self.outside.say("what failed is mended")
        self.outside.broken.clear()
        self.outside.down.clear()

    def is_silent(self, path: str) -> bool:
        """Whether no event comes for a wait."""
        return path in self._silent

    @property
    def lacks(self) -> Lacks | None:
        """What is missing at the start."""
        return next((twist for twist in self.story.twists if isinstance(twist, Lacks)), None)


_PERSON = {
    CANCEL: "the person cancels it", KEEP: "the person cancels it, and keeps what it did",
    PAUSE: "the person pauses it", AGAIN: "the same trigger comes again",
    NEWER: "the person adds a newer version of the workflow", SUPERSEDE: "a newer job of the same subject is started",
}  # fmt: skip
_ACTS = {
    CANCEL: "cancel", KEEP: "cancel_and_keep", PAUSE: "pause", AGAIN: "again", NEWER: "add_newer",
    SUPERSEDE: "supersede",
}  # fmt: skip
