"""The folder of one person's assistant, and the two small files in it that are not the store. Opens no store."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

OVERDUE_S = 180


def home_folder(environment: "Mapping[str, str]") -> str:
    """Where everything lies: `ASK_HOME`, else the platform's data folder (a test holds it equal to platformdirs)."""
    given = environment.get("ASK_HOME")
    if given:
        return os.path.abspath(os.path.expanduser(given))
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Application Support/ask")
    data = environment.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
    return os.path.join(data, "ask")


class Heartbeat:
    """What the tick file says: when the last tick began and ended, as stored text, and its outcome."""

    __slots__ = ("began_at", "ended_at", "outcome")

    def __init__(self, began_at: str, ended_at: str, outcome: str) -> None:
        self.began_at = began_at
        self.ended_at = ended_at
        self.outcome = outcome


def read_heartbeat(home: str) -> Heartbeat | None:
    """The last tick, or None where none has ended yet."""
    try:
        with open(os.path.join(home, "tick"), encoding="utf-8") as file:
            lines = dict(line.rstrip("\n").split(" ", 1) for line in file)
        return Heartbeat(lines["began"], lines["ended"], lines["outcome"])
    except (OSError, ValueError, KeyError):
        return None


def write_heartbeat(home: str, began_at: str, ended_at: str, outcome: str) -> None:
    """Replace the tick file by rename. Of two ticks that overlap, the later end stays."""
    last = read_heartbeat(home)
    if last is not None and last.ended_at > ended_at:
        return
    path = os.path.join(home, "tick")
    half = f"{path}.{os.getpid()}"
    handle = os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    try:
        os.write(handle, f"began {began_at}\nended {ended_at}\noutcome {outcome}\n".encode())
    finally:
        os.close(handle)
    os.replace(half, path)


def read_scheduler(home: str) -> "dict[str, str] | None":
    """What `ask install` noted: kind and entry."""
    try:
        with open(os.path.join(home, "scheduler"), encoding="utf-8") as file:
            return dict(line.rstrip("\n").split(" ", 1) for line in file if " " in line)
    except OSError:
        return None
