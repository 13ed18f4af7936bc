"""The virtual world of the proofs, which is also that of `ask workflow test`."""

from assistant.app.proving.store import Connection, open_store
from assistant.app.proving.world import START, Died, Outside, VirtualWorld

BERLIN = "Europe/Berlin"

__all__ = ["BERLIN", "START", "Connection", "Died", "Outside", "VirtualWorld", "open_store"]
