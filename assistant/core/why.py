"""Say in one sentence why a task is as it is, and from where all such sentences are said. From records alone."""

from datetime import datetime

from assistant.ports.records import Task
from assistant.value import Value
from assistant.when import say
from assistant.when.values import Conventions


class Standpoint(Value):
    """From where and when it is said."""

    __slots__ = ("now", "zone", "conventions")
    now: datetime
    zone: str
    conventions: Conventions


def moment(at: datetime, here: Standpoint) -> str:
    """An instant and how far it is: `Tue 24 Nov 2026 09:00 (in 16 h)`."""
    return f"{say.moment(at, here.zone)} ({say.from_now(at - here.now)})"


def why_task(task: Task, here: Standpoint) -> str:
    """Why a task is as it is."""
    name = f"Task {task.id}"
    if task.state in ("done", "dropped"):
        ended = f" since {say.moment(task.ended_at, here.zone)}" if task.ended_at else ""
        return f"{name} is {task.state}{ended}; nothing more happens."
    due = "no due date"
    if task.due_at is not None:
        due = f"{'overdue since' if task.due_at < here.now else 'due'} {moment(task.due_at, here)}"
    return f"{name} is {task.state}, {due}; nothing happens by itself, it waits for you: ask done {task.id}."
