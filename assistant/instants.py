"""Instants as the store keeps them: UTC text of fixed width, whole seconds. Reads no clock."""

from datetime import UTC, datetime

# A tick reads and writes the same few instants thousands of times; only what is in UTC is kept, since two wall times of
# another zone may be equal to Python and still be an hour apart.
MOST_KEPT = 256
_texts: dict[datetime, str] = {}
_instants: dict[str, datetime] = {}


def to_text(instant: datetime) -> str:
    """An aware instant as stored text.

    >>> to_text(datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    '2026-11-24T08:00:00Z'
    """
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    text = _texts.get(instant)
    if text is None:
        if len(_texts) >= MOST_KEPT:
            _texts.clear()
        text = _texts[instant] = instant.isoformat("T", "seconds")[:19] + "Z"
    return text


def from_text(text: str) -> datetime:
    """Stored text as an aware instant.

    >>> from_text("2026-11-24T08:00:00Z").hour
    8
    """
    instant = _instants.get(text)
    if instant is None:
        if len(_instants) >= MOST_KEPT:
            _instants.clear()
        instant = _instants[text] = datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
    return instant
