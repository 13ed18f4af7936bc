"""What must be found: faults of a file, and engines of which a part was taken out."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from assistant.app.proving.play import BUDGET, Engine
from assistant.app.proving.prove import Wish, prove, stories
from assistant.app.proving.world import VirtualWorld
from assistant.core.happened import Answered, Happened, Retried, Stopped
from assistant.core.moves import Move, Put
from assistant.core.spec import Spec
from assistant.engine.claim import StepWork
from assistant.engine.outcome import settle_step
from assistant.engine.situation import Surroundings
from assistant.engine.sourcing import Looked
from assistant.engine.tick import Tick
from assistant.engine.tick_writing import TickWriting
from assistant.ports.action import Done
from assistant.ports.source import SourceEvent
from assistant.store import audit, due
from assistant.store.write import Writing
from tests.app.proving.workflows import ASKED, ENDLESS, PLAIN, REPEATABLE, SCANS, prepared

ADVERSARIAL = Wish(adversarial=True)


def test_a_plain_workflow_has_no_finding() -> None:
    """What is found elsewhere is not found everywhere."""
    report = prove(prepared(PLAIN), ADVERSARIAL)
    assert report.is_clean
    assert report.scenarios > 100
    assert report.ends["completed"] > report.ends["failed"] > 0


def test_an_append_that_is_declared_repeatable_is_found_twice() -> None:
    """The finding names the step, the cause and the fix."""
    report = prove(prepared(REPEATABLE), ADVERSARIAL)
    (one,) = report.shown
    assert (one.finding.kind, one.finding.step) == ("duplicate", "note")
    assert "repeatable" in one.finding.cause
    assert "effect: once" in one.finding.fix
    assert len(one.story.twists) == 1


def test_an_accepted_repeat_is_no_finding() -> None:
    """The person said that it may happen twice."""
    assert prove(prepared(REPEATABLE), Wish(adversarial=True, accept=frozenset({"note"}))).is_clean


def test_a_wait_without_an_end_is_found_stuck() -> None:
    """Where its event never comes, nothing ever wakes the job."""
    report = prove(prepared(ENDLESS), Wish())
    (one,) = report.shown
    assert (one.finding.kind, one.finding.step) == ("stuck", "hear")
    assert "within" in one.finding.fix


def test_a_step_that_cannot_work_is_found_broken() -> None:
    """The happy path does not complete: the finding gives the reason of the job."""
    file = 'name: torn\nsteps:\n  - {id: a, set: {x: [1]}}\n  - {id: b, text: "{{ steps.a.output.x + 1 }}"}\n'
    (one,) = prove(prepared(file), Wish()).shown
    assert (one.finding.kind, one.finding.step) == ("broken", "b")


class WithoutRows(TickWriting):
    """Writes no row of a try and its effect."""

    def apply(self, moves: list[Move], item: int | None = None) -> None:
        super().apply([move for move in moves if move.table != "attempt"], item)


class ForgetfulTick(Tick):
    """Performs effects that no row speaks of."""

    def writing(self) -> Writing:
        return WithoutRows(self)


class WithoutFence(TickWriting):
    """Writes whatever it is told, whoever holds the row by now."""

    def apply(self, moves: list[Move], item: int | None = None) -> None:
        super().apply([move.replace(expect={}, before=None) if isinstance(move, Put) else move for move in moves], item)


class UnfencedTick(Tick):
    """Believes each worker, also one that lost its lease."""

    def writing(self) -> Writing:
        return WithoutFence(self)

    def _settle(self, writing: Writing, work: Any, outcome: Any, took: timedelta) -> None:
        if isinstance(work, StepWork):
            rows = self.con.execute("select lease, attempts from step where id = ?", (work.step.id,)).fetchone()
            work = work.replace(step=work.step.replace(lease=rows[0], attempts=rows[1]))
            settle_step(writing, self.around, work, outcome, took, self.counts, 0.5)
        else:
            super()._settle(writing, work, outcome, took)


class Lenient(Surroundings):
    """Reads `once` as `repeatable`."""

    def share(self, specs: dict[int, Spec]) -> None:
        """Keeps its own reading."""

    def spec(self, workflow_id: int) -> Spec:
        spec = super().spec(workflow_id)
        return spec.replace(steps=tuple(step.replace(effect="repeatable") for step in spec.steps))


class CarelessTick(Tick):
    """Repeats what it should not."""

    def __init__(self, con: Any, home: str, world: VirtualWorld, budget: timedelta, gap_s: int | None) -> None:
        super().__init__(con, home, world, budget, gap_s)
        self.around = Lenient(con, world.conventions, world.channels, world.quiet_hours, world.kept)


class DumbTick(Tick):
    """Sends no message."""

    def _quick_lanes(self) -> list[str]:
        return [lane for lane in super()._quick_lanes() if lane == "steps"]

    def start_slow(self) -> None:
        """Sends nothing slowly either."""


class Torn(Engine):
    """An engine with another tick."""

    def __init__(self, kind: type[Tick]) -> None:
        self._kind = kind

    def tick(self, con: Any, world: VirtualWorld) -> Tick:
        return self._kind(con, "", world, BUDGET, None)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        (ForgetfulTick, {"unaccounted"}), (CarelessTick, {"duplicate"}),
        (UnfencedTick, {"broken", "unaccounted", "duplicate"}), (DumbTick, {"stuck"}),
    ],
)  # fmt: skip
def test_an_engine_without_one_of_its_parts_is_found_out(kind: type[Tick], found: set[str]) -> None:
    """Without effect rows, the fence, `once` or messages, at least one story ends badly."""
    told = stories(prepared(PLAIN), ADVERSARIAL, Torn(kind))
    first = next(one.verdict.findings for one in told if one.verdict.findings)
    assert {one.kind for one in first} & found, first


# What a person says, and what sources tell


class Hearsay(Engine):
    """An engine that makes something else of what the person said."""

    def __init__(self, kind: type[Happened], change: Callable[[Any], Any]) -> None:
        self._kind, self._change = kind, change

    def tell(self, writing: Writing, around: Surroundings, job_id: int, happened: Happened) -> None:
        heard = self._change(happened) if isinstance(happened, self._kind) else happened
        if heard is not None:
            super().tell(writing, around, job_id, heard)


def without_edits(answered: Answered) -> Answered:
    """Approved, as if nothing had been edited."""
    return answered.replace(edits=None)


def without_keep(stopped: Stopped) -> Stopped:
    """Cancelled, as if --keep had not been said."""
    return stopped.replace(keep=False)


def nothing(_happened: Happened) -> None:
    """Not heard at all."""


class StaleTick(Tick):
    """Reads facts from memory where it should read them again."""

    def _perform(self, work: Any) -> Any:
        outcome, took = super()._perform(work)
        is_again = isinstance(work, StepWork) and "/recheck/" in work.step.path
        return (Done(due.steps_of(self.con, work.step.job_id)[0].output) if is_again else outcome), took


class UneditedTick(Tick):
    """Runs what was shown at first, whatever was approved."""

    def _perform(self, work: Any) -> Any:
        if isinstance(work, StepWork) and "json" in work.call.action:
            work = work.replace(call=work.call.replace(action={**work.call.action, "json": {"text": "hello"}}))
        return super()._perform(work)


class NoUndo(Surroundings):
    """Reads a step as if it could not be taken back."""

    def share(self, specs: dict[int, Spec]) -> None:
        """Keeps its own reading."""

    def spec(self, workflow_id: int) -> Spec:
        spec = super().spec(workflow_id)
        return spec.replace(steps=tuple(step.replace(undo=None) for step in spec.steps))


class NoUndoTick(Tick):
    """Leaves behind what should be taken back."""

    def __init__(self, con: Any, home: str, world: VirtualWorld, budget: timedelta, gap_s: int | None) -> None:
        super().__init__(con, home, world, budget, gap_s)
        self.around = NoUndo(con, world.conventions, world.channels, world.quiet_hours, world.kept)


@pytest.mark.parametrize(
    ("engine", "what"),
    [
        (Hearsay(Answered, without_edits), "the edit of send is not what is approved"),
        (Torn(UneditedTick), "send did what nobody approved"),
        (Hearsay(Stopped, without_keep), "undid what was to be kept"),
        (Hearsay(Retried, nothing), "tried again, it does not complete"),
        (Torn(StaleTick), "went on with facts that are not those of its approval"),
        (Torn(NoUndoTick), "was done and is not undone"),
    ],
)
def test_a_person_who_is_not_followed_is_noticed(engine: Engine, what: str) -> None:
    """Edits, --keep, retries, facts that changed and compensation each have a story that shows their lack."""
    assert any(what in one for one in found(ASKED, engine, ADVERSARIAL))


class Told(Tick):
    """Makes something else of what sources tell."""

    change: Callable[[tuple[SourceEvent, ...]], tuple[SourceEvent, ...]]

    def _perform(self, work: Any) -> Any:
        outcome, took = super()._perform(work)
        if isinstance(outcome, Looked) and outcome.polled is not None:
            polled = outcome.polled.replace(events=type(self).change(outcome.polled.events))
            outcome = outcome.replace(polled=polled)
        return outcome, took


class Lossy(Told):
    """Loses the first of several."""

    change = staticmethod(lambda events: events[1:] if len(events) > 1 else events)


class Backwards(Told):
    """The newest first."""

    change = staticmethod(lambda events: events[::-1])


class Keyless(Told):
    """A new key whenever anything is told."""

    count = 0

    @staticmethod
    def change(events: tuple[SourceEvent, ...]) -> tuple[SourceEvent, ...]:
        Keyless.count += 1
        return tuple(event.replace(key=f"{event.key}/{Keyless.count}") for event in events)


class Silent(TickWriting):
    """Does not say what could not be started."""

    def apply(self, moves: list[Move], item: int | None = None) -> None:
        said = [move for move in moves if "could not be started" in str(getattr(move, "values", {}).get("text"))]
        super().apply([move for move in moves if move not in said], item)


class SilentTick(Tick):
    """Keeps to itself that an event started nothing."""

    def writing(self) -> Writing:
        return Silent(self)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (Lossy, "folder.new of the source inbox is lost"),
        (Backwards, "events of the source inbox came out of order"),
        (Keyless, "folder.new of the source inbox was kept twice"),
        (SilentTick, "1 events were to start a job, 0 did"),
    ],
)
def test_a_source_that_is_not_heard_is_noticed(kind: type[Tick], what: str) -> None:
    """Days without an answer, an event told again, and data that lack a field."""
    assert any(what in one for one in found(SCANS, Torn(kind), ADVERSARIAL))


class ImpatientTick(Tick):
    """Lets no job wait for an older one."""

    def recover(self) -> None:
        for job in audit.open_jobs_of_all(self.con):
            if job.queued:
                changes = {"queued": 0, "starts_at": self.world.now()}
                self._write(lambda w, j=job, c=changes: w.apply([Put("job", j.id, c, "not in its turn")]))
        super().recover()


def test_a_queued_job_that_begins_before_its_turn_is_noticed() -> None:
    """An event comes again while the job of the one before is at work."""
    queued = SCANS.replace("name: scans\n", "name: scans\noverlap: queue\n").replace("event.path", "event.size")
    queued = queued.replace('    key: "{{ event.size }}"\n', "").replace(
        "effect: read", "effect: read\n  - {id: w, wait: 1d}"
    )
    assert any("before its turn" in one for one in found(queued, Torn(ImpatientTick), ADVERSARIAL))
    assert not [*found(queued, Engine(), Wish(seeds=20))]


def test_workflows_of_questions_and_sources_have_no_finding() -> None:
    """What the torn engines show, the whole one does not."""
    assert not [*found(ASKED, Engine(), Wish(seeds=20)), *found(SCANS, Engine(), Wish(seeds=20))]


def found(file: str, engine: Engine, wish: Wish) -> Iterator[str]:
    """What is found in the stories of a workflow, one after the other."""
    for told in stories(prepared(file), wish, engine):
        yield from (one.what for one in told.verdict.findings)
