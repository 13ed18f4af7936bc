"""Stories of the agenda: what comes, day by day."""

from typing import TYPE_CHECKING

from tests.cli.keeping import keep, simple

if TYPE_CHECKING:
    from tests.conftest import Ask


def days(ask: "Ask", *argv: str) -> dict[str, list[str]]:
    """The titles of each day."""
    return {one["name"]: [item["title"] for item in one["items"]] for one in ask.json("agenda", *argv)["sections"]}


def test_each_day_lists_what_comes_on_it_in_order(ask: "Ask") -> None:
    """Reminders once and by rule, tasks, schedules of workflows."""
    ask.ok("add", "taxes", "--due", "wednesday 12:00")
    ask.ok("remind", "dentist", "--at", "tomorrow 9:00")
    ask.ok("remind", "stand-up", "--every", "weekday at 9:25")
    keep(ask, simple("report", "{id: go, run: ['true']}", "on: [{schedule: every wednesday at 16:00}]\n"))
    assert days(ask, "--days", "3") == {
        "2026-11-24": ["dentist", "stand-up"],
        "2026-11-25": ["stand-up", "taxes", "report"],
    }


def test_a_week_is_shown_unless_it_is_said(ask: "Ask") -> None:
    """Today is its first day."""
    ask.ok("remind", "pill", "--every", "day at 18:00")
    assert len(days(ask)) == 7
    assert list(days(ask, "--days", "1")) == ["2026-11-23"]


def test_what_is_overdue_is_left_out_and_said(ask: "Ask") -> None:
    """An agenda is about what comes."""
    ask.ok("add", "taxes", "--due", "today 18:00")
    made = ask.at("2026-11-23T19:00:00+01:00").json("agenda")
    assert made["sections"] == []
    assert made["left_out"][0]["count"] == 1


def test_a_rule_of_every_minute_does_not_flood_it(ask: "Ask") -> None:
    """Fifty times of one schedule; that there are more is said."""
    ask.ok("remind", "beat", "--every", "1 minute")
    made = ask.json("agenda", "--days", "1")
    assert sum(len(one["items"]) for one in made["sections"]) == 50
    assert made["left_out"][0]["what"] == "later times of beat"


def test_a_day_of_a_change_of_clocks_is_one_day(ask: "Ask") -> None:
    """25 hours in Berlin on the last Sunday of October."""
    ask.at("2026-10-25T00:30:00+02:00").ok("remind", "late", "--at", "2026-10-25 23:30")
    assert days(ask, "--days", "1") == {"2026-10-25": ["late"]}


def test_more_days_than_a_year_are_refused(ask: "Ask") -> None:
    """With a number that works."""
    assert "30" in ask.refused(2, "agenda", "--days", "5000")


def test_a_person_sees_days_and_times(ask: "Ask") -> None:
    """The day as a heading, the time and the number in each line."""
    ask.ok("remind", "dentist", "--at", "tomorrow 9:00")
    shown = ask.terminal("agenda", NO_COLOR="1").out
    assert "Tue 24 Nov 2026" in shown
    assert "09:00        dentist" in shown
