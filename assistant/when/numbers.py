"""Numbers, ordinals and amounts of time, in digits and in words."""

from assistant.when.lexicon import ORDINAL_ENDINGS, ORDINALS, SHORT_UNITS, SMALL, TENS, UNITS
from assistant.when.scan import Amount, Scan

MOST = 100_000  # of any unit; beyond it no calendar reaches


def number(scan: Scan, at: int) -> "tuple[int, float] | None":
    """A number as digits, with a fraction, or in words: `2`, `2.5`, `1/2`, `twenty-seven`, `two and a half`."""
    token = scan.token(at)
    if token is None:
        return None
    if token.value >= 0:
        return _digits(scan, at)
    if not token.word:
        return None
    return _spelled(scan, at)


def _digits(scan: Scan, at: int) -> "tuple[int, float]":
    value: float = scan.number(at)
    end = at + 1
    if 0 < scan.number(end) < scan.number(end + 2) <= 4 and scan.word(end + 1) == "/" and scan.glued(end + 2):
        return end + 3, value + scan.number(end) / scan.number(end + 2)  # 1 1/2
    if scan.word(end) in (".", ",") and scan.glued(end) and scan.number(end + 1) >= 0 and scan.glued(end + 1):
        fraction = scan.tokens[end + 1]
        if fraction.digits <= 3:
            value += fraction.value / 10**fraction.digits
            end += 2
    elif scan.word(end) == "/" and scan.glued(end) and scan.number(end + 1) > 0 and scan.number(end + 1) <= 4:
        value /= scan.number(end + 1)
        end += 2
    elif scan.word(end) in ("½", "¼", "¾"):
        value += {"½": 0.5, "¼": 0.25, "¾": 0.75}[scan.word(end)]
        end += 1
    elif _and_a_half(scan, end):
        value += 0.5
        end += 3
    return end, value


def _and_a_half(scan: Scan, at: int) -> bool:
    return scan.word(at) == "and" and scan.word(at + 1) in ("a", "an") and scan.word(at + 2) == "half"


def _spelled(scan: Scan, at: int) -> "tuple[int, float] | None":
    whole = cardinal(scan, at)
    if whole is None:
        return None
    end, value = whole
    if _and_a_half(scan, end):
        return end + 3, value + 0.5
    return end, float(value)


def cardinal(scan: Scan, at: int) -> "tuple[int, int] | None":
    """A whole number in words: `seven`, `twenty seven`, `a hundred and twenty`, `two thousand and eighteen`."""
    below = _below_hundred(scan, at)
    if below is None:
        if scan.word(at) in ("a", "an") and scan.word(at + 1) in ("hundred", "thousand", "dozen"):
            below = (at + 1, 1)
        else:
            return None
    end, value = below
    if scan.word(end) == "dozen":
        return end + 1, value * 12
    if scan.word(end) == "thousand":
        rest = _after_and(scan, end + 1)
        return (rest[0], value * 1000 + rest[1]) if rest else (end + 1, value * 1000)
    if scan.word(end) == "hundred":
        rest = _after_and(scan, end + 1)
        return (rest[0], value * 100 + rest[1]) if rest else (end + 1, value * 100)
    return below


def _after_and(scan: Scan, at: int) -> "tuple[int, int] | None":
    return _below_hundred(scan, at + 1 if scan.word(at) == "and" else at)


def _below_hundred(scan: Scan, at: int) -> "tuple[int, int] | None":
    word = scan.word(at)
    if word in TENS:
        after = at + 2 if scan.word(at + 1) == "-" else at + 1
        ones = SMALL.get(scan.word(after), 0)
        return (after + 1, TENS[word] + ones) if 0 < ones < 10 else (at + 1, TENS[word])
    if word in SMALL:
        return at + 1, SMALL[word]
    return None


def ordinal(scan: Scan, at: int) -> "tuple[int, int] | None":
    """`5th`, `first`, `twenty-first`: the place it names.

    Not `second` where a unit is meant; the caller decides.
    """
    token = scan.token(at)
    if token is None:
        return None
    if token.value >= 0:
        if scan.word(at + 1) in ORDINAL_ENDINGS and scan.glued(at + 1) and token.value < 400:
            return at + 2, token.value
        return None
    word = token.text
    if word in ORDINALS:
        return at + 1, ORDINALS[word]
    if word in TENS:
        after = at + 2 if scan.word(at + 1) == "-" else at + 1
        ones = ORDINALS.get(scan.word(after), 0)
        if 0 < ones < 10:
            return after + 1, TENS[word] + ones
    return None


def amount(scan: Scan, at: int) -> "tuple[int, Amount] | None":
    """A distance in time: `2 hours`, `1h30m`, `an hour and a half`, `3 days and 4 hours`, `half an hour`."""
    first = _hours_and_minutes(scan, at) or _one_amount(scan, at)
    if first is None:
        return None
    end, total = first
    for _ in range(6):
        after = end
        while scan.word(after) in (",", "and", "&") and after - end < 2:
            after += 1
        more = _one_amount(scan, after, inner=True)
        if more is None or (after > end and scan.word(after) in ("a", "an") and scan.word(after + 1) not in UNITS):
            break
        end, total = more[0], total.plus(more[1])
    return end, total


def _hours_and_minutes(scan: Scan, at: int) -> "tuple[int, Amount] | None":
    """`1h15`, `1:30 hours`."""
    minutes = scan.token(at + 2)
    if scan.number(at) < 0 or minutes is None or minutes.digits != 2 or minutes.value > 59 or not minutes.glued:
        return None
    seconds = scan.number(at) * 3600 + minutes.value * 60
    if scan.number(at) > MOST:
        return None
    distant = scan.word(at - 1) in ("in", "for", "within", "after", "every", "+")  # elsewhere 11h45 is a time of day
    if distant and scan.word(at + 1) == "h" and scan.glued(at + 1) and scan.word(at + 3) not in UNITS:
        return at + 3, Amount(seconds=seconds)
    if scan.word(at + 1) == ":" and scan.word(at + 3) in ("hours", "hour", "hrs"):
        return at + 4, Amount(seconds=seconds)
    return None


def _one_amount(scan: Scan, at: int, *, inner: bool = False) -> "tuple[int, Amount] | None":
    word = scan.word(at)
    if word == "half" and scan.word(at + 1) in ("a", "an") and scan.word(at + 2) in UNITS:
        return _measured(scan, at + 2, 0.5)
    if word == "half" and scan.word(at + 1) in ("hour", "day"):
        return _measured(scan, at + 1, 0.5)
    if word == "a" and scan.word(at + 1) == "half" and scan.word(at + 2) in ("hour", "day"):
        return _measured(scan, at + 2, 0.5)
    quarters = _quarters_of_an_hour(scan, at)
    if quarters is not None:
        return quarters
    counted = how_many(scan, at)
    if counted is None:
        return None
    end, value = counted
    if scan.word(end) in ("more", "full", "whole", "consecutive"):
        end += 1
    if inner and word in ("a", "an") and scan.word(end) not in UNITS:
        return None
    return _measured(scan, end, value)


def _quarters_of_an_hour(scan: Scan, at: int) -> "tuple[int, Amount] | None":
    counts = {"a": 1, "one": 1, "three": 3, "quarter": 1}
    word = scan.word(at)
    end = at if word == "quarter" else at + 1
    if scan.word(end) == "-":
        end += 1
    if word not in counts or scan.word(end) not in ("quarter", "quarters"):
        return None
    end += 1
    if scan.word(end) == "of":
        end += 1
    if scan.word(end) in ("a", "an"):
        end += 1
    if scan.word(end) in ("hour", "hours"):
        return end + 1, Amount(seconds=counts[word] * 900)
    return None


def how_many(scan: Scan, at: int) -> "tuple[int, float] | None":
    """A number, or a word for one: `a`, `a couple of`, `a few`, `several`."""
    word = scan.word(at)
    if word in ("a", "an", "one"):
        after = scan.word(at + 1)
        if after in ("couple", "pair"):
            return (at + 3 if scan.word(at + 2) == "of" else at + 2), 2
        if after == "few":
            return at + 2, 3
        if after == "single":
            return at + 2, 1
        if after not in ("hundred", "thousand", "dozen") and word != "one":
            return at + 1, 1
    if word == "couple":
        return (at + 2 if scan.word(at + 1) == "of" else at + 1), 2
    if word in ("few", "several"):
        return at + 1, 3
    return number(scan, at)


def _measured(scan: Scan, at: int, value: float) -> "tuple[int, Amount] | None":
    if scan.word(at) == "-" and scan.word(at + 1) in UNITS and scan.glued(at):
        at += 1
    unit_at = unit(scan, at)
    if unit_at is None or value > MOST:
        return None
    end, name = unit_at
    whole = amount_of(name, value)
    if whole is None:
        return None
    # "an hour and a half"
    if _and_a_half(scan, end) and value == int(value):
        more = amount_of(name, 0.5)
        if more is not None:
            return end + 3, whole.plus(more)
    return end, whole


def unit(scan: Scan, at: int) -> "tuple[int, str] | None":
    """A unit of time: `days`, `h`, `business days`, `working days`."""
    word = scan.word(at)
    if word in ("business", "working", "work", "bank") and scan.word(at + 1) in ("day", "days", "week", "weeks"):
        return at + 2, "workday" if scan.word(at + 1) in ("day", "days") else "week"
    if word == "calendar" and scan.word(at + 1) in UNITS:
        at, word = at + 1, scan.word(at + 1)
    if word == "week" and scan.word(at + 1) == "-" and scan.word(at + 2) == "end":
        return at + 3, "weekend"
    name = UNITS.get(word)
    if name is None:
        if word == "'" and scan.number(at - 1) >= 0 and scan.glued(at):
            return at + 1, "minute"
        return None
    end = at + 1
    if scan.word(end) == "." and scan.glued(end) and len(word) <= 4 and not scan.glued(end + 1):
        end += 1
    return end, name


def amount_of(unit: str, value: float) -> Amount | None:
    """So many of a unit; a fraction of a month or of a working day means nothing.

    >>> amount_of("day", 1.5)
    Amount(months=0, days=1, seconds=43200.0, workdays=0)
    >>> amount_of("month", 0.3)
    """
    seconds = {"second": 1, "minute": 60, "hour": 3600}.get(unit)
    if unit == "millisecond":
        return Amount(seconds=value / 1000)
    if seconds is not None:
        return Amount(seconds=value * seconds)
    if unit in ("week", "fortnight", "weekend"):
        return Amount(days=int(value * (14 if unit == "fortnight" else 7) + 0.5))
    per_day = {"day": 1}.get(unit)
    if per_day is not None:
        whole = int(value * per_day)
        return Amount(days=whole, seconds=(value * per_day - whole) * 86400)
    if unit == "workday":
        return Amount(workdays=int(value)) if value == int(value) else None
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    whole = int(value * months)
    return Amount(months=whole) if whole == value * months else None


def is_short_unit(scan: Scan, at: int) -> bool:
    """Whether the unit is one letter, which alone ("3y") says too little."""
    return scan.word(at) in SHORT_UNITS
