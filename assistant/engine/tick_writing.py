"""The write transactions of a tick, and the row of the tick, which its first change makes. Decides nothing."""

from types import TracebackType

from assistant.store.write import Writing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.engine.tick import Tick


class TickWriting(Writing):
    """A write transaction of a tick. The first line of the journal makes the tick's row: one that only found sources
    unchanged moved their bookkeeping on, and did nothing that anybody would look up.
    """

    def __init__(self, tick: "Tick") -> None:
        super().__init__(tick.con, tick.home, tick.world.now(), tick_id=tick.tick_id)
        self._tick = tick

    def journal(self, *line: "Any") -> None:
        """Write a journal line, under the number of the tick."""
        self.have_row()
        super().journal(*line)

    def or_nothing(self, change: "Callable[[], object]") -> Exception | None:
        """As any write does; the row of the tick must not be a part that may be taken back."""
        self.have_row()
        return super().or_nothing(change)

    def have_row(self) -> None:
        """Make the row of the tick, unless it is there."""
        if self.tick_id is None:
            self.begin_tick(self._tick.gap_s)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if error is None:
            self._tick.tick_id = self.tick_id
