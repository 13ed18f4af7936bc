"""What a decision may know beside the job itself: a frozen value, read in the transaction that applies it."""

from datetime import datetime

from assistant.core.quiet import QuietHours
from assistant.ports.records import Event, Message, Request, Schedule
from assistant.value import Value
from assistant.when.values import Conventions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Called(Value):
    """A workflow that a step may start: its newest version, and what its jobs begin with."""

    __slots__ = ("workflow_id", "title", "priority", "inputs", "deadline")
    workflow_id: int
    title: str | None
    priority: str
    inputs: "dict[str, Any]"
    deadline: str | None


class Child(Value):
    """A job that a step started, and that has not ended."""

    __slots__ = ("job_id", "step_id")
    job_id: int
    step_id: int


class Consent(Value):
    """What the person wants to be asked about, by preference: kinds of action, services, and an amount."""

    __slots__ = ("always", "never", "over")
    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    over: float | None = None


class Facts(Value):
    """The surroundings of a job at the moment of decision."""

    __slots__ = (
        "store_id", "channels", "quiet", "schedule", "requests", "messages", "after_done", "conventions", "event",
        "events", "children", "called", "prefs", "people", "consent", "level", "next_number", "event_mark",
    )  # fmt: skip
    store_id: str
    channels: tuple[str, ...] = ("terminal",)  # the default channel, then where its messages go when it fails
    quiet: QuietHours | None = None
    schedule: Schedule | None = None
    requests: tuple[Request, ...] = ()  # the open ones of this job
    messages: tuple[Message, ...] = ()  # those of this job that are not dead
    after_done: datetime | None = None  # the next slot of a schedule whose rule counts from completion
    conventions: Conventions = Conventions("UTC")
    event: Event | None = None  # what started the job
    events: tuple[Event, ...] = ()  # those that its waits may still take, the oldest first
    children: tuple[Child, ...] = ()
    called: "dict[str, Called]" = {}
    prefs: "dict[str, Any]" = {}
    people: "dict[str, Any]" = {}
    consent: Consent = Consent()
    level: int = 0  # of the workflow's standing: 0 acts, 1 asks first, 2 drafts only
    next_number: int | None = None  # where a step needs a number in the very commit that makes it
    event_mark: int = 0  # the newest event there is
