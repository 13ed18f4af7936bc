"""What a person does to items: done, ack, cancel, pause, resume. Each command is one commit; snooze has its own file.

Several numbers are one change: where one of them is wrong, nothing changes.
"""

from assistant.app.items import Item, find_row, item_of, kind_of
from assistant.app.session import Session
from assistant.core.happened import Answered, Happened, Paused, Resumed, Stopped
from assistant.core.limits import COUNTED
from assistant.core.moves import Move, Put
from assistant.core.states import JobState, MessageState, ScheduleState, TaskState
from assistant.errors import NotPossible, UsageError
from assistant.ports.records import Job, Request, Schedule, Task
from assistant.store import due as store_due
from assistant.store import find
from assistant.store.write import Writing
from assistant.when import say

MOST_LISTED = 10  # questions in an error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.app.items import Row
    from assistant.engine.situation import Surroundings


class Change:
    """One command at work on its items, in one open transaction."""

    def __init__(self, session: Session, writing: Writing) -> None:
        self.session = session
        self.writing = writing
        self.con = session.con
        self.now = session.now
        self._around: Surroundings | None = None

    @property
    def around(self) -> "Surroundings":
        """What decisions must know. A task needs none, and none of the engine."""
        if self._around is None:
            self._around = self.session.around()
        return self._around

    def row(self, number: int) -> "Row":
        """The row of a number."""
        return find_row(self.con, number)

    def tell(self, job_id: int, happened: Happened) -> None:
        """Tell a job what the person did."""
        from assistant.engine.situation import tell_job

        tell_job(self.writing, self.around, job_id, happened, self.now, self.session.jitter())

    def put(self, row: "Row", what: str, **changes: object) -> None:
        """Change a row that has a revision."""
        table = kind_of(row)
        moves: list[Move] = [Put(table, row.id, changes, what, {"rev": row.rev})]
        self.writing.apply(moves)

    def account(self, schedule: Schedule, reason: str) -> None:
        """Give the slots that were due or to come their row: they are skipped, and why."""
        from assistant.engine.slots import account_skipped

        account_skipped(self.writing, self.around, schedule, reason)


def each(session: Session, numbers: list[int], act: "Callable[[Change, Row], None]") -> list[Item]:
    if not numbers:
        raise UsageError("No number was given.", "ask list shows the numbers")
    with session.writing() as writing:
        change = Change(session, writing)
        if session.guard is not None:
            session.guard(change)
        rows = [change.row(number) for number in dict.fromkeys(numbers)]
        for row in rows:
            act(change, row)
        return [item_of(session, change.row(number)) for number in dict.fromkeys(numbers)]


def the_open_request(change: Change, row: "Row") -> Request | None:
    """The request that a number means: itself, or the only open one of its item."""
    if isinstance(row, Request):
        if row.state != "open":
            raise NotPossible(f"Request {row.id} is {row.state} already.", f"ask why {row.id}")
        return row
    if isinstance(row, Task):
        return None
    found = find.open_requests_of(change.con, kind_of(row), row.id)
    if len(found) > 1:
        listed = "; ".join(f"{request.id} {request.kind}: {request.title}" for request in found[:MOST_LISTED])
        more = f"; and {len(found) - MOST_LISTED} more" if len(found) > MOST_LISTED else ""
        raise NotPossible(
            f"More than one question is open there: {listed}{more}.", f"name one: {way(change, found[0])}"
        )
    return found[0] if found else None


def way(change: Change, request: Request) -> str:
    """The command that answers a request."""
    from assistant.app import inbox

    return inbox.ways(change.session, request)[0]


def ways(change: Change, request: Request) -> str:
    """All commands that answer a request."""
    from assistant.app import inbox

    return " · ".join(inbox.ways(change.session, request))


# Done and ack


def done(session: Session, numbers: list[int]) -> list[Item]:
    """The person has done it: a task is done, an open occurrence settled, a ring before its time not needed."""
    return each(session, numbers, _done)


def _done(change: Change, row: "Row") -> None:
    if isinstance(row, Task):
        _end_task(change, row, TaskState.DONE)
        return
    request = the_open_request(change, row)
    if request is not None:
        _answer(change, request, "done")
    elif isinstance(row, Schedule):
        _done_schedule(change, row)
    else:
        raise NotPossible(f"{name_of(row)} has no open question: it is {row.state}.", f"ask why {number_of(row)}")


def _end_task(change: Change, task: Task, state: TaskState) -> None:
    if task.state == state:
        return
    refuse_ended_task(task)
    change.put(task, f"task is {state}", state=state, ended_at=change.now)


def refuse_ended_task(task: Task) -> None:
    """Raise NotPossible for a task that is over."""
    if task.state in (TaskState.DONE, TaskState.DROPPED):
        raise NotPossible(f"Task {task.id} is {task.state} already.", "ask undo takes back your latest command")


def _done_schedule(change: Change, schedule: Schedule) -> None:
    if schedule.state == ScheduleState.ENDED:
        return
    if schedule.place is not None:
        from assistant.app.workflow_schedules import refuse_done

        refuse_done(schedule)
    open_jobs = store_due.open_jobs(change.con, schedule.id)
    for job in open_jobs:
        change.tell(job.id, Stopped(JobState.COMPLETED, "done by the person"))
    if open_jobs:
        return
    if schedule.rule is not None and COUNTED not in schedule.rule:
        when = say.moment(schedule.next_at, schedule.zone) if schedule.next_at else "no more"
        raise NotPossible(
            f"Reminder {schedule.id} has no open occurrence; it rings next {when}.",
            f"end the series: ask cancel {schedule.id} · let it rest: ask pause {schedule.id}",
        )
    if schedule.next_at is not None:
        change.account(schedule, "done before")
    if schedule.rule is not None:
        _go_on_from_now(change, schedule)
        return
    changes = {"state": ScheduleState.ENDED, "ended_at": change.now, "next_at": None, "reason": "done before"}
    change.put(schedule, "done before it rang", **changes)


def _go_on_from_now(change: Change, schedule: Schedule) -> None:
    """A rule that counts from completion begins anew."""
    from assistant.when import rule

    assert schedule.rule is not None  # noqa: S101 - asked for only where there is one
    next_at = rule.after_done(schedule.rule, change.now, schedule.zone, change.session.conventions)
    change.put(schedule, "done; counted from now", next_at=next_at, last_slot_at=schedule.next_at)


def ack(session: Session, numbers: list[int]) -> list[Item]:
    """The person has seen it: the ringing stops."""
    return each(session, numbers, _ack)


def _ack(change: Change, row: "Row") -> None:
    request = the_open_request(change, row)
    if request is None:
        raise NotPossible(f"{name_of(row)} waits for no answer.", f"ask why {number_of(row)}")
    _answer(change, request, "ack")


def _answer(change: Change, request: Request, word: str) -> None:
    if request.job_id is None:
        raise NotPossible(f"Request {request.id} is a question: {word} is no answer.", ways(change, request))
    is_ours = request.kind in ("ack", "failure") or (request.kind == "input" and request.step_id is None)
    if not is_ours:
        raise NotPossible(
            f"Request {request.id} is of the kind {request.kind}: {word} is no answer.", ways(change, request)
        )
    change.tell(request.job_id, Answered(request, word))


# Cancel, pause, resume


def cancel(session: Session, numbers: list[int], keep: bool = False) -> list[Item]:
    """End it: a task is dropped, a series ends, a job is stopped. `keep` undoes nothing of what a job did."""

    def act(change: Change, row: "Row") -> None:
        _cancel(change, row, keep)
        if isinstance(row, Schedule) and row.rule is not None:
            from assistant.app.evidence import withdraw

            withdraw(change, row.id)

    return each(session, numbers, act)


def cancel_row(change: Change, row: "Row") -> None:
    """End one item as a part of another change."""
    _cancel(change, row, keep=False)


def _cancel(change: Change, row: "Row", keep: bool) -> None:
    if keep and not isinstance(row, Job):
        raise UsageError(
            f"{name_of(row)} did nothing that could be undone; --keep is for jobs.", f"ask cancel {row.id}"
        )
    if isinstance(row, Task):
        _end_task(change, row, TaskState.DROPPED)
        return
    if isinstance(row, Job):
        _cancel_job(change, row, keep)
        return
    if isinstance(row, Request):
        raise NotPossible(f"Request {row.id} is a question; it cannot be cancelled.", f"ask show {row.id}")
    if row.state == ScheduleState.ENDED:
        raise NotPossible(
            f"{name_of(row)} has ended already: {row.reason}.",
            f"ask snooze {row.id} tomorrow revives it" if row.place is None else "ask workflow add FILE makes it anew",
        )
    if row.place is not None:
        from assistant.app.workflow_schedules import cancel_schedule

        cancel_schedule(change, row)
        return
    if row.next_at is not None and (row.rule is None or row.next_at <= change.now):
        change.account(row, "cancelled")
    for job in store_due.open_jobs(change.con, row.id):
        change.tell(job.id, Stopped(JobState.CANCELLED, "cancelled by the person"))
    for message in store_due.unsent_rings(change.con, row.id):  # of jobs that did not wait for them
        gone = {"state": MessageState.DEAD, "reason": "cancelled by the person"}
        put = Put("message", message.id, gone, "cancelled by the person", {"state": MessageState.QUEUED})
        change.writing.apply([put], item=row.id)
    again = change.row(row.id)
    if isinstance(again, Schedule) and again.state != ScheduleState.ENDED:
        changes = {"state": ScheduleState.ENDED, "ended_at": change.now, "next_at": None, "reason": "cancelled"}
        change.put(again, "cancelled", **changes)


def _cancel_job(change: Change, job: Job, keep: bool) -> None:
    if job.ended_at is not None:
        raise NotPossible(f"Job {job.number} is {job.state} already.", f"ask why {job.number}")
    if job.ending is not None:
        raise NotPossible(f"Job {job.number} is stopping already.", f"ask why {job.number}")
    change.tell(job.id, Stopped(JobState.CANCELLED, "cancelled by the person", keep=keep))


def pause(session: Session, numbers: list[int]) -> list[Item]:
    """Let it rest: slots go by as skipped until it is resumed."""
    return each(session, numbers, _pause)


def _pause(change: Change, row: "Row") -> None:
    if isinstance(row, Job) and row.ended_at is None:
        change.tell(row.id, Paused())
    elif isinstance(row, Schedule) and row.state == ScheduleState.ACTIVE:
        change.put(row, "paused", state=ScheduleState.PAUSED)
    elif not (isinstance(row, Schedule) and row.state == ScheduleState.PAUSED):
        raise NotPossible(f"{name_of(row)} cannot be paused: it is {row.state}.", "reminders and running jobs can")


def resume(session: Session, numbers: list[int]) -> list[Item]:
    """Let it go on. What was due while it was paused is accounted for as skipped."""
    return each(session, numbers, _resume)


def _resume(change: Change, row: "Row") -> None:
    if isinstance(row, Job) and row.paused:
        change.tell(row.id, Resumed())
        return
    if not isinstance(row, Schedule) or row.state != ScheduleState.PAUSED:
        raise NotPossible(f"{name_of(row)} is not paused: it is {row.state}.", f"ask why {number_of(row)}")
    if row.place is not None:
        from assistant.app.workflow_schedules import refuse_resting

        refuse_resting(row)
    if row.next_at is not None and row.next_at <= change.now:
        from assistant.engine.counts import Counts
        from assistant.engine.slots import wake_schedule

        wake_schedule(change.writing, change.around, row, Counts(), 0.5)
    again = change.row(row.id)
    if isinstance(again, Schedule) and again.state == ScheduleState.PAUSED:
        change.put(again, "resumed", state=ScheduleState.ACTIVE, reason=None)


def name_of(row: "Row") -> str:
    """What an error calls a row: its kind and its number."""
    if isinstance(row, Schedule) and row.place is not None:
        return f"Schedule {row.id} ({row.title})"
    return f"{ {'schedule': 'Reminder'}.get(kind_of(row), kind_of(row).capitalize()) } {number_of(row)}"


def number_of(row: "Row") -> int | None:
    """The number by which a person knows a row."""
    return row.number if isinstance(row, Job) else row.id
