"""Stories of keeping workflow files: versions, schedules, the copy of the file, and taking it back."""

import os
from typing import TYPE_CHECKING

from tests.cli.keeping import REPORT, job, keep, simple

if TYPE_CHECKING:
    from tests.conftest import Ask

FRIDAYS = ["2026-11-27T16:00:00+01:00", "2026-12-04T16:00:00+01:00", "2026-12-11T16:00:00+01:00"]
GREET = "{id: greet, text: Hello}"


def test_a_kept_workflow_says_what_was_understood(ask: "Ask") -> None:
    """Version, steps, each trigger with its next three times, how to try it and how to take it back."""
    path = ask.folder / "report.yaml"
    path.write_text(REPORT)
    shown = ask.terminal("workflow", "add", str(path)).out
    assert "weekly-report" in shown
    assert "version 1 · collect → asks you → send" in shown
    assert "every friday at 16:00 · if late: run, useless after 4h" in shown
    assert "next: Fri 27 Nov 16:00, Fri 4 Dec 16:00, Fri 11 Dec 16:00 Europe/Berlin" in shown
    assert "event call.ended · where 'vendor' in event.title" in shown
    assert f"try it: ask run weekly-report person=… · ask workflow test {path} · undo: ask undo" in shown
    assert "Nothing ticks yet" in shown


def test_a_script_gets_name_version_and_triggers(ask: "Ask") -> None:
    """One document; `-q` gives the name."""
    kept = keep(ask, REPORT)
    assert (kept["ok"], kept["name"], kept["version"], kept["duplicate"]) == (True, "weekly-report", 1, False)
    schedule, event = kept["triggers"]
    assert (schedule["schedule"], schedule["next"]) == ("every friday at 16:00", FRIDAYS)
    assert (event["event"], event["where"]) == ("call.ended", "'vendor' in event.title")
    item = ask.json("show", str(schedule["id"]))
    assert (item["kind"], item["title"], item["workflow"]) == ("schedule", "weekly-report", "weekly-report")
    assert item["next_at"] == FRIDAYS[0]
    assert ask.ok("workflow", "add", "-", "-q", stdin=simple("w", GREET)).out == "w\n"


def test_a_file_with_errors_keeps_nothing(ask: "Ask") -> None:
    """Every error with its place, exit code 2, as `check` tells them."""
    result = ask("workflow", "add", "-", "--json", stdin="name: w\nsteps:\n  - id: a\n    notfy: Hi\n")
    assert (result.code, result.json["ok"]) == (2, False)
    assert result.json["errors"][0]["message"] == "unknown key 'notfy'; did you mean 'notify'?"
    assert ask.json("workflow", "list") == []


def test_the_file_is_copied_for_its_owner_alone(ask: "Ask") -> None:
    """Word for word, mode 0600."""
    kept = keep(ask, REPORT)
    copy = ask.home / "workflows" / "weekly-report.yaml"
    assert kept["path"] == str(copy)
    assert copy.read_text() == REPORT
    assert os.stat(copy).st_mode & 0o777 == 0o600


def test_the_same_file_again_makes_nothing_new(ask: "Ask") -> None:
    """Also days later, when the next slot of its rule is another one, and where only a comment differs."""
    keep(ask, REPORT)
    ask.at("2026-11-25T09:00:00+01:00")
    again = keep(ask, f"# a comment\n{REPORT}")
    assert (again["version"], again["duplicate"]) == (1, True)
    assert (ask.home / "workflows" / "weekly-report.yaml").read_text().startswith("# a comment")
    assert "nothing new was made" in ask.terminal("workflow", "add", str(ask.home / "workflows/weekly-report.yaml")).out


def test_a_new_version_keeps_number_and_next_time_of_its_schedule(ask: "Ask") -> None:
    """What has the same words moves over; what is gone ends, and what is new gets a number."""
    two = REPORT.replace("on:\n", "on:\n  - schedule: every day at 7:00\n    inputs: {person: bob}\n")
    first = keep(ask, two)
    daily, friday = first["triggers"][0]["id"], first["triggers"][1]["id"]
    second = keep(ask, REPORT.replace("on:\n", "on:\n  - {schedule: every monday at 8:00, inputs: {person: eve}}\n"))
    assert second["version"] == 2
    assert second["ended"] == [daily]
    assert second["triggers"][1]["id"] == friday
    assert second["triggers"][0]["id"] not in (daily, friday)
    assert ask.json("show", str(friday))["next_at"] == FRIDAYS[0]
    gone = ask.json("show", str(daily))
    assert (gone["state"], gone["next_at"]) == ("ended", None)
    assert "its trigger is no longer in the file" in gone["why"]


def test_a_schedule_starts_jobs_of_the_newest_version(ask: "Ask") -> None:
    """It was made by the first one, with other inputs."""
    keep(ask, REPORT)
    keep(ask, REPORT.replace("person: ada", "person: eve"))
    ask.tick(FRIDAYS[0])
    made = ask.json("list", "--kind", "job")[0]
    assert made["title"] == "report for eve"
    assert job(ask, made["id"])["version"] == 2


def test_adding_is_undone_as_a_whole(ask: "Ask") -> None:
    """The version before is current again, its schedule has its old times, and the copy is the old one."""
    keep(ask, REPORT)
    before = ask.json("list")
    keep(ask, REPORT.replace("every friday at 16:00", "every day at 7:00").replace("Collect", "Gather"))
    ask.ok("undo")
    assert ask.json("list") == before
    shown = ask.json("workflow", "show", "weekly-report")
    assert (shown["version"], shown["spec"]["about"]) == (1, "Collect, draft, send.")
    assert (ask.home / "workflows" / "weekly-report.yaml").read_text() == REPORT
    ask.ok("undo")
    assert ask.json("workflow", "list") == []
    assert ask.json("list") == []
    assert not (ask.home / "workflows" / "weekly-report.yaml").exists()
    assert keep(ask, REPORT)["version"] == 3  # numbers of versions are not used again


def test_a_job_that_runs_an_older_version_is_named(ask: "Ask") -> None:
    """It goes on with the version it began with."""
    keep(ask, REPORT)
    number = ask.json("run", "weekly-report", "person=ada")["id"]
    second = keep(ask, REPORT.replace("Collect", "Gather"))
    assert second["jobs"] == [{"id": number, "version": 1}]
    assert job(ask, number)["version"] == 1


def test_a_version_may_say_what_an_older_one_said(ask: "Ask") -> None:
    """Going back is a new version."""
    keep(ask, REPORT)
    keep(ask, REPORT.replace("Collect", "Gather"))
    assert keep(ask, REPORT)["version"] == 3


def test_a_removed_workflow_is_revived_by_adding_it(ask: "Ask") -> None:
    """Its versions go on, and its schedule is a new one."""
    first = keep(ask, REPORT)
    ask.ok("workflow", "remove", "weekly-report")
    again = keep(ask, REPORT)
    assert (again["version"], again["state"], again["duplicate"]) == (2, "active", False)
    assert again["triggers"][0]["id"] != first["triggers"][0]["id"]
    assert again["triggers"][0]["next"] == FRIDAYS


def test_a_schedule_that_was_set_aside_goes_on_when_its_file_is_mended(ask: "Ask") -> None:
    """Under its number; why it rests points to the file."""
    broken = REPORT.replace("inputs: {person: ada}", 'inputs: {person: "{{ prefs.boss }}"}')
    schedule = keep(ask, broken)["triggers"][0]["id"]
    ask.tick(FRIDAYS[0])
    assert "mend its file, then ask workflow add FILE" in ask.json("why", str(schedule))["why"]
    assert "mend its file" in ask.refused(4, "resume", str(schedule))
    mended = keep(ask, REPORT)["triggers"][0]
    assert (mended["id"], mended["state"], mended["next"]) == (
        schedule,
        "active",
        [*FRIDAYS[1:], "2026-12-18T16:00:00+01:00"],
    )


def test_a_schedule_keeps_its_number_where_the_person_moved_to_another_zone(ask: "Ask") -> None:
    """It moved with them, and so did the file's words."""
    schedule = keep(ask, REPORT)["triggers"][0]["id"]
    ask.ok("pref", "set", "timezone", "America/New_York")
    again = keep(ask, REPORT)["triggers"][0]
    assert (again["id"], again["next"][0]) == (schedule, "2026-11-27T16:00:00-05:00")


def test_an_import_takes_no_schedule_of_a_workflow_for_a_reminder(ask: "Ask") -> None:
    """It comes with its workflow, and is its."""
    keep(ask, REPORT)
    ask.ok("remind", "call mum tomorrow at 9")
    path = str(ask.folder / "all.json")
    ask.ok("export", path)
    ask.environment["ASK_HOME"] = str(ask.folder / "other")
    ask.ok("import", path)
    assert [(item["title"], item["workflow"]) for item in ask.json("list")] == [
        ("call mum", "reminder"), ("weekly-report", "weekly-report"),
    ]  # fmt: skip
