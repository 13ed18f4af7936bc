"""Who is meant where a person is named: the owner of a thing, or the deputy of one who is away. Sends nothing."""

from datetime import datetime

from assistant.value import Value
from assistant.when import zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Reached(Value):
    """The channel on which somebody is reached, and what is said to it where it is not the one who was named."""

    __slots__ = ("channel", "note")
    channel: str | None
    note: str = ""


def reach(people: "Mapping[str, Any]", name: str, now: datetime, zone_key: str) -> Reached:
    """The channel of a person; of the owner of a thing; of the deputy of a person who is away.

    ValueError where the name is not known, or nobody who stands for it has a channel.

    >>> from datetime import UTC
    >>> known = {"ada": {"channel": "chat", "deputy": "bob", "away_until": "2026-12-01"}, "bob": {"channel": "phone"}}
    >>> reach(known, "ada", datetime(2026, 11, 25, tzinfo=UTC), "UTC").note
    ' (to bob: ada is away until 2026-12-01)'
    >>> reach(known, "ada", datetime(2026, 12, 2, tzinfo=UTC), "UTC")
    Reached(channel='chat', note='')
    """
    person = _owner(people, name)
    stands_in, why = _stand_in(people, person, now, zone_key)
    channel = people[stands_in].get("channel")
    if not channel:
        raise ValueError(f"{stands_in} has no channel; give one: ask pref set people")
    return Reached(str(channel), f" (to {stands_in}: {why})" if why else "")


def _known(people: "Mapping[str, Any]", name: str) -> str:
    if name not in people:
        there = ", ".join(sorted(people)) or "nobody"
        raise ValueError(f"{name!r} is none of your people ({there}); ask pref set people names them")
    return name


def _owner(people: "Mapping[str, Any]", name: str) -> str:
    """The person who answers for what is named: a person answers for herself."""
    seen: set[str] = set()
    while people[_known(people, name)].get("owner") and name not in seen:
        seen.add(name)
        name = str(people[name]["owner"])
    return name


def _stand_in(people: "Mapping[str, Any]", person: str, now: datetime, zone_key: str) -> tuple[str, str]:
    """Who stands in, and why. Where all who could are away too, it stays with the person."""
    name, seen = person, [person]
    while is_away(people[name], now, zone_key):
        deputy = people[name].get("deputy")
        if not deputy or deputy in seen:
            return person, ""
        name = _known(people, str(deputy))
        seen.append(name)
    away = [f"{one} is away until {people[one]['away_until']}" for one in seen[:-1]]
    return name, ", ".join(away)


def is_away(known: "Mapping[str, Any]", now: datetime, zone_key: str) -> bool:
    """Whether a person is away: until the beginning of a day in their zone, or until an instant."""
    until = known.get("away_until")
    if not until:
        return False
    back = datetime.fromisoformat(str(until))
    return now < (back if back.tzinfo is not None else zone.to_instant(back, zone_key))
