"""From a URL to its source, by scheme: our own from a table, strangers' by entry point.

Looks at nothing itself. Our own schemes stand in the same form as an entry point, `module:object`, and cost no look at
installed packages. A stranger's plug-in is `object(url, name)` with the methods `poll` and `due`; where it also has
`check(url)`, that gives the URL to keep or raises a UsageError.
"""

from importlib import import_module

from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.ports.source import Source

GROUP = "ask.sources"
_CALENDAR = "assistant.sources.calendar.source:CalendarSource"
OWN = {
    "calendar": _CALENDAR,
    "calendar+https": _CALENDAR,
    "calendar+http": _CALENDAR,
    "folder": "assistant.sources.folder:FolderSource",
    "command": "assistant.sources.command:CommandSource",
}
PLAIN = frozenset({"calendar", "folder", "command"})  # their URLs hold no secret
_TOLD = {
    "calendar": ("added", "changed", "cancelled", "starting", "started", "ended"),
    "folder": ("new", "changed", "gone"),
}
_EXAMPLES = "write calendar:///path.ics, calendar+https://…, folder:///path or command:///path"
_MEANT = {"webcal": "calendar+https", "webcals": "calendar+https", "https": "calendar+https", "http": "calendar+http"}


def make(url: str, name: str) -> "Source":
    """The source behind a URL, under the name that its events bear; UsageError where no plug-in knows its scheme."""
    made: Source = _plug_in(url)(url, name)
    return made


def check_url(url: str) -> str:
    """The URL as it is kept, or a UsageError with the value and the fix. Looks at the disk, changes nothing there."""
    check = getattr(_plug_in(url), "check", None)
    return str(check(url)) if check is not None else url


def redacted(url: str) -> str:
    """The URL for showing: private calendars have their secret in the path, so that only scheme, host and options stay.

    >>> redacted("calendar+https://calendar.example.com/ical/private-0a1b2c/basic.ics#starting=10m")
    'calendar+https://calendar.example.com/…#starting=10m'
    >>> redacted("folder:///home/ada/scans")
    'folder:///home/ada/scans'
    """
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() in PLAIN:
        return url
    rest, sign, options = rest.partition("#")
    place = rest.removeprefix("//")
    end = next((at for at, char in enumerate(place) if char in "/?"), len(place))
    host = place[:end].rpartition("@")[2] if scheme.lower() in OWN else "****"
    return f"{scheme}://{host}{'/…' if place[end:].strip('/') else ''}{sign}{options}"


def event_names(url: str) -> tuple[str, ...]:
    """What a source of this URL tells, by name; none where only its program or its plug-in knows.

    >>> event_names("folder:///home/ada/scans")
    ('folder.new', 'folder.changed', 'folder.gone')
    """
    kind = url.partition(":")[0].lower().partition("+")[0]
    return tuple(f"{kind}.{word}" for word in _TOLD.get(kind, ()))


def is_same_place(one: str, other: str) -> bool:
    """Whether two checked URLs of ours differ in nothing but how to look, so that what is known of one holds.

    >>> is_same_place("calendar:///home/ada/work.ics", "calendar:///home/ada/work.ics#starting=5m")
    True
    """
    return scheme_of(one) in OWN and one.partition("#")[0] == other.partition("#")[0]


def is_calendar(url: str) -> bool:
    """Whether it is a calendar, of which the events of a span can be asked."""
    return OWN.get(url.partition(":")[0].lower()) == _CALENDAR


def scheme_of(url: str) -> str:
    """The scheme in lower case; UsageError where the text is no URL."""
    scheme, colon, _ = url.partition(":")
    if url.isprintable() and colon and scheme.isascii() and scheme.replace("+", "").replace("-", "").isalnum():
        return scheme.lower()
    if url.isprintable() and url.startswith(("/", "~", "./")):
        from os.path import abspath, expanduser

        kind = "calendar" if url.lower().endswith((".ics", ".ical")) else "folder"
        raise UsageError(f"{url!r} is a path, not a URL.", f"write {kind}://{abspath(expanduser(url))}")
    raise UsageError(f"{url[:200]!r} is no source URL.", _EXAMPLES)


def _plug_in(url: str) -> "Any":
    scheme = scheme_of(url)
    place = OWN.get(scheme)
    if place is None:
        return _strangers(scheme, url)
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def _strangers(scheme: str, url: str) -> "Any":
    from importlib.metadata import entry_points

    points = entry_points(group=GROUP)
    for point in points.select(name=scheme):
        try:
            return point.load()
        except Exception as error:
            said = f"The plug-in {point.value} for {scheme}: does not load: {type(error).__name__}: {error}."
            raise UsageError(said, f"repair or remove the package {point.dist.name if point.dist else ''}") from error
    raise UsageError(f"No source is called {scheme!r}.", _fix(scheme, url, [*OWN, *points.names]))


def _fix(scheme: str, url: str, known: list[str]) -> str:
    if scheme in _MEANT:
        return f"for a calendar there, write {redacted(_MEANT[scheme] + url[len(scheme) :])}"
    from difflib import get_close_matches

    near = get_close_matches(scheme, known, n=1)
    return f"did you mean {near[0]}:?" if near else _EXAMPLES
