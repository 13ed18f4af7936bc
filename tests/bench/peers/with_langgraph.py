"""LangGraph with its SQLite saver: `chain FOLDER COUNT`.

Its best honest settings: WAL (the saver's own), `synchronous` at SQLite's FULL, and `durability="sync"`, which keeps a
node's result before the next node begins. Jobs cannot wait in it, so that it has no part in the storm.
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from typing import TypedDict

import work
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph

what, folder, count = sys.argv[1:4]
lines = work.Lines(folder)
con = sqlite3.connect(os.path.join(folder, "langgraph.db"), check_same_thread=False)


class State(TypedDict):
    """What the nodes of a chain share."""

    number: int


def node(step: str) -> Callable[[State], State]:
    """A node that writes its line."""

    def add(state: State) -> State:
        lines.add(work.key(state["number"], step))
        return state

    return add


def build() -> StateGraph:
    """Three nodes, one after the other."""
    builder = StateGraph(State)
    for step, following in zip((START, *work.STEPS), (*work.STEPS, END), strict=True):
        if step != START:
            builder.add_node(step, node(step))
        builder.add_edge(step, following)
    return builder


graph = build().compile(checkpointer=SqliteSaver(con))


def run_chains(first: int, last: int) -> None:
    """Each begun and ended before the next."""
    for number in range(first, last):
        graph.invoke({"number": number}, {"configurable": {"thread_id": str(number)}}, durability="sync")


assert what == "chain"
work.tell(lines, int(count), run_chains)
assert con.execute("pragma synchronous").fetchone() == (2,)
assert con.execute("pragma journal_mode").fetchone() == ("wal",)
