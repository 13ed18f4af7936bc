"""The daily brief: which findings are shown, in what order, and what is left out. Pure; reads nothing and no clock."""

from datetime import datetime

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SECTIONS = ("needs you", "today", "failed and recovered", "held back", "while you were away", "stale sources")
WHERE = {
    "needs you": "ask inbox", "today": "ask agenda --days 1", "failed and recovered": "ask log",
    "held back": "ask list", "while you were away": "ask doctor", "stale sources": "ask doctor",
}  # fmt: skip
IMPORTANCE = {"urgent": 0, "high": 1, "normal": 2, "low": 3}
A_SCREEN = 20  # items in all
A_SECTION = 8
NOW, SOON, DAY, LATER = 0, 1, 2, 3  # how urgent


class Finding(Value):
    """Something that may stand in a brief. `urgency` is NOW to LATER, `importance` 0 (most) to 3, `since` its age.

    `mark` is another one once the item has changed: what was acknowledged stays away as long as its mark is the same.
    """

    __slots__ = ("section", "kind", "id", "title", "at", "reason", "urgency", "importance", "since", "mark", "ways")
    section: str
    kind: str
    id: int | None
    title: str
    at: datetime | None
    reason: str
    urgency: int
    importance: int
    since: datetime
    mark: str
    ways: tuple[str, ...]


class Section(Value):
    """One part of a brief, the most pressing first."""

    __slots__ = ("name", "items")
    name: str
    items: tuple[Finding, ...]


class LeftOut(Value):
    """What is not shown: how much of which section, why, and where it can be seen."""

    __slots__ = ("what", "count", "see")
    what: str
    count: int
    see: str


class Composed(Value):
    """A brief: what is shown and what is not."""

    __slots__ = ("sections", "left_out")
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]


def compose(
    found: "Iterable[Finding]",
    wanted: "Sequence[str]" = SECTIONS,
    seen: "frozenset[str]" = frozenset(),
    unread: "Iterable[LeftOut]" = (),
    most: int = A_SCREEN,
) -> Composed:
    """Rank the findings and cut them to a screen; whatever is not shown is counted in `left_out`.

    No section starves: each wanted one gets its most pressing item before any gets another one.
    """
    known, fresh = 0, []
    for finding in found:
        if finding.section not in wanted:
            continue
        if finding.mark in seen:
            known += 1
        else:
            fresh.append(finding)
    ranked = {name: sorted((one for one in fresh if one.section == name), key=rank) for name in wanted}
    room = _room([len(ranked[name]) for name in wanted], most)
    sections, left = [], list(unread)
    for name, size in zip(wanted, room, strict=True):
        if size:
            sections.append(Section(name, tuple(ranked[name][:size])))
        if len(ranked[name]) > size:
            left.append(LeftOut(f"more of {name!r}", len(ranked[name]) - size, WHERE[name]))
    if known:
        left.append(LeftOut("acknowledged, and unchanged since", known, "ask brief --all"))
    return Composed(tuple(sections), tuple(left))


def rank(finding: Finding) -> tuple[int, int, float, float, str, int]:
    """The order within a section: urgency, importance, then the earlier time, then the older."""
    at = finding.at.timestamp() if finding.at is not None else float("inf")
    return finding.urgency, finding.importance, at, finding.since.timestamp(), finding.kind, finding.id or 0


def _room(sizes: "Sequence[int]", most: int) -> list[int]:
    """How many items of each section fit, dealt one by one in the order of the sections.

    >>> _room([10, 1, 3], 6)
    [3, 1, 2]
    """
    room = [0] * len(sizes)
    left = most
    while left > 0:
        open_to = [place for place, size in enumerate(sizes) if room[place] < min(size, A_SECTION)]
        if not open_to:
            break
        for place in open_to[:left]:
            room[place] += 1
        left -= len(open_to[:left])
    return room
