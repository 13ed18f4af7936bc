"""The rows of the store as frozen values. `*_at` is an aware UTC datetime; structured columns are already read."""

from datetime import datetime

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Task(Value):
    """Something the person means to do."""

    __slots__ = (
        "id", "title", "state", "due_at", "due_wall", "zone", "priority", "project", "tags", "key", "created_at",
        "ended_at", "rev",
    )  # fmt: skip
    id: int
    title: str
    state: str
    due_at: datetime | None
    due_wall: str | None
    zone: str | None
    priority: str
    project: str | None
    tags: list[str]
    key: str | None
    created_at: datetime
    ended_at: datetime | None
    rev: int


class Schedule(Value):
    """A rule, or one instant, that produces slots."""

    __slots__ = (
        "id", "workflow_id", "title", "state", "rule", "wall", "zone", "floating", "next_at", "snoozed_to",
        "last_slot_at", "inputs", "if_late", "useless_after", "priority", "project", "tags", "key", "created_at",
        "ended_at", "reason", "rev",
    )  # fmt: skip
    id: int
    workflow_id: int
    title: str
    state: str
    rule: str | None
    wall: str | None
    zone: str
    floating: int
    next_at: datetime | None
    snoozed_to: datetime | None
    last_slot_at: datetime | None
    inputs: "dict[str, Any]"
    if_late: str
    useless_after: int | None
    priority: str
    project: str | None
    tags: list[str]
    key: str | None
    created_at: datetime
    ended_at: datetime | None
    reason: str | None
    rev: int


class Slot(Value):
    """One due time of a schedule, or a run of alike ones, and what became of it."""

    __slots__ = ("schedule_id", "at", "last", "count", "state", "reason", "job_id")
    schedule_id: int
    at: datetime
    last: datetime
    count: int
    state: str
    reason: str | None
    job_id: int | None


class Job(Value):
    """One run of one workflow version."""

    __slots__ = (
        "id", "number", "workflow_id", "schedule_id", "slot_at", "title", "state", "paused", "key", "inputs",
        "priority", "reason", "created_at", "ended_at", "rev",
    )  # fmt: skip
    id: int
    number: int | None
    workflow_id: int
    schedule_id: int | None
    slot_at: datetime | None
    title: str
    state: str
    paused: int
    key: str
    inputs: "dict[str, Any]"
    priority: str
    reason: str | None
    created_at: datetime
    ended_at: datetime | None
    rev: int


class Step(Value):
    """A unit of work in a job, by its path."""

    __slots__ = (
        "id", "job_id", "path", "state", "action", "key", "rank", "attempts", "forgiven", "rings",
        "planned_at", "wake_at", "lease", "lease_until", "output", "error", "ended_at",
    )  # fmt: skip
    id: int
    job_id: int
    path: str
    state: str
    action: "dict[str, Any]"
    key: str
    rank: int
    attempts: int
    forgiven: int  # attempts that no longer count: a person granted fresh ones
    rings: int
    planned_at: datetime | None
    wake_at: datetime | None
    lease: str | None
    lease_until: datetime | None
    output: "Any"
    error: str | None
    ended_at: datetime | None


class Request(Value):
    """A question to the person."""

    __slots__ = (
        "id", "kind", "job_id", "step_id", "schedule_id", "title", "state", "proposal", "hash", "because",
        "expires_at", "on_expiry", "answer", "created_at", "ended_at", "rev",
    )  # fmt: skip
    id: int
    kind: str
    job_id: int | None
    step_id: int | None
    schedule_id: int | None
    title: str
    state: str
    proposal: "Any"
    hash: str | None
    because: str | None
    expires_at: datetime | None
    on_expiry: str | None
    answer: str | None
    created_at: datetime
    ended_at: datetime | None
    rev: int


class Message(Value):
    """One message on one channel."""

    __slots__ = (
        "id", "key", "channel", "next_channels", "item", "job_id", "step_id", "schedule_id", "text", "severity",
        "rank", "state", "reason", "attempts", "doubtful", "dropped", "at", "wake_at", "sent_at", "lease",
        "lease_until",
    )  # fmt: skip
    id: int
    key: str
    channel: str
    next_channels: list[str]
    item: int | None
    job_id: int | None
    step_id: int | None
    schedule_id: int | None
    text: str
    severity: str
    rank: int
    state: str
    reason: str | None
    attempts: int
    doubtful: int
    dropped: str | None  # why it must not be tried again: it was answered or stopped while it was being sent
    at: datetime
    wake_at: datetime
    sent_at: datetime | None
    lease: str | None
    lease_until: datetime | None


class Workflow(Value):
    """One version of a workflow."""

    __slots__ = ("id", "name", "version", "spec", "hash", "state", "created_at")
    id: int
    name: str
    version: int
    spec: "dict[str, Any]"
    hash: str
    state: str
    created_at: datetime


class JournalLine(Value):
    """One change of one row."""

    __slots__ = ("id", "at", "command_id", "tick_id", "tab", "row", "item", "what", "before", "after")
    id: int
    at: datetime
    command_id: int | None
    tick_id: int | None
    tab: str
    row: str
    item: int | None
    what: str
    before: "dict[str, Any] | None"
    after: "dict[str, Any] | None"
