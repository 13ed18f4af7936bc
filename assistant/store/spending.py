"""What questions to models cost. Reads only."""

import sqlite3
from datetime import datetime

from assistant.instants import to_text

# What counts against a cap: the cost, else the most that it may have been.
COUNTED = "coalesce(sum(coalesce(cost_usd, at_most_usd, 0.0)), 0.0)"


def spent_since(con: sqlite3.Connection, since: datetime) -> float:
    """US dollars since an instant."""
    return float(con.execute(f"select {COUNTED} from spend where at >= ?", (to_text(since),)).fetchone()[0])


def spent_for(con: sqlite3.Connection, key: str) -> float:
    """US dollars in the job whose step has this effect key."""
    row = con.execute(
        f"select {COUNTED} from spend where job_id is not null and job_id ="
        " (select job_id from step where id = (select step_id from effect where key = ? limit 1))",
        (key,),
    ).fetchone()
    return float(row[0])
