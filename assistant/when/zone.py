"""Wall time and zone to instants, and the words people use for zones. Knows nothing of rules."""

from datetime import UTC, datetime, timedelta, tzinfo

# One meaning each, the one most people of that name live by. IST (India, Israel, Ireland) is left out on purpose, and
# a standard-time name means the zone with its summer time: "9am EST" in July is nine o'clock in New York.
_ABBREVIATIONS = {
    "utc": "UTC", "gmt": "UTC", "zulu": "UTC", "z": "UTC",
    "et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern": "America/New_York",
    "ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
    "pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "akst": "America/Anchorage", "akdt": "America/Anchorage",
    "hst": "Pacific/Honolulu", "ast": "America/Halifax", "adt": "America/Halifax", "nst": "America/St_Johns",
    "brt": "America/Sao_Paulo", "art": "America/Argentina/Buenos_Aires", "clt": "America/Santiago",
    "bst": "Europe/London", "wet": "Europe/Lisbon", "west": "Europe/Lisbon",
    "cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
    "eet": "Europe/Helsinki", "eest": "Europe/Helsinki", "msk": "Europe/Moscow", "trt": "Europe/Istanbul",
    "sast": "Africa/Johannesburg", "wat": "Africa/Lagos", "cat": "Africa/Maputo", "eat": "Africa/Nairobi",
    "pkt": "Asia/Karachi", "npt": "Asia/Kathmandu", "ict": "Asia/Bangkok", "wib": "Asia/Jakarta",
    "hkt": "Asia/Hong_Kong", "sgt": "Asia/Singapore", "pht": "Asia/Manila", "jst": "Asia/Tokyo", "kst": "Asia/Seoul",
    "awst": "Australia/Perth", "acst": "Australia/Adelaide", "acdt": "Australia/Adelaide",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}  # fmt: skip

# Cities people name that gave no zone its name.
_CITIES = {
    "new york city": "America/New_York", "nyc": "America/New_York", "boston": "America/New_York",
    "washington": "America/New_York", "washington dc": "America/New_York", "philadelphia": "America/New_York",
    "miami": "America/New_York", "atlanta": "America/New_York", "orlando": "America/New_York",
    "montreal": "America/Toronto", "ottawa": "America/Toronto", "houston": "America/Chicago",
    "dallas": "America/Chicago", "austin": "America/Chicago", "san francisco": "America/Los_Angeles",
    "sf": "America/Los_Angeles", "la": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "san diego": "America/Los_Angeles", "las vegas": "America/Los_Angeles", "portland": "America/Los_Angeles",
    "calgary": "America/Edmonton", "rio de janeiro": "America/Sao_Paulo", "edinburgh": "Europe/London",
    "manchester": "Europe/London", "munich": "Europe/Berlin", "hamburg": "Europe/Berlin",
    "frankfurt": "Europe/Berlin", "cologne": "Europe/Berlin", "milan": "Europe/Rome", "barcelona": "Europe/Madrid",
    "lyon": "Europe/Paris", "geneva": "Europe/Zurich", "kyiv": "Europe/Kyiv", "kiev": "Europe/Kyiv",
    "the hague": "Europe/Amsterdam", "rotterdam": "Europe/Amsterdam", "cape town": "Africa/Johannesburg",
    "tel aviv": "Asia/Jerusalem", "abu dhabi": "Asia/Dubai", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata", "bengaluru": "Asia/Kolkata",
    "chennai": "Asia/Kolkata", "hanoi": "Asia/Ho_Chi_Minh", "saigon": "Asia/Ho_Chi_Minh",
    "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "osaka": "Asia/Tokyo", "kyoto": "Asia/Tokyo",
    "canberra": "Australia/Sydney", "wellington": "Pacific/Auckland",
}  # fmt: skip

# Groups whose last part is a direction or a state, not a place somebody would name alone.
_NO_CITIES = (
    "Etc",
    "US",
    "Canada",
    "Brazil",
    "Mexico",
    "Chile",
    "Australia/North",
    "Australia/South",
    "Australia/West",
)

_places: dict[str, str] = {}


def load(key: str) -> tzinfo:
    """The zone of an IANA key; an unknown one is a ValueError that names a near one.

    >>> load("Europe/Berlin").key
    'Europe/Berlin'
    """
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError, TypeError):
        # A folder of the database raises OSError, an absolute path ValueError, an unknown key KeyError.
        raise ValueError(_unknown(key)) from None


def to_instant(wall: datetime, key: str) -> datetime:
    """The instant, in UTC, of a naive wall time: a gap is read with the offset before it, a repeated hour is the first.

    >>> to_instant(datetime(2026, 3, 29, 2, 30), "Europe/Berlin").astimezone(load("Europe/Berlin")).isoformat()
    '2026-03-29T03:30:00+02:00'
    """
    try:
        return wall.replace(tzinfo=load(key), fold=0).astimezone(UTC)
    except OverflowError:  # the last day of the calendar has no room for an offset
        return wall.replace(tzinfo=UTC)


def to_wall(instant: datetime, key: str) -> datetime:
    """The naive wall time of an aware instant.

    >>> to_wall(datetime(2026, 7, 1, 12, tzinfo=UTC), "Asia/Tokyo").isoformat()
    '2026-07-01T21:00:00'
    """
    try:
        return instant.astimezone(load(key)).replace(tzinfo=None, fold=0)
    except OverflowError:  # the last day of the calendar has no room for an offset
        return instant.replace(tzinfo=None)


def is_skipped(wall: datetime, key: str) -> bool:
    """Whether clocks jump over this wall time.

    >>> is_skipped(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
    True
    """
    return to_wall(to_instant(wall, key), key) != wall.replace(fold=0)


def is_repeated(wall: datetime, key: str) -> bool:
    """Whether clocks show this wall time twice.

    >>> is_repeated(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")
    True
    """
    zone = load(key)
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    return not is_skipped(wall, key) and first.utcoffset() != second.utcoffset()


def fold_note(wall: datetime, key: str) -> str | None:
    """What a change of clocks does to this wall time, in words, or None.

    >>> fold_note(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")
    'fires once on 25 Oct, the first 02:30'
    >>> fold_note(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")
    'rings at 03:30 on 29 Mar (02:30 does not exist)'
    """
    from assistant.when.names import clock, day_and_month

    if is_skipped(wall, key):
        rings = to_wall(to_instant(wall, key), key)
        return f"rings at {clock(rings)} on {day_and_month(rings)} ({clock(wall)} does not exist)"
    if is_repeated(wall, key):
        return f"fires once on {day_and_month(wall)}, the first {clock(wall)}"
    return None


def next_change(after: datetime, until: datetime, key: str) -> datetime | None:
    """The first instant in (after, until] at which clocks of the zone change, to the second; None without one."""
    zone = load(key)
    step = timedelta(days=14)  # shorter than the shortest time between two changes, Ramadan in Morocco
    known = after.astimezone(UTC)
    while known < until:
        ahead = min(known + step, until.astimezone(UTC))
        if known.astimezone(zone).utcoffset() != ahead.astimezone(zone).utcoffset():
            return _first_second_of(known, ahead, zone)
        known = ahead
    return None


def from_word(word: str) -> str | None:
    """The IANA key that a person means by an abbreviation, a city or a key in any case; None if it names no one zone.

    >>> from_word("CET"), from_word("Tokyo"), from_word("new york"), from_word("IST")
    ('Europe/Berlin', 'Asia/Tokyo', 'America/New_York', None)
    """
    said = " ".join(word.replace("_", " ").split()).lower()
    return _ABBREVIATIONS.get(said) or _CITIES.get(said) or _known_places().get(said)


def _first_second_of(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Halve the way to the first second that has the later offset."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _known_places() -> dict[str, str]:
    """Every key, and the last part of every key that names a place, in lower case with spaces; read once."""
    if not _places:
        for key in _keys():
            _places[key.lower().replace("_", " ")] = key
            place = key.rpartition("/")[2].replace("_", " ").lower()
            if "/" in key and not key.startswith(_NO_CITIES):
                _places.setdefault(place, key)
    return _places


def _keys() -> list[str]:
    """All IANA keys, from the list that the tzdata package carries: walking the system's folder takes 20 ms."""
    import os

    import tzdata  # type: ignore[import-untyped]

    with open(os.path.join(os.path.dirname(tzdata.__file__), "zones"), encoding="ascii") as lines:
        return lines.read().split()


def _unknown(key: str) -> str:
    meant = from_word(key) if isinstance(key, str) and len(key) < 100 else None
    if meant is None and isinstance(key, str) and len(key) < 100:
        from difflib import get_close_matches

        near = get_close_matches(key.lower().replace("_", " "), list(_known_places()), n=1, cutoff=0.7)
        meant = _known_places()[near[0]] if near else None
    fix = f"did you mean {meant}?" if meant else "write an IANA name such as Europe/Berlin."
    return f"{str(key)[:60]!r} is not a time zone; {fix}"
