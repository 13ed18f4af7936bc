"""Instants as the store keeps them: UTC text of fixed width, whole seconds. Reads no clock."""

from datetime import UTC, datetime


def to_text(instant: datetime) -> str:
    """An aware instant as stored text.

    >>> to_text(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    '2026-11-24T08:00:00Z'
    """
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    return instant.isoformat("T", "seconds")[:19] + "Z"


def from_text(text: str) -> datetime:
    """Stored text as an aware instant.

    >>> from_text("2026-11-24T08:00:00Z").hour
    8
    """
    instant = _read.get(text)
    if instant is None:
        if len(_read) >= MOST_READ:
            _read.clear()
        instant = _read[text] = datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
    return instant


# A tick reads the same few instants thousands of times.
MOST_READ = 256
_read: dict[str, datetime] = {}
