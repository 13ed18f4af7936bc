"""`ask run` and `ask emit`: parse, call, show."""

import sys

from assistant.app.session import Session
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.reminders import NOT_TICKING
from assistant.cli.show import in_zone, item_json, item_row, way_back
from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.app.emitting import Emitted
    from assistant.app.remind import SchedulerState
    from assistant.app.running import Started

MOST_BYTES = 1_000_001  # what is read of stdin; one more than may be kept


def run(parsed: Parsed, session: Session) -> Output:
    """Start a job of a workflow."""
    from assistant.app.running import run as start

    name, *given = parsed.words
    made = start(session, name, tuple(given), parsed.get("key"), parsed.get("at"))
    return Output(
        json=lambda: {
            **item_json(made.item, session), "duplicate": made.duplicate, "version": made.workflow.version,
            "superseded": [job.number for job in made.stopped], "dates": made.dates,
            "scheduler": _scheduler(made.scheduler, session),
        },
        ids=lambda: [made.item.id],
        plain=lambda: [item_row(made.item, session)],
        human=lambda: _started_lines(made, session),
        notes=() if made.scheduler.installed or made.duplicate else (f"      {NOT_TICKING}",),
    )  # fmt: skip


def _scheduler(state: "SchedulerState", session: Session) -> "dict[str, Any]":
    from assistant.instants import from_text

    last = state.last_tick_at
    return {"installed": state.installed, "last_tick_at": in_zone(from_text(last), session.tzinfo) if last else None}


def _started_lines(made: "Started", session: Session) -> list[str]:
    """What runs, what happens next and when, and how to take it back."""
    from assistant.app.workflow_words import steps_line

    item = made.item
    lines = [f"  {item.id}  {bold(item.title)} · {steps_line(made.workflow.spec)}"]
    if made.duplicate:
        lines.append(dim("      known under this key: nothing new was made"))
    lines += [f"      {name}: {date}" for name, date in made.dates.items()]
    lines.append(f"      {item.why}")
    lines += [
        f"      job {job.number} is {'stopping' if job.ended_at is None else job.state}: this one takes its place"
        for job in made.stopped
    ]
    return [*lines, dim(f"      see: ask show {item.id} · stop: ask cancel {item.id}{way_back(session)}")]


def emit(parsed: Parsed, session: Session) -> Output:
    """Take in an event."""
    from assistant.app.emitting import emit as take_in

    made = take_in(session, parsed.words[0], _data(parsed.get("data")), parsed.get("key"))
    return Output(
        json=lambda: {
            "event": made.event, "key": made.key, "duplicate": made.duplicate, "woke": made.woke,
            "started": made.started,
        },
        ids=lambda: [*made.woke, *made.started],
        plain=lambda: [
            [made.event, made.key, _newness(made.duplicate), _numbers(made.woke), _numbers(made.started)]
        ],
        human=lambda: _emitted_lines(made),
        notes=() if made.scheduler.installed or not (made.woke or made.started) else (f"      {NOT_TICKING}",),
    )  # fmt: skip


def _data(given: str | None) -> str | None:
    if given != "-":
        return given
    try:
        return sys.stdin.buffer.read(MOST_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"The data is not UTF-8 at byte {error.start}.", "write it anew as UTF-8") from error


def _newness(duplicate: bool) -> str:
    return "duplicate" if duplicate else "new"


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _emitted_lines(made: "Emitted") -> list[str]:
    if made.duplicate:
        return [f"  {bold(made.event)}  known under the key {made.key}: it happens once, nothing follows again"]
    told = [f"woke job {number}: ask why {number}" for number in made.woke]
    told += [f"started job {number}: ask why {number}" for number in made.started]
    nothing = "nothing waits for it, and no trigger takes it; a later wait does not see it"
    return [f"  {bold(made.event)}  kept", *(f"      {line}" for line in told or [nothing])]
