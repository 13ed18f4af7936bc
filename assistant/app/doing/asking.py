"""Sentences that only ask: what is due, what is open, why. They change nothing."""

import re

from assistant.app import words
from assistant.app.doing.plan import Act
from assistant.app.doing.targets import Picked, item_meant
from assistant.app.items import list_items
from assistant.app.session import Session
from assistant.errors import NotFound, UsageError
from assistant.store.find import Filter

ASKS = re.compile(
    r"^(?:what(?:'s|’s| is| are| do i have| have i(?: got)?)?|which|list|show(?: me)?|do i have|have i(?: got)?|"
    r"is there|are there|when(?:'s|’s| is| are)|anything|any|see|find|search(?: for)?|look for)\b",
    re.IGNORECASE,
)
LOOKS = re.compile(r"^(?:list|find|search|look for)\b", re.IGNORECASE)
INBOX = re.compile(
    r"^(?:(?:show(?: me)? )?(?:my |the )?inbox|what(?:'s|’s| is)? (?:waiting for|needs?) me|anything (?:for me|to "
    r"approve)|what (?:do i (?:have|need) to|should i) (?:approve|answer))$",
    re.IGNORECASE,
)
WHY = re.compile(r"^why (?:(?:did|does|has|is|was|do|didn't|doesn't|hasn't) )?(?P<what>.+)$", re.IGNORECASE)
NUMBER = re.compile(r"^show(?: me)? #?(?P<number>\d{1,9})$", re.IGNORECASE)
DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
DUE = re.compile(
    rf"\b(?:(?:on|by|until|for|before) )?(?P<when>today|tonight|tomorrow|(?:this|next) (?:week|month)|the week|"
    rf"end of (?:the )?(?:week|month)|(?:next )?(?:{DAYS}))\b",
    re.IGNORECASE,
)
ENDS = {
    "this week": "end of week", "the week": "end of week", "this month": "end of month", "tonight": "today",
    "end of the week": "end of week", "end of the month": "end of month",
}  # fmt: skip
KINDS = {
    "task": "task", "tasks": "task", "todo": "task", "todos": "task", "to-do": "task", "to-dos": "task",
    "reminder": "schedule", "reminders": "schedule", "alarms": "schedule", "job": "job", "jobs": "job",
    "questions": "request", "requests": "request",
}  # fmt: skip
STATES = {"done": "done", "finished": "done", "completed": "done", "paused": "paused", "failed": "failed"}
FILLING = frozenset((
    "what", "what's", "what’s", "whats", "which", "is", "are", "my", "the", "me", "all", "open", "due", "have", "do",
    "i", "to", "on", "for", "there", "up", "coming", "next", "still", "left", "list", "show", "got", "of", "a", "an",
    "any", "anything", "else", "now", "when", "when's", "when’s", "see", "find", "search", "look", "scheduled",
    "planned", "going", "happening", "that", "plate", "agenda", "be", "done?", "things", "item", "items", "about",
    "with", "in", "everything", "that's", "that’s", "will", "does", "ring", "active",
))  # fmt: skip


def acts(session: Session, text: str, picked: Picked) -> list[Act] | None:
    """What is looked up; None where the sentence asks nothing that the store could say."""
    plain = text.rstrip("?! ").strip()
    if INBOX.match(plain):
        return [Act("inbox", (), "shows what needs you")]
    number = NUMBER.match(plain)
    if number is not None:
        item = item_meant(session, number["number"], picked)
        return [Act("show", (str(item.id),), f"shows {item.id} {item.title}", item.id)]
    why = WHY.match(plain)
    if why is not None:
        return _why(session, why["what"], picked)
    return _listed(session, plain) if ASKS.match(plain) else None


def _why(session: Session, said: str, picked: Picked) -> list[Act] | None:
    """Why an item is as it is; the words after its name say no more than that."""
    inside = re.search(r"#?(\d{1,9})", said)
    name = inside[1] if inside else re.sub(r"\s+(?:not|never|ring|rang|fail|failed|waiting|late|start).*$", "", said)
    try:
        item = item_meant(session, name, picked)
    except NotFound:
        return None
    return [Act("why", (str(item.id),), f"says why {item.id} {item.title} is as it is", item.id)]


def _listed(session: Session, plain: str) -> list[Act] | None:
    options: list[str] = []
    due = DUE.search(plain)
    if due is not None:
        when = ENDS.get(due["when"].lower(), due["when"].lower())
        try:
            words.due(session, when)
        except UsageError:
            return None
        options += ["--due", when]
        plain = f"{plain[: due.start()]} {plain[due.end() :]}"
    left = []
    for word in plain.lower().replace(",", " ").split():
        if word in KINDS:
            options += ["--kind", KINDS[word]]
        elif word in STATES and word not in FILLING:
            options += ["--state", STATES[word]]
        elif word not in FILLING:
            left.append(word)
    if left and not LOOKS.match(plain) and not list_items(session, Filter(words=tuple(left[:3]), limit=1)):
        return None  # it asks for something else
    if len(left) > 3 or options.count("--kind") > 1 or options.count("--state") > 1:
        return None
    if any(word.startswith("-") for word in left):
        return None
    return [Act("list", (*left, *options), f"lists {' '.join((*left, *options)) or 'what is open'}")]
