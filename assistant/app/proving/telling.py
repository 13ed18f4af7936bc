"""Hear what happens in a story: out there, and in the journal after each commit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.instants import from_text
from assistant.store import audit
from assistant.when.zone import to_wall

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.app.proving.play import Play

TABLES = frozenset({"slot", "job", "step", "request", "event", "task", "service", "standing", "schedule"})


class Ear:
    """Listens to one play."""

    def __init__(self, hear: Callable[[str, str], None]) -> None:
        self._hear = hear
        self._line = 0

    def listen(self, play: "Play") -> None:
        """Hear it from now on."""
        self._line = audit.newest_line(play.con)
        zone = play.prepared.conventions.zone

        def told(words: str) -> None:
            self._read(play, zone)
            if words:
                self._hear(_shown(play.outside.now, zone), words)

        play.outside.told = told

    def _read(self, play: "Play", zone: str) -> None:
        """What was committed since the last time."""
        if play.con.in_transaction:
            return
        rows = audit.rows_of(play.con)
        of_job = " of job {}" if len(rows.jobs) > 1 else ""
        paths = {str(step.id): step.path + of_job.format(step.job_id) for step in rows.steps}
        for line in audit.lines_after(play.con, self._line):
            self._line = line.id
            if line.tab in TABLES:
                name = paths.get(line.row, line.row) if line.tab == "step" else line.row
                self._hear(_shown(from_text(line.at), zone), f"  {line.tab} {name}: {line.what}")


def _shown(at: "datetime", zone: str) -> str:
    wall = to_wall(at, zone)
    return f"{wall:%a} {wall.day:>2} {wall:%b %H:%M:%S}"
