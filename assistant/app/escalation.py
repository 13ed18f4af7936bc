"""Preference `escalation`: how what must be answered goes on, where it says nothing of that itself. Keeps nothing.

`15m,1h; 2h tell eve; 1 business day task`: how it repeats, then the rungs, each counted from the one before it. It is
taken up where a reminder is made and where a workflow is added, and holds for what is made from then on.
"""

from assistant.app import words
from assistant.errors import UsageError
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORM = (
    "it as 15m,30m,1h; or as 15m,1h; 2h tell eve; 1 business day task (tell NAME, on CHANNEL, task; once: no repeats)"
)
VERBS = ("tell", "on", "task")
ONCE = "once"
USUAL = (900,)  # seconds
MOST_RUNGS = 10


class Rung(Value):
    """One rung: so long after the one before, as a kept duration; tell a person, ring on a channel, or make a task."""

    __slots__ = ("after", "verb", "name", "said")
    after: str
    verb: str
    name: str | None
    said: str


class Ladder(Value):
    """How something goes on until it is answered: the gaps of its repeats in seconds, and its rungs."""

    __slots__ = ("repeat", "rungs")
    repeat: tuple[int, ...]
    rungs: tuple[Rung, ...]


def read_ladder(text: str | None) -> Ladder:
    """The ladder that a preference says; the usual one where it is not set. UsageError with the form for what is none.

    >>> ladder = read_ladder("15m,1h; 2h tell eve; 1 business day task")
    >>> ladder.repeat, [(rung.after, rung.verb, rung.name) for rung in ladder.rungs]
    ((900, 3600), [('7200s', 'tell', 'eve'), ('1b', 'task', None)])
    """
    if text is None:
        return Ladder(USUAL, ())
    first, *rest = (part.strip() for part in text.split(";"))
    rungs = tuple(_rung(part, text) for part in rest)
    if not first or len(rungs) > MOST_RUNGS:
        raise _wrong(text)
    try:
        repeat = () if first.lower() == ONCE else tuple(words.durations(first, "escalation"))
    except UsageError:
        raise _wrong(text) from None
    return Ladder(repeat, rungs)


def normal(text: str) -> str:
    """The text as it is kept.

    >>> normal("15m , 1h;2h  tell  eve"), normal("once; 2 days on phone")
    ('15m, 1h; 2h tell eve', 'once; 2 days on phone')
    """
    ladder = read_ladder(text)
    gaps = ", ".join("".join(part.split()) for part in text.partition(";")[0].split(","))
    return "; ".join((gaps.lower(), *(rung.said for rung in ladder.rungs)))


def _rung(part: str, text: str) -> Rung:
    said = part.split()
    place = next((place for place, word in enumerate(said) if word.lower() in VERBS), None)
    if not place:
        raise _wrong(text)
    verb, name = said[place].lower(), " ".join(said[place + 1 :]) or None
    if (name is None) is not (verb == "task"):
        raise _wrong(text)
    after = _length(said[:place])
    if after is None:
        raise _wrong(text)
    return Rung(after, verb, name, " ".join((*said[:place], verb, *([name] if name else []))))


def _length(said: list[str]) -> str | None:
    """A length of time as a workflow keeps it: days by the calendar, business days, else seconds by the clock.

    >>> _length(["1", "business", "day"]), _length(["2d"]), _length(["90m"]), _length(["soon"])
    ('1b', '2d', '5400s', None)
    """
    plain = "".join(said).lower()
    count = plain[: len(plain) - len(plain.lstrip("0123456789"))]
    unit = plain[len(count) :].removesuffix("s") or "s"
    if count and int(count[:9]) and len(count) < 6 and unit in ("businessday", "day", "d", "week", "w"):
        return f"{int(count)}b" if unit == "businessday" else f"{int(count) * (7 if unit.startswith('w') else 1)}d"
    try:
        return f"{int(words.duration(' '.join(said), 'a rung').total_seconds())}s"
    except UsageError:
        return None


def _wrong(text: str) -> UsageError:
    return UsageError(f"escalation cannot be {text!r}.", f"write {FORM}")


# What it makes of a step


def rungs_of(ladder: Ladder, text: str, more: "dict[str, Any]") -> "list[dict[str, Any]]":
    """The rungs as a kept step has them. `text` is what the step says; `more` what a message of it also has."""
    return [_kept(rung, text, more) for rung in ladder.rungs]


def _kept(rung: Rung, text: str, more: "dict[str, Any]") -> "dict[str, Any]":
    if rung.verb == "task":
        return {"after": rung.after, "kind": "task", "action": {"title": text, "priority": "high"}}
    to = {"to": rung.name} if rung.verb == "tell" else {"channel": rung.name}
    action = {"text": f"nobody answered: {text}", **more, **to}
    return {"after": rung.after, "kind": "notify", "action": action}


def with_ladder(document: "dict[str, Any]", text: str | None) -> "dict[str, Any]":
    """A workflow's document: its steps that must be answered, and say nothing of how they go on, go on as preferred."""
    if text is None:
        return document
    ladder = read_ladder(text)
    return {**document, "steps": [_step(step, ladder) for step in document["steps"]]}


def _step(step: "dict[str, Any]", ladder: Ladder) -> "dict[str, Any]":
    if step.get("fallback"):
        step = {**step, "fallback": [_step(entry, ladder) for entry in step["fallback"]]}
    if step.get("kind") != "notify" or step.get("until") != "ack" or "repeat" in step or "escalate" in step:
        return step
    more = {"severity": step["action"]["severity"]} if "severity" in step["action"] else {}
    rungs = rungs_of(ladder, step["action"]["text"], more)
    repeat = {"repeat": list(ladder.repeat)} if ladder.repeat else {}
    return {**step, **repeat, **({"escalate": rungs} if rungs else {})}
