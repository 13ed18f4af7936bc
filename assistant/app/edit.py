"""Change what was said of a task or a reminder: its text, its time, where and how it rings."""

from assistant.app import words
from assistant.app.items import Item, find_row, item_of
from assistant.app.remind import check_channel, reminder_workflow, schedule_values, usual_ladder
from assistant.app.session import Session
from assistant.core.moves import Put
from assistant.core.states import ScheduleState
from assistant.engine.slots import account_skipped
from assistant.errors import NotPossible, UsageError
from assistant.ports.records import Schedule, Task
from assistant.store.due import open_jobs
from assistant.store.write import Writing
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NONE = "none"  # the word that empties a field


class Edit(Value):
    """What `ask edit` was told; None leaves a field as it is."""

    __slots__ = (
        "title", "at", "every", "due", "priority", "project", "tags", "channel", "severity", "if_late",
        "useless_after", "until_ack", "repeat", "state",
    )  # fmt: skip
    title: str | None = None
    at: str | None = None
    every: str | None = None
    due: str | None = None
    priority: str | None = None
    project: str | None = None
    tags: list[str] | None = None
    channel: str | None = None
    severity: str | None = None
    if_late: str | None = None
    useless_after: str | None = None
    until_ack: bool | None = None
    repeat: str | None = None
    state: str | None = None


def edit(session: Session, number: int, wish: Edit) -> Item:
    """Change an item that has not ended."""
    if wish == Edit():
        raise UsageError("Nothing to change was given.", f"ask edit {number} --at tomorrow 9:00; ask edit --help")
    with session.writing() as writing:
        row = find_row(session.con, number)
        if isinstance(row, Task):
            changes = _task_changes(session, row, wish)
        elif isinstance(row, Schedule):
            if row.place is not None:
                from assistant.app.workflow_schedules import refuse_edit

                refuse_edit(session, row)
            changes = _schedule_changes(session, writing, row, wish)
            if "next_at" in changes and row.next_at is not None and row.next_at <= session.now:
                account_skipped(writing, session.around(), row, "moved before it rang")
        else:
            raise NotPossible(f"{number} is a {type(row).__name__.lower()}; tasks and reminders can be edited.",
                              f"ask show {number}")  # fmt: skip
        writing.apply([Put(type(row).__name__.lower(), row.id, changes, "edited", {"rev": row.rev})])
        return item_of(session, find_row(session.con, number))


def _shared(wish: Edit) -> "dict[str, Any]":
    changes: dict[str, Any] = {}
    if wish.title is not None:
        changes["title"] = words.title(wish.title)
    if wish.priority is not None:
        changes["priority"] = words.one_of("--priority", wish.priority, words.PRIORITIES)
    if wish.project is not None:
        changes["project"] = None if wish.project == NONE else words.title(wish.project, "the project")
    if wish.tags is not None:
        changes["tags"] = [] if wish.tags == [NONE] else [words.title(tag, "the tag") for tag in wish.tags]
    return changes


def _task_changes(session: Session, task: Task, wish: Edit) -> "dict[str, Any]":
    for name in ("at", "every", "channel", "severity", "if_late", "useless_after", "until_ack", "repeat"):
        if getattr(wish, name) is not None:
            flag = name.replace("_", "-")
            raise UsageError(f"{task.id} is a task; --{flag} is for reminders.", f"ask edit {task.id} --due WHEN")
    if task.state not in ("open", "waiting"):
        raise NotPossible(f"Task {task.id} is {task.state}.", "ask undo takes back your latest command")
    changes = _shared(wish)
    if wish.due == NONE:
        changes |= {"due_at": None, "due_wall": None, "zone": None}
    elif wish.due is not None:
        due_at, due_wall = words.due(session, wish.due)
        changes |= {"due_at": due_at, "due_wall": due_wall, "zone": session.zone}
    if wish.state is not None:
        changes["state"] = words.one_of("--state", wish.state, ("open", "waiting"))
    return changes


def _schedule_changes(session: Session, writing: Writing, schedule: Schedule, wish: Edit) -> "dict[str, Any]":
    for name in ("due", "state"):
        if getattr(wish, name) is not None:
            raise UsageError(
                f"{schedule.id} is a reminder; --{name} is for tasks.", f"ask edit {schedule.id} --at WHEN"
            )
    if schedule.state == ScheduleState.ENDED:
        raise NotPossible(
            f"Reminder {schedule.id} has ended: {schedule.reason}.",
            f"ask snooze {schedule.id} tomorrow 9:00 revives it",
        )
    changes = _shared(wish)
    changes |= _time_changes(session, schedule, wish)
    inputs = dict(schedule.inputs)
    if "title" in changes:
        inputs["text"] = changes["title"]
    if wish.channel is not None:
        chosen = None if wish.channel == NONE else wish.channel
        check_channel(session, chosen)
        inputs["channel"] = chosen
    if wish.severity is not None:
        inputs["severity"] = words.one_of("--severity", wish.severity, words.SEVERITIES)
    if inputs != schedule.inputs:
        changes["inputs"] = inputs
    if wish.if_late is not None:
        changes["if_late"] = words.one_of("--if-late", wish.if_late, words.IF_LATE)
    if wish.useless_after is not None:
        seconds = None
        if wish.useless_after != NONE:
            seconds = int(words.duration(wish.useless_after, "--useless-after").total_seconds())
        changes["useless_after"] = seconds
    if wish.repeat == NONE:
        changes["workflow_id"] = reminder_workflow(writing, None)
    elif wish.repeat is not None:
        changes["workflow_id"] = reminder_workflow(writing, words.durations(wish.repeat, "--repeat"))
    elif wish.until_ack:
        changes["workflow_id"] = reminder_workflow(writing, *usual_ladder(session))
    return changes


def _time_changes(session: Session, schedule: Schedule, wish: Edit) -> "dict[str, Any]":
    if wish.every is not None:
        return dict(schedule_values(session, words.recurrence(session, wish.every, wish.at)))
    if wish.at is None:
        return {}
    reading = words.instant(session, wish.at, "--at")
    words.future(session, reading)
    if schedule.next_at is None and open_jobs(session.con, schedule.id):
        raise NotPossible(
            f"Reminder {schedule.id} is ringing already.", f"put it off: ask snooze {schedule.id} {wish.at}"
        )
    return {**schedule_values(session, reading), "rule": None}
