"""What a person does to the schedule of a workflow by its number. Its times stand in the file, not here."""

from datetime import datetime

from assistant.app.change import Change
from assistant.app.session import Session
from assistant.app.workflow_keep import RESTS, end_schedule, path_of
from assistant.errors import NotPossible
from assistant.ports.records import Schedule
from assistant.when import say


def cancel_schedule(change: Change, row: Schedule) -> None:
    """End the series; jobs that it started go on."""
    end_schedule(change.session, change.writing, row, "cancelled")


def refuse_resting(row: Schedule) -> None:
    """A schedule goes on with its workflow, not before it; one that was set aside needs its file mended."""
    if row.reason == RESTS:
        raise NotPossible(
            f"The workflow {row.title} is paused, and schedule {row.id} with it.", f"ask workflow resume {row.title}"
        )
    if row.next_at is None:
        raise NotPossible(
            f"Schedule {row.id} ({row.title}) was {row.reason}.", "mend its file, then: ask workflow add FILE"
        )


def refuse_done(row: Schedule) -> None:
    """There is no open occurrence to be done with: its jobs are items of their own."""
    raise NotPossible(
        f"Schedule {row.id} ({row.title}) starts jobs of a workflow, and none of them asks you anything.",
        f"end the series: ask cancel {row.id} · let it rest: ask pause {row.id}",
    )


def refuse_snooze(row: Schedule, to: datetime, zone: str) -> None:
    """Its times stand in the file; a job at another time is run by hand."""
    when = say.moment(to, zone).rsplit(" ", 1)[0]
    raise NotPossible(
        f"Schedule {row.id} ({row.title}) starts jobs of a workflow; its times stand in the file.",
        f'one at another time: ask run {row.title} --at "{when}"',
    )


def refuse_edit(session: Session, row: Schedule) -> None:
    """Its times, lateness and priority are what the file says."""
    path = path_of(session, row.title)
    raise NotPossible(
        f"Schedule {row.id} belongs to the workflow {row.title}, whose file says when it starts.",
        f"edit {path}, then: ask workflow add {path}",
    )
