"""How often messages interrupt, and failures that repeat, in a virtual world."""

import json
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.attention import AttentionLimit, next_place
from assistant.core.happened import Stopped
from assistant.core.moves import New, Ref
from assistant.core.quiet import held_until, read_quiet
from assistant.engine.tick import Tick
from assistant.ports.action import NotDone
from assistant.store.idle import next_due
from assistant.store.write import Writing
from tests import person
from tests.engine.flows import BUDGET, START, Flow
from tests.fold import check_fold
from tests.world import Died, VirtualWorld

QUIET = "22:00-07:00; saturday,sunday 00:00-24:00; chat low 12:00-14:00"
SHAKY = """
name: shaky
inputs: {who: {default: nobody}}
title: for {{ inputs.who }}
steps:
  - {id: go, run: [x], retry: {attempts: 1}}
"""
FALLS_BACK = """
name: shaky
steps:
  - {id: go, run: [x], retry: {attempts: 1}, fallback: [{text: instead}]}
"""
RINGS = """
name: rings
steps:
  - {id: ring, notify: ring, until: ack, repeat: [15m]}
"""
BROKEN = NotDone("connection refused by 10.0.0.7:25", permanent=True)


class Attended(Flow):
    """A store whose person wants quiet."""

    quiet: str | None = None

    def world(self, lease: str = "me") -> VirtualWorld:
        """A worker's view of the world, with quiet hours."""
        world = super().world(lease)
        world.quiet_hours = self.quiet
        return world

    def queue(self, key: str, severity: str = "normal", channel: str = "file") -> None:
        """Put a message of nobody into the outbox, as it is."""
        values = {
            "key": key, "channel": channel, "next_channels": ["terminal"], "text": key, "severity": severity,
            "rank": {"high": 0, "normal": 2, "low": 3}[severity], "state": "queued", "at": self.outside.now,
            "wake_at": self.outside.now,
        }  # fmt: skip
        with Writing(self.con, "", self.outside.now, command="test") as writing:
            writing.apply([New("message", Ref(key), values, "message queued")])

    def sent(self) -> list[tuple[str, str]]:
        """What went out and when, in order."""
        rows = self.con.execute("select text, sent_at from message where sent_at is not null order by sent_at, id")
        return [(text, at[11:16]) for text, at in rows]


def test_messages_over_the_limit_wait_for_a_free_place_in_their_order() -> None:
    """Two an hour: the third goes out when the first is an hour old; nothing is lost."""
    flow = Attended(attention_limit="2/h")
    for key in ("a", "b", "c", "d", "e"):
        flow.queue(key)
    flow.go(hours=5)
    assert flow.sent() == [("a", "08:00"), ("b", "08:00"), ("c", "09:00"), ("d", "09:00"), ("e", "10:00")]


def test_what_is_high_breaks_through_the_limit_and_takes_a_place() -> None:
    """It is sent at once; others wait until it is an hour old too."""
    flow = Attended(attention_limit="1/h")
    flow.queue("a")
    flow.tick()
    flow.outside.now += timedelta(minutes=30)
    flow.queue("b")
    flow.queue("fire", "high")
    flow.go(hours=5)
    assert flow.sent() == [("a", "08:00"), ("fire", "08:30"), ("b", "09:30")]


def test_a_reminder_that_a_person_set_is_not_held_by_the_limit() -> None:
    """It rings when it is due."""
    flow = Attended(attention_limit="1/d")
    flow.queue("a")
    person.remind(flow.con, START + timedelta(minutes=5), START)
    flow.go(hours=1)
    assert flow.sent() == [("a", "08:00"), ("call Ada", "08:05")]


def test_rings_that_the_limit_holds_do_not_pile_up() -> None:
    """Only the newest ring of a step waits for the free place."""
    flow = Attended(RINGS, attention_limit="1/h")
    flow.queue("a")
    flow.tick()
    flow.run("rings")
    flow.go(minutes=50)
    queued = "select count(*) from message where state = 'queued'"
    assert flow.con.execute(queued).fetchone() == (1,)
    flow.go(minutes=10)
    assert flow.sent() == [("a", "08:00"), ("ring", "09:00")]


def test_low_messages_that_were_held_go_out_as_one() -> None:
    """With their count; each of them says in its row where it went."""
    flow = Attended(attention_limit="1/h")
    for key in ("a", "b", "c", "d"):
        flow.queue(key, "low")
    flow.go(hours=5)
    assert flow.sent() == [("a", "08:00"), ("3 messages that the attention limit held:\n- b\n- c\n- d", "09:00")]
    gone = flow.con.execute("select text, state from message where reason like 'goes out with 2 others%'").fetchall()
    assert gone == [("b", "dead"), ("c", "dead"), ("d", "dead")]


def test_quiet_hours_of_a_channel_hold_what_goes_on_to_it() -> None:
    """A message that its first channel did not take waits for the hours of the next one."""
    flow = Attended()
    flow.quiet = "terminal 00:00-01:00; file 08:00-10:00"
    flow.queue("a")
    flow.queue("b", channel="chat")
    flow.go(hours=5)
    assert flow.sent() == [("b", "08:00"), ("a", "10:00")]


MESSAGES = st.lists(
    st.tuples(
        st.integers(0, 8 * 3600), st.sampled_from(["low", "normal", "high"]), st.sampled_from(["file", "chat", "mail"])
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(MESSAGES, st.integers(1, 3), st.integers(2, 6), st.booleans())
def test_none_in_quiet_hours_none_above_the_limit_none_lost(
    messages: list[tuple[int, str, str]], hour: int, day: int, quiet: bool
) -> None:
    """Whatever comes when: what is not high is sent outside quiet hours, in a free place, once, or inside a bundle."""
    flow = Attended(attention_limit=f"{hour}/h, {day}/d")
    flow.quiet = QUIET if quiet else None
    for place, (gap, severity, channel) in enumerate(messages):
        flow.go(seconds=gap)
        flow.queue(f"m{place}.", severity, channel)
    flow.go(days=40)
    assert next_due(flow.con) is None
    rows = flow.con.execute(
        "select id, text, severity, channel, sent_at from message where sent_at is not null order by sent_at, id"
    ).fetchall()
    hours = read_quiet(flow.quiet, "UTC") if flow.quiet else None
    times = [datetime.fromisoformat(row[4]) for row in rows]
    for _, _, severity, channel, sent_at in rows:
        at = datetime.fromisoformat(sent_at)
        assert held_until(hours, severity, at, channel) == at
    for window, most in ((timedelta(hours=1), hour), (timedelta(days=1), day)):
        for row, at in zip(rows, times, strict=True):
            high = sum(1 for other in rows if other[2] == "high")
            inside = sum(1 for other in times if at - window < other <= at)
            assert row[2] == "high" or inside <= most + high
    said = "\n".join(row[1] for row in rows)
    assert all(said.count(f"m{place}.") == 1 for place in range(len(messages)))
    check_fold(flow.con)


@given(st.lists(st.integers(0, 2 * 86400)), st.integers(1, 5) | st.none(), st.integers(1, 9) | st.none())
def test_a_place_is_free_when_it_has_come(ago: list[int], hour: int | None, day: int | None) -> None:
    """At that time, and not a second before it, the windows have room."""
    limit, sent = AttentionLimit(hour, day), [START - timedelta(seconds=seconds) for seconds in ago]
    place = next_place(limit, sent, START)
    assert next_place(limit, sent, place) == place
    if place > START:
        before = place - timedelta(seconds=1)
        assert next_place(limit, sent, before) == place


# What was answered meanwhile


ASKS = """
name: asks
steps:
  - {id: go, run: [x], approve: {expires: 6h}}
"""
WHICH = "name: asks\nsteps: [{id: which, ask: {question: which?, choices: [a, b]}}]\n"


@pytest.mark.parametrize(("file", "word"), [(ASKS, "approve"), (ASKS, "deny"), (WHICH, "a")])
def test_a_question_that_is_answered_while_its_message_is_held_is_not_sent_any_more(file: str, word: str) -> None:
    """Who answered at the terminal in the quiet hours is not asked again when they end."""
    flow = Attended(file)
    flow.quiet = "08:00-10:00"
    flow.run("asks")
    flow.go(minutes=5)
    flow.answer(word, word)
    flow.go(hours=5)
    assert not [text for text, _ in flow.sent() if "waits for your" in text or "which?" in text]
    held = "select state, reason from message where key like '%/asked/%'"
    ((state, reason),) = flow.con.execute(held).fetchall()
    assert (state, bool(reason)) == ("dead", True)


def test_a_question_that_expired_while_its_message_was_held_is_not_sent_any_more() -> None:
    """What is said then is what came of it."""
    flow = Attended(ASKS)
    flow.quiet = "08:00-20:00"
    flow.run("asks")
    flow.go(hours=13)
    assert [text.partition(":")[0] for text, _ in flow.sent()] == ["job 1 (asks) is cancelled"]


def test_a_job_that_is_cancelled_with_a_held_question_drops_its_message_once() -> None:
    """The question is withdrawn, and all that the job had to say is dropped: one change of one row."""
    flow = Attended(ASKS, attention_limit="1/h")
    flow.queue("a")
    flow.tick()
    made = flow.run("asks")
    flow.tick()
    flow.tell(made.job.id, Stopped("cancelled", "cancelled by the person"))
    flow.go(hours=5)
    assert flow.sent() == [("a", "08:00")]


def test_a_message_in_doubt_takes_its_place_until_it_is_looked_up() -> None:
    """It may have been heard: another one does not go out before it, though it is more pressing."""
    flow = Attended(attention_limit="1/h")
    flow.queue("b", channel="mail")
    flow.outside.die_at = flow.outside.boundary_count + 4
    with pytest.raises(Died):
        flow.tick("mortal")
    assert flow.outside.died_at == "after deliver mail"
    flow.outside.die_at = None
    flow.outside.dead.add("mortal")
    with Writing(flow.con, "", flow.outside.now, command="test") as writing:
        for name in ("chat", "mail"):
            row = {"name": name, "url": f"file:///{name}", "added_at": writing.now}
            writing.apply([New("channel", Ref(name), row, "channel added")])
    flow.queue("a", channel="chat")
    flow.go(hours=5)
    assert flow.sent() == [("b", "08:00"), ("a", "09:00")]
    assert flow.outside.files == {"mail": ["b"], "chat": ["a"]}


# Failures that repeat


def test_the_first_of_alike_failures_is_told_and_the_others_are_counted() -> None:
    """Other jobs of the workflow, other figures: one held message counts up, and goes out when the day is over."""
    flow = Attended(SHAKY)
    for place in range(8):
        flow.fails("go", NotDone(f"refused by 10.0.0.{place}", permanent=True))
        flow.run("shaky", who=f"ada {place}")
        flow.go(minutes=10)
    assert [text for text, _ in flow.sent()] == [
        "job 1 (for ada 0) failed: step go failed after 1 attempts: refused by 10.0.0.0 · again: ask retry 1"
    ]
    flow.go(days=1)
    (_, again) = flow.sent()
    text = "workflow shaky failed: step go failed after 1 attempts: refused by 10.0.0.7: again 7 times since"
    assert again == (f"{text} Tue 24 Nov 2026 08:00 UTC", "08:00")


def test_another_cause_is_told_at_once() -> None:
    """And so is the same one, a day later."""
    flow = Attended(SHAKY)
    for outcome in (BROKEN, NotDone("no such program", permanent=True), BROKEN):
        flow.fails("go", outcome)
        flow.run("shaky")
        flow.go(minutes=1)
    assert len(flow.sent()) == 2
    flow.go(days=2)
    flow.fails("go", BROKEN)
    flow.run("shaky")
    flow.go(minutes=1)
    assert [text.startswith("job") for text, _ in flow.sent()] == [True, True, False, True]


def test_a_recovery_is_said_once_and_takes_the_place_of_the_count() -> None:
    """Later jobs that go through say nothing; a new failure is news again."""
    flow = Attended(SHAKY)
    for outcomes in ((BROKEN,), (BROKEN,), (BROKEN,), (), (), (BROKEN,)):
        flow.fails("go", *outcomes)
        flow.run("shaky")
        flow.go(minutes=10)
    last = flow.jobs()[-1].number
    flow.go(days=3)
    assert [text.partition(":")[0] for text, _ in flow.sent()] == [
        "job 1 (for nobody) failed", "workflow shaky works again", f"job {last} (for nobody) failed",
    ]  # fmt: skip
    assert flow.sent()[1][0].endswith("it had failed 3 times since Tue 24 Nov 2026 08:00 UTC")


def test_a_workflow_that_fails_recovers_and_fails_within_one_second_is_counted_twice() -> None:
    """As a burst of jobs does: what counts the later failures is another message than what counted the first ones."""
    flow = Attended(SHAKY)
    for outcomes in ((BROKEN,), (BROKEN,), (), (BROKEN,), (BROKEN,)):
        flow.fails("go", *outcomes)
        flow.run("shaky")
        flow.tick()
    flow.go(days=2)
    assert [text.partition(":")[0] for text, _ in flow.sent()] == [
        "job 1 (for nobody) failed", "workflow shaky works again", "job 6 (for nobody) failed", "workflow shaky failed",
    ]  # fmt: skip


def test_a_job_that_falls_back_again_is_counted_and_is_no_recovery() -> None:
    """It completes, and yet its step does not work."""
    flow = Attended(FALLS_BACK)
    flow.outside.broken["go"] = BROKEN
    for _ in range(3):
        flow.run("shaky")
        flow.go(minutes=10)
    assert len(flow.sent()) == 1
    values = [json.loads(row[0]) for row in flow.con.execute("select value from meta where name like 'repeats/%'")]
    assert [value["count"] for value in values] == [2]
    del flow.outside.broken["go"]
    flow.run("shaky")
    flow.go(minutes=10)
    assert flow.sent()[1][0].startswith("workflow shaky works again: it had failed 3 times")


def test_a_job_that_a_person_tries_again_is_told_of_each_time() -> None:
    """They wait for what comes of it."""
    from assistant.core.happened import Retried

    flow = Attended(SHAKY)
    flow.outside.broken["go"] = BROKEN
    made = flow.run("shaky")
    flow.go(minutes=1)
    flow.tell(made.job.id, Retried())
    flow.go(minutes=1)
    assert len(flow.sent()) == 2


def test_a_tick_that_dies_with_a_held_message_loses_nothing() -> None:
    """What waits for its place is in the outbox, whoever ticks next."""
    flow = Attended(attention_limit="1/h")
    flow.queue("a")
    flow.queue("b")
    Tick(flow.con, "", flow.world("one"), BUDGET, None).run()
    flow.outside.dead.add("one")
    flow.go(hours=2)
    assert flow.sent() == [("a", "08:00"), ("b", "09:00")]
