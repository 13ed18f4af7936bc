"""Start a job of a workflow by hand. It begins nothing itself: the next tick does."""

from datetime import datetime

from assistant.app import words
from assistant.app.date_given import date_given, said
from assistant.app.items import Item, item_of
from assistant.app.remind import SchedulerState, scheduler_state
from assistant.app.session import Session
from assistant.app.workflow_names import the_workflow
from assistant.core.states import JobState
from assistant.engine.starting import Wanted, make_job
from assistant.errors import NotPossible, UsageError
from assistant.instants import to_text
from assistant.ports.records import Job, Workflow
from assistant.store import due, workflows
from assistant.store.standing import job_by_key
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Started(Value):
    """A job that was made, or the one that held its key; `stopped`: the jobs that it takes the place of;
    `dates`: its inputs that are dates, in full.
    """

    __slots__ = ("item", "workflow", "duplicate", "stopped", "scheduler", "dates")
    item: Item
    workflow: Workflow
    duplicate: bool
    stopped: tuple[Job, ...]
    scheduler: SchedulerState
    dates: "dict[str, str]"


def run(session: Session, name: str, given: tuple[str, ...], key: str | None, at: str | None) -> Started:
    """Make a job of a workflow with inputs as `name=value`."""
    if key is not None:
        words.title(key, "the key")
    starts_at = _time(session, at) if at is not None else None
    # Whoever must be asked which friday is meant is asked before anything is locked.
    declared = the_workflow(session, name).spec.get("inputs") or {}
    inputs = inputs_given(given, declared, lambda one, text: date_given(session, one, text))
    with session.writing() as writing:
        kept = the_workflow(session, name)
        is_known = key is not None and job_by_key(session.con, f"{name}/{key}") is not None
        if kept.state == "paused" and not is_known:
            raise NotPossible(f"The workflow {name} is paused.", f"let it go on: ask workflow resume {name}")
        supersedes = kept.spec.get("overlap") == "supersede"
        before = workflows.open_jobs(session.con, name) if supersedes else []
        wanted = Wanted(
            workflow=kept,
            inputs=inputs,
            key=key,
            own_key=f"{to_text(session.now)}/run-{workflows.next_job(session.con)}",
            starts_at=starts_at,
            overlap="supersede" if supersedes else "allow",
        )
        try:
            made = make_job(writing, session.around(), wanted, session.jitter())
        except ValueError as error:
            raise UsageError(f"{name}: {error}.", _usage(kept)) from error
        after = (due.job(session.con, job.id) for job in before)
        stopped = tuple(
            job for job in after if JobState.SUPERSEDED in (job.state, job.ending) and job.id != made.job.id
        )
        item = item_of(session, made.job)
    ran = due.workflow(session.con, made.job.workflow_id)
    dates = _dates(made.job, ran)
    return Started(item, ran, made.duplicate, () if made.duplicate else stopped, scheduler_state(session), dates)


def _dates(job: Job, ran: Workflow) -> "dict[str, str]":
    declared = ran.spec.get("inputs") or {}
    given = {name: value for name, value in job.inputs.items() if (declared.get(name) or {}).get("type") == "date"}
    return {name: said(value) for name, value in given.items() if isinstance(value, str)}


def _time(session: Session, text: str) -> datetime:
    reading = words.instant(session, text, "--at", "Nothing was started.")
    return words.future(session, reading)


def _usage(kept: Workflow) -> str:
    from assistant.app.workflow_words import run_line

    return run_line(kept.spec)


# Inputs


def inputs_given(
    given: tuple[str, ...], declared: "dict[str, Any]", a_date: "Callable[[str, str], str]"
) -> "dict[str, Any]":
    """The inputs of `name=value` words: YAML 1.2 scalars, or JSON lists and maps; a declared type wins, and a date is
    what `a_date` makes of name and words.

    >>> inputs_given(("n=5", "who=ada", 'tags=["a","b"]'), {"n": {"type": "text"}}, lambda name, text: text)
    {'n': '5', 'who': 'ada', 'tags': ['a', 'b']}
    """
    found: dict[str, Any] = {}
    for word in given:
        name, equals, text = word.partition("=")
        if not equals or not name:
            raise UsageError(f"{word[:80]!r} says no input.", "write NAME=VALUE, such as person=ada")
        if name in found:
            raise UsageError(f"The input {name!r} is given twice.", "give it once")
        kind = (declared.get(name) or {}).get("type")
        found[name] = a_date(name, text) if kind == "date" else _value(name, text, kind)
    return found


def _value(name: str, text: str, kind: str | None) -> "Any":
    from assistant.app.workflow_file.scalars import resolved

    if kind == "text":
        return text
    if text[:1] in ("[", "{"):
        return _json(name, text)
    if kind == "list":
        return [part.strip() for part in text.split(",")] if text.strip() else []
    try:
        return resolved(text)
    except ValueError as error:
        raise UsageError(f"The input {name!r} is {text[:80]!r}: {error}.", f'write {name}="…"') from error


def _json(name: str, text: str) -> "Any":
    from assistant.app.json_given import read_json

    return read_json(text, f"the input {name!r}")
