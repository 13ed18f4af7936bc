"""Write what came of a piece of work, in the open transaction. Performs nothing.

The lease is the fence: an outcome counts only while its worker holds the very attempt that it was told of.
"""

from datetime import timedelta

from assistant.core.happened import CutOff, Failed, MessageSettled, Succeeded
from assistant.core.moves import Move, Put
from assistant.core.outbox import after_send, cut_off
from assistant.core.states import MessageState
from assistant.engine.claim import StepWork
from assistant.engine.counts import Counts
from assistant.engine.situation import Surroundings, tell_job
from assistant.errors import Stale
from assistant.ports.action import ActionOutcome, Done, NotDone, Unsure
from assistant.ports.channel import SendOutcome
from assistant.ports.records import Message, Step
from assistant.store import due
from assistant.store.write import Writing


def settle_step(
    writing: Writing,
    around: Surroundings,
    work: StepWork,
    outcome: ActionOutcome,
    took: timedelta,
    counts: Counts,
    jitter: float,
) -> None:
    """Tell the job what came of its step."""
    path = work.step.path
    took_ms = int(took.total_seconds() * 1000)
    happened: Succeeded | Failed | CutOff
    if isinstance(outcome, Done):
        happened = Succeeded(path, outcome.output, took_ms)
    elif isinstance(outcome, NotDone):
        happened = Failed(path, outcome.error, outcome.permanent, outcome.retry_after, took_ms, outcome.down)
    else:
        happened = CutOff(path, outcome.error, took_ms)
    if not isinstance(outcome, Unsure) and outcome.asked:
        from assistant.engine.spending import note_asked

        note_asked(writing, outcome.asked, work.step)
    counts.steps_run += 1
    counts.jobs_advanced += 1
    counts.see(tell_job(writing, around, work.step.job_id, happened, writing.now, jitter, work.step, work.seen))
    if work.step.service is not None:
        from assistant.engine.services import after_attempt

        after_attempt(writing, around, work.step, happened, counts, jitter)


def lose_step(writing: Writing, around: Surroundings, step: Step, counts: Counts, jitter: float) -> None:
    """The worker that ran a step is gone."""
    lost = CutOff(step.path, "the machine or its tick stopped while it ran")
    counts.see(tell_job(writing, around, step.job_id, lost, writing.now, jitter, step))
    if step.service is not None:
        from assistant.engine.services import after_attempt

        after_attempt(writing, around, step, lost, counts, jitter)


def settle_message(
    writing: Writing, around: Surroundings, message: Message, outcome: SendOutcome, counts: Counts, jitter: float
) -> None:
    """Write what a channel answered, and walk on: message, job, schedule."""
    message = _as_it_is(writing, message)
    settle_moves(writing, around, message, after_send(message, outcome, writing.now, jitter), counts, jitter)


def lose_message(
    writing: Writing, around: Surroundings, message: Message, can_tell: bool, counts: Counts, jitter: float
) -> None:
    """The worker that was sending is gone."""
    message = _as_it_is(writing, message)
    settle_moves(writing, around, message, cut_off(message, can_tell, writing.now), counts, jitter)


def _as_it_is(writing: Writing, message: Message) -> Message:
    """The message with what a person said of it meanwhile; refused where its lease was lost, or another showed it."""
    there = due.message(writing.con, message.id)
    if there is None or _held_by(there) != _held_by(message):
        raise Stale(f"Message {message.id} went on by another worker.")
    return there


def _held_by(message: Message) -> tuple[str, str | None, int]:
    return message.state, message.lease, message.attempts


def settle_moves(
    writing: Writing, around: Surroundings, message: Message, moves: list[Move], counts: Counts, jitter: float
) -> None:
    """Apply what follows a send, and tell the job of it where the message has settled."""
    writing.apply(moves, item=message.item)
    counts.see(moves)
    sent = any(isinstance(move, Put) and move.changes.get("state") == MessageState.SENT for move in moves)
    if sent and message.job_id is not None:
        settled = MessageSettled(message, MessageState.SENT)
        counts.see(tell_job(writing, around, message.job_id, settled, writing.now, jitter))
