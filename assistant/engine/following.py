"""What follows for other jobs when one ends, or begins to: children stop, its parent goes on, a queued one starts.

The standing of its workflow is reckoned here too: failures spend its error budget, a success gives it back.
"""

from datetime import datetime, timedelta

from assistant.core.happened import ChildEnded, Stopped
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.states import ENDED_JOB, JobState
from assistant.engine.situation import Surroundings, item_of, tell_job
from assistant.ports.records import Job
from assistant.store import due, standing
from assistant.store.attention import repeats_of
from assistant.store.write import Writing
from assistant.when.lengths import later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

COOL_DOWN = timedelta(hours=6)  # after which a workflow that was set back may show that it works again
LEVELS = ("acts by itself", "asks first", "keeps drafts only")


def walk_on(writing: Writing, around: Surroundings, job: Job, moves: list[Move], now: datetime, jitter: float) -> None:
    """Tell the others what the moves of one job mean for them."""
    if "approve_never" in around.kept:
        from assistant.engine.trust import take_back

        take_back(writing, around, job, moves, now)
    changes: dict[str, Any] = {}
    for move in moves:
        if isinstance(move, Put) and move.table == "job" and move.row == job.id:
            changes |= move.changes
    if changes.get("ending") and job.ending is None:
        _stop_children(writing, around, job, str(changes.get("reason") or "its parent ends"), now, jitter)
    if changes.get("state") in ENDED_JOB:
        ended = due.job(writing.con, job.id)
        if job.workflow is not None:
            _reckon(writing, around, ended, now)
            if ended.state == JobState.COMPLETED and repeats_of(writing.con, job.workflow):
                from assistant.engine.repeats import recovered

                recovered(writing, around, ended, now)
            release_queued(writing, ended)
        if job.parent_id is not None:
            _tell_parent(writing, around, ended, now, jitter)


def _stop_children(writing: Writing, around: Surroundings, job: Job, reason: str, now: datetime, jitter: float) -> None:
    for child in standing.children_of(writing.con, job.id):
        tell_job(writing, around, child.id, Stopped(JobState.CANCELLED, f"its parent ends: {reason}"), now, jitter)


def _tell_parent(writing: Writing, around: Surroundings, child: Job, now: datetime, jitter: float) -> None:
    step = due.step(writing.con, child.parent_id) if child.parent_id is not None else None
    if step is None:
        return
    done = [one for one in due.steps_of(writing.con, child.id) if one.state == "completed" and "/" not in one.path]
    output = done[-1].output if done else None
    tell_job(writing, around, step.job_id, ChildEnded(step.path, child.state, output, child.reason), now, jitter)


def release_queued(writing: Writing, ended: Job) -> None:
    """Let the oldest queued job start, where no older one of its subject is open any more."""
    assert ended.workflow is not None  # noqa: S101 - only jobs of workflows queue
    for waiting in standing.open_jobs_of(writing.con, ended.workflow, ended.subject, most=1):
        if waiting.queued:
            changes = {"queued": 0, "starts_at": max(writing.now, waiting.starts_at or writing.now)}
            put = Put("job", waiting.id, changes, "the one before it has ended", {"rev": waiting.rev})
            writing.apply([put], item=item_of(waiting))


# Error budgets


def _reckon(writing: Writing, around: Surroundings, job: Job, now: datetime) -> None:
    budget = around.spec(job.workflow_id).budget
    if not budget or job.workflow is None:
        return
    there = standing.standing(writing.con, job.workflow)
    level = there.level if there is not None else 0
    if job.state == JobState.FAILED:
        since = now - (later(now, budget["window"], around.conventions) - now)
        if there is not None and level:
            since = max(since, there.since_at)  # what had been spent before does not count twice
        failures = standing.failures_since(writing.con, job.workflow, since)
        if failures >= (budget["failures"] if level == 0 else 1) and level < 2:
            _stand(writing, around, job, level + 1, f"{failures} of its jobs failed", now)
    elif job.state == JobState.COMPLETED and there is not None and level and (there.probe_at or now) <= now:
        _stand(writing, around, job, level - 1, "a job of it worked again", now)


def _stand(writing: Writing, around: Surroundings, job: Job, level: int, why: str, now: datetime) -> None:
    """Set the standing of a workflow, and say so once."""
    from assistant.engine.notice import notice

    values = {"level": level, "since_at": now, "probe_at": now + COOL_DOWN if level else None}
    what = f"{why}: it {LEVELS[level]}"
    assert job.workflow is not None  # noqa: S101 - only workflows have a budget
    there = standing.standing(writing.con, job.workflow)
    move: Move = Put("standing", job.workflow, values, what)
    if there is None:
        move = New("standing", Ref(f"standing:{job.workflow}"), {"workflow": job.workflow, **values}, what)
    text = f"workflow {job.workflow}: {why}; from now on it {LEVELS[level]}"
    key = f"{around.store_id}/{job.workflow}/standing/{job.id}/{level}"
    writing.apply([move, notice(around, key, text, now, job=job)], item_of(job))
