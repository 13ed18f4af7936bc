"""What a brief asks the store costs the same with many rows as with few."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from assistant.store import brief
from assistant.store.migrate import migrate

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FEW, MANY = 300, 6000
PAST, AHEAD = "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"

QUESTIONS: dict[str, Callable[[sqlite3.Connection], Any]] = {
    "tasks due": lambda con: brief.tasks_due(con, NOW),
    "how many tasks are due": lambda con: brief.count_tasks_due(con, NOW),
    "reminders due": lambda con: brief.schedules_due(con, NOW),
    "names of workflows": brief.workflows_with_ended_jobs,
    "ended jobs": lambda con: brief.ended_jobs(con, "w", NOW),
    "messages held back": lambda con: brief.held_back(con, NOW),
}


def filled(rows: int) -> sqlite3.Connection:
    """A store with so many tasks and reminders to come, jobs that ended long ago and messages that were sent."""
    con = sqlite3.connect(":memory:", isolation_level=None)
    migrate(con, "", 0)
    con.execute("pragma foreign_keys = off")
    con.execute("begin")
    con.executemany(
        "insert into task (id, title, state, due_at, created_at) values (?, 't', 'open', ?, ?)",
        ((row, AHEAD, PAST) for row in range(rows)),
    )
    con.executemany(
        "insert into schedule (id, workflow_id, title, state, zone, floating, next_at, inputs, if_late, created_at)"
        " values (?, 1, 's', 'active', 'UTC', 0, ?, '{}', 'run', ?)",
        ((row, AHEAD, PAST) for row in range(rows)),
    )
    con.executemany(
        "insert into job (id, workflow_id, title, state, key, inputs, created_at, ended_at, workflow)"
        " values (?, 1, 'j', 'failed', ?, '{}', ?, ?, 'w')",
        ((row, f"k{row}", PAST, PAST) for row in range(rows)),
    )
    con.executemany(
        "insert into message (key, channel, text, severity, state, at, wake_at)"
        " values (?, 'o', 'x', 'low', 'sent', ?, ?)",
        ((f"m{row}", PAST, PAST) for row in range(rows)),
    )
    con.execute("commit")
    return con


def steps_of(con: sqlite3.Connection, ask: Callable[[sqlite3.Connection], Any]) -> int:
    """How many steps of SQLite's machine a question takes, in tens."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    con.set_progress_handler(tick, 10)
    ask(con)
    con.set_progress_handler(None, 0)
    return count


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_costs_the_same_with_many_rows(ask: Callable[[sqlite3.Connection], Any]) -> None:
    """Twenty times the rows: hardly a step more."""
    few, many = filled(FEW), filled(MANY)
    try:
        assert steps_of(many, ask) <= steps_of(few, ask) + 20
    finally:
        few.close()
        many.close()
