"""DBOS on its SQLite system database: `chain FOLDER COUNT [--as-it-comes]`, `store FOLDER COUNT`, `work FOLDER`.

Its best honest settings: the file is in WAL mode (as it comes, DBOS leaves SQLite's rollback journal, which syncs more
often), `synchronous` stays at SQLite's FULL. A chain is called directly, which is its quickest way: no queue is polled.
In the storm the jobs wait in a queue with one worker, polled each millisecond instead of each second.
"""

import os
import sys
import time

import work
from dbos import DBOS, DBOSConfig, SetWorkflowID

QUEUE = "bench"


@DBOS.step()
def add(text: str) -> str:
    """One step of a chain."""
    lines.add(text)
    return text


@DBOS.workflow()
def chain(number: int) -> None:
    """Three steps, one after the other."""
    for step in work.STEPS:
        add(work.key(number, step))


@DBOS.step()
def add_slowly(text: str) -> str:
    """The one step of a job."""
    lines.add_slowly(text)
    return text


@DBOS.workflow()
def job(number: int) -> None:
    """A job of the storm."""
    add_slowly(f"job {number}")


def launch(folder: str) -> None:
    """Open the database and start DBOS, which recovers what was cut off."""
    file = os.path.join(folder, "dbos.db")
    if not os.path.exists(file) and "--as-it-comes" not in sys.argv:
        work.make_wal(file)
    config: DBOSConfig = {
        "name": "bench", "system_database_url": f"sqlite:///{file}", "console_log_level": "CRITICAL",
        "log_level": "CRITICAL", "application_version": "1", "executor_id": "bench",
    }  # fmt: skip
    DBOS(config=config)
    DBOS.launch()


def run_chains(first: int, last: int) -> None:
    """Each begun and ended before the next."""
    for number in range(first, last):
        with SetWorkflowID(f"chain {number}"):
            chain(number)


def store(count: int) -> None:
    """Enqueue jobs."""
    queue = DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=0.001)
    for number in range(count):
        with SetWorkflowID(f"job {number}"):
            queue.enqueue(job, number)


def until_done() -> None:
    """Wait while there is anything that is not done; the queue's own thread does it."""
    DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=0.001)
    while DBOS.list_workflows(status=["ENQUEUED", "PENDING"], limit=1):
        time.sleep(0.25)


what, folder = sys.argv[1:3]
lines = work.Lines(folder)
launch(folder)
if what == "chain":
    work.tell(lines, int(sys.argv[3]), run_chains)
elif what == "store":
    store(int(sys.argv[3]))
else:
    until_done()
sys.stdout.flush()
os._exit(0)  # nothing is left to end well, and its threads would take their time
