"""Set, show and forget preferences. A change of zone moves what floats."""

from datetime import datetime

from assistant.app.preference_forms import channels_in
from assistant.app.preferences import PREFERENCES, preference
from assistant.app.session import Session
from assistant.core.limits import COUNTED
from assistant.core.moves import Move, New, Put, Ref
from assistant.errors import UsageError
from assistant.ports.records import Schedule
from assistant.store.rows import select
from assistant.store.write import Writing
from assistant.value import Value
from assistant.when import rule, zone


class Kept(Value):
    """A preference as it now is, and how many floating reminders moved with it."""

    __slots__ = ("name", "value", "moved")
    name: str
    value: str | None
    moved: int = 0


class Shown(Value):
    """A preference with its meaning."""

    __slots__ = ("name", "value", "default", "meaning")
    name: str
    value: str | None
    default: str | None
    meaning: str


def set_preference(session: Session, name: str, text: str) -> Kept:
    """Keep a preference; a wrong value is refused with the right form."""
    known = preference(name)
    value = known.normal(text.strip())
    if name == "channel":
        from assistant.app.remind import check_channel

        check_channel(session, value)
    elif name in ("quiet_hours", "people"):
        _check_channels(session, name, value)
    elif name == "escalation":
        _check_ladder(session, value)
    with session.writing() as writing:
        _write(writing, name, value)
        moved = _move_floating(session, writing, value) if name == "timezone" else 0
    session.forget()
    return Kept(name, value, moved)


def take_in(session: Session, writing: Writing, name: str, text: str) -> bool:
    """Keep the preference of an export in the open transaction; False where it is set here."""
    if writing.con.execute("select 1 from preference where name = ?", (name,)).fetchone() is not None:
        return False
    value = preference(name).normal(text)
    if name == "channel":
        from assistant.app.remind import check_channel

        check_channel(session, value)
    elif name in ("quiet_hours", "people"):
        _check_channels(session, name, value)
    _write(writing, name, value)
    if name == "timezone":
        _move_floating(session, writing, value)
    session.forget()
    return True


def _check_channels(session: Session, name: str, value: str) -> None:
    """A channel that is named must be there: a mistyped one would hold nothing, or reach nobody."""
    from assistant.app.remind import check_channel
    from assistant.jsontext import load

    if name == "quiet_hours":
        named = channels_in(value)
    else:
        named = [known["channel"] for known in load(value).values() if "channel" in known]
    for channel in named:
        check_channel(session, channel)


def _check_ladder(session: Session, value: str) -> None:
    """Who is told, and the channel that rings, must be there: nobody would hear of it otherwise."""
    from assistant.app.escalation import read_ladder
    from assistant.app.remind import check_channel
    from assistant.core.people import reach
    from assistant.jsontext import load

    people = load(session.kept["people"]) if "people" in session.kept else {}
    for rung in read_ladder(value).rungs:
        if rung.verb == "on":
            check_channel(session, rung.name)
        elif rung.name is not None:
            try:
                reach(people, rung.name, session.now, session.zone)
            except ValueError as error:
                raise UsageError(f"escalation: {error}.", "see who is there: ask pref get people") from None


def _write(writing: Writing, name: str, value: str) -> None:
    row = writing.con.execute("select value from preference where name = ?", (name,)).fetchone()
    move: Move
    if row is None:
        values = {"name": name, "value": value, "set_at": writing.now}
        move = New("preference", Ref(f"preference:{name}"), values, "preference set")
    else:
        move = Put("preference", name, {"value": value, "set_at": writing.now}, "preference set")
    writing.apply([move])


def unset_preference(session: Session, name: str) -> Kept:
    """Forget a preference; its default holds again."""
    known = preference(name)
    with session.writing() as writing:
        writing.remove_preference(name)
        moved = 0
        if name == "timezone":
            from assistant.app.clock import system_zone

            moved = _move_floating(session, writing, system_zone(session.environment))
    session.forget()
    return Kept(name, known.default, moved)


def get_preference(session: Session, name: str) -> Shown:
    """One preference, with its value or its default."""
    known = preference(name)
    value = session.kept.get(name, known.default)
    if name == "timezone" and value is None:
        value = session.zone
    return Shown(name, value, known.default, known.meaning)


def list_preferences(session: Session) -> list[Shown]:
    """All preferences."""
    return [get_preference(session, known.name) for known in PREFERENCES]


def _move_floating(session: Session, writing: Writing, new_zone: str) -> int:
    """Reminders that were said without a zone keep their wall time, in the new zone."""
    floating = select(writing.con, Schedule, "where floating = 1 and state <> 'ended' and next_at is not null")
    moved = 0
    for schedule in floating:
        if schedule.zone == new_zone:
            continue
        there = _without_due_slots(session, writing, schedule)
        changes = {"zone": new_zone, "next_at": _next_in(session, there, new_zone)}
        writing.apply([Put("schedule", there.id, changes, f"moved to {new_zone}", {"rev": there.rev})])
        moved += 1
    return moved


def _without_due_slots(session: Session, writing: Writing, schedule: Schedule) -> Schedule:
    """What was due before the zone moved was due in the old one: it gets its row, and rings."""
    if schedule.next_at is None or schedule.next_at > session.now:
        return schedule
    from assistant.engine.counts import Counts
    from assistant.engine.slots import wake_schedule

    wake_schedule(writing, session.around(), schedule, Counts(), session.jitter())
    (there,) = select(writing.con, Schedule, "where id = ?", (schedule.id,))
    return there


def _next_in(session: Session, schedule: Schedule, new_zone: str) -> datetime | None:
    if schedule.next_at is None:
        return None
    if schedule.rule is None or COUNTED in schedule.rule:
        return zone.to_instant(zone.to_wall(schedule.next_at, schedule.zone), new_zone)
    after = schedule.last_slot_at or session.now
    found = rule.next_after(schedule.rule, max(after, session.now), new_zone, session.conventions)
    return min((at for at in (found, schedule.snoozed_to) if at is not None), default=None)
