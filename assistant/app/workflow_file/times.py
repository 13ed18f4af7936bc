"""Times and schedules in words, read by the same language as on the command line."""

from datetime import datetime, timedelta
from typing import Any

from assistant.app.workflow_file.fields import ABSENT, Reader, is_empty, template, wrong
from assistant.app.workflow_file.findings import Findings
from assistant.app.workflow_file.nodes import Node, Scalar, quoted
from assistant.core.template_text import is_template
from assistant.when.values import Reading

LONGEST = 200
MOST = 300
MINUTE = timedelta(minutes=1)


def moment(fix: str) -> Reader:
    """Words for one time, counted from when they are used; or a template for them."""

    def read(node: Node, path: str, findings: Findings) -> Any:
        said = template(fix)(node, path, findings)
        if said is ABSENT or is_template(said):
            return said
        found = _read(said, findings)
        if found.kind == "recurrence":
            return wrong(node, path, findings, f"that comes again and again; {fix}")
        return said if found.kind == "instant" else wrong(node, path, findings, _not_placed(found, fix))

    return read


def schedule(node: Node, path: str, findings: Findings) -> Any:
    """Words for a rule or a time, or cron or rrule text: what is kept of it."""
    fix = "write words such as every weekday at 8:30"
    if not isinstance(node, Scalar) or is_empty(node):
        return wrong(node, path, findings, fix)
    if is_template(node.text):
        return wrong(node, path, findings, f"no template can stand here; {fix}")
    return _kept(node.text, node, path, findings, fix)


def cron(node: Node, path: str, findings: Findings) -> Any:
    """A cron expression."""
    fix = 'write five fields in quotes, such as "30 8 * * 1-5"'
    if not isinstance(node, Scalar) or is_empty(node):
        return wrong(node, path, findings, fix)
    return _kept(f"cron: {node.text.removeprefix('cron:').strip()}", node, path, findings, fix)


def rrule(node: Node, path: str, findings: Findings) -> Any:
    """RRULE text (RFC 5545)."""
    fix = "write a rule such as FREQ=WEEKLY;BYDAY=MO"
    if not isinstance(node, Scalar) or is_empty(node) or "FREQ=" not in node.text.upper():
        return wrong(node, path, findings, fix)
    return _kept(node.text.strip(), node, path, findings, fix)


def _kept(words: str, node: Node, path: str, findings: Findings, fix: str) -> Any:
    found = _read(words, findings)
    if found.kind == "none" and not words.lower().startswith(("every", "each")):
        again = _read(f"every {words}", findings)
        found = again if again.kind == "recurrence" else found
    if found.kind == "none" or found.at is None:
        return wrong(node, path, findings, _not_placed(found, fix))
    if found.rule is None and _counts_from_now(words, found.at, findings):
        return wrong(
            node, path, findings, "that counts from now, and a file is read again; write a date, or every 2 hours"
        )
    if found.rule is None and found.at < findings.known.now:
        return wrong(node, path, findings, f"{_shown(found.at)} has gone by; give a time to come")
    wall = found.at.replace(tzinfo=None).isoformat("T", "seconds")
    return {"text": words, "rule": found.rule, "wall": wall, "zone": found.zone, "pinned": found.pinned}


def _read(words: str, findings: Findings) -> Reading:
    """The reading; none where words are left that say no time."""
    from assistant.when.read import read

    if len(words) > LONGEST:
        return Reading(words[:80], "none", hint=f"it has {len(words):,} characters; {LONGEST:,} can be read")
    findings.times_read += 1
    if findings.times_read > MOST:
        return Reading(words, "none", hint=f"more than {MOST} times in words are not read")
    found = read(words, findings.known.now, findings.known.conventions)
    if found.kind != "none" and found.message:
        return found.replace(kind="none", unplaced=(found.message,))
    return found


def _counts_from_now(words: str, at: datetime, findings: Findings) -> bool:
    """Whether the same words, read a minute later, mean a minute later."""
    from assistant.when.read import read

    later = read(words, findings.known.now + MINUTE, findings.known.conventions)
    return later.at is not None and later.at - at == MINUTE


def _not_placed(found: Reading, fix: str) -> str:
    words = ", ".join(quoted(word) for word in found.unplaced)
    hint = found.hint.rstrip(".") if found.hint else fix
    return f"{words} cannot be placed; {hint}" if words and words != quoted(found.text) else hint


def _shown(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b %Y %H:%M}"
