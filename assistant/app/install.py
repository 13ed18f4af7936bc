"""Install what calls `ask run-due` every minute, take it out again, and wait for the first tick."""

import os
import sys
import time

from assistant.app import clock
from assistant.app.home import Heartbeat, read_heartbeat, read_scheduler
from assistant.app.schedulers import SCHEDULERS
from assistant.app.schedulers.machine import Machine
from assistant.app.schedulers.order import LOG, Change, Order, Program, order_for
from assistant.app.session import Session
from assistant.errors import AskError, NotPossible, StoreReadOnly, UsageError
from assistant.instants import to_text
from assistant.store.connection import store_path
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.app.schedulers import Scheduler

FIRST_TICK_S = 130.0  # two full minutes, and some
LOOK_S = 0.25
WHAT = {"cron": ("one line", "marked"), "systemd": ("a user timer", "named"), "launchd": ("an agent", "named")}


class Installed(Value):
    """What calls `ask` every minute. `at` is when it was put there: a tick that began after it proves it."""

    __slots__ = ("kind", "entry", "change", "at", "said", "notes", "ways")
    kind: str
    entry: str
    change: Change
    at: str  # stored text, by the real clock: schedulers know no ASK_NOW
    said: str
    notes: tuple[str, ...]
    ways: tuple[str, ...]  # what to look at if no tick comes


class Uninstalled(Value):
    """The kinds that were taken out; none where nothing was installed."""

    __slots__ = ("kinds", "said")
    kinds: tuple[str, ...]
    said: str


def install(
    session: Session, kind: str | None = None, *, dry_run: bool = False, program: Program | None = None
) -> Installed:
    """Put the entry of this home in place; without a kind, with what this machine has. Twice is as good as once.

    A tick of the same home by another kind is taken out. `dry_run` only says what would be written.
    """
    machine = Machine(session.environment)
    kind, scheduler = _chosen(machine, kind)
    order = order_for(session, program)
    entry = scheduler.entry(machine, order)
    at = to_text(clock.now({}))
    if dry_run:
        return Installed(kind, entry, Change.UNCHANGED, at, f"{kind}: nothing was changed", (), ())
    _make_store(session)
    try:
        change = scheduler.put(machine, order)
    except OSError as error:
        raise NotPossible(f"{kind}: {error.strerror}: {error.filename}", "ask install --cron, or: ask watch") from error
    others = _take_out_others(machine, order, kind)
    if change is not Change.UNCHANGED or others or (read_scheduler(order.home) or {}).get("kind") != kind:
        _note(order.home, kind, scheduler.place(machine, order), at)
    notes = tuple(f"{other}: taken out, {kind} ticks now" for other in others) + scheduler.notes(machine)
    return Installed(kind, entry, change, at, _said(kind, change, order), notes, scheduler.ways(machine, order))


def uninstall(session: Session) -> Uninstalled:
    """Take out the entry of this home, and leave every other one alone."""
    machine = Machine(session.environment)
    order = order_for(session, Program(sys.executable, "ask"))  # the entry is known by its home, whatever it calls
    noted = (read_scheduler(session.home) or {}).get("kind")
    kinds = tuple(k for k in SCHEDULERS if _takes_out(machine, order, k, must=k == noted))
    if noted:
        os.remove(os.path.join(session.home, "scheduler"))
    if not kinds:
        return Uninstalled((), "nothing was installed for this home")
    return Uninstalled(kinds, f"{', '.join(kinds)}: taken out; all other entries are as they were")


def wait_for_tick(
    home: str,
    after: str,
    seconds: float = FIRST_TICK_S,
    on_wait: "Callable[[float], object] | None" = None,
    look_s: float = LOOK_S,
) -> Heartbeat | None:
    """The first tick that began after an instant (stored text), or None where none came in time.

    Under cron it must be cron's own: a tick of `ask watch` in another window proves nothing. `on_wait` is called with
    the seconds waited, again and again.
    """
    began = time.monotonic()
    emptied = _log_emptied(home)
    while True:
        tick = read_heartbeat(home)
        if tick is not None and tick.began_at > after and (not _by_cron(home) or _log_emptied(home) != emptied):
            return tick
        waited = time.monotonic() - began
        if on_wait is not None:
            on_wait(waited)
        if waited >= seconds:
            return None
        time.sleep(look_s)


def _by_cron(home: str) -> bool:
    return (read_scheduler(home) or {}).get("kind") == "cron"


def _log_emptied(home: str) -> int | None:
    """When the shell that cron starts last emptied the log of the tick; nobody else does."""
    try:
        return os.stat(os.path.join(home, LOG)).st_mtime_ns
    except OSError:
        return None


def _chosen(machine: Machine, kind: str | None) -> "tuple[str, Scheduler]":
    if kind is not None:
        if kind not in SCHEDULERS:
            raise UsageError(f"There is no scheduler {kind!r}.", "use --cron, --launchd or --systemd")
        return kind, SCHEDULERS[kind]
    for name, scheduler in SCHEDULERS.items():
        if scheduler.is_there(machine):
            return name, scheduler
    raise NotPossible(
        "This machine has neither launchd, nor a systemd session, nor a crontab.",
        "ask watch ticks while its window is open; or: apt-get install cron",
    )


def _said(kind: str, change: Change, order: Order) -> str:
    what, how = WHAT[kind]
    if change is Change.UNCHANGED:
        return f"{kind}: already there, nothing was changed. Take it out: ask uninstall"
    name = "ask" if kind == "cron" else order.name
    return f'{kind}: {what} {change.value}, every minute, {how} "{name}". Take it out: ask uninstall'


def _take_out_others(machine: Machine, order: Order, kind: str) -> list[str]:
    noted = (read_scheduler(order.home) or {}).get("kind")
    return [k for k in SCHEDULERS if k != kind and k == noted and _takes_out(machine, order, k, must=False)]


def _takes_out(machine: Machine, order: Order, kind: str, *, must: bool) -> bool:
    """Whether an entry was taken out. A scheduler that is not here holds none; a refusal counts where it `must`."""
    try:
        return SCHEDULERS[kind].take_out(machine, order)
    except AskError:
        if must and SCHEDULERS[kind].is_there(machine):
            raise
        return False


def _make_store(session: Session) -> None:
    """Where there is no store a tick has nothing to beat for, and the self-test would wait in vain."""
    if not os.path.exists(store_path(session.home)):
        _ = session.con


def _note(home: str, kind: str, place: str, at: str) -> None:
    path = os.path.join(home, "scheduler")
    half = f"{path}.{os.getpid()}"
    try:
        with open(os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(f"kind {kind}\nentry {place}\ninstalled_at {at}\n")
        os.replace(half, path)
    except OSError as error:
        said = f"{home} cannot be written: {error.strerror}."
        raise StoreReadOnly(said, "make it writable, or set ASK_HOME") from error
