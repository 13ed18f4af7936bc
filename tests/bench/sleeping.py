"""The bench of a long sleep: a thousand reminders are due at once when the lid opens."""

import json

import filling
import measuring
from figures import Figure
from place import Place


def sleep(place: Place, short: bool) -> list[Figure]:
    """One tick rings them all within its budget, the urgent ones first."""
    count = 200 if short else 1_000
    out = place.stores / "woken.jsonl"
    filling.reminders(place, "sleep", count, channel=f"file://{out}")
    filling.make_due(place.home("sleep"), count, seconds_ago=9 * 3600)
    ran = measuring.run([place.ask, "run-due"], place.env("sleep"))
    rung = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    urgent = [place_in_line for place_in_line, ring in enumerate(rung) if ring["item"] % 10 == 0]
    slots = int(place.say(
        f"import sqlite3; print(*sqlite3.connect('{place.home('sleep')}/ask.db')"
        ".execute(\"select count(*) from slot where state = 'late'\").fetchone())"
    ))  # fmt: skip
    return [
        Figure("sleep", f"{count:,} due after nine hours: one tick", ran.wall, "s wall", most=50,
               note=f"CPU {ran.cpu:.2f} s; its budget is 50 s"),
        Figure("sleep", "rung in that tick, each once", len({ring["key"] for ring in rung}), "rings", least=count,
               most=None),
        Figure("sleep", "slots with their row, all late", slots, "slots", least=count),
        Figure("sleep", "place of the last urgent one", urgent[-1] + 1, "th", most=len(urgent)),
    ]  # fmt: skip
