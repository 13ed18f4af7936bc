"""A systemd user timer and its service (systemd.service(5), systemd.timer(5)), named after the home they serve."""

import os

from assistant.app.schedulers.machine import Machine, Ran, reads
from assistant.app.schedulers.order import Change, Order
from assistant.errors import AskError, NotPossible

STATES = frozenset({"running", "degraded", "starting", "initializing", "maintenance"})
TIMER = """\
# ask {home}
[Unit]
Description=Call ask every minute

[Timer]
OnCalendar=*-*-* *:*:00
AccuracySec=1s

[Install]
WantedBy=timers.target
"""
# A child program may outlive a tick that was killed; it holds a lease of its own, so systemd leaves it alone.
SERVICE = """\
# ask {home}
[Unit]
Description=Move forward what is due (ask)

[Service]
Type=oneshot
KillMode=process
ExecStart=/usr/bin/env {words}
"""


def is_there(machine: Machine) -> bool:
    """Whether this person has a systemd session."""
    return _state(machine).out.decode("utf-8", "replace").strip() in STATES


def _state(machine: Machine) -> Ran:
    return machine.run("systemctl", "--user", "is-system-running")


def entry(_machine: Machine, order: Order) -> str:
    """The service, then the timer."""
    return f"{_service(order)}\n{_timer(order)}"


def place(machine: Machine, order: Order) -> str:
    """The timer's file."""
    return _path(machine, order, "timer")


def _service(order: Order) -> str:
    words = [f"{name}={value}" for name, value in order.environment.items()]
    return SERVICE.format(home=order.home, words=" ".join(map(_quoted, [*words, *order.argv])))


def _timer(order: Order) -> str:
    return TIMER.format(home=order.home)


def _quoted(word: str) -> str:
    r"""A word of ExecStart, read back by systemd as it was.

    >>> print(_quoted('a "b" $c 5%'))
    "a \"b\" $$c 5%%"
    """
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("$", "$$"), ("%", "%%")):
        word = word.replace(sign, written)
    return f'"{word}"'


def _path(machine: Machine, order: Order, suffix: str) -> str:
    config = machine.environment.get("XDG_CONFIG_HOME") or os.path.join(machine.person, ".config")
    return os.path.join(config, "systemd", "user", f"{order.name}.{suffix}")


def put(machine: Machine, order: Order) -> Change:
    """Write both units and start the timer. Where that fails, new units do not stay."""
    if not is_there(machine):
        said = _state(machine).said or "systemctl says offline"
        raise NotPossible(f"There is no systemd session here: {said}.", "ask install --cron, or: ask watch")
    was_there = reads(_path(machine, order, "timer")) is not None
    wrote = [
        machine.writes(_path(machine, order, "service"), os.fsencode(_service(order))),
        machine.writes(_path(machine, order, "timer"), os.fsencode(_timer(order))),
    ]
    if not any(wrote) and _is_active(machine, order):
        return Change.UNCHANGED
    try:
        _systemctl(machine, "daemon-reload")
        _systemctl(machine, "enable", "--now", f"{order.name}.timer")
    except AskError:
        if not was_there:
            take_out(machine, order)
        raise
    return Change.REPLACED if was_there else Change.ADDED


def take_out(machine: Machine, order: Order) -> bool:
    """Stop the timer and remove both units."""
    paths = [path for path in (_path(machine, order, s) for s in ("timer", "service")) if os.path.exists(path)]
    if not paths:
        return False
    machine.run("systemctl", "--user", "disable", "--now", f"{order.name}.timer")
    for path in paths:
        os.remove(path)
    machine.run("systemctl", "--user", "daemon-reload")
    return True


def fault(machine: Machine, order: Order) -> str | None:
    """Why the timer will not tick: its files are gone or differ, or it does not run."""
    if reads(_path(machine, order, "timer")) is None:
        return f"{_path(machine, order, 'timer')} is gone"
    service = os.fsdecode(reads(_path(machine, order, "service")) or b"")
    words = [*order.argv, *(f"{name}={value}" for name, value in order.variables)]
    missing = [word for word in words if _quoted(word) not in service]
    if missing:
        return f"{_path(machine, order, 'service')} does not hold {missing[0]}"
    return None if _is_active(machine, order) else f"{order.name}.timer is not active"


def _is_active(machine: Machine, order: Order) -> bool:
    return machine.run("systemctl", "--user", "is-active", f"{order.name}.timer").code == 0


def notes(machine: Machine) -> tuple[str, ...]:
    """That ticks end with the session, where they do."""
    user = machine.environment.get("USER") or machine.environment.get("LOGNAME") or str(os.getuid())
    lingers = machine.run("loginctl", "show-user", user, "--property=Linger").out.strip()
    if lingers == b"Linger=no":
        return ("ticks stop when you log out; keep them: loginctl enable-linger",)
    return ()


def ways(_machine: Machine, order: Order) -> tuple[str, ...]:
    """Where to look when no tick comes."""
    return (
        f"does the timer run? systemctl --user list-timers {order.name}.timer",
        f"what did the tick say? journalctl --user -u {order.name}.service -n 20",
        "until it ticks: ask watch",
    )


def _systemctl(machine: Machine, *words: str) -> None:
    ran = machine.run("systemctl", "--user", *words)
    if ran.code != 0:
        said = " ".join(ran.said.split()) or f"it ended with {ran.code}"
        raise AskError(f"systemctl --user {' '.join(words)} failed: {said}", "ask install --cron, or: ask watch")
