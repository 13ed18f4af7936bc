"""A job that must end while a fallback is under way: what stands in is settled, and what it stands in for with it."""

import pytest

from assistant.core.happened import Stopped
from assistant.core.states import JobState
from assistant.ports.action import NotDone, Unsure
from tests.engine.flows import Flow

FILE = """
name: flow
steps:
  - id: send
    run: [send]
    retry: {attempts: 1}
    fallback:
      - run: [by-hand]
        undo: {run: [not-by-hand]}
"""


def cancelled_during_the_fallback(flow: Flow, keep: bool = False) -> int:
    """A job that is cancelled while the program of its fallback runs."""
    job = flow.run("flow").job.id
    flow.fails("send", NotDone("no"))

    def meanwhile(name: str) -> None:
        if name == "before perform send/fallback/1":
            flow.outside.interlope = None
            flow.tell(job, Stopped(JobState.CANCELLED, "cancelled by the person", keep))

    flow.outside.interlope = meanwhile
    flow.go(hours=1)
    return job


def test_a_fallback_that_ends_after_a_cancel_ends_its_step_too_and_is_undone() -> None:
    """What was done is known as done, and compensated."""
    flow = Flow(FILE)
    job = cancelled_during_the_fallback(flow)
    assert flow.job(job).state == "cancelled"
    assert flow.states(job)["send/fallback/1/undo"] == "completed"
    assert flow.states(job)["send"] == "undone"
    assert not flow.requests()


def test_a_fallback_that_ends_after_a_cancel_with_keep_stays_done() -> None:
    """The step is done, by its fallback."""
    flow = Flow(FILE)
    job = cancelled_during_the_fallback(flow, keep=True)
    step = flow.steps(job)["send"]
    assert (flow.job(job).state, step.state, step.done_by) == ("cancelled", "completed", "fallback")
    assert "send/fallback/1/undo" not in flow.states(job)


def test_a_fallback_that_fails_after_a_cancel_leaves_its_step_cancelled() -> None:
    """Nothing was done, and nothing is tried again."""
    flow = Flow(FILE)
    flow.fails("send/fallback/1", NotDone("no"))
    job = cancelled_during_the_fallback(flow)
    assert flow.states(job) == {"send": "cancelled", "send/fallback/1": "cancelled"}
    assert flow.job(job).state == "cancelled"


@pytest.mark.parametrize(("word", "state"), [("happened", "undone"), ("did not", "cancelled")])
def test_a_doubtful_fallback_holds_the_cancelled_job_until_a_person_settles_it(word: str, state: str) -> None:
    """Either answer is taken, and the job ends as its cause says."""
    flow = Flow(FILE)
    flow.fails("send/fallback/1", Unsure("gone"))
    job = cancelled_during_the_fallback(flow)
    assert flow.states(job) == {"send": "waiting", "send/fallback/1": "unknown"}
    flow.answer(word)
    flow.go(hours=1)
    assert (flow.job(job).state, flow.states(job)["send"]) == ("cancelled", state)
