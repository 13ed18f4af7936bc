"""What the head of an answer over HTTP says: whether it passes, how long to wait, where else to ask. Asks nobody."""

from assistant.web.exchange import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime, timedelta

AGAIN = frozenset({408, 425, 429})
MOVED = frozenset({301, 302, 303, 307, 308})
READS = frozenset({"GET", "HEAD"})


def is_passing(status: int) -> bool:
    """Whether what was refused with this status is worth another try.

    >>> is_passing(429), is_passing(503), is_passing(404)
    (True, True, False)
    """
    return status in AGAIN or 500 <= status < 600


def retry_after(got: Answer) -> "timedelta | None":
    """RFC 9110 §10.2.3: seconds, or a date, which is held against the server's own clock where it tells it."""
    from datetime import timedelta

    value = got.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**8))
    at = _date(value)
    if at is None:
        return None
    from datetime import UTC, datetime

    now = _date(got.headers.get("date", "")) or datetime.now(UTC)
    return max(at - now, timedelta(0))


def _date(text: str) -> "datetime | None":
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def shown(url: str) -> str:
    """A URL for showing: what stands behind the question mark may be a token.

    >>> shown("https://example.com/a?token=b")
    'https://example.com/a'
    """
    return url.partition("?")[0].partition("#")[0]
