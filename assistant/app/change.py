"""What a person does to items: done, ack, answer, snooze, cancel, pause, resume. Each command is one commit.

Several numbers are one change: where one of them is wrong, nothing changes.
"""

from datetime import datetime, timedelta

from assistant.app import words
from assistant.app.items import Item, find_row, item_of, kind_of
from assistant.app.session import Session
from assistant.core.happened import Answered, Happened, Paused, Resumed, Stopped
from assistant.core.limits import COUNTED
from assistant.core.moves import Move, Put
from assistant.core.states import JobState, ScheduleState, TaskState
from assistant.errors import NotPossible, UsageError
from assistant.ports.records import Job, Request, Schedule, Task
from assistant.store import due as store_due
from assistant.store import find
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when import say

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

    def put(self, row: "Task | Schedule | Job", what: str, **changes: object) -> None:
        """Change a row that has a revision."""
        table = kind_of(row)
        moves: list[Move] = [Put(table, row.id, changes, what, {"rev": row.rev})]
        self.writing.apply(moves)

    def account(self, schedule: Schedule, reason: str) -> None:
        """Give the slots that were due or to come their row: they are skipped, and why."""
        from assistant.engine.slots import account_skipped

        account_skipped(self.writing, self.around, schedule, reason)


def _each(session: Session, numbers: list[int], act: "Callable[[Change, Row], None]") -> list[Item]:
    if not numbers:
        raise UsageError("No number was given.", "ask list shows the numbers")
    with session.writing() as writing:
        change = Change(session, writing)
        rows = [change.row(number) for number in dict.fromkeys(numbers)]
        for row in rows:
            act(change, row)
        return [item_of(session, change.row(number)) for number in dict.fromkeys(numbers)]


def _the_open_request(change: Change, row: "Row") -> Request | None:
    """The request that a number means: itself, or the only open one of its item."""
    if isinstance(row, Request):
        if row.state != "open":
            raise NotPossible(f"Request {row.id} is {row.state} already.", f"ask why {row.id}")
        return row
    if isinstance(row, Task):
        return None
    found = find.open_requests_of(change.con, kind_of(row), row.id)
    if len(found) > 1:
        listed = "; ".join(f"{request.id} {request.title}" for request in found)
        raise NotPossible(f"More than one question is open there: {listed}.", f"name one: ask done {found[0].id}")
    return found[0] if found else None


# Done and ack


def done(session: Session, numbers: list[int]) -> list[Item]:
    """The person has done it: a task is done, an open occurrence settled, a ring before its time not needed."""
    return _each(session, numbers, _done)


def _done(change: Change, row: "Row") -> None:
    if isinstance(row, Task):
        _end_task(change, row, TaskState.DONE)
        return
    request = _the_open_request(change, row)
    if request is not None:
        _answer(change, request, "done")
    elif isinstance(row, Schedule):
        _done_schedule(change, row)
    else:
        raise NotPossible(f"{_name(row)} has no open question: it is {row.state}.", f"ask why {_number(row)}")


def _end_task(change: Change, task: Task, state: TaskState) -> None:
    if task.state == state:
        return
    _refuse_ended_task(task)
    change.put(task, f"task is {state}", state=state, ended_at=change.now)


def _refuse_ended_task(task: Task) -> None:
    if task.state in (TaskState.DONE, TaskState.DROPPED):
        raise NotPossible(f"Task {task.id} is {task.state} already.", "ask undo takes back your latest command")


def _done_schedule(change: Change, schedule: Schedule) -> None:
    if schedule.state == ScheduleState.ENDED:
        return
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
    return _each(session, numbers, _ack)


def _ack(change: Change, row: "Row") -> None:
    request = _the_open_request(change, row)
    if request is None:
        raise NotPossible(f"{_name(row)} waits for no answer.", f"ask why {_number(row)}")
    _answer(change, request, "ack")


def _answer(change: Change, request: Request, word: str) -> None:
    if request.job_id is None:
        raise NotPossible(f"Request {request.id} belongs to no job.", f"ask show {request.id}")
    if request.kind not in ("ack", "input"):
        raise NotPossible(
            f"Request {request.id} asks for {request.kind}, not for {word}.",
            f"see what it takes: ask show {request.id}",
        )
    change.tell(request.job_id, Answered(request, word))


def answer(session: Session, number: int, word: str) -> list[Item]:
    """The person's answer to a question with choices."""

    def act(change: Change, row: "Row") -> None:
        request = _the_open_request(change, row)
        if request is None:
            raise NotPossible(f"{_name(row)} asks nothing.", f"ask why {_number(row)}")
        choices = (request.proposal or {}).get("choices", []) if request.kind == "input" else ["done", "ack"]
        if word not in choices:
            raise UsageError(f"{word!r} is no answer to: {request.title}", f"ask answer {number} {' | '.join(choices)}")
        _answer(change, request, word)

    return _each(session, [number], act)


# Cancel, pause, resume


def cancel(session: Session, numbers: list[int]) -> list[Item]:
    """End it: a task is dropped, a series ends, a job is stopped."""
    return _each(session, numbers, _cancel)


def _cancel(change: Change, row: "Row") -> None:
    if isinstance(row, Task):
        _end_task(change, row, TaskState.DROPPED)
        return
    if isinstance(row, Job):
        if row.ended_at is not None:
            raise NotPossible(f"Job {row.number} is {row.state} already.", f"ask why {row.number}")
        change.tell(row.id, Stopped(JobState.CANCELLED, "cancelled by the person"))
        return
    if isinstance(row, Request):
        raise NotPossible(f"Request {row.id} is a question; it cannot be cancelled.", f"ask show {row.id}")
    if row.state == ScheduleState.ENDED:
        raise NotPossible(
            f"Reminder {row.id} has ended already: {row.reason}.", f"ask snooze {row.id} tomorrow revives it"
        )
    if row.next_at is not None and (row.rule is None or row.next_at <= change.now):
        change.account(row, "cancelled")
    for job in store_due.open_jobs(change.con, row.id):
        change.tell(job.id, Stopped(JobState.CANCELLED, "cancelled by the person"))
    again = change.row(row.id)
    if isinstance(again, Schedule) and again.state != ScheduleState.ENDED:
        changes = {"state": ScheduleState.ENDED, "ended_at": change.now, "next_at": None, "reason": "cancelled"}
        change.put(again, "cancelled", **changes)


def pause(session: Session, numbers: list[int]) -> list[Item]:
    """Let it rest: slots go by as skipped until it is resumed."""
    return _each(session, numbers, _pause)


def _pause(change: Change, row: "Row") -> None:
    if isinstance(row, Job) and row.ended_at is None:
        change.tell(row.id, Paused())
    elif isinstance(row, Schedule) and row.state == ScheduleState.ACTIVE:
        change.put(row, "paused", state=ScheduleState.PAUSED)
    elif not (isinstance(row, Schedule) and row.state == ScheduleState.PAUSED):
        raise NotPossible(f"{_name(row)} cannot be paused: it is {row.state}.", "reminders and running jobs can")


def resume(session: Session, numbers: list[int]) -> list[Item]:
    """Let it go on. What was due while it was paused is accounted for as skipped."""
    return _each(session, numbers, _resume)


def _resume(change: Change, row: "Row") -> None:
    if isinstance(row, Job) and row.paused:
        change.tell(row.id, Resumed())
        return
    if not isinstance(row, Schedule) or row.state != ScheduleState.PAUSED:
        raise NotPossible(f"{_name(row)} is not paused: it is {row.state}.", f"ask why {_number(row)}")
    if row.next_at is not None and row.next_at <= change.now:
        from assistant.engine.counts import Counts
        from assistant.engine.slots import wake_schedule

        wake_schedule(change.writing, change.around, row, Counts(), 0.5)
    again = change.row(row.id)
    if isinstance(again, Schedule) and again.state == ScheduleState.PAUSED:
        change.put(again, "resumed", state=ScheduleState.ACTIVE)


# Snooze


class Snoozed(Value):
    """An item that was put off. `was`: when it would have been due; None where a series got a ring beside its own."""

    __slots__ = ("item", "to", "was", "series")
    item: Item
    to: datetime
    was: datetime | None
    series: "GoesOn | None"


class GoesOn(Value):
    """A series of which one ring was put off. `next`: its next slot by the rule; `anyway`: `to` is a slot of it too."""

    __slots__ = ("next", "anyway")
    next: datetime | None
    anyway: bool


def snooze(session: Session, numbers: list[int], phrase: str) -> list[Snoozed]:
    """Ring later instead: a one-off moves, an open occurrence is put off, under the same number."""
    reading = words.instant(session, _without_until(phrase), "the time to snooze to")
    to = words.future(session, reading)
    put_off: list[Snoozed] = []

    def act(change: Change, row: "Row") -> None:
        if isinstance(row, Request):
            request = _the_open_request(change, row)
            row = change.row(request.schedule_id) if request and request.schedule_id else row
        before = item_of(session, row)
        was, series = before.next_at or before.due_at, None
        if isinstance(row, Task):
            from assistant.when import zone

            _refuse_ended_task(row)
            wall = zone.to_wall(to, session.zone).isoformat("T", "seconds")
            change.put(row, "due later", due_at=to, due_wall=wall, zone=session.zone)
        elif isinstance(row, Schedule) and _is_series(row):
            was, series = _put_off_in_series(change, row, to, reading.zone)
        elif isinstance(row, Schedule):
            _put_off(change, row, to, reading.zone)
        else:
            raise NotPossible(f"{_name(row)} cannot be snoozed.", f"ask why {_number(row)}")
        put_off.append(Snoozed(item_of(session, change.row(row.id)), to, was, series))

    _each(session, numbers, act)
    return put_off


def _without_until(phrase: str) -> str:
    """`until after lunch` and `till monday` say when, as `after lunch` and `monday` do."""
    first, _, rest = phrase.strip().partition(" ")
    return rest if rest and first.lower() in ("until", "till", "til", "to") else phrase


def _is_series(schedule: Schedule) -> bool:
    """Whether its slots come by a rule, whatever becomes of one of them."""
    return schedule.rule is not None and COUNTED not in schedule.rule


def _put_off(change: Change, schedule: Schedule, to: datetime, zone: str) -> None:
    """Move the one slot there is, or the one that is counted from completion."""
    again = _put_off_open(change, schedule, to, zone)
    if again.next_at is not None:
        change.account(again, _until(to, zone))
    if again.rule is not None:
        change.put(again, _until(to, zone), next_at=to)
        return
    from assistant.when import zone as zones

    changes = {
        "state": ScheduleState.ACTIVE, "next_at": to, "wall": zones.to_wall(to, again.zone).isoformat("T", "seconds"),
        "ended_at": None, "reason": None, "floating": 0,
    }  # fmt: skip
    change.put(again, _until(to, zone), **changes)


def _put_off_in_series(change: Change, schedule: Schedule, to: datetime, zone: str) -> tuple[datetime | None, GoesOn]:
    """Ring once beside the rule: in place of what rings now, or was put off before, or else beside all of its slots."""
    from assistant.engine.slots import following

    if schedule.state == ScheduleState.ENDED:
        raise NotPossible(f"Reminder {schedule.id} has ended: {schedule.reason}.", "make a new one: ask remind")
    ringing = store_due.open_jobs(change.con, schedule.id)
    was = ringing[-1].slot_at if ringing else schedule.snoozed_to
    again = _put_off_open(change, schedule, to, zone)
    conventions, just_before = change.session.conventions, timedelta(seconds=1)
    by_rule = again.next_at
    if again.snoozed_to is not None and by_rule == again.snoozed_to:
        # What was put off before is put off anew: what stays is the rule's own next slot.
        by_rule = following(again, again.snoozed_to - just_before, conventions)
    from_then = following(again, to - just_before, conventions)
    upcoming = [at for at in (by_rule, from_then, to) if at is not None]
    change.put(again, _until(to, zone), snoozed_to=to, next_at=min(upcoming))
    return was, GoesOn(by_rule, anyway=from_then == to)


def _put_off_open(change: Change, schedule: Schedule, to: datetime, zone: str) -> Schedule:
    """Stop what rings now; the reminder as it then is."""
    for job in store_due.open_jobs(change.con, schedule.id):
        change.tell(job.id, Stopped(JobState.SUPERSEDED, _until(to, zone)))
    again = change.row(schedule.id)
    assert isinstance(again, Schedule)  # noqa: S101 - numbers keep their kind
    return again


def _until(to: datetime, zone: str) -> str:
    return f"snoozed to {say.moment(to, zone)}"


def _name(row: "Row") -> str:
    return f"{ {'schedule': 'Reminder'}.get(kind_of(row), kind_of(row).capitalize()) } {_number(row)}"


def _number(row: "Row") -> int | None:
    return row.number if isinstance(row, Job) else row.id
