"""What changes of clocks do to the slots of a rule, in words. Makes no slots of its own."""

from datetime import datetime, timedelta

from assistant.when.names import clock, day_and_month
from assistant.when.seconds import DAY, instant_seconds, offset_at, to_datetime
from assistant.when.walls import wall_days
from assistant.when.written import Rule, parse
from assistant.when.zone import load, next_change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.when.values import Conventions

_YEAR = timedelta(days=366)


def dst_notes(text: str, zone: str, now: datetime, conventions: "Conventions") -> tuple[str, ...]:
    """What changes of clocks within a year do to the slots of a rule; a rule that elapses is left alone by them.

    >>> from datetime import UTC
    >>> from assistant.when.values import Conventions
    >>> rule = "DTSTART:20260101T023000\\nRRULE:FREQ=DAILY"
    >>> dst_notes(rule, "Europe/Berlin", datetime(2026, 6, 1, tzinfo=UTC), Conventions("Europe/Berlin"))
    ('fires once on 25 Oct, the first 02:30', 'rings at 03:30 on 28 Mar (02:30 does not exist)')
    """
    rule = parse(text)
    notes: list[str] = []
    change = now
    while rule.elapsed is None and (later := next_change(change, now + _YEAR, zone)) is not None:
        change = later
        note = _note(rule, instant_seconds(change), zone, conventions)
        notes += [note] if note else []
    return tuple(notes)


def _note(rule: Rule, change: int, zone: str, conventions: "Conventions") -> str | None:
    place = load(zone)
    before, after = offset_at(change - 1, place), offset_at(change, place)
    low, high = change + min(before, after), change + max(before, after)
    days = wall_days(rule, low // DAY, high // DAY, zone, conventions)
    walls = [wall for times in days for wall in (times.day * DAY + second for second in times.seconds)]
    walls = [wall for wall in walls if low <= wall < high]
    if not walls:
        return None
    shift = after - before
    day = day_and_month(to_datetime(walls[0] + max(shift, 0)))
    if shift < 0:
        return f"fires once on {day}, the first {_run(walls)}"
    missing = "does" if len(walls) == 1 else "do"
    return f"rings at {_run([wall + shift for wall in walls])} on {day} ({_run(walls)} {missing} not exist)"


def _run(walls: list[int]) -> str:
    first, last = clock(to_datetime(walls[0])), clock(to_datetime(walls[-1]))
    return first if len(walls) == 1 else f"{first} to {last}"
