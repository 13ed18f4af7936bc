"""What a person does to a kept workflow: remove, pause, resume it, and move a job to another version."""

from assistant.app.change import Change
from assistant.app.items import Item, find_row, item_of
from assistant.app.session import Session
from assistant.app.workflow_keep import RESTS, end_schedule, keep_files
from assistant.app.workflow_names import the_workflow
from assistant.core.happened import Stopped
from assistant.core.moves import Put
from assistant.core.states import JobState, ScheduleState, StepState
from assistant.errors import NotFound, NotPossible
from assistant.ports.records import Job, Schedule, Step, Workflow
from assistant.store import due, find, workflows
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

    from assistant.core.spec import Spec, StepSpec
    from assistant.store.write import Writing

REMOVED = "its workflow was removed"


class Changed(Value):
    """A workflow after a change, the schedules that the change moved, and the open jobs that go on or were stopped."""

    __slots__ = ("workflow", "schedules", "jobs")
    workflow: Workflow
    schedules: tuple[Schedule, ...]
    jobs: tuple[Job, ...]


class Moved(Value):
    """A job that goes on with another version."""

    __slots__ = ("item", "was", "version", "new_steps")
    item: Item
    was: int
    version: int
    new_steps: tuple[str, ...]  # steps that it will do and that its old version did not have


# Remove, pause, resume


def remove(session: Session, name: str, cancel_jobs: bool) -> Changed:
    """Take a workflow out: nothing starts a job of it any more. Open jobs go on, unless they are to be stopped."""
    with session.writing() as writing:
        change = Change(session, writing)
        kept = the_workflow(session, name)
        schedules = workflows.schedules_of(session.con, name)
        jobs = workflows.open_jobs(session.con, name)
        for row in schedules:
            end_schedule(session, writing, row, REMOVED)
        for job in jobs if cancel_jobs else ():
            change.tell(job.id, Stopped(JobState.CANCELLED, REMOVED))
        for version in workflows.versions(session.con, name):
            if version.state != "removed":
                writing.apply([Put("workflow", version.id, {"state": "removed"}, "workflow removed")])
        changed = _changed(session, kept, schedules, jobs)
    keep_files(session, (kept.id,))
    return changed


def pause(session: Session, name: str) -> Changed:
    """Let a workflow rest: slots go by as skipped, events start nothing. Jobs that run go on."""
    with session.writing() as writing:
        kept = the_workflow(session, name)
        if kept.state == "paused":
            return _changed(session, kept, [], [])
        schedules = let_rest(session.con, writing, kept)
        return _changed(session, kept, schedules, workflows.open_jobs(session.con, name))


def let_rest(con: "sqlite3.Connection", writing: "Writing", kept: Workflow) -> "list[Schedule]":
    """Pause a workflow with its schedules, in the open transaction: those that it paused."""
    schedules = [row for row in workflows.schedules_of(con, kept.name) if row.state == ScheduleState.ACTIVE]
    writing.apply([Put("workflow", kept.id, {"state": "paused"}, "workflow paused")])
    for row in schedules:
        changes = {"state": ScheduleState.PAUSED, "reason": RESTS}
        writing.apply([Put("schedule", row.id, changes, RESTS, {"rev": row.rev})])
    return schedules


def resume(session: Session, name: str) -> Changed:
    """Let a workflow go on. What was due meanwhile is skipped; a schedule that a person paused by itself stays so."""
    with session.writing() as writing:
        change = Change(session, writing)
        kept = the_workflow(session, name)
        if kept.state != "paused":
            raise NotPossible(f"The workflow {name} is not paused: it is {kept.state}.", f"ask workflow show {name}")
        schedules = [row for row in workflows.schedules_of(session.con, name) if row.reason == RESTS]
        for row in schedules:
            _go_on(change, row)
        writing.apply([Put("workflow", kept.id, {"state": "active"}, "workflow resumed")])
        return _changed(session, kept, schedules, workflows.open_jobs(session.con, name))


def _go_on(change: Change, row: Schedule) -> None:
    """What went by while it rested has its rows as skipped."""
    if row.next_at is not None and row.next_at <= change.now:
        from assistant.engine.counts import Counts
        from assistant.engine.slots import wake_schedule

        wake_schedule(change.writing, change.around, row, Counts(), 0.5)
    again = change.row(row.id)
    if isinstance(again, Schedule) and again.state == ScheduleState.PAUSED:
        change.put(again, "its workflow goes on", state=ScheduleState.ACTIVE, reason=None)


def _changed(session: Session, kept: Workflow, schedules: "list[Schedule]", jobs: "list[Job]") -> Changed:
    rows = (find.item(session.con, row.id) for row in schedules)
    return Changed(
        due.workflow(session.con, kept.id),
        tuple(row for row in rows if isinstance(row, Schedule)),
        tuple(due.job(session.con, job.id) for job in jobs),
    )


# Move a job


def move(session: Session, number: int, version: int | None) -> Moved:
    """Let an open job go on with another version, where all that it has begun is there too."""
    with session.writing() as writing:
        job = find_row(session.con, number)
        if not isinstance(job, Job) or job.workflow is None:
            raise NotPossible(f"{number} is no job of a workflow.", "ask list --kind job shows the open ones")
        _refuse_ended(job)
        old = due.workflow(session.con, job.workflow_id)
        new = _wanted(session, job, version)
        around = session.around()
        before, spec = around.spec(old.id), around.spec(new.id)
        reasons = _reasons(session, job, before, spec)
        if reasons:
            raise NotPossible(
                f"Job {number} cannot go on with version {new.version}: {'; '.join(reasons)}.",
                f"let it end with version {old.version}, or: ask cancel {number}, then ask run {job.workflow}",
            )
        changes = {"workflow_id": new.id, "inputs": _inputs(job, spec), "deadline_at": _deadline(session, job, spec)}
        what = f"moved from version {old.version} to {new.version}"
        writing.apply([Put("job", job.id, changes, what, {"rev": job.rev})], item=job.number)
        there = {step.id for step in before.steps}
        item = item_of(session, find_row(session.con, number))
        return Moved(item, old.version, new.version, tuple(step.id for step in spec.steps if step.id not in there))


def _refuse_ended(job: Job) -> None:
    if job.ended_at is not None:
        raise NotPossible(f"Job {job.number} is {job.state} already.", f"ask why {job.number}")
    if job.ending is not None:
        raise NotPossible(f"Job {job.number} is stopping.", f"ask why {job.number}")


def _wanted(session: Session, job: Job, version: int | None) -> Workflow:
    name = job.workflow or ""
    found = workflows.version_of(session.con, name, version) if version is not None else the_workflow(session, name)
    if found is None:
        there = ", ".join(str(one.version) for one in workflows.versions(session.con, name))
        raise NotFound(f"{name} has no version {version}.", f"there are {there}")
    if found.id == job.workflow_id:
        raise NotPossible(f"Job {job.number} runs version {found.version} already.", f"ask workflow show {name}")
    return found


def _reasons(session: Session, job: Job, before: "Spec", after: "Spec") -> list[str]:
    """Why a job cannot go on with another version."""
    reasons = []
    for row in find.steps_of(session.con, job.id):
        if row.state == StepState.PENDING:
            continue
        old, new = _at(before, row.path), _at(after, row.path)
        if new is None:
            reasons.append(f"step {row.path} is {row.state}, and that version has none")
        elif old is not None and old.kind != new.kind:
            reasons.append(f"step {row.path} is {row.state} as {old.kind}, and would be {new.kind}")
        elif old is not None and "/" not in row.path and (old.for_each is None) != (new.for_each is None):
            reasons.append(f"step {row.path} is {row.state}, and only one of the versions makes it a list")
        elif old is not None and old.undo is not None and new.undo is None and _acted(row):
            reasons.append(f"step {row.path} is {row.state}, and that version could not undo it")
    given = job.inputs
    reasons += [
        f"the input {name!r} is required, and this job has none"
        for name, one in after.inputs.items()
        if one.get("required") and given.get(name) is None
    ]
    return reasons


def _acted(row: "Step") -> bool:
    """Whether a step did something outside, or may have, that would be undone if its job failed."""
    return row.state in (StepState.RUNNING, StepState.UNKNOWN) or (
        row.state == StepState.COMPLETED and row.done_by == "action"
    )


def _at(spec: "Spec", path: str) -> "StepSpec | None":
    try:
        return spec.at(path)
    except (StopIteration, IndexError, AssertionError):
        return None


def _inputs(job: Job, spec: "Spec") -> "dict[str, object]":
    """What the job was given, and the defaults of inputs that are new."""
    return {**{name: one.get("default") for name, one in spec.inputs.items()}, **job.inputs}


def _deadline(session: Session, job: Job, spec: "Spec") -> "object":
    if spec.deadline is None:
        return None
    from assistant.when.lengths import later

    return later(job.created_at, spec.deadline, session.conventions)
