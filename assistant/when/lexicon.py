"""The English words that carry time, by what they mean. Tables only; how words combine is in the grammar."""


def words(text: str) -> frozenset[str]:
    """The words of a table line as a set."""
    return frozenset(text.split())


def _numbered(lines: tuple[str, ...], first: int) -> dict[str, int]:
    return {name: number for number, names in enumerate(lines, start=first) for name in names.split()}


WEEKDAYS = _numbered(
    (
        "monday mon mo",
        "tuesday tues tue tu teusday",
        "wednesday wednes weds wed we wendesday wensday wednsday",
        "thursday thurs thur thu th thrusday",
        "friday fri fr",
        "saturday satur sat sa",
        "sunday sun su",
    ),
    0,
)
MONTHS = _numbered(
    (
        "january jan",
        "february feb febuary",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    1,
)

# Two letters are a day only inside a list of such days ("mo,we,fr"), where nothing else can be meant.
SHORT_WEEKDAYS = words("mo tu we th fr sa su")
PLURAL_WEEKDAYS = {name + "s": day for name, day in WEEKDAYS.items() if name.endswith("day")} | {
    "mons": 0, "weds": 2, "thurs": 3, "fris": 4, "sats": 5, "suns": 6,
}  # fmt: skip
# Names and verbs that are also days or months: alone in a sentence they are not taken for a time.
HOMONYMS = words("may march mar sun sat mon wed jan jun dec sep oct april june august fri thu")

UNITS = {
    "second": "second", "seconds": "second", "sec": "second", "secs": "second", "s": "second",
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute", "m": "minute", "minuets": "minute",
    "hour": "hour", "hours": "hour", "hr": "hour", "hrs": "hour", "h": "hour",
    "day": "day", "days": "day", "d": "day", "week": "week", "weeks": "week", "wk": "week", "wks": "week", "w": "week",
    "fortnight": "fortnight", "fortnights": "fortnight", "month": "month", "months": "month", "mo": "month",
    "mos": "month", "mth": "month", "mths": "month", "quarter": "quarter", "quarters": "quarter", "qtr": "quarter",
    "qtrs": "quarter", "year": "year", "years": "year", "yr": "year", "yrs": "year", "y": "year",
    "decade": "decade", "decades": "decade", "century": "century", "centuries": "century",
    "weekend": "weekend", "weekends": "weekend", "workday": "workday", "workdays": "workday", "weekday": "workday",
    "weekdays": "workday", "workweek": "week", "workweeks": "week", "millisecond": "millisecond",
    "night": "day", "nights": "day",
}  # fmt: skip
SHORT_UNITS = words("s m h d w y mo")

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "dozen": 12,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))

# Day parts: the preference they follow, and whether a bare hour beside them is before or after noon.
PARTS = {
    "morning": "morning", "mornings": "morning", "morn": "morning", "breakfast": "morning",
    "afternoon": "afternoon", "afternoons": "afternoon", "lunch": "lunch", "lunchtime": "lunch",
    "evening": "evening", "evenings": "evening", "eve": "evening", "dinner": "evening", "dinnertime": "evening",
    "night": "tonight", "nights": "tonight", "nite": "tonight", "tonight": "tonight", "tonite": "tonight",
    "bedtime": "tonight",
}  # fmt: skip
PLURAL_PARTS = {"mornings": "morning", "afternoons": "afternoon", "evenings": "evening", "nights": "tonight"}
NOON = frozenset(("noon", "midday", "noontime"))
MIDNIGHT = frozenset(("midnight",))
DAY_ENDS = frozenset(("eod", "eob", "cob", "cop"))

NEXT = frozenset(("next", "following", "nxt"))
THIS = frozenset(("this", "current", "present"))
COMING = frozenset(("coming", "upcoming"))
LAST = frozenset(("last", "past", "previous", "prior"))

DAYS_FROM_TODAY = {
    "today": 0, "tod": 0, "tdy": 0, "tomorrow": 1, "tmr": 1, "tmrw": 1, "tmrow": 1, "tomorow": 1, "tommorow": 1,
    "tommorrow": 1, "tomorrows": 1, "tom": 1, "2morrow": 1, "yesterday": -1,
}  # fmt: skip

FREQUENCIES = {
    "hourly": (1, "hour"), "daily": (1, "day"), "everyday": (1, "day"), "nightly": (1, "day"), "weekly": (1, "week"),
    "biweekly": (2, "week"), "fortnightly": (2, "week"), "monthly": (1, "month"), "bimonthly": (2, "month"),
    "quarterly": (1, "quarter"), "semiannual": (6, "month"), "semiannually": (6, "month"), "biannual": (6, "month"),
    "biannually": (6, "month"), "yearly": (1, "year"), "annual": (1, "year"), "annually": (1, "year"),
    "biennial": (2, "year"), "biennially": (2, "year"), "minutely": (1, "minute"),
}  # fmt: skip
