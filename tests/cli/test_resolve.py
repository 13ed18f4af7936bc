"""Stories of what nobody knows and of what failed: resolve and retry."""

import os
import signal
import time
from typing import TYPE_CHECKING

from tests.cli.workflows import keep, run, started

if TYPE_CHECKING:
    from tests.conftest import Ask

SLOW = """
name: bill
steps:
  - id: pay
    run: [sh, -c, 'echo paid >> {folder}/paid; echo $$ > {folder}/pid; exec sleep 600']
  - {{id: say, text: "paid as {{{{ steps.pay.output.json.receipt if steps.pay.output else '?' }}}}"}}
"""
PATIENCE_S = 20.0


def killed(ask: "Ask") -> int:
    """A job whose step had begun when the machine stopped: its number."""
    keep(ask, SLOW.format(folder=ask.folder))
    job = run(ask, "bill")
    tick = ask.start("run-due", start_new_session=True)
    _wait_for(ask)
    os.killpg(tick.pid, signal.SIGKILL)
    tick.communicate()
    os.killpg(int((ask.folder / "pid").read_text()), signal.SIGKILL)
    (ask.folder / "pid").unlink()
    ask.ok("run-due")
    return job


def _wait_for(ask: "Ask") -> None:
    until = time.monotonic() + PATIENCE_S
    while not (ask.folder / "pid").exists() or not (ask.folder / "pid").read_text().strip():
        assert time.monotonic() < until, "the step did not begin"
        os.sched_yield()


def paid(ask: "Ask") -> int:
    """How often the step took effect."""
    return len((ask.folder / "paid").read_text().splitlines())


def test_what_was_cut_off_is_asked_and_not_repeated(ask: "Ask") -> None:
    """EXPERIENCE "When things go wrong": what, why, and both ways."""
    job = killed(ask)
    (asked,) = ask.json("inbox")
    assert (asked["kind"], asked["job"]) == ("unknown", job)
    assert asked["actions"] == [f"ask resolve {asked['id']} --happened", f"ask resolve {asked['id']} --did-not"]
    shown = ask.terminal("inbox", NO_COLOR="1").out
    assert f"  {asked['id']}  did this happen? · bill (job {job}), step pay\n" in shown
    assert "(then it runs again)" in shown
    ask.ok("run-due")
    assert paid(ask) == 1


def test_what_happened_is_not_done_again_and_its_output_may_be_given(ask: "Ask") -> None:
    """`--happened --output JSON`: the steps after it see that."""
    job = killed(ask)
    (item,) = ask.json("resolve", str(job), "--happened", "--output", '{"json": {"receipt": "A7"}}')
    assert item["id"] == job
    ask.ok("run-due")
    shown = ask.json("show", str(job))
    assert (shown["state"], paid(ask)) == ("completed", 1)
    assert shown["steps"][-1]["output"] == {"text": "paid as A7"}


def test_what_happened_without_an_output_gives_null(ask: "Ask") -> None:
    """WORKFLOW "Effects"."""
    job = killed(ask)
    ask.ok("resolve", str(job), "--happened")
    shown = ask.json("show", str(job))
    assert [step["output"] for step in shown["steps"] if step["path"] == "pay"] == [None]
    assert shown["state"] == "completed"


def test_what_did_not_happen_is_tried_again(ask: "Ask") -> None:
    """One more attempt is granted, with the next tick."""
    job = killed(ask)
    ask.ok("resolve", str(job), "--did-not")
    (step,) = (step for step in ask.json("show", str(job))["steps"] if step["path"] == "pay")
    assert step["state"] == "ready"


def test_resolve_needs_one_of_both_words(ask: "Ask") -> None:
    """Neither, both, or an output of what did not happen: exit 2."""
    job = str(killed(ask))
    ask.refused(2, "resolve", job)
    ask.refused(2, "resolve", job, "--happened", "--did-not")
    ask.refused(2, "resolve", job, "--did-not", "--output", "{}")
    assert "no JSON" in ask.refused(2, "resolve", job, "--happened", "--output", "{")
    assert len(ask.json("inbox")) == 1


# Retry

FAILS = "name: flow\nsteps:\n  - {{id: act, run: [test, -e, {folder}/there], retry: {{attempts: 1}}}}\n"


def failed(ask: "Ask") -> int:
    """A job whose only step failed: its number."""
    return started(ask, FAILS.format(folder=ask.folder))


def test_a_failed_job_begins_again_at_the_failed_step(ask: "Ask") -> None:
    """`ask retry` on the job; the next tick does it."""
    job = failed(ask)
    (ask.folder / "there").touch()
    (item,) = ask.json("retry", str(job))
    assert (item["id"], item["state"]) == (job, "in_progress")
    ask.ok("run-due")
    assert ask.json("show", str(job))["state"] == "completed"
    assert ask.json("inbox") == []


def test_a_failed_job_is_retried_by_its_request_and_as_often_as_it_fails(ask: "Ask") -> None:
    """The failure asks; each retry settles that, and a new failure asks anew."""
    job = failed(ask)
    for _ in range(3):
        (asked,) = ask.json("inbox")
        assert (asked["kind"], asked["actions"][0]) == ("failure", f"ask retry {asked['id']}")
        ask.ok("retry", str(asked["id"]))
        ask.ok("run-due")
    assert ask.json("show", str(job))["state"] == "failed"
    assert len(ask.json("inbox")) == 1


def test_a_failure_that_was_seen_needs_no_retry(ask: "Ask") -> None:
    """`ask done` on its request."""
    job = failed(ask)
    (asked,) = ask.json("inbox")
    (item,) = ask.json("done", str(asked["id"]))
    assert item["state"] == "resolved"
    assert (ask.json("inbox"), ask.json("show", str(job))["state"]) == ([], "failed")


def test_only_a_failed_job_is_retried(ask: "Ask") -> None:
    """Exit 4 with what it is."""
    (ask.folder / "there").touch()
    job = failed(ask)
    assert f"Job {job} is completed" in ask.refused(4, "retry", str(job))
    task = ask.number("add", "x")
    assert "no job" in ask.refused(4, "retry", task)


def test_a_step_that_cannot_be_rendered_fails_again_and_again(ask: "Ask") -> None:
    """It never has an attempt; each failure is told all the same."""
    job = started(
        ask, "name: flow\ninputs: {x: {default: {}}}\nsteps:\n  - {id: act, run: [echo, '{{ inputs.x.y }}']}\n"
    )
    for _ in range(2):
        assert ask.json("show", str(job))["state"] == "failed"
        ask.ok("retry", str(job))
        ask.ok("run-due")
    assert ask.json("show", str(job))["state"] == "failed"
