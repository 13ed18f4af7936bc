"""What calls `ask run-due` every minute: cron, launchd, systemd, one file a kind. None of them opens the store."""

from assistant.app.schedulers import cron, launchd, systemd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from assistant.app.schedulers.machine import Machine
    from assistant.app.schedulers.order import Change, Order

    class Scheduler(Protocol):
        """One kind of scheduler; a module of this folder is one."""

        def is_there(self, machine: Machine) -> bool:
            """Whether this machine has it, and lets this person use it."""

        def entry(self, machine: Machine, order: Order) -> str:
            """What `put` writes, as a person may read it."""

        def place(self, machine: Machine, order: Order) -> str:
            """The entry, or the file it lies in, on one line."""

        def put(self, machine: Machine, order: Order) -> Change:
            """Write the entry, in the place of an older one of the same home; leaves all other entries alone."""

        def take_out(self, machine: Machine, order: Order) -> bool:
            """Remove the entry of this home. Whether there was one."""

        def fault(self, machine: Machine, order: Order) -> str | None:
            """Why it will not tick, or None."""

        def notes(self, machine: Machine) -> tuple[str, ...]:
            """What a person should know of it."""

        def ways(self, machine: Machine, order: Order) -> tuple[str, ...]:
            """What to look at when no tick comes."""


SCHEDULERS: "dict[str, Scheduler]" = {"launchd": launchd, "systemd": systemd, "cron": cron}
