"""Recurrence rules of a calendar by our own arithmetic, under recurring-ical-events, which knows all exceptions.

dateutil, which it would use, walks each rule from its first day and does not end on hostile ones.
"""

import re
from datetime import date, datetime

from icalendar import Event
from recurring_ical_events import EventAdapter  # type: ignore[import-untyped]
from recurring_ical_events.series import Series  # type: ignore[import-untyped]

from assistant.when.expand import expand
from assistant.when.recur import Recur, read
from assistant.when.seconds import DAY, LAST_DAY, to_datetime, wall_seconds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 5000  # occurrences of one rule in one span that is looked at
_NEGATIVE_COUNT = re.compile(r";COUNT=-\d+")  # some calendars write it for a rule without end


class TooMany(ValueError):
    """A rule with more occurrences than a calendar can be meant to have."""


class Rule:
    """One RRULE from the start of its event, as recurring-ical-events asks it."""

    def __init__(self, text: str, start: datetime) -> None:
        self.text = text
        self.start = start
        self.recur: Recur = read(_NEGATIVE_COUNT.sub("", text))
        self.last = self._last_wall(self.recur.until)
        self.until = None if self.last is None else self.last.replace(tzinfo=start.tzinfo)

    def between(self, first: datetime, last: datetime, inc: bool = True) -> "Iterator[datetime]":
        """The occurrences from `first` to `last`, both included."""
        wall = self.start.replace(tzinfo=None)
        found = 0
        for times in expand(self.recur, wall_seconds(wall), _day(self._wall(first), -2), _day(self._wall(last), 2)):
            for second in times.seconds:
                at_wall = to_datetime(times.day * DAY + second).replace(tzinfo=None)
                if self.last is not None and at_wall > self.last:
                    return
                occurs = at_wall.replace(tzinfo=self.start.tzinfo)
                if first <= occurs <= last:
                    found += 1
                    if found > MOST:
                        raise TooMany(f"its rule {self.text[:60]} gives more than {MOST:,} occurrences in some weeks")
                    yield occurs

    def _wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self.start.tzinfo).replace(tzinfo=None) if moment.tzinfo else moment

    def _last_wall(self, until: datetime | None) -> datetime | None:
        """UNTIL as clocks at the event show it; a date counts to its end, whatever the start is (RFC 5545 §3.3.10)."""
        if until is None or until.tzinfo is None:
            return until
        return (
            until.astimezone(self.start.tzinfo).replace(tzinfo=None)
            if self.start.tzinfo
            else until.replace(tzinfo=None)
        )


class BoundedSeries(Series):  # type: ignore[misc]
    """A series whose rules end, whatever they say."""

    class RecurrenceRules(Series.RecurrenceRules):  # type: ignore[misc]
        """The rules of one event."""

        def create_rule_with_start(self, rule_string: str) -> Rule:
            """The rule from the start of its event."""
            return Rule(rule_string, self.start)


def series_of(events: list[Event]) -> BoundedSeries:
    """The series of the events of one UID."""
    return BoundedSeries([EventAdapter(event) for event in events])


def _day(wall: date, clearance: int) -> int:
    return min(max(wall.toordinal() + clearance, 1), LAST_DAY)
