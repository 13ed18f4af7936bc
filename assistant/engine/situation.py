"""The picture of one job inside a transaction: what `decide` must know, read together, and its moves written."""

import sqlite3
from datetime import datetime

from assistant.core.decide import decide
from assistant.core.facts import Facts
from assistant.core.happened import Happened
from assistant.core.limits import COUNTED
from assistant.core.moves import Move
from assistant.core.quiet import QuietHours, read_quiet
from assistant.core.spec import Spec, read_spec
from assistant.core.states import StepState
from assistant.errors import Stale
from assistant.ports.records import Job, Schedule, Step
from assistant.store import due
from assistant.store.due import Picture
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when.values import Conventions


class Seen(Value):
    """The picture of a job, and the moment of the store at which it held."""

    __slots__ = ("picture", "moment")
    picture: Picture
    moment: tuple[int, int]


class Surroundings:
    """What is the same for all decisions of one process: read once."""

    def __init__(
        self, con: sqlite3.Connection, conventions: Conventions, channels: tuple[str, ...], quiet_hours: str | None
    ) -> None:
        self.con = con
        self.conventions = conventions
        self.channels = channels
        self.quiet: QuietHours | None = read_quiet(quiet_hours, conventions.zone) if quiet_hours else None
        self.store_id = due.store_id(con)
        self._specs: dict[int, Spec] = {}

    def spec(self, workflow_id: int) -> Spec:
        """A workflow version, parsed once."""
        if workflow_id not in self._specs:
            self._specs[workflow_id] = read_spec(due.workflow(self.con, workflow_id).spec)
        return self._specs[workflow_id]

    def effect_of(self, step: Step) -> str:
        """What a step may leave outside, as its workflow says."""
        workflow_id = due.job(self.con, step.job_id).workflow_id
        return next(spec.effect for spec in self.spec(workflow_id).steps if spec.id == step.path)

    def facts(self, schedule: Schedule | None, now: datetime) -> Facts:
        """The facts of a job that has no rows yet."""
        after_done = None
        if schedule is not None and schedule.rule is not None and COUNTED in schedule.rule:
            from assistant.when import rule

            after_done = rule.after_done(schedule.rule, now, schedule.zone, self.conventions)
        return Facts(self.store_id, self.channels, self.quiet, schedule, after_done=after_done)


def tell_job(
    writing: Writing,
    around: Surroundings,
    job_id: int,
    happened: Happened,
    now: datetime,
    jitter: float,
    held: Step | None = None,
    seen: Seen | None = None,
) -> list[Move]:
    """Decide what follows for a job from what happened, and write it into the open transaction.

    `held` is the step whose worker brings the outcome, as it was claimed: what its worker lost is refused.
    `seen` is the job as its worker left it; it is read again where anything was written since.
    """
    con = writing.con
    is_so_still = seen is not None and seen.moment == writing.moment()
    there = seen.picture if seen is not None and is_so_still else due.picture(con, job_id)
    job, steps = there.job, there.steps
    if held is not None:
        _check_held(steps, held)
    schedule = due.schedule(con, job.schedule_id) if job.schedule_id is not None else None
    facts = around.facts(schedule, now)
    if there.asks or there.sends:
        requests = due.open_requests(con, job_id) if there.asks else ()
        facts = facts.replace(requests=requests, messages=due.live_messages(con, job_id) if there.sends else ())
    moves = decide(around.spec(job.workflow_id), job, steps, facts, happened, now, jitter)
    writing.apply(moves, item=item_of(job))
    return moves


def _check_held(steps: tuple[Step, ...], held: Step) -> None:
    """Refuse an outcome whose lease was lost. Where only the job ended under it, it is still written down."""
    for there in steps:
        if there.id == held.id and there.attempts == held.attempts:
            if there.lease == held.lease or there.state == StepState.CANCELLED:
                return
            break
    raise Stale(f"Attempt {held.attempts} of step {held.path} is no longer held by {held.lease}.")


def item_of(job: Job) -> int | None:
    """The number by which a person knows a job: its own, or its schedule's."""
    return job.number if job.number is not None else job.schedule_id
