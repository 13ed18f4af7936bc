"""The verbs that only look: list, show, why, when, and `ask` alone."""

import sys

from assistant.app.items import Details
from assistant.app.session import Session
from assistant.cli.output import Output, bold, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import in_zone, item_json, item_lines, item_row, short
from assistant.store.find import Filter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo
    from typing import Any

    from assistant.app.bare import Overview
    from assistant.app.journal import LoggedLine
    from assistant.ports.records import JournalLine, Step
    from assistant.store.workflows import Attempt

SHOWN = 50


def list_items(parsed: Parsed, session: Session) -> Output:
    """What is open, or what a filter asks for."""
    from assistant.app.items import list_items as find

    limit = limit_of(parsed)
    wanted = _filter(parsed, session, None if limit is None else limit + 1)
    items = find(session, wanted)
    more = limit is not None and len(items) > limit
    items = items[:limit]
    notes = (f"  the first {limit}; all: ask list --all",) if more else ()
    if not items and not parsed.json:
        narrowed = bool(parsed.words or parsed.options)
        notes = ("  nothing fits" if narrowed else "  nothing is open · ask remind … · ask add …",)
    return Output(
        json=lambda: [item_json(item, session) for item in items],
        ids=lambda: [item.id for item in items],
        plain=lambda: [item_row(item, session) for item in items],
        human=lambda: item_lines(items, session),
        notes=notes,
    )


def limit_of(parsed: Parsed) -> int | None:
    """How much of a list is shown: the first 50, unless it is said; with JSON all."""
    if parsed.get("all"):
        return None
    limit: int | None = parsed.get("limit", None if parsed.json else SHOWN)
    return limit


def _filter(parsed: Parsed, session: Session, limit: int | None) -> Filter:
    kinds: tuple[str, ...] = ("request", "schedule", "task", "job")
    kind, state = parsed.get("kind"), parsed.get("state")
    from assistant.app import words

    if kind is not None:
        kinds = (words.one_of("--kind", kind, kinds),)
    if state is not None:
        from assistant.core.states import LEGAL

        known = tuple(dict.fromkeys(name for one in kinds for name in LEGAL[one]))
        words.one_of("--state", state, known)
    until = None
    if parsed.get("due") is not None:
        until, _ = _end_of_day(session, parsed.get("due"))
    return Filter(kinds, state, until, parsed.get("project"), parsed.get("tag"), parsed.words, limit)


def _end_of_day(session: Session, text: str) -> "tuple[Any, Any]":
    """All that is due up to the end of WHEN: of an interval its end, of a day the end of that day."""
    from assistant.app import words
    from assistant.when import zone

    reading = words.instant(session, text, "--due", kept="")
    assert reading.at is not None  # noqa: S101 - an instant has one
    if reading.end is not None and reading.grain != "day":
        from datetime import timedelta

        return reading.end - timedelta(seconds=1), reading
    if reading.clock:
        return reading.at, reading
    wall = zone.to_wall(reading.at, session.zone).replace(hour=23, minute=59, second=59)
    return zone.to_instant(wall, session.zone), reading


def show(parsed: Parsed, session: Session) -> Output:
    """All that is known of an item."""
    from assistant.app.items import show as find
    from assistant.cli.given import one_number_given

    details = find(session, one_number_given(parsed.words[0]))
    return Output(
        json=lambda: _details_json(details, session),
        ids=lambda: [details.item.id],
        plain=lambda: [item_row(details.item, session)],
        human=lambda: _details_lines(details, session),
    )


def _try_json(one: "Attempt", place: "tzinfo") -> "dict[str, Any]":
    from assistant.instants import from_text

    began, ended = (from_text(at) if at else None for at in (one.began_at, one.ended_at))
    return {
        "number": one.number, "began_at": in_zone(began, place), "ended_at": in_zone(ended, place),
        "took_ms": one.took_ms, "outcome": one.outcome, "error": one.error,
    }  # fmt: skip


def _details_json(details: Details, session: Session) -> "dict[str, Any]":
    place = session.tzinfo
    document = item_json(details.item, session)
    if details.version is not None:
        document["version"] = details.version
    document["steps"] = [
        {
            "path": step.path, "state": step.state, "attempts": step.attempts, "wake_at": in_zone(step.wake_at, place),
            "key": step.key, "action": step.action, "output": step.output, "error": step.error, "by": step.done_by,
            "held": step.held, "service": step.service, "awaits": step.awaits,
            "tries": [_try_json(one, place) for one in details.attempts if one.step_id == step.id],
        }
        for step in details.steps
    ]  # fmt: skip
    document["requests"] = [
        {
            "id": request.id, "kind": request.kind, "state": request.state, "title": request.title,
            "because": request.because, "expires_at": in_zone(request.expires_at, place), "answer": request.answer,
            "proposal": request.proposal, "hash": request.hash, "on_expiry": request.on_expiry,
            "created_at": in_zone(request.created_at, place), "ended_at": in_zone(request.ended_at, place),
        }
        for request in details.requests
    ]  # fmt: skip
    document["slots"] = [
        {
            "at": in_zone(slot.at, place), "last": in_zone(slot.last, place), "count": slot.count, "state": slot.state,
            "reason": slot.reason, "job": slot.job_id,
        }
        for slot in details.slots
    ]  # fmt: skip
    document["messages"] = [
        {
            "id": message.id, "key": message.key, "text": message.text, "channel": message.channel,
            "state": message.state, "reason": message.reason, "at": in_zone(message.at, place),
            "sent_at": in_zone(message.sent_at, place), "attempts": message.attempts, "severity": message.severity,
        }
        for message in details.messages
    ]  # fmt: skip
    document["journal"] = [_journal_json(line, session) for line in details.journal]
    return document


def _journal_json(line: "JournalLine | LoggedLine", session: Session) -> "dict[str, Any]":
    before, after = line.before, line.after
    if line.tab in ("channel", "source"):
        from assistant.app.redact import without_passwords

        before, after = (image and without_passwords(line.tab, image) for image in (before, after))
    return {
        "id": line.id, "at": in_zone(line.at, session.tzinfo), "item": line.item, "what": line.what, "table": line.tab,
        "row": line.row, "command": line.command_id, "words": getattr(line, "words", None), "tick": line.tick_id,
        "before": before, "after": after,
    }  # fmt: skip


def _details_lines(details: Details, session: Session) -> list[str]:
    item = details.item
    lines = [f"  {item.id}  {bold(item.title)}", f"      {item.why}"]
    lines += [_step_line(step, details) for step in details.steps if item.kind == "job"]
    if item.kind == "request":
        from assistant.cli.inbox import request_lines

        lines += request_lines(details.requests[0], session)
    for slot in details.slots[-10:]:
        run = f" to {short(slot.last, session)} ({slot.count} slots)" if slot.count > 1 else ""
        reason = f": {slot.reason}" if slot.reason else ""
        lines.append(f"      slot     {short(slot.at, session)}{run}  {slot.state}{reason}")
    for message in details.messages[-10:]:
        sent = f", {short(message.sent_at, session)}" if message.sent_at else ""
        reason = f": {message.reason}" if message.reason else ""
        lines.append(f"      message  {message.channel}  {message.state}{sent}{reason}  {dim(message.text)}")
    for request in details.requests[-10:]:
        lines.append(f"      request  {request.id}  {request.kind}  {request.state}")
    for line in details.journal[-20:]:
        lines.append(dim(f"      {short(line.at, session)}  {line.tab}: {line.what}"))
    return lines


def _step_line(step: "Step", details: Details) -> str:
    """A step of a job: its state, its tries, and what came of it."""
    tries = f"  {step.attempts} attempt{'s' if step.attempts > 1 else ''}" if step.attempts else ""
    by = "  by its fallback" if step.done_by == "fallback" else ""
    error = f": {step.error}" if step.error else ""
    took = sum(one.took_ms or 0 for one in details.attempts if one.step_id == step.id)
    took_words = f", {took} ms" if took else ""
    return f"      step     {step.path}  {step.state}{by}{tries}{took_words}{error}"


def log(parsed: Parsed, session: Session) -> Output:
    """The journal, of all or of one item."""
    from assistant.app.items import number_in
    from assistant.app.journal import lines_of

    limit = limit_of(parsed)
    number = number_in(parsed.words[0]) if parsed.words else None
    lines = lines_of(session, number, limit)
    return Output(
        json=lambda: [_journal_json(line, session) for line in lines],
        ids=lambda: [line.id for line in lines],
        plain=lambda: [
            [in_zone(line.at, session.tzinfo), line.item, line.tab, line.what, line.words] for line in lines
        ],
        human=lambda: [
            f"  {short(line.at, session)}  {line.item or '':>5}  {line.tab}: {line.what}"
            + (dim(f"   ask {line.words}") if line.words else dim("   by a tick") if line.tick_id else "")
            for line in lines
        ],
        notes=() if lines else ("  nothing has happened yet",),
    )


def why(parsed: Parsed, session: Session) -> Output:
    """The one sentence of an item."""
    from assistant.app.why import why as explain

    found = explain(session, parsed.text())
    return Output(
        json=lambda: {"id": found.id, "why": found.why},
        ids=lambda: [found.id],
        plain=lambda: [[found.why]],
        human=lambda: [f"  {found.why}"],
    )


def when(parsed: Parsed, session: Session) -> Output:
    """How time words are read."""
    count = parsed.get("next", 5)
    if parsed.words == ("-",):
        return _batch(session, count)
    from assistant.app import words
    from assistant.when.batch import answer_of

    text = parsed.text()
    reading = words.read_words(session, text)
    found = answer_of(reading, session.now, session.conventions, count)
    if reading.kind == "none":
        refused = words.not_understood(reading, text, 'ask when "{}"', kept="")
        refused.answer = found
        raise refused
    if reading.rule is not None:
        from assistant.when import say

        found["dst"] = list(say.dst_notes(reading.rule, reading.zone, session.now, session.conventions))
    return Output(json=lambda: found, plain=lambda: _when_rows(found), human=lambda: _when_lines(found, session))


def _batch(session: Session, count: int) -> Output:
    """A phrase a line in, an object a line out, in the same order; what is not understood is its line only."""
    import json

    from assistant.when.batch import answer

    for line in sys.stdin.buffer:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        answered = answer(text, session.now, session.conventions, count)
        sys.stdout.write(json.dumps(answered, ensure_ascii=True) + "\n")
    return Output(json=lambda: None, code=-1)


def _when_rows(found: "dict[str, Any]") -> "list[list[object]]":
    return [[at, found["kind"], found["message"]] for at in found["occurrences"] or [found["at"]]]


def _when_lines(found: "dict[str, Any]", session: Session) -> list[str]:
    from datetime import datetime

    lines = [f"  {found['reading']}"]
    lines += [f"      or: {other['reading']}" for other in found.get("choices", [])[1:]]
    if found["message"]:
        lines.append(f"      message: {found['message']}")
    if found["rule"]:
        lines += [dim(f"      {line}") for line in found["rule"].split("\n")]
        for at in found["occurrences"]:
            lines.append(f"      {short(datetime.fromisoformat(at), session)}")
    return lines + [dim(f"      {note}") for note in (*found.get("notes", ()), *found.get("dst", ()))]


def bare(parsed: Parsed, session: Session) -> Output:
    """What needs the person, and what is next."""
    if parsed.get("version"):
        from assistant import __version__

        return Output(json=lambda: {"version": __version__}, human=lambda: [f"  ask {__version__}"])
    from assistant.app.bare import overview
    from assistant.cli.away import news_first

    seen = overview(session)
    return Output(
        json=lambda: {
            "needs_you": [item_json(item, session) for item in seen.needs_you],
            "next": [item_json(item, session) for item in seen.next],
            "last_tick_at": in_zone(seen.last_tick_at, session.tzinfo),
            "done_today": seen.done_today,
        },
        ids=lambda: [item.id for item in (*seen.needs_you, *seen.next)],
        plain=lambda: [item_row(item, session) for item in (*seen.needs_you, *seen.next)],
        human=lambda: [*news_first(session), *_overview_lines(seen, session)],
    )


def _overview_lines(seen: "Overview", session: Session) -> list[str]:
    lines = []
    if seen.needs_you:
        shown = item_lines(seen.needs_you, session)
        ways = (" · ".join(seen.ways.get(item.id, ())) for item in seen.needs_you)
        lines += ["  needs you", *(f"{line}   {dim(way)}" for line, way in zip(shown, ways, strict=True))]
    if seen.next:
        steps = (seen.steps.get(item.id) for item in seen.next)
        shown = item_lines(seen.next, session)
        lines += [
            "  next",
            *(f"{line}   {dim(said)}" if said else line for line, said in zip(shown, steps, strict=True)),
        ]
    if not lines:
        lines = ["  nothing is open", "      ask remind me to stretch in 10 minutes · ask add buy stamps"]
    return [*lines, f"  {seen.closing}"]
