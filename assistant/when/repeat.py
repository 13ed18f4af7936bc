"""What a phrase says about repetition, made into rule text. Expands nothing: that is `rule`'s work."""

from datetime import UTC, date, datetime, time, timedelta

from assistant.value import Value
from assistant.when.hours import clock_time, time_of
from assistant.when.numbers import amount_of
from assistant.when.plan import SECONDS, Plan, Refused
from assistant.when.resolve import moment
from assistant.when.scan import Amount, Clock, Scan, add_months, days, days_in_month, stamp
from assistant.when.which_day import moved, nth_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQ = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY", "hour": "HOURLY", "minute": "MINUTELY"}
MOST_EXCEPTIONS = 400
LONGEST_SEARCH = 366 * 9


class Repeat(Value):
    """Rule text with its first slot as wall time, or why there is none."""

    __slots__ = ("text", "first", "clock", "problem", "exact_first")
    text: str
    first: datetime | None
    clock: bool = False
    problem: str = ""
    exact_first: bool = True  # otherwise the first slot has to be asked of the rule


def repeat(scan: Scan, facts: "Facts") -> Repeat:
    """The rule that the facts name."""
    try:
        return _Making(scan, facts).made()
    except Refused as refused:
        return Repeat("", None, problem=str(refused))
    except (OverflowError, ValueError):
        return Repeat("", None, problem="that rule is beyond the calendar")


def unite(parts: "list[Repeat]") -> str | None:
    """One rule for several, where each is a plain calendar rule that needs no phase of its own."""
    lines: list[str] = []
    for part in parts:
        if part.first is None or part.first.tzinfo is not None:
            return None
        _, *rules = part.text.split("\n")
        for rule in rules:
            if not rule.startswith("RRULE:") or "INTERVAL" in rule or "COUNT" in rule:
                return None
            named = "BYHOUR" in rule
            lines.append(rule if named else f"{rule};BYHOUR={part.first.hour};BYMINUTE={part.first.minute}")
    first = min(part.first for part in parts if part.first is not None)
    return "\n".join([f"DTSTART:{stamp(first)}", *lines])


class _Making(Plan):
    """A plan on its way to rule text."""

    def made(self) -> Repeat:
        if self.facts.get("done"):
            return self._after_done()
        if self.unit in SECONDS:
            if self.window is None and self.wdays is None and not self.months and "aligned" not in self.facts:
                return self._elapsed()
            times = self._times_of_window()
        else:
            times = self._times()
        return self._calendar(times)

    def _after_done(self) -> Repeat:
        count, unit = self.interval, self.unit
        letter = f"PT{count}{unit[0].upper()}" if unit in ("hour", "minute") else f"P{count}{unit[0].upper()}"
        step = amount_of(unit, count)
        if step is None or unit == "second" or self.wdays is not None:
            raise Refused("counted from completion, it needs an amount such as 3 days")
        first = moved(self.scan, self.scan.now, step).replace(second=0, microsecond=0)
        if unit not in SECONDS:
            first = datetime.combine(first.date(), self._times()[0])
        return Repeat(f"DTSTART:{stamp(first)}\nX-ASK-AFTER-DONE:{letter}", first, clock="clock" in self.facts)

    def _elapsed(self) -> Repeat:
        """Every so many hours, minutes or seconds of elapsed time."""
        from assistant.when.zone import to_instant

        step = self.interval * SECONDS[self.unit]
        zone = self.facts.get("zone") or self.scan.conventions.zone
        now = self.scan.instant.astimezone(UTC).replace(microsecond=0)
        start = self.start
        if start is None and "clock" in self.facts:
            start = moment(self.scan, {"clock": self.facts["clock"]}).wall
        first = to_instant(start, zone) if start is not None else now + timedelta(seconds=step)
        if first <= now:  # a start that has gone by keeps its phase
            first += timedelta(seconds=((now - first) // timedelta(seconds=step) + 1) * step)
        amount = f"PT{self.interval}{self.unit[0].upper()}"
        bounds = ""
        if self.count is not None:
            bounds = f";COUNT={self.count}"
        elif self.until is not None:
            if to_instant(self.until, zone) < first:
                raise Refused("it would end before it begins")
            bounds = f";UNTIL={stamp(self.until)}"
        return Repeat(f"DTSTART:{stamp(first)}Z\nX-ASK-ELAPSED:{amount}{bounds}", first, clock=True)

    def _times(self) -> "list[time]":
        clocks: tuple[Clock, ...] = self.facts.get("clocks", ())
        if clocks:
            part = self.facts.get("part")
            return sorted({clock_time(clock, part, self.scan) for clock in clocks})
        return [time_of(self.scan, self.facts)]

    def _times_of_window(self) -> "list[time]":
        """Every time of the day from the window's first to its last, both taken in."""
        first, last = self.window or (time(0, self.facts.get("aligned", 0)), time(23, 59, 59))
        step = self.interval * SECONDS[self.unit]
        if step < 60:
            raise Refused("a window needs steps of a minute or more")
        at, end = _seconds(first), _seconds(last)
        if end < at:
            raise Refused("the window ends before it begins")
        times: list[time] = []
        while at <= end and len(times) < 1440:
            times.append(time(at // 3600, at % 3600 // 60))
            at += step
        self.unit = "week" if self.wdays is not None else "day"
        self.interval = 1
        return times

    def _calendar(self, times: "list[time]") -> Repeat:
        by, sure = self._by_parts()
        first = self._first(times)
        if first is None:
            raise Refused("no such day comes")
        if self.until is not None and first > self.until:
            raise Refused("it would end before it begins")
        if not self._names_days() and self.start is None and self._begins_a_step_on(times[0]):
            first = self._one_step_on(times[0])
        self._round_until(times)
        by = by or self._by_of_first(first)
        tail = ""
        if self.count is not None and len(times) > 1 and len(_lines_of(times)) > 1:
            raise Refused("a number of times with several uneven times of day is not a rule that can be kept")
        if self.count is not None:
            tail = f";COUNT={self.count}"
        elif self.until is not None:
            tail = f";UNTIL={stamp(self.until)}"
        head = f"FREQ={FREQ[self.unit]}" + (f";INTERVAL={self.interval}" if self.interval > 1 else "")
        lines = [f"RRULE:{head}{by}{hours}{tail}" for hours in _lines_of(times)]
        if len(self.excluded) > MOST_EXCEPTIONS:
            raise Refused("that is too many exceptions for one rule")
        # A day of many times is left out by its date; other readers of RFC 5545 know a date-time better.
        exdates = [
            stamp(datetime.combine(day, times[0])) if len(times) == 1 else _stamp_day(day) for day in self.excluded
        ]
        text = "\n".join(
            [f"DTSTART:{stamp(first)}", *lines, *([f"EXDATE:{','.join(exdates)}"] if exdates else []), *self.extra]
        )
        return Repeat(text, first, clock="clock" in self.facts, exact_first=sure and not self.extra)

    def _round_until(self, times: "list[time]") -> None:
        """The end at a day's end where that keeps the same slots: nobody says `until 10:14:59`."""
        if self.until is None:
            return
        last = self.until.time()
        if all(at <= last for at in times):
            self.until = datetime.combine(self.until.date(), time(23, 59, 59))
        elif all(at > last for at in times):
            self.until = datetime.combine(self.until.date() - days(1), time(23, 59, 59))

    def _names_days(self) -> bool:
        return (
            (self.unit == "day" and self.interval == 1)
            or self.wdays is not None
            or bool(self.months)
            or any(name in self.facts for name in ("mdays", "nths", "weeks"))
        )

    def _begins_a_step_on(self, at: time) -> bool:
        """Without a day named, `every 3 days at 9` begins at the next 9, `every month` in a month from today."""
        timed = "clock" in self.facts or "part" in self.facts
        return not timed or (self.unit != "day" and datetime.combine(self.scan.today, at) <= self.scan.now)

    def _one_step_on(self, at: time) -> datetime:
        today = self.scan.today
        step = amount_of(self.unit, self.interval) or Amount()
        return datetime.combine(moved(self.scan, datetime.combine(today, at), step).date(), at)

    def _by_of_first(self, first: datetime) -> str:
        """Monthly from the 31st means the last day where a month has no 31st."""
        if self.unit == "month" and first.day > 28:
            return f";BYMONTHDAY={','.join(str(day) for day in range(28, first.day + 1))};BYSETPOS=-1"
        if self.unit == "year" and (first.month, first.day) == (2, 29):
            return ";BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
        return ""

    def _by_parts(self) -> "tuple[str, bool]":
        """The BY parts that pick the days, and whether the first day found here is surely the rule's."""
        parts: list[str] = []
        if self.months and len(self.months) < 12:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if "weeks" in self.facts:
            parts.append("BYWEEKNO=" + ",".join(map(str, self.facts["weeks"])))
            self.unit = "year"
        if "nths" in self.facts:
            return self._nth_parts(parts)
        if "mdays" in self.facts:
            single = len(self.wdays or ()) == 1 == len(self.facts["mdays"]) and "bare_day" not in self.facts
            if self.unit == "week" and self.interval == 1 and single:
                self.unit = "month"  # "every friday the 13th"
            if self.unit == "week":
                raise Refused("a day of the month does not go with weeks")
            if self.unit == "day":
                self.unit = "month"
            if self.unit == "year" and not self.months:
                self.unit = "month"
                self.interval *= 12
            listed = list(self.facts["mdays"])
            far = (self.facts.get("to") or {}).get("mdays")
            if far:
                listed = list(range(listed[0], far[0] + 1))
            parts.append("BYMONTHDAY=" + ",".join(map(str, listed)))
            self.facts["mdays"] = tuple(listed)
            if self.wdays is not None:
                parts.append("BYDAY=" + ",".join(DAY_CODES[day] for day in self.wdays))
        elif self.wdays is not None:
            if self.unit in ("month", "year") and "weeks" not in self.facts:
                raise Refused("say which of those weekdays in the month")
            parts.append("BYDAY=" + ",".join(DAY_CODES[day] for day in self.wdays))
        elif self.months and self.unit == "year":
            parts.append("BYMONTHDAY=1")
            self.facts["mdays"] = (1,)
        return "".join(";" + part for part in parts), True

    def _nth_parts(self, parts: "list[str]") -> "tuple[str, bool]":
        nths: tuple[tuple[int, int | str | tuple[int, ...]], ...] = self.facts["nths"]
        kinds = {kind if isinstance(kind, str) else "week day" for _, kind in nths}
        if isinstance(nths[0][1], tuple):
            parts.append("BYDAY=" + ",".join(DAY_CODES[day] for day in nths[0][1]))
            parts.append("BYSETPOS=" + ",".join(str(place) for place, _ in nths))
            return "".join(";" + part for part in parts), True
        if self.unit == "day" or self.unit == "week":
            raise Refused("an n-th day needs months")
        if len(kinds) > 1:
            raise Refused("days of two kinds cannot be counted together")
        if kinds & {"week", "month"}:
            raise Refused("say which day of that week")
        if kinds == {"week day"}:
            if self.unit == "year" and not self.months:
                raise Refused("say in which month")
            parts.append(
                "BYDAY=" + ",".join(f"{place}{DAY_CODES[kind]}" for place, kind in nths if isinstance(kind, int))
            )
        elif kinds == {"day"}:
            field = "BYYEARDAY" if self.unit == "year" and not self.months else "BYMONTHDAY"
            parts.append(f"{field}=" + ",".join(str(place) for place, _ in nths))
        elif kinds == {"weekend"}:
            parts.append("BYDAY=" + ",".join(f"{place}SA" for place, _ in nths))
        elif kinds == {"workday"} and self.scan.conventions.country and len(nths) == 1:
            self.extra.append(f"X-ASK-BUSINESS-DAY:{nths[0][0]}")
            return "".join(";" + part for part in parts), False
        else:
            working = ",".join(DAY_CODES[day] for day in self.scan.conventions.working_days)
            parts.append(f"BYDAY={working};BYSETPOS=" + ",".join(str(place) for place, _ in nths))
        return "".join(";" + part for part in parts), True

    def _first(self, times: "list[time]") -> datetime | None:
        # A start that has gone by still sets the phase of every second week.
        begin = self.start if self.start is not None and (self.start > self.scan.now or self.interval > 1) else None
        day = (begin or self.scan.now).date()
        for _ in range(LONGEST_SEARCH):
            if self._matches(day) and day not in self.excluded:
                for at in times:
                    wall = datetime.combine(day, at)
                    if (wall >= begin) if begin is not None else (wall > self.scan.now):
                        return wall
            day += days(1)
        return None

    def _matches(self, day: date) -> bool:
        if self.months and day.month not in self.months:
            return False
        if "weeks" in self.facts and day.isocalendar()[1] not in self.facts["weeks"]:
            return False
        if "nths" in self.facts:
            start = date(day.year, 1, 1) if self.unit == "year" and not self.months else day.replace(day=1)
            end = add_months(start, 12) if self.unit == "year" and not self.months else add_months(start, 1)
            return any(nth_in(self.scan, start, end, place, kind) == day for place, kind in self.facts["nths"])
        if "mdays" in self.facts:
            size = days_in_month(day.year, day.month)
            fits = any(day.day == (named if named > 0 else size + 1 + named) for named in self.facts["mdays"])
            return fits and (self.wdays is None or day.weekday() in self.wdays)
        return self.wdays is None or day.weekday() in self.wdays


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _lines_of(times: "list[time]") -> "list[str]":
    """The hours and minutes as BY parts: one line where they are a cross product, several where not.

    >>> _lines_of([time(9), time(17)])
    [';BYHOUR=9,17;BYMINUTE=0']
    >>> _lines_of([time(9), time(17, 30)])
    [';BYHOUR=9;BYMINUTE=0', ';BYHOUR=17;BYMINUTE=30']
    """
    if len(times) == 1:
        return [""]
    minutes: dict[int, list[int]] = {}
    for at in times:
        minutes.setdefault(at.hour, []).append(at.minute)
    hours: dict[tuple[int, ...], list[int]] = {}
    for hour, found in minutes.items():
        hours.setdefault(tuple(found), []).append(hour)
    return [
        f";BYHOUR={','.join(map(str, at_hours))};BYMINUTE={','.join(map(str, at_minutes))}"
        for at_minutes, at_hours in hours.items()
    ]


def _stamp_day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"
