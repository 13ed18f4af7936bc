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
        "ended_at", "reason", "rev", "place",
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
    place: int | None  # which trigger of its workflow it is; None for a reminder


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
        "priority", "reason", "created_at", "ended_at", "rev", "workflow", "subject", "starts_at", "queued",
        "deadline_at", "event_id", "event_mark", "parent_id", "ending", "keep",
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
    workflow: str | None  # the name of a workflow that a person keeps; None for a reminder
    subject: str | None
    starts_at: datetime | None  # pending until then
    queued: int  # pending until older jobs of its subject have ended
    deadline_at: datetime | None
    event_id: int | None  # the event that started it
    event_mark: int  # the newest event when it was made: only later ones count for its waits
    parent_id: int | None  # the step of another job that waits for it
    ending: str | None  # the state in which it ends when what it did is settled and undone
    keep: int  # what it did is not undone at its end


class Step(Value):
    """A unit of work in a job, by its path."""

    __slots__ = (
        "id", "job_id", "path", "state", "action", "key", "rank", "attempts", "forgiven", "rings",
        "planned_at", "wake_at", "lease", "lease_until", "output", "error", "ended_at", "done_by", "about", "awaits",
        "service", "held", "held_at", "rung", "rung_at", "approval",
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
    done_by: str | None  # action, or fallback where that stood in
    about: "Any"  # what a step of a list is about, as [item]
    awaits: str | None  # the name of the event that it waits for
    service: str | None  # what it shares with steps of other jobs: a host, a program, or what its limit names
    held: str | None  # why it does not begin: its service's limit, its service is down, or its job is paused
    held_at: datetime | None
    rung: int  # how many rungs of its ladder were taken
    rung_at: datetime | None  # when the next one is planned
    approval: int | None  # the request that allowed it: it runs as that approved it, or not at all


class Request(Value):
    """A question to the person."""

    __slots__ = (
        "id", "kind", "job_id", "step_id", "schedule_id", "title", "state", "proposal", "hash", "because",
        "expires_at", "on_expiry", "answer", "created_at", "ended_at", "rev", "snoozed_to", "rank", "cause",
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
    snoozed_to: datetime | None  # not shown in the inbox until then
    rank: int  # the most pressing first
    cause: str | None  # what asks, as WORKFLOW.STEP


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

    __slots__ = ("id", "name", "version", "spec", "hash", "state", "created_at", "text")
    id: int
    name: str
    version: int
    spec: "dict[str, Any]"
    hash: str
    state: str
    created_at: datetime
    text: str | None  # the file as it was added; None for what is built in


class Event(Value):
    """Something that happened outside, or that a step said."""

    __slots__ = ("id", "name", "key", "data", "at", "source", "routed")
    id: int
    name: str
    key: str | None
    data: "Any"
    at: datetime
    source: str | None
    routed: int  # whether waits and triggers were told of it


class Service(Value):
    """What steps of several jobs share, and whether it is down."""

    __slots__ = ("name", "began_at", "down_at", "reason", "wake_at", "tries")
    name: str
    began_at: datetime | None
    down_at: datetime | None
    reason: str | None
    wake_at: datetime | None
    tries: int


class Standing(Value):
    """How far a workflow is trusted to act: 0 acts, 1 asks first, 2 drafts only."""

    __slots__ = ("workflow", "level", "since_at", "probe_at")
    workflow: str
    level: int
    since_at: datetime
    probe_at: datetime | None


class SourceRow(Value):
    """Where events come from, and how far it was read."""

    __slots__ = (
        "name", "url", "every", "cursor", "added_at", "removed_at", "poll_at", "wake_at", "last_success_at",
        "last_error", "failures", "told", "note", "lease", "lease_until",
    )  # fmt: skip
    name: str
    url: str
    every: int  # seconds
    cursor: "dict[str, Any] | None"
    added_at: datetime
    removed_at: datetime | None
    poll_at: datetime  # when it is looked at next
    wake_at: datetime  # when it may have something to tell, by the clock alone or since it is looked at then
    last_success_at: datetime | None
    last_error: str | None
    failures: int  # in a row
    told: int  # whether the person knows that it is down
    note: str | None
    lease: str | None
    lease_until: datetime | None


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
