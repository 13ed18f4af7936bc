"""The frozen values that go into and come out of reading time words. Holds no behaviour."""

from datetime import datetime, time

from assistant.value import Value

DAY_PARTS = {
    "morning": time(8),
    "lunch": time(12),
    "afternoon": time(15),
    "evening": time(18),
    "tonight": time(20),
}


class Conventions(Value):
    """How a person means what they leave out. `working_days` and `week_start` count Monday as 0."""

    __slots__ = (
        "zone", "language", "date_order", "week_start", "default_time", "working_days", "country", "day_parts",
    )  # fmt: skip
    zone: str  # IANA key, for example Europe/Berlin
    language: str = "en"  # ISO 639-1
    date_order: str = "mdy"  # mdy | dmy | ymd
    week_start: int = 0
    default_time: time = time(9)
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    country: str | None = None  # ISO 3166 code whose public holidays count
    day_parts: dict[str, time] = DAY_PARTS


class Reading(Value):
    """What a text means, or why it means nothing.

    `at` is the instant, or the first slot of a rule, aware and in `zone`. `message` is what is left of the text, word
    for word. `notes` say which convention decided. `choices` holds the rival readings where two are truly open.
    `unplaced` names the words that stood in the way of a reading and `hint` the nearest form that is known.
    """

    __slots__ = (
        "text", "kind", "at", "rule", "zone", "pinned", "grain", "clock", "end", "message", "reading", "notes",
        "choices", "unplaced", "hint", "elapsed",
    )  # fmt: skip
    text: str
    kind: str  # instant | recurrence | none
    at: datetime | None = None
    rule: str | None = None  # the rule as `when.rule` keeps it
    zone: str = "UTC"
    pinned: bool = False  # the text itself named the zone
    grain: str = "minute"  # second | minute | hour | day | week | month | quarter | year
    clock: bool = False  # the text named a time of day or a distance finer than a day
    end: datetime | None = None  # where the text named an interval, its end
    message: str = ""
    reading: str = ""
    notes: tuple[str, ...] = ()
    choices: tuple["Reading", ...] = ()
    unplaced: tuple[str, ...] = ()
    hint: str | None = None
    elapsed: bool = False  # a distance from now by the clock, which no change of zone moves
