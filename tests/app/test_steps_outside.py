"""Steps that act outside the store, by a real tick: a program and its key, and what a failure leads to."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.store.connection import connect
from tests.person import start_job
from tests.world import Outside, VirtualWorld

NOW = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)


def _keep(ask: Any, steps: list[dict[str, Any]]) -> None:
    con = connect(str(ask.home))
    start_job(con, VirtualWorld(Outside(NOW), "me"), steps)
    con.close()


def test_a_program_of_a_step_runs_once_and_gets_its_key(ask: Any, tmp_path: Path) -> None:
    """The next tick begins it, without a shell, and the second tick finds nothing to do."""
    ask.ok("add", "makes the store")
    said = tmp_path / "said"
    program = tmp_path / "write"
    program.write_text(f'#!/bin/sh\necho "$1 $ASK_KEY $ASK_ATTEMPT" >> "{said}"\n')
    program.chmod(0o700)
    _keep(ask, [{"id": "write", "run": [str(program), "$HOME; text"]}])
    first, second = ask.json("run-due"), ask.json("run-due")
    assert (first["steps_run"], first["completed"], second["steps_run"]) == (1, 1, 0)
    assert said.read_text().splitlines() == [f"$HOME; text {_key(ask)} 1"]


def test_a_program_that_cannot_start_fails_its_job_and_the_person_is_asked(ask: Any) -> None:
    """No further attempt is made of what cannot start; the job has a number and an open question."""
    ask.ok("add", "makes the store")
    _keep(ask, [{"id": "write", "run": ["/no/such/program"]}])
    ticked = ask.json("run-due")
    assert (ticked["steps_run"], ticked["failed"]) == (1, 1)
    (question,) = ask.json("inbox")
    assert question["kind"] == "failure"
    assert "/no/such/program" in question["title"]


def _key(ask: Any) -> str:
    con = connect(str(ask.home))
    key: str = con.execute("select key from step").fetchone()[0]
    con.close()
    return key
