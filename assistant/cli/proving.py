"""`ask workflow test` and `ask simulate`."""

import shlex
import sys
import time

from assistant.app.session import Session
from assistant.cli.output import Output, dim
from assistant.cli.parse import Parsed
from assistant.errors import NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.app.proving.prove import Report, Shown, Telling
    from assistant.app.proving.simulate import Entry


def test(parsed: Parsed, session: Session) -> Output:
    """Play the stories of a workflow in virtual time; errors of its file are told as a check tells them."""
    from assistant.app.proving.meant import checked_file, prepared
    from assistant.app.proving.prove import Wish, prove, tell
    from assistant.cli.workflows import told

    began = time.monotonic()
    checked = checked_file(session, parsed.words[0], sys.stdin.buffer)
    if checked.document is None:
        return told(checked, parsed)
    ready = prepared(session, checked.document, tuple(parsed.get("input") or ()), parsed.get("event"))
    wish = Wish(
        adversarial=bool(parsed.get("adversarial")),
        seeds=parsed.get("seeds") or 0,
        seed=parsed.get("seed") or 7,
        accept=frozenset(parsed.get("accept") or ()),
    )
    number = parsed.get("story")
    if number is not None:
        telling = tell(ready, wish, number)
        if telling is None:
            raise NotFound(f"There is no story {number}.", "without --story the stories are counted")
        return _told(telling)
    progress = _Progress()
    report = prove(ready, wish, hear=progress.hear)
    progress.end()
    return _reported(report, parsed, time.monotonic() - began)


class _Progress:
    """How many stories were played so far: one line that goes away, where a person looks on."""

    def __init__(self) -> None:
        self._next_at = time.monotonic() + 0.5 if sys.stderr.isatty() else None
        self._is_shown = False

    def hear(self, count: int) -> None:
        """So many were played."""
        if self._next_at is not None and time.monotonic() >= self._next_at:
            self._next_at = time.monotonic() + 0.2
            self._show(f"  {count} stories …")

    def end(self) -> None:
        """All were played."""
        if self._is_shown:
            self._show(" " * 24)

    def _show(self, text: str) -> None:
        self._is_shown = True
        sys.stderr.write(f"\r{text}\r")
        sys.stderr.flush()


# A report


def _reported(report: "Report", parsed: Parsed, took: float) -> Output:
    from assistant.app.proving.prove import as_json

    again = _again(parsed)
    return Output(
        json=lambda: as_json(report, again),
        ids=lambda: [one.number for one in report.shown],
        plain=lambda: _rows(report, again),
        human=lambda: [
            _counted(report, took),
            *_tried(report, parsed),
            *(line for one in report.shown for line in _finding(one, again)),
            *_clean(report, parsed),
        ],
        code=0 if report.is_clean else 1,
    )


def _again(parsed: Parsed) -> "Any":
    """The command that tells a story once more."""
    words = ["ask", "workflow", "test", parsed.words[0]]
    words += ["--adversarial"] if parsed.get("adversarial") else []
    words += ["--seeds", str(parsed.get("seeds"))] if parsed.get("seeds") else []
    for name in ("input", "accept"):
        for value in parsed.get(name) or ():
            words += [f"--{name}", value]
    words += ["--event", parsed.get("event")] if parsed.get("event") else []
    seed = parsed.get("seed") or 7

    def again(one: "Shown") -> str:
        return shlex.join([*words, "--story", str(one.number), "--seed", str(seed)])

    return again


def _counted(report: "Report", took: float) -> str:
    words = {"completed": "completed", "failed": "failed or cancelled as designed", "waiting": "waiting for you",
             "stuck": "stuck"}  # fmt: skip
    ends = " · ".join(f"{words[end]} {report.ends[end]}" for end in words if report.ends[end] or end == "completed")
    return f"  {report.scenarios} stories in {took:.1f} s · {ends}"


def _tried(report: "Report", parsed: Parsed) -> list[str]:
    """What went wrong in them, who acted meanwhile, and at how many moments of how many."""
    from assistant.app.proving.tally import in_order

    lines = [" · ".join(f"{name} {count}" for name, count in part.items()) for part in in_order(report.tried)]
    return [dim(line) for whole in (*lines, *_covered(report, parsed)) for line in _folded(whole)]


def _folded(line: str) -> list[str]:
    """A long line in as many as the terminal needs."""
    from shutil import get_terminal_size
    from textwrap import wrap

    width, indent = max(40, get_terminal_size().columns), " " * 6
    parts = " · ".join(part.replace(" ", "\u00a0") for part in line.split(" · "))  # a count stays with its name
    return [one.replace("\u00a0", " ") for one in wrap(parts, width, initial_indent=indent, subsequent_indent=indent)]


def _covered(report: "Report", parsed: Parsed) -> list[str]:
    covered = report.covered
    if covered is None:
        return []
    words = f"moments: all {covered.happy:,} of the plain runs"
    others, there = covered.tried - covered.happy, covered.there - covered.happy
    if others < there:
        seed, runs = parsed.get("seed") or 7, parsed.get("seeds") or 1
        words += f" · {others:,} of {there:,} of the others"
        words += f": --seed {seed + runs} takes the next, --seeds {covered.shares} all"
    elif there:
        words += f" · all {there:,} of the others"
    return [words]


def _clean(report: "Report", parsed: Parsed) -> list[str]:
    if not report.is_clean:
        return []
    more = "" if parsed.get("adversarial") else " · killed, cancelled and repeated at every moment: --adversarial"
    return [f"  ✓ nothing broken, stuck, lost, done twice or unaccounted for{more}"]


def _finding(one: "Shown", again: "Any") -> list[str]:
    found = one.finding
    many = f" ({one.stories} stories)" if one.stories > 1 else ""
    return [
        f"  ✗ {found.kind:<11} {one.story} → {found.what}{many}",
        *([f"      why    {found.cause}"] if found.cause else []),
        f"      fix    {found.fix}",
        dim(f"      again  {again(one)}"),
    ]


def _rows(report: "Report", again: "Any") -> "list[list[object]]":
    rows: list[list[object]] = [["stories", report.scenarios]]
    for name in ("completed", "failed", "waiting"):
        rows.append([name, report.ends[name]])
    if report.covered is not None:
        rows.append(["moments", report.covered.tried, report.covered.there])
    for one in report.shown:
        found = one.finding
        rows.append([found.kind, found.step, found.what, str(one.story), found.fix, again(one)])
    return rows


# One story


def _told(telling: "Telling") -> Output:
    told = telling.told
    verdict = told.verdict
    ends = [f"  ✗ {one.kind}: {one.what} · {one.cause}" for one in verdict.findings]
    return Output(
        json=lambda: {
            "story": told.number, "words": str(told.story), "seed": told.story.seed, "ended": verdict.outcome,
            "lines": [{"at": at, "what": what.strip()} for at, what in telling.lines],
            "findings": [
                {name: getattr(one, name) for name in ("kind", "step", "what", "cause", "fix")}
                for one in verdict.findings
            ],
        },
        ids=lambda: [told.number],
        plain=lambda: [[at, what.strip()] for at, what in telling.lines],
        human=lambda: [
            f"  story {told.number}: {told.story}",
            *(f"  {at}  {what}" for at, what in telling.lines),
            f"  ended: {verdict.outcome}", *ends,
        ],
        code=1 if verdict.findings else 0,
    )  # fmt: skip


# Simulation


def simulate(parsed: Parsed, session: Session) -> Output:
    """What would happen in the time to come, without doing it."""
    from assistant.app.proving.meant import checked_file
    from assistant.app.proving.simulate import simulate as simulated
    from assistant.app.words import duration
    from assistant.cli.workflows import told

    length = duration(parsed.get("for_") or "7d", "--for")
    document = None
    if parsed.get("workflow") is not None:
        checked = checked_file(session, parsed.get("workflow"), sys.stdin.buffer)
        if checked.document is None:
            return told(checked, parsed)
        document = checked.document
    entries = simulated(session, length, document)
    return Output(
        json=lambda: [_entry(entry, session) for entry in entries],
        plain=lambda: [
            [_at(entry, session).isoformat(), entry.item, entry.what, entry.channel, entry.text, entry.cost]
            for entry in entries
        ],
        human=lambda: [_line(entry, session) for entry in entries] or ["  nothing would happen"],
    )


def _at(entry: "Entry", session: Session) -> "Any":
    return entry.at.astimezone(session.tzinfo)


def _entry(entry: "Entry", session: Session) -> "dict[str, Any]":
    return {
        "at": _at(entry, session).isoformat(), "item": entry.item, "what": entry.what, "channel": entry.channel,
        "text": entry.text, "cost": entry.cost,
    }  # fmt: skip


def _line(entry: "Entry", session: Session) -> str:
    at = _at(entry, session)
    by = f"{entry.what} · {entry.channel}" if entry.channel else entry.what
    cost = f" · at most {entry.cost} $" if entry.cost else ""
    return f"  {at:%a} {at.day:>2} {at:%b %H:%M}  {entry.item or '':>4}  {by:<20} {entry.text}{cost}"
