"""Sources at work: what changes on disk starts workflows over ticks, each thing once."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.calendars import Calendar, put_file
from tests.cli.keeping import keep

if TYPE_CHECKING:
    from tests.conftest import Ask

FILED = """
name: file-scans
inputs: {name: {required: true}}
on: [{event: folder.new, where: "event.source == 'scans'", inputs: {name: "{{ event.name }}"}}]
steps: [{id: say, notify: "scan {{ inputs.name }}"}]
"""
NOTES = """
name: vendor-notes
inputs: {person: {required: true}}
on:
  - event: calendar.ended
    where: "'vendor' in event.title | lower"
    key: "{{ event.uid }}"
    inputs: {person: "{{ event.organizer }}"}
steps: [{id: say, notify: "notes to {{ inputs.person }}"}]
"""
TICKETS = """
name: ticket
inputs: {n: {required: true}}
on: [{event: ticket.opened, inputs: {n: "{{ event.n }}"}}]
steps: [{id: say, notify: "ticket {{ inputs.n }}"}]
"""
TODAY = """
name: today
on: [{event: begin}]
steps:
  - id: look
    calendar: {read: {days: 1}}
    retry: {attempts: 2, first: 60s}
    fallback: [{text: "no calendar"}]
  - id: say
    notify: "{% for e in steps.look.output.events %}{{ e.title }}; {% endfor %}"
    when: steps.look.by == 'action'
"""


def test_a_file_that_appears_in_a_folder_starts_its_workflow_once(ask: "Ask") -> None:
    """What is there already is no event; each new file is one, also over many ticks."""
    scans = ask.with_file_channel().folder / "scans"
    scans.mkdir()
    put_file(scans / "old.pdf", "old", "2026-11-22T10:00:00+01:00")
    keep(ask, FILED)
    ask.ok("source", "add", "scans", f"folder://{scans}", "--every", "1m")
    ask.tick("2026-11-23T16:21:00+01:00")
    put_file(scans / "bill.pdf", "42", "2026-11-23T16:21:30+01:00")
    for minute in (22, 23, 24):
        ask.tick(f"2026-11-23T16:{minute}:00+01:00")
    assert ask.texts == ["scan bill.pdf"]


def test_a_calendar_event_that_ends_starts_its_workflow_where_it_was_moved_to(ask: "Ask") -> None:
    """It is moved while it is awaited; it ends once, at the new time."""
    calendar = Calendar(ask.with_file_channel().folder / "work.ics")
    calendar.put("v", "Vendor call", "2026-11-24T11:00", "2026-11-24T12:00", "ORGANIZER:mailto:ada@example.com")
    keep(ask, NOTES)
    ask.ok("source", "add", "work", calendar.url)
    ask.tick("2026-11-23T16:25:00+01:00")
    calendar.put("v", "Vendor call", "2026-11-24T14:00", "2026-11-24T15:00", "ORGANIZER:mailto:ada@example.com")
    for hour in range(10, 15):
        ask.tick(f"2026-11-24T{hour}:00:00+01:00")
    assert ask.texts == []
    ask.tick("2026-11-24T15:00:00+01:00")
    ask.tick("2026-11-24T15:05:00+01:00")
    assert ask.texts == ["notes to ada@example.com"]


def test_an_event_that_was_slept_over_is_told_when_the_machine_wakes(ask: "Ask") -> None:
    """Catch-up in order."""
    calendar = Calendar(ask.with_file_channel().folder / "work.ics")
    for hour in (10, 12):
        calendar.put(f"v{hour}", "Vendor call", f"2026-11-24T{hour}:00", f"2026-11-24T{hour}:30", f"ORGANIZER:p{hour}")
    keep(ask, NOTES)
    ask.ok("source", "add", "work", calendar.url)
    ask.tick("2026-11-23T16:25:00+01:00")
    ask.tick("2026-11-24T18:00:00+01:00")
    assert ask.texts == ["notes to p10", "notes to p12"]


def test_the_lines_of_a_program_are_events_once_each(ask: "Ask") -> None:
    """It is run at its interval with its cursor; what it says twice under one key is one."""
    program = ask.with_file_channel().folder / "tickets"
    _write_program(program, "1")
    keep(ask, TICKETS)
    ask.ok("source", "add", "tickets", f"command://{program}", "--every", "1m")
    ask.tick("2026-11-23T16:21:00+01:00")
    _write_program(program, "1", "2")
    ask.tick("2026-11-23T16:22:00+01:00")
    ask.tick("2026-11-23T16:23:00+01:00")
    assert ask.texts == ["ticket 1", "ticket 2"]


def _write_program(path: Path, *numbers: str) -> None:
    lines = [f"""echo '{{"event": "ticket.opened", "key": "{n}", "data": {{"n": {n}}}}}'""" for n in numbers]
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o700)


def test_a_source_that_stays_down_is_one_notice_then_catches_up(ask: "Ask") -> None:
    """Two notices in all, one when it is down and one when it is back, and nothing of the time between is lost."""
    calendar = Calendar(ask.with_file_channel().folder / "work.ics")
    keep(ask, FILED)
    ask.ok("source", "add", "work", calendar.url, "--every", "5m")
    ask.tick("2026-11-23T16:25:00+01:00")
    calendar.write("no calendar at all")
    for hour in range(17, 24):
        ask.tick(f"2026-11-23T{hour}:00:00+01:00")
    calendar.put("v", "Vendor call", "2026-11-24T11:00", "2026-11-24T12:00")
    for hour in range(2, 6):
        ask.tick(f"2026-11-24T0{hour}:00:00+01:00")
    assert len(ask.texts) == 2
    assert ask.texts[0].startswith("source work cannot be read: it is no calendar")
    assert "source work answers again" in ask.texts[1]
    assert [event["name"] for event in ask.snapshot()["event"]] == ["calendar.added"]


def test_a_workflow_reads_the_events_of_the_day_from_all_calendars(ask: "Ask") -> None:
    """`calendar: {read: {days: 1}}`: the whole of today, in the order of the clock, and nothing of tomorrow."""
    ask.with_file_channel()
    for name, title, day, hour in (("work", "stand-up", 24, 9), ("home", "dentist", 24, 8), ("home2", "later", 25, 8)):
        calendar = Calendar(ask.folder / f"{name}.ics")
        calendar.put(name, title, f"2026-11-{day}T{hour:02}:00", f"2026-11-{day}T{hour:02}:30")
        ask.ok("source", "add", name, calendar.url)
    keep(ask, TODAY)
    ask.at("2026-11-24T09:59:00+01:00").ok("emit", "begin")
    ask.tick("2026-11-24T10:00:00+01:00")
    assert ask.texts == ["dentist; stand-up; "]


def test_a_calendar_that_cannot_be_read_is_tried_again_and_then_the_fallback_stands_in(ask: "Ask") -> None:
    """The retry policy of the step holds for it as for any other."""
    calendar = Calendar(ask.with_file_channel().folder / "work.ics")
    ask.ok("source", "add", "work", calendar.url)
    calendar.path.unlink()
    keep(ask, TODAY)
    ask.at("2026-11-24T09:59:00+01:00").ok("emit", "begin")
    assert ask.tick("2026-11-24T10:00:00+01:00")["retried"] == 1
    ask.tick("2026-11-24T10:10:00+01:00")
    (look,) = [step for step in ask.snapshot()["step"] if step["path"] == "look"]
    assert (look["state"], look["done_by"]) == ("completed", "fallback")
    assert "is not there" in look["error"]


def test_without_any_calendar_the_step_says_how_to_add_one(ask: "Ask") -> None:
    """A permanent failure: the fallback stands in at once."""
    keep(ask.with_file_channel(), TODAY)
    ask.at("2026-11-24T09:59:00+01:00").ok("emit", "begin")
    ask.tick("2026-11-24T10:00:00+01:00")
    (look,) = [step for step in ask.snapshot()["step"] if step["path"] == "look"]
    assert look["done_by"] == "fallback"
    assert "no calendar is set up: ask source add" in look["error"]


def test_an_event_cannot_be_added_to_a_calendar_yet_and_the_step_says_so(ask: "Ask") -> None:
    """Refused in plain words."""
    file = TODAY.replace("{read: {days: 1}}", "{add: {title: x, start: tomorrow 9:00}}")
    keep(ask.with_file_channel(), file)
    ask.at("2026-11-24T09:59:00+01:00").ok("emit", "begin")
    ask.tick("2026-11-24T10:00:00+01:00")
    (look,) = [step for step in ask.snapshot()["step"] if step["path"] == "look"]
    assert "no calendar that can be written is set up" in look["error"]
