"""How well it goes: the figures of CONTRACT "stats" for a window that ends now. Reads the store, changes nothing."""

import sqlite3
from datetime import datetime, timedelta

from assistant.app.session import Session
from assistant.errors import UsageError
from assistant.store import standing, stats, workflows
from assistant.store.connection import translated
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = ("acts", "asks first", "drafts only")
LONGEST = timedelta(days=36_500)


class Budget(Value):
    """The error budget of a workflow: the failures within its own window, and at how many it is spent."""

    __slots__ = ("failures", "allowed", "window")
    failures: int
    allowed: int
    window: str


class OfWorkflow(Value):
    """The figures of one workflow; those of reminders bear the name `reminder`."""

    __slots__ = (
        "name", "ended", "completed", "failed", "completion_rate", "mean_time_to_completion_s", "budget", "standing",
    )  # fmt: skip
    name: str
    ended: int
    completed: int
    failed: int
    completion_rate: float | None
    mean_time_to_completion_s: float | None
    budget: Budget | None
    standing: str


class Stats(Value):
    """CONTRACT "stats". A rate of nothing is None."""

    __slots__ = (
        "since", "until", "completion_rate", "retry_success_rate", "mean_time_to_completion_s",
        "duplicate_action_rate", "interventions", "missed_slots", "late_p95_s", "model_cost_usd", "by_workflow",
    )  # fmt: skip
    since: datetime
    until: datetime
    completion_rate: float | None
    retry_success_rate: float | None
    mean_time_to_completion_s: float | None
    duplicate_action_rate: float | None
    interventions: float | None
    missed_slots: int
    late_p95_s: int | None
    model_cost_usd: float
    by_workflow: tuple[OfWorkflow, ...]


def since_of(session: Session, text: str) -> datetime:
    """Where the window begins: so long ago, as `30d`."""
    from assistant.app import words

    length = words.duration(text, "--since")
    if length > LONGEST:
        raise UsageError(f"--since is {text!r}, longer than anything is kept.", "write a span such as 30d")
    return session.now - length


def stats_of(session: Session, since: datetime) -> Stats:
    """The figures from an instant until now."""
    con, until = session.reading, session.now
    try:
        ended = stats.ended_by_workflow(con, since, until)
        again, made_good = stats.retried(con, since, until)
        effects, twice = stats.effects(con, since, until)
        completed, failed = sum(one.completed for one in ended), sum(one.failed for one in ended)
        return Stats(
            since,
            until,
            rate(completed, completed + failed),
            rate(made_good, again),
            rate(sum(one.taken_s for one in ended), completed),
            rate(twice, effects),
            rate(stats.answered(con, since, until), sum(one.ended for one in ended)),
            stats.missed(con, since, until),
            nearest_rank(stats.lateness(con, since, until), 95),
            stats.model_cost(con, since, until),
            tuple(_of_workflow(session, one) for one in _with_idle(con, ended)),
        )
    except sqlite3.Error as error:
        raise translated(error, session.home) from error


def rate(part: float, whole: float) -> float | None:
    """A part of a whole; None of nothing.

    >>> rate(3, 4), rate(0, 0)
    (0.75, None)
    """
    return part / whole if whole else None


def nearest_rank(ordered: "Sequence[int]", percent: int) -> int | None:
    """The smallest value that so many in a hundred do not exceed; None of no values.

    >>> nearest_rank([1, 2, 3, 4], 50), nearest_rank([7], 95), nearest_rank([], 95)
    (2, 7, None)
    """
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else None


def _with_idle(con: sqlite3.Connection, ended: list[stats.Ended]) -> list[stats.Ended]:
    """Also the workflows of which nothing ended: their budget and standing count all the same."""
    there = {one.workflow for one in ended}
    idle = [kept.name for kept in workflows.workflows_there(con) if kept.name not in there]
    return [*ended, *(stats.Ended(name, 0, 0, 0, 0.0) for name in idle)]


def _of_workflow(session: Session, one: stats.Ended) -> OfWorkflow:
    level = standing.standing(session.reading, one.workflow) if one.workflow is not None else None
    return OfWorkflow(
        one.workflow or "reminder",
        one.ended,
        one.completed,
        one.failed,
        rate(one.completed, one.completed + one.failed),
        rate(one.taken_s, one.completed),
        _budget(session, one.workflow) if one.workflow is not None else None,
        LEVELS[level.level if level is not None else 0],
    )


def _budget(session: Session, name: str) -> Budget | None:
    """The budget as the engine reckons it: failures within its window, since the workflow last climbed or fell."""
    kept = workflows.current(session.reading, name)
    said = kept.spec.get("budget") if kept is not None else None
    if not said:
        return None
    from assistant.when.lengths import later

    now = session.now
    since = now - (later(now, said["window"], session.conventions) - now)
    there = standing.standing(session.reading, name)
    if there is not None and there.level:
        since = max(since, there.since_at)  # what had been spent before does not count twice
    failures = stats.failures(session.reading, name, since, now)
    return Budget(failures, said["failures"], str(said["window"]))
