"""Days that have a name: `christmas`, `easter monday`, `labor day`. When they fall is the knowledge of `workdays`."""

from datetime import date

from assistant.when.dates import modifier, year_number
from assistant.when.lexicon import words
from assistant.when.scan import Piece, Scan

# What such a name begins with; most days never get further than this set.
FIRST_WORDS = words(
    "new epiphany groundhog valentine valentine's valentines st saint april earth cinco juneteenth canada bastille"
    " halloween all guy veterans armistice remembrance christmas xmas boxing easter good holy maundy palm ash shrove"
    " pancake mardi ascension pentecost whit corpus mlk martin presidents presidents' president's mother mother's"
    " mothers memorial father father's fathers labor labour columbus thanksgiving black cyber independence star"
    " veteran veteran's veterans' whitsunday"
)
# Names that are a day without the word `day`.
ALONE = frozenset(("christmas", "xmas", "easter", "halloween", "thanksgiving", "pentecost", "juneteenth", "epiphany"))
OTHER_CALENDARS = words("orthodox chinese lunar islamic parsi jewish coptic tamil persian korean vietnamese")
LONGEST_NAME = 6


def feasts(scan: Scan, at: int) -> list[Piece]:
    """The named day that starts here, with `this`, `next` or `last` before it."""
    end, mod = modifier(scan, at)
    if scan.word(end) not in FIRST_WORDS:
        return []
    found = _name(scan, end)
    if found is None:
        return []
    if scan.word(end - 1) in OTHER_CALENDARS:
        return []
    facts: dict[str, object] = {"feast": found[1]}
    if mod in ("next", "last"):
        facts["fmod"] = mod
    end = found[0]
    pieces = [Piece(end, facts)]
    if scan.word(end) == "weekend":
        pieces.append(Piece(end + 1, {**facts, "weekend_of": True}))
    year = year_number(scan, end + 1 if scan.word(end) in ("of", "in", ",") else end)
    if year is not None:
        pieces.append(Piece(year[0], {**facts, "year": year[1]}))
    return pieces


def _name(scan: Scan, at: int) -> "tuple[int, str] | None":
    from assistant.when.workdays import is_simple

    for end in range(min(at + LONGEST_NAME, len(scan.tokens)), at, -1):
        last = scan.tokens[end - 1]
        if not last.word:
            continue
        name = " ".join(token.text for token in scan.tokens[at:end])
        if is_simple(name) and (end - at > 1 or scan.word(at) in ALONE):
            return (end + 1 if scan.word(end) == "day" else end), name
    return None


def day_of_feast(scan: Scan, name: str, after: date, year: int | None) -> date | None:
    """The day of that name in a year, or the first one after a day."""
    from assistant.when.workdays import holiday_in, next_holiday

    if year is not None:
        return holiday_in(name, year, scan.conventions)
    return next_holiday(name, after, scan.conventions)


def fixed_day(scan: Scan, name: str) -> "tuple[int, int] | None":
    """Month and day of a named day that always falls on the same date."""
    found = [day_of_feast(scan, name, scan.today, year) for year in range(scan.today.year, scan.today.year + 3)]
    dates = {(day.month, day.day) for day in found if day is not None}
    return dates.pop() if len(dates) == 1 else None
