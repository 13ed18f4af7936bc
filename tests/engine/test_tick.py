"""The tick itself: what breaks in it is told once, holds nothing up, and leaves nothing behind."""

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.core.moves import Put
from assistant.engine.tick import Tick
from assistant.errors import StoreFull
from assistant.ports.channel import Delivery, SendOutcome
from assistant.store.write import Writing
from tests import person
from tests.engine.stories import LONG, Run, check_all
from tests.world import START, Connection, Died, VirtualWorld

AT = START + timedelta(hours=1)


class Exiting(VirtualWorld):
    """A world in which a channel's plug-in leaves by `sys.exit`."""

    def deliver(self, channel: str, delivery: Delivery) -> SendOutcome:
        """Leave."""
        raise SystemExit(3)


@pytest.mark.parametrize("slow", [False, True])
def test_a_plug_in_that_exits_does_not_end_or_hold_the_tick(slow: bool) -> None:
    """What it did is not known: the message is unknown, and shown."""
    run = Run()
    run.person(person.remind, AT, START)
    run.outside.now = AT
    if slow:
        run.outside.slow.add("file")
    Tick(run.con, "", Exiting(run.outside, "exiting"), LONG, None).run()
    assert run.con.execute("select channel, state from message order by id").fetchall() == [
        ("file", "unknown"), ("terminal", "queued"),
    ]  # fmt: skip


def test_a_thread_that_breaks_breaks_its_tick() -> None:
    """It does not wait for ever for a lane that will never end; the next tick recovers the message."""
    run = Run()
    run.person(person.remind, AT, START)
    run.outside.now = AT
    run.outside.slow.add("file")
    run.outside.die_at = run.outside.boundary_count + 5
    with pytest.raises(Died, match="before deliver"):
        Tick(run.con, "", run.world(), LONG, None).run()
    run.outside.dead.add("tick 1")
    run.tick()
    assert run.column("select state from message") == ["sent"]
    check_all(run)


def test_what_a_broken_tick_held_is_free_for_the_next_one_of_the_same_process() -> None:
    """`ask watch` ticks again and again as one process, which is alive all the time."""
    run = Run()
    run.person(person.remind, AT, START)
    run.outside.now = AT
    run.outside.die_at = run.outside.boundary_count + 6
    same = VirtualWorld(run.outside, "watch")
    with pytest.raises(Died, match="after deliver"):
        Tick(run.con, "", same, LONG, None).run()
    Tick(run.con, "", same, LONG, None).run()
    assert run.column("select state from message") == ["sent"]
    check_all(run)


def test_a_store_that_cannot_grow_loses_nothing() -> None:
    """SQLite itself refuses each page that is missing: every tick says so, and goes on where the last one stopped."""
    run = Run()
    for _ in range(120):
        run.person(person.remind, AT, START)
    run.outside.now = AT
    full, pages = 0, run.value("pragma page_count")
    while True:
        pages += 1
        run.con.execute(f"pragma max_page_count = {pages}")
        try:
            run.tick()
        except StoreFull:
            full += 1
            assert not run.con.in_transaction
            continue
        break
    assert full > 3
    run.con.execute("pragma max_page_count = 100000")
    assert run.column("select distinct state from message") == ["sent"]
    check_all(run)


def two_things_due() -> Run:
    """A reminder that asks for an answer and a job of two steps."""
    run = Run()
    run.outside.effect_kinds = {"a": "keyed", "b": "once"}
    steps = [{"id": "a", "run": ["x"], "effect": "keyed"}, {"id": "b", "run": ["y"], "effect": "once"}]
    run.person(person.remind, AT, START, repeat=[900])
    run.person(person.start_job, run.world(), steps)
    run.outside.now = AT
    return run


def test_a_disk_that_is_full_at_any_write_loses_nothing() -> None:
    """Each statement of a tick may be refused; the next tick, with space again, brings everything to its end."""
    whole = two_things_due()
    before = whole.con.writes
    whole.tick()
    writes = whole.con.writes - before
    assert writes > 25
    for place in range(1, writes + 1):
        run = two_things_due()
        run.con.full_at = run.con.writes + place
        with pytest.raises(StoreFull):
            run.tick()
        assert not run.con.in_transaction
        run.until(AT + timedelta(hours=1))
        check_all(run)


def test_a_step_that_nothing_follows_from_does_not_keep_the_tick_awake() -> None:
    """A step that waits in a job that has ended, as an older version may have left it, is no work."""
    run = Run()
    run.person(person.remind, AT, START, repeat=[900])
    run.until(AT)
    with Writing(run.con, "", AT) as writing:
        writing.apply([Put("job", 1, {"state": "cancelled", "ended_at": AT}, "left by a bug")])
    run.outside.now = AT + timedelta(hours=1)
    run.tick()


def test_a_slow_channel_delays_neither_the_quick_ones_nor_what_falls_due_meanwhile() -> None:
    """It waits in a thread of its own; the tick goes on with everything else."""
    run = Run()
    run.outside.slow.add("chat")
    gate = run.outside.gates["chat"] = threading.Event()
    run.person(person.remind, AT, START, channel="chat", text="slow")
    run.person(person.remind, AT, START, text="quick")
    run.person(person.remind, AT + timedelta(minutes=1), START, text="meanwhile")
    run.outside.now = AT

    def look(name: str) -> None:
        if name == "after deliver file" and len(run.outside.files["file"]) == 1:
            run.outside.now = AT + timedelta(minutes=1)
        if name == "after deliver file" and len(run.outside.files["file"]) == 2:
            gate.set()

    run.outside.interlope = look
    run.tick()
    assert [delivery.text for channel, delivery in run.outside.deliveries if channel == "file"] == [
        "quick", "meanwhile",
    ]  # fmt: skip
    assert len(run.outside.files["chat"]) == 1
    check_all(run)


def test_more_slow_channels_than_lanes_all_get_their_turn() -> None:
    """Six slow channels share four lanes; within a channel the order is kept."""
    run = Run()
    for number in range(6):
        run.outside.slow.add(f"c{number}")
        for place in range(3):
            run.person(person.remind, AT, START, channel=f"c{number}", text=f"{place}")
    run.outside.now = AT
    run.con.outside = None  # boundaries are counted in one thread only
    run.tick()
    for number in range(6):
        sent = [delivery.text for channel, delivery in run.outside.deliveries if channel == f"c{number}"]
        assert sent == ["0", "1", "2"]
    check_all(run)


def test_a_thousand_due_reminders_go_out_in_one_tick_the_urgent_first() -> None:
    """Asleep for a day over a thousand reminders: one tick brings all, by urgency."""
    run = Run()
    priorities = ("low", "normal", "high", "urgent")
    for number in range(1000):
        run.person(person.remind, AT, START, priority=priorities[number % 4])
    run.outside.now = AT + timedelta(days=1)
    counts = run.tick()
    assert counts.messages_sent == 1000
    ranks = run.column(
        "select m.rank from message m join journal j on j.tab = 'message' and j.row = m.id and j.what = 'sent'"
        " order by j.id"
    )
    assert len(ranks) == 1000
    assert ranks == sorted(ranks)
    run.con.outside = None
    check_all(run)


def test_what_a_tick_cannot_do_in_its_budget_goes_on_in_the_next() -> None:
    """Each send takes a second of a budget of ten: every tick does its part, and nothing is done twice."""
    run = Run()
    for number in range(60):
        run.person(person.remind, AT, START, priority=("urgent", "normal")[number % 2])
    run.outside.now = AT

    def takes_a_second(name: str) -> None:
        run.outside.seconds += name == "before deliver file"

    run.outside.interlope = takes_a_second
    sent = []
    while len(run.outside.files.get("file", ())) < 60:
        sent.append(run.tick(timedelta(seconds=10)).messages_sent)
        assert len(sent) < 10
    assert sent == [10] * 6
    ranks = [run.value("select rank from message where key = ?", key) for key in run.outside.files["file"]]
    assert ranks == sorted(ranks)
    check_all(run)


def test_a_reminder_that_cannot_be_woken_rests_and_stops_no_other() -> None:
    """A rule that nobody can read: it is set aside with its slot accounted for, the person is told, the rest rings."""
    run = Run()
    bad = run.person(person.remind, AT, START, rule="DTSTART:nonsense\nRRULE:FREQ=NEVER", text="bad")
    run.person(person.remind, AT, START, text="good")
    run.until(AT + timedelta(days=1))
    assert run.column("select state from schedule order by id") == ["paused", "ended"]
    assert run.column("select state from slot order by schedule_id") == ["missed", "ran"]
    texts = sorted(delivery.text for _, delivery in run.outside.deliveries)
    assert texts[0] == "good"
    assert texts[1].startswith(f"reminder {bad} (bad) is set aside, it could not be woken: ")


def test_a_step_that_cannot_be_woken_waits_and_stops_no_other() -> None:
    """Its job is of a workflow that this version cannot read: it is tried again in an hour."""
    run = Run()
    run.person(person.remind, AT, START, repeat=[900], text="bad")
    run.person(person.remind, AT, START, repeat=[1800], text="good")
    run.until(AT)
    run.con.execute("""update workflow set spec = '{"name":"x","steps":[]}' where id = 1""")
    run.until(AT + timedelta(minutes=31))
    assert [delivery.text for _, delivery in run.outside.deliveries] == ["bad", "good", "good"]
    assert run.column("select wake_at from step where job_id = 1") == ["2026-11-24T10:15:00Z"]


def test_an_outcome_waits_for_a_busy_store(tmp_path: Path) -> None:
    """Somebody holds the lock while a message is sent, for longer than a claim would wait: it is still `sent`."""
    run = Run()
    run.person(person.remind, AT, START)
    run.outside.now = AT
    path = tmp_path / "ask.db"
    target = sqlite3.connect(path)
    run.con.backup(target)
    target.close()
    run.con = sqlite3.connect(path, timeout=0.05, isolation_level=None, factory=Connection)
    run.con.outside = run.outside
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    def hold(name: str) -> None:
        if name == "after deliver file":
            other.execute("begin immediate")
            threading.Timer(0.1, other.rollback).start()

    run.outside.interlope = hold
    run.tick()
    other.close()
    assert run.column("select state from message") == ["sent"]
