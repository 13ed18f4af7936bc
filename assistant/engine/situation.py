"""The picture of one job inside a transaction: what `decide` must know, read together, and its moves written.

What ends here is walked on: an ended job tells the step that waits for it, and lets a queued one start.
"""

import sqlite3
from datetime import datetime

from assistant.core.decide import decide
from assistant.core.facts import Facts
from assistant.core.happened import Happened, Succeeded
from assistant.core.limits import COUNTED
from assistant.core.moves import Move, New, Put
from assistant.core.quiet import QuietHours, read_quiet
from assistant.core.spec import Spec, StepSpec, read_spec
from assistant.core.states import RequestState, StepState
from assistant.errors import Stale
from assistant.ports.records import Job, Schedule, Step
from assistant.store import due
from assistant.store.due import Picture
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when.values import Conventions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Seen(Value):
    """The picture of a job, and the moment at which it held: see `Surroundings.moment`."""

    __slots__ = ("picture", "moment")
    picture: Picture
    moment: tuple[int, int, int]


class Surroundings:
    """What is the same for all decisions of one process: read once."""

    def __init__(
        self,
        con: sqlite3.Connection,
        conventions: Conventions,
        channels: tuple[str, ...],
        quiet_hours: str | None,
        kept: "Mapping[str, str] | None" = None,
    ) -> None:
        self.con = con
        self.conventions = conventions
        self.channels = channels
        self.kept = kept or {}  # the preferences that are set, as text
        self.quiet: QuietHours | None = read_quiet(quiet_hours, conventions.zone) if quiet_hours else None
        self.store_id = due.store_id(con)
        self._specs: dict[int, Spec] = {}
        self._own = 0  # changes that concerned one job only
        self._written: dict[int, int] = {}  # how often each job was written
        self._base: Facts | None = None
        self.read: dict[str, Any] = {}  # what those preferences say, for decisions about workflows
        self.read_from: Mapping[str, str] | None = None

    def spec(self, workflow_id: int) -> Spec:
        """A workflow version, parsed once."""
        if workflow_id not in self._specs:
            self._specs[workflow_id] = read_spec(due.workflow(self.con, workflow_id).spec)
        return self._specs[workflow_id]

    def share(self, specs: "dict[int, Spec]") -> None:
        """Read and keep versions where others of this process do: a version never changes."""
        self._specs = specs

    def spec_of_step(self, step: Step) -> StepSpec:
        """A step as its workflow says."""
        return self.spec(due.job(self.con, step.job_id).workflow_id).at(step.path)

    def write_of(self, writing: Writing, job_id: int, moves: list[Move], item: int | None) -> None:
        """Write moves that concern one job and the rows that hang on it alone: what is known of others still holds."""
        before = self.con.total_changes
        self._written[job_id] = self._written.get(job_id, 0) + 1
        try:
            writing.apply(moves, item)
        finally:
            self._own += self.con.total_changes - before

    def moment(self, writing: Writing, job_id: int) -> tuple[int, int, int]:
        """What differs whenever anything has changed that a picture of a job shows.

        What others wrote, what this process wrote that was not of one job only, and what it wrote of this job.
        """
        version, changes = writing.moment()
        return version, changes - self._own, self._written.get(job_id, 0)

    def facts(self, schedule: Schedule | None, now: datetime) -> Facts:
        """The facts of a reminder that has no rows yet."""
        if self._base is None:
            self._base = Facts(self.store_id, self.channels, self.quiet, conventions=self.conventions)
        if schedule is None:
            return self._base
        after_done = None
        if schedule.rule is not None and COUNTED in schedule.rule:
            from assistant.when import rule

            after_done = rule.after_done(schedule.rule, now, schedule.zone, self.conventions)
        conventions = self.conventions
        if schedule.zone != conventions.zone:
            conventions = conventions.replace(zone=schedule.zone)
        return self._base.replace(schedule=schedule, after_done=after_done, conventions=conventions)

    def facts_of(self, job: Job, spec: Spec, schedule: Schedule | None, now: datetime) -> Facts:
        """The facts of a job, without what only its rows say."""
        facts = self.facts(schedule, now)
        if job.workflow is None and spec.needs <= _PLAIN:
            return facts
        from assistant.engine.surroundings import of_workflow

        return of_workflow(self, job, spec, facts)


_PLAIN = frozenset({"notify", "run", "http", "file", "text", "set"})


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
    is_so_still = seen is not None and seen.moment == around.moment(writing, job_id)
    there = seen.picture if seen is not None and is_so_still else due.picture(con, job_id)
    job, steps = there.job, there.steps
    if held is not None:
        _check_held(steps, held)
    schedule = due.schedule(con, job.schedule_id) if job.schedule_id is not None else None
    spec = around.spec(job.workflow_id)
    facts = around.facts_of(job, spec, schedule, now)
    if there.asks or there.sends:
        requests = due.open_requests(con, job_id) if there.asks else ()
        facts = facts.replace(requests=requests, messages=due.live_messages(con, job_id) if there.sends else ())
    moves = decide(spec, job, steps, facts, happened, now, jitter)
    if job.workflow is not None and any(_tells(move) for move in moves):
        from assistant.engine.repeats import grouped

        moves = grouped(writing, around, job, moves, now)
    around.write_of(writing, job_id, moves, item_of(job))
    if isinstance(happened, Succeeded) and "brief" in spec.needs and spec.at(happened.path).kind == "brief":
        from assistant.engine.attention import told_by

        told_by(writing, happened.output, moves)
    if facts.requests and any(_leaves_unanswered(move) for move in moves):
        from assistant.engine.evidence import weigh

        weigh(writing, job, schedule, facts.requests, moves)
    if job.workflow is not None or job.parent_id is not None:
        from assistant.engine.following import walk_on

        walk_on(writing, around, job, moves, now, jitter)
    return moves


def _leaves_unanswered(move: Move) -> bool:
    """Whether a move closes a question that nobody answered."""
    unanswered = (RequestState.EXPIRED, RequestState.WITHDRAWN)
    return isinstance(move, Put) and move.table == "request" and move.changes.get("state") in unanswered


def _tells(move: Move) -> bool:
    """Whether a move makes a message that no step says: such as that one failed."""
    return isinstance(move, New) and move.table == "message" and move.values.get("step_id") is None


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
