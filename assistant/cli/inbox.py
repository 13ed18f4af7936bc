"""`ask inbox`, and one request in full: what will happen, why, on what facts, until when, and how to answer."""

import os
import sys
from datetime import timedelta

from assistant.app.inbox import Entry, entry_of
from assistant.app.inbox import inbox as find
from assistant.app.session import Session
from assistant.cli.looking import limit_of
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import in_zone, jsonable, short
from assistant.errors import UsageError
from assistant.ports.records import Request

HEIGHT = 40  # lines of a screen that does not say how many it has
WHOLE = 200  # lines of what a file would become, where one request is shown
MOST_TOGETHER = 12  # alike requests that are named
TOGETHER = {"approval": "ask approve", "ack": "ask done", "failure": "ask retry"}
KINDS = {"unknown": "did this happen?", "input": "question"}


def inbox(parsed: Parsed, session: Session) -> Output:
    """What needs the person."""
    if parsed.get("interactive"):
        return _one_by_one(parsed, session)
    limit = limit_of(parsed)
    entries = find(session, None if limit is None else limit + 1)
    notes = (f"  the first {limit}; all: ask inbox --all",) if limit is not None and len(entries) > limit else ()
    entries = entries[:limit]
    from assistant.cli.away import news_first

    if not entries and not parsed.json:
        notes = ("  nothing needs you",)
    return Output(
        json=lambda: [jsonable(entry, session.tzinfo) for entry in entries],
        ids=lambda: [entry.id for entry in entries],
        plain=lambda: [
            [entry.id, entry.kind, entry.title, in_zone(entry.expires_at, session.tzinfo)] for entry in entries
        ],
        human=lambda: [*news_first(session), *screen(entries, session, _height())],
        notes=notes,
    )


def _one_by_one(parsed: Parsed, session: Session) -> Output:
    if parsed.json or parsed.quiet or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("-i needs a terminal, for its keys.", "ask inbox --json, then ask approve 31")
    from assistant.cli.inbox_keys import walk

    return walk(session)


def _height() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).lines or HEIGHT
    except (OSError, ValueError):
        return HEIGHT


def screen(entries: list[Entry], session: Session, height: int) -> list[str]:
    """As many in full as fit on a screen, the others a line each; alike ones stand together."""
    groups = alike(entries)
    lines: list[str] = []
    for place, group in enumerate(groups):
        whole = entry_lines(group[0], session) + _others(group)
        left = len(groups) - place - 1
        if place and len(lines) + len(whole) + left > height - 2:
            lines += [_one_line(one, session) for one in groups[place:]]
            break
        lines += whole
    return lines


def alike(entries: list[Entry]) -> list[list[Entry]]:
    """Entries of the same step of the same workflow, for the same reason, behind the most pressing of them."""
    groups: dict[object, list[Entry]] = {}
    for entry in entries:
        same = (entry.kind, entry.cause, entry.because) if entry.cause is not None else entry.id
        groups.setdefault(same, []).append(entry)
    return list(groups.values())


def _others(group: list[Entry]) -> list[str]:
    """The others of the same cause, and the one command that settles them together."""
    if len(group) == 1:
        return []
    first = [str(entry.id) for entry in group[:MOST_TOGETHER]]
    more = len(group) - len(first)
    said = f"      {len(group)} alike, by the same cause: {', '.join(first[1:])}" + (
        f" and {more} more" if more else ""
    )
    if group[0].kind not in TOGETHER:
        return [said]
    which = f"the first {len(first)}" if more else "all"
    verb = TOGETHER[group[0].kind]
    if not all(one.actions[0].startswith("ask retry ") for one in group) and group[0].kind == "failure":
        verb = "ask done"
    return [said, dim(f"      {which}: {verb} {' '.join(first)}")]


def _one_line(group: list[Entry], session: Session) -> str:
    entry = group[0]
    more = f" and {len(group) - 1} alike" if len(group) > 1 else ""
    until = f"  by {short(entry.expires_at, session)}" if entry.expires_at is not None else ""
    return f"  {entry.id}  {KINDS.get(entry.kind, entry.kind)} · {bold(_name(entry))}{more}{until}"


def _name(entry: Entry) -> str:
    """What asks: a step of a job of a workflow; else the title."""
    if entry.workflow is None or entry.step is None:
        return entry.title
    return f"{entry.workflow} (job {entry.job}), step {entry.step}"


def entry_lines(entry: Entry, session: Session, most: int = 12) -> list[str]:
    """One request in full."""
    lines = [f"  {entry.id}  {KINDS.get(entry.kind, entry.kind)} · {bold(_name(entry))}"]
    if entry.kind in ("input", "failure") and _name(entry) != entry.title:
        lines.append(f"      {entry.title}")
    shown = entry.shown(most)
    if shown is not None:
        lines.append(f"      {shown.line}")
        lines += [f"        {line}" for line in shown.more]
    if entry.because and not (entry.kind == "failure" and entry.because in entry.title):
        lines.append(f"      because  {entry.because}{_facts(entry, session)}")
    if entry.expires_at is not None:
        lines.append(f"      {_no_answer(entry, session)}")
    if entry.kind == "input" and entry.job is None and isinstance(entry.proposal, dict):
        lines += [f"      {choice}: {does}" for choice, does in (entry.proposal.get("does") or {}).items()]
    return [*lines, f"      {_ways(entry)}"]


def _facts(entry: Entry, session: Session) -> str:
    """The facts that are read again after a yes, and how old each is."""
    from assistant.when import say

    said = []
    for fact in entry.facts:
        age = "not read yet"
        if fact.read_at is not None:
            age = f"last read {say.distance(max(session.now - fact.read_at, timedelta(0)))} ago"
        said.append(f"{fact.step}, {age}")
    return f" ({'; '.join(said)})" if said else ""


def _no_answer(entry: Entry, session: Session) -> str:
    assert entry.expires_at is not None  # noqa: S101 - asked only where there is one
    at = short(entry.expires_at, session)
    instead = entry.instead or entry.on_expiry or "nothing happens"
    if entry.expires_at <= session.now:
        return f"expired {at}: {instead}, with the next tick"
    return f"no answer by {at}: {instead}"


def _ways(entry: Entry) -> str:
    if entry.kind == "unknown" and len(entry.actions) == 2:
        yes, no = entry.actions
        return f"yes: {yes} · no: {no} (then it runs again)"
    return " · ".join(entry.actions)


def request_lines(request: Request, session: Session) -> list[str]:
    """The whole of what a request is about, for `ask show`."""
    from assistant.app.inbox import action_in

    entry = entry_of(session, request)
    lines = entry_lines(entry, session, WHOLE)[1:]
    if request.state != "open":
        lines = lines[:-1]  # nothing answers it any more
    named = action_in(request.kind, request.proposal)
    if named is not None:
        for name, value in named[1].items():
            lines += _field(name, value)
    if request.hash is not None:
        lines.append(dim(f"      hash {request.hash}"))
    return lines


def _field(name: str, value: object) -> list[str]:
    """A field of an action, whole: a text line by line, anything else as JSON."""
    if isinstance(value, str) and "\n" in value:
        return [f"      {name}:", *(f"        {line}" for line in value.splitlines())]
    if not isinstance(value, str):
        from assistant.jsontext import dump

        value = dump(value)
    return [f"      {name}: {value}"]
