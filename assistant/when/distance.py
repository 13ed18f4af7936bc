"""Distances in time as ISO 8601 writes them, read and written. Adds them to nothing."""

from assistant.value import Value


class Distance(Value):
    """A distance as ISO 8601 writes it: calendar units and a time that passes.

    >>> read_distance("P1M2DT3H").days
    2
    """

    __slots__ = ("months", "days", "seconds")
    months: int
    days: int
    seconds: int


def read_distance(text: str) -> Distance:
    """A distance of ISO 8601 in whole units: P3D, P2W, P1M, P1Y, PT4H, PT30M, P1DT12H.

    >>> read_distance("P2W")
    Distance(months=0, days=14, seconds=0)
    """
    said = text.strip().upper()
    units = {"Y": (12, 0, 0), "M": (1, 0, 0), "W": (0, 7, 0), "D": (0, 1, 0)}
    clock_units = {"H": (0, 0, 3600), "M": (0, 0, 60), "S": (0, 0, 1)}
    total, digits, found = [0, 0, 0], "", False
    if said[:1] == "P":
        for letter in said[1:]:
            if letter.isascii() and letter.isdigit() and len(digits) < 9:
                digits += letter
            elif letter == "T" and not digits and units is not clock_units:
                units = clock_units
            elif letter in units and digits:
                total = [sum_ + int(digits) * size for sum_, size in zip(total, units[letter], strict=True)]
                digits, found = "", True
            else:
                found = False
                break
    if not found or digits or not any(total):
        raise ValueError(f"{text[:60]!r} is not a distance; write one such as P3D, P2W, PT2H or PT30M.")
    return Distance(*total)


def write_distance(distance: Distance) -> str:
    """The shortest ISO 8601 text of a distance.

    >>> write_distance(Distance(0, 14, 0)), write_distance(Distance(0, 0, 5400))
    ('P14D', 'PT1H30M')
    """
    years, months = divmod(distance.months, 12)
    hours, rest = divmod(distance.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    days = "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (distance.days, "D")) if n)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{days}{'T' + clock if clock else ''}"
