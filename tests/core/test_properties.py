"""What holds for all values of the pure decisions: fates of slots, retries, the outbox and the ladder."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.decide import decide
from assistant.core.facts import Facts
from assistant.core.fates import LATE_AFTER, Due, fates
from assistant.core.happened import Began, Woke
from assistant.core.limits import MESSAGE_TRIES, MOST_LOOK_UPS, MOST_RINGS, TERMINAL
from assistant.core.moves import Move, New, Put, record
from assistant.core.outbox import after_send, cut_off
from assistant.core.quiet import QuietHours, read_quiet
from assistant.core.retry import backoff, next_try
from assistant.core.spec import Retry, Spec, read_spec
from assistant.core.states import LEGAL
from assistant.ports.channel import Doubtful, NotSent, SendOutcome, Sent
from assistant.ports.records import Job, Message, Step

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SPANS = st.integers(0, 40 * 86400).map(lambda seconds: timedelta(seconds=seconds))
JITTER = st.floats(0, 1, exclude_max=True)


@st.composite
def dues(draw: st.DrawFn) -> Due:
    """One due slot, or many."""
    newest = NOW - draw(SPANS)
    count = draw(st.integers(1, 1000))
    if count == 1:
        return Due(newest, newest, newest, 1)
    before = newest - timedelta(seconds=draw(st.integers(1, 86400)))
    first = before - timedelta(seconds=draw(st.integers(count - 2, 10**6))) if count > 2 else before
    return Due(newest, first, before, count)


@given(dues(), st.sampled_from(["run", "skip", "brief", "ask"]), st.none() | SPANS, st.booleans())
def test_every_due_slot_lies_in_exactly_one_row(
    due: Due, if_late: str, useless: timedelta | None, paused: bool
) -> None:
    """Counts add up, rows are disjoint and cover from the first to the newest; at most one slot rings: the newest."""
    fate = fates(due, NOW, if_late, useless, paused)
    assert sum(row.count for row in fate.rows) == due.count
    assert (fate.rows[0].at, fate.rows[-1].last) == (due.first, due.newest)
    assert all(one.last < other.at for one, other in zip(fate.rows, fate.rows[1:], strict=False))
    assert all(row.at <= row.last and (row.count > 1 or row.at == row.last) for row in fate.rows)
    assert all(row.reason for row in fate.rows if row.state not in ("ran", "late"))
    assert fate.ring in (None, due.newest)
    if paused or (useless is not None and NOW - due.newest > useless):
        assert fate.ring is None
    elif NOW - due.newest <= LATE_AFTER:
        assert (fate.ring, fate.how, fate.rows[-1].state) == (due.newest, "ring", "ran")
    else:
        assert (fate.ring is None) == (if_late == "skip")


@given(
    st.integers(1, 200), JITTER, st.integers(1, 10**5), st.floats(1, 10), st.integers(1, 10**6), st.none() | SPANS
)  # fmt: skip
def test_a_wait_is_whole_seconds_between_half_and_the_whole(
    attempts: int, jitter: float, first: int, factor: float, longest: int, retry_after: timedelta | None
) -> None:
    """It never exceeds the cap, never is nothing, and is as long as a receiver asked, up to a day."""
    policy = Retry(attempts=5, first=timedelta(seconds=first), factor=factor, longest=timedelta(seconds=longest))
    wait = backoff(policy, attempts, jitter)
    whole = min(first * factor ** min(attempts - 1, 64), longest)
    assert wait.microseconds == 0
    assert timedelta(seconds=1) <= wait <= timedelta(seconds=max(1, longest))
    assert whole / 2 <= wait.total_seconds() <= whole + 1
    again = next_try(policy, attempts, NOW, jitter, retry_after)
    assert (again is None) == (attempts >= 5)
    if again is not None:
        asked = min(retry_after or timedelta(0), timedelta(days=1))
        assert again - NOW == max(wait, asked)


OUTCOMES: st.SearchStrategy[SendOutcome] = st.one_of(
    st.builds(Sent, st.none() | st.text()),
    st.builds(NotSent, st.text(min_size=1), st.booleans(), st.none() | SPANS),
    st.builds(Doubtful, st.text(min_size=1)),
)


def a_message(attempts: int, chain: list[str], dropped: str | None, channel: str = "file") -> Message:
    """A message that a worker is sending."""
    values: dict[str, Any] = {
        "id": 1, "key": "k", "channel": channel, "next_channels": chain, "text": "t", "severity": "normal", "rank": 1,
        "state": "sending", "attempts": attempts, "doubtful": 0, "dropped": dropped, "at": NOW, "wake_at": NOW,
        "lease": "me",
    }  # fmt: skip
    made: Message = record(Message, values)
    return made


@given(
    st.integers(1, 30), st.lists(st.sampled_from(["chat", "mail", "file", "terminal"]), max_size=3, unique=True),
    st.none() | st.just("answered"), OUTCOMES | st.booleans(), JITTER,
)  # fmt: skip
def test_a_message_is_never_lost_and_never_kept_by_its_channel(
    attempts: int, chain: list[str], dropped: str | None, outcome: SendOutcome | bool, jitter: float
) -> None:
    """It is sent, waits with a time, or goes on to another channel, the terminal at last; a dropped one just ends."""
    message = a_message(attempts, chain, dropped)
    if isinstance(outcome, bool):
        moves = cut_off(message, outcome, NOW)
    else:
        moves = after_send(message, outcome, NOW, jitter)
    put = moves[0]
    assert isinstance(put, Put)
    assert put.expect == {"state": "sending", "lease": "me", "attempts": attempts}
    state = put.changes["state"]
    assert state in LEGAL["message"]["sending"]
    assert (put.changes["lease"], put.changes["lease_until"]) == (None, None)
    further = [move for move in moves[1:] if isinstance(move, New)]
    if state == "queued":
        assert dropped is None
        assert attempts < (MOST_LOOK_UPS if isinstance(outcome, bool) else MESSAGE_TRIES)
    if state in ("dead", "unknown"):
        assert len(further) == (dropped is None)
        for move in further:
            assert move.values["key"] == "k"
            assert move.values["channel"] != "file"
    if state == "unknown" and further:
        assert further[0].values["channel"] == TERMINAL, "what may have arrived is shown, not sent by another channel"
    assert (state == "sent") == isinstance(outcome, Sent)


def test_the_last_channel_of_every_message_is_the_terminal() -> None:
    """Whatever the chain was."""
    moves = after_send(a_message(1, [], None), NotSent("no", permanent=True), NOW, 0.5)
    assert [move.values["channel"] for move in moves if isinstance(move, New)] == [TERMINAL]


def spec_of(repeat: list[int]) -> Spec:
    """A reminder that rings until somebody answers."""
    step = {"id": "ring", "notify": {"text": "call", "severity": "normal"}, "until": "ack", "repeat": repeat}
    return read_spec({"name": "reminder", "steps": [step]})


@settings(deadline=None)
@given(
    st.lists(st.integers(60, 86400), min_size=1, max_size=4),
    st.lists(st.integers(0, 3 * 86400), max_size=30),
    st.none() | st.just(read_quiet("22:00-07:00", "UTC")),
)
def test_a_ladder_rings_at_planned_times_and_gives_up_after_twenty(
    repeat: list[int], sleeps: list[int], quiet: QuietHours | None
) -> None:
    """However long nothing ticks: one ring a waking, the next one always ahead, never more than twenty."""
    spec, facts = spec_of(repeat), Facts("store", ("file", TERMINAL), quiet)
    job: Job = record(
        Job, {"id": 1, "title": "call", "state": "pending", "key": "1@x", "inputs": {}, "slot_at": NOW, "rev": 1,
              "priority": "normal", "number": 7, "paused": 0},
    )  # fmt: skip
    moves = decide(spec, job, (), facts, Began(), NOW, 0.5)
    step = step_after(None, moves)
    keys = keys_of(moves)
    now = NOW
    for sleep in sleeps:
        if step.state != "waiting":
            break
        assert step.wake_at is not None
        assert step.wake_at > now, "it would ring again at once"
        now = step.wake_at + timedelta(seconds=sleep)
        moves = decide(spec, job.replace(state="awaiting_input"), (step,), facts, Woke("ring"), now, 0.5)
        step = step_after(step, moves)
        assert len(keys_of(moves)) == 1
        keys += keys_of(moves)
    assert len(keys) == len(set(keys))
    assert step.rings <= MOST_RINGS
    assert (step.state == "completed") == (len(sleeps) >= MOST_RINGS)
    assert keys[-1].endswith("/gave-up" if step.state == "completed" else f"/{step.rings}")


def step_after(step: Step | None, moves: list[Move]) -> Step:
    """The step as the moves leave it."""
    for move in moves:
        if isinstance(move, New) and move.table == "step":
            step = record(Step, {**move.values, "id": 5})
        elif isinstance(move, Put) and move.table == "step":
            assert step is not None
            step = step.replace(**move.changes)
    assert step is not None
    return step


def keys_of(moves: list[Move]) -> list[str]:
    """The keys of the messages that the moves make."""
    return [move.values["key"] for move in moves if isinstance(move, New) and move.table == "message"]
