"""Waits, events and triggers: what wakes a job, and what starts one."""

from datetime import timedelta

from tests.engine.flows import START, Flow


def wait(text: str) -> str:
    """A workflow that waits once and then says what woke it."""
    return f"""
name: flow
steps:
  - {{id: w, wait: {text}}}
  - {{id: by, text: '{{{{ steps.w.output.woke_by }}}}'}}
"""


def test_a_wait_sleeps_as_a_row_until_its_time() -> None:
    """A length of time, or a moment in words."""
    for text, at in (
        ("2h", timedelta(hours=2)),
        ("2d", timedelta(days=2)),
        ("{until: tomorrow 9am}", timedelta(hours=25)),
    ):
        flow = Flow(wait(text))
        made = flow.run("flow")
        flow.until(START + at - timedelta(seconds=1))
        assert flow.states(made.job.id) == {"w": "waiting"}
        flow.until(START + at)
        assert flow.job(made.job.id).state == "completed"
        assert flow.steps(made.job.id)["by"].output == {"text": "time"}


def test_wall_days_keep_the_wall_time_over_a_change_of_the_clock() -> None:
    """`d` are wall days in the job's zone; on the last Sunday of March one has 23 hours."""
    flow = Flow(wait("1d"), zone="Europe/Berlin")
    flow.outside.now = START.replace(month=3, day=28, hour=11)  # 12:00 in Berlin, the day before
    made = flow.run("flow")
    flow.until(flow.outside.now + timedelta(hours=23))
    assert flow.job(made.job.id).state == "completed"


EVENT = "{event: ticket.answered, where: event.id == inputs.id, within: 2d}"
WAITING = f"""
name: flow
inputs: {{id: {{required: true}}}}
steps:
  - {{id: w, wait: {EVENT}}}
  - {{id: a, set: {{e: '{{{{ steps.w.output }}}}'}}}}
"""


def test_an_event_wakes_the_wait_that_it_is_for() -> None:
    """The condition decides; its data goes on to later steps."""
    flow = Flow(WAITING)
    one, two = flow.run("flow", id=1).job.id, flow.run("flow", id=2).job.id
    flow.tick()
    routed = flow.emit("ticket.answered", id=2, by="ada")
    assert routed.woke == (two,)
    flow.tick()
    assert (flow.job(one).state, flow.job(two).state) == ("in_progress", "completed")
    assert flow.steps(two)["a"].output == {"e": {"woke_by": "event", "event": {"id": 2, "by": "ada"}}}


def test_an_event_that_came_before_the_wait_began_still_wakes_it() -> None:
    """It counts if it came after the job was made; one before that does not."""
    flow = Flow("""
name: flow
steps:
  - {id: first, wait: 1h}
  - {id: w, wait: {event: done, within: 1d}}
  - {id: by, text: '{{ steps.w.output.woke_by }}'}
""")
    flow.emit("done")
    made = flow.run("flow").job.id
    flow.tick()
    flow.go(hours=2)
    assert flow.states(made)["w"] == "waiting", "an event from before the job woke it"
    made = flow.run("flow").job.id
    flow.tick()
    flow.emit("done")
    flow.go(hours=2)
    assert flow.steps(made)["by"].output == {"text": "event"}


def test_a_job_takes_an_event_once_and_the_oldest_first() -> None:
    """Two waits for the same name need two events."""
    flow = Flow("""
name: flow
steps:
  - {id: p, wait: 1h}
  - {id: a, wait: {event: e, within: 9d}}
  - {id: b, wait: {event: e, within: 9d}}
""")
    made = flow.run("flow").job.id
    flow.tick()
    flow.emit("e", n=1)
    flow.go(hours=1)
    assert flow.states(made)["b"] == "waiting"
    flow.emit("e", n=2)
    flow.tick()
    steps = flow.steps(made)
    assert [steps[path].output["event"]["n"] for path in "ab"] == [1, 2]


def test_the_same_key_twice_is_one_event() -> None:
    """For ever."""
    flow = Flow("name: flow\non: [{event: e}]\nsteps: [{id: a, text: x}]\n")
    assert len(flow.emit("e", "k").started) == 1
    assert flow.emit("e", "k").started == ()
    assert len(flow.jobs()) == 1


def test_a_wait_whose_time_runs_out_says_so() -> None:
    """It completes, woken by its timeout."""
    flow = Flow(WAITING)
    made = flow.run("flow", id=1).job.id
    flow.go(days=3)
    assert flow.steps(made)["a"].output == {"e": {"woke_by": "timeout", "event": None}}


TRIGGER = """
name: follow
inputs: {who: {required: true}, topic: {default: the call}}
on:
  - event: calendar.ended
    where: "'vendor' in event.title | lower"
    after: 1h
    key: "{{ event.uid }}"
    inputs: {who: "{{ event.organizer }}"}
steps:
  - {id: note, notify: "{{ inputs.who }} about {{ inputs.topic }}: {{ event.title }}"}
"""


def test_a_trigger_starts_one_job_a_key_and_after_its_time() -> None:
    """One job per key, ever; a second event with the same key gives the first."""
    flow = Flow(TRIGGER)
    assert flow.emit("calendar.ended", uid="1", title="Dentist", organizer="bob").started == ()
    (job,) = flow.emit("calendar.ended", uid="1", title="Vendor call", organizer="ada").started
    assert flow.emit("calendar.ended", uid="1", title="Vendor again", organizer="ada").started == ()
    flow.go(minutes=59)
    assert flow.job(job).state == "pending"
    flow.go(minutes=2)
    assert flow.job(job).state == "completed"
    assert flow.texts()[-1] == "ada about the call: Vendor call"


def test_a_trigger_that_cannot_be_filled_starts_nothing_and_says_so() -> None:
    """An event without what the inputs need; the others still start."""
    flow = Flow(TRIGGER, "name: other\non: [{event: calendar.ended}]\nsteps: [{id: a, text: x}]\n")
    started = flow.emit("calendar.ended", uid="1", title="Vendor").started
    assert [flow.job(job).workflow for job in started] == ["other"]
    assert any("follow could not be started" in text and "organizer" in text for text in flow.texts())


def test_a_step_says_an_event_that_starts_another_job() -> None:
    """emit: taken in by the next round of the same tick."""
    flow = Flow(
        "name: one\nsteps: [{id: say, emit: {event: said, data: {n: 3}}}]\n",
        """
name: two
inputs: {n: {default: 0}}
on: [{event: said, inputs: {n: '{{ event.n }}'}}]
steps: [{id: a, set: {n: '{{ inputs.n }}'}}]
""",
    )
    flow.run("one")
    flow.tick()
    assert [(job.workflow, job.state) for job in flow.jobs()] == [("one", "completed"), ("two", "completed")]
    assert flow.steps(flow.jobs()[1].id)["a"].output == {"n": 3}


def test_a_child_job_gives_its_output_to_its_parent() -> None:
    """And its failure."""
    child = """
name: child
inputs: {n: {required: true}}
steps:
  - {id: a, run: [work, '{{ inputs.n }}'], retry: {attempts: 1}}
  - {id: b, set: {twice: '{{ inputs.n * 2 }}'}}
"""
    parent = """
name: parent
steps:
  - {id: c, workflow: {name: child, inputs: {n: 4}}}
  - {id: d, set: {n: '{{ steps.c.output.twice }}'}}
"""
    flow = Flow(child, parent)
    made = flow.run("parent").job.id
    flow.tick()
    assert flow.job(made).state == "completed"
    assert flow.steps(made)["d"].output == {"n": 8}
    from assistant.ports.action import NotDone

    flow.fails("a", NotDone("no"))
    made = flow.run("parent").job.id
    flow.tick()
    job = flow.job(made)
    assert job.state == "failed" and job.reason is not None and "its job is failed" in job.reason


def test_a_child_job_is_cancelled_with_its_parent() -> None:
    """What it did is undone first; the parent ends after it."""
    from assistant.core.happened import Stopped

    child = "name: child\nsteps:\n  - {id: a, run: [work], undo: {run: [undo]}}\n  - {id: b, wait: 5d}\n"
    flow = Flow(
        child,
        """
name: parent
steps:
  - {id: p, run: [x], undo: {run: [y]}}
  - {id: c, workflow: {name: child}}
""",
    )
    made = flow.run("parent").job.id
    flow.tick()
    flow.tell(made, Stopped("cancelled", "cancelled by the person"))
    assert flow.job(made).state == "in_progress"
    flow.tick()
    assert [job.state for job in flow.jobs()] == ["cancelled", "cancelled"]
    assert flow.states(flow.jobs()[1].id)["a"] == "undone"
    assert flow.states(made)["p"] == "undone"


def test_a_retried_job_starts_its_child_anew() -> None:
    """The child that failed keeps its key; the new one has one of its own."""
    from assistant.core.happened import Retried
    from assistant.ports.action import NotDone

    child = "name: child\nsteps: [{id: a, run: [work], retry: {attempts: 1}}]\n"
    flow = Flow(child, "name: parent\nsteps: [{id: c, workflow: {name: child}}]\n")
    flow.fails("a", NotDone("no"))
    made = flow.run("parent").job.id
    flow.tick()
    assert flow.job(made).state == "failed"
    flow.tell(made, Retried())
    flow.tick()
    assert [str.__str__(job.state) for job in flow.jobs()] == ["completed", "failed", "completed"]
