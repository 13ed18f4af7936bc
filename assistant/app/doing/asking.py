"""Sentences that only ask: what is due, what is open, why. They change nothing."""

import re
from datetime import timedelta

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
    r"^(?:(?:show(?: me)? )?(?:my |the )?inbox|what(?:'s|’s| is)? (?:waiting for|needs?) (?:me|my approval)|"
    r"anything (?:for me|to approve)|what (?:do i (?:have|need) to|should i) (?:approve|answer))$",
    re.IGNORECASE,
)
# What takes place is told by the brief of a day and by the agenda; a list only knows what is due.
HAPPENS = re.compile(
    r"\b(?:happen(?:s|ing)?|planned|going on|coming up|meetings?|events?|appointments?|agenda|schedule|calendar|"
    r"brief(?:ing)?)\b|^how(?:'s|’s| is| does| will) (?:my |the )?day\b|"
    r"^(?:what(?:'s|’s| is)?|(?:is there )?anything) (?:on|up)\b",
    re.IGNORECASE,
)
SHOWN = re.compile(r"^(?:(?:give|get|show|read|send|tell|let)(?: me)?(?: (?:see|have|hear))?|what(?:'s|’s| is| are)?|"
                   r"anything|any|(?:is|are) there(?: any(?:thing)?)?|do i have(?: any(?:thing)?)?|which|brief me|"
                   r"how(?:'s|’s| is| does| will) (?:my |the )?day(?: look(?:ing)?| be| going to be)?)\b|^$",
                   re.IGNORECASE)  # fmt: skip
BRIEF_WORDS = frozenset((
    "my", "the", "a", "an", "any", "morning", "daily", "today's", "today’s", "for", "of", "on", "in", "up", "me",
    "happening", "happens", "happen", "planned", "going", "coming", "meeting", "meetings", "event", "events", "agenda",
    "appointment", "appointments", "schedule", "calendar", "brief", "briefing", "scheduled", "there", "next", "please",
))  # fmt: skip
WHY = re.compile(r"^why (?:(?:did|does|has|is|was|do|didn't|doesn't|hasn't) )?(?P<what>.+)$", re.IGNORECASE)
NUMBER = re.compile(r"^show(?: me)? #?(?P<number>\d{1,9})$", re.IGNORECASE)
DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
DUE = re.compile(
    rf"\b(?:(?:on|by|until|for|before) )?(?P<when>today|tonight|tomorrow|(?:this|next) (?:week|month)|the week|"
    rf"end of (?:the )?(?:week|month)|(?:next )?(?:{DAYS}))\b",
    re.IGNORECASE,
)
ENDS = {
    "this month": "end of month", "tonight": "today", "end of the week": "end of week",
    "end of the month": "end of month",
}  # fmt: skip
WEEKS = {"this week": 0, "the week": 0, "next week": 1}  # whole ones: who asks for a week means its Sunday too
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
    return _day(session, plain) or (_listed(session, plain) if ASKS.match(plain) else None)


def _why(session: Session, said: str, picked: Picked) -> list[Act] | None:
    """Why an item is as it is; the words after its name say no more than that."""
    inside = re.search(r"#?(\d{1,9})", said)
    name = inside[1] if inside else re.sub(r"\s+(?:not|never|ring|rang|fail|failed|waiting|late|start).*$", "", said)
    try:
        item = item_meant(session, name, picked)
    except NotFound:
        return None
    return [Act("why", (str(item.id),), f"says why {item.id} {item.title} is as it is", item.id)]


def _day(session: Session, plain: str) -> list[Act] | None:
    """The brief of a day or the agenda; None where a word is left that neither would answer."""
    if not HAPPENS.search(plain):
        return None
    due = DUE.search(plain)
    rest = f"{plain[: due.start()]} {plain[due.end() :]}" if due is not None else plain
    rest = SHOWN.sub("", rest.strip(), count=1)
    if not BRIEF_WORDS.issuperset(rest.lower().split()):
        by_itself = words.read_words(session, rest).kind == "recurrence"
        if by_itself and re.search(r"\bbrief(?:ing)?\b", rest, re.IGNORECASE):
            raise UsageError("A brief that comes by itself is no reminder.", "ask brief --install 8:00")
        return None
    named = due["when"].lower() if due is not None else None
    agenda = re.search(r"\bagenda\b|\bcoming up\b", plain, re.IGNORECASE)
    if named is not None and ("week" in named or "month" in named):
        return [Act("agenda", ("--days", "31") if "month" in named else (), "shows what comes, day by day")]
    if named is None or named in ("today", "tonight"):
        return [Act("agenda", (), "shows what comes, day by day") if agenda else Act("brief", (), "shows the day")]
    return [Act("brief", ("--day", named), f"shows the day: {named}")]


def _last_of(session: Session, weeks: int) -> str:
    """The last day of a week, by the day with which weeks begin."""
    today = session.now.astimezone(session.tzinfo).date()
    left = 6 - (today.weekday() - session.conventions.week_start) % 7
    return (today + timedelta(days=left + 7 * weeks)).isoformat()


def _listed(session: Session, plain: str) -> list[Act] | None:
    options: list[str] = []
    due = DUE.search(plain)
    if due is not None:
        said = due["when"].lower()
        when = _last_of(session, WEEKS[said]) if said in WEEKS else ENDS.get(said, said)
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
