"""Make a reminder: a schedule of the built-in workflow, with one slot or many."""

from datetime import datetime

from assistant.app import words
from assistant.app.home import Heartbeat, read_heartbeat, read_scheduler
from assistant.app.items import Item, item_of
from assistant.app.session import Session
from assistant.core.limits import BOUND, COUNTED
from assistant.core.moves import Move, New, Ref
from assistant.errors import NotFound, NoTime, UsageError
from assistant.jsontext import dump
from assistant.ports.records import Schedule
from assistant.store import find
from assistant.value import Value
from assistant.when import zone as zones
from assistant.when.values import Reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.app.bound_time import Bound
    from assistant.store.write import Writing

REPEAT_S = [900]
BUILT_IN_CHANNELS = ("terminal", "desktop")


class Wish(Value):
    """What `ask remind` was told."""

    __slots__ = (
        "text", "at", "every", "until_ack", "repeat", "if_late", "useless_after", "channel", "severity", "key",
        "priority", "project", "tags",
    )  # fmt: skip
    text: str
    at: str | None = None
    every: str | None = None
    until_ack: bool = False
    repeat: str | None = None
    if_late: str = "run"
    useless_after: str | None = None
    channel: str | None = None
    severity: str = "normal"
    key: str | None = None
    priority: str = "normal"
    project: str | None = None
    tags: tuple[str, ...] = ()


class SchedulerState(Value):
    """Whether anything ticks."""

    __slots__ = ("installed", "last_tick_at")
    installed: bool
    last_tick_at: str | None


class Reminded(Value):
    """A reminder that was made, or that was there already under the same key."""

    __slots__ = ("item", "next", "scheduler", "duplicate", "channel", "notes", "until_ack", "if_late", "useless_after")
    item: Item
    next: tuple[datetime, ...]
    scheduler: SchedulerState
    duplicate: bool
    channel: tuple[str, ...]
    notes: tuple[str, ...]
    until_ack: bool
    if_late: str
    useless_after: int | None  # seconds


def remind(session: Session, wish: Wish) -> Reminded:
    """Keep a reminder. Time words in the text are taken out of it, unless `at` or `every` give the time."""
    _check_flags(session, wish)
    title, reading, bound = understood(session, wish)
    with session.writing() as writing:
        if wish.key:
            known = find.by_key(session.con, "schedule", wish.key)
            if isinstance(known, Schedule):
                return reminded(session, known, duplicate=True)
        ref = Ref("schedule")
        number = Ref("number")
        moves: list[Move] = [New("number", number, {"kind": "schedule"}, "reminder has a number")]
        values = schedule_values(session, reading)
        values |= {
            "id": number,
            "workflow_id": reminder_workflow(writing, *ladder_of(session, wish, reading)),
            "title": title,
            "state": "active",
            "inputs": {"text": title, "channel": wish.channel, "severity": wish.severity, **bound},
            "if_late": wish.if_late,
            "useless_after": _seconds(wish.useless_after),
            "priority": wish.priority,
            "project": None if wish.project is None else words.title(wish.project, "the project"),
            "tags": [words.title(tag, "the tag") for tag in wish.tags],
            "key": wish.key,
            "created_at": session.now,
        }
        moves.append(New("schedule", ref, values, "reminder made"))
        writing.apply(moves)
        made = find.item(session.con, writing.id_of(ref))
    assert isinstance(made, Schedule)  # noqa: S101 - it was made in the transaction above
    return reminded(session, made, duplicate=False, notes=reading.notes)


def with_time(session: Session, wish: Wish, missing: NoTime, phrase: str) -> Wish:
    """A wish that named no time, with the one that was said since."""
    reading = words.read_words(session, phrase)
    time = {"every" if reading.kind == "recurrence" else "at": phrase}
    return wish.replace(text=missing.left, **time)


def reminded(session: Session, schedule: Schedule, duplicate: bool, notes: tuple[str, ...] = ()) -> Reminded:
    """What is said of a reminder after it was made or changed."""
    from assistant.store.due import workflow

    spec = workflow(session.con, schedule.workflow_id).spec
    chosen = schedule.inputs.get("channel")
    channels = (chosen, *(c for c in session.channels if c != chosen)) if chosen else session.channels
    return Reminded(
        item_of(session, schedule),
        next_slots(session, schedule, 3),
        scheduler_state(session),
        duplicate,
        channels,
        notes,
        spec["steps"][0].get("until") == "ack" if schedule.workflow_id else False,
        schedule.if_late,
        schedule.useless_after,
    )


def next_slots(session: Session, schedule: Schedule, most: int) -> tuple[datetime, ...]:
    """The next slots of a schedule, in its zone."""
    if schedule.next_at is None:
        return ()
    place = zones.load(schedule.zone)
    found = [schedule.next_at]
    if schedule.rule and COUNTED not in schedule.rule:
        from assistant.when import rule

        for slot in rule.slots(schedule.rule, schedule.next_at, schedule.zone, session.conventions):
            if len(found) == most:
                break
            found.append(slot)
    return tuple(slot.astimezone(place) for slot in found[:most])


def scheduler_state(session: Session) -> SchedulerState:
    """What the two small files say of the scheduler."""
    beat: Heartbeat | None = read_heartbeat(session.home)
    return SchedulerState(read_scheduler(session.home) is not None, beat.ended_at if beat else None)


def schedule_values(session: Session, reading: Reading) -> "dict[str, object]":
    """The columns of a schedule that a reading decides."""
    at = reading.at
    assert at is not None  # noqa: S101 - refused before where it is none
    return {
        "rule": reading.rule,
        "wall": zones.to_wall(at, reading.zone).isoformat("T", "seconds"),
        "zone": reading.zone,
        "floating": int(not (reading.pinned or reading.elapsed or session.zone_was_said)),
        "next_at": at,
        "snoozed_to": None,
    }


def reminder_workflow(
    writing: "Writing", repeat: list[int] | None, escalate: "list[dict[str, Any]] | None" = None
) -> int:
    """The version of the built-in workflow with these repeats and rungs; with None it is open until it is sent."""
    more: dict[str, Any] = {"until": "sent" if repeat is None else "ack"}
    if repeat:
        more["repeat"] = repeat
    if escalate:
        more["escalate"] = escalate
    return _version(writing, more)


def bundled_workflow(writing: "Writing") -> int:
    """The version that is over when its message waits to go out: it may go out with others, or in a brief."""
    return _version(writing, {})


def _version(writing: "Writing", more: "dict[str, Any]") -> int:
    """The version of the built-in workflow whose step says this of its end; made the first time it is needed."""
    step: dict[str, object] = {
        "id": "ring",
        "notify": {
            "text": "{{ inputs.text }}",
            "channel": "{{ inputs.channel }}",
            "severity": "{{ inputs.severity }}",
        },
        **more,
    }
    spec = dump({"name": "reminder", "steps": [step]})
    known = writing.con.execute("select id from workflow where name = 'reminder' and spec = ?", (spec,)).fetchone()
    if known is not None:
        return int(known[0])
    import hashlib

    version = writing.con.execute(
        "select coalesce(max(version), 0) + 1 from workflow where name = 'reminder'"
    ).fetchone()[0]
    ref = Ref("workflow")
    values = {
        "name": "reminder",
        "version": version,
        "spec": {"name": "reminder", "steps": [step]},
        "hash": hashlib.sha256(spec.encode()).hexdigest(),
        "state": "active",
        "created_at": writing.now,
    }
    writing.apply([New("workflow", ref, values, "built-in workflow kept")])
    return writing.id_of(ref)


def ladder_of(session: Session, wish: Wish, reading: Reading) -> "tuple[list[int] | None, list[dict[str, Any]]]":
    """How it rings until it is answered: its repeats, and its rungs.

    The repeats are None where no answer is asked for, and empty where it rings once and waits.
    """
    if wish.repeat is not None:
        return words.durations(wish.repeat, "--repeat"), []
    if wish.until_ack:
        return usual_ladder(session)
    return ([], []) if reading.rule and COUNTED in reading.rule else (None, [])


def usual_ladder(session: Session) -> "tuple[list[int], list[dict[str, Any]]]":
    """How a reminder goes on that must be answered and has no ladder of its own: every 15 minutes, or as preferred."""
    if "escalation" not in session.kept:
        return REPEAT_S, []
    from assistant.app.escalation import read_ladder, rungs_of

    ladder = read_ladder(session.kept["escalation"])
    return list(ladder.repeat), rungs_of(ladder, "{{ inputs.text }}", {"severity": "{{ inputs.severity }}"})


def _seconds(text: str | None) -> int | None:
    return int(words.duration(text, "--useless-after").total_seconds()) if text is not None else None


def _check_flags(session: Session, wish: Wish) -> None:
    words.one_of("--if-late", wish.if_late, words.IF_LATE)
    words.one_of("--severity", wish.severity, words.SEVERITIES)
    words.one_of("--priority", wish.priority, words.PRIORITIES)
    if wish.key is not None:
        words.title(wish.key, "the key")
    if wish.repeat is not None:
        words.durations(wish.repeat, "--repeat")
    _seconds(wish.useless_after)
    check_channel(session, wish.channel)


def check_channel(session: Session, name: str | None) -> None:
    """Refuse a channel that was never added."""
    if name is None or name in BUILT_IN_CHANNELS:
        return
    row = session.reading.execute("select 1 from channel where name = ? and removed_at is null", (name,)).fetchone()
    if row is None:
        raise NotFound(f"There is no channel {name!r}.", f"ask channel add {name} URL; ask channel list shows all")


def understood(session: Session, wish: Wish) -> "tuple[str, Reading, dict[str, Any]]":
    """What it says, when, and among the inputs the event of a calendar to which that time is bound."""
    if wish.every is not None:
        reading = words.recurrence(session, wish.every, wish.at)
        return words.title(wish.text), reading, {}
    if wish.at is not None:
        bound = _bound(session, words.read_words(session, wish.at)) if _may_name_an_event(wish.at) else None
        if bound is not None and not bound.rest:
            return words.title(wish.text), bound.reading, {BOUND: bound.binding.as_input()}
        reading = words.instant(session, wish.at, "--at")
        words.future(session, reading)
        return words.title(wish.text), reading, {}
    text = words.title(wish.text)
    # `ask remind me to …`: the verb is the command itself, and belongs to the sentence.
    reading = words.read_words(session, f"remind {text}" if text.lower().startswith("me ") else text)
    bound = _bound(session, reading)
    if bound is not None:
        return words.title(bound.reading.message), bound.reading, {BOUND: bound.binding.as_input()}
    return *_timed(session, text, reading), {}


def _bound(session: Session, reading: Reading) -> "Bound | None":
    """The time of an event to come that is named beside a day, or alone: `after the vendor call`."""
    if reading.kind == "recurrence" or reading.clock or reading.hint is not None:
        return None
    if not _may_name_an_event(reading.message):
        return None
    from assistant.app.bound_time import bound_time

    bound = bound_time(session, reading)
    if bound is not None:
        words.future(session, bound.reading)
    return bound


def _may_name_an_event(text: str) -> bool:
    return not {"after", "before"}.isdisjoint(text.lower().split())


def _timed(session: Session, text: str, reading: Reading) -> tuple[str, Reading]:
    if reading.kind == "none":
        if reading.hint is not None:
            raise words.not_understood(reading, text, 'ask remind "{}"')
        raise _no_time(reading.message or text)
    reading = words.settled(session, reading)
    if reading.kind == "instant":
        words.future(session, reading)
    if not reading.message.strip():
        raise UsageError(
            f'"{words.shortened(text)}" is a time, and says nothing of what to remind you of. Nothing was kept.',
            'ask remind "call mum" tomorrow at 9',
        )
    return words.title(reading.message), reading


def _no_time(text: str) -> NoTime:
    said = words.shortened(text)
    error = NoTime(
        f'"{said}" names no time. Nothing was kept.',
        f'say when: ask remind "{said}" --at "tomorrow 9:00" · without a time: ask add "{said}"',
    )
    error.left = text
    return error
