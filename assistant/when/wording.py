"""Rules to words that a person reads and that `read` takes back. Makes no slots and reads no clock.

A rule is said as what repeats ("every Monday to Friday"), when in the day ("at 09:25"), and its tails: exceptions, its
first day where that matters, its end. What has no plain words is said honestly as the rule it is.
"""

from datetime import date, datetime, time, timedelta

from assistant.when import names, recur
from assistant.when.cron import compile_
from assistant.when.distance import Distance
from assistant.when.expand import complete, times_of_every_day
from assistant.when.phrasing import (
    days_in_words,
    distance_in_words,
    grouped,
    in_months,
    simplest,
    times_over,
    unit_of,
    with_times,
)
from assistant.when.recur import HOURLY, Recur
from assistant.when.seconds import DAY, LAST_DAY, first_beyond, wall_seconds
from assistant.when.walls import wall_days
from assistant.when.written import Elapsed, Rule, parse
from assistant.when.zone import to_wall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions


def rule(text: str, zone: str, conventions: "Conventions", now: datetime | None = None) -> str:
    """A kept rule in words; with `now`, a first day that lies ahead is said as well.

    >>> from assistant.when.values import Conventions
    >>> rule("DTSTART:20261124T092500\\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "UTC", Conventions("UTC"))
    'every Monday to Friday at 09:25'
    """
    return _Words(parse(text), zone, conventions, now).all()


class _Words:
    """The parts of one rule in words."""

    def __init__(self, rule: Rule, zone: str, conventions: "Conventions", now: datetime | None) -> None:
        self.rule = rule
        self.zone = zone
        self.conventions = conventions
        self.now = now
        start = rule.start
        self.start = datetime(1, 1, 1) if start is None else self._wall(start)  # noqa: DTZ001  # wall time

    def all(self) -> str:
        return self._series() + self._exceptions() + self._also()

    def _series(self) -> str:
        if self.rule.elapsed is not None:
            return self._elapsed(self.rule.elapsed)
        if self.rule.after_done is not None:
            return self._after_done(self.rule.after_done)
        parts = [self._alike(alike) for alike in grouped(self.rule.recurs)]
        parts += [self._cron(text) for text in self.rule.crons]
        return "; and ".join(parts)

    def _cron(self, text: str) -> str:
        said = [self._said([one]) for one in compile_(text)]
        return "; and ".join(one for one in said if one) if all(said) else f"cron: {text}"

    def _alike(self, alike: list[Recur]) -> str:
        one = alike[0].replace(until=None, count=None)
        return (self._said(alike) or f"at every time of {recur.write(one)}") + self._bounds(alike)

    def _said(self, alike: list[Recur]) -> str | None:
        """Rules that differ in their times only, in words; None where there are no plain ones."""
        begin = wall_seconds(self.start)
        times = [times_of_every_day(one, begin) for one in alike]
        if not all(times):
            return None
        full = simplest(complete(alike[0], begin))
        days = self._business_days(full) if self.rule.business_days else days_in_words(full)
        return days and with_times(days, sorted({second for one in times if one for second in one}), full)

    def _business_days(self, full: Recur) -> str:
        which = names.joined([names.position(number) for number in self.rule.business_days])
        return f"every {names.amount(full.interval, 'month')} on the {which} business day{in_months(full)}"

    def _elapsed(self, elapsed: Elapsed) -> str:
        size, unit = unit_of(elapsed.seconds)
        start, left = self.rule.start, elapsed.count
        if start is not None and self.now is not None and start <= self.now:
            gone = (self.now - start) // timedelta(seconds=elapsed.seconds) + 1
            if left is None or gone < left:
                start, left = start + gone * timedelta(seconds=elapsed.seconds), left and left - gone
        said = f"every {names.amount(size, unit)}{times_over(left)}"
        if start is not None:
            said += f" starting {self._moment(start)}"
        if elapsed.until is not None:
            said += f" until {self._moment(elapsed.until)}"
        return said

    def _after_done(self, distance: Distance) -> str:
        said = f"every {distance_in_words(distance)} after completion"
        if distance.days or distance.months:
            said += f" at {names.clock(self.start)}"
        return said

    def _bounds(self, alike: list[Recur]) -> str:
        one = alike[0]
        left = self._left(one)
        said = times_over(left)
        # Hours that come alike every day have told their phase already.
        phased = one.interval > 1 and (one.freq < HOURLY or times_of_every_day(one, wall_seconds(self.start)) is None)
        if phased or one.count is not None or self._begins_late(alike):
            counted = one.count is not None and left == one.count
            said += f" starting {names.long_date(self._first_day(alike, from_start=counted))}"
        if one.until is not None:
            said += f" until {self._end(one.until)}"
        return said

    def _begins_late(self, alike: list[Recur]) -> bool:
        """Whether slots are left out before the start that a reader would expect from now on."""
        if self.now is None or self.start <= (now := to_wall(self.now, self.zone)):
            return False
        full = [complete(one, wall_seconds(self.start)) for one in alike]
        usual = self._first_slot(self.rule.replace(recurs=tuple(full), start=now), wall_seconds(now))
        return usual != self._first_slot(self.rule.replace(recurs=tuple(full)), wall_seconds(now))

    def _left(self, one: Recur) -> int | None:
        """How many times are left from now on; all of them where now is not known or none are left."""
        if one.count is None or self.now is None or self.start > (now := to_wall(self.now, self.zone)):
            return one.count
        series = self.rule.replace(recurs=(one,), crons=(), added=(), removed=(), removed_days=())
        until = wall_seconds(now)
        gone = sum(
            first_beyond(times.seconds, until - times.day * DAY)
            for times in wall_days(series, self.start.toordinal(), until // DAY, self.zone, self.conventions)
        )
        return one.count - gone or one.count

    def _first_day(self, alike: list[Recur], *, from_start: bool) -> date:
        """The day of the first slot, of those to come if now is known: it tells the phase."""
        after = wall_seconds(self.start) - 1
        if self.now is not None and not from_start:
            after = max(after, wall_seconds(to_wall(self.now, self.zone)))
        first = self._first_slot(self.rule.replace(recurs=tuple(alike)), after)
        return self.start.date() if first is None else date.fromordinal(first // DAY)

    def _first_slot(self, rule: Rule, after: int) -> int | None:
        """The first wall second of the rule's own series after another."""
        # Before its exceptions: they change neither phase nor count, and holidays would cost the import of a package.
        series = rule.replace(crons=(), added=(), removed=(), removed_days=(), except_holidays=False)
        for times in wall_days(series, after // DAY, LAST_DAY, self.zone, self.conventions):
            for second in times.seconds:
                if times.day * DAY + second > after:
                    return times.day * DAY + second
        return None

    def _end(self, until: datetime) -> str:
        """The last day, with its clock time only where the end falls inside the day."""
        wall = self._wall(until)
        if wall.time() == time(23, 59, 59):
            return names.long_date(wall)
        return f"{names.long_date(wall)} {names.clock(wall)}"

    def _exceptions(self) -> str:
        said = ""
        if self.rule.except_holidays:
            country = self.conventions.country
            said += f" except holidays ({country})" if country else " except holidays (no country is set)"
        removed = [date.fromordinal(day) for day in self.rule.removed_days]
        days = [names.long_date(day) for day in removed]
        only = self._only_time()
        walls = [self._wall(moment) for moment in self.rule.removed]
        days += [names.long_date(wall) if wall.time() == only else self._moment(wall) for wall in walls]
        return said + (f" except on {names.joined(days)}" if days else "")

    def _only_time(self) -> time | None:
        """The time of day of every slot, where there is one."""
        times = [times_of_every_day(one, wall_seconds(self.start)) for one in self.rule.recurs]
        if len(times) != 1 or self.rule.crons or not times[0] or len(times[0]) != 1:
            return None
        hours, rest = divmod(times[0][0], 3600)
        return time(hours, rest // 60, rest % 60)

    def _also(self) -> str:
        if not self.rule.added:
            return ""
        days = names.joined(
            [f"{names.long_date(wall)} at {names.clock(wall)}" for wall in map(self._wall, self.rule.added)]
        )
        alone = not (self.rule.recurs or self.rule.crons or self.rule.elapsed or self.rule.after_done)
        return f"on {days}" if alone else f" also on {days}"

    def _moment(self, moment: datetime) -> str:
        wall = self._wall(moment)
        return f"{names.long_date(wall)} {names.clock(wall)}"

    def _wall(self, moment: datetime) -> datetime:
        return to_wall(moment, self.zone) if moment.tzinfo else moment
