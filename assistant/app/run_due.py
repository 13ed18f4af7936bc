"""One tick, as cron calls it. With nothing due it loads `sqlite3` and little else, and writes only the tick file."""

import os
import sqlite3
import time

from assistant.app.home import OVERDUE_S, home_folder, read_heartbeat, write_heartbeat
from assistant.errors import StoreNewer
from assistant.store.connection import SCHEMA_VERSION, refuse_if_damaged, store_path, translated
from assistant.store.idle import any_leased, next_due

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

COUNTS = (
    "slots", "jobs_advanced", "steps_run", "retried", "failed", "completed", "messages_sent", "late", "missed",
)  # fmt: skip


class Ticked:
    """What one tick did: CONTRACT `run-due`."""

    __slots__ = ("at", "counts", "elapsed_ms", "next_at", "tick")

    def __init__(self, at: str, tick: int | None, counts: dict[str, int], next_at: str | None, elapsed_ms: int) -> None:
        self.at = at
        self.tick = tick
        self.counts = counts
        self.next_at = next_at
        self.elapsed_ms = elapsed_ms


def run_due(environment: "Mapping[str, str]", budget: "timedelta | None" = None) -> Ticked:
    """Advance everything that is due. The heartbeat is written last, so that it is evidence."""
    began = time.monotonic()
    home = home_folder(environment)
    at = now_text(environment)
    if not os.path.exists(store_path(home)):
        return Ticked(at, None, dict.fromkeys(COUNTS, 0), None, _since(began))
    try:
        ticked = _run(environment, home, at, budget, began)
    except BaseException as error:
        from assistant.app.clock import now
        from assistant.app.ticklog import note_failure

        note_failure(home, now(environment), f"{type(error).__name__}: {error}")
        _beat(environment, home, at, "failed")
        raise
    _beat(environment, home, at, "worked" if ticked.tick is not None else "idle")
    return ticked


def _run(environment: "Mapping[str, str]", home: str, at: str, budget: "timedelta | None", began: float) -> Ticked:
    gap = _gap(home, at)
    refuse_if_damaged(home)
    con = _open(home)
    try:
        next_at = next_due(con)
        if (next_at is None or next_at > at) and gap is None and not any_leased(con):
            return Ticked(at, None, dict.fromkeys(COUNTS, 0), next_at, _since(began))
    except sqlite3.Error as error:
        raise translated(error, home) from error
    finally:
        con.close()
    from assistant.app.tick import work

    tick, counts, next_at = work(environment, budget, gap)
    return Ticked(at, tick, counts, next_at, _since(began))


def _open(home: str) -> sqlite3.Connection:
    path = store_path(home)
    con = None
    try:
        con = sqlite3.connect(path, timeout=5.0, isolation_level=None)
        version = con.execute("pragma user_version").fetchone()[0]
    except sqlite3.Error as error:
        if con is not None:
            con.close()
        raise translated(error, home) from error
    if version > SCHEMA_VERSION:
        con.close()
        raise StoreNewer(f"{path} was written by a newer ask (schema {version}).", "upgrade ask")
    if version < SCHEMA_VERSION:
        con.close()
        from assistant.store.connection import connect

        return connect(home)
    return con


def now_text(environment: "Mapping[str, str]") -> str:
    """Now, as stored text."""
    if environment.get("ASK_NOW"):
        from assistant.app.clock import now
        from assistant.instants import to_text

        return to_text(now(environment))
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _gap(home: str, at: str) -> int | None:
    """Seconds since the last tick, where they are too many; a tick that finds that records it."""
    last = read_heartbeat(home)
    if last is None or (last.ended_at[:10] == at[:10] and _seconds(at) - _seconds(last.ended_at) <= OVERDUE_S):
        return None
    from assistant.instants import from_text

    gap = int((from_text(at) - from_text(last.ended_at)).total_seconds())
    return gap if gap > OVERDUE_S else None


def _seconds(text: str) -> int:
    return int(text[11:13]) * 3600 + int(text[14:16]) * 60 + int(text[17:19])


def _beat(environment: "Mapping[str, str]", home: str, began_at: str, outcome: str) -> None:
    try:
        write_heartbeat(home, began_at, now_text(environment), outcome)
    except OSError:
        if outcome != "failed":
            raise


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
