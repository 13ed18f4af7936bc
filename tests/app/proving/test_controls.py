"""What must be found: faults of a file, and engines of which a part was taken out."""

from datetime import timedelta
from typing import Any

import pytest

from assistant.app.proving.play import BUDGET, Engine
from assistant.app.proving.prove import Wish, prove, stories
from assistant.app.proving.world import VirtualWorld
from assistant.core.moves import Move, Put
from assistant.core.spec import Spec
from assistant.engine.claim import StepWork
from assistant.engine.outcome import settle_step
from assistant.engine.situation import Surroundings
from assistant.engine.tick import Tick, _TickWriting
from assistant.store.write import Writing
from tests.app.proving.workflows import ENDLESS, PLAIN, REPEATABLE, prepared

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


class WithoutRows(_TickWriting):
    """Writes no row of a try and its effect."""

    def apply(self, moves: list[Move], item: int | None = None) -> None:
        super().apply([move for move in moves if move.table != "attempt"], item)


class ForgetfulTick(Tick):
    """Performs effects that no row speaks of."""

    def writing(self) -> Writing:
        return WithoutRows(self)


class WithoutFence(_TickWriting):
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
