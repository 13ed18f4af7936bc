"""`ask trace`: the spans of a job, as a waterfall for people."""

from assistant.app.items import number_in
from assistant.app.session import Session
from assistant.app.trace import Span, Trace, trace
from assistant.cli.output import Output, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import in_zone, jsonable, short
from assistant.errors import UsageError
from assistant.when import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

WIDTH = 24  # of a bar
NAMES = 40  # the widest that a name may be


def show_trace(parsed: Parsed, session: Session) -> Output:
    """Show what a job did and waited for, and how long each took."""
    if not parsed.words:
        raise UsageError("No number was given.", "ask trace 30; ask list --kind job shows the numbers")
    if len(parsed.words) > 1:
        raise UsageError(f"One job is traced at a time, and {len(parsed.words)} were named.", "ask trace 30")
    found = trace(session, number_in(parsed.words[0]))
    return Output(
        json=lambda: [_json(span, session) for span in found.spans],
        ids=lambda: [found.job.number],
        plain=lambda: [_plain(span, session) for span in found.spans],
        human=lambda: _lines(found, session),
    )


def _json(span: Span, session: Session) -> "dict[str, Any]":
    shown: dict[str, Any] = jsonable(span, session.tzinfo)
    return shown


def _plain(span: Span, session: Session) -> "list[object]":
    place = session.tzinfo
    return [
        in_zone(span.start, place),
        in_zone(span.end, place),
        span.took_s,
        span.kind,
        span.name,
        span.outcome,
        span.cause,
    ]


def _lines(found: Trace, session: Session) -> list[str]:
    spans = found.spans
    first = min(span.start for span in spans)
    last = max((span.end or session.now) for span in spans)
    whole = max((last - first).total_seconds(), 1.0)
    names = [("  " * span.depth + _name(span))[:NAMES] for span in spans]
    wide = max(map(len, names))
    lines = [f"  {short(first, session)} to {short(last, session)} · {say.distance(last - first)}"]
    for name, span in zip(names, spans, strict=True):
        ahead = int((span.start - first).total_seconds() / whole * WIDTH)
        length = max(1, round((span.took_s or 0) / whole * WIDTH))
        bar = (" " * min(ahead, WIDTH - 1) + _mark(span) * length)[:WIDTH]
        told = " · ".join(part for part in (_took(span), span.outcome, span.cause) if part)
        lines.append(f"  {name:<{wide}}  {bar:<{WIDTH}}  {dim(told)}")
    return lines


def _name(span: Span) -> str:
    return span.name if span.kind in ("attempt", "message", "request", "trigger") else f"{span.kind} {span.name}"


def _mark(span: Span) -> str:
    """Waiting is thin, working is thick."""
    return "━" if span.kind in ("attempt", "trigger") else "─"


def _took(span: Span) -> str:
    took = span.took_s or 0
    if span.kind == "attempt" and took < 10:
        return f"{took:.3f} s"
    from datetime import timedelta

    return say.distance(timedelta(seconds=int(took))) if took >= 1 else ""
