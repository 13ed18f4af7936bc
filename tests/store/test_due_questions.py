"""What the tick asks costs the same with one row stored and with a million: each question reads an index."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection

import pytest

from assistant.store import due, idle, sources
from assistant.store.connection import connect

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
QUESTIONS: dict[str, Callable[[Connection], object]] = {
    "what an idle tick asks": idle.next_due,
    "whether anything is under way": idle.any_leased,
    "schedules due": lambda con: due.schedules_due(con, NOW, 1),
    "whether a schedule is due": lambda con: due.is_schedule_due(con, NOW),
    "steps to wake": lambda con: due.steps_to_wake(con, NOW, 1),
    "requests to expire": lambda con: due.requests_to_expire(con, NOW, 1),
    "the next step": due.next_step,
    "the next message": lambda con: due.next_message(con, "out", NOW),
    "channels due": lambda con: due.channels_due(con, NOW),
    "steps that are held": due.leased_steps,
    "messages that are held": due.leased_messages,
    "the steps of a job": lambda con: due.steps_of(con, 1),
    "the requests of a job": lambda con: due.open_requests(con, 1),
    "the messages of a job": lambda con: due.live_messages(con, 1),
    "the jobs of a schedule": lambda con: due.open_jobs(con, 1),
    "the last slot": lambda con: due.last_slot(con, 1),
    "sources due": lambda con: sources.sources_due(con, NOW, 1),
    "sources that are looked at": sources.leased_sources,
    "reminders bound to an event": lambda con: sources.schedules_bound(con, "uid@example.com"),
    "messages for the terminal": lambda con: due.terminal_messages(con, NOW),
}


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    """A new store."""
    with closing(connect(str(tmp_path))) as con:
        yield con


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_of_the_tick_reads_no_table_from_end_to_end(ask: Callable[[Connection], object], con) -> None:
    """SQLite would rather walk a whole table in the order of its ids than read a small index and sort."""
    asked: list[str] = []
    con.set_trace_callback(asked.append)
    ask(con)
    con.set_trace_callback(None)
    plan = [row[3] for sql in asked for row in con.execute(f"explain query plan {sql}")]
    assert plan
    assert [line for line in plan if line.startswith("SCAN") and not _is_small(line)] == []


def _is_small(line: str) -> bool:
    """The walk over a partial index, over a constant, or over what a part of the question gave already."""
    return "USING INDEX" in line or "USING COVERING INDEX" in line or line.startswith(("SCAN CONSTANT", "SCAN ("))
