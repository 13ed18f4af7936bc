"""Stories of the figures, and the figures held against a plain reckoning from the rows."""

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.app.stats import nearest_rank, rate
from assistant.store import stats
from assistant.store.migrate import migrate
from tests.cli.keeping import keep, simple

if TYPE_CHECKING:
    from tests.conftest import Ask

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SINCE = NOW - timedelta(hours=100)


def test_an_empty_store_has_no_rates(ask: "Ask") -> None:
    """A rate of nothing is null, a count is 0."""
    made = ask.json("stats")
    assert made["completion_rate"] is None
    assert (made["missed_slots"], made["by_workflow"]) == (0, [])


def test_jobs_are_counted_by_how_they_ended(ask: "Ask") -> None:
    """Completed of completed and failed; the budget of each workflow beside it."""
    head = "budget: {failures: 3, window: 7d}\n"
    keep(ask, simple("good", "{id: go, run: ['true']}"))
    keep(ask, simple("bad", "{id: go, run: ['false'], retry: {attempts: 1}}", head))
    for name in ("good", "good", "good", "bad"):
        ask.ok("run", name)
    ask.tick("2026-11-23T16:21:00+01:00")
    made = ask.json("stats")
    assert made["completion_rate"] == 0.75
    assert made["mean_time_to_completion_s"] == 60
    assert made["duplicate_action_rate"] == 0
    bad, good = made["by_workflow"]
    assert (bad["name"], bad["failed"], bad["standing"]) == ("bad", 1, "acts")
    assert bad["budget"] == {"failures": 1, "allowed": 3, "window": bad["budget"]["window"]}
    assert (good["completed"], good["budget"]) == (3, None)
    assert "75.0 %" in ask.terminal("stats", NO_COLOR="1").out


def test_an_older_job_is_outside_the_window(ask: "Ask") -> None:
    """The window ends now and begins `--since` ago."""
    keep(ask, simple("good", "{id: go, run: ['true']}"))
    ask.ok("run", "good")
    ask.tick("2026-11-23T16:21:00+01:00")
    ask.at("2026-11-26T16:21:00+01:00")
    assert ask.json("stats", "--since", "2d")["completion_rate"] is None
    assert ask.json("stats", "--since", "4d")["completion_rate"] == 1


def test_a_late_ring_and_its_answer_are_counted(ask: "Ask") -> None:
    """Late by how long; one answer for one job that ended."""
    number = ask.with_file_channel().number("remind", "pill", "--at", "18:00", "--until-ack")
    ask.tick("2026-11-23T18:10:00+01:00")
    ask.ok("ack", number)
    made = ask.json("stats")
    assert (made["late_p95_s"], made["interventions"], made["completion_rate"]) == (600, 1, 1)


def test_a_missed_slot_is_counted(ask: "Ask") -> None:
    """Past `--useless-after` it does not ring."""
    ask.with_file_channel().ok("remind", "train", "--at", "18:00", "--useless-after", "10m")
    ask.tick("2026-11-23T19:00:00+01:00")
    assert ask.json("stats")["missed_slots"] == 1


@pytest.mark.parametrize("since", ["soon", "0", "99999999d"])
def test_a_span_that_is_none_is_refused(ask: "Ask", since: str) -> None:
    """With the form of one."""
    ask.refused(2, "stats", f"--since={since}")


def _text(hour: int) -> str:
    return (SINCE + timedelta(hours=hour)).strftime("%Y-%m-%dT%H:%M:%SZ")


HOURS = st.integers(-20, 120)
JOBS = st.lists(
    st.tuples(st.sampled_from(["completed", "failed", "cancelled", "superseded"]), HOURS, st.integers(0, 30),
              st.sampled_from([None, "a", "b"])), max_size=12,
)  # fmt: skip
EFFECTS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(["read", "keyed", "once"]),
              st.sampled_from(["happened", "did not", "unknown"]), HOURS), max_size=14,
)  # fmt: skip
ATTEMPTS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["succeeded", "failed", None]), HOURS), max_size=14)
SLOTS = st.lists(
    st.tuples(st.sampled_from(["ran", "late", "missed", "skipped"]), HOURS, st.integers(1, 4), st.integers(0, 9)),
    max_size=10,
)


@settings(max_examples=60, deadline=None)
@given(jobs=JOBS, effects=EFFECTS, attempts=ATTEMPTS, slots=SLOTS)
def test_the_figures_are_those_of_a_plain_reckoning(jobs: Any, effects: Any, attempts: Any, slots: Any) -> None:
    """Whatever rows there are: what SQLite counts is what a loop over the rows counts."""
    con = sqlite3.connect(":memory:", isolation_level=None)
    migrate(con, "", 0)
    con.execute("pragma foreign_keys = off")
    _fill(con, jobs, effects, attempts, slots)
    within = range(101)
    found = stats.ended_by_workflow(con, SINCE, NOW)
    ended = [job for job in jobs if job[1] in within]
    for state, counted in (("completed", "completed"), ("failed", "failed")):
        assert sum(getattr(one, counted) for one in found) == sum(job[0] == state for job in ended)
    assert sum(one.ended for one in found) == len(ended)
    assert sum(one.taken_s for one in found) == sum(3600 * job[2] for job in ended if job[0] == "completed")
    done = [key for key, kind, state, hour in _numbered(effects) if kind != "read" and state == "happened"
            and hour in within]  # fmt: skip
    assert stats.effects(con, SINCE, NOW) == (len(set(done)), len({key for key in done if done.count(key) > 1}))
    again = [(place // 3, outcome) for place, (number, outcome, hour) in enumerate(attempts)
             if number > 1 and hour in within]  # fmt: skip
    worked = {step for step, outcome in again if outcome == "succeeded"}
    assert stats.retried(con, SINCE, NOW) == (len({step for step, _ in again}), len(worked))
    there = [slot for slot in slots if slot[1] in within]
    assert stats.missed(con, SINCE, NOW) == sum(slot[2] for slot in there if slot[0] == "missed")
    late = sorted(3600 * slot[3] for slot in there if slot[0] in ("ran", "late"))
    assert stats.lateness(con, SINCE, NOW) == late
    con.close()


def _numbered(effects: Any) -> list[tuple[int, str, str, int]]:
    return [(key, kind, state, hour) for key, kind, state, hour in effects]


def _fill(con: sqlite3.Connection, jobs: Any, effects: Any, attempts: Any, slots: Any) -> None:
    job = (
        "insert into job (id, workflow_id, title, state, key, inputs, created_at, ended_at, workflow)"
        " values (?, 1, 'x', ?, ?, '{}', ?, ?, ?)"
    )
    attempt = "insert into attempt (step_id, number, began_at, outcome, key, kind, effect"
    for row, (state, hour, took, workflow) in enumerate(jobs):
        con.execute(job, (row, state, f"k{row}", _text(hour - took), _text(hour), workflow))
    for number, (key, kind, state, hour) in enumerate(effects):
        con.execute(
            f"{attempt}, settled_at) values (?, 1, ?, null, ?, ?, ?, ?)",
            (1000 + number, _text(hour), str(key), kind, state, _text(hour)),
        )
    for place, (number, outcome, hour) in enumerate(attempts):
        con.execute(
            f"{attempt}) values (?, ?, ?, ?, 'try', 'read', 'did not') on conflict do nothing",
            (place // 3, number if number == 1 else number + 10 * place, _text(hour), outcome),
        )
    for place, (state, hour, count, late) in enumerate(slots):
        row = 1000 + place
        con.execute(job, (row, "completed", f"s{row}", _text(hour + late), _text(500), None))
        con.execute(
            "insert into slot (schedule_id, at, last, count, state, job_id) values (?, ?, ?, ?, ?, ?)",
            (place, _text(hour), _text(hour), count, state, row),
        )


@given(values=st.lists(st.integers(0, 10**6), min_size=1, max_size=50), percent=st.integers(1, 100))
def test_the_rank_is_the_smallest_value_that_enough_do_not_exceed(values: list[int], percent: int) -> None:
    """Nearest rank: at least so many in a hundred lie at or below it, and fewer below any smaller value."""
    found = nearest_rank(sorted(values), percent)
    assert found is not None
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)
    assert rate(0, 0) is None
