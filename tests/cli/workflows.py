"""Workflows in a story: a file is added, jobs of it are started, and a tick begins them."""

import sqlite3
from typing import TYPE_CHECKING, Any

from tests.fold import check_fold

if TYPE_CHECKING:
    from tests.conftest import Ask


def keep(ask: "Ask", file: str) -> None:
    """Keep a workflow; its file must have no faults."""
    ask.ok("workflow", "add", "-", stdin=file)


def run(ask: "Ask", name: str, **inputs: Any) -> int:
    """Start a job by hand: its number."""
    return int(ask.json("run", name, *(f"{key}={value}" for key, value in inputs.items()))["id"])


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
