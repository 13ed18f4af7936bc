"""Dates: weekdays, days of months, numeric and ISO forms, n-th weekdays. Gives facts and looks at no neighbour."""

from datetime import date

from assistant.when.lexicon import (
    COMING,
    DAYS_FROM_TODAY,
    LAST,
    MONTHS,
    NEXT,
    ORDINAL_ENDINGS,
    SHORT_WEEKDAYS,
    THIS,
    WEEKDAYS,
)
from assistant.when.numbers import cardinal, how_many, ordinal, unit
from assistant.when.scan import Clock, Piece, Scan, days, days_in_month


def dates(scan: Scan, at: int, lead: str) -> list[Piece]:
    """All dates that may start here. `lead` is the preposition before it, if any."""
    token = scan.tokens[at]
    if token.value >= 0:
        return [*numeric(scan, at), *nth_weekday(scan, at), *_day_then_month(scan, at), *_day_of_month(scan, at, lead)]
    if not token.word:
        return []
    found = _named_day(scan, at) or _modified_date(scan, at)
    if found:
        return found
    return [
        *nth_weekday(scan, at),
        *_weekdays(scan, at),
        *_month_first(scan, at),
        *_day_then_month(scan, at),
        *_day_of_month(scan, at, lead),
    ]


def _modified_date(scan: Scan, at: int) -> list[Piece]:
    """`next 5/12`, `this 3rd of may`: such a date is the next one anyway."""
    end, mod = modifier(scan, at)
    if mod not in ("next", "this", "coming") or scan.number(end) < 0:
        return []
    return [*numeric(scan, end), *_day_then_month(scan, end)]


def _named_day(scan: Scan, at: int) -> list[Piece]:
    word = scan.word(at)
    if word in DAYS_FROM_TODAY:
        if word == "tom" and (scan.text[scan.tokens[at].start] == "T"):
            return []
        end = at + 1
        return [Piece(end, {"day": scan.today + days(DAYS_FROM_TODAY[word])})]
    if (
        word in ("two", "2")
        and scan.word(at + 1) == "days"
        and scan.word(at + 2) == "after"
        and scan.word(at + 3) == "tomorrow"
    ):
        return [Piece(at + 4, {"day": scan.today + days(3)})]
    if word == "overmorrow":
        return [Piece(at + 1, {"day": scan.today + days(2)})]
    if word == "day" or (word == "the" and scan.word(at + 1) == "day"):
        at += word == "the"
        pair = (scan.word(at + 1), scan.word(at + 2))
        if pair == ("after", "tomorrow"):
            return [Piece(at + 3, {"day": scan.today + days(2)})]
        if pair == ("before", "yesterday"):
            return [Piece(at + 3, {"day": scan.today + days(-2)})]
        if pair == ("after", "next"):
            return [Piece(at + 3, {"day": scan.today + days(2)})]
    if (word in THIS and scan.word(at + 1) == "day") or (word == "my" and scan.word(at + 1) == "day"):
        return [Piece(at + 2, {"day": scan.today})]
    if (word in NEXT or word in COMING) and scan.word(at + 1) == "day":
        return [Piece(at + 2, {"day": scan.today + days(1)})]
    return []


def modifier(scan: Scan, at: int) -> "tuple[int, str]":
    """`this`, `next`, `last`, `coming` before a day or a period."""
    word = scan.word(at)
    if word == "this" and (scan.word(at + 1) in COMING or scan.word(at + 1) in NEXT):
        return at + 2, "coming" if scan.word(at + 1) in COMING else "next"
    if word == "this" and scan.word(at + 1) == "past":
        return at + 2, "last"
    for words, name in ((NEXT, "next"), (THIS, "this"), (COMING, "coming"), (LAST, "last")):
        if word in words:
            return at + 1, name
    return at, ""


def _weekdays(scan: Scan, at: int) -> list[Piece]:
    """`friday`, `next friday`, `mon.`, `friday week`."""
    end, mod = modifier(scan, at)
    word = scan.word(end)
    if word not in WEEKDAYS or word in SHORT_WEEKDAYS:
        return []
    day = WEEKDAYS[word]
    end += 1
    if len(word) <= 5 and scan.word(end) == "." and scan.glued(end):
        end += 1
    facts = {"wdays": (day,), "wmod": mod}
    if mod == "last":
        return [Piece(end, facts)]
    if scan.word(end) == "after" and scan.word(end + 1) == "next":
        return [Piece(end + 2, {"wdays": (day,), "wmod": "after_next"})]
    if not mod and scan.word(end) == "week" and scan.word(end + 1) not in ("of", "after"):
        return [Piece(end + 1, {"wdays": (day,), "wmod": "week"}), Piece(end, facts)]
    return [Piece(end, facts)]


def month_name(scan: Scan, at: int) -> "tuple[int, int] | None":
    month = MONTHS.get(scan.word(at))
    if month is None:
        return None
    end = at + 1
    if scan.word(end) == "." and scan.glued(end) and len(scan.word(at)) <= 4:
        end += 1
    return end, month


def day_number(scan: Scan, at: int) -> "tuple[int, int] | None":
    """A day of the month as a number or an ordinal, in digits or words."""
    found = ordinal(scan, at)
    if found is None:
        token = scan.token(at)
        if token is None:
            return None
        if token.value >= 0:
            if token.digits > 2:
                return None
            end = at + 1
            if scan.word(end) == "." and scan.glued(end):
                end += 1
            found = (end, token.value)
        else:
            found = cardinal(scan, at)
    return found if found is not None and 1 <= found[1] <= 31 else None


def year_number(scan: Scan, at: int) -> "tuple[int, int] | None":
    """A year: `2018`, `'18`, `two thousand and eighteen`."""
    token = scan.token(at)
    if token is None:
        return None
    if token.value >= 0:
        if token.digits == 4 and 1900 <= token.value <= 2199 and scan.word(at + 1) not in (":", "h"):
            return at + 1, token.value
        return None
    if token.text == "'" and scan.token(at + 1) is not None and scan.tokens[at + 1].digits == 2:
        return at + 2, 2000 + scan.number(at + 1)
    if token.text == "two" and scan.word(at + 1) == "thousand":
        spelled = cardinal(scan, at)
        return spelled if spelled and spelled[1] < 2200 else None
    if token.text in ("twenty", "nineteen"):
        first, rest = cardinal(scan, at), cardinal(scan, at + 1)
        if first and rest and token.text == "twenty" and 10 <= rest[1] < 100:
            return rest[0], 2000 + rest[1]
    return None


def _year_after(scan: Scan, at: int) -> "tuple[int, int] | None":
    """A year that follows a month, over `,`, `.`, `-`, `/`, `of`, `in`."""
    start = at
    while scan.word(at) in (",", ".", "-", "/", "of", "in", "'") and at - start < 2:
        if scan.word(at) == "'":
            break
        at += 1
    found = year_number(scan, at)
    if found is None:
        return None
    if scan.word(found[0]) == "-" and scan.glued(found[0]) and scan.number(found[0] + 1) >= 0 and at == start:
        pass
    return found


def _month_first(scan: Scan, at: int) -> list[Piece]:
    """`march 3rd`, `Oct. 2`, `Oct/2`, `May 2027`, `april`, `Jan first`."""
    mod_end, mod = modifier(scan, at)
    named = month_name(scan, mod_end)
    if named is None:
        return []
    end, month = named
    pieces: list[Piece] = []
    base = {"month": month} if not mod else {"month": month, "mmod": mod}
    after = end
    if scan.word(after) in ("-", "/", ".", ","):
        after += 1
    if scan.word(after) == "the":
        after += 1
    day = day_number(scan, after)
    if day is not None and not _is_clock_or_unit(scan, day[0], after):
        if day[1] <= days_in_month(2024, month):
            facts = {**base, "mdays": (day[1],)}
            year = _year_after(scan, day[0])
            if year is not None:
                pieces.append(Piece(year[0], {**facts, "year": year[1]}))
            pieces.append(Piece(day[0], facts))
        else:
            short = scan.token(after)
            if short is not None and short.value >= 32 and short.digits == 2:
                pieces.append(Piece(after + 1, {**base, "year": 2000 + short.value}, ("never",)))
    year = _year_after(scan, end)
    if year is not None:
        pieces.append(Piece(year[0], {**base, "year": year[1]}))
    pieces.append(Piece(end, base))
    return pieces


def _is_clock_or_unit(scan: Scan, end: int, start: int) -> bool:
    """Whether the number before `end` belongs to what follows it: `march 5 pm`, `may 10:30`."""
    word = scan.word(end)
    if word in ("am", "pm") or (word == ":" and scan.glued(end) and scan.number(end + 1) >= 0):
        return True
    if word in ("a", "p", "h") and scan.glued(end):
        return True
    return word in ("o'clock", "oclock", "hours", "minutes", "weeks", "days", "months", "years") and end - start == 1


def _day_then_month(scan: Scan, at: int) -> list[Piece]:
    """`3rd of march`, `22-feb`, `8/Oct/2012`, `22mar`, `first of march`, `11NOV`, `3 jan 10`."""
    day = day_number(scan, at)
    if day is None:
        if scan.word(at) == "ides" and scan.word(at + 1) == "of" and (named := month_name(scan, at + 2)):
            return [Piece(named[0], {"month": named[1], "mdays": (15 if named[1] in (3, 5, 7, 10) else 13,)})]
        return []
    end, number = day
    if scan.word(end) == "day":
        end += 1
    while scan.word(end) in ("of", "-", "/", ".", ",", "in", "the") and end - day[0] < 2:
        end += 1
    named = month_name(scan, end)
    if named is None:
        return []
    end, month = named
    if number > days_in_month(2024, month):
        return []
    facts = {"month": month, "mdays": (number,)}
    pieces = []
    year = _year_after(scan, end)
    if year is not None:
        pieces.append(Piece(year[0], {**facts, "year": year[1]}))
    else:
        short = scan.token(end)
        joined = end
        if short is not None and short.text in ("-", "/", "'"):
            joined, short = end + 1, scan.token(end + 1)
        if (
            short is not None
            and short.digits == 2
            and not _is_clock_or_unit(scan, joined + 1, joined)
            and scan.word(joined + 1) not in (".", "-", "/", "h")
            and (joined > end or scan.number(at) >= 0)
        ):
            pieces.append(Piece(joined + 1, {**facts, "year": _full_year(short.value)}))
    pieces.append(Piece(end, facts))
    return pieces


def _day_of_month(scan: Scan, at: int, lead: str) -> list[Piece]:
    """`the 5th`, `23rd`, `on the 15`, `fifteenth`."""
    place = ordinal(scan, at)
    if place is not None and 1 <= place[1] <= 31:
        if lead.startswith(("in", "at")) or (lead.startswith("for") and scan.number(at) < 0):
            return []
        end = place[0]
        listed = [place[1]]
        while True:
            after = end
            while scan.word(after) in (",", "and", "&", "the") and after - end < 3:
                after += 1
            more = ordinal(scan, after) if after > end else None
            if more is None or not 1 <= more[1] <= 31:
                break
            end = more[0]
            listed.append(more[1])
        piece = Piece(end, {"mdays": tuple(listed)})
        if scan.number(at) < 0 and "the" not in lead:
            piece.needs = ("wdays", "month", "span", "every", "of_month")
        pieces = [piece]
        if len(listed) > 1:
            pieces.append(Piece(place[0], {"mdays": (place[1],)}, piece.needs))
        else:
            pieces.extend(_ordinal_range(scan, end, place[1]))
        return pieces
    token = scan.tokens[at]
    if 0 < token.value <= 31 and token.digits <= 2:
        end = at + 1
        if scan.word(end) == "." and scan.glued(end) and not (scan.glued(end + 1) and scan.number(end + 1) >= 0):
            end += 1
        plain = not (lead.endswith("the") or end > at + 1 or lead == "on")
        needs: tuple[str, ...] = ("wdays", "span", "bare", "month") if plain else ()
        if lead in ("from", "between"):
            needs = ("month", "span")
        if lead.startswith(("at", "for", "by", "in")) or unit(scan, end) is not None:
            return []
        facts: dict[str, object] = {"mdays": (token.value,)}
        if plain:
            facts["bare_day"] = True
        return [Piece(end, facts, needs)]
    return []


def _ordinal_range(scan: Scan, at: int, first: int) -> list[Piece]:
    """The rest of `10th thru 15th`, which only a repetition takes as a list."""
    last = ordinal(scan, at + 1) if scan.word(at) in ("to", "through", "thru", "-", "till") else None
    if last is None or not first < last[1] <= 31:
        return []
    return [Piece(last[0], {"mdays": tuple(range(first, last[1] + 1))}, ("every",))]


def nth_weekday(scan: Scan, at: int) -> list[Piece]:
    """`third tuesday`, `last friday`, `2nd and last fridays`, `3rd last tuesday`, `last day`, `first working day`."""
    places: list[int] = []
    end = at
    while len(places) < 6:
        place = nth(scan, end)
        if place is None:
            break
        end = place[0]
        places.append(place[1])
        after = end
        while scan.word(after) in (",", "and", "&", "the", "or") and after - end < 3:
            after += 1
        if after == end or nth(scan, after) is None:
            break
        end = after
    if not places:
        return []
    if scan.word(end) in ("instance", "instances", "occurrence", "occurrences"):
        return _instances(scan, end + 1, tuple(places))
    what = nth_what(scan, end)
    if what is None:
        return _first_several(scan, at)
    plural = scan.word(what[0] - 1) not in WEEKDAYS and isinstance(what[1], int)
    end, kind = what
    if plural:  # "1st and 3rd mondays" are those of every month
        return [Piece(end, {"nths": tuple((place, kind) for place in places), "plural": True, "of_month": "month"})]
    nths = tuple((place, kind) for place in places)
    return [Piece(end, {"nths": nths}, ("month", "span", "of_month", "every"))]


def _instances(scan: Scan, at: int, places: tuple[int, ...]) -> list[Piece]:
    """`first and last instance of wed and fri`: counted among several weekdays together."""
    if [scan.word(at + n) for n in range(3)] == ["into", "the", "month"]:
        at += 3
    if scan.word(at) != "of":
        return []
    at += 1
    if scan.word(at) == "one" and scan.word(at + 1) == "of":
        at += 2
    named: list[int] = []
    while (day := nth_what(scan, at)) is not None and isinstance(day[1], int):
        named.append(day[1])
        at = end = day[0]
        while scan.word(at) in (",", "and", "or", "&") and at - end < 2:
            at += 1
    if not named:
        return []
    days = tuple(sorted(set(named)))
    return [Piece(end, {"nths": tuple((place, days) for place in places), "plural": True, "of_month": "month"})]


def _first_several(scan: Scan, at: int) -> list[Piece]:
    """`first 2 weeks`, `last four months`: where such a stretch begins in a longer one."""
    sign = {"first": 1, "last": -1}.get(scan.word(at), 0)
    counted = how_many(scan, at + 1) if sign else None
    end, count = counted if counted is not None and scan.word(at + 1) not in ("a", "an") else (at + 1, 1)
    named = unit(scan, end)
    if not sign or named is None or named[1] not in ("week", "month", "day") or count != int(count):
        return []
    return [Piece(named[0], {"nths": ((1 if sign > 0 else -int(count), named[1]),)}, ("month", "span", "year"))]


def nth(scan: Scan, at: int) -> "tuple[int, int] | None":
    """A place counted from the front or the back: `3rd`, `last`, `second last`, `2nd to last`, `penultimate`."""
    word = scan.word(at)
    if word == "last" or word == "final":
        return at + 1, -1
    if word == "penultimate":
        return at + 1, -2
    place = ordinal(scan, at)
    if place is None or place[1] > 366:
        return None
    end, number = place
    after = end
    if scan.word(after) in ("-", "to"):
        after += 1
        if scan.word(after) in ("-", "to"):
            after += 1
    if scan.word(after) == "last":
        return after + 1, -number
    return place


def nth_what(scan: Scan, at: int) -> "tuple[int, int | str] | None":
    """What is counted: a weekday, a day, a working day."""
    word = scan.word(at)
    if word.endswith("s") and word[:-1] in WEEKDAYS and word not in WEEKDAYS:
        word = word[:-1]
    if word in WEEKDAYS and word not in SHORT_WEEKDAYS:
        end = at + 1
        if scan.word(end) == "." and scan.glued(end) and len(word) < 6:
            end += 1
        return end, WEEKDAYS[word]
    if word in ("business", "working", "work", "bank") and scan.word(at + 1) in ("day", "days"):
        return at + 2, "workday"
    if word in ("weekday", "weekdays", "workday", "workdays"):
        return at + 1, "weekday" if word.startswith("week") else "workday"
    if word in ("day", "days"):
        return at + 1, "day"
    if word == "month" and scan.word(at + 1) in ("of", "in"):
        return at + 1, word
    if word == "weekend" or (word == "week" and scan.word(at + 1) in ("of", "in")):
        return at + 1, word
    return None


# --- figures only -----------------------------------------------------------------------------------------------------


def numeric(scan: Scan, at: int) -> list[Piece]:
    """`5/31`, `2026-11-24`, `24.11.2026`, `2012/8/10`, `04/2016`, `8.5.`: two or three figures with one sign."""
    first, sign, second = scan.tokens[at], scan.word(at + 1), scan.token(at + 2)
    if sign not in ("/", "-", ".") or second is None or second.value < 0 or first.digits > 4:
        return _eight_digits(scan, at)
    spaced = not (scan.glued(at + 1) and second.glued)
    if spaced and (sign == "-" and scan.conventions.date_order == "mdy"):
        return []
    end = at + 3
    third = scan.token(end + 1)
    if (
        scan.word(end) == sign
        and third is not None
        and third.value >= 0
        and (third.glued or (sign == "." and third.digits == 4))
        and scan.glued(end)
    ):
        made = _three_figures(scan, first.text, second.text, third.text, sign)
        if made is None:
            return []
        facts: dict[str, object] = {"day": made}
        if (
            len(first.text) <= 2
            and first.value <= 12
            and second.value <= 12
            and first.value != second.value
            and sign != "."
        ):
            facts["order"] = first.text + sign + second.text + sign + third.text
        if sign == "." and third.digits == 2:
            facts["frail"] = True  # "1.10.30" may as well be a version
        return [Piece(end + 2, facts), *_iso_time(scan, end + 2, made)]
    if spaced and sign == "." and not scan.glued(at + 1):
        return []
    return _two_figures(scan, first.text, second.text, sign, end)


def _iso_time(scan: Scan, at: int, day: date) -> list[Piece]:
    """The rest of `2026-12-05T15:00:00Z`, of `…T150000+02:00`."""
    if scan.word(at) != "t" or not scan.glued(at) or not scan.glued(at + 1):
        return []
    token = scan.token(at + 1)
    if token is None or token.value < 0:
        return []
    if token.digits in (4, 6):
        figures = [int(token.text[n : n + 2]) for n in range(0, token.digits, 2)]
        end = at + 2
    else:
        figures, end = [token.value], at + 2
        while scan.word(end) == ":" and scan.glued(end) and scan.number(end + 1) >= 0 and len(figures) < 3:
            figures.append(scan.number(end + 1))
            end += 2
        if scan.word(end) in (".", ",") and scan.glued(end) and scan.number(end + 1) >= 0:
            end += 2
    figures.extend([0] * (3 - len(figures)))
    if len(figures) != 3 or figures[0] > 23 or figures[1] > 59 or figures[2] > 59:
        return []
    facts: dict[str, object] = {
        "day": day,
        "clock": Clock(figures[0], figures[1], figures[2], "24"),
        "clock_exact": True,
    }
    if scan.word(end) == "z" and scan.glued(end):
        return [Piece(end + 1, {**facts, "zone": "UTC"})]
    if scan.word(end) in ("+", "-") and scan.glued(end) and scan.number(end + 1) >= 0:
        return _iso_offset(scan, end, facts)
    return [Piece(end, facts)]


def _iso_offset(scan: Scan, at: int, facts: "dict[str, object]") -> list[Piece]:
    token = scan.tokens[at + 1]
    hours, minutes, end = token.value, 0, at + 2
    if token.digits == 4:
        hours, minutes = divmod(token.value, 100)
    elif scan.word(end) == ":" and scan.number(end + 1) >= 0:
        minutes, end = scan.number(end + 1), end + 2
    if hours > 14 or minutes > 59:
        return []
    sign = 1 if scan.word(at) == "+" else -1
    return [Piece(end, {**facts, "utc_offset": sign * (hours * 60 + minutes)})]


def _eight_digits(scan: Scan, at: int) -> list[Piece]:
    text = scan.tokens[at].text
    if len(text) == 8 and text[:2] in ("19", "20"):
        made = _date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return [Piece(at + 1, {"day": made}), *_iso_time(scan, at + 1, made)] if made else []
    return []


def _three_figures(scan: Scan, a: str, b: str, c: str, sign: str) -> date | None:
    order = scan.conventions.date_order
    if len(a) == 4:
        return _date(int(a), int(b), int(c)) or (_date(int(a), int(c), int(b)) if sign == "/" else None)
    if len(b) > 2 or len(a) > 2 or len(c) not in (2, 4):
        return None
    if len(c) == 2 and (order == "ymd" or (int(a) > 12 and int(b) <= 12 and int(c) > 12 and sign == "-")):
        made = _date(2000 + int(a), int(b), int(c))
        if made:
            return made
    year = int(c) if len(c) == 4 else _full_year(int(c))
    month_first = order == "mdy" and sign != "."
    one, two = (int(a), int(b)) if month_first else (int(b), int(a))
    return _date(year, one, two) or _date(year, two, one)


def _full_year(two: int) -> int:
    return 2000 + two if two < 70 else 1900 + two


def _date(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
        return None
    return date(year, month, day)


def _two_figures(scan: Scan, a: str, b: str, sign: str, end: int) -> list[Piece]:
    if scan.word(end) == sign and scan.glued(end) and sign == ".":
        end += 1  # the closing point of `8.5.`
        closed = True
    else:
        closed = False
    one, two = int(a), int(b)
    if len(b) == 4 and len(a) <= 2 and 1 <= one <= 12 and 1900 <= two <= 2199:
        return [Piece(end, {"month": one, "year": two})]
    if len(a) == 4 and len(b) <= 2 and 1 <= two <= 12 and 1900 <= one <= 2199 and sign == "-":
        return [Piece(end, {"month": two, "year": one})]
    if len(a) > 2 or len(b) > 2:
        return []
    if scan.conventions.date_order == "mdy" and sign != ".":
        month, day = one, two
    else:
        month, day = two, one
    if not _plausible(month, day):
        month, day = day, month
    if not _plausible(month, day):
        return []
    needs: tuple[str, ...] = ()
    if sign == "-" or (sign == "." and not closed):
        # "3-4" is a range or a score and "6.45" a price or a time, unless nothing else stands there.
        needs = ("clock_exact", "alone_date") if one > 12 or two > 12 else ("clock_exact",)
    made: dict[str, object] = {"month": month, "mdays": (day,)}
    if one <= 12 and two <= 12 and one != two and sign != ".":
        made["order"] = a + sign + b
    return [Piece(end, made, needs)]


def _plausible(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(2024, month)


def is_ordinal_ending(scan: Scan, at: int) -> bool:
    return scan.word(at) in ORDINAL_ENDINGS
