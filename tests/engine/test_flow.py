"""Workflows from their first step to their end: order, templates, conditions, fallbacks, undo, lists."""

from datetime import timedelta

from assistant.core.happened import Paused, Resumed, Retried, Stopped
from assistant.ports.action import NotDone, Unsure
from assistant.store.idle import next_due
from tests.engine.flows import START, Flow

HEAD = "name: flow\ninputs: {who: {default: ada}, amount: {default: 5}}\nsteps:\n"


def test_the_steps_of_a_job_follow_one_another_in_one_tick() -> None:
    """Each sees what those before it gave."""
    flow = Flow(
        HEAD
        + """
  - {id: greet, text: "Hello {{ inputs.who }}"}
  - {id: send, run: [send, "{{ steps.greet.output.text }}"]}
  - {id: note, task: {title: "sent {{ steps.greet.output.text }}", due: tomorrow 17:00}}
  - {id: all, set: {n: "{{ steps.note.output.id + 1 }}"}}
"""
    )
    made = flow.run("flow")
    assert (made.job.state, flow.states(made.job.id)) == ("pending", {})
    flow.tick()
    assert flow.job(made.job.id).state == "completed"
    assert flow.steps(made.job.id)["send"].action == {"run": {"argv": ["send", "Hello ada"]}}
    (task,) = flow.con.execute("select id, title, due_at from task").fetchall()
    assert task[1:] == ("sent Hello ada", "2026-11-25T17:00:00Z")
    assert flow.steps(made.job.id)["all"].output == {"n": task[0] + 1}


def test_a_job_whose_first_step_acts_outside_is_left_ready_by_the_person() -> None:
    """It is pending until a tick begins it."""
    flow = Flow(HEAD + "  - {id: a, run: [one]}\n  - {id: b, run: [two]}\n")
    made = flow.run("flow")
    assert (made.job.state, flow.states(made.job.id)) == ("pending", {"a": "ready"})
    flow.tick()
    assert flow.job(made.job.id).state == "completed"


def test_a_condition_that_does_not_hold_skips_its_step() -> None:
    """Its state says so to those after it."""
    flow = Flow(
        HEAD
        + """
  - {id: big, when: inputs.amount > 50, run: [pay]}
  - {id: small, when: steps.big.state == 'skipped', text: small}
"""
    )
    made = flow.run("flow")
    flow.tick()
    assert flow.states(made.job.id) == {"big": "skipped", "small": "completed"}
    made = flow.run("flow", amount=60)
    flow.tick()
    assert flow.states(made.job.id) == {"big": "completed", "small": "skipped"}


def test_a_fallback_stands_in_and_is_told_once() -> None:
    """Down to the smallest useful next step; who stood in is known to later steps."""
    flow = Flow(
        HEAD
        + """
  - id: send
    run: [send]
    retry: {attempts: 2, first: 30s}
    fallback:
      - run: [draft]
        retry: {attempts: 1}
      - task: {title: "Send it to {{ inputs.who }} by hand"}
  - {id: by, text: "{{ steps.send.by }}"}
"""
    )
    made = flow.run("flow")
    flow.outside.broken["send"] = NotDone("no route")
    flow.fails("send/fallback/1", NotDone("disk", permanent=True))
    flow.go(hours=1)
    assert flow.job(made.job.id).state == "completed"
    assert flow.steps(made.job.id)["by"].output == {"text": "fallback"}
    assert flow.con.execute("select title from task").fetchone()[0] == "Send it to ada by hand"
    told = [text for text in flow.texts() if "Done instead" in text]
    assert told == ["job 1 (flow): send did not work after 2 attempts: no route. Done instead: task · see: ask show 1"]


UNDOING = (
    HEAD
    + """
  - {id: a, run: [a], undo: {run: [undo-a, "{{ key }}"]}}
  - {id: b, run: [b], undo: {run: [undo-b]}}
  - {id: c, run: [c], retry: {attempts: 1}}
"""
)


def test_what_was_done_is_undone_in_reverse_when_a_later_step_fails_for_good() -> None:
    """The job ends as failed after that, and one question says so."""
    flow = Flow(UNDOING)
    made = flow.run("flow")
    flow.fails("c", NotDone("no"))
    flow.tick()
    assert flow.job(made.job.id).state == "failed"
    assert flow.states(made.job.id) == {
        "a": "undone", "b": "undone", "c": "failed", "a/undo": "completed", "b/undo": "completed",
    }  # fmt: skip
    undo = [
        row[0] for row in flow.con.execute("select row from journal where tab='step' and what='undone' order by id")
    ]
    assert undo == [str(flow.steps(made.job.id)[path].id) for path in ("b", "a")]
    assert flow.steps(made.job.id)["a/undo"].action["run"]["argv"][1] == flow.steps(made.job.id)["a"].key
    assert [request.kind for request in flow.requests()] == ["failure"]


def test_a_retried_job_begins_at_the_failed_step_and_repeats_what_was_undone_under_new_keys() -> None:
    """Fresh attempts; the keys of what was undone are new, since the outside has seen the old ones."""
    flow = Flow(UNDOING)
    made = flow.run("flow")
    flow.fails("c", NotDone("no"))
    flow.tick()
    before = flow.steps(made.job.id)
    flow.tell(made.job.id, Retried())
    flow.tick()
    after = flow.steps(made.job.id)
    assert flow.job(made.job.id).state == "completed"
    assert (after["a"].key, after["c"].key) == (before["a"].key + "~2", before["c"].key)
    assert {key: count for key, count in flow.outside.effects.items() if key.startswith(after["a"].key)}
    assert not flow.requests()


def test_an_undo_that_fails_for_good_asks_and_the_others_go_on() -> None:
    """The job still ends as its cause says."""
    flow = Flow(UNDOING)
    made = flow.run("flow")
    flow.fails("c", NotDone("no"))
    flow.outside.broken["b/undo"] = NotDone("gone", permanent=True)
    flow.go(hours=1)
    assert flow.states(made.job.id)["a"] == "undone"
    assert flow.states(made.job.id)["b"] == "failed"
    assert flow.job(made.job.id).state == "failed"
    assert sorted(request.title for request in flow.requests()) == [
        "flow: step b could not be undone: gone", "flow: step c failed after 1 attempts: no",
    ]  # fmt: skip


def test_a_cancelled_job_is_undone_and_one_that_keeps_is_not() -> None:
    """`cancel` undoes, `cancel --keep` does not."""
    for keep, state in ((False, "undone"), (True, "completed")):
        flow = Flow(HEAD + "  - {id: a, run: [a], undo: {run: [undo-a]}}\n  - {id: w, wait: 2h}\n")
        made = flow.run("flow")
        flow.tick()
        flow.tell(made.job.id, Stopped("cancelled", "cancelled by the person", keep))
        flow.tick()
        assert flow.job(made.job.id).state == "cancelled"
        assert flow.states(made.job.id)["a"] == state


def test_each_item_of_a_list_has_its_own_attempts() -> None:
    """One fails and is tried again; the others do not wait for it; the output is in the order of the list."""
    flow = Flow("""
name: flow
inputs: {names: {default: [ada, bob, cid]}}
steps:
  - {id: mail, for_each: inputs.names, at_once: 2, run: [mail, "{{ item }}", "{{ index }}"]}
  - {id: count, text: "{{ steps.mail.output | length }}"}
""")
    made = flow.run("flow")
    flow.fails("mail/1", NotDone("busy"))
    flow.tick()
    assert flow.states(made.job.id) == {
        "mail": "waiting", "mail/0": "completed", "mail/1": "waiting", "mail/2": "completed"
    }  # fmt: skip
    flow.go(hours=1)
    assert flow.job(made.job.id).state == "completed"
    assert flow.steps(made.job.id)["mail/1"].action["run"]["argv"] == ["mail", "bob", 1]
    assert flow.steps(made.job.id)["count"].output == {"text": "3"}


def test_a_list_whose_item_fails_for_good_fails_and_its_items_are_undone_in_reverse() -> None:
    """What had not begun does not begin."""
    flow = Flow("""
name: flow
inputs: {names: {default: [a, b, c, d]}}
steps:
  - {id: do, for_each: inputs.names, run: [do, "{{ item }}"], retry: {attempts: 1}, undo: {run: [undo, "{{ item }}"]}}
""")
    made = flow.run("flow")
    flow.fails("do/2", NotDone("no"))
    flow.tick()
    states = flow.states(made.job.id)
    assert (states["do/0"], states["do/1"], states["do/2"], states["do/3"], states["do"]) == (
        "undone", "undone", "failed", "cancelled", "failed",
    )  # fmt: skip
    order = [row[0] for row in flow.con.execute("select path from step where path like '%undo' order by id")]
    assert order == ["do/1/undo", "do/0/undo"]
    flow.tell(made.job.id, Retried())
    flow.tick()
    assert flow.job(made.job.id).state == "completed", flow.states(made.job.id)


def test_what_may_have_happened_is_probed_and_not_repeated() -> None:
    """Exit 0 of the probe: it happened; the job goes on without a second effect."""
    flow = Flow(HEAD + "  - {id: pay, run: [pay], probe: {run: [was-it-paid, '{{ key }}']}}\n")
    for seen, times in ((True, 1), (False, 2)):
        made = flow.run("flow")
        flow.fails("pay", Unsure("cut off"))
        if not seen:
            flow.fails("pay/probe", NotDone("not paid"))
        flow.go(hours=1)
        assert flow.job(made.job.id).state == "completed"
        key = flow.steps(made.job.id)["pay"].key
        assert flow.outside.effects[key] == times


def test_what_nobody_can_tell_holds_the_job_until_a_person_settles_it() -> None:
    """Not repeated, not dropped; also on cancel."""
    flow = Flow(HEAD + "  - {id: pay, run: [pay], undo: {run: [refund]}}\n  - {id: next, text: x}\n")
    made = flow.run("flow")
    flow.fails("pay", Unsure("cut off"))
    flow.tick()
    assert flow.states(made.job.id) == {"pay": "unknown"}
    flow.tell(made.job.id, Stopped("cancelled", "cancelled by the person"))
    flow.go(days=1)
    assert (flow.job(made.job.id).state, flow.states(made.job.id)) == ("awaiting_input", {"pay": "unknown"})
    flow.answer("happened")
    flow.go(days=1)
    assert flow.job(made.job.id).state == "cancelled"
    assert flow.states(made.job.id) == {"pay": "undone", "pay/undo": "completed"}


def test_a_template_that_cannot_be_filled_fails_its_step_by_name() -> None:
    """Never an empty text."""
    flow = Flow(HEAD + "  - {id: a, set: {x: '{{ inputs.who | int }}'}}\n")
    made = flow.run("flow")
    flow.tick()
    job = flow.job(made.job.id)
    assert job.state == "failed"
    assert job.reason is not None and "step a" in job.reason and "inputs.who" in job.reason


def test_a_deadline_that_passes_fails_the_job_and_says_so() -> None:
    """What was done is undone."""
    flow = Flow("name: flow\ndeadline: 2d\nsteps:\n  - {id: a, run: [a], undo: {run: [b]}}\n  - {id: w, wait: 3d}\n")
    made = flow.run("flow")
    flow.go(days=4)
    job = flow.job(made.job.id)
    assert (job.state, flow.states(made.job.id)["a"]) == ("failed", "undone")
    assert job.ended_at == START + timedelta(days=2)
    assert any("deadline" in text for text in flow.texts())


def test_a_paused_job_begins_nothing_until_it_is_resumed() -> None:
    """What is under way ends; a wait that is over, a retry and a pending start all wait; an idle tick stays idle."""
    flow = Flow(HEAD + "  - {id: a, run: [a]}\n  - {id: w, wait: 1h}\n  - {id: b, run: [b]}\n")
    first, second = flow.run("flow").job.id, flow.run("flow").job.id
    flow.tell(second, Paused())
    flow.tick()
    flow.tell(first, Paused())
    flow.go(hours=2)
    assert flow.states(first) == {"a": "completed", "w": "waiting"}
    assert flow.states(second) == {"a": "waiting"}
    assert next_due(flow.con) is None
    for job in (first, second):
        flow.tell(job, Resumed())
    flow.go(hours=2)
    assert [str.__str__(job.state) for job in flow.jobs()] == ["completed", "completed"]
