"""Put something off: a reminder or a task rings later, a question is hidden until then. One commit, as all changes."""

from datetime import datetime, timedelta

from assistant.app import words
from assistant.app.change import Change, each, name_of, number_of, refuse_ended_task, the_open_request, way
from assistant.app.items import Item, item_of
from assistant.app.session import Session
from assistant.core.happened import Stopped
from assistant.core.limits import COUNTED
from assistant.core.states import JobState, ScheduleState
from assistant.errors import NotPossible
from assistant.ports.records import Request, Schedule, Task
from assistant.store import due as store_due
from assistant.value import Value
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.items import Row


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
        request = _to_put_off(change, row)
        if request is not None:
            before = item_of(session, request)
            _hide(change, request, to)
            put_off.append(Snoozed(item_of(session, change.row(request.id)), to, before.next_at, None))
            return
        if isinstance(row, Request):
            request = the_open_request(change, row)
            row = change.row(request.schedule_id) if request and request.schedule_id else row
        if isinstance(row, Schedule) and row.place is not None:
            from assistant.app.workflow_schedules import refuse_snooze

            refuse_snooze(row, to, reading.zone)
        before = item_of(session, row)
        was, series = before.next_at or before.due_at, None
        if isinstance(row, Task):
            from assistant.when import zone

            refuse_ended_task(row)
            wall = zone.to_wall(to, session.zone).isoformat("T", "seconds")
            change.put(row, "due later", due_at=to, due_wall=wall, zone=session.zone)
        elif isinstance(row, Schedule) and _is_series(row):
            was, series = _put_off_in_series(change, row, to, reading.zone)
        elif isinstance(row, Schedule):
            _put_off(change, row, to, reading.zone)
        else:
            raise NotPossible(f"{name_of(row)} cannot be snoozed.", f"ask why {number_of(row)}")
        put_off.append(Snoozed(item_of(session, change.row(row.id)), to, was, series))

    each(session, numbers, act)
    return put_off


def _to_put_off(change: Change, row: "Row") -> Request | None:
    """The open request of a workflow that a number means; None for a reminder, which rings later instead."""
    if isinstance(row, Task) or (isinstance(row, Schedule) and row.place is None):
        return None
    request = the_open_request(change, row)
    if request is None:
        return None
    if request.job_id is None:
        return request
    return request if store_due.job(change.con, request.job_id).workflow is not None else None


def _hide(change: Change, request: Request, to: datetime) -> None:
    """Not shown until then; what would be settled without its answer meanwhile cannot be put off so far."""
    place = change.session.zone
    if request.expires_at is not None and to >= request.expires_at:
        raise NotPossible(
            f"Request {request.id} expires {say.moment(request.expires_at, place)}, before {say.moment(to, place)}.",
            f"snooze it to an earlier time, or answer it: {way(change, request)}",
        )
    change.put(request, f"snoozed to {say.moment(to, place)}", snoozed_to=to)


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
