"""A job is read once for its claim and its outcome; it is read again where anybody wrote in between."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.store.connection import connect
from assistant.store.write import Writing
from tests import person
from tests.engine.stories import Run, check_all
from tests.engine.test_fence import at_boundary, one_step
from tests.fold import check_fold

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def reads_of_the_job(run: Run) -> int:
    """How often a tick asks for the picture of a job."""
    asked: list[str] = []
    run.con.set_trace_callback(asked.append)
    run.tick()
    run.con.set_trace_callback(None)
    return sum("from job where id" in sql and "exists" in sql for sql in asked)


def test_a_job_is_read_once_where_nobody_wrote_between_its_claim_and_its_outcome() -> None:
    """What was seen under the lease still holds."""
    run = Run()
    one_step(run, "once")
    assert reads_of_the_job(run) == 1
    assert run.column("select state from job") == ["completed"]
    check_all(run)


def test_a_job_is_read_again_where_a_person_wrote_meanwhile() -> None:
    """What they wrote counts, though it concerns another job."""
    run = Run()
    one_step(run, "once")
    at_boundary(run, "after perform a", lambda: run.person(person.remind, NOW, NOW))
    assert reads_of_the_job(run) == 2
    assert run.value("select state from job where schedule_id is null") == "completed"


def test_jobs_that_are_claimed_in_one_commit_are_read_once_each() -> None:
    """What this tick writes of one job says nothing of another."""
    run = Run()
    for number in range(7):  # claimed as 1, 2 and 4
        run.person(person.start_job, run.world(), [{"id": "a", "run": ["x"], "effect": "keyed"}], f"job {number}")
    run.outside.effect_kinds = {"a": "keyed"}
    assert reads_of_the_job(run) == 7
    assert run.column("select distinct state from job") == ["completed"]
    check_all(run)


def test_a_job_is_read_again_where_this_tick_wrote_of_the_same_job_in_between() -> None:
    """Two items of a list that are claimed in one commit: what comes of the first changes the job of the second."""
    run = Run()
    run.outside.effect_kinds = {"a": "keyed"}
    items = {"for_each": "[1, 2, 3, 4, 5, 6, 7]", "at_once": 7}
    run.person(person.start_job, run.world(), [{"id": "a", "run": ["x"], "effect": "keyed", **items}])
    run.tick()
    assert run.column("select state from job") == ["completed"]
    assert run.value("select count(*) from step where state = 'completed'") == 8
    check_fold(run.con)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A store in a file, which others may open too."""
    with closing(connect(str(tmp_path))) as con:
        yield con


def moment(con: sqlite3.Connection) -> tuple[int, int]:
    """The moment at which a transaction finds the store."""
    with Writing(con, "", NOW) as writing:
        return writing.moment()


def test_the_moment_of_a_store_stays_while_nobody_writes(con: sqlite3.Connection) -> None:
    """A transaction that writes nothing changes nothing."""
    assert moment(con) == moment(con)


def test_the_moment_of_a_store_passes_with_a_change_by_the_same_connection(con: sqlite3.Connection) -> None:
    """Also by one that is rolled back: then it is read again for nothing, which does no harm."""
    before = moment(con)
    con.execute("insert into tick (began_at) values ('x')")
    assert moment(con) != before


def test_the_moment_of_a_store_passes_with_a_change_by_another_connection(con, tmp_path: Path) -> None:
    """Whether it is in this process or in another."""
    before = moment(con)
    with closing(connect(str(tmp_path))) as other:
        other.execute("insert into tick (began_at) values ('x')")
    assert moment(con) != before
