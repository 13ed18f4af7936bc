"""A change of the preferred zone moves what was meant by the wall clock, and nothing else."""

from typing import Any


def _next(ask: Any, number: int) -> str:
    found: str = ask.json("show", str(number), "--tz", "UTC")["next_at"]
    return found


def test_what_floats_moves_and_what_is_elapsed_or_pinned_stays(ask: Any) -> None:
    """`tomorrow at 9` is nine o'clock in the new zone; `in 2 hours` and `9am UTC` are what they were."""
    floats = ask.json("remind", "call mum tomorrow at 9")["id"]
    elapsed = ask.json("remind", "stretch in 2 hours")["id"]
    pinned = ask.json("remind", "ring the office at 9am UTC tomorrow")["id"]
    daily = ask.json("remind", "stand-up every day at 9:25")["id"]
    before = [_next(ask, number) for number in (floats, elapsed, pinned, daily)]
    ask.ok("pref", "set", "timezone", "America/New_York")
    after = [_next(ask, number) for number in (floats, elapsed, pinned, daily)]
    assert (before[0], after[0]) == ("2026-11-24T08:00:00+00:00", "2026-11-24T14:00:00+00:00")
    assert before[1:3] == after[1:3]
    assert (before[3], after[3]) == ("2026-11-24T08:25:00+00:00", "2026-11-24T14:25:00+00:00")
    ask.ok("undo")
    assert [_next(ask, number) for number in (floats, elapsed, pinned, daily)] == before
