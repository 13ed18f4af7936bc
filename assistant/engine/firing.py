"""A slot of a workflow's schedule fires: its job is made, as the workflow's overlap allows, and begins."""

from datetime import datetime

from assistant.core.fates import BRIEF
from assistant.core.happened import Began
from assistant.engine.situation import Surroundings, tell_job
from assistant.engine.slots import message_of
from assistant.engine.starting import LATE_S, Wanted, make_job
from assistant.instants import to_text
from assistant.ports.records import Schedule
from assistant.store import due
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Fired(Value):
    """What came of a slot: its job, or why none was made."""

    __slots__ = ("job_id", "skipped")
    job_id: int | None
    skipped: str | None = None


def fire(writing: Writing, around: Surroundings, schedule: Schedule, slot: datetime, how: str, jitter: float) -> Fired:
    """Make the job of a slot, in the open transaction, and begin it where it need not wait.

    ValueError where its inputs, key or subject cannot be had: the schedule is set aside then, and that is said.
    """
    workflow = due.workflow(writing.con, schedule.workflow_id)
    if how == "brief":
        when = say.moment(slot, schedule.zone)
        text = f"kept for the brief: {workflow.name}, due {when} · run it now: ask run {workflow.name}"
        writing.apply(message_of(around, schedule, f"{to_text(slot)}/brief", text, "low", writing.now), schedule.id)
        return Fired(None, BRIEF)
    made = make_job(writing, around, _wanted(around, schedule, slot), jitter)
    if made.skipped:
        return Fired(None, f"job {made.job.number} still runs")
    if made.duplicate:
        return Fired(made.job.id, None if made.job.slot_at == slot else f"job {made.job.number} has its key")
    if not made.job.queued:
        late = writing.now - slot
        began = Began(late if late.total_seconds() > LATE_S else None, ask_first=how == "ask")
        tell_job(writing, around, made.job.id, began, writing.now, jitter)
    return Fired(made.job.id)


def _wanted(around: Surroundings, schedule: Schedule, slot: datetime) -> Wanted:
    from assistant.core.template import render
    from assistant.engine.surroundings import people

    workflow = due.workflow(around.con, schedule.workflow_id)
    triggers = workflow.spec.get("on") or []
    trigger: dict[str, Any] = triggers[schedule.place] if schedule.place is not None else {}
    names: dict[str, Any] = {"now": to_text(slot), "prefs": dict(around.kept), "people": people(around)}
    inputs = render(trigger.get("inputs") or {}, names)
    declared = workflow.spec.get("inputs") or {}
    names["inputs"] = {**{name: one.get("default") for name, one in declared.items()}, **inputs}
    others = sum("schedule" in one for one in triggers) > 1
    return Wanted(
        workflow=workflow,
        inputs=inputs,
        key=str(render(trigger["key"], names)) if trigger.get("key") else None,
        own_key=to_text(slot) + (f"/{schedule.place}" if others else ""),
        subject=str(render(trigger["subject"], names)) if trigger.get("subject") else None,
        schedule_id=schedule.id,
        slot_at=slot,
        priority=schedule.priority,
        overlap=workflow.spec.get("overlap", "allow"),
    )
