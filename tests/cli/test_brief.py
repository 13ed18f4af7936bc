"""Stories of the daily brief: what is in it, in what order, what is left out, and how it comes by itself."""

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.keeping import keep, simple

if TYPE_CHECKING:
    from tests.conftest import Ask

TUESDAY = "2026-11-24T08:00:00+01:00"
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//EN
BEGIN:VEVENT
UID:vendor-1
DTSTAMP:20261101T000000Z
DTSTART:20261124T100000Z
DTEND:20261124T110000Z
SUMMARY:vendor call
END:VEVENT
END:VCALENDAR
"""


def section(ask: "Ask", name: str, *argv: str) -> list[dict[str, Any]]:
    """The items of a section."""
    sections = {one["name"]: one["items"] for one in ask.json("brief", *argv)["sections"]}
    found: list[dict[str, Any]] = sections.get(name, [])
    return found


def titles(ask: "Ask", name: str, *argv: str) -> list[str]:
    """The titles of a section."""
    return [item["title"] for item in section(ask, name, *argv)]


def test_an_empty_store_has_an_empty_brief(ask: "Ask") -> None:
    """Nothing is made up, and no store is made."""
    assert ask.json("brief")["sections"] == []
    assert "nothing needs you" in ask.ok("brief").out
    assert not (ask.home / "ask.db").exists()


def test_what_is_overdue_comes_before_what_is_due_and_priority_decides_among_equals(ask: "Ask") -> None:
    """Urgency, then importance, then the earlier; the reason stands in each line."""
    ask.ok("add", "stamps", "--due", "tomorrow 12:00")
    ask.ok("add", "report", "--due", "tomorrow 13:00", "--priority", "high")
    ask.ok("add", "taxes", "--due", "today 18:00")
    ask.ok("add", "some day")
    ask.ok("remind", "tea", "--at", "tomorrow 11:00")
    ask.at(TUESDAY)
    assert titles(ask, "today") == ["taxes", "report", "tea", "stamps"]
    assert [item["reason"] for item in section(ask, "today")][:2] == ["overdue by 14 h", "due 13:00, high priority"]
    assert "Tue 24 Nov 2026 · 0 need you, 1 overdue" in ask.ok("brief").out


def test_a_day_to_come_shows_what_is_due_then(ask: "Ask") -> None:
    """`--day` moves the section of the day."""
    ask.ok("remind", "tea", "--at", "tomorrow 11:00")
    assert titles(ask, "today") == []
    assert titles(ask, "today", "--day", "tomorrow") == ["tea"]
    assert ask.json("brief", "--day", "tomorrow")["day"] == "2026-11-24"


def test_questions_come_first(ask: "Ask") -> None:
    """An approval that waits is what needs the person."""
    keep(ask, simple("pay", "{id: go, run: ['true'], approve: always}"))
    ask.ok("run", "pay")
    ask.ok("add", "stamps", "--due", "today")
    ask.ok("run-due")
    made = ask.json("brief")
    assert [one["name"] for one in made["sections"]][:2] == ["needs you", "today"]
    (item,) = made["sections"][0]["items"]
    assert item["title"].startswith("approval: ")
    assert item["actions"] == [f"ask approve {item['id']}"]


def test_a_failed_job_is_told_with_the_way_to_try_again(ask: "Ask") -> None:
    """Its reason stands beside it, and it stays until something is said about it."""
    keep(ask, simple("bad", "{id: go, run: ['false'], retry: {attempts: 1}}"))
    number = ask.json("run", "bad")["id"]
    ask.ok("run-due")
    (item,) = section(ask, "failed and recovered")
    assert item["id"] == number
    assert item["actions"][0].startswith("ask retry ")
    assert item["reason"].startswith("failed · ")
    assert section(ask.at("2026-11-30T09:00:00+01:00"), "failed and recovered") != []
    ask.ok("done", item["actions"][0].split()[-1])
    assert section(ask, "failed and recovered") == []


def test_a_step_that_worked_at_its_second_try_has_recovered(ask: "Ask") -> None:
    """What went wrong and came right by itself is told as such."""
    flag = ask.folder / "flag"
    script = f"'test -e {flag} || {{ touch {flag}; exit 1; }}'"
    line = f"{{id: go, run: [sh, -c, {script}], effect: repeatable, retry: {{attempts: 3, first: 1m}}}}"
    keep(ask, simple("shaky", line))
    ask.ok("run", "shaky")
    ask.ok("run-due")
    ask.tick("2026-11-23T16:30:00+01:00")
    (item,) = section(ask, "failed and recovered")
    assert item["reason"] == "recovered: step go worked at attempt 2"


def test_quiet_hours_show_what_they_hold(ask: "Ask") -> None:
    """With the time at which it goes out."""
    ask.with_file_channel().ok("pref", "set", "quiet_hours", "16:00-20:00")
    ask.ok("remind", "tea", "--at", "16:30")
    ask.tick("2026-11-23T16:30:00+01:00")
    (item,) = section(ask, "held back")
    assert item["reason"] == "held by quiet hours, goes out 20:00"


def test_a_sleep_is_told_with_what_was_late(ask: "Ask") -> None:
    """The gap of the ticks, and the slots that came late in it."""
    ask.with_file_channel().ok("remind", "tea", "--at", "18:00")
    ask.ok("remind", "pill", "--at", "16:21")
    ask.tick("2026-11-23T16:21:00+01:00")
    ask.tick("2026-11-24T07:31:00+01:00")
    away = section(ask.at(TUESDAY), "while you were away")
    assert {item["kind"] for item in away} == {"gap", "schedule"}
    assert next(item["reason"] for item in away if item["kind"] == "schedule").startswith("late once")
    assert "15 h" in next(item["reason"] for item in away if item["kind"] == "gap")


def test_what_was_acknowledged_stays_away_until_it_changes(ask: "Ask") -> None:
    """It is counted as left out; a change brings it back, and undo brings all back."""
    number = ask.number("add", "stamps", "--due", "today")
    ask.ok("add", "taxes", "--due", "today")
    ask.ok("brief", "--ack")
    assert titles(ask, "today") == []
    assert ask.json("brief")["left_out"][0]["count"] == 2
    assert len(titles(ask, "today", "--all")) == 2
    ask.ok("edit", number, "--priority", "high")
    assert titles(ask, "today") == ["stamps"]
    ask.ok("undo")
    ask.ok("undo")
    assert titles(ask, "today") == ["stamps", "taxes"]


def test_a_screen_is_not_exceeded_and_the_rest_is_counted(ask: "Ask") -> None:
    """Eight of a section; `left_out` says how many more there are and where."""
    for place in range(30):
        ask.ok("add", f"task {place}", "--due", "today")
    made = ask.json("brief")
    assert len(made["sections"][0]["items"]) == 8
    assert made["left_out"] == [{"what": "more of 'today'", "count": 22, "see": "ask agenda --days 1"}]
    assert len(ask.ok("brief").lines) <= 24


def test_preferences_choose_sections_their_order_and_the_form(ask: "Ask") -> None:
    """`brief_sections` and `brief_format`; a section that does not exist is refused."""
    ask.ok("add", "*stamps*", "--due", "today")
    ask.ok("pref", "set", "brief_sections", "needs you")
    assert ask.json("brief")["sections"] == []
    ask.ok("pref", "set", "brief_sections", '["today", "needs you"]')
    assert titles(ask, "today") == ["*stamps*"]
    assert "news" in ask.refused(2, "pref", "set", "brief_sections", "news")
    ask.ok("pref", "set", "brief_format", "markdown")
    assert "**\\*stamps\\***" in ask.ok("brief").out


def test_a_calendar_gives_its_events_and_one_that_is_gone_is_left_out(ask: "Ask") -> None:
    """What cannot be read is said, and takes nothing else away."""
    path = ask.folder / "c.ics"
    path.write_text(CALENDAR.replace("\n", "\r\n"))
    ask.ok("source", "add", "work", f"calendar://{path}")
    ask.at(TUESDAY)
    (event,) = section(ask, "today")
    assert (event["title"], event["at"], event["reason"]) == (
        "vendor call", "2026-11-24T11:00:00+01:00", "until 12:00, work",
    )  # fmt: skip
    assert "11:00  vendor call" in ask.ok("brief").out
    path.unlink()
    made = ask.json("brief")
    assert made["left_out"][0]["what"].startswith("calendar work: ")


def test_a_source_without_an_answer_for_long_is_stale(ask: "Ask") -> None:
    """It fails, and gave its last answer more than three intervals ago."""
    path = ask.folder / "c.ics"
    path.write_text(CALENDAR.replace("\n", "\r\n"))
    ask.ok("source", "add", "work", f"calendar://{path}")
    ask.tick("2026-11-23T16:21:00+01:00")
    path.unlink()
    ask.tick("2026-11-23T16:27:00+01:00")
    assert section(ask, "stale sources") == []
    (item,) = section(ask.at("2026-11-23T17:21:00+01:00"), "stale sources")
    assert item["title"] == "work"
    assert item["reason"].startswith("no answer for 1 h: ")


def test_the_brief_comes_by_itself_every_day(ask: "Ask") -> None:
    """As a message, made when it is sent; another time replaces the first, and it can be taken out."""
    ask.with_file_channel().ok("add", "stamps", "--due", "tomorrow")
    first = ask.json("brief", "--install", "7:00")
    assert first["next_at"] == "2026-11-24T07:00:00+01:00"
    ask.ok("pref", "set", "brief_time", "8:00")
    assert ask.json("brief", "--install")["next_at"] == TUESDAY
    ask.tick(TUESDAY)
    ask.tick("2026-11-24T08:01:00+01:00")
    (text,) = ask.texts
    assert text.startswith("Tue 24 Nov 2026 · 0 need you")
    assert "stamps" in text
    ask.ok("brief", "--uninstall")
    assert "install" in ask.refused(3, "brief", "--uninstall")
    ask.tick("2026-11-25T08:00:00+01:00")
    assert len(ask.texts) == 1


def test_a_brief_that_is_hours_late_comes_no_more(ask: "Ask") -> None:
    """Within four hours it comes late; after that the slot is missed."""
    ask.with_file_channel().ok("brief", "--install", "8:00")
    ask.tick("2026-11-24T11:00:00+01:00")
    ask.tick("2026-11-24T11:01:00+01:00")
    assert [text[:15] for text in ask.texts] == ["Tue 24 Nov 2026"]
    ask.tick("2026-11-25T13:00:00+01:00")
    ask.tick("2026-11-25T13:01:00+01:00")
    assert not any(text.startswith("Wed 25 Nov 2026 ·") for text in ask.texts)


@pytest.mark.parametrize("argv", [("8:00",), ("--install", "noon o'clock"), ("--install", "--uninstall")])
def test_words_without_a_meaning_are_refused(ask: "Ask", argv: tuple[str, ...]) -> None:
    """With the form that has one."""
    ask.refused(2, "brief", *argv)


def test_a_workflow_of_the_same_name_is_not_replaced(ask: "Ask") -> None:
    """It is the person's own."""
    keep(ask, simple("daily-brief", "{id: go, run: ['true']}"))
    ask.refused(4, "brief", "--install")
