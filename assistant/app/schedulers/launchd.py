"""A launchd agent of the person (launchd.plist(5)), named after the home it serves."""

import os
import plistlib
import time

from assistant.app.schedulers.machine import Machine, reads
from assistant.app.schedulers.order import Change, Order
from assistant.errors import AskError, NotPossible

TRIES = 10  # `bootstrap` fails for a moment while an older agent of the name is still going out


def is_there(machine: Machine) -> bool:
    """Whether this is macOS."""
    return machine.system == "darwin"


def entry(_machine: Machine, order: Order) -> str:
    """The agent's property list."""
    return _plist(order).decode()


def place(machine: Machine, order: Order) -> str:
    """The agent's file."""
    return os.path.join(machine.person, "Library", "LaunchAgents", f"{_label(order)}.plist")


def _label(order: Order) -> str:
    return f"org.ask.{order.name}"


def _plist(order: Order) -> bytes:
    agent = {
        "Label": _label(order),
        "ProgramArguments": list(order.argv),
        "EnvironmentVariables": order.environment,
        "StartInterval": 60,
        "RunAtLoad": True,
        "AbandonProcessGroup": True,  # a child program may outlive a tick; it holds a lease of its own
        "StandardOutPath": order.log,
        "StandardErrorPath": order.log,
    }
    return plistlib.dumps(agent, sort_keys=False)


def put(machine: Machine, order: Order) -> Change:
    """Write the agent and load it. Where that fails, a new agent does not stay."""
    if machine.run("launchctl", "help").is_missing:
        raise NotPossible("There is no launchd on this machine.", "ask install --cron, or: ask watch")
    path = place(machine, order)
    was_there = reads(path) is not None
    wrote = machine.writes(path, _plist(order))
    loaded = _is_loaded(machine, order)
    if loaded and not wrote:
        return Change.UNCHANGED
    if loaded:
        machine.run("launchctl", "bootout", f"{_domain(machine)}/{_label(order)}")
    try:
        _load(machine, path)
    except AskError:
        if not was_there:
            os.remove(path)
        raise
    return Change.REPLACED if was_there else Change.ADDED


def _load(machine: Machine, path: str) -> None:
    for left in reversed(range(TRIES)):
        ran = machine.run("launchctl", "bootstrap", _domain(machine), path)
        if ran.code == 0:
            return
        if left:
            time.sleep(0.2)
    said = " ".join(ran.said.split()) or f"it ended with {ran.code}"
    raise AskError(f"launchctl bootstrap failed: {said}", "ask install --cron, or: ask watch")


def take_out(machine: Machine, order: Order) -> bool:
    """Unload the agent and remove its file."""
    path = place(machine, order)
    if not os.path.exists(path):
        return False
    machine.run("launchctl", "bootout", f"{_domain(machine)}/{_label(order)}")
    os.remove(path)
    return True


def fault(machine: Machine, order: Order) -> str | None:
    """Why the agent will not tick: its file is gone or differs, or it is not loaded."""
    text = reads(place(machine, order))
    if text is None:
        return f"{place(machine, order)} is gone"
    try:
        agent = plistlib.loads(text)
    except plistlib.InvalidFileException:
        return f"{place(machine, order)} is no property list"
    if agent.get("ProgramArguments") != list(order.argv):
        return f"{place(machine, order)} does not call {' '.join(order.argv)}"
    variables = agent.get("EnvironmentVariables", {})
    for name, value in order.variables:
        if variables.get(name) != value:
            return f"{place(machine, order)} does not set {name} to {value}"
    return None if _is_loaded(machine, order) else f"launchd has not loaded {_label(order)}"


def _is_loaded(machine: Machine, order: Order) -> bool:
    return machine.run("launchctl", "print", f"{_domain(machine)}/{_label(order)}").code == 0


def _domain(machine: Machine) -> str:
    """The person's desktop session; where there is none, as over ssh, their own background."""
    desktop = f"gui/{os.getuid()}"
    return desktop if machine.run("launchctl", "print", desktop).code == 0 else f"user/{os.getuid()}"


def notes(_machine: Machine) -> tuple[str, ...]:
    """That a sleeping Mac ticks when it wakes."""
    return ()


def ways(machine: Machine, order: Order) -> tuple[str, ...]:
    """Where to look when no tick comes."""
    return (
        f"is it loaded? launchctl print {_domain(machine)}/{_label(order)}",
        "is it allowed? System Settings, General, Login Items",
        f"what did the tick say? {order.log}",
        "until it ticks: ask watch",
    )
