"""Wake what is no schedule and no step: events, jobs whose time came or ran out, questions, services that were down."""

from assistant.core.happened import Expired, Stopped
from assistant.core.states import JobState
from assistant.engine.counts import Counts
from assistant.engine.events import route
from assistant.engine.services import try_service
from assistant.engine.situation import Surroundings, tell_job
from assistant.engine.starting import start_job, why_not
from assistant.ports.records import Job, Request
from assistant.store import due, standing
from assistant.store.write import Writing
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def wake_others(writing: Writing, around: Surroundings, counts: Counts, jitter: float, most: int) -> int:
    """Wake them in the open transaction, many in one commit. One that cannot be woken must not stop the others."""
    con, now = writing.con, writing.now
    woken = 0
    for event in standing.events_to_route(con, most):
        route(writing, around, event, counts, jitter)
        woken += 1
    for job in standing.jobs_to_start(con, now, most):
        woken += _or_set_aside(writing, around, job, lambda j=job: start_job(writing, around, j, jitter), jitter)  # type: ignore[misc]
        counts.jobs_advanced += 1
    for job in standing.jobs_past_deadline(con, now, most):
        woken += _or_set_aside(writing, around, job, lambda j=job: _too_late(writing, around, j, jitter), jitter)  # type: ignore[misc]
    for request in due.requests_to_expire(con, now, most):
        woken += _expire(writing, around, request, counts, jitter)
    for service in standing.services_to_try(con, now):
        try_service(writing, service)
        woken += 1
    return woken


def _or_set_aside(
    writing: Writing, around: Surroundings, job: Job, change: "Callable[[], object]", jitter: float
) -> int:
    error = writing.or_nothing(change)
    if error is not None:
        reason = f"a fault of ours stopped it: {type(error).__name__}: {why_not(error)}"
        stopped = Stopped(JobState.FAILED, reason)
        if writing.or_nothing(lambda: tell_job(writing, around, job.id, stopped, writing.now, jitter)) is not None:
            raise error
    return 1


def _too_late(writing: Writing, around: Surroundings, job: Job, jitter: float) -> None:
    """Its deadline has passed: what it has under way is settled and undone, then it has failed, and says so."""
    assert job.deadline_at is not None  # noqa: S101 - it has one that passed
    reason = f"its deadline {say.moment(job.deadline_at, around.conventions.zone)} passed"
    tell_job(writing, around, job.id, Stopped(JobState.FAILED, reason), writing.now, jitter)


def _expire(writing: Writing, around: Surroundings, request: Request, counts: Counts, jitter: float) -> int:
    """A question that nobody answered in time: what was said beforehand follows."""
    assert request.job_id is not None and request.expires_at is not None  # noqa: S101 - questions of jobs expire
    before = due.request(writing.con, request.id)
    if before is None or before.state != "open":
        return 0  # an earlier one of this commit withdrew it
    counts.see(tell_job(writing, around, request.job_id, Expired(request), writing.now, jitter))
    return 1
