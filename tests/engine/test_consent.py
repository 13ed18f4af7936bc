"""Approvals, questions and ladders: what a person decides, and what follows when nobody does."""

from datetime import timedelta

from assistant.core.consent import hash_of
from assistant.core.happened import Answered
from tests.engine.flows import START, Flow

APPROVED = """
name: flow
inputs: {to: {default: ada@example.com}, amount: {default: 5}}
steps:
  - {id: read, run: [facts], effect: read}
  - id: pay
    run: [pay, "{{ inputs.to }}", "{{ steps.read.output.n }}"]
    approve: {expires: 2d, on_expiry: deny, recheck: [read]}
"""


def simple(approve: str, more: str = "") -> str:
    """One step that may be asked about."""
    return f"""
name: flow
inputs: {{amount: {{default: 5}}}}
steps:
  - {{id: first, run: [x], undo: {{run: [y]}}}}
  - {{id: pay, run: [pay, '{{{{ inputs.amount }}}}'], approve: {approve}{more}}}
"""


def test_an_approved_step_runs_what_was_shown() -> None:
    """The kept action, by its hash; it waits holding nothing."""
    flow = Flow(simple("always"))
    made = flow.run("flow").job.id
    flow.tick()
    (request,) = flow.requests()
    assert (flow.job(made).state, request.kind) == ("awaiting_input", "approval")
    assert request.proposal == {"action": "run", "argv": ["pay", 5]}
    assert request.hash == hash_of(flow.steps(made)["pay"].action)
    assert request.expires_at == START + timedelta(days=7)
    flow.go(days=1)
    assert sum(flow.outside.effects.values()) == 1
    flow.answer("approve")
    flow.tick()
    assert flow.job(made).state == "completed"


def test_a_denied_step_cancels_its_job_and_undoes_what_was_done() -> None:
    """As does one that expires as denied."""
    for deny in (True, False):
        flow = Flow(simple("{expires: 2d}"))
        made = flow.run("flow").job.id
        flow.tick()
        if deny:
            flow.answer("deny", "too much")
        flow.go(days=3)
        assert flow.job(made).state == "cancelled"
        assert flow.states(made)["first"] == "undone"
        assert flow.states(made)["pay"] == "cancelled"


def test_a_denied_step_with_a_fallback_falls_back() -> None:
    """The smallest useful next step."""
    flow = Flow(simple("always", ", fallback: [{task: {title: pay by hand}}]"))
    made = flow.run("flow").job.id
    flow.tick()
    flow.answer("deny")
    flow.tick()
    assert flow.job(made).state == "completed"
    assert flow.steps(made)["pay"].done_by == "fallback"


def test_an_edit_makes_the_action_anew_and_is_approved_as_shown() -> None:
    """An input of the job, or a field of the action."""
    flow = Flow(simple("{when: inputs.amount > 3}"))
    made = flow.run("flow").job.id
    flow.tick()
    before = flow.requests()[0]
    flow.answer("approve", amount=4)
    flow.tick()
    row = flow.con.execute("select hash, state from request where id = ?", (before.id,)).fetchone()
    assert flow.steps(made)["pay"].action == {"run": {"argv": ["pay", 4]}}
    assert row == (hash_of({"run": {"argv": ["pay", 4]}}), "approved")
    assert flow.job(made).state == "completed"


def test_facts_that_changed_meanwhile_ask_again() -> None:
    """They are read again after the approval; a difference is shown, and nothing runs on stale facts."""
    from assistant.ports.action import Done

    flow = Flow(APPROVED.replace("steps.read.output.n", "steps.read.output.stdout"))
    made = flow.run("flow").job.id
    flow.fails("read", Done({"stdout": "1"}))
    flow.fails("pay/recheck/read", Done({"stdout": "2"}), Done({"stdout": "2"}))
    flow.tick()
    flow.answer("approve")
    flow.tick()
    (request,) = flow.requests()
    assert request.because == "read changed since you were asked: stdout: 1 → 2"
    assert request.proposal == {"action": "run", "argv": ["pay", "ada@example.com", "2"]}
    flow.answer("approve")
    flow.tick()
    assert flow.job(made).state == "completed"
    assert flow.steps(made)["pay"].action["run"]["argv"][2] == "2"


def test_the_floor_asks_also_where_the_file_does_not() -> None:
    """HTTP that changes things, and what the person listed; a preference of theirs lowers it."""
    http = "name: flow\nsteps: [{id: post, http: {url: 'https://example.com/x', json: {a: 1}}, approve: never}]\n"
    flow = Flow(http)
    flow.run("flow")
    flow.tick()
    assert [request.kind for request in flow.requests()] == ["approval"]
    flow = Flow(http, approve_never="http")
    made = flow.run("flow").job.id
    flow.tick()
    assert flow.job(made).state == "completed"
    for kept in ({"approve_always": "run"}, {"approve_over": "50"}):
        flow = Flow(simple("never"), **kept)
        flow.run("flow", amount=60)
        flow.tick()
        assert [request.kind for request in flow.requests()] == ["approval"], kept


def test_a_question_waits_for_its_answer() -> None:
    """What was said goes on to later steps."""
    flow = Flow("""
name: flow
steps:
  - {id: q, ask: {question: 'Ship it?', choices: [yes, no], expires: 1d}}
  - {id: a, text: 'you said {{ steps.q.output }}'}
""")
    made = flow.run("flow").job.id
    flow.tick()
    assert flow.job(made).state == "awaiting_input"
    flow.answer("yes", "yes")
    flow.tick()
    assert flow.steps(made)["a"].output == {"text": "you said yes"}
    made = flow.run("flow").job.id
    flow.go(days=2)
    assert flow.job(made).state == "cancelled"


LADDER = """
name: flow
steps:
  - id: nudge
    notify: {text: Did Ada answer?}
    until: ack
    repeat: [15m, 30m]
    escalate:
      - {after: 2h, notify: {text: tell the manager}}
      - {after: 1 business day, task: {title: Chase Ada}}
  - {id: last, text: "{{ steps.nudge.output.acknowledged }}"}
"""


def test_a_ladder_climbs_by_planned_times_and_ends_after_its_last_rung() -> None:
    """Repeats ring until the first rung; after the last one nothing more is sent, and the job says so."""
    flow = Flow(LADDER)
    made = flow.run("flow").job.id
    flow.go(days=5)
    job = flow.job(made)
    assert job.state == "completed"
    assert flow.steps(made)["last"].output == {"text": "false"}
    texts = flow.texts()
    assert texts.count("Did Ada answer?") == 5  # at 0, 15, 45, 75 and 105 min
    assert texts.count("tell the manager") == 1
    assert flow.con.execute("select title, created_at from task").fetchall() == [("Chase Ada", "2026-11-25T10:00:00Z")]
    assert job.reason is not None and "nobody answered" in job.reason


def test_an_answer_ends_the_whole_ladder() -> None:
    """Nothing is sent after it."""
    flow = Flow(LADDER)
    made = flow.run("flow").job.id
    flow.go(hours=3)
    assert flow.texts().count("tell the manager") == 1
    flow.answer("ack")
    before = flow.texts()
    flow.go(days=5)
    assert flow.texts() == before
    assert flow.steps(made)["last"].output == {"text": "true"}


def test_after_a_sleep_only_the_latest_due_rung_is_taken() -> None:
    """The passed ones are recorded."""
    flow = Flow(LADDER)
    made = flow.run("flow").job.id
    flow.tick()
    flow.outside.now = START + timedelta(days=3)
    flow.tick()
    assert flow.texts().count("tell the manager") == 0
    assert flow.con.execute("select count(*) from task").fetchone()[0] == 1
    assert flow.job(made).state == "completed"
    assert flow.con.execute("select count(*) from journal where what like 'rung 2; 1 passed%'").fetchone()[0] == 1


def test_two_answers_to_one_question_are_one() -> None:
    """The second is refused by the state of the request."""
    import pytest

    from assistant.errors import AskError

    flow = Flow(simple("always"))
    made = flow.run("flow").job.id
    flow.tick()
    (request,) = flow.requests()
    flow.tell(made, Answered(request, "approve"))
    with pytest.raises(AskError):
        flow.tell(made, Answered(request, "approve"))


def test_the_title_of_a_step_is_filled_where_it_is_shown() -> None:
    """In the question, and in what is said of it; one that cannot be filled gives way to the step's name."""
    for title, shown in (("pay {{ inputs.amount }}", "flow: pay 5"), ("pay {{ inputs.amount.x }}", "flow: pay")):
        flow = Flow(simple("always", f", title: '{title}'"))
        flow.run("flow")
        flow.tick()
        assert flow.requests()[0].title == shown
        assert shown in flow.texts()[-1]
