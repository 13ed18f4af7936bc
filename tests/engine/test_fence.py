"""Who lost a lease writes nothing; who lost only the job writes down what came of its work."""

from collections import deque
from collections.abc import Callable
from datetime import timedelta

import pytest

from assistant.core.happened import Stopped
from assistant.engine.counts import Counts
from assistant.engine.outcome import lose_step
from assistant.engine.tick import Tick
from assistant.errors import Stale
from assistant.ports.action import NotDone
from assistant.store import due
from assistant.store.write import Writing
from tests import person
from tests.engine.stories import LONG, Run, check_all
from tests.fold import check_fold
from tests.world import Died, VirtualWorld


def at_boundary(run: Run, name: str, act: Callable[[], None]) -> None:
    """Do something once, when a boundary of that name is reached."""

    def look(reached: str) -> None:
        if reached == name:
            run.outside.interlope = None
            act()

    run.outside.interlope = look


def one_step(run: Run, effect: str) -> int:
    """A job of one outside step."""
    run.outside.effect_kinds = {"a": effect}
    return int(run.person(person.start_job, run.world(), [{"id": "a", "run": ["x"], "effect": effect}]))


def tick_that_lost(run: Run) -> None:
    """A tick whose lease others believe dead while it performs; they tick before it comes back."""
    slow = VirtualWorld(run.outside, "slow")

    def others() -> None:
        run.outside.dead.add("slow")
        run.tick()

    at_boundary(run, "after perform a", others)
    Tick(run.con, "", slow, LONG, None).run()


def test_a_late_result_is_refused_after_the_step_became_unknown() -> None:
    """The step was recovered as unknown; the worker that had lost it does not make it done."""
    run = Run()
    one_step(run, "once")
    tick_that_lost(run)
    assert run.column("select state from step") == ["unknown"]
    assert run.column("select outcome from attempt") == ["cut off"]
    check_all(run)


def test_a_late_result_is_refused_while_another_worker_tries_again() -> None:
    """The second attempt has its own lease; the first one's failure must not end it."""
    run = Run()
    one_step(run, "keyed")
    run.outside.acts["a"] = deque([NotDone("late", permanent=True)])
    slow = VirtualWorld(run.outside, "slow")

    def others() -> None:
        run.outside.dead.add("slow")
        run.tick()
        run.outside.advance(timedelta(minutes=5))
        at_boundary(run, "before perform a", lambda: None)
        run.tick()

    at_boundary(run, "after perform a", others)
    Tick(run.con, "", slow, LONG, None).run()
    assert run.column("select state from job") == ["completed"]
    assert run.column("select outcome from attempt order by number") == ["cut off", "succeeded"]
    check_all(run)


def test_a_lost_step_is_recovered_by_one_tick_only() -> None:
    """Two ticks find the same dead lease; the slower one leaves the new attempt of the faster one alone."""
    run = Run()
    one_step(run, "keyed")
    run.outside.die_at = run.outside.boundary_count + 3
    with pytest.raises(Died, match="before perform a"):
        Tick(run.con, "", VirtualWorld(run.outside, "dead"), LONG, None).run()
    run.outside.dead.add("dead")
    (found,) = due.leased_steps(run.con)
    refused = []

    def slower() -> None:
        around = person.surroundings(run.con, run.world())
        try:
            with Writing(run.con, "", run.outside.now) as writing:
                lose_step(writing, around, found, Counts(), 0.5)
        except Stale as stale:
            refused.append(str(stale))

    run.tick()
    run.outside.advance(timedelta(minutes=5))
    at_boundary(run, "before perform a", slower)
    run.tick()
    assert refused == ["Attempt 1 of step a is no longer held by dead."]
    assert run.column("select outcome from attempt order by number") == ["cut off", "succeeded"]
    check_all(run)


@pytest.mark.parametrize(("answer", "effect"), [(None, "happened"), (NotDone("no"), "did not")])
def test_what_a_cancelled_step_did_is_still_written_down(answer: NotDone | None, effect: str) -> None:
    """The job was cancelled while its step ran: the outcome moves nothing, and the effect is known."""
    run = Run()
    job = one_step(run, "once")
    if answer is not None:
        run.outside.broken["a"] = answer
    stopped = Stopped("cancelled", "cancelled by the person")
    at_boundary(run, "before perform a", lambda: run.person(person.tell, run.world(), job, stopped))
    run.tick()
    assert run.column("select state from job") == ["cancelled"]
    assert run.column("select state from effect") == [effect]
    check_all(run)


def test_a_cancelled_step_whose_worker_died_is_unknown() -> None:
    """Nobody comes back to say what it did: the effect says so."""
    run = Run()
    job = one_step(run, "once")
    stopped = Stopped("cancelled", "cancelled by the person")
    at_boundary(run, "before perform a", lambda: run.person(person.tell, run.world(), job, stopped))
    run.outside.die_at = run.outside.boundary_count + 3
    run.tick()
    assert run.outside.died_at == "before perform a"
    assert run.column("select state from effect") == ["unknown"]
    check_fold(run.con)
