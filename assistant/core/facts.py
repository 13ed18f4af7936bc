"""What a decision may know beside the job itself: a frozen value, read in the transaction that applies it."""

from datetime import datetime

from assistant.core.quiet import QuietHours
from assistant.ports.records import Message, Request, Schedule
from assistant.value import Value


class Facts(Value):
    """The surroundings of a job at the moment of decision."""

    __slots__ = ("store_id", "channels", "quiet", "schedule", "requests", "messages", "after_done")
    store_id: str
    channels: tuple[str, ...] = ("terminal",)  # the default channel, then where its messages go when it fails
    quiet: QuietHours | None = None
    schedule: Schedule | None = None
    requests: tuple[Request, ...] = ()  # the open ones of this job
    messages: tuple[Message, ...] = ()  # those of this job that are not dead
    after_done: datetime | None = None  # the next slot of a schedule whose rule counts from completion
