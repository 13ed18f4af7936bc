"""Stories of workflows that are listed, shown, removed, paused and resumed, and of jobs that change their version."""

from typing import TYPE_CHECKING

import pytest

from tests.cli.keeping import REPORT, job, keep, simple, states

if TYPE_CHECKING:
    from tests.conftest import Ask

FRIDAY = "2026-11-27T16:00:10+01:00"
NEXT_FRIDAY = "2026-12-04T16:00:00+01:00"


def test_a_list_says_what_runs_when(ask: "Ask") -> None:
    """Name, version, state, triggers, the next time, open jobs and standing."""
    keep(ask, REPORT)
    keep(ask, simple("by-hand", "{id: greet, text: Hello}"))
    ask.ok("run", "weekly-report", "person=ada")
    one, two = ask.json("workflow", "list")
    assert (one["name"], one["next_at"], one["open_jobs"]) == ("by-hand", None, 0)
    assert (two["name"], two["version"], two["state"]) == ("weekly-report", 1, "active")
    assert (two["next_at"], two["open_jobs"], two["standing"]) == ("2026-11-27T16:00:00+01:00", 1, "acts")
    assert two["triggers"][0]["schedule"] == "every friday at 16:00"
    assert ask.ok("workflow", "list").lines[1].startswith("weekly-report\t1\tactive\t2026-11-27T16:00:00+01:00\t1")
    shown = ask.terminal("workflow", "list").out
    assert "version 1 · next Fri 27 Nov 16:00 · 1 open job" in shown


def test_one_is_shown_with_its_policies_in_words(ask: "Ask") -> None:
    """Steps, versions, jobs, schedules and its error budget."""
    kept = keep(ask, REPORT)
    number = ask.json("run", "weekly-report", "person=ada")["id"]
    keep(ask, REPORT.replace("Collect", "Gather"))
    shown = ask.json("workflow", "show", "weekly-report")
    assert (shown["name"], shown["version"], shown["state"]) == ("weekly-report", 2, "active")
    assert [(one["version"], one["jobs"]) for one in shown["versions"]] == [(1, [number]), (2, [])]
    assert [(one["id"], one["version"]) for one in shown["jobs"]] == [(number, 1)]
    assert [one["id"] for one in shown["schedules"]] == [kept["triggers"][0]["id"]]
    assert shown["standing"] == {
        "level": "acts", "since_at": None, "probe_at": None, "failures": 0, "budget": {"failures": 3, "window": "7d"},
    }  # fmt: skip
    words = ask.terminal("workflow", "show", "weekly-report").out
    assert "asks you first; without an answer in 7d: denied" in words
    assert "error budget: 0 of 3 failures · it acts" in words
    assert ask.json("workflow", "show", "weekly-report", "--version", "1")["spec"]["about"] == "Collect, draft, send."
    assert "there are 1, 2" in ask.refused(3, "workflow", "show", "weekly-report", "--version", "9")


def test_a_name_that_is_nearly_right_is_asked_about(ask: "Ask") -> None:
    """Exit code 3 and the nearest name."""
    keep(ask, REPORT)
    for words in (("workflow", "show"), ("workflow", "remove"), ("workflow", "pause"), ("run",)):
        assert "did you mean weekly-report?" in ask.refused(3, *words, "weekly-repord")


def test_removing_ends_the_schedules_and_lets_jobs_go_on(ask: "Ask") -> None:
    """Nothing starts it any more; the file moves aside; undo brings all of it back."""
    kept = keep(ask, REPORT)
    number = ask.json("run", "weekly-report", "person=ada")["id"]
    removed = ask.json("workflow", "remove", "weekly-report")
    assert removed["state"] == "removed"
    assert removed["jobs"] == [{"id": number, "state": "pending", "stopping": False}]
    copy = ask.home / "workflows" / "weekly-report.yaml"
    assert not copy.exists()
    assert (ask.home / "workflows" / "weekly-report.yaml.removed").exists()
    assert "was removed" in ask.refused(3, "run", "weekly-report", "person=ada")
    assert ask.json("emit", "call.ended", "--data", '{"title": "vendor", "organizer": "eve"}')["started"] == []
    ask.tick(FRIDAY)
    assert job(ask, number)["state"] == "awaiting_input"
    assert ask.json("show", str(kept["triggers"][0]["id"]))["slots"] == []


def test_a_removal_is_undone_whole(ask: "Ask") -> None:
    """Schedules, state and the copy of the file."""
    keep(ask, REPORT)
    before = ask.json("list")
    ask.ok("workflow", "remove", "weekly-report")
    ask.ok("undo")
    assert ask.json("list") == before
    assert (ask.home / "workflows" / "weekly-report.yaml").read_text() == REPORT


def test_removing_with_cancel_stops_the_jobs(ask: "Ask") -> None:
    """What has begun nothing is cancelled at once."""
    keep(ask, REPORT)
    number = ask.json("run", "weekly-report", "person=ada")["id"]
    removed = ask.json("workflow", "remove", "weekly-report", "--cancel")
    assert removed["jobs"] == [{"id": number, "state": "cancelled", "stopping": False}]
    assert "its workflow was removed" in job(ask, number)["why"]


def test_a_paused_workflow_skips_slots_and_events(ask: "Ask") -> None:
    """Each slot has its row and the reason; jobs that run go on."""
    kept = keep(ask, REPORT)
    schedule = str(kept["triggers"][0]["id"])
    number = ask.json("run", "weekly-report", "person=ada")["id"]
    assert ask.json("workflow", "pause", "weekly-report")["schedules"] == [int(schedule)]
    assert ask.json("emit", "call.ended", "--data", '{"title": "vendor", "organizer": "eve"}')["started"] == []
    assert "ask workflow resume weekly-report" in ask.refused(4, "run", "weekly-report", "person=ada")
    assert "ask workflow resume weekly-report" in ask.refused(4, "resume", schedule)
    ask.tick(FRIDAY)
    shown = ask.json("show", schedule)
    assert [(slot["state"], slot["reason"]) for slot in shown["slots"]] == [("skipped", "paused")]
    assert "is paused (its workflow is paused)" in shown["why"]
    assert job(ask, number)["state"] == "awaiting_input"
    assert ask.json("workflow", "resume", "weekly-report")["state"] == "active"
    assert ask.json("show", schedule)["next_at"] == NEXT_FRIDAY
    assert "is not paused" in ask.refused(4, "workflow", "resume", "weekly-report")


def test_a_schedule_that_was_paused_by_itself_stays_so(ask: "Ask") -> None:
    """The workflow's pause and resume do not touch it."""
    schedule = str(keep(ask, REPORT)["triggers"][0]["id"])
    ask.ok("pause", schedule)
    ask.ok("workflow", "pause", "weekly-report")
    ask.ok("workflow", "resume", "weekly-report")
    assert ask.json("show", schedule)["state"] == "paused"
    ask.ok("resume", schedule)
    assert ask.json("show", schedule)["state"] == "active"


def test_what_went_by_while_paused_is_skipped_at_the_resume(ask: "Ask") -> None:
    """No tick came in between."""
    schedule = str(keep(ask, REPORT)["triggers"][0]["id"])
    ask.ok("workflow", "pause", "weekly-report")
    ask.at(FRIDAY).ok("workflow", "resume", "weekly-report")
    shown = ask.json("show", schedule)
    assert [(slot["state"], slot["reason"]) for slot in shown["slots"]] == [("skipped", "paused")]
    assert shown["next_at"] == NEXT_FRIDAY


def test_a_new_version_of_a_paused_workflow_rests_too(ask: "Ask") -> None:
    """Its new schedules as well; all of them go on with it."""
    keep(ask, REPORT)
    ask.ok("workflow", "pause", "weekly-report")
    second = keep(ask, REPORT.replace("every friday at 16:00", "every day at 7:00"))
    assert (second["state"], second["triggers"][0]["state"]) == ("paused", "paused")
    ask.ok("workflow", "resume", "weekly-report")
    assert ask.json("show", str(second["triggers"][0]["id"]))["state"] == "active"


def test_the_number_of_a_schedule_takes_what_makes_sense(ask: "Ask") -> None:
    """Cancel ends the series and lets its jobs go on; edit and snooze point to the file."""
    schedule = str(keep(ask, REPORT)["triggers"][0]["id"])
    assert "weekly-report.yaml, then: ask workflow add" in ask.refused(4, "edit", schedule, "--at", "friday 17:00")
    assert "ask run weekly-report" in ask.refused(4, "snooze", schedule, "1h")
    assert "ask cancel" in ask.refused(4, "done", schedule)
    ask.tick(FRIDAY)
    number = ask.json("list", "--kind", "job")[0]["id"]
    assert f"job {number} of it is open" in ask.json("why", schedule)["why"]
    (ended,) = ask.json("cancel", schedule)
    assert (ended["state"], ended["next_at"]) == ("ended", None)
    assert job(ask, number)["state"] == "awaiting_input"


def test_a_job_moves_to_another_version_where_all_it_began_is_there(ask: "Ask") -> None:
    """What it has not begun is what the new version says."""
    keep(ask, REPORT)
    number = str(ask.json("run", "weekly-report", "person=ada")["id"])
    ask.tick("2026-11-23T16:21:00+01:00")
    keep(
        ask,
        REPORT.replace("on:\n", "on:\n  - event: other\n    inputs: {person: eve}\n", 1)
        + "  - {id: note, text: Done}\n",
    )
    moved = ask.json("workflow", "move", number)
    assert (moved["id"], moved["was"], moved["version"]) == (int(number), 1, 2)
    assert job(ask, number)["version"] == 2
    assert "runs version 2 already" in ask.refused(4, "workflow", "move", number)
    assert ask.json("workflow", "move", number, "--version", "1")["version"] == 1
    ask.ok("undo")
    assert job(ask, number)["version"] == 2


def test_a_move_that_would_lose_something_says_what(ask: "Ask") -> None:
    """A step that was begun is missing or of another kind, or an input is; exit code 4 with every reason."""
    keep(ask, REPORT)
    number = str(ask.json("run", "weekly-report", "person=ada")["id"])
    ask.tick("2026-11-23T16:21:00+01:00")
    other = REPORT.replace('id: collect\n    run: ["true"]', "id: collect\n    text: Hi")
    other = other.replace("id: send", "id: post").replace("inputs:\n", "inputs:\n  why: {required: true}\n", 1)
    other = other.replace("inputs: {person", "inputs: {why: so, person")
    keep(ask, other)
    said = ask.refused(4, "workflow", "move", number)
    assert "step collect is completed as run, and would be text" in said
    assert "step send is waiting, and that version has none" in said
    assert "the input 'why' is required" in said
    assert job(ask, number)["version"] == 1
    assert states(ask, number) == {"collect": "completed", "send": "waiting"}


BOOKED = """\
name: trip
steps:
  - {id: book, run: ["true"], undo: {run: [echo, unbook]}}
  - {id: hear, wait: {event: paid, within: 3d}}
"""


@pytest.mark.parametrize(
    ("other", "refused"),
    [
        (", undo: {run: [echo, unbook]}}", True),  # taken out
        ("unbook]", False),  # only its words change
    ],
)
def test_a_move_keeps_what_can_be_undone(ask: "Ask", other: str, refused: bool) -> None:
    """What the job did must be as undoable by the new version as by the old one; refused with the step and the way."""
    keep(ask, BOOKED)
    number = str(ask.json("run", "trip")["id"])
    ask.tick("2026-11-23T16:21:00+01:00")
    keep(ask, BOOKED.replace(other, "}" if refused else "cancel]"))
    if not refused:
        assert ask.json("workflow", "move", number)["version"] == 2
        ask.ok("cancel", number)
        ask.tick("2026-11-23T16:22:00+01:00")
        assert states(ask, number)["book/undo"] == "completed"
        return
    said = ask.refused(4, "workflow", "move", number)
    assert "step book is completed, and that version could not undo it" in said
    assert f"let it end with version 1, or: ask cancel {number}" in said
    assert job(ask, number)["version"] == 1


def test_a_spent_error_budget_is_shown(ask: "Ask") -> None:
    """In the list, and with its failures where one is shown whole."""
    step = "{id: go, run: [sh, -c, exit 9], retry: {attempts: 1}}"
    keep(ask, simple("w", step, "budget: {failures: 1, window: 7d}\n"))
    ask.ok("run", "w")
    ask.tick("2026-11-23T16:21:00+01:00")
    assert ask.json("workflow", "list")[0]["standing"] == "asks first"
    shown = ask.json("workflow", "show", "w")["standing"]
    assert (shown["level"], shown["failures"]) == ("asks first", 1)
    assert (
        "error budget: 1 of 1 failures · it asks first since Mon 23 Nov 16:21"
        in ask.terminal("workflow", "show", "w").out
    )
