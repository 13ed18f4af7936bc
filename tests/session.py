"""A session of a person at a store in memory, by the virtual clock. The use cases do not see the difference."""

from typing import TYPE_CHECKING

from assistant.app.session import Session
from assistant.core.moves import New, Ref
from assistant.store.write import Writing

if TYPE_CHECKING:
    from tests.engine.stories import Run


class StoreSession(Session):
    """One command of the person, at the run's store and its present moment."""

    def __init__(self, run: "Run", words: str = "") -> None:
        super().__init__({"ASK_HOME": "/nowhere", "ASK_NOW": run.outside.now.isoformat(), "TZ": "UTC"}, words)
        self._con = run.con
        keep_file_channel(run)

    def jitter(self) -> float:
        """No chance in it."""
        return 0.5


def keep_file_channel(run: "Run") -> None:
    """The channel `file` is there, and is the default one."""
    if run.con.execute("select 1 from channel").fetchone() is not None:
        return
    run.con.outside = None
    with Writing(run.con, "", run.outside.now) as writing:
        channel = {"name": "file", "url": "file:///nowhere/rings.jsonl", "added_at": writing.now}
        preference = {"name": "channel", "value": "file", "set_at": writing.now}
        writing.apply([
            New("channel", Ref("channel"), channel, "added"), New("preference", Ref("preference"), preference, "set"),
        ])  # fmt: skip
    run.con.outside = run.outside
