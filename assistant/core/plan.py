"""A decision in the making: the job and its steps as they will be, and the moves that make them so.

Lives for one call of `decide`. What is decided stands in `decide` and `ladder`, not here.
"""

from datetime import datetime

from assistant.core.facts import Facts
from assistant.core.keys import acting_path, cause_of, outside_key
from assistant.core.limits import TERMINAL
from assistant.core.moves import Joined, Move, New, Put, Ref, record
from assistant.core.quiet import HELD, held_until
from assistant.core.render import as_text, rendered
from assistant.core.spec import Spec, StepSpec
from assistant.core.states import ENDED_STEP, JobState, MessageState, RequestState, ScheduleState, StepState
from assistant.ports.records import Job, Message, Request, Step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# What the row of an attempt under way holds.
STARTED = {"ended_at": None, "outcome": None, "error": None, "took_ms": None, "effect": "started", "settled_at": None}
LONGEST_TITLE = 200  # of a step, as messages show it
RANKS = {"urgent": 0, "high": 1, "normal": 2, "low": 3}
HOLDS_UP = {"approval": 0, "input": 0, "ack": 1, "failure": 2}  # of questions of one priority: what waits for an answer


def rank_of(kind: str, priority: str) -> int:
    """How pressing a request is, 0 most: what may have happened, then by the priority of its job, then what waits.

    >>> rank_of("unknown", "low"), rank_of("approval", "urgent"), rank_of("ack", "normal")
    (0, 1, 8)
    """
    return 0 if kind == "unknown" else 1 + 3 * RANKS[priority] + HOLDS_UP[kind]


def chain_of(chosen: str | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The channels of a message in the order in which they are tried: the chosen one, then the usual ones.

    >>> chain_of("chat", ("file", "terminal")), chain_of(None, ("file", "terminal"))
    (('chat', 'file', 'terminal'), ('file', 'terminal'))
    """
    return (chosen, *(channel for channel in usual if channel != chosen)) if chosen else usual


class Plan:
    """Collects moves and keeps the picture of the job current while it does."""

    def __init__(
        self, spec: Spec, job: Job, steps: tuple[Step, ...], facts: Facts, now: datetime, jitter: float
    ) -> None:
        self.spec = spec
        self.job = job
        self.steps = {step.path: step for step in steps}
        self.facts = facts
        self.now = now
        self.jitter = jitter
        self.moves: list[Move] = []
        self.at_work: set[str] = set()  # lists whose items are being begun in this very decision
        self._refs = 0

    def ref(self, table: str) -> Ref:
        """A name for a row that this plan makes."""
        self._refs += 1
        return Ref(f"{table}:{self.job.key}:{self._refs}")

    def new_number(self, kind: str, what: str) -> "int | Ref":
        """A number for something that a person may name; known at once where the facts say which comes next."""
        ref = self.ref("number")
        if self.facts.next_number is None:
            self.moves.append(New("number", ref, {"kind": kind}, what))
            return ref
        number = self.facts.next_number
        self.facts = self.facts.replace(next_number=number + 1)
        self.moves.append(New("number", ref, {"id": number, "kind": kind}, what))
        return number

    def spec_of(self, path: str) -> StepSpec:
        """The step as written."""
        return self.spec.at(path)

    # Templates

    def names(self, path: str) -> "dict[str, Any]":
        """What the step of a path may name."""
        from assistant.core.names import names_at

        return names_at(self, path, self.key_of(path))

    def rendered(self, value: "Any", path: str) -> "Any":
        """A part of a step with its templates filled. ValueError, which names the template, where that cannot be."""
        return rendered(value, self.job.inputs, lambda: self.names(path))

    def title_of(self, path: str, otherwise: str) -> str:
        """The title of a step, filled; what it is called otherwise where it has none, or none that can be filled."""
        title = self.spec_of(path).title
        if title is None:
            return otherwise
        try:
            return " ".join(as_text(self.rendered(title, path)).split())[:LONGEST_TITLE] or otherwise
        except ValueError:
            return otherwise

    def holds(self, condition: str, path: str) -> bool:
        """Whether a condition of a step is true. ValueError, which names it, where nobody can say."""
        from assistant.core.template import holds

        return holds(condition, self.names(path))

    # Steps

    def key_of(self, path: str) -> str:
        """The key that the outside sees. An undo and a probe have that of their action."""
        owner = acting_path(path)
        there = self.steps.get(owner)
        if there is not None:
            return there.key
        return f"{self.facts.store_id}/{outside_key(self.job.key)}/{owner}"

    def open_step(
        self, path: str, spec: StepSpec, action: "dict[str, Any]", state: str, what: str, **more: "Any"
    ) -> Step:
        """Make the row of a step that is reached, or bring the one that waits for its turn to life."""
        if state == StepState.READY and self.job.paused:
            state, more = StepState.WAITING, {**more, "wake_at": None, "held": "paused"}
        key = self.key_of(path)
        # A row's key is its own; what an undo or a probe hands to the outside is that of its action.
        own_key = key + path[len(acting_path(path)) :]
        if path in self.steps:
            changes = {"state": state, "action": {spec.kind: action}, "error": None, "key": own_key, **more}
            if self.steps[path].approval is not None:
                changes["approval"] = None  # what it does now was not asked yet
            return self.set_step(path, what, **changes)
        values: dict[str, Any] = {
            "job_id": self.job.id,
            "path": path,
            "state": state,
            "action": {spec.kind: action},
            "key": own_key,
            # What is in doubt is settled first: what follows may cover its traces.
            "rank": 0 if path.endswith("/probe") else RANKS[self.job.priority],
            "attempts": 0,
            "forgiven": 0,
            "rings": 0,
            "planned_at": self.job.slot_at or self.now,
            **more,
        }
        if state in ENDED_STEP:
            values["ended_at"] = self.now
        ref = self.ref("step")
        self.moves.append(New("step", ref, values, what))
        step: Step = record(Step, {**values, "id": ref, "rung": 0})
        self.steps[path] = step
        return step

    def set_step(self, path: str, what: str, **changes: "Any") -> Step:
        """Change a step. One that ends, or waits, holds no lease any more."""
        step = self.steps[path]
        if changes.get("state") == StepState.READY and self.job.paused:
            changes.update(state=StepState.WAITING, wake_at=None, held="paused")
        state = changes.get("state", step.state)
        if state != StepState.RUNNING and step.lease is not None:
            changes.update(lease=None, lease_until=None)
        if state in ENDED_STEP and "state" in changes:
            changes.update(ended_at=self.now, wake_at=None)
            if step.awaits is not None:
                changes["awaits"] = None
        if step.held is not None and state != StepState.WAITING and "held" not in changes:
            changes["held"] = None
        if step.held_at is not None and state in ENDED_STEP:
            changes["held_at"] = None
        expect = {"lease": step.lease} if step.lease is not None else {}
        before = None if isinstance(step.id, Ref) else {column: getattr(step, column) for column in changes}
        self.moves.append(Put("step", step.id, changes, what, expect, before))
        self.steps[path] = step = step.replace(**changes)
        return step

    def close_attempt(self, step: Step, outcome: str, effect: str, error: str | None, took_ms: int | None) -> None:
        """Write how the running attempt ended, and what is known of its effect."""
        known = {"effect": effect, "settled_at": None if effect == "unknown" else self.now}
        changes = {"ended_at": self.now, "outcome": outcome, "error": error, "took_ms": took_ms, **known}
        before = STARTED if step.state == StepState.RUNNING else None
        self.moves.append(Put("attempt", (step.id, step.attempts), changes, outcome, before=before))

    def settle_effect(self, step: Step, effect: str) -> None:
        """Write what became known of the last attempt's effect."""
        changes = {"effect": effect, "settled_at": self.now}
        self.moves.append(Put("attempt", (step.id, step.attempts), changes, effect))

    # The job

    def set_job(self, what: str, **changes: "Any") -> None:
        """Change the job."""
        job = self.job
        if isinstance(job.id, Ref):
            self.moves.append(Put("job", job.id, changes, what))
        else:
            before = {column: getattr(job, column) for column in (*changes, "rev")}
            self.moves.append(Put("job", job.id, changes, what, {"rev": job.rev}, before))
        self.job = self.job.replace(**changes, rev=self.job.rev + 1)

    def be(self, state: JobState) -> None:
        """Bring the job into a state that is not an end."""
        if self.job.state != state:
            self.set_job(f"job is {state}", state=state)

    def number_job(self) -> "int | Ref":
        """The number by which a person names this job; it gets one now where it has none."""
        if self.job.number is not None:
            return self.job.number
        number = self.new_number("job", "a person may need this job")
        self.set_job("job has a number", number=number)
        return number

    def end_job(self, state: JobState, what: str, reason: str | None = None) -> None:
        """End the job, withdraw what it still asks, and move its schedule on."""
        for step in list(self.steps.values()):
            if step.state == StepState.RUNNING:
                # Its worker goes on and may still say what came of it; if it dies, this is all that is known.
                self.close_attempt(step, "cut off", "unknown", "its job ended while it ran", None)
            if step.state not in ENDED_STEP:
                self.set_step(step.path, what, state=StepState.CANCELLED)
        for request in self.facts.requests:
            self.settle_request(request.id, RequestState.WITHDRAWN, what)
        self.set_job(what, state=state, ended_at=self.now, reason=reason or self.job.reason)
        self.move_schedule_on(state)

    def move_schedule_on(self, state: JobState) -> None:
        """A one-off ends with its job. A rule goes on by itself; one that counts from completion waits for it."""
        schedule = self.facts.schedule
        if schedule is None or schedule.state == ScheduleState.ENDED:
            return
        if self.facts.after_done is not None:
            if state != JobState.SUPERSEDED:
                next_at = {"next_at": self.facts.after_done}
                self.moves.append(Put("schedule", schedule.id, next_at, "counted from the end of its job"))
            return
        if schedule.next_at is None and state != JobState.SUPERSEDED:
            changes = {"state": ScheduleState.ENDED, "ended_at": self.now, "reason": self.job.reason or state}
            self.moves.append(Put("schedule", schedule.id, changes, f"its last job is {state}"))

    # Messages and requests

    def send(
        self,
        text: "str | Joined",
        key: str,
        severity: str = "normal",
        channel: str | None = None,
        step: Step | None = None,
        at: datetime | None = None,
    ) -> None:
        """Put a message into the outbox, in the same commit as its cause.

        What a job may have to say again, since it can be tried again, has its revision in the key.
        """
        chain = chain_of(channel, self.facts.channels)
        schedule = self.facts.schedule
        wake_at = held_until(self.facts.quiet, severity, self.now, chain[0])
        values = {
            "key": key,
            "channel": chain[0],
            "next_channels": list(chain[1:]),
            "item": schedule.id if schedule else self.job.number,
            "job_id": self.job.id,
            "step_id": step.id if step else None,
            "schedule_id": schedule.id if schedule else None,
            "text": text,
            "severity": severity,
            "rank": 0 if severity == "high" else RANKS[self.job.priority] + (severity == "low"),
            "state": MessageState.QUEUED,
            "at": at or self.now,
            "wake_at": wake_at,
            "reason": HELD if wake_at > self.now else None,
        }
        self.moves.append(New("message", self.ref("message"), values, "message queued"))

    def drop_unsent(self, reason: str, of_steps: "set[Any] | None" = None) -> None:
        """What has not gone out yet will not; what is being sent is not tried again. `of_steps`: of these only."""
        self._drop([one for one in self.facts.messages if of_steps is None or one.step_id in of_steps], reason)

    def _keys_asking(self, request: Request) -> tuple[str, ...]:
        """How the keys begin of the messages that ask a request; rings are those of a ladder, which sees to them."""
        if request.kind == "ack":
            return ()
        root = f"{self.facts.store_id}/{outside_key(self.job.key)}"
        owner = next((step.key for step in self.steps.values() if step.id == request.step_id), root)
        word = {"unknown": "unknown/", "failure": "failed/"}.get(request.kind, "asked/")
        return (f"{owner}/{word}", f"{root}/failed/" if request.kind == "failure" else f"{owner}/late")

    def _drop(self, messages: "list[Message]", reason: str) -> None:
        gone = {"state": MessageState.DEAD, "reason": reason}
        for message in messages:
            if message.state == MessageState.QUEUED:
                self.moves.append(Put("message", message.id, gone, reason, {"state": MessageState.QUEUED}))
            elif message.state == MessageState.SENDING:
                expect = {"state": MessageState.SENDING}
                self.moves.append(Put("message", message.id, {"dropped": reason}, reason, expect))
        # What ends for two reasons, such as a question whose job is cancelled, is dropped once.
        unsent = (MessageState.QUEUED, MessageState.SENDING)
        dropped = {message.id for message in messages if message.state in unsent}
        left = tuple(message for message in self.facts.messages if message.id not in dropped)
        self.facts = self.facts.replace(messages=left)

    def drop_unseen(self, step: Step, reason: str) -> None:
        """What waits at the terminal and was not shown yet gives way to a newer one."""
        there = [one for one in self.facts.messages if one.step_id == step.id and one.channel == TERMINAL]
        self._drop([one for one in there if one.state == MessageState.QUEUED], reason)

    def ask(self, kind: str, title: str, step: Step | None = None, **more: "Any") -> None:
        """Open a request to the person."""
        number = self.new_number("request", "request has a number")
        schedule = self.facts.schedule
        values = {
            "id": number,
            "kind": kind,
            "job_id": self.job.id,
            "step_id": step.id if step else None,
            "schedule_id": schedule.id if schedule else None,
            "title": title,
            "state": RequestState.OPEN,
            "created_at": self.now,
            "rank": rank_of(kind, self.job.priority),
            "cause": cause_of(self.job.workflow, step.path) if step else None,
            **more,
        }
        ref = self.ref("request")
        self.moves.append(New("request", ref, values, f"asked: {kind}"))
        made: Request = record(Request, {**values, "id": number if isinstance(number, int) else ref, "rev": 1})
        self.facts = self.facts.replace(requests=(*self.facts.requests, made))

    def settle_request(self, request_id: int, state: RequestState, what: str, answer: str | None = None) -> None:
        """Close a request; what was to ask it and has not gone out yet will not."""
        changes = {"state": state, "ended_at": self.now, "answer": answer}
        self.moves.append(Put("request", request_id, changes, what, {"state": RequestState.OPEN}))
        for request in self.facts.requests:
            if request.id == request_id and (keys := self._keys_asking(request)):
                self._drop([message for message in self.facts.messages if message.key.startswith(keys)], what)
        left = tuple(request for request in self.facts.requests if request.id != request_id)
        self.facts = self.facts.replace(requests=left)
