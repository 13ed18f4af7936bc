"""Look at the workflows that are kept: all of them in a line each, or one whole. Changes nothing."""

from datetime import datetime, timedelta

from assistant.app.items import Item, item_of
from assistant.app.session import Session
from assistant.app.workflow_keep import Trigger, triggers_of
from assistant.app.workflow_names import no_workflow, the_workflow
from assistant.ports.records import Schedule, Workflow
from assistant.store import standing, workflows
from assistant.value import Value
from assistant.when.lengths import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LEVELS = ("acts", "asks first", "drafts only")


class Line(Value):
    """A workflow in a list."""

    __slots__ = ("workflow", "triggers", "next_at", "open_jobs", "standing")
    workflow: Workflow
    triggers: tuple[Trigger, ...]
    next_at: datetime | None
    open_jobs: int
    standing: str


class Trust(Value):
    """How far a workflow is trusted to act, and how much of its error budget is spent."""

    __slots__ = ("level", "since_at", "probe_at", "failures", "budget")
    level: str
    since_at: datetime | None
    probe_at: datetime | None
    failures: int | None  # of its jobs within the window of its budget; None where it has none
    budget: "dict[str, Any] | None"


class JobLine(Value):
    """An open job of a workflow, and the version that it runs."""

    __slots__ = ("item", "version")
    item: Item
    version: int


class Whole(Value):
    """A workflow with all that belongs to it, in one of its versions."""

    __slots__ = ("workflow", "is_current", "versions", "jobs", "triggers", "schedules", "standing")
    workflow: Workflow
    is_current: bool
    versions: tuple[Workflow, ...]
    jobs: tuple[JobLine, ...]
    triggers: tuple[Trigger, ...]
    schedules: "tuple[tuple[Schedule, Item], ...]"
    standing: Trust


def list_workflows(session: Session) -> list[Line]:
    """All workflows that are there, by name."""
    con = session.reading
    found = []
    for kept in workflows.workflows_there(con):
        current = the_workflow(session, kept.name)
        triggers = triggers_of(session, current)
        times = [row.next_at for row in workflows.schedules_of(con, kept.name) if row.state == "active" and row.next_at]
        level = standing.standing(con, kept.name)
        jobs = len(workflows.open_jobs(con, kept.name))
        found.append(Line(current, triggers, min(times, default=None), jobs, LEVELS[level.level if level else 0]))
    return found


def show_workflow(session: Session, name: str, version: int | None) -> Whole:
    """One workflow, whole."""
    con = session.reading
    there = workflows.versions(con, name)
    current = workflows.current(con, name)
    shown = current if version is None else workflows.version_of(con, name, version)
    if shown is None:
        if version is None or not there:
            raise no_workflow(session, name)
        from assistant.errors import NotFound

        numbers = ", ".join(str(one.version) for one in there)
        raise NotFound(f"{name} has no version {version}.", f"there are {numbers}")
    numbered = {one.id: one.version for one in there}
    is_current = current is not None and shown.id == current.id
    rows = workflows.schedules_of(con, name)
    return Whole(
        shown,
        is_current,
        tuple(there),
        tuple(JobLine(item_of(session, job), numbered[job.workflow_id]) for job in workflows.open_jobs(con, name)),
        triggers_of(session, shown) if is_current else tuple(Trigger(one) for one in shown.spec.get("on") or ()),
        tuple((row, item_of(session, row)) for row in rows),
        _trust(session, shown),
    )


def _trust(session: Session, shown: Workflow) -> Trust:
    found = standing.standing(session.reading, shown.name)
    budget = shown.spec.get("budget")
    failures = None
    if budget:
        window: timedelta = later(session.now, budget["window"], session.conventions) - session.now
        failures = standing.failures_since(session.reading, shown.name, session.now - window)
    level = LEVELS[found.level if found else 0]
    return Trust(level, found.since_at if found else None, found.probe_at if found else None, failures, budget)
