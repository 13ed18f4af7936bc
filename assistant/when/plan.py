"""What a phrase says about repetition, gap by gap: how often, from when, until when, but not when. Makes no text."""

from datetime import date, datetime, time, timedelta

from assistant.when.feasts import fixed_day
from assistant.when.hours import clock_time, time_of
from assistant.when.resolve import moment
from assistant.when.scan import Amount, Scan, Span, add_months, days
from assistant.when.which_day import moved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.scan import Facts

SECONDS = {"hour": 3600, "minute": 60, "second": 1}


class Refused(Exception):  # what it says reads as a sentence, not as a fault
    """The words are understood but make no rule."""


class Plan:
    """The facts of one repetition, brought into the shape of a rule step by step."""

    def __init__(self, scan: Scan, facts: "Facts") -> None:
        self.scan = scan
        self.facts = dict(facts)

        self.count: int | None = facts.get("count")
        self.excluded: list[date] = []
        self.extra: list[str] = []
        self._take_clock_of_bounds()
        self.wdays: tuple[int, ...] | None = self._weekdays()
        self.months: tuple[int, ...] = tuple(facts.get("months") or ((facts["month"],) if "month" in facts else ()))
        self._feast()
        if "utc_offset" in facts:
            raise Refused("a repetition needs a zone, not a distance from UTC; name the city")
        self.window = self._window()
        self.interval, self.unit = self._every()
        self.anchored_start = False
        self.start = self._start()
        self.until = self._until()
        self._except()

    def _take_clock_of_bounds(self) -> None:
        """`every day until june at 8` rings at 8: only what repeats within a day has a clock for its end."""
        if "clock" in self.facts or "part" in self.facts or self.facts.get("every", (1, "day"))[1] in SECONDS:
            return
        for name in ("start", "until", "before"):
            held: Facts = self.facts.get(name) or {}
            if "clock" not in held or not _dated(held):
                continue
            self.facts.update({key: held[key] for key in ("clock", "clocks", "part", "zone") if key in held})
            self.facts[name] = _without_clock(held)
            return

    def _weekdays(self) -> tuple[int, ...] | None:
        if "wdays" not in self.facts:
            return None
        if self.facts.get("business") and self.scan.conventions.country:
            self.extra.append("X-ASK-EXCEPT:HOLIDAYS")
        named: tuple[int, ...] = self.facts["wdays"]
        return named

    def _feast(self) -> None:
        """A named day as its month and day, where they never change."""
        if "feast" not in self.facts:
            return
        fixed = fixed_day(self.scan, self.facts["feast"])
        if fixed is None:
            raise Refused("that day has another date each year; make one reminder at a time")
        self.months, self.facts["mdays"] = (fixed[0],), (fixed[1],)

    def _window(self) -> "tuple[time, time] | None":
        """The hours of the day between which it repeats."""
        for held in (self.facts, self.facts.get("start") or {}):
            far = held.get("to")
            if far is not None and "clock" in held and "clock" in far and not _dated(far):
                first = time_of(self.scan, held)
                last = clock_time(far["clock"], far.get("part"), self.scan)
                if not far["clock"].half and last <= first and last.hour < 12:
                    last = last.replace(hour=last.hour + 12)
                return first, last
        before = self.facts.get("before")
        if before and "clock" in before and "clock" in self.facts:
            last = clock_time(before["clock"], None, self.scan)
            return time_of(self.scan, self.facts), (
                datetime.combine(date.min, last) - timedelta(minutes=1)
            ).time() if last > time() else last
        return None

    def _every(self) -> "tuple[int, str]":
        self._check_per()
        if "every" in self.facts:
            count, unit = self.facts["every"]
            if unit == "quarter":
                count, unit = self._quarters(count)
            if unit == "workday":
                raise Refused("every so many working days is not a rule that is known; say the weekdays")
            if count < 1 or count > 10_000:
                raise Refused("the number of units is out of range")
            if unit == "day" and self.wdays is not None and count == 1:
                unit = "week"
            return count, unit
        if self.wdays is not None:
            return 1, "week"
        if "nths" in self.facts or "mdays" in self.facts:
            return (1, "year") if self.months else (1, "month")
        return 1, "day"

    def _check_per(self) -> None:
        """`twice a day` needs its two times, `three times a week` its three days."""
        if self.facts.get("per", 1) == 1:
            return
        named = {len(self.facts.get(name) or ()) for name in ("clocks", "wdays", "mdays", "nths")}
        if self.facts["per"] not in named:
            raise Refused("say at which times, for example: every day at 9 and 17")

    def _quarters(self, count: int) -> "tuple[int, str]":
        """A day of a quarter lies in its first month, one counted from the end in its last."""
        places = [place for place, _ in self.facts.get("nths", ())] or list(self.facts.get("mdays", ()))
        if not places:
            return count * 3, "month"
        if count > 1 or len({place < 0 for place in places}) > 1:
            raise Refused("say the months instead of the quarters")
        self.months = (3, 6, 9, 12) if places[0] < 0 else (1, 4, 7, 10)
        return 1, "month"

    def _start(self) -> datetime | None:
        held = self.facts.get("start")
        if held is None:
            span = self._span()
            return datetime.combine(span.start, time()) if span is not None else self._day_start()
        if not _dated(held):
            if "clock" in held and "clock" not in self.facts:
                self.facts["clock"] = held["clock"]
                if "part" in held:
                    self.facts["part"] = held["part"]
                if self.unit in SECONDS and self.window is None:
                    self.anchored_start = True
                    return moment(self.scan, {"clock": held["clock"]}).wall
            return None
        begun = moment(self.scan, held)
        if begun.wall is None:
            raise Refused(begun.problem or "the start is not understood")
        if "clock" in held:
            self.anchored_start = True
            if "clock" not in self.facts and self.unit not in SECONDS:
                self.facts["clock"] = held["clock"]
            return begun.wall
        return datetime.combine(begun.wall.date(), time())

    def _span(self) -> Span | None:
        """The stretch all of it lies in: `this week`, or the year of `every friday in december 2027`."""
        span: Span | None = self.facts.get("span")
        if span is None and "month" in self.facts and "year" in self.facts:
            year = self.facts["year"]
            return Span(date(year, 1, 1), date(year + 1, 1, 1), "year")
        return span

    def _day_start(self) -> datetime | None:
        if "day" in self.facts:
            return datetime.combine(self.facts["day"], time())
        return None

    def _until(self) -> datetime | None:
        """The last moment that still counts."""
        base = self.start or self.scan.now
        ends: list[datetime] = []
        length = (self.facts.get("start") or {}).get("length") or self.facts.get("length")
        distance: Amount | None = self.facts.get("during") or length
        if distance is not None:
            reached = moved(self.scan, base, distance)
            ends.append(reached if self.unit in SECONDS and self.start is None else reached - timedelta(seconds=1))
        span = self._span()
        if span is not None:
            ends.append(datetime.combine(span.end, time()) - timedelta(seconds=1))
        held = self.facts.get("until") or self.facts.get("before")
        if held is not None and not (self.window is not None and not _dated(held)):
            ends.append(self._end_of(held, base, taken_in="through" in self.facts))
        elif (far := self._far_end()) is not None:
            ends.append(self._end_of(far, base, taken_in=True))  # "from may to september" takes September in
        if "day" in self.facts and "clocks" in self.facts:
            ends.append(datetime.combine(self.facts["day"], time(23, 59, 59)))
        if not ends:
            return None
        last = min(ends)
        if last <= base:
            raise Refused("it would end before it begins")
        return last

    def _far_end(self) -> "Facts | None":
        """The end that was said as `from … to …`."""
        for held in (self.facts.get("start") or {}, self.facts):
            far: Facts | None = held.get("to")
            if far is not None and _dated(far):
                return far
        return None

    def _end_of(self, held: "Facts", base: datetime, *, taken_in: bool) -> datetime:
        found = moment(self.scan, held)
        if found.wall is None:
            raise Refused(found.problem or "the end is not understood")
        wall = found.wall
        if "clock" in held or found.clock:
            return wall
        if found.grain in ("month", "year", "week", "quarter") and "mdays" not in held:
            if taken_in and found.end is not None:
                return found.end - timedelta(seconds=1)
            return datetime.combine(wall.date(), time()) - timedelta(seconds=1)
        last = datetime.combine(wall.date(), time(23, 59, 59))
        if last <= base and "year" not in held and "day" not in held:
            last = datetime.combine(add_months(last.date(), 12), last.time())
        return last

    def _except(self) -> None:
        for held in self.facts.get("except", ()):
            if "holidays" in held:
                if "X-ASK-EXCEPT:HOLIDAYS" not in self.extra:
                    self.extra.append("X-ASK-EXCEPT:HOLIDAYS")
            elif "wdays" in held and not ({"mdays", "month", "span", "day"} & held.keys()):
                self._except_weekdays(held["wdays"])
            elif held.keys() <= {"month", "months", "mmod"}:
                gone = set(held.get("months") or (held["month"],))
                self.months = tuple(month for month in (self.months or range(1, 13)) if month not in gone)
            elif "nths" in held and "month" not in held and "span" not in held:
                raise Refused("that exception is not one that can be kept")
            else:
                self._except_days(held)

    def _except_weekdays(self, gone: tuple[int, ...]) -> None:
        kept = tuple(day for day in (self.wdays or range(7)) if day not in gone)
        if not kept:
            raise Refused("the exception leaves no day")
        if self.unit == "day" and self.interval == 1:
            self.unit = "week"
        elif self.unit not in ("week",) and self.unit not in SECONDS:
            raise Refused("that exception is not one that can be kept")
        self.wdays = kept

    def _except_days(self, held: "Facts") -> None:
        found = moment(self.scan, held)
        if found.wall is None:
            raise Refused(found.problem or "the exception is not understood")
        last = found.end.date() if found.end is not None else found.wall.date() + days(1)
        day = found.wall.date()
        for _ in range(400):
            if day >= last:
                break
            self.excluded.append(day)
            day += days(1)


def _without_clock(held: "Facts") -> "Facts":
    """The same days, also at the far end of a range."""
    kept = {name: held[name] for name in held if name not in ("clock", "clocks", "clock_exact", "part", "to_clock")}
    if "to" in kept:
        kept["to"] = _without_clock(kept["to"])
    return kept


def _dated(facts: "Facts") -> bool:
    return any(
        name in facts
        for name in ("day", "feast", "wdays", "month", "mdays", "span", "nths", "shift", "offset", "year", "workday")
    )
