"""A pool without threads: what is handed over is done at once, so that a story is the same each time."""

from typing import TYPE_CHECKING, Any

from assistant.engine.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.engine.tick import Work


class AtOnce(Pool):
    """Does the work of a lane when it is started, and gives it back in that order. Who dies in it, dies there."""

    def __init__(self, lanes: int) -> None:
        super().__init__(lanes)
        self._done: list[tuple[str, Work, Any]] = []

    def start(self, lane: str, work: "Work", call: "Callable[[Work], Any]") -> None:
        """Do it now."""
        self._busy.add(lane)
        self.started += 1
        self._done.append((lane, work, call(work)))

    def wait(self, seconds: float) -> "tuple[str, Work, Any] | None":
        """What was done first."""
        done = self._done.pop(0)
        self._busy.discard(done[0])
        return done
