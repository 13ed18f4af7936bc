"""A reminder whose time is that of an event of a calendar: what a change of the event means for it. Pure."""

from datetime import UTC, datetime, timedelta

from assistant.core.limits import BOUND
from assistant.instants import from_text, to_text
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CANCELLED = "calendar.cancelled"
FOLLOWED = frozenset({"calendar.changed", "calendar.added", CANCELLED})
GONE, UNSURE = "gone", "unsure"


class Binding(Value):
    """To which event a reminder is bound, and how. `at`: the time that came of it.

    Where the reminder stands at another time a person has moved it, and it follows the event no more.
    """

    __slots__ = ("source", "uid", "occurrence", "side", "offset", "title", "start", "at")
    source: str
    uid: str
    occurrence: datetime | None  # the instant that the rule of a series gives to it
    side: str  # start | end
    offset: int  # seconds after it; negative before it
    title: str
    start: datetime
    at: datetime

    def moved(self, data: "dict[str, Any]") -> "Binding":
        """The same at what an event's data say of its times."""
        start, side = _instant(data["start"]), _instant(data[self.side])
        occurrence = self.occurrence
        if occurrence is not None:
            occurrence = start if data.get("recurrence_id") is None else _instant(data["recurrence_id"])
        at = side + timedelta(seconds=self.offset)
        return self.replace(start=start, at=at, occurrence=occurrence, title=str(data.get("title") or self.title))

    def as_input(self) -> "dict[str, Any]":
        """As it is kept among the inputs of a schedule."""
        values = dict(zip(self.__slots__, self.as_tuple(), strict=True))
        return {name: to_text(one) if isinstance(one, datetime) else one for name, one in values.items()}

    def words(self) -> str:
        """Where it stands.

        >>> at = datetime.fromisoformat("2026-11-30T11:00:00+00:00")
        >>> Binding("work", "a", None, "end", 1800, "Vendor call", at, at).words()
        '30m after the end of Vendor call'
        """
        if not self.offset:
            return f"the {self.side} of {self.title}"
        minutes, seconds = divmod(abs(self.offset), 60)
        length = f"{minutes}m" if not seconds else f"{abs(self.offset)}s"
        return f"{length} {'after' if self.offset > 0 else 'before'} the {self.side} of {self.title}"


def binding_of(inputs: "dict[str, Any]") -> Binding | None:
    """The binding that a schedule's inputs hold; None where they hold none that can be read."""
    kept = inputs.get(BOUND)
    if not isinstance(kept, dict):
        return None
    try:
        times = {name: from_text(kept[name]) for name in ("start", "at")}
        occurrence = None if kept["occurrence"] is None else from_text(kept["occurrence"])
        return Binding(**{**{name: kept[name] for name in Binding.__slots__}, **times, "occurrence": occurrence})
    except (KeyError, TypeError, ValueError):
        return None


def after(binding: Binding, name: str, data: "dict[str, Any]") -> "Binding | str | None":
    """What an event of a calendar means for a binding to the same UID.

    The binding as it stands now; GONE where what it is bound to is cancelled; UNSURE where a series was changed as a
    whole and it cannot be told what becomes of this occurrence; None where it is about another one.
    """
    own = data.get("recurrence_id")
    is_whole_series = bool(data.get("recurring")) and own is None
    if own is not None and (binding.occurrence is None or _instant(own) != binding.occurrence):
        return None
    if name == CANCELLED:
        return GONE
    if not is_whole_series or binding.occurrence is None:
        return binding.moved(data)
    old = data.get("old_start")
    if old is not None and _instant(old) == binding.start:
        return binding.moved(data)
    return UNSURE if {"rule", "start", "end"} & set(data.get("changed") or ()) else None


def _instant(text: "Any") -> datetime:
    return datetime.fromisoformat(str(text)).astimezone(UTC)
