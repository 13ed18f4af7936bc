"""What a scheduler is to run: which program, for which home, in which environment. Writes nothing."""

import hashlib
import os
import sys
from enum import Enum

from assistant.app import clock
from assistant.app.home import home_folder
from assistant.app.session import Session
from assistant.errors import NotPossible, UsageError
from assistant.value import Value

SYSTEM_PATH = ("/usr/local/bin", "/usr/bin", "/bin")
LOG = "tick.log"


class Change(Enum):
    """What became of the entry."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


class Program(Value):
    """The interpreter and the script that make up the command, both absolute."""

    __slots__ = ("interpreter", "script")
    interpreter: str
    script: str


class Order(Value):
    """What to run every minute. `variables` are what the bare environment of a scheduler lacks, but for PATH."""

    __slots__ = ("home", "folders", "is_default", "program", "variables")
    home: str
    folders: tuple[str, ...]  # PATH
    is_default: bool  # the home is the one that `ask` takes by itself
    program: Program
    variables: tuple[tuple[str, str], ...]

    @property
    def argv(self) -> tuple[str, ...]:
        """The command."""
        return (self.program.interpreter, self.program.script, "run-due")

    @property
    def environment(self) -> dict[str, str]:
        """All variables the command is given."""
        return {"PATH": ":".join(self.folders), **dict(self.variables)}

    @property
    def log(self) -> str:
        """Where the tick's own output goes."""
        return os.path.join(self.home, LOG)

    @property
    def name(self) -> str:
        """A name for files: two homes have two.

        >>> Order("/h", (), True, Program("p", "s"), ()).name
        'ask'
        >>> Order("/h", (), False, Program("p", "s"), ()).name
        'ask-141582aa'
        """
        return "ask" if self.is_default else f"ask-{hashlib.sha256(os.fsencode(self.home)).hexdigest()[:8]}"


def order_for(session: Session, program: Program | None = None) -> Order:
    """The order of a session's home and zone. Paths with control characters, which no scheduler takes, are refused."""
    program = program or this_program(sys.executable, sys.argv[0])
    default = session.home == home_folder({})
    variables = [("TZ", clock.system_zone(session.environment))]
    if not default:
        variables.append(("ASK_HOME", session.home))
    bus = session.environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if bus.startswith("unix:path=/run/user/") and _is_plain(bus):
        variables.append(("DBUS_SESSION_BUS_ADDRESS", bus))  # desktop messages and the keyring go over it
    for path in (session.home, program.interpreter, program.script):
        if not _is_plain(path):
            raise UsageError(f"No scheduler takes the path {path!r}.", "use one without line breaks")
    folders = _folders(session.environment.get("PATH", ""))
    return Order(session.home, folders, default, program, tuple(variables))


def this_program(interpreter: str, called: str) -> Program:
    """This `ask`: the script beside its interpreter, else the one that was called."""
    beside = os.path.join(os.path.dirname(interpreter), "ask")
    for script in (beside, os.path.abspath(called)):
        if os.path.basename(script) == "ask" and os.path.isfile(script):
            return Program(os.path.abspath(interpreter), script)
    raise NotPossible(f"The script of ask is not at {beside}.", "install ask again, then: ask install")


def _folders(path: str) -> tuple[str, ...]:
    """The folders of a PATH that a scheduler can use, and the system's own at the end."""
    given = [folder for folder in path.split(":") if os.path.isabs(folder) and _is_plain(folder)]
    there = [folder for folder in given if os.path.isdir(folder)]
    return tuple(dict.fromkeys([*there, *SYSTEM_PATH]))


def _is_plain(text: str) -> bool:
    return not any(ord(letter) < 32 or ord(letter) == 127 for letter in text)
