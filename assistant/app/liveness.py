"""Who holds a lease, and whether they still live: host, boot, process and when it started. Asks the system only."""

import os
import sys
from datetime import UTC, datetime


def me() -> str:
    """This process, as its leases name it."""
    pid = os.getpid()
    return f"{host()}|{boot_id()}|{pid}|{started(pid)}"


def is_alive(lease: str, until: datetime | None) -> bool:
    """Whether the holder of a lease may still be at work: tested first by process, and by time on another host."""
    try:
        its_host, its_boot, pid, its_start = lease.split("|")
    except ValueError:
        return False
    if its_host == host():
        if its_boot != boot_id():
            return False
        now_started = started(int(pid))
        return now_started is not None and now_started == its_start
    return until is not None and datetime.now(UTC) < until


def host() -> str:
    """This machine's name, and its container's, if it is in one."""
    name = os.uname().nodename.replace("|", "_") or "?"
    try:
        return f"{name}:{os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return name


def boot_id() -> str:
    """A name for the present run of the machine."""
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return _asked("sysctl", "-n", "kern.boottime") if sys.platform == "darwin" else "?"


def started(pid: int) -> str | None:
    """When a process started, in the system's own units; None where it is gone, or only waits to be buried."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return None if fields[0] in ("Z", "X") else fields[19]
    except (OSError, IndexError):
        if sys.platform == "darwin":
            return _asked("ps", "-o", "lstart=", "-p", str(pid)) or None
        return None


def _asked(*argv: str) -> str:
    import subprocess

    done = subprocess.run(argv, capture_output=True, text=True, timeout=5, check=False)  # noqa: S603 - fixed argv
    return done.stdout.strip().replace("|", "_")
