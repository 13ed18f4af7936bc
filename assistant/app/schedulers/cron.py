"""One line in the person's crontab, marked with the home it serves (POSIX crontab)."""

import io
import os
import shlex

from assistant.app.schedulers.machine import Machine
from assistant.app.schedulers.order import SYSTEM_PATH, Change, Order
from assistant.errors import AskError, NotPossible, UsageError

LONGEST = 990  # Vixie cron refuses a command of 1,000 bytes
DAEMONS = frozenset({"cron", "crond", "fcron", "busybox"})


def is_there(machine: Machine) -> bool:
    """Whether there is a `crontab` that answers."""
    return not machine.run("crontab", "-l").is_missing


def entry(_machine: Machine, order: Order) -> str:
    """The crontab line.

    Every minute, in sh: a percent sign would end the command, so it is escaped; all else is quoted for the shell.
    """
    fixed = order.replace(folders=SYSTEM_PATH)
    if _length(fixed) > LONGEST:
        raise UsageError(f"The paths are too long for cron: {_length(fixed)} bytes.", "use a shorter ASK_HOME")
    folders = order.folders
    while _length(order.replace(folders=folders)) > LONGEST:
        folders = (*[f for f in folders if f not in SYSTEM_PATH][:-1], *SYSTEM_PATH)
    return f"* * * * * {_command(order.replace(folders=folders))}"


def place(machine: Machine, order: Order) -> str:
    """The line itself."""
    return entry(machine, order)


def _command(order: Order) -> str:
    variables = [f"{name}={shlex.quote(value)}" for name, value in order.environment.items()]
    words = [*variables, *map(shlex.quote, order.argv), f">{shlex.quote(order.log)}", "2>&1"]
    return _escaped(" ".join(words)) + _mark(order)


def _length(order: Order) -> int:
    return len(os.fsencode(_command(order)))


def _mark(order: Order) -> str:
    return f" # ask {_escaped(order.home)}"


def _escaped(text: str) -> str:
    r"""Text as cron hands it on unchanged. Crons differ in what two backslashes mean, so those are refused.

    >>> _escaped("90% done")
    '90\\% done'
    """
    if "\\\\" in text or "\\%" in text:
        raise UsageError(f"cron cannot take the path in {text!r}.", "use one without backslashes")
    return text.replace("%", "\\%")


def put(machine: Machine, order: Order) -> Change:
    """Add the line, or put it where the older one of this home stood; every other byte stays."""
    line = os.fsencode(entry(machine, order)) + b"\n"
    before = _read(machine)
    kept = _lines(before)
    ours = [place for place, old in enumerate(kept) if _is_ours(old, order)]
    if [kept[place] for place in ours] == [line]:
        return Change.UNCHANGED
    if ours:
        kept[ours[0]] = line
        for extra in reversed(ours[1:]):
            del kept[extra]
    else:
        if kept and not kept[-1].endswith(b"\n"):
            kept[-1] += b"\n"
        kept.append(line)
    _write(machine, b"".join(kept))
    if line not in _lines(_read(machine)):
        raise AskError("crontab took the line and did not keep it.", "crontab -l shows what it holds")
    return Change.REPLACED if ours else Change.ADDED


def take_out(machine: Machine, order: Order) -> bool:
    """Remove the line; every other byte stays."""
    before = _read(machine)
    kept = b"".join(line for line in _lines(before) if not _is_ours(line, order))
    if kept == before:
        return False
    _write(machine, kept)
    return True


def fault(machine: Machine, order: Order) -> str | None:
    """Why cron will not tick: no line, a line for a program that is gone or in another zone, no daemon."""
    ours = [line for line in _lines(_read(machine)) if _is_ours(line, order)]
    if not ours:
        return "the crontab has no line of this home"
    if len(ours) > 1:
        return f"the crontab has {len(ours)} lines of this home"
    command = os.fsdecode(ours[0]).replace("\\%", "%")
    for path in order.argv[:2]:
        if shlex.quote(path) not in command:
            return f"the crontab's line does not call {path}"
    for name, value in order.variables:
        if f"{name}={shlex.quote(value)} " not in command:
            return f"the crontab's line does not set {name} to {value}"
    return None


def daemon() -> str | None:
    """The process that serves crontabs, as `name pid`, or None where none runs."""
    from assistant.app.liveness import started

    try:
        pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return None
    for pid in sorted(pids):
        try:
            with open(f"/proc/{pid}/comm", encoding="utf-8", errors="replace") as file:
                name = file.read().strip()
            if name in DAEMONS and _serves_crontabs(name, pid) and started(pid) is not None:
                return f"{name} {pid}"
        except OSError:
            continue  # it ended while we looked
    return None


def _serves_crontabs(name: str, pid: int) -> bool:
    if name != "busybox":
        return True
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return b"crond" in file.read()


def notes(_machine: Machine) -> tuple[str, ...]:
    """That no daemon runs, where none does."""
    if os.path.isdir("/proc/self") and daemon() is None:
        return ("no cron daemon is running; start it: service cron start",)
    return ()


def ways(_machine: Machine, order: Order) -> tuple[str, ...]:
    """Where to look when no tick comes."""
    return (
        "is the cron daemon running? systemctl status cron (or: service cron status)",
        "may you use cron? /etc/cron.allow, /etc/cron.deny",
        f"what did the tick say? {order.log}",
        "until it ticks: ask watch",
    )


def _is_ours(line: bytes, order: Order) -> bool:
    return line.startswith(b"* * * * * ") and line.rstrip(b"\n").endswith(os.fsencode(_mark(order)))


def _lines(crontab: bytes) -> list[bytes]:
    """Lines with their ends. Not `splitlines`, which also splits at characters that end no line of a crontab."""
    return io.BytesIO(crontab).readlines()


def _read(machine: Machine) -> bytes:
    ran = machine.run("crontab", "-l")
    if ran.code == 0:
        return ran.out
    if ran.is_missing:
        raise NotPossible("There is no crontab on this machine.", "apt-get install cron, or: ask watch")
    said = ran.said.lower()
    if "no crontab" in said or ("no such file" in said and "crontab" in said):  # Vixie and cronie, busybox
        return b""
    raise _refused(ran.said)


def _write(machine: Machine, crontab: bytes) -> None:
    ran = machine.run("crontab", "-", given=crontab)
    if ran.code != 0:
        raise _refused(ran.said)


def _refused(said: str) -> AskError:
    text = " ".join(said.split()) or "it gave no reason"
    return NotPossible(f"crontab refused: {text}", "ask whoever runs this machine to allow cron, or: ask watch")
