"""What one tick did, counted. Decides nothing."""

from assistant.core.moves import Move, Put


class Counts:
    """Grows while a tick works; `as_dict` is what `run-due --json` shows."""

    NAMES = (
        "slots", "jobs_advanced", "steps_run", "retried", "failed", "completed", "messages_sent", "late", "missed",
    )  # fmt: skip
    __slots__ = NAMES

    def __init__(self) -> None:
        self.slots = self.jobs_advanced = self.steps_run = self.retried = self.failed = 0
        self.completed = self.messages_sent = self.late = self.missed = 0

    def see(self, moves: list[Move]) -> None:
        """Count what moves say happened to steps and messages."""
        for move in moves:
            if not isinstance(move, Put):
                continue
            state = move.changes.get("state")
            if move.table == "message" and state == "sent":
                self.messages_sent += 1
            elif move.table == "step" and state == "failed":
                self.failed += 1
            elif move.table == "step" and state == "waiting" and "error" in move.changes:
                self.retried += 1
            elif move.table == "job" and state == "completed":
                self.completed += 1

    def any(self) -> bool:
        """Whether the tick did anything."""
        return any(getattr(self, name) for name in self.NAMES)

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.NAMES}
