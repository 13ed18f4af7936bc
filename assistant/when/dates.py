"""Dates: weekdays, days of months, numeric and ISO forms, n-th weekdays. Gives facts and looks at no neighbour."""

from datetime import date

from assistant.when.figures import full_year, numeric
from assistant.when.lexicon import (
    COMING,
    DAYS_FROM_TODAY,
    LAST,
    MONTHS,
    NEXT,
    SHORT_WEEKDAYS,
    THIS,
    WEEKDAYS,
)
from assistant.when.numbers import cardinal, ordinal, unit
from assistant.when.places import nth_weekday
from assistant.when.scan import Piece, Scan, Span, days, days_in_month


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
    if word in ("early", "late") and scan.word(at + 1) in DAYS_FROM_TODAY:
        part = "morning" if word == "early" else "evening"
        return [Piece(at + 2, {"day": scan.today + days(DAYS_FROM_TODAY[scan.word(at + 1)]), "part": part})]
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
    # "mar" alone is the sea as much as the month.
    pieces.append(
        Piece(end, base, () if len(scan.word(mod_end)) > 3 or scan.word(mod_end) == "may" else ("not_alone",))
    )
    return pieces


def _is_clock_or_unit(scan: Scan, end: int, start: int) -> bool:
    """Whether the number before `end` belongs to what follows it: `march 5 pm`, `may 10:30`."""
    word = scan.word(end)
    if word in ("am", "pm") or (word == ":" and scan.glued(end) and scan.number(end + 1) >= 0):
        return True
    if word in ("a", "p", "h") and scan.glued(end):
        return True
    return (
        word in ("o'clock", "oclock", "times", "occurrences", "hours", "minutes", "weeks", "days", "months", "years")
        and end - start == 1
    )


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
            pieces.append(Piece(joined + 1, {**facts, "year": full_year(short.value)}))
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
        if scan.word(end) in WEEKDAYS or (
            scan.word(at) == "second" and not lead.startswith(("on", "of", "from", "by"))
        ):
            return []  # "first sunday" is counted, not dated
        piece = Piece(end, {"mdays": tuple(listed)})
        if lead.startswith("on"):
            piece.facts["on_day"] = True
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
        if lead.startswith("on"):
            facts["on_day"] = True
        return [Piece(end, facts, needs)]
    return []


def _ordinal_range(scan: Scan, at: int, first: int) -> list[Piece]:
    """The rest of `10th thru 15th`, which only a repetition takes as a list."""
    last = ordinal(scan, at + 1) if scan.word(at) in ("to", "through", "thru", "-", "till") else None
    if last is None or not first < last[1] <= 31:
        return []
    return [Piece(last[0], {"mdays": tuple(range(first, last[1] + 1))}, ("every",))]


def years(scan: Scan, at: int, lead: str) -> list[Piece]:
    token = scan.tokens[at]
    if token.digits == 4 and 1900 <= token.value <= 2199:
        end = at + 1
        if scan.word(end) in ("ad", "ce"):
            return [Piece(end + 1, {"year": token.value, "year_in": True})]
        facts: dict[str, object] = {"year": token.value}
        if lead != "in":
            return [Piece(end, facts)]
        whole = Span(date(token.value, 1, 1), date(token.value + 1, 1, 1), "year")
        return [Piece(end, {**facts, "year_in": True}), Piece(end, {"span": whole}, ("every", "plural"))]
    return []
