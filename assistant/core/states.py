"""The states of everything, what each means, and which changes are legal. Decides nothing."""

from assistant.errors import NotPossible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import StrEnum
else:

    class StrEnum(str):
        """As much of `enum.StrEnum` as states need; importing `enum` costs an eighth of the start-up floor."""

        __slots__ = ()

        def __init_subclass__(cls) -> None:
            words = {name: word for name, word in vars(cls).items() if name.isupper()}
            cls._known = {word: str.__new__(cls, word) for word in words.values()}
            for name, word in words.items():
                setattr(cls, name, cls._known[word])

        def __new__(cls, word):
            if word not in cls._known:
                raise ValueError(f"{word!r} is no {cls.__name__}")
            return cls._known[word]


class TaskState(StrEnum):
    """Moved by a person only."""

    OPEN = "open"  # to be done
    WAITING = "waiting"  # blocked on somebody else; edit moves it in and out
    DONE = "done"
    DROPPED = "dropped"  # given up, or its creation undone


class ScheduleState(StrEnum):
    """A rule, or one instant, that produces slots."""

    ACTIVE = "active"  # produces slots; a one-off whose message is not settled yet is active too
    PAUSED = "paused"  # slots go by as skipped; pause and resume move it in and out
    ENDED = "ended"  # produces no more; snooze revives a one-off


class JobState(StrEnum):
    """One run of a workflow."""

    PENDING = "pending"  # nothing has begun
    IN_PROGRESS = "in_progress"  # begun and not ended, also between tries or waiting for a time or an event
    AWAITING_INPUT = "awaiting_input"  # the next thing needed is a person
    COMPLETED = "completed"  # every step ended well, or was stood in for
    FAILED = "failed"  # a step failed for good and nothing stood in for it
    SUPERSEDED = "superseded"  # a newer one took its place: a snooze, or a newer job of the same subject
    CANCELLED = "cancelled"  # a person stopped it, or denied what it needed


class StepState(StrEnum):
    """One unit of work in a job."""

    PENDING = "pending"  # an earlier step has not ended
    READY = "ready"  # a tick may begin it now
    RUNNING = "running"  # a worker holds its lease
    WAITING = "waiting"  # for its wake time, its message or a person
    UNKNOWN = "unknown"  # it may have taken effect; a probe or a person settles it
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"  # its `when` was false
    UNDOING = "undoing"  # its compensation is under way
    UNDONE = "undone"
    CANCELLED = "cancelled"


class RequestState(StrEnum):
    """A question to the person."""

    OPEN = "open"
    APPROVED = "approved"
    DENIED = "denied"
    ANSWERED = "answered"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # what it asked about is gone


class MessageState(StrEnum):
    """One message on one channel."""

    QUEUED = "queued"  # waits for its time and for a worker
    SENDING = "sending"  # a worker holds its lease: written before the channel is called
    SENT = "sent"  # the channel confirmed it
    ACKNOWLEDGED = "acknowledged"  # the person answered it
    DEAD = "dead"  # will not be sent on this channel; the reason stands beside it
    UNKNOWN = "unknown"  # the worker died while sending, and the channel cannot tell


ENDED_JOB = frozenset({JobState.COMPLETED, JobState.FAILED, JobState.SUPERSEDED, JobState.CANCELLED})
ENDED_STEP = frozenset(
    {StepState.COMPLETED, StepState.FAILED, StepState.SKIPPED, StepState.UNDONE, StepState.CANCELLED}
)

LEGAL: dict[str, dict[str, frozenset[str]]] = {
    "task": {
        "open": frozenset({"waiting", "done", "dropped"}),
        "waiting": frozenset({"open", "done", "dropped"}),
        "done": frozenset(),
        "dropped": frozenset(),
    },
    "schedule": {
        "active": frozenset({"paused", "ended"}),
        "paused": frozenset({"active", "ended"}),
        "ended": frozenset({"active"}),
    },
    "job": {
        "pending": frozenset({"in_progress", "awaiting_input", *ENDED_JOB}),
        "in_progress": frozenset({"awaiting_input", *ENDED_JOB}),
        "awaiting_input": frozenset({"in_progress", *ENDED_JOB}),
        "completed": frozenset(),
        "failed": frozenset({"in_progress"}),
        "superseded": frozenset(),
        "cancelled": frozenset(),
    },
    "step": {
        "pending": frozenset({"ready", "waiting", "completed", "skipped", "cancelled", "failed"}),
        "ready": frozenset({"running", "cancelled", "waiting"}),
        "running": frozenset({"completed", "failed", "waiting", "ready", "unknown", "cancelled"}),
        "waiting": frozenset({"ready", "completed", "failed", "cancelled", "running"}),
        "unknown": frozenset({"completed", "ready", "failed", "cancelled", "waiting"}),
        "completed": frozenset({"undoing", "undone", "pending"}),  # pending: a probe, a recheck or an undo once more
        "failed": frozenset({"ready", "pending", "waiting", "completed"}),  # completed: it was done, and not undone
        "skipped": frozenset(),
        "undoing": frozenset({"undone", "failed"}),
        "undone": frozenset({"ready", "pending"}),
        "cancelled": frozenset({"pending", "waiting"}),  # only where its job is retried
    },
    "request": {
        "open": frozenset({"approved", "denied", "answered", "acknowledged", "resolved", "expired", "withdrawn"}),
        "approved": frozenset(),
        "denied": frozenset(),
        "answered": frozenset(),
        "acknowledged": frozenset(),
        "resolved": frozenset(),
        "expired": frozenset(),
        "withdrawn": frozenset(),
    },
    "message": {
        "queued": frozenset({"sending", "sent", "dead", "unknown"}),
        "sending": frozenset({"queued", "sent", "dead", "unknown"}),
        "sent": frozenset({"acknowledged"}),
        "unknown": frozenset({"sent", "acknowledged"}),
        "acknowledged": frozenset(),
        "dead": frozenset(),
    },
}


def check_change(table: str, old: str, new: str) -> None:
    """Refuse a change of state that the table above does not hold.

    >>> check_change("task", "open", "done")
    >>> check_change("task", "done", "open")
    Traceback (most recent call last):
    assistant.errors.NotPossible: a task cannot go from done to open
    """
    if old != new and table in LEGAL and new not in LEGAL[table][old]:
        raise NotPossible(f"a {table} cannot go from {old} to {new}")
