"""Stories of `why`, `show` and `list` for jobs and schedules of workflows: what they wait for, and what follows."""

from typing import TYPE_CHECKING

import pytest

from tests.cli.keeping import REPORT, job, keep, simple

if TYPE_CHECKING:
    from tests.conftest import Ask

TICK = "2026-11-23T16:21:00+01:00"


def why(ask: "Ask", number: object) -> str:
    """The one sentence of an item, which `show` and `list` give too."""
    said: str = ask.json("why", str(number))["why"]
    assert ask.json("show", str(number))["why"] == said
    return said


def begun(ask: "Ask", text: str, *given: str) -> int:
    """A job of a workflow, after one tick."""
    name = keep(ask, text)["name"]
    number: int = ask.json("run", name, *given)["id"]
    ask.tick(TICK)
    return number


def test_a_retry_says_which_attempt_when_and_what_comes_after_the_last(ask: "Ask") -> None:
    """Attempt, how far apart, the reason, the fallback."""
    step = (
        "{id: send, run: [sh, -c, exit 9], retry: {attempts: 5, first: 8m, max: 1h}, fallback: [{task: {title: Send}}]}"
    )
    number = begun(ask, simple("offer", step))
    said = why(ask, number)
    assert said.startswith(f'Job {number} (offer) waits to try "send" again Mon 23 Nov 2026 16:2')
    assert "(attempt 2 of 5, at most 1 h apart)" in said
    assert said.endswith("after attempt 5 it makes a task for you and tells you.")
    (step_shown,) = job(ask, number)["steps"]
    assert job(ask, number)["next_at"] == step_shown["wake_at"]
    assert [(one["number"], one["outcome"]) for one in step_shown["tries"]] == [(1, "failed")]
    assert "step     send  waiting  1 attempt" in ask.terminal("show", str(number)).out


def test_a_retry_without_a_fallback_says_that_the_job_fails(ask: "Ask") -> None:
    """And that what was done before it is undone."""
    steps = "{id: book, run: ['true'], undo: {run: ['true']}}\n{id: send, run: [sh, -c, exit 9]}"
    number = begun(ask, simple("offer", steps))
    assert why(ask, number).endswith("after attempt 3 the job fails, what was done is undone, and you are told.")


def test_a_failed_job_says_how_it_is_tried_again(ask: "Ask") -> None:
    """The reason stands in the sentence."""
    number = begun(ask, simple("offer", "{id: send, run: [sh, -c, exit 9], retry: {attempts: 1}}"))
    said = why(ask, number)
    assert "is failed since Mon 23 Nov 2026 16:21 Europe/Berlin: step send failed after 1 attempt" in said
    assert said.endswith(f"again: ask retry {number}.")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("{id: hold, wait: 2h}", 'waits in "hold" until Mon 23 Nov 2026 18:21 Europe/Berlin (in 2 h)'),
        ("{id: hold, wait: {event: bell}}", 'waits in "hold" for the event bell'),
        ("{id: hold, wait: {event: bell, within: 1h}}", "at most until Mon 23 Nov 2026 17:21 Europe/Berlin (in 1 h)"),
        ("{id: hold, ask: {question: 'Go on?', choices: [yes, no]}}", "waits for your answer: "),
        ("{id: pay, run: ['true'], approve: {expires: 2d}}", "(in 2 d) it is denied"),
        ("{id: pay, run: ['true'], approve: always}", "waits for your approval of w: pay"),
        ("{id: ring, notify: Hello, until: ack, repeat: [15m]}", 'waits for your answer in "ring": it rang 1 time'),
    ],
)  # fmt: skip
def test_what_is_waited_for_is_said(ask: "Ask", step: str, said: str) -> None:
    """A time, an event, its end, an answer, an approval, an acknowledgement."""
    assert said in why(ask, begun(ask, simple("w", step)))


def test_a_ladder_says_what_comes_next(ask: "Ask") -> None:
    """The ring and the rung."""
    step = "{id: ring, notify: Hello, until: ack, repeat: [15m], escalate: [{after: 1h, task: {title: Chase}}]}"
    said = why(ask, begun(ask, simple("w", step)))
    assert "it rings again or goes on Mon 23 Nov 2026 16:36" in said
    assert "step 1 of 1 of its ladder (task) Mon 23 Nov 2026 17:21" in said


def test_a_deadline_is_said(ask: "Ask") -> None:
    """With what happens then."""
    number = begun(ask, simple("w", "{id: hold, wait: 2h}", "deadline: 1h\n"))
    assert "if it is not done by Mon 23 Nov 2026 17:20 Europe/Berlin (in 59 min), it fails" in why(ask, number)


def test_a_service_that_is_down_is_said(ask: "Ask") -> None:
    """Since when, when it is looked at again, that no attempt is spent, and how long it waits."""
    step = "{id: get, http: {url: 'http://127.0.0.1:9/x'}, retry: {park: 3d}}"
    said = why(ask, begun(ask, simple("w", step)))
    assert "waits for 127.0.0.1:9, which is down since Mon 23 Nov 2026 16:21 Europe/Berlin, looked at again" in said
    assert "no attempt is spent; without it until Thu 26 Nov 2026 16:21" in said


def test_a_limit_is_said(ask: "Ask") -> None:
    """Which, and when the turn comes."""
    keep(ask, simple("w", "{id: go, run: ['true'], limit: {to: mail, per: 10m}}"))
    _, second = (ask.json("run", "w")["id"] for _ in range(2))
    ask.tick(TICK)
    assert 'waits for its turn at mail Mon 23 Nov 2026 16:31 Europe/Berlin (in 10 min) to begin "go"' in why(
        ask, second
    )
    assert "(limit: one in 10 min)" in why(ask, second)


def test_a_queued_job_names_the_one_before_it(ask: "Ask") -> None:
    """It begins when that one has ended."""
    head = "overlap: queue\non: [{event: bell}]\n"
    keep(ask, simple("w", "{id: hold, wait: 2h}", head))
    (first,) = ask.json("emit", "bell")["started"]
    (second,) = ask.json("emit", "bell")["started"]
    ask.tick(TICK)
    assert why(ask, second) == f"Job {second} (w) waits in the queue until job {first} of w has ended."


def test_a_job_that_waits_for_another_names_it(ask: "Ask") -> None:
    """By number, so that it can be asked about."""
    keep(ask, simple("child", "{id: hold, wait: 2h}"))
    number = begun(ask, simple("w", "{id: call, workflow: {name: child}}"))
    (child,) = [one["id"] for one in ask.json("list", "--kind", "job") if one["workflow"] == "child"]
    assert f'waits in "call" for job {child} of child (ask why {child})' in why(ask, number)


def test_a_list_says_how_far_it_is(ask: "Ask") -> None:
    """Items that ended, of all."""
    step = "{id: each, for_each: '[1, 2, 3]', run: [sh, -c, 'exit $0', '{{ item - 1 }}']}"
    number = begun(ask, simple("w", step))
    assert "1 of 3 items of 'each' are done" in why(ask, number)


def test_a_paused_job_says_how_it_goes_on(ask: "Ask") -> None:
    """Nothing of it begins until then."""
    number = begun(ask, simple("w", "{id: hold, wait: 2h}"))
    ask.ok("pause", str(number))
    assert f"is paused, and nothing of it begins until: ask resume {number}" in why(ask, number)
    assert job(ask, number)["next_at"] is None


def test_a_schedule_says_when_it_starts_a_job_and_what_came_of_the_last_slot(ask: "Ask") -> None:
    """Slots name their job by its number; `why` by words finds the slot."""
    schedule = keep(ask, REPORT)["triggers"][0]["id"]
    said = why(ask, schedule)
    assert said.startswith(f"Schedule {schedule} (weekly-report) starts a job Fri 27 Nov 2026 16:00 Europe/Berlin")
    assert "if late it starts one job that says how late, up to 4 h" in said
    ask.tick("2026-11-27T17:00:00+01:00")
    (number,) = [one["id"] for one in ask.json("list", "--kind", "job")]
    (slot,) = job(ask, schedule)["slots"]
    assert (slot["state"], slot["job"]) == ("late", number)
    assert f"job {number} of it is open (ask why {number})" in why(ask, schedule)
    found = ask.json("why", "nothing at 16:00")
    assert found["id"] == schedule
    assert f"started job {number} late" in found["why"]


def test_open_jobs_stand_in_the_list(ask: "Ask") -> None:
    """With their workflow, and when they act next."""
    number = begun(ask, simple("w", "{id: hold, wait: 2h}"))
    (item,) = ask.json("list", "--kind", "job")
    assert (item["id"], item["workflow"], item["state"]) == (number, "w", "in_progress")
    assert item["next_at"] == "2026-11-23T18:21:00+01:00"
    assert ask.json("list", "hold") == []


def test_ask_alone_shows_what_a_workflow_will_do_when_it_comes(ask: "Ask") -> None:
    """Its name, when it starts, and its steps in a line; a reminder has none."""
    keep(ask, REPORT)
    ask.ok("remind", "call mum", "--at", "friday 15:00")
    lines = ask.terminal().out.splitlines()
    (report,) = (line for line in lines if "weekly-report" in line)
    assert "Fri 27 Nov 16:00" in report
    assert "collect → asks you → send" in report
    assert not [line for line in lines if "call mum" in line and "→" in line]
    assert [item["title"] for item in ask.json()["next"]] == ["call mum", "weekly-report"]
