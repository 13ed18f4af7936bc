"""Series by our own arithmetic against dateutil, which recurring-ical-events would use."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ports.source import Asking
from tests.sources.conftest import BERLIN, Ics, event

FIRST, LAST = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
STARTS = {
    "zoned": (";TZID=Europe/Berlin:20251006T023000", "EXDATE;TZID=Europe/Berlin:2027{:02}{:02}T023000"),
    "utc": ("20251006T090000Z", "EXDATE:2027{:02}{:02}T090000Z"),
    "floating": ("20251006T090000", "EXDATE:2027{:02}{:02}T090000"),
    "days": (";VALUE=DATE:20251006", "EXDATE;VALUE=DATE:2027{:02}{:02}"),
}
ENDS = {"zoned": "20270328T003000Z", "utc": "20270328T090000Z", "floating": "20270328T090000", "days": "20270328"}


@st.composite
def rules(draw: st.DrawFn, kind: str) -> str:
    """A rule such as people have in their calendars."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(2, 4))}")
    days = draw(st.lists(st.sampled_from(DAYS), max_size=3, unique=True))
    if freq == "MONTHLY" and days and draw(st.booleans()):
        days = [f"{draw(st.sampled_from([1, 2, -1]))}{day}" for day in days]
    if days:
        parts.append(f"BYDAY={','.join(days)}")
    elif freq in ("MONTHLY", "YEARLY") and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.sampled_from([1, 15, 31, -1]))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(st.sampled_from(['1', '3,10', '2,12']))}")
    if freq == "MONTHLY" and days and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, -1]))}")
    end = draw(st.sampled_from(["", "", "COUNT=40", f"UNTIL={ENDS[kind]}"]))
    return ";".join([*parts, end] if end else parts)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_series_takes_place_when_dateutil_says_so(data: st.DataObject) -> None:
    """Zones, floating times and days; exceptions; across both changes of clocks."""
    kind = data.draw(st.sampled_from(sorted(STARTS)))
    rule = data.draw(rules(kind))
    start, left_out = STARTS[kind]
    exceptions = data.draw(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 28)), max_size=4))
    text = event("S", start, "", f"RRULE:{rule}", *(left_out.format(*day) for day in exceptions))
    with tempfile.TemporaryDirectory() as folder:
        ics = Ics(Path(folder) / "x.ics").write(text)
        found = ics.watched().source.events_between(FIRST, LAST, Asking(BERLIN))
        assert found.note is None
        asked = recurring_ical_events.of(icalendar.Calendar.from_ical(ics.path.read_text()))
    berlin = ZoneInfo(BERLIN)
    said = asked.between(FIRST.astimezone(berlin), LAST.astimezone(berlin))
    assert [one["start"] for one in found.events] == sorted({_instant(one["DTSTART"].dt) for one in said})


def _instant(moment: datetime) -> str:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, datetime.min.time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(BERLIN))
    return moment.astimezone(UTC).astimezone(ZoneInfo(BERLIN)).isoformat()
