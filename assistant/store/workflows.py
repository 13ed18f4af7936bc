"""The rows of workflows that a person keeps. Reads only.

A version is current where it is the newest one that was not removed: a version whose making was undone is removed,
and the one before it is current again.
"""

import sqlite3

from assistant.jsontext import load
from assistant.ports.records import Job, Schedule, Workflow
from assistant.store.rows import first, select
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class KeptWorkflow(Value):
    """The newest version of a workflow that was not removed; `spec` is its kept form."""

    __slots__ = ("name", "spec", "version")
    name: str
    spec: "dict[str, Any]"
    version: int


class Attempt(Value):
    """One try at a step, by the row of the step."""

    __slots__ = ("step_id", "number", "began_at", "ended_at", "took_ms", "outcome", "error")
    step_id: int
    number: int
    began_at: str
    ended_at: str | None
    took_ms: int | None
    outcome: str | None
    error: str | None


def workflows_there(con: sqlite3.Connection) -> list[KeptWorkflow]:
    """All workflows that are there, by name, each in its newest version."""
    found = con.execute(
        """
        select name, spec, max(version)
        from workflow
        where state <> 'removed'
          and text is not null
        group by name
        order by name
        """
    )
    return [KeptWorkflow(name, load(spec), version) for name, spec, version in found]


def current(con: sqlite3.Connection, name: str) -> Workflow | None:
    """The version that new jobs of a person's workflow get; None where there is none, or it was removed."""
    rest = "where name = ? and text is not null and state <> 'removed' order by version desc"
    return first(con, Workflow, rest, (name,))


def version_of(con: sqlite3.Connection, name: str, version: int) -> Workflow | None:
    """One version of a person's workflow, also a removed one."""
    return first(con, Workflow, "where name = ? and version = ? and text is not null", (name, version))


def versions(con: sqlite3.Connection, name: str) -> list[Workflow]:
    """All versions of a person's workflow, the oldest first."""
    return select(con, Workflow, "where name = ? and text is not null order by version", (name,))


def schedules_of(con: sqlite3.Connection, name: str) -> list[Schedule]:
    """The schedules of a workflow that have not ended, in the order of its triggers."""
    rest = (
        "where place is not null and state <> 'ended' and workflow_id in"
        " (select id from workflow where name = ?) order by place, id"
    )
    return select(con, Schedule, rest, (name,))


def open_jobs(con: sqlite3.Connection, name: str) -> list[Job]:
    """The jobs of a workflow that have not ended, the oldest first."""
    rest = (
        "indexed by jobs_open_of_workflow where ended_at is null and workflow is not null and workflow = ? order by id"
    )
    return select(con, Job, rest, (name,))


def job_numbers(con: sqlite3.Connection, rows: "tuple[int, ...]") -> list[int]:
    """The numbers of jobs, by their rows, in the same order; what has no number is left out."""
    found = (con.execute("select number from job where id = ?", (row,)).fetchone() for row in rows)
    return [row[0] for row in found if row is not None and row[0] is not None]


def next_job(con: sqlite3.Connection) -> int:
    """The row that the next job will get: no job had it before."""
    return 1 + int(con.execute("select coalesce(max(id), 0) from job").fetchone()[0])


def attempts_of(con: sqlite3.Connection, job_id: int) -> list[Attempt]:
    """All attempts at the steps of a job, in order."""
    found = con.execute(
        f"""
        select {", ".join(Attempt._fields)}
        from attempt
        where step_id in (select id from step where job_id = ?)
        order by step_id, number
        """,
        (job_id,),
    )
    return [Attempt(*row) for row in found]


def children_of(con: sqlite3.Connection, job_id: int) -> "list[tuple[int, int | None, str]]":
    """The open jobs that steps of a job started: the step's row, the number of the job, its workflow."""
    rows = con.execute(
        "select parent_id, number, workflow from job where parent_id in (select id from step where job_id = ?)"
        " and ended_at is null order by id",
        (job_id,),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def names_of(con: sqlite3.Connection, rows: "tuple[int, ...]") -> tuple[str, ...]:
    """The names of persons' workflows, by rows of their versions."""
    found = (
        con.execute("select name from workflow where id = ? and text is not null", (row,)).fetchone() for row in rows
    )
    return tuple(dict.fromkeys(row[0] for row in found if row is not None))
