"""Start processes and measure them: CPU time (user + system), wall time, syncs. Knows nothing of `ask`.

A machine that does other things at the same time makes wall time worthless and CPU time noisy. So everything that is
compared is measured in turns, round by round, and what is told are medians and their ratios.
"""

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

QUIET = [
    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
]


@dataclass(frozen=True, slots=True)
class Run:
    """One process, from its start to its end, in seconds."""

    cpu: float
    wall: float


def run(argv: Sequence[str], env: Mapping[str, str]) -> Run:
    """Start a program, wait for it, and say what it used. It must end well."""
    began = time.monotonic()
    pid = os.posix_spawn(argv[0], list(argv), dict(env), file_actions=QUIET)
    _, status, used = os.wait4(pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        shown = subprocess.run(list(argv), env=dict(env), capture_output=True, text=True, check=False)
        raise SystemExit(f"{' '.join(argv)} ended with {status}: {shown.stdout}{shown.stderr}")
    return Run(used.ru_utime + used.ru_stime, wall)


def in_turns(subjects: Mapping[str, Callable[[], Run]], rounds: int) -> dict[str, list[Run]]:
    """Run every subject once a round, in an order that turns; the first round only warms up and is not counted."""
    found: dict[str, list[Run]] = {name: [] for name in subjects}
    names = list(subjects)
    for turn in range(rounds + 1):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            ran = subjects[name]()
            if turn > 0:
                found[name].append(ran)
    return found


def median_cpu(runs: Sequence[Run]) -> float:
    """The median CPU time, in seconds."""
    return statistics.median(one.cpu for one in runs)


def spread(runs: Sequence[Run]) -> float:
    """Half the distance between the quartiles, as a share of the median: the noise of the machine."""
    low, middle, high = statistics.quantiles((one.cpu for one in runs), n=4)
    return (high - low) / 2 / middle


def has_strace() -> bool:
    """Whether system calls can be counted here."""
    return shutil.which("strace") is not None


def with_slow_disk(argv: Sequence[str], microseconds: int) -> list[str]:
    """A command line whose every sync takes so much longer, as on a common SSD or a hard disk."""
    strace = shutil.which("strace")
    assert strace is not None
    delay = f"inject=fdatasync,fsync:delay_exit={microseconds}"
    return [strace, "-f", "--seccomp-bpf", "-qq", "-o", os.devnull, "-e", "trace=fdatasync,fsync", "-e", delay, *argv]


def syncs(argv: Sequence[str], env: Mapping[str, str], scratch: str) -> int:
    """How often a program and its children call fdatasync or fsync."""
    return len(calls(argv, env, scratch, "fdatasync,fsync"))


def calls(argv: Sequence[str], env: Mapping[str, str], scratch: str, names: str) -> list[str]:
    """The named system calls of a program and its children, a line each."""
    strace = shutil.which("strace")
    assert strace is not None
    whole = [strace, "-f", "-qq", "-o", scratch, "-e", f"trace={names}", "-e", "signal=none", *argv]
    subprocess.run(whole, env=dict(env), stdin=subprocess.DEVNULL, capture_output=True, check=True)
    with open(scratch, encoding="utf-8", errors="replace") as lines:
        return [line for line in lines if "(" in line and "+++" not in line]
