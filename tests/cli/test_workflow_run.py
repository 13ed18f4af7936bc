"""Stories of jobs that are run by hand, by events, cancelled and taken back."""

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.cli.keeping import REPORT, job, keep, simple, states

if TYPE_CHECKING:
    from tests.conftest import Ask

LATER = "2026-11-23T16:21:00+01:00"


def inputs(ask: "Ask", number: object) -> dict[str, object]:
    """What a job was given."""
    rows = ask.snapshot()["job"]
    found: dict[str, object] = json.loads(next(row["inputs"] for row in rows if row["number"] == number))
    return found


def test_a_job_is_made_and_begun_by_the_next_tick(ask: "Ask") -> None:
    """The item says what happens next; nothing has begun."""
    keep(ask, REPORT)
    made = ask.json("run", "weekly-report", "person=ada")
    assert (made["kind"], made["state"], made["title"]) == ("job", "pending", "report for ada")
    assert (made["workflow"], made["duplicate"], made["superseded"]) == ("weekly-report", False, [])
    assert "the next tick begins it with 'collect'" in made["why"]
    ask.tick(LATER)
    assert states(ask, made["id"]) == {"collect": "completed", "send": "waiting"}


def test_a_person_is_told_what_comes_and_that_nothing_ticks(ask: "Ask") -> None:
    """Steps in a line, the next thing, the way to stop it."""
    keep(ask, REPORT)
    shown = ask.terminal("run", "weekly-report", "person=ada").out
    assert "· collect → asks you → send" in shown
    assert "has not begun" in shown
    assert "undo: ask undo" in shown
    assert "Nothing ticks yet" in shown


def test_values_are_read_as_yaml_and_declared_types_win(ask: "Ask") -> None:
    """Numbers, lists by commas or JSON; text stays text."""
    keep(ask, REPORT)
    number = ask.json("run", "weekly-report", "person=on", "count=0o17", "labels=a, b", "code=007")["id"]
    assert inputs(ask, number) == {"person": "on", "count": 15, "labels": ["a", "b"], "code": "007"}
    number = ask.json("run", "weekly-report", "person=12:30", 'labels=["x, y"]')["id"]
    assert inputs(ask, number) == {"person": "12:30", "count": 3, "labels": ["x, y"], "code": None}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((), "'person' is required"),
        (("person=ada", "perso=eve"), "no input 'perso'"),
        (("person=ada", "count=many"), "'count' is 'many'; write a number such as 5"),
        (("ada",), "'ada' says no input"),
        (("person=a", "person=b"), "given twice"),
        (("person=ada", "labels=[1,"), "no JSON"),
        (("person=ada", "count=99999999999999999999"), "too large"),
    ],
)
def test_inputs_that_cannot_be_used_are_named(ask: "Ask", given: tuple[str, ...], said: str) -> None:
    """Exit code 2, and no job is made."""
    keep(ask, REPORT)
    assert said in ask.refused(2, "run", "weekly-report", *given)
    assert ask.json("list", "--kind", "job") == []


DATED = simple("renew", '{id: keep, task: {title: renew, due: "{{ inputs.by }}"}}', "inputs:\n  by: {type: date}\n")


@pytest.mark.parametrize(
    ("words", "kept", "told", "due"),
    [
        ("next friday", "2026-12-04", "Fri 4 Dec 2026", "2026-12-04T23:59:59+01:00"),
        ("friday 15:00", "2026-11-27T15:00", "Fri 27 Nov 2026 15:00", "2026-11-27T15:00:00+01:00"),
        ("end of month", "2026-11-30", "Mon 30 Nov 2026", "2026-11-30T23:59:59+01:00"),
        ("2027-01-31", "2027-01-31", "Sun 31 Jan 2027", "2027-01-31T23:59:59+01:00"),
    ],
)
def test_an_input_that_is_a_date_takes_time_words(ask: "Ask", words: str, kept: str, told: str, due: str) -> None:
    """The language of `--at`, kept as a date and said back in full; the steps that use it mean the same day."""
    keep(ask, DATED)
    made = ask.json("run", "renew", f"by={words}")
    assert (inputs(ask, made["id"]), made["dates"]) == ({"by": kept}, {"by": told})
    ask.tick(LATER)
    assert {task["due_at"] for task in ask.json("list", "--kind", "task")} == {due}


def test_a_date_is_said_back_in_full_and_asked_about_where_it_is_open(ask: "Ask") -> None:
    """Of two fridays the person says which, before anything is kept."""
    keep(ask, DATED)
    assert "by: Fri 27 Nov 2026 15:00" in ask.terminal("run", "renew", "by=friday 15:00").out
    assert "by: Fri 27 Nov 2026" in ask.terminal("run", "renew", "by=next friday", typed="2\n").out


@pytest.mark.parametrize("words", ["blursday", "every friday", "2026-13-45", "friday or so", ""])
def test_an_input_that_is_no_date_is_refused(ask: "Ask", words: str) -> None:
    """Exit code 2 with the words that were not understood, and no job is made."""
    keep(ask, DATED)
    ask.refused(2, "run", "renew", f"by={words}")
    assert ask.json("list", "--kind", "job") == []


def test_a_known_key_gives_the_first_job_for_ever(ask: "Ask") -> None:
    """Also after it was cancelled."""
    keep(ask, REPORT)
    first = ask.json("run", "weekly-report", "person=ada", "--key", "call-7")
    ask.ok("cancel", str(first["id"]))
    again = ask.json("run", "weekly-report", "person=eve", "--key", "call-7")
    assert (again["id"], again["duplicate"], again["state"]) == (first["id"], True, "cancelled")


def test_a_job_begins_at_its_time(ask: "Ask") -> None:
    """Not before; a time that has gone by is refused."""
    keep(ask, REPORT)
    made = ask.json("run", "weekly-report", "person=ada", "--at", "17:00")
    assert made["next_at"] == "2026-11-23T17:00:00+01:00"
    assert "begins Mon 23 Nov 2026 17:00 Europe/Berlin (in 40 min)" in made["why"]
    ask.tick("2026-11-23T16:59:00+01:00")
    assert job(ask, made["id"])["state"] == "pending"
    ask.tick("2026-11-23T17:00:00+01:00")
    assert job(ask, made["id"])["state"] == "awaiting_input"
    assert "has gone by" in ask.refused(2, "run", "weekly-report", "person=ada", "--at", "22 nov 2026 10:00")


def test_a_newer_job_of_the_same_subject_takes_the_place_of_the_older(ask: "Ask") -> None:
    """One command over both jobs, and one undo over both."""
    head = 'inputs: {who: {required: true}}\nsubject: "{{ inputs.who }}"\noverlap: supersede\n'
    keep(ask, simple("follow", "{id: hold, wait: 2h}", head))
    first = ask.json("run", "follow", "who=ada")["id"]
    other = ask.json("run", "follow", "who=eve")["id"]
    ask.tick(LATER)
    second = ask.json("run", "follow", "who=ada")
    assert second["superseded"] == [first]
    assert job(ask, first)["state"] == "superseded"
    assert job(ask, other)["state"] == "in_progress"
    ask.ok("undo")
    assert job(ask, first)["state"] == "in_progress"
    assert job(ask, second["id"])["state"] == "cancelled"


def test_running_is_undone_until_a_tick_begins_it(ask: "Ask") -> None:
    """Then something in the world may have come of it."""
    keep(ask, REPORT)
    number = ask.json("run", "weekly-report", "person=ada")["id"]
    ask.ok("undo")
    assert (job(ask, number)["state"], states(ask, number)) == ("cancelled", {})
    ask.ok("run", "weekly-report", "person=ada")
    ask.tick(LATER)
    assert "cannot be undone" in ask.refused(4, "undo")


def test_cancel_undoes_what_was_done_and_keep_does_not(ask: "Ask") -> None:
    """The latest first; the job says how it ended."""
    log = ask.folder / "log"
    steps = f'{{id: book, run: ["true"], undo: {{file: {{path: {log}, append: undone}}}}}}\n{{id: hold, wait: 2h}}'
    keep(ask, simple("trip", steps))
    first, second = (ask.json("run", "trip")["id"] for _ in range(2))
    ask.tick(LATER)
    (stopping,) = ask.json("cancel", str(first))
    assert (stopping["state"], stopping["stopping"]) == ("in_progress", True)
    assert "is stopping, and will be cancelled" in stopping["why"]
    assert "undoing 'book'" in stopping["why"]
    assert "is stopping already" in ask.refused(4, "cancel", str(first))
    (kept,) = ask.json("cancel", str(second), "--keep")
    assert (kept["state"], kept["stopping"]) == ("cancelled", False)
    ask.tick("2026-11-23T16:22:00+01:00")
    assert job(ask, first)["state"] == "cancelled"
    assert states(ask, first)["book"] == "undone"
    assert states(ask, second)["book"] == "completed"
    assert log.read_text() == "undone\n"
    assert "--keep is for jobs" in ask.refused(2, "cancel", ask.number("add", "x"), "--keep")


# Events


def test_an_event_starts_and_wakes_jobs_by_number(ask: "Ask") -> None:
    """A trigger whose condition holds; a wait that is for it."""
    keep(ask, REPORT)
    keep(ask, simple("waiter", "{id: hold, wait: {event: call.ended}}"))
    waits = ask.json("run", "waiter")["id"]
    ask.tick(LATER)
    told = ask.json("emit", "call.ended", "--data", '{"title": "vendor call", "organizer": "eve"}', "--key", "c1")
    assert (told["event"], told["key"], told["duplicate"], told["woke"]) == ("call.ended", "c1", False, [waits])
    (started,) = told["started"]
    assert job(ask, started)["title"] == "report for eve"
    assert job(ask, waits)["state"] == "completed"
    again = ask.json("emit", "call.ended", "--data", '{"title": "vendor call"}', "--key", "c1")
    assert again == {"event": "call.ended", "key": "c1", "duplicate": True, "woke": [], "started": []}
    other = ask.json("emit", "call.ended", "--data", "-", stdin='{"title": "dentist", "organizer": "eve"}')
    assert (other["woke"], other["started"]) == ([], [])


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("call ended",), "no name of an event"),
        (("",), "no name of an event"),
        (("x", "--data", "{\n 'a': 1}"), "at line 2, column 2"),
        (("x", "--data", "NaN"), "NaN"),
        (("x", "--data", '"\\ud800"'), "half a character"),
        (("x", "--data", "[" * 500 + "]" * 500), "nested more than 100 deep"),
        (("x", "--data", '"' + "y" * 1_000_001 + '"'), "larger than 1,000,000 bytes"),
        (("x", "--key", ""), "key is empty"),
    ],
)
def test_an_event_that_cannot_be_kept_is_refused(ask: "Ask", argv: tuple[str, ...], said: str) -> None:
    """Exit code 2 with the place of what is wrong; nothing is kept."""
    assert said in ask.refused(2, "emit", *argv)
    assert ask.snapshot()["event"] == []


def test_an_event_cannot_be_taken_back(ask: "Ask") -> None:
    """What waits for it was told."""
    ask.ok("emit", "call.ended")
    assert "call.ended was told to all that wait for it" in ask.refused(4, "undo")


def test_cancel_says_stopping_while_a_program_runs(ask: "Ask") -> None:
    """The tick that runs it stops it; the job is cancelled when what came of it is written."""
    began = ask.folder / "began"
    os.mkfifo(began)
    program = f"[sh, -c, 'echo yes > \"$0\"; exec sleep 60', {began}]"
    keep(ask, simple("long", f"{{id: go, effect: repeatable, run: {program}}}"))
    number = ask.json("run", "long")["id"]
    ticking = ask.start("run-due")
    assert began.read_text() == "yes\n"
    assert job(ask, number)["why"] == f'Job {number} (long) runs "go" now, attempt 1 of 3.'
    (stopping,) = ask.json("cancel", str(number))
    assert (stopping["state"], stopping["stopping"]) == ("in_progress", True)
    assert "'go' is told to stop, and what it did is settled first" in stopping["why"]
    ticking.communicate(timeout=20)
    assert job(ask, number)["state"] == "cancelled"
