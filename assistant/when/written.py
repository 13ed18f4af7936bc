"""A rule as it is kept: lines of iCalendar and a few of our own, read into a value and checked. Expands nothing.

`DTSTART` is naive wall time (for elapsed rules an instant in UTC), `RRULE` lines are a union, `EXDATE` and `RDATE` take
away and add. Our own lines: `X-ASK-CRON`, `X-ASK-ELAPSED` (a distance that passes, also across a change of clocks),
`X-ASK-EXCEPT:HOLIDAYS`, `X-ASK-BUSINESS-DAY` (n-th or n-th last of each month that RRULE names) and `X-ASK-AFTER-DONE`
(a distance from completion).
"""

from datetime import UTC, datetime, timedelta

from assistant.value import Value
from assistant.when import cron, recur
from assistant.when.distance import Distance, read_distance, write_distance
from assistant.when.recur import Recur

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions

MAX_LENGTH = 20_000
_NAMES = ("DTSTART", "RRULE", "EXDATE", "RDATE", "X-ASK-")


class Elapsed(Value):
    """A slot every so many seconds from the start, at most `count` of them and none after `until`."""

    __slots__ = ("seconds", "count", "until")
    seconds: int
    count: int | None
    until: datetime | None


class Rule(Value):
    """A kept rule in parts. Exactly one of `recurs`, `elapsed`, `after_done` or `added` alone makes its slots."""

    __slots__ = (
        "start", "recurs", "crons", "elapsed", "after_done", "removed", "removed_days", "added", "except_holidays",
        "business_days",
    )  # fmt: skip
    start: datetime | None
    recurs: tuple[Recur, ...]
    crons: tuple[str, ...]
    elapsed: Elapsed | None
    after_done: Distance | None
    removed: tuple[datetime, ...]
    removed_days: tuple[int, ...]
    added: tuple[datetime, ...]
    except_holidays: bool
    business_days: tuple[int, ...]


_parsed: dict[str, Rule] = {}


def parse(text: str) -> Rule:
    """The rule of a kept text; a ValueError names what is wrong with it and what may stand there.

    >>> parse("DTSTART:20261124T090000\\nRRULE:FREQ=DAILY").recurs[0].interval
    1
    """
    if text not in _parsed:
        if len(_parsed) > 256:
            _parsed.clear()
        _parsed[text] = _Lines(text).rule()
    return _parsed[text]


def zone_named(text: str) -> str | None:
    """The zone that a typed rule pins: the TZID of its DTSTART, UTC where DTSTART ends in Z, else None.

    >>> zone_named("DTSTART;TZID=Europe/Berlin:20261124T090000\\nRRULE:FREQ=DAILY")
    'Europe/Berlin'
    """
    if cron.is_cron(text) or "X-ASK-ELAPSED" in text.upper():
        return None
    for name, options, value in _unfold(text):
        if name == "DTSTART":
            return options.get("TZID") or ("UTC" if value.strip().upper().endswith("Z") else None)
    return None


def as_typed(text: str, now: datetime, conventions: "Conventions") -> str:
    """The text to keep for a rule as a person types it, checked part by part.

    >>> from assistant.when.values import Conventions
    >>> as_typed("30 8 * * 1-5", datetime(2026, 11, 24, 12, tzinfo=UTC), Conventions("UTC"))
    'X-ASK-CRON:30 8 * * 1-5'
    """
    if cron.is_cron(text):
        return f"X-ASK-CRON:{cron.normal(text)}"
    lines = _Lines(text)
    rule = lines.rule(bare=True)
    if rule.start is None and not rule.crons:
        rule = rule.replace(start=_usual_start(rule, now, conventions))
    elif rule.start is not None and rule.start.tzinfo is not None and rule.elapsed is None and not lines.zone:
        rule = rule.replace(start=rule.start.replace(tzinfo=None))
    return write(rule)


def write(rule: Rule) -> str:
    """The text that keeps a rule; `parse` gives the same rule back."""
    lines = []
    if rule.start is not None:
        lines.append(f"DTSTART:{recur.write_moment(rule.start)}")
    lines += [f"RRULE:{recur.write(one)}" for one in rule.recurs]
    lines += [f"X-ASK-CRON:{one}" for one in rule.crons]
    if rule.elapsed is not None:
        lines.append(f"X-ASK-ELAPSED:{_write_elapsed(rule.elapsed)}")
    if rule.after_done is not None:
        lines.append(f"X-ASK-AFTER-DONE:{write_distance(rule.after_done)}")
    if rule.business_days:
        lines.append(f"X-ASK-BUSINESS-DAY:{','.join(str(number) for number in rule.business_days)}")
    if rule.except_holidays:
        lines.append("X-ASK-EXCEPT:HOLIDAYS")
    removed = [recur.write_moment(moment) for moment in rule.removed]
    removed += [recur.write_moment(datetime.fromordinal(day))[:8] for day in rule.removed_days]
    if removed:
        lines.append(f"EXDATE:{','.join(removed)}")
    if rule.added:
        lines.append(f"RDATE:{','.join(recur.write_moment(moment) for moment in rule.added)}")
    return "\n".join(lines)


class _Lines:
    """The lines of one text, read into the parts of a rule."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise ValueError(f"The rule has {len(text)} characters; {MAX_LENGTH} is the most.")
        self.start: datetime | None = None
        self.date_only = False
        self.zone: str | None = None
        self.recurs: list[Recur] = []
        self.crons: list[str] = []
        self.elapsed: Elapsed | None = None
        self.after_done: Distance | None = None
        self.removed: list[datetime] = []
        self.removed_days: list[int] = []
        self.added: list[datetime] = []
        self.except_holidays = False
        self.business_days: tuple[int, ...] = ()
        for name, options, value in _unfold(text):
            self._read(name, options, value)

    def _read(self, name: str, options: dict[str, str], value: str) -> None:
        if name == "DTSTART":
            if self.start is not None:
                raise ValueError("DTSTART stands twice in the rule; keep one.")
            self.start, self.date_only = recur.read_moment(value), "T" not in value.upper()
            self.zone = options.get("TZID")
        elif name == "RRULE":
            self.recurs.append(recur.read(value))
        elif name == "EXDATE":
            for item in value.split(","):
                if "T" in item.upper():
                    self.removed.append(self._moment(item, options))
                else:
                    self.removed_days.append(recur.read_moment(item).toordinal())
        elif name == "RDATE":
            self.added += [self._moment(item.partition("/")[0], options) for item in value.split(",")]
        elif name == "X-ASK-CRON":
            self.crons.append(cron.normal(value))
        elif name == "X-ASK-ELAPSED":
            self.elapsed = _read_elapsed(value)
        elif name == "X-ASK-AFTER-DONE":
            self.after_done = read_distance(value)
            if self.after_done.seconds and (self.after_done.days or self.after_done.months):
                raise ValueError(f"X-ASK-AFTER-DONE:{value[:60]} mixes days with hours; write P3D or PT4H.")
        elif name == "X-ASK-EXCEPT":
            if value.strip().upper() != "HOLIDAYS":
                raise ValueError(f"X-ASK-EXCEPT:{value[:60]} is unknown; write HOLIDAYS.")
            self.except_holidays = True
        elif name == "X-ASK-BUSINESS-DAY":
            numbers = [recur.whole(item.strip(), -23, 23, "a business day of the month") for item in value.split(",")]
            if 0 in numbers:
                raise ValueError("X-ASK-BUSINESS-DAY:0 is no day; count from 1, or from -1 at the end.")
            self.business_days = tuple(dict.fromkeys(numbers))
        else:
            raise ValueError(f"{name[:60]!r} is no line of a rule; known are DTSTART, RRULE, EXDATE and RDATE.")

    def _moment(self, text: str, options: dict[str, str]) -> datetime:
        """A moment of EXDATE or RDATE: an instant in a zone of its own, a date at the time of DTSTART."""
        moment = recur.read_moment(text)
        if "T" not in text.upper() and self.start is not None:
            moment = datetime.combine(moment.date(), self.start.timetz())
        key = options.get("TZID", self.zone)
        if moment.tzinfo is None and key is not None and key != self.zone:
            from assistant.when.zone import to_instant

            moment = to_instant(moment, key)
        return moment

    def rule(self, *, bare: bool = False) -> Rule:
        """The rule of all lines; `bare` allows a missing DTSTART."""
        if not (self.recurs or self.crons or self.elapsed or self.after_done or self.added):
            raise ValueError("The rule has no RRULE and no other line that makes a slot.")
        if (self.elapsed or self.after_done) and (self.recurs or self.crons or (self.elapsed and self.after_done)):
            raise ValueError("A rule counts either by the calendar, or what elapses, or from completion; keep one.")
        if self.business_days and not (self.recurs and all(one.freq == recur.MONTHLY for one in self.recurs)):
            raise ValueError("X-ASK-BUSINESS-DAY needs an RRULE with FREQ=MONTHLY.")
        if self.start is None and not bare and not self.crons and not (self.added and not self.recurs):
            raise ValueError("The rule has no DTSTART; add one such as DTSTART:20261124T090000.")
        start = self.start
        if self.elapsed and start is not None and start.tzinfo is None:
            raise ValueError("X-ASK-ELAPSED needs DTSTART in UTC, such as DTSTART:20261124T080000Z.")
        recurs = self.recurs
        if self.date_only:  # RFC 5545: BYHOUR and its like are ignored where DTSTART is a date
            recurs = [one.replace(hours=(), minutes=(), seconds=()) for one in recurs]
        return Rule(
            start, tuple(recurs), tuple(self.crons), self.elapsed, self.after_done, tuple(self.removed),
            tuple(self.removed_days), tuple(self.added), self.except_holidays, self.business_days,
        )  # fmt: skip


def _unfold(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The name, options and value of each line; a bare `FREQ=…` is an RRULE (RFC 5545 §3.1)."""
    whole = text.replace("\\n", "\n").replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    for name in _NAMES:  # several on one line, as a shell hands them over
        whole = whole.replace(f" {name}", f"\n{name}")
    lines = []
    for line in whole.split("\n"):
        if not line.strip():
            continue
        head, colon, value = line.strip().partition(":")
        if "FREQ=" in head.upper() and not head.upper().startswith("RRULE"):
            head, colon, value = "RRULE", ":", line.strip()
        if not colon:
            raise ValueError(f"{line[:60]!r} is no line of a rule; a line is NAME:value, such as RRULE:FREQ=DAILY.")
        name, *options = head.split(";")
        pairs = [option.partition("=") for option in options]
        lines.append((name.strip().upper(), {key.strip().upper(): item for key, _, item in pairs}, value))
    return lines


def _read_elapsed(value: str) -> Elapsed:
    distance_text, *parts = value.split(";")
    distance = read_distance(distance_text)
    if distance.months:
        raise ValueError(f"{value[:60]!r}: a month does not elapse alike; write days, hours, minutes or seconds.")
    count: int | None = None
    until: datetime | None = None
    for part in parts:
        name, _, text = part.partition("=")
        if name.strip().upper() == "COUNT":
            count = recur.whole(text, 1, 10**9, "a value of COUNT")
        elif name.strip().upper() == "UNTIL":
            until = recur.read_moment(text, end_of_day=True)
        else:
            raise ValueError(f"{part[:60]!r} is no part of X-ASK-ELAPSED; known are COUNT and UNTIL.")
    return Elapsed(distance.days * 86400 + distance.seconds, count, until)


def _write_elapsed(elapsed: Elapsed) -> str:
    text = write_distance(Distance(0, 0, elapsed.seconds))
    if elapsed.count is not None:
        text += f";COUNT={elapsed.count}"
    if elapsed.until is not None:
        text += f";UNTIL={recur.write_moment(elapsed.until)}"
    return text


def _usual_start(rule: Rule, now: datetime, conventions: "Conventions") -> datetime:
    from assistant.when import zone

    if rule.elapsed is not None:
        return now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=rule.elapsed.seconds)
    wall = zone.to_wall(now, conventions.zone).replace(microsecond=0)
    if rule.recurs and all(one.freq >= recur.HOURLY for one in rule.recurs):
        return wall.replace(second=0)
    first = conventions.default_time
    hours = [hour for one in rule.recurs for hour in one.hours]
    if hours:
        first = first.replace(hour=min(hours), minute=0)
    return wall.replace(hour=first.hour, minute=first.minute, second=0)
