"""The URL of a calendar: `calendar:///path.ics`, `calendar+https://…`, and how to look at it. Reads no calendar."""

import os
from datetime import timedelta

from assistant.errors import UsageError
from assistant.file_url import path_of
from assistant.sources.place import joined, kept, read_span, split
from assistant.value import Value

OPTIONS = ("starting", "user", "secret")
LEAD = timedelta(minutes=15)
MOST_LEAD = timedelta(days=7)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_FORM = "write calendar:///path.ics or calendar+https://…"


class CalendarUrl(Value):
    """What a URL asks for. `lead`: how long before its start an event is about to begin."""

    __slots__ = ("place", "lead", "user", "secret")
    place: str
    lead: timedelta
    user: str | None
    secret: str | None


def read_url(url: str) -> CalendarUrl:
    """What a checked URL asks for.

    >>> read_url("calendar:///home/ada/work.ics#starting=10m").lead
    datetime.timedelta(seconds=600)
    """
    place, options = split(url, OPTIONS)
    return CalendarUrl(place, _lead(url, options), options.get("user"), options.get("secret"))


def checked(url: str) -> str:
    """The URL as it is kept; UsageError where no calendar can be there, or an option means nothing."""
    place, options = split(url, OPTIONS)
    _lead(url, options)
    if "user" in options and "secret" not in options:
        raise UsageError(f"{url!r} names a user and no secret.", f"#user={options['user']},secret=NAME")
    is_file = place.partition(":")[0].lower() == "calendar"
    return joined(_checked_file(url, place) if is_file else _checked_web(url, place), options)


def _lead(url: str, options: dict[str, str]) -> timedelta:
    if "starting" not in options:
        return LEAD
    try:
        return read_span(options["starting"], MOST_LEAD)
    except ValueError as error:
        raise UsageError(f"{url!r} says starting={options['starting']}.", str(error)) from error


def _checked_file(url: str, place: str) -> str:
    path = path_of(place)
    if not os.path.isfile(path):
        what = "is a folder" if os.path.isdir(path) else "is no file" if os.path.exists(path) else "is not there"
        raise UsageError(f"{url!r}: {path} {what}.", "write the absolute path of an .ics file")
    if not os.access(path, os.R_OK):
        raise UsageError(f"{url!r} cannot be read.", f"chmod u+r {path}")
    return kept("calendar", path)


def _checked_web(url: str, place: str) -> str:
    from urllib.parse import urlsplit

    scheme, _, rest = place.partition(":")
    try:
        parts = urlsplit("http:" + rest)
        usable = bool(parts.hostname) and (parts.port or 1) > 0 and not any(char <= " " for char in rest)
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(f"{url!r} names no host.", _FORM)
    if "@" in parts.netloc:
        host = parts.netloc.rpartition("@")[2]
        raise UsageError(
            f"The URL names a user at {host}.",
            f"write {scheme}://{host}{parts.path}#user=NAME,secret=NAME, and ask secret set NAME",
        )
    if scheme.lower() == "calendar+http" and parts.hostname not in _LOOPBACK:
        raise UsageError(f"{url!r} would go over the network unencrypted.", f"write calendar+https:{rest}")
    return f"{scheme.lower()}:{rest}"
