"""What an action and its policies do, in lines for a drawing. Every line is plain, printable and bounded."""

import shlex
from collections.abc import Callable
from typing import Any

Kept = dict[str, Any]
LONGEST = 160
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))


def line(text: object) -> str:
    """A value as one line that cannot steer what shows it, cut where it is very long.

    >>> line("a\\n  b\\x1b[2J")
    'a b\\ufffd[2J'
    """
    words = " ".join(str(text)[: 4 * LONGEST].split())
    shown = "".join(c if c.isprintable() else UNPRINTABLE for c in words)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 3]}..."


def length(kept: int | str) -> str:
    """A kept length of time in words.

    >>> [length(kept) for kept in (90, "7200s", "2d", "1b", "3b")]
    ['1m30s', '2h', '2d', '1 business day', '3 business days']
    """
    if isinstance(kept, str) and not kept.endswith("s"):
        count, measure = int(kept[:-1]), kept[-1]
        return f"{count}d" if measure == "d" else f"{count} business day{'' if count == 1 else 's'}"
    left = int(kept.removesuffix("s")) if isinstance(kept, str) else kept
    parts = []
    for size, unit in UNITS:
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def names(given: object) -> str:
    """One or many, in a row."""
    return ", ".join(map(str, given)) if isinstance(given, list) else str(given)


def pairs(given: Kept) -> str:
    """Names and values in a row."""
    return ", ".join(f"{name}={value}" for name, value in given.items())


def action(one: Kept) -> list[str]:
    """What a step, a fallback, a rung or an undo does."""
    kind, does = one["kind"], one["action"]
    return [line(text) for text in SAID[kind](does)]


def _beside(does: Kept, *keys: str) -> str:
    said = ", ".join(f"{key} {names(does[key])}" for key in keys if key in does)
    return f" ({said})" if said else ""


def _file(does: Kept) -> str:
    if "move" in does:
        return f"file: move {does['path']} to {does['move']}"
    return f"file: {'write' if 'write' in does else 'append to'} {does['path']}"


def _calendar(does: Kept) -> str:
    if "read" in does:
        return f"calendar: read{_beside(does['read'], 'days', 'calendar')}"
    return f"calendar: add {does['add']['title']} at {does['add']['start']}"


def _model(does: Kept) -> str:
    task = next(name for name in ("draft", "summarise", "classify", "extract") if name in does)
    return f"model: {task} {does[task]}"


def _ask(does: Kept) -> list[str]:
    choices = [f"choices: {' | '.join(map(str, does['choices']))}"] if does.get("choices") else []
    return [f"ask: {does['question']}", *choices]


def _wait(does: Kept) -> list[str]:
    if "for" in does:
        return [f"wait: {length(does['for'])}"]
    if "until" in does:
        return [f"wait: until {does['until']}"]
    where = [f"where {does['where']}"] if "where" in does else []
    within = [f"within {length(does['within'])}"] if "within" in does else []
    return [f"wait: for the event {does['event']}", *where, *within]


def _workflow(does: Kept) -> list[str]:
    return [f"workflow: {does['name']}", *([f"inputs: {pairs(does['inputs'])}"] if does.get("inputs") else [])]


SAID: dict[str, Callable[[Kept], list[str]]] = {
    "notify": lambda does: [f"notify: {does['text']}{_beside(does, 'to', 'channel', 'severity')}"],
    "task": lambda does: [f"task: {does['title']}{_beside(does, 'due', 'priority', 'project')}"],
    "run": lambda does: [f"run: {shlex.join(does['argv'])}"],
    "http": lambda does: [f"http: {does['method']} {does['url']}"],
    "file": lambda does: [_file(does)],
    "mail": lambda does: [f"mail: {does['subject']} to {names(does['to'])}"],
    "mail_draft": lambda does: [f"mail_draft: {does['subject']} to {names(does['to'])}"],
    "calendar": lambda does: [_calendar(does)],
    "model": lambda does: [_model(does)],
    "brief": lambda _does: ["brief: what ask brief says"],
    "ask": _ask,
    "wait": _wait,
    "emit": lambda does: [f"emit: {does['event']}"],
    "workflow": _workflow,
    "text": lambda does: [f"text: {does['text']}"],
    "set": lambda does: [f"set: {', '.join(does)}"],
}


def policies(one: Kept) -> list[str]:
    """How often, how long and within what limits it is tried."""
    said = [_for_each(one), _retry(one.get("retry")), _limit(one.get("limit")), _outcome(one)]
    if "timeout" in one:
        said.append(f"timeout: {length(one['timeout'])}")
    if _may_be_held(one):
        said.append("may ask first: it acts on others")
    return [line(text) for text in said if text]


def _may_be_held(one: Kept) -> bool:
    """Whether a person may be asked although the file does not say so: mail and changes by HTTP, by the floor."""
    is_asked = "approve" in one and one["approve"]["mode"] != "never"
    changes = one["kind"] == "http" and one["action"]["method"] not in ("GET", "HEAD")
    return not is_asked and (changes or one["kind"] == "mail")


def _for_each(one: Kept) -> str:
    if "for_each" not in one:
        return ""
    at_once = f", {one['at_once']} at once" if "at_once" in one else ""
    return f"for each item of {one['for_each']}{at_once}"


def _retry(retry: Kept | None) -> str:
    if retry is None:
        return ""
    said = f"retry: {retry['attempts']} attempts, first after {length(retry['first'])}, times {retry['factor']:g}"
    said += f", at most {length(retry['max'])}"
    if retry.get("permanent"):
        said += f", not after {names(retry['permanent'])}"
    return f"{said}, parked up to {length(retry['park'])}" if "park" in retry else said


def _limit(limit: Kept | None) -> str:
    if limit is None:
        return ""
    bounds = [f"{limit['at_once']} at once"] if "at_once" in limit else []
    bounds += [f"per {length(limit['per'])}"] if "per" in limit else []
    return f"limit {limit['to']}: {', '.join(bounds)}"


def _outcome(one: Kept) -> str:
    """What becomes of an attempt that was cut off."""
    if one.get("effect") != "once":
        return ""
    probe = one.get("probe")
    return f"if cut off, probe by {action(probe)[0]}" if probe else ""


def trigger(one: Kept) -> tuple[str, list[str]]:
    """What starts a job, and what else is said of it."""
    more = [f"where {one['where']}"] if "where" in one else []
    if "event" in one:
        label = f"event {one['event']}"
        more += [f"after {length(one['after'])}"] if "after" in one else []
    else:
        slots = one["schedule"]
        label = slots["text"]
        late = f"if late: {one['if_late']}"
        useless = f", useless after {length(one['useless_after'])}" if "useless_after" in one else ""
        more += [f"zone {slots['zone']}", late + useless]
    more += [f"{name}: {one[name]}" for name in ("key", "subject") if name in one]
    more += [f"inputs: {pairs(one['inputs'])}"] if one.get("inputs") else []
    return line(label), [line(text) for text in more]


def notes(document: Kept) -> list[str]:
    """What holds for the whole workflow."""
    said = [f"inputs: {', '.join(map(_input, document['inputs'].items()))}"] if document.get("inputs") else []
    if document.get("subject") or document["overlap"] != "allow":
        of = f" of the subject {document['subject']}" if document.get("subject") else ""
        said.append(f"overlap: {document['overlap']}, where a job{of} is under way")
    if document["priority"] != "normal":
        said.append(f"priority: {document['priority']}")
    if "budget" in document:
        budget = document["budget"]
        said.append(
            f"budget: {budget['failures']} failures in {length(budget['window'])}; then it asks first, then drafts only"
        )
    return [line(text) for text in said]


def _input(declared: tuple[str, Kept]) -> str:
    name, one = declared
    if one.get("required"):
        return f"{name} (required)"
    return name if one.get("default") is None else f"{name} = {one['default']}"
