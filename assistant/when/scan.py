"""The text under reading and the small values that pieces of it mean. No grammar here."""

from datetime import date, datetime, timedelta

from assistant.value import Value
from assistant.when.tokens import Token, tokenize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.when.values import Conventions

    Facts = dict[str, Any]  # what a piece says: a few named facts that unify with those of its neighbours


class Scan:
    """A text, its tokens and the moment it is read at; `work` bounds how long the search may go on."""

    __slots__ = ("conventions", "instant", "memo", "now", "size", "text", "tokens", "words", "work")

    def __init__(self, text: str, now: datetime, conventions: "Conventions") -> None:
        self.text = text
        self.tokens = _tokens(text, conventions.language)
        # A few empty words at the end stand for those before the beginning as well: index -1 is one of them.
        self.size = len(self.tokens)
        self.words = [token.text for token in self.tokens] + [""] * 8
        self.instant = now
        self.now = now.replace(tzinfo=None)  # wall time in the preferred zone
        self.conventions = conventions
        self.work = 1000
        self.memo: dict[int, list[Piece]] = {}

    @property
    def today(self) -> date:
        return self.now.date()

    def word(self, at: int) -> str:
        """The token in lower case, or nothing beyond the ends.

        A sign or number is given too: what matters is that it equals no word.
        """
        return self.words[at] if at < self.size else ""

    def token(self, at: int) -> Token | None:
        return self.tokens[at] if 0 <= at < self.size else None

    def number(self, at: int) -> int:
        """The whole number at this place, or -1."""
        return self.tokens[at].value if 0 <= at < self.size else -1

    def glued(self, at: int) -> bool:
        """Whether the token touches the one before it."""
        return 0 <= at < len(self.tokens) and self.tokens[at].glued

    def starts_clean(self, at: int) -> bool:
        """Whether a phrase may begin here: not inside `A1B2`, `650-650`, `2.1.30`."""
        if at == 0 or not self.tokens[at].glued:
            return True
        before = self.tokens[at - 1]
        if before.word or before.value >= 0 or before.text in "$€£#%":
            return False
        return not (before.text in "-./:,'_&=?" and before.glued)

    def ends_clean(self, end: int) -> bool:
        """Whether a phrase may end before this token."""
        if end >= len(self.tokens):
            return True
        if self.tokens[end].text == "-" and self.number(end + 1) >= 0:
            return False  # the other end of a range that was not understood
        if not self.tokens[end].glued:
            return True
        after = self.tokens[end]
        if after.word or after.value >= 0 or after.text in "%$€_=&":
            return False
        follower = self.tokens[end + 1] if end + 1 < len(self.tokens) else None
        return not (
            follower is not None and follower.glued and after.text in "-./:'" and (follower.value >= 0 or follower.word)
        )


def _tokens(text: str, language: str) -> list[Token]:
    if language == "en":
        return tokenize(text)
    from assistant.when.languages.entry import tokens_of

    return tokens_of(text, language)


# The facts that pieces say, by name. They unify: each may be said once, and some exclude others (`unify.RIVALS`).
#
#   day            a date: today, a full date               wdays, wmod    weekdays; this, next, last, week, after_next
#   month, mmod    a month; next, last                      mdays          days of a month, 1 to 31
#   year           with year_in where `in` led it           nths           (place, what): a weekday or several of them,
#   span           a stretch of days: next week                            day, week, month, weekend, workday, weekday
#   of_month       "of the month": its name                 week_of        the week that holds the date
#   edge           start, mid, late or end of it            workday        that many working days on
#   feast, fmod    a named day; next, last                  weekend_of     the weekend by it
#   shift          a distance from now                      offset, anchor a distance from what the anchor's facts say
#   clock, clocks  times of day; clock_exact if not bare    part           morning, lunch, afternoon, evening, tonight
#   zone           an IANA key, or utc_offset in minutes    to             the facts of the far end of a range
#   length         how long it takes                        after_span     "after next week"
#   every          (count, unit) of a repetition            plural         "mondays": repeats without `every`
#   per, count     times a unit; times in all               start, until, before, during, except, through: its bounds
#   months, weeks  of the year in which it repeats          done           counted from completion
#
# Marks of how sure a piece is: bare_day, on_day, year_like, frail, between, to_clock, this_part, order, listed, ranged,
# bounding, doubt, adverb, of, after_clock, meal.


class Piece:
    """What the tokens up to `end` say; `needs` names facts one of which must stand beside it."""

    __slots__ = ("end", "facts", "needs")

    def __init__(self, end: int, facts: "Facts", needs: tuple[str, ...] = ()) -> None:
        self.end = end
        self.facts = facts
        self.needs = needs

    def __repr__(self) -> str:
        return f"Piece({self.end}, {self.facts})"


class Amount(Value):
    """A distance: calendar months and days, working days, and elapsed seconds."""

    __slots__ = ("months", "days", "seconds", "workdays")
    months: int = 0
    days: int = 0
    seconds: float = 0
    workdays: int = 0

    def plus(self, other: "Amount") -> "Amount":
        return Amount(
            self.months + other.months,
            self.days + other.days,
            self.seconds + other.seconds,
            self.workdays + other.workdays,
        )

    def times(self, factor: int) -> "Amount":
        return Amount(self.months * factor, self.days * factor, self.seconds * factor, self.workdays * factor)

    @property
    def is_fine(self) -> bool:
        """Whether it is finer than a day."""
        return bool(self.seconds)


class Clock(Value):
    """A time of day as said. `half` is am, pm, `24` where it is literal, or empty where the hour is bare."""

    __slots__ = ("hour", "minute", "second", "half", "exact", "midnight")
    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    exact: bool = True  # minutes, a half of the day or o'clock were said
    midnight: bool = False


class Span(Value):
    """A stretch of days, from `start` up to but not with `end`."""

    __slots__ = ("start", "end", "grain")
    start: date
    end: date
    grain: str


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last day of that month.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def days_in_month(year: int, month: int) -> int:
    """How many days the month has.

    >>> days_in_month(2028, 2)
    29
    """
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def days(count: int) -> timedelta:
    return timedelta(days=count)


def whole(scan: Scan, grain: str, steps: int) -> Span:
    """The calendar period around today, or so many periods on."""
    today = scan.today
    if grain == "weekend":
        week = _week(scan, today)
        saturday = week + days((5 - scan.conventions.week_start) % 7) + days(7 * steps)
        return Span(saturday, saturday + days(2), "weekend")
    if grain in ("week", "fortnight"):
        start = _week(scan, today) + days(7 * steps)
        return Span(start, start + days(14 if grain == "fortnight" else 7), "week")
    if grain == "month":
        start = add_months(today.replace(day=1), steps)
        return Span(start, add_months(start, 1), "month")
    if grain == "quarter":
        start = add_months(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), 3 * steps)
        return Span(start, add_months(start, 3), "quarter")
    size = {"year": 1, "decade": 10, "century": 100}[grain]
    first = today.year // size * size + steps * size
    return Span(date(first, 1, 1), date(first + size, 1, 1), "year")


def _week(scan: Scan, day: date) -> date:
    return day - days((day.weekday() - scan.conventions.week_start) % 7)


def stamp(wall: datetime) -> str:
    """A wall time as RFC 5545 writes it.

    >>> stamp(datetime(2026, 11, 24, 9))
    '20261124T090000'
    """
    return f"{wall.year:04}{wall.month:02}{wall.day:02}T{wall.hour:02}{wall.minute:02}{wall.second:02}"
