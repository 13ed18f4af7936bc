"""Failures that repeat: the first is told, later ones are counted in one held message, and a recovery is said once.

Alike are failures of one workflow that say the same but for the job and its figures. A job that a person tried again
is told of each time: they wait for what comes of it.
"""

from datetime import datetime, timedelta

from assistant.core.moves import Joined, Move, New, Put, Ref
from assistant.core.states import MessageState
from assistant.engine.notice import notice
from assistant.engine.situation import Surroundings, item_of
from assistant.instants import from_text, to_text
from assistant.jsontext import dump, load
from assistant.ports.records import Job
from assistant.store import attention
from assistant.store.write import Writing
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ALIKE_WITHIN = timedelta(days=1)


def grouped(writing: Writing, around: Surroundings, job: Job, moves: list[Move], now: datetime) -> list[Move]:
    """The moves of a job without the messages of failures that were told before: those are counted."""
    return [move for move in moves if not _is_failure(move) or _is_news(writing, around, job, move, now)]


def _is_failure(move: Move) -> bool:
    """Whether a move tells of a failure. What a step says of its own names the step."""
    if not isinstance(move, New) or move.table != "message" or move.values.get("step_id") is not None:
        return False
    return str(move.values["key"]).rpartition("/")[0].endswith(("/failed", "/fell-back"))


def _is_news(writing: Writing, around: Surroundings, job: Job, move: Move, now: datetime) -> bool:
    assert isinstance(move, New)  # noqa: S101 - it makes a message
    said = _said(job, move.values["text"])
    name = f"{attention.REPEATS}{job.workflow}/{_mark(said)}"
    value = attention.meta_value(writing.con, name)
    there = load(value) if value else None
    if there is not None and there["job"] != job.id and now < from_text(there["since"]) + ALIKE_WITHIN:
        there = {**there, "count": there["count"] + 1}
        _count_up(writing, around, job, name, said, there, now)
        _keep(writing, name, value, there)
        return False
    if there is None or there["job"] != job.id:
        there = {"since": to_text(now), "count": 0}
    _keep(writing, name, value, {**there, "job": job.id})
    return True


def _said(job: Job, text: "str | Joined") -> str:
    """What a message says of a failure, without the job that it is about: ` failed: step send failed: no route`."""
    whole = text if isinstance(text, str) else "".join(part for part in text.parts if isinstance(part, str))
    return whole.rpartition(f"({job.title})")[2].partition(" · ")[0]


def _mark(said: str) -> str:
    from hashlib import sha256

    alike = "".join("#" if letter.isdigit() else letter for letter in said)
    return sha256(alike.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _keep(writing: Writing, name: str, before: str | None, there: "dict[str, Any]") -> None:
    what = f"a failure, told once and counted {there['count']} times"
    move: Move = Put("meta", name, {"value": dump(there)}, what)
    if before is None:
        move = New("meta", Ref(name), {"name": name, "value": dump(there)}, what)
    writing.apply([move])


def _again_key(around: Surroundings, name: str, there: "dict[str, Any]") -> str:
    """The key of the message that counts. The job is in it: a workflow may fail, recover and fail in one second."""
    return f"{around.store_id}/{name}/{there['since']}/{there['job']}"


def _count_up(
    writing: Writing, around: Surroundings, job: Job, name: str, said: str, there: "dict[str, Any]", now: datetime
) -> None:
    """One more in the message that is held until the day is over."""
    since, count = from_text(there["since"]), there["count"]
    times = f"{count} time{'s' if count > 1 else ''}"
    zone = around.conventions.zone
    text = f"workflow {job.workflow}{said}: again {times} since {say.moment(since, zone)}"
    key = _again_key(around, name, there)
    queued = attention.queued_by_key(writing.con, key)
    if queued is not None:
        put = Put("message", queued.id, {"text": text}, f"again {times}", {"state": MessageState.QUEUED})
        writing.apply([put], item=queued.item)
        return
    wake_at = since + ALIKE_WITHIN
    reason = f"counts alike failures until {say.moment(wake_at, zone)}"
    counted = notice(around, key, text, now, severity="low", job=job, wake_at=max(now, wake_at), reason=reason)
    writing.apply([counted], item=item_of(job))


def recovered(writing: Writing, around: Surroundings, job: Job, now: datetime) -> None:
    """A job went through: what had failed again and again is said to work, once, instead of how often it failed."""
    assert job.workflow is not None  # noqa: S101 - only jobs of workflows are counted
    repeats = attention.repeats_of(writing.con, job.workflow)
    if not repeats or not attention.went_smoothly(writing.con, job.id):
        return
    failures, since = 0, now
    for name, value in repeats:
        there = load(value)
        queued = attention.queued_by_key(writing.con, _again_key(around, name, there))
        if there["count"]:
            failures, since = failures + 1 + there["count"], min(since, from_text(there["since"]))
        moves: list[Move] = [Put("meta", name, {"value": ""}, "a job of its workflow went through")]
        if queued is not None:
            gone = {"state": MessageState.DEAD, "reason": "its workflow works again"}
            moves.append(Put("message", queued.id, gone, gone["reason"], {"state": MessageState.QUEUED}))
        writing.apply(moves)
    if failures:
        when = say.moment(since, around.conventions.zone)
        text = f"workflow {job.workflow} works again: it had failed {failures} times since {when}"
        key = f"{around.store_id}/{job.workflow}/recovered/{job.id}"
        writing.apply([notice(around, key, text, now, job=job)], item=item_of(job))
