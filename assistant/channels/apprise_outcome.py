"""From apprise's yes or no, and what it wrote to its log, to what became of the message. Pure: calls nothing.

The bar for `NotSent` is a sign that nothing went out: the service refused it, or it was never reached. A connection
that broke or stood still after it was made is `Doubtful`.
"""

import re

from assistant.ports.channel import Doubtful, NotSent, SendOutcome, Sent
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

WARNING = 30
INFO = 20
STATUS = re.compile(r"\berror=(\d{3})\b")  # HTTP, RFC 9110 §15
REPLY = re.compile(r"Exception: \((\d{3}), ")  # SMTP, RFC 5321 §4.2.1, as smtplib shows it
TRY_AGAIN = frozenset({408, 423, 425, 429})
NEVER_REACHED = re.compile(
    r"Connection refused|NewConnectionError|NameResolutionError|Failed to resolve|getaddrinfo failed"
    r"|name resolution|Name or service not known|nodename nor servname|ConnectTimeout|connect timeout"
    r"|No route to host|(Network|Host) is (unreachable|down)|certificate|WRONG_VERSION_NUMBER|handshake"
    r"|connect to proxy|not supported by server",
    re.IGNORECASE,
)
EXCEPTION = re.compile(r"Exception", re.IGNORECASE)
BROKE_SILENTLY = re.compile(r"connection error|timed? ?out", re.IGNORECASE)
KERNEL = re.compile(  # the words for people within what requests, urllib3 and ssl nest around them
    r"\[Errno -?\d+\] ([^'\")\]]+)|(Read timed out)|RemoteDisconnected\('([^']+)'|SSL\w*Error\(\d+, [\"']([^\"']+)[\"']"
    r"|(connect timeout)"
)


class Said(Value):
    """A record of apprise's log."""

    __slots__ = ("level", "text")
    level: int
    text: str


def outcome_of(took: bool, said: "list[Said]", hide: "Callable[[str], str]" = str) -> SendOutcome:
    """What became of the message. `hide` takes secrets out of what is shown; what is judged is what was said.

    >>> outcome_of(True, [Said(INFO, "Sent JSON POST notification.")])
    Sent(note='Sent JSON POST notification.')
    >>> outcome_of(False, [Said(WARNING, "Failed to send JSON POST notification: Not Found, error=404.")])
    NotSent(reason='Failed to send JSON POST notification: Not Found, error=404.', permanent=True, retry_after=None)
    >>> outcome_of(False, [Said(WARNING, "A Connection error."), Said(10, "Socket Exception: Read timed out.")])
    Doubtful(reason='A Connection error. (Read timed out)')
    """
    sent = [record.text for record in said if record.level == INFO and record.text.startswith("Sent")]
    if took:
        return Sent(hide(sent[-1]) if sent else "the service took it")
    reason = hide(_reason(said))
    if sent:
        return Doubtful(f"a part of it went out; of the rest: {reason}")
    if _may_have_gone_out(said):
        return Doubtful(reason)
    return NotSent(reason, permanent=_is_refused_for_good(said))


def _reason(said: "list[Said]") -> str:
    warned = [record.text for record in said if record.level >= WARNING]
    broke = [_exception(record.text) for record in said if record.level < WARNING and _is_exception(record.text)]
    reason = warned[-1] if warned else "the service did not take it and gave no reason"
    return f"{reason} ({broke[-1]})" if broke and broke[-1] not in reason else reason


def _may_have_gone_out(said: "list[Said]") -> bool:
    """Whether one of its tries broke off after the service was reached, or where cannot be told."""
    broken = [record.text for record in said if _is_exception(record.text)]
    if not broken:
        answered = any(STATUS.search(record.text) for record in said)
        return not answered and any(r.level >= WARNING and BROKE_SILENTLY.search(r.text) for r in said)
    return any(not NEVER_REACHED.search(text) and not REPLY.search(text) for text in broken)


def _is_refused_for_good(said: "list[Said]") -> bool:
    """Whether the service refused it, each time, in a way that trying again does not change."""
    statuses = [int(number) for record in said for number in STATUS.findall(record.text)]
    replies = [int(number) for record in said for number in REPLY.findall(record.text)]
    final = [400 <= status < 500 and status not in TRY_AGAIN for status in statuses]
    final += [500 <= reply < 600 for reply in replies]
    return bool(final) and all(final)


def _is_exception(text: str) -> bool:
    return EXCEPTION.search(text.partition(":")[0]) is not None


def _exception(text: str) -> str:
    text = text.partition(":")[2].strip()
    found = KERNEL.findall(text)
    return "".join(found[-1]) if found else text
