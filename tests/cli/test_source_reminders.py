"""`ask remind … after the vendor call`: a reminder whose time is that of an event, and follows it."""

from typing import TYPE_CHECKING

import pytest

from tests.cli.calendars import Calendar, recurrence_id

if TYPE_CHECKING:
    from tests.conftest import Ask

MONDAY = "2026-11-30"
SERIES = "RRULE:FREQ=WEEKLY;BYDAY=MO"


@pytest.fixture
def calendar(ask: "Ask") -> Calendar:
    """A calendar of which stock was taken: a vendor call and a review on Monday, a stand-up on Tuesday."""
    made = Calendar(ask.with_file_channel().folder / "work.ics")
    made.put("v", "Vendor call", f"{MONDAY}T11:00", f"{MONDAY}T12:00")
    made.put("r", "Design review", f"{MONDAY}T15:00", f"{MONDAY}T16:00")
    made.put("s", "Stand-up", "2026-11-24T09:00", "2026-11-24T09:15")
    ask.ok("source", "add", "work", made.url)
    ask.tick("2026-11-23T16:20:30+01:00")
    return made


@pytest.mark.parametrize(
    ("words", "title", "at"),
    [
        ("me next monday after the vendor call", "after the vendor call", f"{MONDAY}T12:00:00+01:00"),
        ("send the notes next monday after the vendor call", "send the notes", f"{MONDAY}T12:00:00+01:00"),
        ("send the notes after the Vendor Call next monday", "send the notes", f"{MONDAY}T12:00:00+01:00"),
        ("me next monday after the vendor call to send notes", "send notes", f"{MONDAY}T12:00:00+01:00"),
        ("send notes 30 min after the vendor call on monday", "send notes", f"{MONDAY}T12:30:00+01:00"),
        ("read the deck an hour before the review next monday", "read the deck", f"{MONDAY}T14:00:00+01:00"),
        ("after the vendor call next monday, send notes", "send notes", f"{MONDAY}T12:00:00+01:00"),
        ("send notes right after the vendor call next week", "send notes", f"{MONDAY}T12:00:00+01:00"),
        ("send notes in 2 hours after the vendor call", "send notes", f"{MONDAY}T14:00:00+01:00"),
        ("send notes after the stand-up", "send notes", "2026-11-24T09:15:00+01:00"),
        ("send notes after the vendor call", "send notes", f"{MONDAY}T12:00:00+01:00"),
    ],
)  # fmt: skip
def test_an_event_gives_the_time(ask: "Ask", calendar: Calendar, words: str, title: str, at: str) -> None:
    """After its end, before its start, at a distance from it; without a day, the next of that name."""
    made = ask.json("remind", *words.split())
    assert (made["title"], made["next_at"], made["rule"]) == (title, at, None)
    assert "(source work): when it is moved, this moves with it" in made["notes"][0]


def test_the_time_may_be_given_apart(ask: "Ask", calendar: Calendar) -> None:
    """The text is then kept word for word."""
    made = ask.json("remind", "send notes after all", "--at", "15 min after the vendor call on monday")
    assert (made["title"], made["next_at"]) == ("send notes after all", f"{MONDAY}T12:15:00+01:00")


@pytest.mark.parametrize(
    ("words", "title", "at"),
    [
        ("swim tomorrow after lunch", "swim", "2026-11-24T12:00:00+01:00"),
        ("look after the kids tomorrow", "look after the kids", "2026-11-24T09:00:00+01:00"),
        ("tell Ada before she leaves tomorrow", "tell Ada before she leaves", "2026-11-24T09:00:00+01:00"),
        ("call mum after work", None, None),
        ("tidy after the vendor call tuesday at 17:00", "tidy after the vendor call", "2026-11-24T17:00:00+01:00"),
    ],
)  # fmt: skip
def test_words_that_are_a_time_already_stay_one(
    ask: "Ask", calendar: Calendar, words: str, title: str, at: str | None
) -> None:
    """No event is looked for where the time is said, nor found where nobody means one."""
    if at is None:
        assert "names no time" in ask.refused(2, "remind", words)
        return
    made = ask.json("remind", *words.split())
    assert (made["title"], made["next_at"]) == (title, at)
    assert not any("source work" in note for note in made["notes"])


def test_without_a_calendar_the_words_stay_in_the_text(ask: "Ask") -> None:
    """Nothing is refused that nobody could look up."""
    made = ask.json("remind", "send notes after the vendor call next monday")
    assert made["title"] == "send notes after the vendor call"


def test_an_event_that_is_not_there_is_refused_with_those_of_the_day(ask: "Ask", calendar: Calendar) -> None:
    """Exit 2, and how to say the time by hand."""
    said = ask.refused(2, "remind", "send notes after the dentist next monday")
    assert 'No event is called "the dentist" on Mon 30 Nov 2026' in said
    assert "Vendor call 11:00, Design review 15:00" in said
    assert '--at "WHEN"' in said
    assert ask.json("list") == []


def test_a_name_that_two_events_bear_is_refused_with_both(ask: "Ask", calendar: Calendar) -> None:
    """A guess would ring at the wrong time."""
    calendar.put("v2", "Second vendor call", f"{MONDAY}T17:00", f"{MONDAY}T18:00")
    assert ask.json("remind", "x after the vendor call next monday")["next_at"] == f"{MONDAY}T12:00:00+01:00"
    said = ask.refused(2, "remind", "send notes after the call next monday")
    assert "may be any of Vendor call 11:00, Second vendor call 17:00" in said


def test_a_calendar_that_cannot_be_read_keeps_nothing(ask: "Ask", calendar: Calendar) -> None:
    """Exit 1: the time is not guessed."""
    calendar.path.unlink()
    assert "work cannot be read" in ask.refused(1, "remind", "send notes after the vendor call next monday")


def test_it_follows_the_event_and_says_so(ask: "Ask", calendar: Calendar) -> None:
    """Moved, and moved again: it rings once, at the last time, and the journal says why."""
    number = ask.number("remind", "send notes 30 min after the vendor call next monday")
    calendar.put("v", "Vendor call", f"{MONDAY}T13:00", f"{MONDAY}T14:00")
    ask.tick("2026-11-23T16:26:00+01:00")
    assert ask.json("show", number)["next_at"] == f"{MONDAY}T14:30:00+01:00"
    assert ask.texts == [
        f"reminder {number} (send notes) moved with Vendor call: now Mon 30 Nov 2026 14:30 Europe/Berlin (was 12:30)"
    ]
    assert any("moved with Vendor call" in line["what"] for line in ask.json("show", number)["journal"])
    assert "with 30m after the end of Vendor call (source work)" in ask.json("why", number)["why"]
    calendar.put("v", "Vendor call", "2026-12-01T13:00", "2026-12-01T14:00")
    ask.tick("2026-11-23T16:32:00+01:00")
    for now in (f"{MONDAY}T14:31:00+01:00", "2026-12-01T14:30:00+01:00", "2026-12-01T15:00:00+01:00"):
        ask.tick(now)
    assert [text for text in ask.texts if "moved" not in text] == ["send notes"]


def test_an_event_that_only_gets_another_name_moves_nothing(ask: "Ask", calendar: Calendar) -> None:
    """And is told to nobody."""
    number = ask.number("remind", "send notes after the vendor call next monday")
    calendar.put("v", "Vendor call (online)", f"{MONDAY}T11:00", f"{MONDAY}T12:00")
    ask.tick("2026-11-23T16:26:00+01:00")
    assert ask.json("show", number)["next_at"] == f"{MONDAY}T12:00:00+01:00"
    assert ask.texts == []
    assert "Vendor call (online)" in ask.json("why", number)["why"]


def test_a_cancelled_event_is_told_with_the_way_out_and_the_reminder_stays(ask: "Ask", calendar: Calendar) -> None:
    """What a person asked for is not dropped unasked."""
    number = ask.number("remind", "send notes after the vendor call next monday")
    calendar.remove("v")
    ask.tick("2026-11-23T16:26:00+01:00")
    (text,) = ask.texts
    assert text.startswith("Vendor call is cancelled. ") and f"not needed: ask cancel {number}" in text
    ask.tick(f"{MONDAY}T12:00:00+01:00")
    assert ask.texts[1:] == ["send notes"]


def test_a_reminder_that_a_person_moved_since_follows_no_more(ask: "Ask", calendar: Calendar) -> None:
    """The later word counts, by edit and by snooze."""
    edited = ask.number("remind", "send notes after the vendor call next monday")
    snoozed = ask.number("remind", "tidy up after the vendor call next monday")
    ask.ok("edit", edited, "--at", "friday 9:00")
    ask.ok("snooze", snoozed, "friday 10:00")
    calendar.put("v", "Vendor call", f"{MONDAY}T13:00", f"{MONDAY}T14:00")
    ask.tick("2026-11-23T16:26:00+01:00")
    assert ask.json("show", edited)["next_at"] == "2026-11-27T09:00:00+01:00"
    assert ask.json("show", snoozed)["next_at"] == "2026-11-27T10:00:00+01:00"
    assert ask.texts == []
    assert "Vendor call" not in ask.json("why", edited)["why"]


def test_one_occurrence_of_a_series_that_moves_takes_its_reminder_with_it(ask: "Ask", calendar: Calendar) -> None:
    """And the reminder of another occurrence stays."""
    calendar.put("w", "Weekly sync", "2026-11-16T10:00", "2026-11-16T10:30", SERIES)
    ask.tick("2026-11-23T16:26:00+01:00")
    first = ask.number("remind", "send minutes after the weekly sync on 30 november")
    second = ask.number("remind", "send minutes after the weekly sync on 7 december")
    own = recurrence_id("2026-12-07T10:00")
    calendar.put("w", "Weekly sync", "2026-12-08T10:00", "2026-12-08T10:30", own, part="/own")
    ask.tick("2026-11-23T16:32:00+01:00")
    assert ask.json("show", first)["next_at"] == f"{MONDAY}T10:30:00+01:00"
    assert ask.json("show", second)["next_at"] == "2026-12-08T10:30:00+01:00"


def test_a_series_that_moves_as_a_whole_moves_the_next_and_tells_of_those_it_cannot_place(
    ask: "Ask", calendar: Calendar
) -> None:
    """What is not known is not guessed."""
    calendar.put("w", "Weekly sync", "2026-11-16T10:00", "2026-11-16T10:30", SERIES)
    ask.tick("2026-11-23T16:26:00+01:00")
    first = ask.number("remind", "send minutes after the weekly sync on 30 november")
    second = ask.number("remind", "book a room after the weekly sync on 7 december")
    calendar.put("w", "Weekly sync", "2026-11-16T11:00", "2026-11-16T11:30", SERIES)
    ask.tick("2026-11-23T16:32:00+01:00")
    assert ask.json("show", first)["next_at"] == f"{MONDAY}T11:30:00+01:00"
    assert ask.json("show", second)["next_at"] == "2026-12-07T10:30:00+01:00"
    assert any(text.startswith("the series Weekly sync has changed. ") for text in ask.texts)


def test_an_event_that_moves_into_the_past_rings_at_once_and_says_how_late(ask: "Ask", calendar: Calendar) -> None:
    """It is over: what comes after it is due."""
    ask.number("remind", "send notes after the vendor call next monday")
    calendar.put("v", "Vendor call", "2026-11-23T15:00", "2026-11-23T15:30")
    ask.tick("2026-11-23T16:26:00+01:00")
    assert [text for text in ask.texts if text.startswith("send notes")] == ["send notes (late by 56 min)"]


def test_the_same_name_in_another_calendar_moves_nothing(ask: "Ask", calendar: Calendar) -> None:
    """Two calendars may hold the same UID: an invitation in both."""
    number = ask.number("remind", "send notes after the vendor call next monday")
    other = Calendar(ask.folder / "other.ics")
    other.put("v", "Vendor call", f"{MONDAY}T11:00", f"{MONDAY}T12:00")
    ask.ok("source", "add", "other", other.url)
    ask.tick("2026-11-23T16:26:00+01:00")
    other.put("v", "Vendor call", f"{MONDAY}T17:00", f"{MONDAY}T18:00")
    ask.tick("2026-11-23T16:32:00+01:00")
    assert ask.json("show", number)["next_at"] == f"{MONDAY}T12:00:00+01:00"
