"""Stories that a tick must bring to their end, whatever dies on the way; and what must hold at the end of each."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from assistant.core.happened import Retried
from assistant.engine.counts import Counts
from assistant.engine.tick import Tick
from assistant.instants import from_text
from assistant.ports.action import Done, NotDone, Unsure
from assistant.ports.channel import Doubtful, NotSent
from assistant.store.idle import next_due
from tests import person
from tests.fold import check_fold
from tests.person import daily
from tests.world import BERLIN, START, Died, Outside, VirtualWorld, open_store

LONG = timedelta(hours=1)


class Run:
    """One run of a story: a store, the outside, and ticks that may die. After a death another worker ticks at once."""

    def __init__(self, die_at: int | None = None) -> None:
        self.outside = Outside()
        self.outside.die_at = die_at
        self.con = open_store(self.outside)
        self.ticks = 0
        self.quiet_hours: str | None = None
        self.began = START

    def world(self) -> VirtualWorld:
        """The next worker's world."""
        self.ticks += 1
        return VirtualWorld(self.outside, f"tick {self.ticks}", quiet_hours=self.quiet_hours)

    def tick(self, budget: timedelta = LONG) -> Counts:
        """One tick, and after its death another one."""
        world = self.world()
        try:
            return Tick(self.con, "", world, budget, None).run()
        except Died:
            if self.con.in_transaction:
                self.con.execute("rollback")
            self.outside.dead.add(world.me)
            return self.tick(budget)
        finally:
            self.outside.dead.add(world.me)

    def person(self, act: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """A command of the person, which does not die."""
        self.con.outside = None
        try:
            return act(self.con, *args, **named)
        finally:
            self.con.outside = self.outside

    def until(self, end: datetime) -> None:
        """Tick at every moment at which something is due, up to an instant."""
        idle = 0
        while True:
            self.tick()
            due_at = next_due(self.con)
            if due_at is None or from_text(due_at) > max(end, self.outside.now):
                self.outside.now = max(self.outside.now, end)
                return
            idle = idle + 1 if from_text(due_at) <= self.outside.now else 0
            assert idle < 3, f"{due_at} stays due"
            self.outside.now = max(self.outside.now, from_text(due_at))

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row."""
        row = self.con.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def column(self, sql: str, *values: Any) -> list[Any]:
        """The first column of all rows."""
        return [row[0] for row in self.con.execute(sql, values)]


def one_off(run: Run) -> None:
    """A reminder with one slot."""
    run.person(person.remind, START + timedelta(hours=1), START)
    run.until(START + timedelta(days=1))
    assert run.column("select state from schedule") == ["ended"]
    assert run.outside.files["file"] == ["store/1@2026-11-24T09:00:00Z/ring/1"]


def recurring(run: Run) -> None:
    """A daily reminder over four days."""
    at = START + timedelta(hours=1)
    run.person(person.remind, at, START, rule=daily(at))
    run.until(START + timedelta(days=3, hours=2))
    assert len(run.outside.files["file"]) == 4


def rule_that_ends(run: Run) -> None:
    """A rule with three slots; the reminder ends with the last one."""
    at = START + timedelta(hours=1)
    run.person(person.remind, at, START, rule=daily(at, more=";COUNT=3"))
    run.until(START + timedelta(days=9))
    assert len(run.outside.files["file"]) == 3
    assert run.column("select state from schedule") == ["ended"]


def asleep(run: Run) -> None:
    """Nine days asleep over a daily reminder."""
    at = START + timedelta(hours=1)
    number = run.person(person.remind, at, START, rule=daily(at))
    run.outside.advance(timedelta(days=9))
    run.until(START + timedelta(days=9))
    assert person.slots_of(run.con, number) == [("coalesced", 8, "a newer one was due as well"), ("late", 1, None)]
    assert len(run.outside.files["file"]) == 1


def ladder_answered(run: Run) -> None:
    """It rings three times, then somebody answers."""
    run.person(person.remind, START + timedelta(hours=1), START, repeat=[900, 1800])
    run.until(START + timedelta(hours=2))
    run.person(person.answer, run.world(), "done")
    run.until(START + timedelta(days=1))
    assert len(run.outside.files["file"]) == 3
    assert run.column("select state from schedule") == ["ended"]


def ladder_given_up(run: Run) -> None:
    """Nobody ever answers: twenty rings, then it says that it gives up."""
    run.person(person.remind, START + timedelta(hours=1), START, repeat=[900])
    run.until(START + timedelta(days=2))
    assert len(run.outside.files["file"]) == 21
    assert run.column("select state from schedule") == ["ended"]
    assert run.column("select state from request") == ["expired"]


def late(if_late: str) -> Callable[[Run], None]:
    """A slot found an hour late, with each rule for it."""

    def play(run: Run) -> None:
        number = run.person(person.remind, START + timedelta(hours=1), START, if_late=if_late)
        run.outside.advance(timedelta(hours=2))
        run.until(START + timedelta(days=1))
        if if_late == "ask":
            run.person(person.answer, run.world(), "yes")
            run.until(START + timedelta(days=2))
        states = {"run": "late", "skip": "skipped", "brief": "skipped", "ask": "late"}
        assert [row[0] for row in person.slots_of(run.con, number)] == [states[if_late]]
        rings = {"run": 1, "skip": 0, "brief": 0, "ask": 2}
        assert len(run.outside.files.get("file", ())) == rings[if_late]

    play.__name__ = f"late_{if_late}"
    return play


def useless_after(run: Run) -> None:
    """Past its use it does not ring; one low message says so."""
    number = run.person(person.remind, START + timedelta(hours=1), START, useless_after=600)
    run.outside.advance(timedelta(hours=2))
    run.until(START + timedelta(days=1))
    assert person.slots_of(run.con, number) == [("missed", 1, "useless_after had passed")]
    assert len(run.outside.files["file"]) == 1
    assert run.column("select state from schedule") == ["ended"]


def after_completion(run: Run) -> None:
    """Three days after it was done it rings again."""
    at = START + timedelta(hours=1)
    run.person(person.remind, at, START, rule=f"DTSTART:{at:%Y%m%dT%H%M%S}\nX-ASK-AFTER-DONE:P3D", repeat=[])
    run.until(START + timedelta(days=1))
    run.person(person.answer, run.world(), "done")
    run.until(START + timedelta(days=6))
    assert len(run.outside.files["file"]) == 2


def channel_works_again(run: Run) -> None:
    """The channel fails three times, then works."""
    run.outside.sends["file"] = deque([NotSent("full"), NotSent("full", retry_after=timedelta(hours=2)), NotSent("no")])
    run.person(person.remind, START + timedelta(hours=1), START)
    run.until(START + timedelta(days=1))
    assert len(run.outside.files["file"]) == 1


def channel_dies(run: Run) -> None:
    """The first channel refuses for good, the next one takes it."""
    run.outside.broken["chat"] = NotSent("unknown address", permanent=True)
    run.person(person.remind, START + timedelta(hours=1), START, channel="chat")
    run.until(START + timedelta(days=1))
    assert run.column("select state from message order by id") == ["dead", "sent"]
    assert len(run.outside.files["file"]) == 1


def channel_never_works(run: Run) -> None:
    """Five tries, then it waits for the terminal."""
    run.outside.broken["file"] = NotSent("gone")
    run.person(person.remind, START + timedelta(hours=1), START)
    run.until(START + timedelta(days=1))
    (first, then) = run.con.execute("select channel, state from message order by id").fetchall()
    assert first == ("file", "dead")
    assert then == ("terminal", "queued")


def mute_channel(run: Run) -> None:
    """A channel that cannot look a key up."""
    run.outside.mute.add("file")
    at = START + timedelta(hours=1)
    run.person(person.remind, at, START, rule=daily(at))
    run.until(START + timedelta(days=2))


def mute_and_doubtful(run: Run) -> None:
    """A mute channel says that it does not know whether it was sent."""
    run.outside.mute.add("file")
    run.outside.sends["file"] = deque([Doubtful("timed out")])
    run.person(person.remind, START + timedelta(hours=1), START)
    run.until(START + timedelta(days=1))
    assert run.con.execute("select channel, state from message order by id").fetchall() == [
        ("file", "unknown"), ("terminal", "queued"),
    ]  # fmt: skip


def flow(first: str, second: str, *answers: Any) -> Callable[[Run], None]:
    """Two outside steps of these kinds; the second one answers so before it works."""

    def play(run: Run) -> None:
        steps = [{"id": "a", "run": ["x"], "effect": first}, {"id": "b", "run": ["y"], "effect": second}]
        run.outside.effect_kinds = {"a": first, "b": second}
        run.outside.acts["b"] = deque(answers)
        run.person(person.start_job, run.world(), steps)
        run.until(START + timedelta(days=2))

    play.__name__ = f"flow_{first}_{second}_{'_'.join(type(answer).__name__ for answer in answers)}"
    return play


def flow_fails(run: Run) -> None:
    """The second step fails for good; the person grants fresh attempts, and it works."""
    steps = [{"id": "a", "run": ["x"], "effect": "keyed"}, {"id": "b", "run": ["y"], "effect": "keyed"}]
    run.outside.effect_kinds = {"a": "keyed", "b": "keyed"}
    run.outside.broken["b"] = NotDone("no such host", permanent=True)
    job = run.person(person.start_job, run.world(), steps)
    run.until(START + timedelta(days=2))
    assert run.column("select state from job") == ["failed"]
    run.outside.broken.clear()
    run.person(person.tell, run.world(), job, Retried())
    run.until(START + timedelta(days=4))
    assert run.column("select state from job") == ["completed"]


def overlapping_ladders(run: Run) -> None:
    """An unanswered occurrence is superseded by the next one."""
    at = START + timedelta(hours=1)
    run.person(person.remind, at, START, rule=daily(at, BERLIN), repeat=[36000], zone=BERLIN)
    run.until(START + timedelta(days=2))
    assert run.value("select count(*) from request where state = 'open'") == 1


def mixed(run: Run) -> None:
    """Several at once, of different urgency, while one channel fails."""
    run.outside.sends["chat"] = deque([NotSent("busy"), Doubtful("timed out")])
    run.outside.mute.add("chat")
    at = START + timedelta(hours=1)
    for number in range(4):
        run.person(person.remind, at, START, text=f"n{number}", priority=("high", "low")[number % 2])
    run.person(person.remind, at, START, channel="chat")
    run.person(person.start_job, run.world(), [{"id": "a", "run": ["x"], "effect": "keyed"}])
    run.outside.effect_kinds = {"a": "keyed"}
    run.until(START + timedelta(days=1))


STORIES: tuple[Callable[[Run], None], ...] = (
    one_off, recurring, rule_that_ends, asleep, ladder_answered, ladder_given_up, late("run"), late("skip"),
    late("brief"), late("ask"), useless_after, after_completion, channel_works_again, channel_dies,
    channel_never_works, mute_channel, flow("read", "keyed"), flow("keyed", "once"), flow("once", "repeatable"),
    flow("keyed", "keyed", NotDone("busy"), NotDone("busy", retry_after=timedelta(minutes=5))),
    flow("once", "once", NotDone("busy")), flow("repeatable", "keyed", Unsure("timed out")),
    flow("once", "keyed", Unsure("timed out"), Unsure("timed out"), Unsure("timed out")), flow_fails,
    overlapping_ladders, mixed,
)  # fmt: skip
UNSURE_STORIES = (mute_and_doubtful, flow("keyed", "once", Unsure("timed out"), Done()))


def check_all(run: Run) -> None:
    """DESIGN §4, "Invariants", at the end of a story of which only the person's part may be left."""
    check_fold(run.con)
    check_slots(run)
    check_messages(run)
    check_steps(run)
    assert run.column("select count(*) from step where lease is not null") == [0]
    assert run.column("select count(*) from message where lease is not null") == [0]
    assert run.column("pragma integrity_check") == ["ok"]
    assert run.con.execute("pragma foreign_key_check").fetchall() == []
    due_at = next_due(run.con)
    assert due_at is None or from_text(due_at) > run.outside.now, "something due is left"


def check_slots(run: Run) -> None:
    """Each due time of each schedule lies in exactly one row."""
    for number in run.column("select id from schedule"):
        schedule = person.schedule_of(run.con, number)
        rows = run.con.execute("select at, last, count from slot where schedule_id = ? order by at", (number,))
        covered, last = 0, ""
        for at, end, count in rows:
            assert last < at, "two rows cover one due time"
            covered, last = covered + count, end
        if schedule.rule and "AFTER-DONE" not in schedule.rule and last:
            asked = person.slots_between(schedule.rule, run.began, from_text(last), schedule.zone)
            assert covered == asked, f"{covered} slots are covered, {asked} were due"
        assert schedule.next_at is None or schedule.state == "ended" or schedule.next_at > run.outside.now


def check_messages(run: Run) -> None:
    """At most once a channel and key; exactly once where it is sent; never lost."""
    outside = run.outside
    for channel, keys in outside.files.items():
        assert len(keys) == len(set(keys)), f"{channel} has a key twice"
    found = run.con.execute("select key, channel, state, reason, dropped, sent_at from message").fetchall()
    for key, channel, state, reason, dropped, sent_at in found:
        there = key in outside.files.get(channel, ())
        if channel == "terminal":
            continue
        assert state in ("sent", "acknowledged", "dead", "unknown"), f"{key} is left {state}"
        if sent_at is not None:
            assert there, f"{key} is {state} but not there"
        elif channel not in outside.mute:
            assert not there or state == "unknown" or reason, f"{key} is {state} but there"
        if dropped is None and (state == "unknown" or (state == "dead" and not reason.startswith(DROPPED))):
            beyond = run.column("select state from message where key = ? and channel <> ?", key, channel)
            assert beyond, f"{key} is lost on {channel}"


DROPPED = ("answered", "a newer slot came", "cancelled by the person", "a newer ring took its place", "snoozed to")


def check_steps(run: Run) -> None:
    """Effects as their kind promises, attempts within the limit, and every end accounted for."""
    outside = run.outside
    steps = run.con.execute("select id, key, path, state, attempts, forgiven, job_id from step").fetchall()
    for step_id, key, path, state, attempts, forgiven, _job in steps:
        kind = outside.effect_kinds.get(path)
        if kind is None:
            continue
        assert attempts - forgiven <= 3
        if kind == "keyed" and state == "completed":
            assert outside.effects[key] == 1
        if kind == "once":
            assert outside.effects[key] <= 1
        if state == "unknown":
            asked = run.column("select kind from request where step_id = ? and state = 'open'", step_id)
            assert asked == ["unknown"], "an unknown step asks the person"
            assert run.value("select count(*) from message where key = ?", f"{key}/unknown/{attempts}") == 1
        closed = run.column("select ended_at is not null from attempt where step_id = ?", step_id)
        assert all(closed), "an attempt is open"
        effects = run.column("select state from effect where key = ?", key)
        assert "started" not in effects
        assert effects.count("happened") <= (1 if kind in ("keyed", "once") else 3)
    for job_id, state in run.con.execute("select id, state from job where ended_at is null").fetchall():
        waiting = run.value("select count(*) from request where job_id = ? and state = 'open'", job_id)
        shown = run.value("select count(*) from message where job_id = ? and channel = 'terminal'", job_id)
        assert waiting or shown, f"job {job_id} is {state} and waits for nobody"
