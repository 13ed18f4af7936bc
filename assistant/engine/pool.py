"""A bounded pool of threads for work that waits on the outside. Knows nothing of what the work is.

A thread that breaks hands its error to the thread that asks: a lane without an end would hold the tick for ever.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.engine.tick import Work


class Pool:
    """Runs one call a lane, some lanes at once; results come back to the thread that asks."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self.started = 0
        self._busy: set[str] = set()
        self._results: Any = None

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._busy)

    @property
    def full(self) -> bool:
        """Whether no lane is free."""
        return len(self._busy) >= self.lanes

    def has(self, lane: str) -> bool:
        """Whether a lane is under way."""
        return lane in self._busy

    def start(self, lane: str, work: "Work", call: "Callable[[Work], Any]") -> None:
        """Run the call in a thread of its own. The thread is a daemon: a killed tick does not wait for it."""
        import threading
        from _queue import SimpleQueue

        if self._results is None:
            self._results = SimpleQueue()
        self._busy.add(lane)
        self.started += 1
        results = self._results

        def run() -> None:
            try:
                results.put((lane, work, call(work), None))
            except BaseException as error:  # noqa: BLE001 - raised again by `wait`
                results.put((lane, work, None, error))

        threading.Thread(target=run, name=lane, daemon=True).start()

    def wait(self, seconds: float) -> "tuple[str, Work, Any] | None":
        """The next result, or None where none came in that time."""
        from _queue import Empty

        try:
            lane, work, result, error = self._results.get(timeout=seconds)
        except Empty:
            return None
        self._busy.discard(lane)
        if error is not None:
            raise error
        return lane, work, result
