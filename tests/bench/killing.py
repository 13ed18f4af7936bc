"""Kill workers with SIGKILL while they work through stored jobs, and count what became of each job.

Knows no worker: a job's effect is a line `job N` in a file, and what a worker says of its own doubts is asked of it.
"""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LOOK_S = 0.0005
LAST_S = 1200  # the longest that the last worker, which nobody kills, may take
AT_WORK_S = 0.012  # about as long as a job takes
WAIT_S = 0.5
PACE = 1.6  # a life does up to so many times its share of the jobs left: most are left for later kills


@dataclass(frozen=True)
class Worker:
    """What works through the jobs: a command that ends by itself once nothing is left to do."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    file: str
    in_doubt: Callable[[], set[int]] = field(default=lambda: set())  # the jobs of which it says that it does not know
    waits: Callable[[], bool] = field(default=lambda: False)  # whether a job waits for its next try
    at_work_s: float = AT_WORK_S  # how long a job takes: the kill falls anywhere in it
    takes_children: bool = False  # whether its jobs are programs that may outlive it


@dataclass(frozen=True)
class Came:
    """What came of a storm."""

    jobs: int
    kills: int
    lost: int  # jobs without a line, of which nobody says anything
    repeated: int  # jobs with more than one line
    unknown: int  # jobs of which the worker itself says that it does not know
    unknown_done: int  # those of them whose line is there
    seconds: float


def storm(worker: Worker, jobs: int, kills: int, dice: random.Random) -> Came:
    """Start it and kill it at random moments of its work, so many times; then let it end by itself."""
    began = time.monotonic()
    killed = 0
    while killed < kills:
        left = jobs - len(_lines(worker.file)) - killed
        share = max(1, int(PACE * left / (kills - killed)))
        if not _kill_once(worker, dice.randint(1, share), dice):
            break  # it has done all that it knows of
        killed += 1
    _end(worker)
    while worker.waits():
        time.sleep(WAIT_S)
        _end(worker)
    found = Counter(int(line.removeprefix("job ")) for line in _lines(worker.file))
    unknown = worker.in_doubt()
    return Came(
        jobs,
        killed,
        lost=len(set(range(jobs)) - set(found) - unknown),
        repeated=sum(count > 1 for count in found.values()),
        unknown=len(unknown),
        unknown_done=len(unknown & set(found)),
        seconds=time.monotonic() - began,
    )


def _lines(file: str) -> list[str]:
    try:
        with open(file, encoding="ascii") as lines:
            return lines.read().splitlines()
    except FileNotFoundError:
        return []


def _kill_once(worker: Worker, lines: int, dice: random.Random) -> bool:
    """Kill a worker that has written so many lines. False where it ended before that."""
    process = _start(worker)
    until = _size(worker.file) + lines * len(b"job 0\n")
    while _size(worker.file) < until:
        if process.poll() is not None:
            return False
        time.sleep(LOOK_S)
    time.sleep(dice.uniform(0, worker.at_work_s))
    # Half of the time its programs die with it, as when the machine stops; half of the time they go on.
    if worker.takes_children and dice.random() < 0.5:
        process.send_signal(signal.SIGSTOP)  # it begins no other meanwhile
        for child in list(_children(process.pid)):
            _kill_group(child)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _start(worker: Worker) -> "subprocess.Popen[bytes]":
    nothing = subprocess.DEVNULL
    return subprocess.Popen(worker.argv, env=dict(worker.env), stdin=nothing, stdout=nothing, stderr=nothing)


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size
    except FileNotFoundError:
        return 0


def _end(worker: Worker) -> None:
    done = subprocess.run(
        worker.argv, env=dict(worker.env), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LAST_S,
        check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise SystemExit(f"{worker.name}: the last worker ended with {done.returncode}: {done.stderr}")


def _children(parent: int) -> Iterator[int]:
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
                its_parent = file.read().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(its_parent) == parent:
            yield int(pid)


def _kill_group(leader: int) -> None:
    """A program of `ask` leads a group of its own; one that has not come so far yet is killed alone."""
    try:
        if os.getpgid(leader) == leader:
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass
