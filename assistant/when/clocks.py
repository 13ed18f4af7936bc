"""Times of day as said: `9:30pm`, `half past seven`, `noon`, `1730`. Which half of the day it is gets decided later."""

from assistant.when.lexicon import DAY_ENDS, MIDNIGHT, NOON, SMALL
from assistant.when.numbers import cardinal
from assistant.when.scan import Clock, Scan

HALVES = {"am": "am", "a": "am", "pm": "pm", "p": "pm"}


def clock(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    """The time of day that starts here, if any."""
    token = scan.token(at)
    if token is None:
        return None
    if (token.value == 12 or token.text == "twelve") and (scan.word(at + 1) in NOON or scan.word(at + 1) in MIDNIGHT):
        return _named(scan, at + 1)
    if token.word and token.text.endswith("ish"):
        return _about(scan, at)
    if token.value >= 0:
        found = _digital(scan, at)
    elif token.word:
        found = _named(scan, at) or _past_or_to(scan, at) or _spelled(scan, at)
    else:
        return None
    if found is None:
        return None
    end, time = found
    if scan.word(end) in ("sharp", "exactly", "approximately", "approx"):
        end += 1
    elif scan.word(end) == "or" and scan.word(end + 1) == "so":
        end += 2
    return end, time


def _about(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    """`noonish`, `eightish`."""
    word = scan.word(at)[:-3]
    if word in NOON:
        return at + 1, Clock(12, half="24")
    hour = SMALL.get(word, SMALL.get(word + "e", 0))
    if not 1 <= hour <= 12:
        return None
    end, side = half(scan, at + 1)
    return end, Clock(hour, half=side)


def _digital(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    token = scan.tokens[at]
    return (
        _past_or_to(scan, at)
        or _with_minutes(scan, at)
        or (_hour_alone(scan, at) if token.digits <= 2 else _run_together(scan, at))
    )


def _plain_clock(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    """A time that is not itself counted from another."""
    token = scan.token(at)
    if token is None:
        return None
    if token.value >= 0:
        return _with_minutes(scan, at) or (_hour_alone(scan, at) if token.digits <= 2 else None)
    return _named(scan, at) or _spelled(scan, at)


def half(scan: Scan, at: int) -> "tuple[int, str]":
    """`am` or `pm` at this place, or nothing: `a.m.`, `p m`, `p.`, `in the AM`."""
    if scan.word(at) == "ish" and scan.glued(at):
        at += 1
    word = scan.word(at)
    if word in ("am", "pm"):
        return at + 1, word
    if word in ("a", "p") and scan.word(at + 1) == "m":
        return at + 2, word + "m"
    if (word in ("a", "p") and scan.glued(at)) or (word == "p" and scan.word(at + 1) == "."):
        follower = scan.token(at + 1)
        if follower is not None and follower.glued and (follower.word or follower.value >= 0):
            return at, ""
        return (at + 2 if scan.word(at + 1) == "." and scan.glued(at + 1) else at + 1), word + "m"
    if word == "." and scan.word(at + 1) in ("am", "pm") and scan.glued(at):
        return at + 2, scan.word(at + 1)
    if word == "in" and scan.word(at + 1) == "the" and scan.word(at + 2) in ("am", "pm"):
        return at + 3, scan.word(at + 2)
    return at, ""


def _with_minutes(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    hour, sign, minutes = scan.tokens[at], scan.word(at + 1), scan.token(at + 2)
    if hour.value > 24 or hour.digits > 2 or minutes is None or not scan.glued(at + 1):
        return None
    if sign == "h" and minutes.digits == 2 and minutes.glued and minutes.value < 60:
        return at + 3, _make(hour.value, minutes.value, 0, "24", hour.digits == 2 and hour.value < 10)
    if sign not in (":", ".") or minutes.digits != 2 or not minutes.glued or minutes.value > 59:
        return None
    end, second = at + 3, 0
    if scan.word(end) == sign and scan.glued(end) and scan.glued(end + 1) and scan.tokens[end + 1 : end + 2]:
        seconds = scan.tokens[end + 1]
        if seconds.digits != 2 or seconds.value > 59 or sign == ".":
            return None
        end, second = end + 2, seconds.value
        if scan.word(end) == "." and scan.glued(end + 1) and scan.number(end + 1) >= 0:
            end += 2
    end, side = half(scan, end)
    if not side and scan.word(end) in ("h", "uhr"):
        end, side = end + 1, "24"
    if side in ("am", "pm") and not 1 <= hour.value <= 12:
        return (end, _make(hour.value, minutes.value, second, "24")) if hour.value > 12 and side == "pm" else None
    literal = hour.text[0] == "0" or hour.value > 12
    return end, _make(hour.value, minutes.value, second, side or ("24" if literal else ""))


def _make(hour: int, minute: int, second: int, side: str, literal: bool = True) -> Clock:
    if hour == 24:
        return Clock(0, minute, second, "24", midnight=True)
    return Clock(hour, minute, second, side)


def _hour_alone(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    hour = scan.tokens[at]
    end, side = half(scan, at + 1)
    if not side and scan.word(at + 1) == "ish" and scan.glued(at + 1) and 1 <= hour.value <= 12:
        return at + 2, Clock(hour.value)
    if side:
        if side == "pm" and 12 < hour.value < 24:
            return end, Clock(hour.value, half="24")
        return (end, Clock(hour.value, half=side)) if 1 <= hour.value <= 12 else None
    if hour.value > 24:
        return None
    end = o_clock(scan, at + 1)
    if end > at + 1:
        end, side = half(scan, end)
        if side:
            return (end, Clock(hour.value, half=side)) if 1 <= hour.value <= 12 else None
        return end, _make(hour.value, 0, 0, "24" if hour.text[0] == "0" or hour.value > 12 else "")
    if scan.word(at + 1) in ("uhr",) or (scan.word(at + 1) == "h" and scan.glued(at + 1)):
        return at + 2, _make(hour.value, 0, 0, "24")
    literal = (hour.digits == 2 and hour.value < 10) or hour.value > 12 or hour.value == 0
    made = _make(hour.value, 0, 0, "24" if literal else "")
    return at + 1, made.replace(exact=False)


def o_clock(scan: Scan, at: int) -> int:
    word = scan.word(at)
    if word in ("o'clock", "oclock"):
        return at + 1
    if word == "o" and scan.word(at + 1) == "clock":
        return at + 2
    if word == "o" and scan.word(at + 1) == "'" and scan.word(at + 2) == "clock":
        return at + 3
    return at


def _run_together(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    """`1730`, `0900`, `730`."""
    token = scan.tokens[at]
    if token.digits not in (3, 4):
        return None
    hour, minute = divmod(token.value, 100)
    if hour > 24 or minute > 59:
        return None
    end, side = half(scan, at + 1)
    if side and not 1 <= hour <= 12:
        return None
    if not side and scan.word(end) in ("h", "hrs", "hours", "uhr"):
        end, side = end + 1, "24"
    literal = token.text[0] == "0" or hour > 12
    made = _make(hour, minute, 0, side or ("24" if literal else ""))
    return end, made.replace(exact=bool(side))


def _named(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    word = scan.word(at)
    if word in NOON:
        return at + 1, Clock(12, half="24")
    if word in MIDNIGHT:
        return at + 1, Clock(0, half="24", midnight=True)
    if word == "mid":
        after = at + 2 if scan.word(at + 1) == "-" else at + 1
        if scan.word(after) == "day":
            return after + 1, Clock(12, half="24")
        if scan.word(after) == "night":
            return after + 1, Clock(0, half="24", midnight=True)
    if word in DAY_ENDS:
        return at + 1, Clock(17, half="24")
    if word == "close" and scan.word(at + 1) == "of" and scan.word(at + 2) in ("business", "play"):
        return at + 3, Clock(17, half="24")
    if word == "end" and scan.word(at + 1) == "of":
        after = at + 3 if scan.word(at + 2) in ("the", "business", "working", "work") else at + 2
        if scan.word(after) == "business":
            after += 1
        if scan.word(after) in ("day", "workday"):
            return after + 1, Clock(17, half="24")
        if scan.word(at + 2) == "business":
            return at + 3, Clock(17, half="24")
    return None


def _past_or_to(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    """`half past seven`, `a quarter to 5`, `20 past 3pm`, `ten minutes before noon`, `three quarters past 9`."""
    start = at
    word = scan.word(at)
    if word in ("a", "an"):
        at += 1
        word = scan.word(at)
    if word == "half":
        end, minutes = at + 1, 30
        if scan.word(end) not in ("past", "after"):
            return None
    elif word == "quarter":
        end, minutes = at + 1, 15
    elif word == "three" and scan.word(at + 1) == "quarters":
        end, minutes = at + 2, 45
    else:
        counted = (at + 1, scan.number(at)) if scan.number(at) >= 0 else cardinal(scan, at)
        if counted is None or not 0 < counted[1] < 60 or at > start:
            return None
        end, minutes = counted
        if scan.word(end) in ("minutes", "minute", "mins", "min"):
            end += 1
    side = scan.word(end)
    if side in ("past",) or (
        side in ("after",) and minutes < 60 and scan.word(end - 1) not in ("minutes", "minute", "mins", "min")
    ):
        sign = 1
    elif scan.word(start - 1) in ("from", "between"):
        return None  # "from five to six" is a range
    elif side in ("to", "till", "til", "before", "of") and (
        side != "before" or scan.word(end - 1) not in ("minutes", "minute", "mins", "min")
    ):
        sign = -1
    else:
        return None
    base = _plain_clock(scan, end + 1)
    if base is None or base[1].minute or base[1].hour > 23:
        return None
    if side in ("to", "of", "after", "before") and word not in ("quarter", "half", "three"):
        # "8 to 5" is a range, "10 of 12" a fraction; spelled minutes or a named noon leave no doubt.
        spoken = scan.number(at) < 0 and minutes % 5 == 0
        if (
            not spoken
            and scan.word(end - 1) not in ("minutes", "minute", "mins", "min")
            and not (minutes % 5 == 0 and minutes > 12)
        ):
            return None
    return base[0], shift_minutes(base[1], sign * minutes)


def shift_minutes(base: Clock, minutes: int) -> Clock:
    """A time so many minutes before or after a full hour."""
    total = base.hour * 60 + minutes
    hour, minute = divmod(total, 60)
    half = base.half
    if half in ("am", "pm") and minutes < 0:
        if base.hour == 12:  # a quarter to 12pm is still before noon
            half = "am" if half == "pm" else "pm"
        hour = hour or 12
    elif not half and hour == 0:
        hour = 12
    return Clock(hour % 24, minute, 0, half)


def _spelled(scan: Scan, at: int) -> "tuple[int, Clock] | None":
    hour = cardinal(scan, at)
    if hour is None or not 1 <= hour[1] <= 24:
        return None
    end, value = hour
    after = end + 1 if scan.word(end) == "-" else end
    if scan.word(after) in ("oh", "ou", "o") and (ones := cardinal(scan, after + 1)) and 0 < ones[1] < 10:
        end, side = half(scan, ones[0])
        return end, Clock(value, ones[1], 0, side)
    minutes = cardinal(scan, after)
    if minutes is not None and 10 <= minutes[1] < 60:
        end, side = half(scan, minutes[0])
        return end, _make(value, minutes[1], 0, "24" if value > 12 else side)
    end, side = half(scan, end)
    if side:
        return (end, Clock(value, half=side)) if value <= 12 else None
    after = o_clock(scan, end)
    made = Clock(value % 24, half="24" if value > 12 else "")
    return after, made if after > end else made.replace(exact=False)
