"""`ask workflow add`, `list`, `show`, `remove`, `pause`, `resume` and `move`: parse, call, show."""

import sys

from assistant.app.session import Session
from assistant.cli.given import one_number_given
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.reminders import NOT_TICKING
from assistant.cli.show import in_zone, item_json, item_row, short, way_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.app.workflow_change import Changed
    from assistant.app.workflow_keep import Added, Trigger
    from assistant.app.workflow_look import Line, Whole


def add(parsed: Parsed, session: Session) -> Output:
    """Keep a workflow file; errors are told as a check tells them."""
    from assistant.app.remind import scheduler_state
    from assistant.app.workflow_file.check import Checked
    from assistant.app.workflow_keep import add_workflow
    from assistant.cli.workflows import told

    made = add_workflow(session, parsed.words[0], sys.stdin.buffer)
    if isinstance(made, Checked):
        return told(made, parsed)
    kept, state = made.workflow, scheduler_state(session)
    return Output(
        json=lambda: _added_json(made, session),
        ids=lambda: [kept.name],
        plain=lambda: [[kept.name, kept.version, kept.state, *(step["id"] for step in kept.spec["steps"])]],
        human=lambda: _added_lines(made, parsed.words[0], session),
        notes=() if state.installed or not kept.spec.get("on") else (f"      {NOT_TICKING}",),
    )


def _added_json(made: "Added", session: Session) -> "dict[str, Any]":
    kept = made.workflow
    return {
        "ok": True, "errors": [], "name": kept.name, "version": kept.version, "state": kept.state,
        "duplicate": not made.is_new, "steps": [step["id"] for step in kept.spec["steps"]],
        "triggers": [_trigger_json(one, session) for one in made.triggers],
        "ended": [row.id for row in made.ended],
        "jobs": [{"id": job.number, "version": version} for job, version in made.older],
        "path": made.path,
    }  # fmt: skip


def _trigger_json(one: "Trigger", session: Session) -> "dict[str, Any]":
    if "event" in one.document:
        return {"event": one.document["event"], "where": one.document.get("where"), "after": one.document.get("after")}
    return {
        "schedule": one.document["schedule"]["text"], "id": one.number, "state": one.state,
        "next": [in_zone(at, session.tzinfo) for at in one.next],
    }  # fmt: skip


def _added_lines(made: "Added", path: str, session: Session) -> list[str]:
    """What was understood, when it acts, how to try it, and how to take it back."""
    from assistant.app.workflow_words import run_line, steps_line

    kept = made.workflow
    lines = [f"  {bold(kept.name)}  version {kept.version} · {steps_line(kept.spec)}"]
    if not made.is_new:
        lines.append(dim("      the same is kept already: nothing new was made"))
    lines += _trigger_lines(made.triggers, session)
    if kept.state == "paused":
        lines.append(f"      it is paused: ask workflow resume {kept.name}")
    lines += [f"      {row.id}  ended: {row.reason or 'its trigger is no longer in the file'}" for row in made.ended]
    lines += [
        f"      job {job.number} goes on with version {version} · move it: ask workflow move {job.number}"
        for job, version in made.older
    ]
    test = f" · ask workflow test {path}" if path != "-" else ""
    lines.append(dim(f"      try it: {run_line(kept.spec)}{test}{way_back(session)}"))
    return lines


def _trigger_lines(triggers: "tuple[Trigger, ...]", session: Session) -> list[str]:
    from assistant.app.workflow_words import trigger_line

    lines = []
    for one in triggers:
        words = trigger_line(one.document)
        if "event" in one.document:
            lines.append(f"      {words}")
            continue
        number = f"{one.number}  " if one.number is not None else ""
        rests = " · paused" if one.state == "paused" else ""
        times = ", ".join(short(at, session) for at in one.next)
        zone = one.document["schedule"]["zone"]
        lines.append(f"      {number}{words}{rests}" + (f" · next: {times} {zone}" if times else ""))
    return lines or ["      starts by hand only"]


# List and show


def list_all(_parsed: Parsed, session: Session) -> Output:
    """All workflows."""
    from assistant.app.workflow_look import list_workflows

    found = list_workflows(session)
    return Output(
        json=lambda: [_line_json(one, session) for one in found],
        ids=lambda: [one.workflow.name for one in found],
        plain=lambda: [
            [
                one.workflow.name, one.workflow.version, one.workflow.state, in_zone(one.next_at, session.tzinfo),
                one.open_jobs, one.standing,
            ]
            for one in found
        ],
        human=lambda: [line for one in found for line in _line(one, session)],
        notes=() if found or _parsed.json else ("  no workflow is kept · ask workflow add FILE",),
    )  # fmt: skip


def _line_json(one: "Line", session: Session) -> "dict[str, Any]":
    kept = one.workflow
    return {
        "name": kept.name, "version": kept.version, "state": kept.state, "about": kept.spec.get("about"),
        "triggers": [_trigger_json(trigger, session) for trigger in one.triggers],
        "next_at": in_zone(one.next_at, session.tzinfo), "open_jobs": one.open_jobs, "standing": one.standing,
    }  # fmt: skip


def _line(one: "Line", session: Session) -> list[str]:
    from assistant.app.workflow_words import steps_line, trigger_line

    kept = one.workflow
    marks = [f"version {kept.version}"]
    marks += [kept.state] if kept.state != "active" else []
    marks += [f"next {short(one.next_at, session)}"] if one.next_at else []
    marks += [f"{one.open_jobs} open job{'' if one.open_jobs == 1 else 's'}"] if one.open_jobs else []
    marks += [f"error budget spent: {one.standing}"] if one.standing != "acts" else []
    starts = " · ".join(trigger_line(trigger.document) for trigger in one.triggers) or "by hand"
    return [f"  {bold(kept.name)}  {' · '.join(marks)}", dim(f"      {steps_line(kept.spec)} · {starts}")]


def show(parsed: Parsed, session: Session) -> Output:
    """One workflow, whole."""
    from assistant.app.workflow_look import show_workflow

    found = show_workflow(session, parsed.words[0], parsed.get("version"))
    kept = found.workflow
    return Output(
        json=lambda: _whole_json(found, session),
        ids=lambda: [kept.name],
        plain=lambda: [[line] for line in _whole_lines(found, session)],
        human=lambda: _whole_lines(found, session),
    )


def _whole_json(found: "Whole", session: Session) -> "dict[str, Any]":
    kept, place, trust = found.workflow, session.tzinfo, found.standing
    return {
        "name": kept.name, "version": kept.version, "state": kept.state, "spec": kept.spec,
        "versions": [
            {
                "version": one.version, "state": one.state, "created_at": in_zone(one.created_at, place),
                "hash": one.hash, "jobs": [job.item.id for job in found.jobs if job.version == one.version],
            }
            for one in found.versions
        ],
        "jobs": [{**item_json(job.item, session), "version": job.version} for job in found.jobs],
        "schedules": [
            {**item_json(item, session), "trigger": row.place, "if_late": row.if_late} for row, item in found.schedules
        ],
        "triggers": [_trigger_json(one, session) for one in found.triggers],
        "standing": {
            "level": trust.level, "since_at": in_zone(trust.since_at, place),
            "probe_at": in_zone(trust.probe_at, place), "failures": trust.failures, "budget": trust.budget,
        },
        "text": kept.text,
    }  # fmt: skip


def _whole_lines(found: "Whole", session: Session) -> list[str]:
    from assistant.app.workflow_graph import said
    from assistant.app.workflow_words import run_line, steps_line

    kept, spec = found.workflow, found.workflow.spec
    newer = "" if found.is_current or kept.state == "removed" else ", not the current one"
    lines = [f"  {bold(kept.name)}  version {kept.version}{newer} · {kept.state} · {steps_line(spec)}"]
    lines += [f"      {said.line(spec['about'])}"] if spec.get("about") else []
    lines += _trigger_lines(found.triggers, session)
    lines += [f"      {note}" for note in said.notes(spec)]
    lines += [f"      deadline: {said.length(spec['deadline'])}, then failed"] if spec.get("deadline") else []
    for step in spec["steps"]:
        lines += _step_lines(step)
    lines += _trust_lines(found, session)
    lines += [
        f"      version {one.version}  {short(one.created_at, session)}  {one.state}"
        for one in found.versions
        if len(found.versions) > 1
    ]
    lines += [f"      job {job.item.id}  version {job.version}  {job.item.why}" for job in found.jobs]
    return [*lines, dim(f"      run it: {run_line(spec)} · draw it: ask workflow graph {kept.name}")]


def _step_lines(step: "dict[str, Any]") -> list[str]:
    """A step: what it does, and its policies in words."""
    from assistant.app.workflow_graph import said

    parts = [" · ".join(said.action(step))]
    parts += [f"when {said.line(step['when'])}"] if "when" in step else []
    parts += [_approval(step["approve"])] if "approve" in step else []
    parts += said.policies(step)
    for entry in step.get("fallback", ()):
        parts.append(f"else {' · '.join(said.action(entry))}")
    parts += [f"undone by {' · '.join(said.action(step['undo']))}"] if "undo" in step else []
    return [f"      {bold(step['id'])}  {parts[0]}", *(dim(f"          {part}") for part in parts[1:])]


def _approval(approve: "dict[str, Any]") -> str:
    from assistant.app.workflow_graph import said

    if approve["mode"] == "never":
        return "never asks, but for what you always want to be asked about"
    where = f" where {said.line(approve['when'])}" if approve["mode"] == "when" else ""
    then = "its fallback" if approve.get("on_expiry") == "fallback" else "denied"
    return f"asks you first{where}; without an answer in {said.length(approve.get('expires', '7d'))}: {then}"


def _trust_lines(found: "Whole", session: Session) -> list[str]:
    trust = found.standing
    if trust.level == "acts" and trust.budget is None:
        return []
    spent = f"{trust.failures} of {trust.budget['failures']} failures" if trust.budget else "no error budget"
    since = f" since {short(trust.since_at, session)}" if trust.since_at and trust.level != "acts" else ""
    probe = f"; a job may show that it works again from {short(trust.probe_at, session)}" if trust.probe_at else ""
    level = "keeps drafts only" if trust.level == "drafts only" else trust.level
    return [f"      error budget: {spent} · it {level}{since}{probe}"]


# Changes


def _changed(changed: "Changed", session: Session, said: str, lines: list[str]) -> Output:
    kept = changed.workflow
    return Output(
        json=lambda: {
            "name": kept.name, "version": kept.version, "state": kept.state,
            "schedules": [row.id for row in changed.schedules],
            "jobs": [{"id": job.number, "state": job.state, "stopping": job.ending is not None and job.ended_at is None}
                     for job in changed.jobs],
        },
        ids=lambda: [kept.name],
        plain=lambda: [[kept.name, kept.version, kept.state]],
        human=lambda: [f"  {bold(kept.name)}  {said}", *lines, dim(f"      {_back(session)}")],
    )  # fmt: skip


def _back(session: Session) -> str:
    return way_back(session).removeprefix(" · ")


def remove(parsed: Parsed, session: Session) -> Output:
    """It is taken out."""
    from assistant.app.workflow_change import remove as take_out

    changed = take_out(session, parsed.words[0], cancel_jobs=bool(parsed.get("cancel")))
    lines = [f"      schedule {row.id} has ended" for row in changed.schedules]
    for job in changed.jobs:
        if job.ended_at is not None or job.ending is not None:
            lines.append(f"      job {job.number} is {job.state if job.ended_at is not None else 'stopping'}")
        else:
            lines.append(f"      job {job.number} goes on · stop it: ask cancel {job.number}")
    return _changed(changed, session, "removed: nothing starts it any more", lines)


def pause(parsed: Parsed, session: Session) -> Output:
    """It rests."""
    from assistant.app.workflow_change import pause as rest

    changed = rest(session, parsed.words[0])
    said = (
        f"paused: its slots go by as skipped, events start nothing, until: ask workflow resume {changed.workflow.name}"
    )
    return _changed(changed, session, said, [f"      job {job.number} goes on" for job in changed.jobs])


def resume(parsed: Parsed, session: Session) -> Output:
    """It goes on."""
    from assistant.app.workflow_change import resume as go_on

    changed = go_on(session, parsed.words[0])
    lines = [
        f"      {row.id}  next: {short(row.next_at, session)}" for row in changed.schedules if row.next_at is not None
    ]
    return _changed(changed, session, "goes on", lines)


def move(parsed: Parsed, session: Session) -> Output:
    """A job goes on with another version."""
    from assistant.app.workflow_change import move as carry_over

    moved = carry_over(session, one_number_given(parsed.words[0]), parsed.get("version"))
    more = f" · new there: {', '.join(moved.new_steps)}" if moved.new_steps else ""
    return Output(
        json=lambda: {**item_json(moved.item, session), "version": moved.version, "was": moved.was},
        ids=lambda: [moved.item.id],
        plain=lambda: [item_row(moved.item, session)],
        human=lambda: [
            f"  {moved.item.id}  {bold(moved.item.title)}  goes on with version {moved.version}, was {moved.was}{more}",
            f"      {moved.item.why}" + dim(way_back(session)),
        ],
    )
