"""From the kept form of a workflow to its graph. Reads no clock and no store."""

from collections.abc import Iterator

from assistant.app.workflow_graph.ends import CANCELLED, COMPLETED, FAILED, UNDOING, Undo, ends
from assistant.app.workflow_graph.graph import Edge, Graph, Kind, Node, Way
from assistant.app.workflow_graph.said import Kept, action, length, line, notes, policies, trigger

CANNOT_FAIL = frozenset({"text", "set", "task", "emit", "notify", "wait"})  # but for a template that cannot be filled
KINDS = {"ask": Kind.QUESTION, "wait": Kind.WAIT, "workflow": Kind.CHILD}
RUNNING, WAITING = "running", "waiting"


def graph_of(document: Kept) -> Graph:
    """The state machine that a kept workflow describes.

    >>> step = {"id": "greet", "kind": "text", "action": {"text": "Hello"}}
    >>> kept = {"name": "w", "overlap": "allow", "priority": "normal", "inputs": {}, "on": [], "steps": [step]}
    >>> [node.id for node in graph_of(kept).nodes if node.kind is Kind.STEP]
    ['greet']
    """
    steps = document["steps"]
    undos = [undo for step in reversed(steps) for undo in _undos(step)]
    entries = [_entry(step) for step in steps] + [COMPLETED]
    made = _Made(failed=UNDOING if undos else FAILED, cancelled=UNDOING if undos else CANCELLED)
    _starts(document, entries[0], made)
    for step, following in zip(steps, entries[1:], strict=True):
        _step(step, following, made)
    nodes, edges = ends(document, undos)
    about = line(document.get("about", ""))
    said = tuple(notes(document))
    return Graph(line(document["name"]), about, said, (*made.nodes, *nodes), (*made.edges, *edges))


class _Made:
    """The nodes and edges so far, and where a step leads that does not complete."""

    def __init__(self, failed: str, cancelled: str) -> None:
        self.failed = failed
        self.cancelled = cancelled
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []

    def edge(self, source: str, target: str, way: Way = Way.NEXT, label: str = "") -> None:
        """Lead from one node to another."""
        self.edges.append(Edge(source, target, way, label))


def _starts(document: Kept, entry: str, made: _Made) -> None:
    for place, one in enumerate(document["on"], start=1):
        label, details = trigger(one)
        made.nodes.append(Node(f"on.{place}", Kind.TRIGGER, label, None, tuple(details)))
        made.edge(f"on.{place}", entry, label=f"{length(one['after'])} later" if "after" in one else "")
    if not document["on"]:
        made.nodes.append(Node("on.hand", Kind.TRIGGER, "by hand", None, (f"ask run {document['name']}",)))
        made.edge("on.hand", entry)


def _entry(step: Kept) -> str:
    """The node at which a job comes to a step."""
    if "when" in step:
        return f"{step['id']}.when"
    return f"{step['id']}.approve" if _is_approved(step) else str(step["id"])


def _is_approved(step: Kept) -> bool:
    return "approve" in step and step["approve"]["mode"] != "never"


def _step(step: Kept, following: str, made: _Made) -> None:
    """The nodes of one step, in the order in which a job comes to them."""
    own = step["id"]
    chain = list(_chain(step))
    denied = f"{own}.fallback1" if chain else made.cancelled
    if "when" in step:
        _when(step, following, made)
    if _is_approved(step):
        _approve(step, denied, made)
    has_ladder = "until" in step
    kind = KINDS.get(step["kind"], Kind.STEP)
    title = [line(step["title"])] if "title" in step else []
    state = WAITING if kind is not Kind.STEP else RUNNING
    details = (*title, *action(step), *policies(step))
    made.nodes.append(Node(own, kind, own, state, details, own))
    made.edge(own, f"{own}.ack" if has_ladder else following, label="sent" if has_ladder else _ended(step))
    _fails(step, own, f"{own}.fallback1" if chain else None, made)
    _fallbacks(own, chain, following, made)
    if has_ladder:
        _ladder(step, following, made)


def _when(step: Kept, following: str, made: _Made) -> None:
    own = step["id"]
    told = (line(step["when"]),)
    made.nodes.append(Node(f"{own}.when", Kind.WHEN, f"{own}: only when", "pending", told, own))
    made.edge(f"{own}.when", f"{own}.approve" if _is_approved(step) else own, label="yes")
    made.edge(f"{own}.when", following, Way.SKIP, "no: skipped")


def _approve(step: Kept, denied: str, made: _Made) -> None:
    own, approve = step["id"], step["approve"]
    asks = f"asks when {approve['when']}" if approve["mode"] == "when" else "asks first"
    expiry = f"no answer in {length(approve['expires'])}: {approve['on_expiry']}"
    recheck = [f"then checks again: {', '.join(approve['recheck'])}"] if approve.get("recheck") else []
    details = tuple(line(text) for text in (asks, expiry, *recheck))
    made.nodes.append(Node(f"{own}.approve", Kind.APPROVE, f"{own}: approval", WAITING, details, own))
    made.edge(f"{own}.approve", own, label="approved, or not asked" if approve["mode"] == "when" else "approved")
    made.edge(f"{own}.approve", denied, Way.FAIL, f"denied, or {length(approve['expires'])} over")


def _ended(one: Kept) -> str:
    """How a step came to its end, where more can be said than that it completed."""
    if one["kind"] == "ask":
        return "answered"
    if one["kind"] == "wait" and "event" in one["action"]:
        within = one["action"].get("within")
        return f"the event, or {length(within)} over" if within else "the event"
    return "all items done" if "for_each" in one else ""


def _fails(one: Kept, own: str, fallback: str | None, made: _Made) -> None:
    """Where a step or a fallback leads that does not complete."""
    if one["kind"] == "ask":
        expires = one["action"].get("expires")
        label = f"no answer in {length(expires)}" if expires else "no answer"
        if expires or fallback:
            made.edge(own, fallback or made.cancelled, Way.FAIL, label)
    elif fallback or one["kind"] not in CANNOT_FAIL:
        made.edge(own, fallback or made.failed, Way.FAIL, "fails")


def _chain(one: Kept) -> Iterator[Kept]:
    """All fallbacks in the order in which they are tried; each one's own come before the next."""
    for entry in one.get("fallback", ()):
        yield entry
        yield from _chain(entry)


def _fallbacks(step: str, chain: list[Kept], following: str, made: _Made) -> None:
    for place, entry in enumerate(chain, start=1):
        own = f"{step}.fallback{place}"
        title = [line(entry["title"])] if "title" in entry else []
        when = [line(f"only when {entry['when']}")] if "when" in entry else []
        details = (*title, *action(entry), *when, *policies(entry), *_small_ladder(entry))
        state = WAITING if entry["kind"] in KINDS else RUNNING
        made.nodes.append(Node(own, Kind.FALLBACK, f"{step}: fallback {place}", state, details, step))
        made.edge(own, following, label=_ended(entry) or "completed")
        _fails(entry, own, f"{step}.fallback{place + 1}" if place < len(chain) else None, made)


def _rings(one: Kept) -> list[str]:
    return [f"rings again after {', '.join(map(length, one['repeat']))}"] if "repeat" in one else []


def _small_ladder(entry: Kept) -> list[str]:
    """The ladder of a fallback, which is told and not drawn."""
    rungs = [f"after {length(rung['after'])} {action(rung)[0]}" for rung in entry.get("escalate", ())]
    until = ["until it is acknowledged"] if "until" in entry else []
    return [line(text) for text in (*until, *_rings(entry), *rungs)]


def _ladder(step: Kept, following: str, made: _Made) -> None:
    """A message that waits for its acknowledgement, and the rungs that follow while nobody answers."""
    own, rungs = step["id"], step.get("escalate", [])
    made.nodes.append(Node(f"{own}.ack", Kind.ACK, f"{own}: acknowledged?", WAITING, tuple(_rings(step)), own))
    here = f"{own}.ack"
    for place, rung in enumerate(rungs, start=1):
        after = length(rung["after"])
        made.edge(here, following, Way.SKIP, "acknowledged")
        made.edge(here, f"{own}.rung{place}", label=f"after {after}")
        here = f"{own}.rung{place}"
        made.nodes.append(Node(here, Kind.RUNG, f"{own}: rung {place}", WAITING, tuple(action(rung)), own))
    made.edge(here, following, label="acknowledged or not" if rungs else "acknowledged")


def _undos(step: Kept) -> list[Undo]:
    """What is taken back of a step: by its own undo, or by that of the fallback which ran."""
    own = step["id"]
    found = [Undo(f"{own}.undo", f"{own}: undo", own, step["undo"])] if "undo" in step else []
    for place, entry in enumerate(_chain(step), start=1):
        if "undo" in entry:
            name = f"{own}.fallback{place}"
            found.append(Undo(f"{name}.undo", f"{own}: undo of fallback {place}", own, entry["undo"]))
    return found
