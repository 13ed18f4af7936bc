"""Let reminders follow the events of calendars to which they are bound. A person who moved one is not overruled."""

from assistant.core.bound import FOLLOWED, GONE, UNSURE, Binding, after, binding_of
from assistant.core.limits import BOUND
from assistant.core.moves import Move, Put
from assistant.engine.situation import Surroundings
from assistant.engine.slots import message_of
from assistant.ports.records import Event, Schedule
from assistant.store.sources import schedules_bound
from assistant.store.write import Writing
from assistant.when import say
from assistant.when.zone import to_wall


def follow(writing: Writing, around: Surroundings, event: Event) -> None:
    """Move what is bound to the event of a calendar, in the open transaction, and say so."""
    if event.name not in FOLLOWED or event.source is None or not isinstance(event.data, dict):
        return
    uid = event.data.get("uid")
    for schedule in schedules_bound(writing.con, uid) if isinstance(uid, str) else ():
        binding = binding_of(schedule.inputs)
        if binding is None or binding.source != event.source or binding.at != schedule.next_at:
            continue
        moves = _moves(around, schedule, binding, event, writing)
        writing.apply(moves, item=schedule.id)


def _moves(around: Surroundings, schedule: Schedule, binding: Binding, event: Event, writing: Writing) -> list[Move]:
    now, found = writing.now, after(binding, event.name, event.data)
    name = f"reminder {schedule.id} ({schedule.title})"
    stays = say.moment(binding.at, schedule.zone)
    if found is None or found == binding:
        return []
    if found == GONE:
        text = f"{binding.title} is cancelled. {name} still rings {stays} · not needed: ask cancel {schedule.id}"
        return message_of(around, schedule, f"event-{event.id}/cancelled", text, "normal", now)
    if found == UNSURE:
        way = f"ask edit {schedule.id} --at WHEN"
        text = f"the series {binding.title} has changed. {name} stays at {stays} · move it: {way}"
        return message_of(around, schedule, f"event-{event.id}/unsure", text, "normal", now)
    assert isinstance(found, Binding)  # noqa: S101 - the two words were dealt with above
    changes: dict[str, object] = {"inputs": {**schedule.inputs, BOUND: found.as_input()}}
    if found.at == binding.at:
        return [Put("schedule", schedule.id, changes, f"{found.title} has changed; its time stands", _fence(schedule))]
    to = say.moment(found.at, schedule.zone)
    changes |= {"next_at": found.at, "wall": to_wall(found.at, schedule.zone).isoformat("T", "seconds")}
    moved: list[Move] = [Put("schedule", schedule.id, changes, f"moved with {found.title} to {to}", _fence(schedule))]
    was = say.clock(to_wall(binding.at, schedule.zone))
    text = f"{name} moved with {found.title}: now {to} (was {was})"
    return moved + message_of(around, schedule, f"event-{event.id}/moved", text, "low", now)


def _fence(schedule: Schedule) -> "dict[str, object]":
    return {"rev": schedule.rev}
