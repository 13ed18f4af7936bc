"""Acts, each held against what there is before it is shown: a time that is no time, an item that is not there."""

import re
from datetime import datetime

from assistant.app import words
from assistant.app.date_given import date_given
from assistant.app.doing.plan import Act, Open
from assistant.app.doing.targets import Picked, item_meant, items_meant
from assistant.app.items import Item
from assistant.app.remind import Wish, understood
from assistant.app.session import Session
from assistant.app.words import shortened
from assistant.errors import NoTime, NotPossible, UsageError
from assistant.when.values import Reading

WHEN = "say the time too, such as tomorrow at 9"
LIST = re.compile(
    r"\s+(?:to|on|onto|in)\s+(?:my|the|our)\s+(?:(?P<name>[\w-]+)\s+)?(?P<list>list|to-?dos?|tasks)$", re.IGNORECASE
)
PLAIN_LISTS = frozenset(("", "todo", "to-do", "task", "tasks"))
TAG = re.compile(r"(?:^|\s)#([^\W\d_][\w-]*)")
FOR = re.compile(r"^(?:for|with|about|on|to) (?P<rest>.+)$", re.IGNORECASE)
PRIORITY = re.compile(
    r"[,\s]*\b(?:with |at )?(?P<how>low|high|urgent) priority\b[:,]?\s*|^(?P<urgent>urgent):\s*", re.IGNORECASE
)


def reminder(session: Session, text: str, when: str | None = None) -> Act:
    """A reminder: its time in the text, or apart. Open where there is no time, or nothing to remind of."""
    text = words.title(text)
    if when is not None:
        reading = words.read_words(session, when)
        if reading.kind == "none" or reading.message:
            raise words.not_understood(reading, when, '"{}"')
        flag = "--every" if reading.kind == "recurrence" else "--at"
        wish = Wish(text, every=when) if reading.kind == "recurrence" else Wish(text, at=when)
        return Act("remind", _argued(text, flag, when), _said(session, *_as_kept(session, wish)))
    reading = words.read_words(session, text)
    if reading.kind != "none" and not reading.message.strip():
        raise Open(f'"{shortened(text)}" is a time. What shall I remind you of?', 'ask "call mum tomorrow at 9"')
    return Act("remind", _argued(text), _said(session, *_as_kept(session, Wish(text))))


def _as_kept(session: Session, wish: Wish) -> tuple[str, Reading]:
    """Title and time as `ask remind` will keep them; which of two readings is meant is asked only then."""
    choose, session.choose = session.choose, None
    try:
        title, reading, _ = understood(session, wish)
    except NoTime as error:
        raise Open(f'When shall I remind you of "{shortened(error.left)}"?', WHEN) from None
    finally:
        session.choose = choose
    return title, reading


def _said(session: Session, title: str, reading: Reading) -> str:
    from assistant.when import say

    assert reading.at is not None  # noqa: S101 - a reading that is not none has an instant
    if reading.rule:
        return f"reminds you: {title} · {say.rule(reading.rule, reading.zone, session.conventions)}"
    return f"reminds you: {title} · {say.instant(reading.at, reading.zone, session.now)}"


def task(session: Session, text: str, when: str | None = None) -> Act:
    """A task, due when its words say so; what comes again and again is a reminder."""
    text, options = _marks(text)
    reading = words.read_words(session, when if when is not None else text)
    if reading.kind == "recurrence":
        return reminder(session, text, when)
    if when is not None and (reading.kind == "none" or reading.message):
        raise words.not_understood(reading, when, '"{}"')
    if reading.kind == "none":
        return Act("add", _argued(words.title(text), *options), f"adds a task: {text}")
    title = text if when is not None else reading.message.strip()
    if not title:
        raise Open(f'"{shortened(text)}" is a time. What is to be done?', 'ask "buy milk by friday"')
    due = _due(session, reading)
    args = _argued(words.title(title), "--due", due, *options)
    return Act("add", args, f"adds a task: {title} · {_due_said(session, due)}")


def has_time(session: Session, text: str) -> Reading | None:
    """The reading of a text that says a time and something else."""
    reading = words.read_words(session, text)
    return reading if reading.kind != "none" and reading.message.strip() else None


def _due_said(session: Session, due: str) -> str:
    """A due date in words. InThePast where it has gone by."""
    from assistant.when import say

    at, wall = words.due(session, due)
    if wall.endswith("23:59:59"):
        return f"due {say.date(at, session.zone)}, by the end of the day"
    return f"due {say.instant(at, session.zone, session.now)}"


def _due(session: Session, reading: Reading) -> str:
    at: datetime | None = reading.at
    assert at is not None  # noqa: S101 - a reading that is not none has an instant
    local = at.astimezone(session.tzinfo)
    return local.strftime("%Y-%m-%d %H:%M" if reading.clock else "%Y-%m-%d")


def _marks(text: str) -> tuple[str, list[str]]:
    """The text less its tags, priority and list, and the options that they are."""
    options: list[str] = []
    named = LIST.search(text)
    if named is not None:
        text = text[: named.start()]
        name = (named["name"] or "").lower()
        options += ["--tag", name] if name not in PLAIN_LISTS else []
    for tag in TAG.findall(text):
        options += ["--tag", tag]
    text = TAG.sub("", text).strip()
    found = PRIORITY.search(text)
    if found is not None:
        options += ["--priority", (found["how"] or found["urgent"]).lower()]
        text = PRIORITY.sub(" ", text).strip()
    return text, options


def _argued(text: str, *options: str) -> tuple[str, ...]:
    """Words and options in an order in which no word can be taken for an option."""
    return (*options, "--", text) if text.startswith("-") else (text, *options)


VERBS = {
    "done": "is done", "ack": "was seen", "cancel": "is cancelled", "pause": "is paused", "resume": "goes on",
    "approve": "is approved", "deny": "is denied",
}  # fmt: skip
KINDS: dict[str, tuple[str, ...]] = {
    "approve": ("request",), "deny": ("request",), "pause": ("schedule", "job"), "resume": ("schedule", "job"),
    "done": ("task", "schedule", "request"), "ack": ("schedule", "request"), "cancel": ("task", "schedule", "job"),
}  # fmt: skip


def change(session: Session, command: str, said: str, picked: Picked) -> list[Act]:
    """One of the verbs that take an item, for each item that is meant."""
    return [
        Act(command, (str(item.id),), f"{item.id} {item.title} {VERBS[command]}", item.id)
        for item in items_meant(session, said, picked, KINDS[command])
    ]


def edit(session: Session, said: str, picked: Picked, *change: str) -> Act:
    """Another title or priority."""
    item = item_meant(session, said, picked, ("task", "schedule"))
    return Act("edit", (str(item.id), *change), f"{item.id} {item.title} · {' '.join(change).lstrip('-')}", item.id)


def put_off(session: Session, said: str, when: str, picked: Picked, *, by_its_own: bool) -> Act:
    """A ring comes later; a task is due later. `by_its_own`: `when` is a length, counted from its own time."""
    item: Item = item_meant(session, said, picked)
    own = item.next_at or item.due_at
    if by_its_own and own is not None:
        length = words.future(session, words.instant(session, when, "the time")) - session.now
        when = (own + length).astimezone(session.tzinfo).strftime("%Y-%m-%d %H:%M")
    if item.kind == "task":
        said = f"{item.id} {item.title} · {_due_said(session, when)}"
        return Act("edit", (str(item.id), "--due", when), said, item.id)
    if item.kind == "job":
        raise NotPossible(f"{item.id} {item.title} is a job and rings at no time.", f"ask pause {item.id}")
    reading = words.instant(session, when, "the time")
    at = words.future(session, reading)
    from assistant.when import say

    return Act("snooze", (str(item.id), when), f"{item.id} {item.title} → "
               f"{say.instant(at, session.zone, session.now)}", item.id)  # fmt: skip


def run(session: Session, name: str, given: tuple[str, ...], left: str | None = None) -> Act:
    """A job of a workflow. `left`: words that are its time, or, after `for` or `with`, the one input that it needs.
    Open where it needs an input that was not said.
    """
    from assistant.app.running import inputs_given
    from assistant.app.workflow_names import the_workflow

    declared = the_workflow(session, name).spec.get("inputs") or {}
    inputs = inputs_given(given, declared, lambda one, text: date_given(session, one, text))
    unknown = [one for one in inputs if one not in declared]
    if unknown:
        raise UsageError(f"The workflow {name} has no input {unknown[0]!r}.", f"ask workflow show {name}")
    missing = [one for one, about in declared.items() if about.get("required") and one not in inputs]
    said, at = _for_whom(session, left) if left else (None, None)
    if said is not None and len(missing) == 1:
        given = (*given, f"{missing.pop()}={said}")
    elif said is not None:
        raise UsageError(f'What is "{shortened(said)}" to {name}?', f"ask workflow show {name}")
    if missing:
        raise Open(f"Which {missing[0]} for {name}?", f'ask "run {name} {missing[0]}=…"')
    if at is not None:
        words.future(session, words.instant(session, at, "the time", "Nothing was started."))
    options = ("--at", at) if at is not None else ()
    later = f" · {at}" if at is not None else ""
    return Act("run", (name, *given, *options), f"starts {name}{' with ' + ', '.join(given) if given else ''}{later}")


def _for_whom(session: Session, left: str) -> tuple[str | None, str | None]:
    """What words after a workflow's name give it, and the time that they say: `for ada tomorrow at 9`."""
    led = FOR.match(left)
    if led is None:
        return None, left
    reading = words.read_words(session, led["rest"])
    if reading.kind == "none":
        return led["rest"], None
    if not reading.message:
        return None, left
    at = led["rest"].removeprefix(reading.message).strip()
    if at == led["rest"]:
        raise Open(f'Is "{shortened(led["rest"])}" what it is for, or when?', "write NAME=VALUE, and the time last")
    return reading.message, at
