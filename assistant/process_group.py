"""A process and all that it started: send it a signal, and see whether any of it lives. Starts nothing."""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def tell(group: int, number: int) -> bool:
    """Send a signal to all of a group. False where there is nobody who can be told."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):  # macOS refuses signals to the dead, and so do others' processes
        return False
    return True


def lives(group: int) -> bool:
    """Whether a group has more than dead members; where nobody buries them they answer signals for ever."""
    if os.path.isdir("/proc/self"):
        return any(state not in "ZX" for state in _states_of(group))
    return tell(group, 0)


def _states_of(group: int) -> "Iterator[str]":
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
                state, _, its_group = file.read().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group:
            yield state
