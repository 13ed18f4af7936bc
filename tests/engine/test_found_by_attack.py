"""Faults that played stories found in the engine, each as the shortest story that shows it."""

from datetime import timedelta

from assistant.core.happened import Paused, Resumed
from assistant.instants import to_text
from assistant.ports.action import NotDone, Unsure
from assistant.store.idle import next_due
from tests.engine.flows import Flow
from tests.world import START

ONE = "name: one\nsteps:\n  - {id: pay, run: [pay]}\n"
DOUBTFUL = """
name: doubtful
deadline: 1d
steps:
  - {id: pay, run: [pay]}
"""
UNDONE = """
name: undone
steps:
  - id: note
    file: {path: a.txt, append: done}
    undo: {file: {path: a.txt, append: undone}}
  - id: pay
    run: [pay]
    retry: {attempts: 1}
"""


def test_a_deadline_that_has_passed_is_due_only_once() -> None:
    """A job that its doubt holds is ending already: nothing is due any more until a person settles it."""
    flow = Flow(DOUBTFUL)
    flow.fails("pay", Unsure("its time ran out"))
    flow.run("doubtful")
    flow.go(days=2)
    assert flow.jobs()[0].ending == "failed"
    assert next_due(flow.con) is None


def test_a_paused_job_keeps_no_tick_awake() -> None:
    """Neither its ready step nor its start is due while it rests, and both are when it goes on."""
    flow = Flow(ONE)
    made = flow.run("one").job
    flow.tell(made.id, Paused())
    assert next_due(flow.con) is None
    flow.tell(made.id, Resumed())
    assert next_due(flow.con) == to_text(START)


def test_the_probe_of_an_undo_looks_under_the_key_of_its_action() -> None:
    """An undo that is in doubt is looked for where it was done, and not done twice."""
    flow = Flow(UNDONE)
    flow.outside.broken["pay"] = NotDone("no", permanent=True)
    flow.fails("note/undo", Unsure("its time ran out"))
    job = flow.run("undone").job
    flow.go(days=1)
    key = flow.steps(job.id)["note"].key
    assert flow.outside.effects[f"{key}/undo"] == 1
    assert flow.steps(job.id)["note/undo/probe"].key == f"{key}/undo/probe"
    assert flow.states(job.id)["note"] == "undone"


def test_an_action_and_its_undo_may_both_be_in_doubt() -> None:
    """Each has a probe of its own."""
    flow = Flow(UNDONE)
    flow.outside.broken["pay"] = NotDone("no", permanent=True)
    flow.fails("note", Unsure("its time ran out"))
    flow.fails("note/undo", Unsure("its time ran out"))
    job = flow.run("undone").job
    flow.outside.now += timedelta(seconds=1)
    flow.go(days=1)
    assert flow.states(job.id)["note/probe"] == flow.states(job.id)["note/undo/probe"] == "completed"
