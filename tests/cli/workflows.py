"""Workflows in the store of a story: a file is checked and kept, and jobs of it are started, as their verbs do it."""

import os
import sqlite3
from typing import TYPE_CHECKING, Any

from assistant.app.session import Session
from assistant.app.workflow_file.check import check_file
from assistant.app.workflows import known_to
from assistant.core.moves import New, Ref
from assistant.engine.starting import Wanted, make_job
from assistant.jsontext import dump
from assistant.store import standing
from tests.fold import check_fold

if TYPE_CHECKING:
    from tests.conftest import Ask


def keep(ask: "Ask", file: str) -> None:
    """Keep a workflow; its file must have no faults."""
    session = Session({**os.environ, **ask.environment}, "workflow add")
    try:
        checked = check_file(file, "test.yaml", known_to(session))
        assert checked.document is not None, checked.errors
        document = checked.document
        with session.writing() as writing:
            count = session.con.execute("select count(*) from workflow where name = ?", (document["name"],))
            values = {
                "name": document["name"], "version": count.fetchone()[0] + 1, "spec": document,
                "hash": dump(document), "state": "active", "created_at": session.now, "text": file,
            }  # fmt: skip
            writing.apply([New("workflow", Ref("workflow"), values, "workflow added")])
    finally:
        session.close()


def run(ask: "Ask", name: str, **inputs: Any) -> int:
    """Start a job by hand: its number."""
    session = Session({**os.environ, **ask.environment}, f"run {name}")
    try:
        workflow = standing.newest_version(session.con, name)
        assert workflow is not None
        count = session.con.execute("select count(*) from job").fetchone()[0]
        with session.writing() as writing:
            made = make_job(writing, session.around(), Wanted(workflow, inputs, None, f"run-{count}"), 0.5)
        assert made.job.number is not None
        return made.job.number
    finally:
        session.close()


def check_journal(ask: "Ask") -> None:
    """The journal has no gap and folds to the rows."""
    con = sqlite3.connect(ask.home / "ask.db")
    try:
        check_fold(con)
    finally:
        con.close()


def started(ask: "Ask", file: str, name: str = "flow", **inputs: Any) -> int:
    """Keep a workflow, start a job of it, and let a tick begin it: the job's number."""
    keep(ask, file)
    number = run(ask, name, **inputs)
    ask.ok("run-due")
    return number
