"""One tick: recover, wake, work and deliver, close. Only this file knows the order.

No lock is held over a tick: leases and fences make ticks that overlap harmless. No transaction is open while anything
outside is touched. What waits for the outside runs in a bounded pool of threads, so that a slow one never holds up a
reminder; only this thread touches the store.
"""

import sqlite3
from datetime import timedelta

from assistant.core.happened import Stopped, Woke
from assistant.core.moves import Move, Put
from assistant.engine.claim import MessageWork, StepWork, claim_message, claim_step, effect_of, refuse_unapproved
from assistant.engine.counts import Counts
from assistant.engine.outcome import lose_message, lose_step, settle_message, settle_step
from assistant.engine.pool import Pool
from assistant.engine.situation import Surroundings, tell_job
from assistant.engine.slots import set_aside, wake_schedule
from assistant.engine.tick_writing import TickWriting
from assistant.errors import Stale, StoreBusy
from assistant.ports.action import ActionOutcome, Unsure
from assistant.ports.channel import Doubtful, SendOutcome
from assistant.ports.records import Schedule, Step
from assistant.store import due
from assistant.store.sources import leased_sources, sources_due
from assistant.store.write import Writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from assistant.engine.sourcing import Looked, SourceWork
    from assistant.engine.world import World

    Work = StepWork | MessageWork | SourceWork
    Outcome = ActionOutcome | SendOutcome | Looked
    Result = tuple[Work, Outcome, timedelta]

WAKE_AGAIN = timedelta(hours=1)  # a step that cannot be woken is tried again then, perhaps by a newer version
BATCH = 100  # schedules or steps woken in one commit
TOGETHER = 16  # the most quick pieces of work claimed in one commit, where repeating one would do no harm
QUICK_S = 0.02  # what was claimed together is done within that, or fewer are claimed next time
LANES = 4  # slow pieces of work at once
PATIENCE = 4  # times that an outcome waits for a busy store
LOOK_S = 1.0  # how long to wait for slow work before looking for what fell due meanwhile
SOURCES = "sources"  # the lanes of sources
STEPS = "steps"  # the lane of quick steps; the others are named after their channel


class Tick:
    """The work of one `run-due`, from a store and a world."""

    def __init__(
        self, con: sqlite3.Connection, home: str, world: "World", budget: timedelta, gap_s: int | None
    ) -> None:
        self.con = con
        self.home = home
        self.world = world
        self.around = Surroundings(con, world.conventions, world.channels, world.quiet_hours, world.kept)
        self.counts = Counts()
        self.deadline = world.monotonic() + budget.total_seconds()
        self.gap_s = gap_s
        self.tick_id: int | None = None
        self.pool = Pool(LANES)
        self.at_work: dict[str, Work] = {}  # by lane
        self.together = 1  # how many quick pieces of work are claimed in one commit at present

    def run(self) -> Counts:
        """Advance everything that is due, until nothing is or the budget is spent."""
        self.recover()
        while True:
            moved = 0 if self.spent() else self.wake_due()
            moved += self.do_quick()
            self.start_slow()
            if self.pool.busy:
                self.take_result()
            elif not moved:
                break
        self.close()
        return self.counts

    def spent(self) -> bool:
        """Whether the budget is used up: nothing new begins then."""
        return self.world.monotonic() >= self.deadline

    def writing(self) -> TickWriting:
        """A write transaction of this tick, at this moment."""
        return TickWriting(self)

    # Recover

    def recover(self) -> None:
        """Settle what workers held that are no more."""
        for step in due.leased_steps(self.con):
            if not self._is_lost(step.lease, step.lease_until):
                continue
            self._write(
                lambda w, s=step: lose_step(w, self.around, s, self.counts, self.world.jitter())  # type: ignore[misc]
            )
        self._recover_sources()
        for message in due.leased_messages(self.con):
            if not self._is_lost(message.lease, message.lease_until):
                continue
            can_tell = self.world.can_tell(message.channel)
            self._write(
                lambda w, m=message, c=can_tell: lose_message(  # type: ignore[misc]
                    w, self.around, m, c, self.counts, self.world.jitter()
                )
            )

    def _recover_sources(self) -> None:
        for source in leased_sources(self.con):
            if self._is_lost(source.lease, source.lease_until):
                from assistant.engine.sourcing import lose_source

                self._write(lambda w, s=source: lose_source(w, s))  # type: ignore[misc]

    def _is_lost(self, lease: str | None, until: "datetime | None") -> bool:
        """A lease of this very process is left of an earlier tick that broke off: this one has begun nothing yet."""
        return lease == self.world.me or (lease is not None and not self.world.is_alive(lease, until))

    def _tell(self, writing: Writing, job_id: int, happened: Woke | Stopped) -> "list[Move]":
        return tell_job(writing, self.around, job_id, happened, writing.now, self.world.jitter())

    def _write(self, change: "Callable[[Writing], object]") -> bool:
        """One transaction; False where somebody else was faster, and nothing was written."""
        try:
            with self.writing() as writing:
                change(writing)
        except Stale:
            return False
        return True

    # Wake

    def wake_due(self) -> int:
        """Wake what has come due, many in one commit. How many moved."""
        now = self.world.now()
        is_any = due.is_any_to_wake(self.con, now)
        if not is_any and not due.is_schedule_due(self.con, now):
            return 0
        woken = 0
        with self.writing() as writing:
            for schedule in due.schedules_due(self.con, writing.now, BATCH):
                self._wake_schedule(writing, schedule)
                woken += 1
            for step in due.steps_to_wake(self.con, writing.now, BATCH) if is_any else ():
                woken += self._wake_step(writing, step)
            if is_any:
                from assistant.engine.waking import wake_others

                woken += wake_others(writing, self.around, self.counts, self.world.jitter(), BATCH)
        return woken

    def _wake_schedule(self, writing: Writing, schedule: Schedule) -> None:
        """One that cannot be woken is set aside, and told of: it must not stop the others."""
        jitter = self.world.jitter()
        error = writing.or_nothing(lambda: wake_schedule(writing, self.around, schedule, self.counts, jitter))
        if error is not None:
            set_aside(writing, self.around, schedule, error)

    def _wake_step(self, writing: Writing, step: Step) -> int:
        """How many moved: one that nothing follows from must not keep the tick awake, nor one that cannot be woken."""
        moves: list[Move] = []
        error = writing.or_nothing(lambda: moves.extend(self._tell(writing, step.job_id, Woke(step.path))))
        if error is not None:
            later = {"wake_at": writing.now + WAKE_AGAIN, "error": f"{type(error).__name__}: {error}"}
            writing.apply([Put("step", step.id, later, "could not be woken", {"state": step.state})])
        self.counts.see(moves)
        return bool(moves)

    # Work

    def do_quick(self) -> int:
        """Do what never waits, one after the other: each outcome and the next claim are one commit. How many."""
        done = 0
        for lane in self._quick_lanes():
            self.together = 1
            works = [] if self.spent() else self._claim(lane)
            while works:
                done += len(works)
                results = [(work, *self._perform(work)) for work in works]
                took = sum((result[2] for result in results), timedelta()).total_seconds()
                self.together = min(TOGETHER, 2 * self.together) if took < QUICK_S else 1
                works = self._settle_and_claim(lane, results)
        return done

    def _quick_lanes(self) -> list[str]:
        lanes = [STEPS] if self._next_step(quick=True) else []
        return lanes + [c for c in due.channels_due(self.con, self.world.now()) if self.world.is_quick(c)]

    def _next_step(self, quick: bool) -> Step | None:
        """The most urgent step, where it is one that never waits, or is not."""
        step = due.next_step(self.con)
        return step if step is not None and self.world.is_quick_action(next(iter(step.action))) == quick else None

    def start_slow(self) -> None:
        """Hand slow work to the pool while it has room: a lane a channel, so that its messages keep their order."""
        if self.spent():
            return
        for channel in due.channels_due(self.con, self.world.now()):
            if self.pool.full:
                return
            if not self.world.is_quick(channel) and not self.pool.has(channel):
                self._start(channel)
        while not self.pool.full and sources_due(self.con, self.world.now(), 1):
            self._start(f"{SOURCES}/{self.pool.started}")
        while not self.pool.full and self._next_step(quick=False):
            self._start(f"{STEPS}/{self.pool.started}")

    def _start(self, lane: str) -> None:
        for work in self._claim(lane):
            self._hand_over(lane, work)

    def _hand_over(self, lane: str, work: "Work") -> None:
        self.pool.start(lane, work, self._perform)
        self.at_work[lane] = work

    def take_result(self) -> None:
        """Settle one piece of slow work that has ended, and let its lane go on."""
        result = self.pool.wait(LOOK_S)
        if result is None:
            self._stop_what_must_end()
            return
        lane, work, (outcome, took) = result
        del self.at_work[lane]
        for following in self._settle_and_claim(lane, [(work, outcome, took)]):
            self._hand_over(lane, following)

    def _stop_what_must_end(self) -> None:
        """Work whose job was cancelled meanwhile is told to stop; what came of it is written when it has."""
        for work in self.at_work.values():
            if not isinstance(work, StepWork) or work.stop or work.step.path.endswith("/undo"):
                continue
            if due.is_ending(self.con, work.step.job_id):
                work.stop.append(True)

    def _claim(self, lane: str) -> "list[Work]":
        claimed: list[Work] = []
        if not lane.startswith((SOURCES, STEPS)):
            self.world.reply_key(lane)  # read, or made, before the transaction that needs it
        return claimed if self._write(lambda writing: self._claim_in(writing, lane, claimed)) else []

    def _claim_in(self, writing: Writing, lane: str, claimed: "list[Work]") -> None:
        """Claim what a lane does next: one piece; or some in one commit, where doing one twice would do no harm.

        A worker that dies leaves all that it claimed in doubt. What is `once` is therefore claimed alone.
        """
        until = self.world.lease_until()
        if lane.startswith(SOURCES):
            from assistant.engine.sourcing import claim_source

            source = claim_source(writing, self.world.me, until)
            claimed += [source] if source is not None else []
            return
        if not lane.startswith(STEPS):
            most = self.together if self.world.is_quick(lane) and self.world.can_tell(lane) else 1
            key = self.world.reply_key(lane)
            while len(claimed) < most:
                message = claim_message(writing, self.around, lane, self.world.me, until, key)
                if message is None:
                    return
                claimed.append(message)
                if message.delivery.asked is not None and self.world.listens(lane):
                    from assistant.engine.listening import listen

                    listen(writing, lane)
            return
        while len(claimed) < self.together:
            step = self._next_step(quick=lane == STEPS)
            if step is None:
                return
            picture = due.picture(writing.con, step.job_id, step)
            effect = effect_of(self.around, picture.job, step)
            if claimed and effect == "once":
                return
            if step.service is not None and self._is_held(writing, step):
                continue
            if step.approval is not None and refuse_unapproved(writing, self.around, step, self.world.jitter()):
                continue
            claimed.append(claim_step(writing, self.around, picture, step, effect, self.world.me, until))
            if lane != STEPS or effect == "once":
                return

    def _is_held(self, writing: Writing, step: Step) -> bool:
        """Whether a step must wait for its service, and was put to wait."""
        from assistant.engine.services import hold

        return hold(writing, step, self.around.spec_of_step(step))

    def _perform(self, work: "Work") -> "tuple[Outcome, timedelta]":
        began = self.world.monotonic()
        outcome: Outcome
        try:
            if isinstance(work, StepWork):
                act = self.world.probe if work.probes else self.world.perform
                outcome = act(work.kind, work.call)
            elif isinstance(work, MessageWork):
                outcome = self.world.deliver(work.message.channel, work.delivery)
            else:
                outcome = self.world.look(work)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - a plug-in may raise anything; what it did is not known
            said = f"{type(error).__name__}: {error}"
            outcome = Unsure(said) if isinstance(work, StepWork) else Doubtful(said)
            if not isinstance(work, (StepWork, MessageWork)):
                outcome = _not_looked(said)
        return outcome, timedelta(seconds=self.world.monotonic() - began)

    def _settle_and_claim(self, lane: str, results: "list[Result]") -> "list[Work]":
        """Write the outcomes and, in the same commit, claim what this lane does next if nothing is more urgent."""
        claimed: list[Work] = []

        def write(writing: Writing) -> None:
            claimed.clear()
            for work, outcome, took in results:
                self._settle(writing, work, outcome, took)
            if not self.spent() and not due.is_schedule_due(self.con, writing.now):
                self._claim_in(writing, lane, claimed)

        if self._write_patiently(write):
            self._forget(results)
            return claimed
        if len(results) > 1:
            # One of them was lost to somebody else; what came of the others is written one by one.
            for result in results:
                self._settle_and_claim_nothing(result)
        return []

    def _settle_and_claim_nothing(self, result: "Result") -> None:
        if self._write_patiently(lambda writing: self._settle(writing, *result)):
            self._forget([result])

    def _forget(self, results: "list[Result]") -> None:
        """What came of these is kept: what an action noted of them, should it have been cut off, may go."""
        for work, outcome, _ in results:
            if isinstance(work, StepWork) and not isinstance(outcome, Unsure):
                self.world.forget(work.kind, work.call.key)

    def _write_patiently(self, change: "Callable[[Writing], object]") -> bool:
        """What came of a piece of work is known only here: it is worth waiting for longer than a claim is."""
        for _ in range(PATIENCE - 1):
            try:
                return self._write(change)
            except StoreBusy:
                continue
        return self._write(change)

    def _settle(self, writing: Writing, work: "Work", outcome: "Outcome", took: timedelta) -> None:
        jitter = self.world.jitter()
        if isinstance(work, StepWork):
            settle_step(writing, self.around, work, outcome, took, self.counts, jitter)  # type: ignore[arg-type]
        elif isinstance(work, MessageWork):
            settle_message(writing, self.around, work.message, outcome, self.counts, jitter)  # type: ignore[arg-type]
        else:
            from assistant.engine.sourcing import settle_source

            settle_source(writing, self.around, work, outcome, self.counts, jitter)  # type: ignore[arg-type]

    # Close

    def close(self) -> None:
        """Write the tick's own row to its end, if it wrote anything or found a gap."""
        if self.tick_id is None and self.gap_s is None:
            return
        with self.writing() as writing:
            writing.have_row()
            writing.end_tick(self.counts.as_dict())


def _not_looked(said: str) -> "Looked":
    from assistant.engine.sourcing import Looked
    from assistant.ports.source import Failed

    return Looked(None, Failed(said))
