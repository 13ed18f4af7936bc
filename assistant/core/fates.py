"""What becomes of the slots that are due. Derives no slots and starts nothing."""

from datetime import datetime, timedelta

from assistant.value import Value

# CONTRACT: late is a slot whose work begins more than two minutes after it.
LATE_AFTER = timedelta(seconds=120)
BRIEF = "late: kept for the next brief"


class Due(Value):
    """The slots of one schedule up to now: the newest, and the run of older ones before it."""

    __slots__ = ("newest", "first", "before_newest", "count")
    newest: datetime
    first: datetime  # the oldest of all; equal to `newest` where there is one
    before_newest: datetime  # the last of the older ones; equal to `newest` where there is one
    count: int


class Fate(Value):
    """One slot row to write."""

    __slots__ = ("at", "last", "count", "state", "reason")
    at: datetime
    last: datetime
    count: int
    state: str  # ran | late | skipped | coalesced | missed
    reason: str | None = None


class Fates(Value):
    """All rows of one waking; `ring` is the slot that starts a job, `how` the way: ring, brief or ask."""

    __slots__ = ("rows", "ring", "how", "late_by")
    rows: tuple[Fate, ...]
    ring: datetime | None = None
    how: str = "ring"
    late_by: timedelta | None = None


def fates(due: Due, now: datetime, if_late: str, useless_after: timedelta | None, paused: bool = False) -> Fates:
    """The fate of each due slot: every one gets exactly one row.

    >>> from datetime import UTC
    >>> day = lambda d: datetime(2026, 11, d, 9, tzinfo=UTC)
    >>> nine = fates(Due(day(9), day(1), day(8), 9), day(10), "run", None)
    >>> [(row.state, row.count) for row in nine.rows], nine.late_by
    ([('coalesced', 8), ('late', 1)], datetime.timedelta(days=1))
    """
    everything = Fate(due.first, due.newest, due.count, "skipped")
    late_by = now - due.newest
    if paused:
        return Fates((everything.replace(reason="paused"),))
    if useless_after is not None and late_by > useless_after:
        return Fates((everything.replace(state="missed", reason="useless_after had passed"),), late_by=late_by)
    if late_by <= LATE_AFTER:
        return Fates((*_older(due, if_late), Fate(due.newest, due.newest, 1, "ran")), ring=due.newest)
    if if_late == "skip":
        return Fates((everything.replace(reason="late, and its rule is to skip"),), late_by=late_by)
    if if_late == "brief":
        newest = Fate(due.newest, due.newest, 1, "skipped", BRIEF)
        return Fates((*_older(due, if_late), newest), ring=due.newest, how="brief", late_by=late_by)
    newest = Fate(due.newest, due.newest, 1, "late")
    how = "ask" if if_late == "ask" else "ring"
    return Fates((*_older(due, if_late), newest), ring=due.newest, how=how, late_by=late_by)


def _older(due: Due, if_late: str) -> tuple[Fate, ...]:
    if due.count == 1:
        return ()
    if if_late == "skip":
        return (Fate(due.first, due.before_newest, due.count - 1, "skipped", "late, and its rule is to skip"),)
    return (Fate(due.first, due.before_newest, due.count - 1, "coalesced", "a newer one was due as well"),)
