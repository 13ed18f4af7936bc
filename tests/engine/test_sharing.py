"""What jobs share: overlap and subjects, limits, services that are down, error budgets."""

from datetime import timedelta

from assistant.instants import to_text
from assistant.ports.action import NotDone
from assistant.store.idle import next_due
from tests.engine.flows import START, Flow


def overlapping(overlap: str) -> str:
    """A workflow that an event starts and that takes a day."""
    return f"""
name: flow
inputs: {{who: {{default: x}}}}
on: [{{event: e, inputs: {{who: "{{{{ event.who }}}}"}}}}]
subject: "{{{{ inputs.who }}}}"
overlap: {overlap}
steps:
  - {{id: a, run: [do], undo: {{run: [undo]}}}}
  - {{id: w, wait: 1d}}
  - {{id: b, run: [end]}}
"""


def states(flow: Flow) -> list[str]:
    """The states of all jobs, the oldest first."""
    return [str.__str__(job.state) for job in flow.jobs()]


def test_skip_starts_no_second_job_of_a_subject() -> None:
    """Another subject is not concerned."""
    flow = Flow(overlapping("skip"))
    flow.emit("e", who="ada")
    flow.tick()
    assert flow.emit("e", who="ada").started == ()
    assert len(flow.emit("e", who="bob").started) == 1


def test_queue_starts_the_next_job_when_the_one_before_has_ended() -> None:
    """In the order in which they came."""
    flow = Flow(overlapping("queue"))
    for _ in range(3):
        flow.emit("e", who="ada")
    flow.tick()
    assert states(flow) == ["in_progress", "pending", "pending"]
    flow.go(days=1, minutes=1)
    assert states(flow) == ["completed", "in_progress", "pending"]
    flow.go(days=3)
    assert states(flow) == ["completed"] * 3
    ended = [job.ended_at for job in flow.jobs()]
    assert ended == [START + timedelta(days=day) for day in (1, 2, 3)]


def test_a_queued_job_whose_own_time_comes_still_waits_for_the_one_before() -> None:
    """`after` says when it may begin at the earliest; overlap, that it is not its turn yet."""
    flow = Flow(overlapping("queue").replace("on: [{event: e,", "on: [{event: e, after: 1h,"))
    for _ in range(2):
        flow.emit("e", who="ada")
    flow.go(hours=2)
    assert states(flow) == ["in_progress", "pending"]
    assert next_due(flow.con) == to_text(START + timedelta(days=1, hours=1))
    flow.go(days=3)
    assert [job.ended_at for job in flow.jobs()] == [START + timedelta(days=day, hours=1) for day in (1, 2)]


def test_supersede_undoes_what_the_older_job_did_before_the_newer_begins() -> None:
    """The newest state wins."""
    flow = Flow(overlapping("supersede"))
    flow.emit("e", who="ada")
    flow.tick()
    flow.emit("e", who="ada")
    assert states(flow) == ["in_progress", "pending"]
    assert flow.job(2).queued == 1
    flow.tick()
    assert states(flow) == ["superseded", "in_progress"]
    assert flow.states(1)["a"] == "undone"
    flow.go(days=2)
    assert states(flow) == ["superseded", "completed"]


def test_a_job_by_hand_always_starts_unless_its_key_is_known() -> None:
    """Overlap counts for slots and events."""
    flow = Flow(overlapping("skip"))
    first = flow.run("flow", "k", who="ada")
    assert flow.run("flow", who="ada").duplicate is False
    again = flow.run("flow", "k", who="ada")
    assert (again.duplicate, again.job.id) == (True, first.job.id)


LIMITED = """
name: flow
inputs: {n: {default: 0}}
steps:
  - {id: a, run: [do, '{{ inputs.n }}'], limit: {to: mail, per: 10s}}
"""


def test_a_limit_of_time_spreads_the_steps_of_all_jobs() -> None:
    """One begins each ten seconds, and each waits only for its own turn."""
    flow = Flow(LIMITED)
    for n in range(5):
        flow.run("flow", n=n)
    flow.tick()
    assert states(flow).count("completed") == 1
    flow.go(seconds=20)
    assert states(flow).count("completed") == 3
    flow.go(minutes=5)
    began = [row[0] for row in flow.con.execute("select began_at from attempt order by began_at")]
    assert began == [f"2026-11-24T08:00:{second:02}Z" for second in (0, 10, 20, 30, 40)]


PARKING = """
name: flow
steps:
  - id: a
    run: [/usr/bin/upload]
    retry: {attempts: 2, first: 30s, park: 3d}
    fallback: [{task: {title: upload by hand}}]
"""
DOWN = NotDone("connection refused", down=True)


def test_steps_of_a_service_that_is_down_wait_without_spending_attempts() -> None:
    """One notice; one step tries now and then; all go on when it is back, and one notice says so."""
    flow = Flow(PARKING)
    for _ in range(4):
        flow.run("flow")
    flow.outside.broken["a"] = DOWN
    flow.go(days=2)
    assert states(flow) == ["in_progress", "pending", "pending", "pending"]
    rows = flow.con.execute("select attempts - forgiven, held from step where path = 'a'").fetchall()
    assert rows == [(0, "down")] * 4
    assert flow.con.execute("select max(attempts) from step").fetchone()[0] < 110, "it hammers a service that is down"
    del flow.outside.broken["a"]
    flow.go(hours=1)
    assert states(flow) == ["completed"] * 4
    told = flow.texts()
    assert [text for text in told if "upload" in text] == [
        "upload is down: connection refused. Its steps wait, and go on by themselves when it is back",
        "upload is back after 2 d; 3 steps go on",
    ], told


def test_a_step_that_waited_as_long_as_it_may_gives_way_to_its_fallback() -> None:
    """park: 3d."""
    flow = Flow(PARKING)
    for _ in range(2):
        flow.run("flow")
    flow.outside.broken["a"] = DOWN
    flow.go(days=4)
    assert states(flow) == ["completed"] * 2
    assert flow.con.execute("select count(*) from task").fetchone()[0] == 2


BUDGET = "name: flow\nbudget: {failures: 2, window: 7d}\nsteps:\n  - {id: a, run: [do], retry: {attempts: 1}}\n"


def test_a_spent_error_budget_makes_a_workflow_ask_first_and_a_success_gives_it_back() -> None:
    """Acts → asks first → drafts only; said once; never stops others."""
    flow = Flow(BUDGET)
    flow.outside.broken["a"] = NotDone("no")
    for _ in range(2):
        flow.run("flow")
        flow.tick()
    assert any("from now on it asks first" in text for text in flow.texts())
    del flow.outside.broken["a"]
    made = flow.run("flow").job.id
    flow.tick()
    assert flow.job(made).state == "awaiting_input"
    flow.go(hours=7)
    (request,) = [request for request in flow.requests() if request.kind == "approval"]
    from assistant.core.happened import Answered

    flow.tell(made, Answered(request, "approve"))
    flow.tick()
    assert flow.job(made).state == "completed"
    assert any("from now on it acts by itself" in text for text in flow.texts())
    made = flow.run("flow").job.id
    flow.tick()
    assert flow.job(made).state == "completed"


def test_a_limit_at_once_holds_the_steps_of_other_jobs_until_a_place_is_free() -> None:
    """Counted by the leases of workers that live; one that died gives its place back."""
    from tests.world import Died

    limited = "name: flow\nsteps: [{id: a, run: [do], limit: {to: mail, at_once: 1}, effect: repeatable}]\n"
    flow = Flow(limited)
    for _ in range(3):
        flow.run("flow")
    outside = flow.outside
    outside.interlope = lambda name: (
        setattr(outside, "die_at", outside.boundary_count) if "before perform" in name else None
    )
    try:
        flow.tick("at work")
    except Died:
        pass
    outside.interlope, outside.die_at = None, None
    flow.tick()
    held = flow.con.execute("select state, held from step order by id").fetchall()
    assert held == [("running", None), ("waiting", "limit"), ("waiting", "limit")]
    outside.dead.add("at work")
    flow.go(hours=1)
    assert states(flow) == ["completed"] * 3
