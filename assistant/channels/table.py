"""From a URL to its channel, by scheme: our own from a table, strangers' by entry point, all else by apprise.

Sends nothing itself. Our own schemes stand in the same form as an entry point, `module:object`, and cost no look at
installed packages. A stranger's plug-in is `object(url, name, home)` with the attribute `can_tell` and the method
`deliver`; where it also has `check(url)`, that gives the URL to keep or raises a UsageError.
"""

from importlib import import_module

from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.ports.channel import Channel

GROUP = "ask.channels"
OWN = {
    "file": "assistant.channels.file:FileChannel",
    "command": "assistant.channels.command:CommandChannel",
    "desktop": "assistant.channels.desktop:DesktopChannel",
    "terminal": "assistant.channels.terminal:TerminalChannel",
    "ntfy": "assistant.channels.ntfy:NtfyChannel",
    "ntfys": "assistant.channels.ntfy:NtfyChannel",
}
APPRISE = "assistant.channels.apprise_channel:AppriseChannel"
QUICK = frozenset({"file"})
REPLYING = frozenset({"command", "desktop"})
LISTENING = frozenset({"ntfy", "ntfys"})  # with ?answers=TOPIC
PLAIN = frozenset({"file", "command", "desktop", "terminal"})  # their URLs hold no secret


def make(url: str, name: str, home: str) -> "Channel":
    """The channel behind a URL; UsageError where no plug-in knows its scheme."""
    made: Channel = _plug_in(scheme_of(url))(url, name, home)
    return made


def check_url(url: str) -> str:
    """The URL as it is kept, or a UsageError with the value and the fix. Looks at the disk, changes nothing there."""
    check = getattr(_plug_in(scheme_of(url)), "check", None)
    return str(check(url)) if check is not None else url


def prepare(url: str) -> None:
    """Make what a checked URL needs before its first message: the folder of a file."""
    ready = getattr(_plug_in(scheme_of(url)), "prepare", None)
    if ready is not None:
        ready(url)


def is_quick(url: str) -> bool:
    """Whether its channel never waits for anything, so that the tick needs no thread for it.

    >>> is_quick("file:///tmp/rings.jsonl"), is_quick("json://127.0.0.1:9")
    (True, False)
    """
    return url.partition(":")[0].lower() in QUICK


def can_reply(url: str) -> bool:
    """Whether its channel may be handed tokens: a program that this person put there, their own screen, or a topic
    from which they let answers come.

    >>> can_reply("command:///home/ada/bin/ring"), can_reply("file:///home/ada/rings.jsonl")
    (True, False)
    >>> can_reply("ntfy://ntfy.sh/ada"), can_reply("ntfy://ntfy.sh/ada?answers=ada-answers")
    (False, True)
    """
    return url.partition(":")[0].lower() in REPLYING or listens(url)


def listens(url: str) -> bool:
    """Whether answers to its messages lie somewhere until they are fetched."""
    scheme, _, rest = url.partition(":")
    options = rest.partition("?")[2].lower().split("&")
    return scheme.lower() in LISTENING and any(option.startswith("answers=") for option in options)


def redacted(url: str) -> str:
    """The URL for showing: without passwords, tokens, and what may be one.

    Services put tokens everywhere, also where a host or a user should stand: what stays is the scheme, a host that
    surely is one, and a user whose password is hidden.

    >>> redacted("file:///home/ada/rings.jsonl")
    'file:///home/ada/rings.jsonl'
    >>> redacted("mailto://ada:secret@example.com?smtp=mail.example.com")
    'mailto://ada:****@example.com/…'
    >>> redacted("tgram://123456789:abcdefg_hijklmnop/12315544/")
    'tgram://****'
    >>> redacted("json://127.0.0.1:8080/hook/token")
    'json://127.0.0.1:8080/…'
    """
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() in PLAIN:
        return url
    place, rest = _place(rest.removeprefix("//"))
    login, at, host = place.rpartition("@")
    if not _is_host(host):
        return f"{scheme}://****"
    user, has_password, _ = login.partition(":")
    shown = f"{user}:****@" if has_password and user else "****@" if at else ""
    return f"{scheme}://{shown}{host}{'/…' if rest.strip('/') else ''}"


def scheme_of(url: str) -> str:
    """The scheme in lower case; UsageError where the text is no URL."""
    if not url or not url.isprintable():
        raise UsageError(f"{url[:200]!r} is no channel URL.", _EXAMPLES)
    scheme, colon, _ = url.partition(":")
    if colon and scheme.isascii() and scheme.replace("+", "").replace("-", "").isalnum():
        return scheme.lower()
    if url.startswith(("/", "~", "./")):
        from os.path import abspath, expanduser

        raise UsageError(f"{url!r} is a path, not a URL.", f"write file://{abspath(expanduser(url))}")
    raise UsageError(f"{url!r} is no channel URL.", _EXAMPLES)


_EXAMPLES = "write file:///path.jsonl, command:///path, desktop:, or any apprise URL, such as mailto://…"


def _plug_in(scheme: str) -> "Any":
    place = OWN.get(scheme)
    if place is None:
        found = _strangers(scheme)
        if found is not None:
            return found
        place = APPRISE
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def _strangers(scheme: str) -> "Any":
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP, name=scheme):
        try:
            return point.load()
        except Exception as error:
            said = f"The plug-in {point.value} for {scheme}: does not load: {type(error).__name__}: {error}."
            raise UsageError(said, f"repair or remove the package {point.dist.name if point.dist else ''}") from error
    return None


def _place(rest: str) -> tuple[str, str]:
    """What stands where the host should, and what follows it."""
    for end, char in enumerate(rest):
        if char in "/?#":
            return rest[:end], rest[end:]
    return rest, ""


def _is_host(text: str) -> bool:
    """Whether it surely is a host: a dotted name, an address or localhost, with a port or without."""
    name, colon, port = text.rpartition(":")
    if not colon:
        name = text
    elif not port.isdigit() or len(port) > 5:
        return False
    labels = name.split(".")
    plain = all(label.replace("-", "").isalnum() and len(label) <= 30 for label in labels)
    return name == "localhost" or (plain and len(labels) > 1 and (labels[-1].isalpha() or len(labels) == 4))
