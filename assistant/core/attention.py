"""How often messages may interrupt: the next free place under a limit. Counts no messages and sends none."""

from datetime import datetime, timedelta

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

LIMITED = "held by the attention limit"
TOLD = "told in a brief"
BUNDLED = "goes out with"
WINDOWS = {"h": timedelta(hours=1), "d": timedelta(days=1)}


class AttentionLimit(Value):
    """The most messages that may reach a person in any hour, and in any 24 hours; None for no bound."""

    __slots__ = ("hour", "day")
    hour: int | None
    day: int | None


def read_limit(text: str | None) -> AttentionLimit | None:
    """The limit that a preference says.

    >>> read_limit("6/h, 20/d"), read_limit("off")
    (AttentionLimit(hour=6, day=20), None)
    """
    if text is None or text == "off":
        return None
    found = {window.strip() or "h": int(most) for most, _, window in (part.partition("/") for part in text.split(","))}
    return AttentionLimit(found.get("h"), found.get("d"))


def next_place(limit: AttentionLimit, sent: "Iterable[datetime]", now: datetime) -> datetime:
    """When one more message may go out, after those that were sent: now, or when the window has a free place.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 11, 24, 9, tzinfo=UTC)
    >>> sent = [nine, nine + timedelta(minutes=5)]
    >>> next_place(AttentionLimit(2, None), sent, nine + timedelta(minutes=6)).isoformat()
    '2026-11-24T10:00:00+00:00'
    """
    place = now
    for most, window in ((limit.hour, WINDOWS["h"]), (limit.day, WINDOWS["d"])):
        inside = sorted(at for at in sent if at > now - window)
        if most is not None and len(inside) >= most:
            place = max(place, inside[-most] + window)
    return place


def bundle_text(texts: "list[str]") -> str:
    """What held messages say when they go out as one.

    >>> bundle_text(["a", "b"])
    '2 messages that the attention limit held:\\n- a\\n- b'
    """
    return "\n- ".join((f"{len(texts)} messages that the attention limit held:", *texts))
