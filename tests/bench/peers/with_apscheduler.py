"""APScheduler 3 with its SQLAlchemy job store on SQLite.

`chain FOLDER COUNT` · `store FOLDER COUNT` · `work FOLDER [--one-by-one | --at-once]`

Its best honest settings: the file is in WAL mode, `synchronous` at FULL, one worker thread as for the others, and no
job counts as misfired for being late. It has no chains: each step adds the next one as a job that is due at once. It
keeps no results. Version 4 is still an alpha and is not measured.

What is due goes to the thread's queue in memory and is struck from the store, faster than jobs end that take time: a
kill loses all that waits there. So the storm has two milder forms: `--one-by-one`, by its executor for debugging,
which runs a job before it is struck; `--at-once`, jobs that take no time, so that nothing waits.
"""

import os
import sys
import time
from datetime import UTC, datetime

import work
from apscheduler.executors.debug import DebugExecutor
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

what, folder = sys.argv[1:3]
lines = work.Lines(folder)
file = os.path.join(folder, "apscheduler.db")
if not os.path.exists(file):
    work.make_wal(file)
scheduler = BackgroundScheduler(
    jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{file}")},
    executors={"default": DebugExecutor() if "--one-by-one" in sys.argv else ThreadPoolExecutor(1)},
    job_defaults={"misfire_grace_time": None},
    timezone=UTC,
)
ended = 0


def add(number: int, place: int) -> None:
    """One step, which adds the next one."""
    global ended
    lines.add(work.key(number, work.STEPS[place]))
    if place + 1 < len(work.STEPS):
        put(add, number, place + 1)
    else:
        ended += 1


def job(number: int) -> None:
    """A job of the storm."""
    (lines.add if "--at-once" in sys.argv else lines.add_slowly)(f"job {number}")


def put(what: object, *args: int) -> None:
    """Store a job that is due now."""
    scheduler.add_job(what, args=args, next_run_time=datetime.now(UTC))


def run_chains(first: int, last: int) -> None:
    """Put the first steps into the store, then let the scheduler do what is due."""
    until = ended + last - first
    scheduler.pause()
    for number in range(first, last):
        put(add, number, 0)
    scheduler.resume()
    while ended < until:
        time.sleep(0.001)


def until_done() -> None:
    """Wait until nothing is stored; the last job may still run then, and is waited for."""
    while scheduler.get_jobs():
        time.sleep(0.25)
    scheduler.shutdown(wait=True)


scheduler.start(paused=what != "work")
if what == "chain":
    work.tell(lines, int(sys.argv[3]), run_chains)
elif what == "store":
    for number in range(int(sys.argv[3])):
        put(job, number)
else:
    until_done()
