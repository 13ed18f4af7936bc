"""Sources in the tick: polled by their interval, each event once, one notice when one is down, catch-up in order."""

from collections import deque
from datetime import timedelta

from assistant.core.bound import Binding
from assistant.core.moves import New, Ref
from assistant.engine.sourcing import Looked
from assistant.ports.source import Failed, Polled, SourceEvent
from assistant.store import sources
from assistant.store.write import Writing
from tests.engine.flows import START, Flow
from tests.person import remind, schedule_of

TRIGGERED = """
name: flow
inputs: {n: {required: true}}
on: [{event: folder.new, inputs: {n: "{{ event.n }}"}}]
steps: [{id: a, text: x}]
"""


def with_source(every: int = 300) -> Flow:
    """A flow with one source."""
    flow = Flow(TRIGGERED)
    with Writing(flow.con, "", START, command="source add") as writing:
        values = {
            "name": "scans", "url": "folder:///scans", "every": every, "added_at": START, "poll_at": START,
            "wake_at": START,
        }  # fmt: skip
        writing.apply([New("source", Ref("source"), values, "source added")])
    return flow


def told(n: int) -> SourceEvent:
    """One event of the source."""
    return SourceEvent("folder.new", f"scans/{n}", START, {"n": n})


def test_a_source_is_polled_by_its_interval_and_its_events_start_jobs() -> None:
    """Events and cursor are one commit; the same event told twice is one."""
    flow = with_source()
    answers = [Looked(Polled((told(1),), {"at": 1})), Looked(Polled((told(1), told(2)), {"at": 2}))]
    flow.outside.looks["scans"] = deque(answers)
    flow.tick()
    assert [job.inputs for job in flow.jobs()] == [{"n": 1}]
    flow.go(minutes=4)
    assert len(flow.jobs()) == 1
    flow.go(minutes=2)
    assert [job.inputs for job in flow.jobs()] == [{"n": 1}, {"n": 2}]
    row = sources.source(flow.con, "scans")
    assert row is not None and (row.cursor, row.last_success_at) == ({"at": 2}, START + timedelta(minutes=5))


def test_a_source_that_stays_down_is_one_notice_and_then_catches_up() -> None:
    """Backed off while it is down; told once, and once more when it answers again."""
    flow = with_source()
    down = Looked(Polled((), {"at": 0}), Failed("connection refused"))
    flow.outside.looks["scans"] = deque([down] * 8 + [Looked(Polled((told(1), told(2)), {"at": 2}))])
    flow.go(hours=12)
    texts = [text for text in flow.texts() if "scans" in text]
    assert len(texts) == 2, texts
    assert texts[0].startswith("source scans cannot be read: connection refused")
    assert "answers again" in texts[1] and "2 events came late" in texts[1]
    assert [job.inputs["n"] for job in flow.jobs()] == [1, 2]


def test_a_source_whose_worker_died_is_looked_at_again_from_the_same_cursor() -> None:
    """What was not kept is told again."""
    from tests.world import Died

    flow = with_source()
    flow.outside.looks["scans"] = deque([Looked(Polled((told(1),), {"at": 1}))] * 2)
    flow.outside.die_at = flow.outside.boundary_count + 3
    try:
        flow.tick("dead")
    except Died:
        flow.outside.dead.add("dead")
    flow.outside.die_at = None
    flow.con.rollback()
    flow.tick()
    assert [job.inputs["n"] for job in flow.jobs()] == [1]


def test_what_falls_due_by_the_clock_is_told_between_polls() -> None:
    """wake_at of the source."""
    flow = with_source(every=3600)
    wake = START + timedelta(minutes=10)
    flow.outside.looks["scans"] = deque(
        [Looked(Polled((), {"at": 1}, wake_at=wake)), Looked(Polled((told(7),), {"at": 1}))]
    )
    flow.go(minutes=11)
    assert [job.inputs["n"] for job in flow.jobs()] == [7]


def test_the_journal_keeps_no_cursor_of_a_tick() -> None:
    """A cursor may have a megabyte and changes with each event: the journal would grow by twice that each time."""
    flow = with_source()
    flow.outside.looks["scans"] = deque([Looked(Polled((told(n),), {"at": "x" * 100_000 + str(n)})) for n in (1, 2)])
    flow.go(minutes=6)
    row = sources.source(flow.con, "scans")
    assert row is not None and row.cursor == {"at": "x" * 100_000 + "2"}
    longest = flow.con.execute(
        "select max(length(coalesce(before, '') || coalesce(after, ''))) from journal"
    ).fetchone()
    assert longest[0] < 10_000


def test_a_look_that_finds_nothing_new_is_no_line_of_the_journal() -> None:
    """It happens hundreds of times a day; when it was is in the row."""
    flow = with_source(every=60)
    flow.go(minutes=1)
    before = flow.con.execute("select count(*) from journal").fetchone()
    flow.go(hours=2)
    row = sources.source(flow.con, "scans")
    assert row is not None and row.last_success_at == START + timedelta(minutes=121)
    assert flow.con.execute("select count(*) from journal").fetchone() == before


def test_an_event_of_a_calendar_that_says_no_time_moves_nothing_and_stops_nobody() -> None:
    """What a source tells is untrusted: what cannot be followed is noted, and its triggers start all the same."""
    flow = with_source()
    at = START + timedelta(days=1)
    binding = Binding("scans", "v", None, "end", 0, "Vendor call", at, at)
    inputs = {"text": "notes", "channel": None, "severity": "normal", "bound": binding.as_input()}
    number = remind(flow.con, at, START, inputs=inputs)
    broken = SourceEvent("calendar.changed", "k", START, {"uid": "v", "title": "Vendor call"})
    flow.outside.looks["scans"] = deque([Looked(Polled((broken, told(1)), {}))])
    flow.tick()
    assert schedule_of(flow.con, number).next_at == at
    assert [job.inputs for job in flow.jobs()] == [{"n": 1}]
    notes = flow.con.execute("select count(*) from journal where what like 'no reminder could follow%'").fetchone()
    assert notes[0] == 1
