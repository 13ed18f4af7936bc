"""The source calendar, what changes: added, changed and cancelled, of events, series and single occurrences."""

from datetime import timedelta

import pytest

from assistant.jsontext import dump
from assistant.sources.calendar import cursor as kept
from tests.sources.conftest import NOW, event

TEN = ";TZID=Europe/Berlin:20261126T100000"
ELEVEN = ";TZID=Europe/Berlin:20261126T110000"
NOON = ";TZID=Europe/Berlin:20261126T120000"
WEEKLY = "RRULE:FREQ=WEEKLY"


def test_the_first_poll_takes_stock(ics):
    """A calendar of years is no news."""
    watched = ics.write(event("Old", TEN, ELEVEN)).watched()
    assert watched.told() == []
    ics.write(event("Old", TEN, ELEVEN), event("New", TEN, ELEVEN))
    assert watched.told() == [("added", "New")]
    assert watched.told() == []


def test_an_event_says_what_a_workflow_asks_for(ics):
    """Instants in the person's zone, texts in one line, the organizer's address without its scheme."""
    watched = ics.watched()
    watched.poll()
    organizer = 'ORGANIZER;CN="Lovelace, Ada":MAILTO:ada@example.com'
    ics.write(event("Vendor\\, call", "20261126T090000Z", "20261126T100000Z", "LOCATION:Room\\n1", organizer, uid="u1"))
    [told] = watched.poll().events
    assert told.name == "calendar.added"
    assert told.at == NOW
    assert told.key.startswith("work/calendar.added/")
    assert told.data == {
        "uid": "u1", "title": "Vendor, call", "start": "2026-11-26T10:00:00+01:00", "end": "2026-11-26T11:00:00+01:00",
        "all_day": False, "location": "Room 1", "organizer": "ada@example.com", "organizer_name": "Lovelace, Ada",
        "recurring": False, "recurrence_id": None, "source": "work",
    }  # fmt: skip


def test_a_moved_event_says_where_it_was(ics):
    """Old and new start, and the names of what changed."""
    watched = ics.write(event("Call", TEN, ELEVEN)).watched()
    watched.poll()
    ics.write(event("Call", ELEVEN, NOON))
    [told] = watched.poll().events
    assert told.name == "calendar.changed"
    assert told.data["changed"] == ["start", "end"]
    assert (told.data["old_start"], told.data["start"]) == ("2026-11-26T10:00:00+01:00", "2026-11-26T11:00:00+01:00")
    assert (told.data["old_end"], told.data["end"]) == ("2026-11-26T11:00:00+01:00", "2026-11-26T12:00:00+01:00")


@pytest.mark.parametrize(("more", "names"), [
    (["LOCATION:Room 2"], ["location"]),
    (["ORGANIZER:mailto:bob@example.com"], ["organizer"]),
])  # fmt: skip
def test_place_and_organizer_are_changes(more, names, ics):
    """What an event says of itself counts."""
    watched = ics.write(event("Call", TEN, ELEVEN)).watched()
    watched.poll()
    ics.write(event("Call", TEN, ELEVEN, *more))
    [told] = watched.poll().events
    assert told.data["changed"] == names


def test_a_renamed_event_is_known_by_its_uid(ics):
    """It is the same one under another title."""
    watched = ics.write(event("Call", TEN, ELEVEN, uid="u")).watched()
    watched.poll()
    ics.write(event("Long call", TEN, ELEVEN, uid="u"))
    [told] = watched.poll().events
    assert (told.data["changed"], told.data["old_title"], told.data["title"]) == (["title"], "Call", "Long call")


@pytest.mark.parametrize("more", [
    ["DTSTAMP:20270101T000000Z"], ["LAST-MODIFIED:20270101T000000Z", "SEQUENCE:9"], ["DESCRIPTION:token=123"],
    ["BEGIN:VALARM", "UID:alarm", "ACTION:DISPLAY", "TRIGGER:-PT5M", "END:VALARM"],
])  # fmt: skip
def test_what_calendars_write_anew_each_time_is_no_change(more, ics):
    """Stamps, revisions, notes and alarms."""
    watched = ics.write(event("Call", TEN, ELEVEN)).watched()
    watched.poll()
    ics.write(event("Call", TEN, ELEVEN, *more))
    assert watched.told() == []


def test_the_same_instant_in_another_zone_is_no_change(ics):
    """A server that changes to UTC changes nothing."""
    watched = ics.write(event("Call", TEN, ELEVEN)).watched()
    watched.poll()
    ics.write(event("Call", "20261126T090000Z", "20261126T100000Z"))
    assert watched.told() == []


def test_an_event_that_is_taken_out_is_cancelled(ics):
    """It says all that was known of it."""
    watched = ics.write(event("Call", TEN, ELEVEN, "LOCATION:Room", uid="u")).watched()
    watched.poll()
    ics.write()
    [told] = watched.poll().events
    assert (told.name, told.data["uid"], told.data["title"]) == ("calendar.cancelled", "u", "Call")
    assert (told.data["start"], told.data["location"]) == ("2026-11-26T10:00:00+01:00", "Room")


def test_an_event_with_the_status_cancelled_is_cancelled_once(ics):
    """That it is taken out later says nothing new; that it is confirmed again does."""
    watched = ics.write(event("Call", TEN, ELEVEN)).watched()
    watched.poll()
    ics.write(event("Call", TEN, ELEVEN, "STATUS:CANCELLED"))
    assert watched.told() == [("cancelled", "Call")]
    ics.write()
    assert watched.told() == []
    ics.write(event("Call", TEN, ELEVEN))
    assert watched.told() == [("added", "Call")]


def test_an_event_that_comes_already_cancelled_is_nothing(ics):
    """Nobody knew of it."""
    watched = ics.watched()
    watched.poll()
    ics.write(event("Call", TEN, ELEVEN, "STATUS:CANCELLED"))
    assert watched.told() == []


def test_what_is_over_is_of_no_interest(ics):
    """Servers drop the past and people tidy it up."""
    watched = ics.write(event("Over", "20261125T060000Z", "20261125T070000Z")).watched()
    watched.poll()
    ics.write(event("Older", "20200101T060000Z", "20200101T070000Z"))
    assert watched.told() == []
    ics.write(event("Older", "20200101T060000Z", "20200101T070000Z"), event("Over", "20261125T060000Z", uid="Over"))
    assert watched.told() == []


def test_an_event_that_is_tidied_up_after_it_is_over_is_not_cancelled(ics):
    """It took place."""
    watched = ics.write(event("Call", TEN, ELEVEN)).watched()
    watched.poll()
    watched.poll(NOW + timedelta(days=1, hours=2, minutes=30))
    ics.write()
    assert watched.told(NOW + timedelta(days=1, hours=3)) == []


def test_back_and_forth_is_a_new_change_each_time(ics):
    """Known keys are dropped for ever, so the same change later must have another."""
    watched = ics.write(event("Call", TEN, ELEVEN)).watched()
    watched.poll()
    for _ in range(3):
        for start, end in ((ELEVEN, NOON), (TEN, ELEVEN)):
            ics.write(event("Call", start, end))
            assert watched.told() == [("changed", "Call")]
        ics.write()
        assert watched.told() == [("cancelled", "Call")]
        ics.write(event("Call", TEN, ELEVEN))
        assert watched.told() == [("added", "Call")]
    assert len(watched.taken) == 12


def test_the_same_change_has_the_same_key_when_the_cursor_was_lost(ics):
    """An answer that was not kept is given again."""
    watched = ics.write(event("Call", TEN, ELEVEN), event("Gone", TEN)).watched()
    watched.poll()
    ics.write(event("Call", ELEVEN, NOON), event("New", TEN))
    before = watched.cursor
    keys = [told.key for told in watched.poll().events]
    watched.cursor = before
    assert [told.key for told in watched.poll(NOW + timedelta(hours=2)).events] == keys
    assert len(set(keys)) == 3


def test_an_event_without_a_uid_is_known_by_what_it_says(ics):
    """It stays the same until it is changed; then it is another one."""
    watched = ics.write(event("Call", TEN, ELEVEN, "DTSTAMP:20260101T000000Z", uid="")).watched()
    watched.poll()
    ics.write(event("Call", TEN, ELEVEN, "DTSTAMP:20270101T000000Z", uid=""))
    assert watched.told() == []
    ics.write(event("Call", ELEVEN, NOON, uid=""))
    assert sorted(watched.told()) == [("added", "Call"), ("cancelled", "Call")]


def test_of_two_with_one_uid_the_higher_revision_counts(ics):
    """Some servers keep the old one."""
    watched = ics.write(event("Call", TEN, ELEVEN, "SEQUENCE:1", uid="u")).watched()
    watched.poll()
    ics.write(event("New", TEN, ELEVEN, "SEQUENCE:2", uid="u"), event("Call", TEN, ELEVEN, "SEQUENCE:1", uid="u"))
    assert watched.told() == [("changed", "New")]


# Series


def test_a_series_is_one_event_at_its_next_occurrence(ics):
    """Not one a week, and not at its first day years ago."""
    watched = ics.watched()
    watched.poll()
    ics.write(event("Jour fixe", ";TZID=Europe/Berlin:20200107T100000", "", WEEKLY))
    [told] = watched.poll().events
    assert (told.data["start"], told.data["recurring"]) == ("2026-12-01T10:00:00+01:00", True)


def test_a_moved_series_says_its_next_occurrence_before_and_now(ics):
    """A change of the rule alone is one of the rule."""
    monday = ";TZID=Europe/Berlin:20261102T100000"
    watched = ics.write(event("Jour fixe", monday, "", WEEKLY)).watched()
    watched.poll()
    ics.write(event("Jour fixe", ";TZID=Europe/Berlin:20261102T113000", "", WEEKLY))
    [told] = watched.poll().events
    assert told.data["changed"] == ["start", "end", "rule"]
    assert (told.data["old_start"], told.data["start"]) == ("2026-11-30T10:00:00+01:00", "2026-11-30T11:30:00+01:00")
    ics.write(event("Jour fixe", ";TZID=Europe/Berlin:20261102T113000", "", WEEKLY + ";COUNT=30"))
    [told] = watched.poll().events
    assert told.data["changed"] == ["rule"]


def test_a_series_is_cancelled_long_after_it_was_read(ics):
    """Its next occurrence has passed since, unseen, and there are more to come."""
    watched = ics.write(event("Monthly", "20261126T090000Z", "20261126T100000Z", "RRULE:FREQ=MONTHLY")).watched()
    watched.poll()
    ics.write()
    told = watched.poll(NOW + timedelta(days=3)).events
    assert [(one.name, one.data["start"]) for one in told] == [("calendar.cancelled", "2026-12-26T10:00:00+01:00")]


def test_an_occurrence_that_is_left_out_is_cancelled_by_itself(ics):
    """And added again where it is put back."""
    monday = ";TZID=Europe/Berlin:20261102T100000"
    watched = ics.write(event("Jour fixe", monday, "", WEEKLY)).watched()
    watched.poll()
    ics.write(event("Jour fixe", monday, "", WEEKLY, "EXDATE;TZID=Europe/Berlin:20261207T100000"))
    [told] = watched.poll().events
    assert told.name == "calendar.cancelled"
    assert told.data["start"] == told.data["recurrence_id"] == "2026-12-07T10:00:00+01:00"
    ics.write(event("Jour fixe", monday, "", WEEKLY))
    [told] = watched.poll().events
    assert (told.name, told.data["start"]) == ("calendar.added", "2026-12-07T10:00:00+01:00")
    ics.write(event("Jour fixe", monday, "", WEEKLY, "EXDATE;TZID=Europe/Berlin:20261207T100000"))
    assert watched.told() == [("cancelled", "Jour fixe")]
    assert len(watched.taken) == 3


def test_an_occurrence_that_is_left_out_by_its_day_is_cancelled_at_its_time(ics):
    """Some calendars leave out days of a series that has times."""
    monday = ";TZID=Europe/Berlin:20261102T100000"
    watched = ics.write(event("Jour fixe", monday, "", WEEKLY)).watched()
    watched.poll()
    ics.write(event("Jour fixe", monday, "", WEEKLY, "EXDATE;VALUE=DATE:20261207"))
    [told] = watched.poll().events
    assert (told.name, told.data["start"]) == ("calendar.cancelled", "2026-12-07T10:00:00+01:00")


MONDAY = ";TZID=Europe/Berlin:20261102T100000"
SERIES = event("Jour fixe", MONDAY, ";TZID=Europe/Berlin:20261102T110000", WEEKLY, uid="s")
OWN = "RECURRENCE-ID;TZID=Europe/Berlin:20261207T100000"


def own(title: str, start: str, *more: str) -> str:
    return event(title, f";TZID=Europe/Berlin:{start}", "", OWN, *more, uid="s")


def test_a_moved_occurrence_is_a_change_of_that_one(ics):
    """It was where the rule has it; when it moves on, it was where it had been moved."""
    watched = ics.write(SERIES).watched()
    watched.poll()
    ics.write(SERIES, own("Jour fixe", "20261208T140000"))
    [told] = watched.poll().events
    assert told.name == "calendar.changed"
    assert told.data["recurrence_id"] == told.data["old_start"] == "2026-12-07T10:00:00+01:00"
    assert told.data["start"] == "2026-12-08T14:00:00+01:00"
    ics.write(SERIES, own("Jour fixe", "20261209T140000"))
    [told] = watched.poll().events
    assert (told.data["old_start"], told.data["start"]) == ("2026-12-08T14:00:00+01:00", "2026-12-09T14:00:00+01:00")
    ics.write(SERIES)
    [told] = watched.poll().events
    assert (told.data["old_start"], told.data["start"]) == ("2026-12-09T14:00:00+01:00", "2026-12-07T10:00:00+01:00")
    ics.write(SERIES, own("Jour fixe", "20261208T140000"))
    assert watched.told() == [("changed", "Jour fixe")]
    assert len(watched.taken) == 4


def test_an_occurrence_with_an_entry_that_says_the_same_is_no_change(ics):
    """Some calendars write all of them out."""
    watched = ics.write(SERIES).watched()
    watched.poll()
    same = event(
        "Jour fixe", ";TZID=Europe/Berlin:20261207T100000", ";TZID=Europe/Berlin:20261207T110000", OWN, uid="s"
    )
    ics.write(SERIES, same)
    assert watched.told() == []


def test_a_cancelled_occurrence_is_told_once_however_it_is_written(ics):
    """As a status, or by taking its entry out and leaving it out of the series."""
    watched = ics.write(SERIES).watched()
    watched.poll()
    ics.write(SERIES, own("Jour fixe", "20261207T100000", "STATUS:CANCELLED"))
    [told] = watched.poll().events
    assert (told.name, told.data["start"]) == ("calendar.cancelled", "2026-12-07T10:00:00+01:00")
    watched = ics.write(SERIES, own("Moved", "20261208T140000")).watched()
    watched.poll()
    left_out = SERIES.replace("END:VEVENT", "EXDATE;TZID=Europe/Berlin:20261207T100000\r\nEND:VEVENT")
    ics.write(left_out)
    [told] = watched.poll().events
    assert (told.name, told.data["start"]) == ("calendar.cancelled", "2026-12-08T14:00:00+01:00")


def test_a_series_with_own_occurrences_comes_and_goes_as_one(ics):
    """Its occurrences are told by themselves only while it stands."""
    watched = ics.watched()
    watched.poll()
    ics.write(SERIES, own("Moved", "20261208T140000"))
    assert watched.told() == [("added", "Jour fixe")]
    ics.write()
    assert watched.told() == [("cancelled", "Jour fixe")]


def test_an_occurrence_without_its_series_is_an_event(ics):
    """Who is invited to one of them gets that one only."""
    watched = ics.watched()
    watched.poll()
    ics.write(own("Guest", "20261208T140000"))
    assert watched.told() == [("added", "Guest")]
    ics.write()
    assert watched.told() == [("cancelled", "Guest")]


# Bounds


def test_thousands_of_changes_come_over_several_polls_and_none_is_lost(ics):
    """Five hundred a poll, in the order in which they take place."""
    watched = ics.watched()
    watched.poll()
    ics.write(*(event(f"{n:04}", f"20261201T{n // 60:02}{n % 60:02}00Z") for n in range(1300)))
    first = watched.poll()
    assert (len(first.events), first.more) == (500, True)
    rest = watched.all_told()
    assert [told.data["title"] for told in first.events] + [name for _, name in rest] == [
        f"{n:04}" for n in range(1300)
    ]
    ics.write()
    assert len(watched.all_told()) == 1300
    assert watched.told() == []


def test_of_more_events_than_can_be_kept_the_nearest_are_watched(ics):
    """What comes near without being new is no news; what is new among the near ones is."""
    days = [f"{2027 + n // 300:04}{n % 300 // 28 + 1:02}{n % 28 + 1:02}" for n in range(3000)]
    many = [event(f"{n}", f"{day}T090000Z") for n, day in enumerate(days)]
    watched = ics.write(*many).watched()
    got = watched.poll()
    assert got.note == "there are more events to come than can be watched; the nearest ones are"
    assert len(watched.cursor["entries"]) == kept.MOST_ENTRIES
    ics.write(*many, event("Near", TEN), event("Far", "20360101T090000Z"))
    assert watched.told() == [("added", "Near")]
    ics.write(*many[1500:])
    assert {name for name, _ in watched.all_told()} == {"cancelled"}


def test_long_texts_do_not_fill_the_cursor(ics):
    """Its bytes are bounded, whatever the calendar says."""
    text = "\U0001f600" * 400
    many = (
        event(text, f"2027{n // 28 % 12 + 1:02}{n % 28 + 1:02}T090000Z", "", f"LOCATION:{text}", uid=f"{n}{text}")
        for n in range(2000)
    )
    watched = ics.write(*many).watched()
    watched.poll()  # asserts the bound
    assert 500 <= len(watched.cursor["entries"]) < 2000


def test_an_idle_poll_changes_nothing_in_the_cursor(ics):
    """So that the tick writes nothing."""
    watched = ics.write(SERIES, event("Call", TEN)).watched()
    first = dump(watched.poll().cursor)
    assert dump(watched.poll(NOW + timedelta(minutes=50)).cursor) == first


def test_a_person_who_travels_sees_no_changes(ics):
    """Days and floating times lie elsewhere, and nobody changed them."""
    texts = (
        event("Day", ";VALUE=DATE:20261127"), event("Floating", "20261127T090000"), SERIES,
        event("Floating series", "20261102T100000", "", WEEKLY, "EXDATE:20261207T100000"),
    )  # fmt: skip
    watched = ics.write(*texts).watched()
    watched.poll()
    watched.asking = watched.asking.replace(zone="America/New_York")
    assert watched.told() == []
    ics.write(*texts, event("New", "20261127T090000"))
    [told] = watched.poll().events
    assert told.data["start"] == "2026-11-27T09:00:00-05:00"
