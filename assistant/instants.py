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
    return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
