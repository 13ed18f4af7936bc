"""Keep a workflow file: a version in the store, the schedules of its triggers, and a copy of the file in the home.

The store is what counts; the copy is for the person to read and to edit.
"""

import os
from datetime import datetime
from hashlib import sha256

from assistant.app.remind import next_slots
from assistant.app.session import Session
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.states import ScheduleState
from assistant.errors import AskError
from assistant.jsontext import dump
from assistant.ports.records import Job, Schedule, Workflow
from assistant.store import due, find, workflows
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when import zone as zones

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

    from assistant.app.workflow_file.check import Checked

RESTS = "its workflow is paused"  # why a schedule rests: it goes on with its workflow
GONE = "its trigger is no longer in the file"


class Trigger(Value):
    """One trigger as it is kept: of a schedule its number, its state and its next times."""

    __slots__ = ("document", "number", "state", "next")
    document: "dict[str, Any]"
    number: int | None = None
    state: str | None = None
    next: tuple[datetime, ...] = ()


class Added(Value):
    """A workflow that was kept, or that was there as it is: `is_new` says which."""

    __slots__ = ("workflow", "is_new", "was", "triggers", "ended", "older", "path")
    workflow: Workflow
    is_new: bool
    was: Workflow | None  # the version before
    triggers: tuple[Trigger, ...]
    ended: tuple[Schedule, ...]  # schedules whose trigger is gone
    older: "tuple[tuple[Job, int], ...]"  # open jobs that go on with an older version, and which
    path: str


def add_workflow(session: Session, path: str, stdin: "BinaryIO") -> "Added | Checked":
    """Keep the workflow of a file; what a check found where it has faults."""
    from assistant.app.workflows import check_text, text_of

    text = text_of(path, stdin)
    checked = check_text(session, text, path)
    if checked.document is None:
        return checked
    from assistant.app.escalation import with_ladder

    document = with_ladder(checked.document, session.kept.get("escalation"))
    name = document["name"]
    with session.writing() as writing:
        con = session.con
        was = workflows.current(con, name)
        ended: tuple[Schedule, ...] = ()
        is_new = was is None or was.hash != hash_of(document)
        if is_new:
            version = _make(writing, document, text, was)
            ended = _schedule(session, writing, version)
        elif was is not None and was.text != text:
            writing.apply([Put("workflow", was.id, {"text": text}, "file kept anew, it says the same")])
        kept = workflows.current(con, name)
        assert kept is not None  # noqa: S101 - it was made in this transaction, or was there
        older = tuple(
            (job, due.workflow(con, job.workflow_id).version)
            for job in workflows.open_jobs(con, name)
            if job.workflow_id != kept.id
        )
    keep_files(session, (kept.id,))
    return Added(kept, is_new, was, triggers_of(session, kept), ended, older, path_of(session, name))


def hash_of(document: "dict[str, Any]") -> str:
    """The SHA-256 of what a file says, in hex. The first slot of a rule is left out: it is another one every day."""
    on = []
    for trigger in document["on"]:
        slots = trigger.get("schedule")
        if slots is not None and slots["rule"] is not None:
            slots = {key: value for key, value in slots.items() if key not in ("wall", "rule")}
            trigger = {**trigger, "schedule": slots}
        on.append(trigger)
    return sha256(dump({**document, "on": on}).encode("utf-8", "surrogatepass")).hexdigest()


def triggers_of(session: Session, version: Workflow) -> tuple[Trigger, ...]:
    """The triggers of a version, with the schedules that carry them."""
    carried = {row.place: row for row in workflows.schedules_of(session.reading, version.name)}
    found = []
    for place, document in enumerate(version.spec.get("on") or ()):
        row = carried.get(place)
        if "schedule" not in document or row is None:
            found.append(Trigger(document))
        else:
            found.append(Trigger(document, row.id, row.state, next_slots(session, row, 3)))
    return tuple(found)


# The version and its schedules


def _make(writing: Writing, document: "dict[str, Any]", text: str, was: Workflow | None) -> Workflow:
    name = document["name"]
    newest = workflows.versions(writing.con, name)
    ref = Ref("workflow")
    values = {
        "name": name,
        "version": newest[-1].version + 1 if newest else 1,
        "spec": document,
        "hash": hash_of(document),
        "state": was.state if was is not None else "active",
        "created_at": writing.now,
        "text": text,
    }
    writing.apply([New("workflow", ref, values, "workflow added")])
    return due.workflow(writing.con, writing.id_of(ref))


def _schedule(session: Session, writing: Writing, version: Workflow) -> tuple[Schedule, ...]:
    """Give each schedule trigger its row: one that is there moves over with its number; those that are left end."""
    left = workflows.schedules_of(writing.con, version.name)
    for place, trigger in enumerate(version.spec["on"]):
        if "schedule" not in trigger:
            continue
        meant = _meaning(trigger, trigger["schedule"]["zone"])
        there = next((row for row in left if _meaning(_trigger_of(writing, row), row.zone) == meant), None)
        values = _values(session, version, place, trigger)
        if there is not None:
            left.remove(there)
            _move_over(writing, there, values)
        else:
            _begin(writing, version, values)
    for row in left:
        end_schedule(session, writing, row, GONE)
    return tuple(left)


def _trigger_of(writing: Writing, row: Schedule) -> "dict[str, Any]":
    trigger: dict[str, Any] = due.workflow(writing.con, row.workflow_id).spec["on"][row.place]
    return trigger


def _meaning(trigger: "dict[str, Any]", zone: str) -> "tuple[Any, ...]":
    """What makes a trigger the same: its words, its zone, where its schedule may have moved to, and one time itself."""
    slots = trigger["schedule"]
    return slots["text"], zone, slots["rule"] is None and slots["wall"]


def _values(session: Session, version: Workflow, place: int, trigger: "dict[str, Any]") -> "dict[str, Any]":
    slots = trigger["schedule"]
    counts_by_the_clock = "X-ASK-ELAPSED" in (slots["rule"] or "")
    return {
        "workflow_id": version.id,
        "place": place,
        "rule": slots["rule"],
        "wall": slots["wall"],
        "zone": slots["zone"],
        "floating": int(not (slots["pinned"] or counts_by_the_clock or session.zone_was_said)),
        "next_at": zones.to_instant(datetime.fromisoformat(slots["wall"]), slots["zone"]),
        "if_late": trigger.get("if_late", "run"),
        "useless_after": trigger.get("useless_after"),
        "priority": version.spec.get("priority", "normal"),
    }


def _move_over(writing: Writing, row: Schedule, values: "dict[str, Any]") -> None:
    """The number, the rule and the next time stay. One that was set aside begins anew: its file was mended."""
    kept = ("workflow_id", "place", "if_late", "useless_after", "priority")
    changes = {name: values[name] for name in kept}
    if row.state == ScheduleState.PAUSED and row.next_at is None:
        changes |= {name: values[name] for name in ("rule", "wall", "zone", "floating", "next_at")}
        changes |= {"state": ScheduleState.ACTIVE, "reason": None}
    moves: list[Move] = [Put("schedule", row.id, changes, "moved to the new version", {"rev": row.rev})]
    writing.apply(moves)


def _begin(writing: Writing, version: Workflow, values: "dict[str, Any]") -> None:
    number, ref = Ref("number"), Ref("schedule")
    rests = version.state == "paused"
    values = {
        **values,
        "id": number,
        "title": version.name,
        "state": ScheduleState.PAUSED if rests else ScheduleState.ACTIVE,
        "reason": RESTS if rests else None,
        "inputs": {},
        "tags": [],
        "created_at": writing.now,
    }
    writing.apply([
        New("number", number, {"kind": "schedule"}, "schedule has a number"),
        New("schedule", ref, values, "schedule made for a trigger"),
    ])  # fmt: skip


def end_schedule(session: Session, writing: Writing, row: Schedule, reason: str) -> None:
    """End the schedule of a trigger; what was due has its row, and jobs that run go on."""
    if row.next_at is not None and (row.rule is None or row.next_at <= writing.now):
        from assistant.engine.slots import account_skipped

        account_skipped(writing, session.around(), row, reason)
    again = find.item(writing.con, row.id)
    assert isinstance(again, Schedule)  # noqa: S101 - numbers keep their kind
    changes = {"state": ScheduleState.ENDED, "ended_at": writing.now, "next_at": None, "snoozed_to": None}
    writing.apply([Put("schedule", row.id, {**changes, "reason": reason}, reason, {"rev": again.rev})])


# The copy


def path_of(session: Session, name: str) -> str:
    """Where the copy of a workflow's file is."""
    return os.path.join(session.home, "workflows", f"{name}.yaml")


def keep_files(session: Session, versions: tuple[int, ...]) -> None:
    """Let the copies of these workflows' files be what the store says: a removed one moves aside."""
    for name in workflows.names_of(session.con, versions):
        kept = workflows.current(session.con, name)
        path = path_of(session, name)
        try:
            if kept is not None and kept.text is not None:
                _write(path, kept.text)
            elif os.path.exists(path):
                os.replace(path, f"{path}.removed")
        except OSError as error:
            raise AskError(
                f"{path} could not be written: {error.strerror}. What the command did is kept all the same.",
                f"ask workflow show {name}",
            ) from error


def _write(path: str, text: str) -> None:
    """Write a copy by rename; only its owner may read it."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    half = f"{path}.{os.getpid()}"
    with open(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="") as file:
        file.write(text)
    os.replace(half, path)
