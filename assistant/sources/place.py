"""What a source URL names: a place, and after `#` how to look at it. Looks at nothing.

What stands after `#` never goes out to a server, so that no option of ours meets one of theirs.
"""

from datetime import timedelta

from assistant.errors import UsageError

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def split(url: str, known: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """The URL without its options, and the options; UsageError for one that is not known.

    >>> split("calendar:///home/ada/work.ics#starting=10m,user=ada", ("starting", "user"))
    ('calendar:///home/ada/work.ics', {'starting': '10m', 'user': 'ada'})
    """
    place, sign, rest = url.partition("#")
    options: dict[str, str] = {}
    for part in filter(None, rest.replace("&", ",").split(",")) if sign else ():
        name, _, value = part.partition("=")
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "leave out what stands after #"
            raise UsageError(f"{url!r} has the option {name!r}, which is none.", there)
        if not value or name in options:
            raise UsageError(f"{url!r} says {name} {'twice' if value else 'without a value'}.", f"write {name}=VALUE")
        options[name] = value
    return place, options


def joined(place: str, options: dict[str, str]) -> str:
    """The URL of a place with its options.

    >>> joined("folder:///scans", {})
    'folder:///scans'
    """
    return place + ("#" + ",".join(f"{name}={value}" for name, value in options.items()) if options else "")


def kept(scheme: str, path: str) -> str:
    """The URL of a path, with what would be read as something else escaped.

    >>> kept("folder", "/home/ada/100% #1")
    'folder:///home/ada/100%25 %231'
    """
    return f"{scheme}://{path.replace('%', '%25').replace('#', '%23')}"


def read_span(text: str, most: timedelta) -> timedelta:
    """A length of time such as 15m; a ValueError says how to write one.

    >>> read_span("15m", timedelta(days=1)), read_span("0", timedelta(days=1))
    (datetime.timedelta(seconds=900), datetime.timedelta(0))
    """
    count, unit = (text[:-1], text[-1:]) if text[-1:] in _UNITS else (text, "")
    if not (count.isascii() and count.isdigit() and len(count) < 9) or (not unit and int(count)):
        raise ValueError("write a length of time such as 15m, 2h or 1d")
    span = timedelta(seconds=int(count) * _UNITS.get(unit, 1))
    if span > most:
        raise ValueError(f"write at most {most.days}d")
    return span
