"""What a sentence asks for, by rules: verbs, time words, names of items and workflows. Unplaced where they fit nothing.

A rule says only what it is sure of. Where two readings are possible it asks, or leaves the sentence to others.
"""

import re

from assistant.app import words
from assistant.app.doing import asking, build, several, told
from assistant.app.doing.plan import Act, Open, Plan, Unplaced
from assistant.app.doing.targets import Picked
from assistant.app.session import Session
from assistant.errors import NotFound, NotUnderstood, UsageError
from assistant.store.workflows import workflows_there

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Rule = Callable[[Session, re.Match[str], Picked], list[Act] | None]

MOST = 2000  # characters of a sentence
MOST_ACTS = 10
POLITE = re.compile(
    r"^(?:(?:hey|hi|ok|okay|please|assistant|ask|kindly|just|and|then)[,!]?\s+"
    r"|(?:can|could|would|will)\s+you\s+|i(?:'d|’d| would)\s+like\s+(?:you\s+)?to\s+|i\s+want\s+(?:you\s+)?to\s+)+",
    re.IGNORECASE,
)
THANKS = re.compile(r"[\s,]+(?:please|thanks|thank you)[\s.!?]*$|[\s.!]+$", re.IGNORECASE)
LEADS = ("until", "till", "to", "for", "by")
LENGTH = re.compile(
    r"(?:an?|one|two|three|half an?|\d+)\s*(?:min(?:ute)?|h(?:ou)?r|day|week)s?|\d+[mhd]", re.IGNORECASE
)
CLOCK = re.compile(r"\b(?:1[01]|[1-9])(?::[0-5]\d)?(?![\w:])")
QUESTION = re.compile(r"^(?:what|which|when|where|who|how|why|do|does|did|is|are|am|was|were|should)\b", re.IGNORECASE)


def _verb(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern})$", re.IGNORECASE | re.DOTALL)


def plan(session: Session, text: str, picked: Picked) -> Plan:
    """The plan of a text, which may ask for several things. Unplaced where a part of it cannot be placed."""
    if len(text) > MOST:
        raise UsageError(f"That has {len(text):,} characters; {MOST:,} are read.", "say it in fewer words")
    if "\0" in text or not text.strip():
        raise UsageError("There is nothing to do in an empty text.", 'ask "remind me to call mum tomorrow at 9"')
    parts = [part for part in map(said, several.parts_of(text)) if part]
    acts = [act for one in parts for act in several.placed(one, lambda part: _part(session, said(part), picked))]
    if len(acts) > MOST_ACTS:
        raise UsageError(f"That is {len(acts)} things at once.", f"say at most {MOST_ACTS} in one sentence")
    return Plan("rules", tuple(acts))


def said(text: str) -> str:
    """A text less its courtesies.

    >>> said("Could you please add milk, thanks!")
    'add milk'
    """
    return THANKS.sub("", POLITE.sub("", text.strip())).strip()


def _part(session: Session, text: str, picked: Picked) -> list[Act]:
    for pattern, rule in RULES:
        match = pattern.match(text)
        acts = rule(session, match, picked) if match is not None else None
        if acts is not None:
            return acts
    asked = asking.acts(session, text, picked) or told.settled(session, text, picked)
    if asked is not None:
        return asked
    wish = not text.endswith("?") and not QUESTION.match(text) and not told.is_no_wish(text)
    reading = build.has_time(session, text) if wish else None
    if reading is not None and reading.at != session.now:  # `for now` is no time to ring at
        return [build.reminder(session, text)]
    raise Unplaced(f'I can\'t place "{words.shortened(text)}".')


# Rules. None: it is not that after all.


def _undo(_session: Session, _match: re.Match[str], _picked: Picked) -> list[Act]:
    return [Act("undo", (), "takes back your latest command")]


def _remind_other(_session: Session, match: re.Match[str], _picked: Picked) -> list[Act]:
    who, what = match["who"], match["what"]
    raise UsageError(
        f"I remind you, and nobody else: {who} hears nothing from me.",
        f'ask "remind me to tell {who} {words.shortened(what)} tomorrow at 9"',
    )


def _remind(session: Session, match: re.Match[str], _picked: Picked) -> list[Act]:
    return [build.reminder(session, match["what"])]


def _remind_within(session: Session, match: re.Match[str], _picked: Picked) -> list[Act] | None:
    whole = match.group(0)
    return [build.reminder(session, whole)] if build.has_time(session, whole) else None


def _alarm(session: Session, match: re.Match[str], _picked: Picked) -> list[Act]:
    what, time = match["what"] or match["kind"], match["time"]
    for when in (time, f"at {time}", f"in {time}"):
        reading = words.read_words(session, when)
        if reading.kind != "none" and not reading.message:
            return [build.reminder(session, what, when)]
    raise words.not_understood(words.read_words(session, time), time, '"{}"')


def _wake(session: Session, match: re.Match[str], _picked: Picked) -> list[Act]:
    """Who is woken at 6:30 means the morning, whatever 6:30 is elsewhere."""
    return [build.reminder(session, f"wake up {_in_the_morning(session, match['time'])}")]


def _in_the_morning(session: Session, text: str) -> str:
    """The time words with `am` where an hour could be of the afternoon and nothing says so."""
    noon = words.read_words(session, text)
    for hour in CLOCK.finditer(text):
        am = f"{text[: hour.end()]}am{text[hour.end() :]}"
        early = words.read_words(session, am)
        if noon.at is None or early.at is None or early.message != noon.message:
            continue
        late, at = noon.at.astimezone(session.tzinfo), early.at.astimezone(session.tzinfo)
        if (late.hour - 12, late.minute) == (at.hour, at.minute):
            return am
    return text


def _add(session: Session, match: re.Match[str], _picked: Picked) -> list[Act]:
    return [build.task(session, match["what"])]


def _must(session: Session, match: re.Match[str], _picked: Picked) -> list[Act] | None:
    """What must be done at a time of day is rung for, what must be done by a day is a task; a regret is neither."""
    if told.REGRET.match(match["what"]):
        return None
    reading = build.has_time(session, match["what"])
    if reading is not None and (reading.clock or reading.kind == "recurrence"):
        return [build.reminder(session, match["what"])]
    return [build.task(session, match["what"])]


def _not_forget(session: Session, match: re.Match[str], _picked: Picked) -> list[Act]:
    """With a time it rings; without one `don't forget` keeps a task, and `don't let me forget` asks when."""
    timed = build.has_time(session, match["what"])
    if " let me " in match.group(0).lower():
        return [build.reminder(session, match["what"])]
    return [build.reminder(session, match["what"]) if timed else build.task(session, match["what"])]


def _or_to_do(rule: "Rule") -> "Rule":
    """A verb that may also stand in what a person has to do: `finish the report at 9`, where nothing is so called."""

    def either(session: Session, match: re.Match[str], picked: Picked) -> list[Act] | None:
        try:
            return rule(session, match, picked)
        except NotFound:
            if build.has_time(session, match.group(0)) is None:
                raise
            return None

    return either


def _changing(command: str) -> "Rule":
    def rule(session: Session, match: re.Match[str], picked: Picked) -> list[Act]:
        return build.change(session, command, match["what"], picked)

    return rule


def _done(session: Session, match: re.Match[str], picked: Picked) -> list[Act]:
    try:
        return build.change(session, "done", match["what"], picked)
    except NotFound:
        settled = told.settled(session, match.group(0), picked)
        if settled is None:
            raise
        return settled


def _put_off(session: Session, match: re.Match[str], picked: Picked) -> list[Act] | None:
    """The time is what can be read as one, from the first word on which it can."""
    verb, rest = match["verb"].lower(), match["what"].split()
    for place in range(1, len(rest)):
        led = rest[place].lower() in LEADS
        when = " ".join(rest[place + 1 :] if led else rest[place:])
        before = rest[: place - 1] if rest[place - 1].lower() in ("back", "off") else rest[:place]
        if not when or not before or rest[place - 1].lower() in LEADS:
            continue
        try:
            words.instant(session, when, "the time")
        except NotUnderstood:
            continue
        # An hour's delay counts from its own time, and an hour's snooze from now.
        by_its_own = verb != "snooze" and LENGTH.fullmatch(when) is not None
        return [build.put_off(session, " ".join(before), when, picked, by_its_own=by_its_own)]
    return None if verb in ("move", "push", "push back", "shift") else _ask_how_long(match["what"])


def _due(session: Session, match: re.Match[str], picked: Picked) -> list[Act]:
    return [build.put_off(session, match["what"], match["when"], picked, by_its_own=False)]


def _priority(session: Session, match: re.Match[str], picked: Picked) -> list[Act]:
    return [build.edit(session, match["what"], picked, "--priority", match["how"].lower())]


def _rename(session: Session, match: re.Match[str], picked: Picked) -> list[Act]:
    return [build.edit(session, match["what"], picked, match["title"])]


def _other_change(_session: Session, match: re.Match[str], _picked: Picked) -> list[Act]:
    raise Unplaced(f'I can\'t place "{words.shortened(match.group(0))}".')


def _ask_how_long(what: str) -> list[Act]:
    raise Open(f'Until when shall "{words.shortened(what)}" wait?', "say the time too, such as until monday 9:00")


def _workflow_rests(session: Session, match: re.Match[str], _picked: Picked) -> list[Act] | None:
    name = _workflow_in(session, match["what"])
    if name is None or _slug(match["what"]) != _slug(name):
        return None
    verb = "resume" if match["verb"].lower() in ("resume", "unpause") else "pause"
    return [Act(f"workflow {verb}", (name,), f"the workflow {name} {'rests' if verb == 'pause' else 'goes on'}")]


def _run(session: Session, match: re.Match[str], _picked: Picked) -> list[Act] | None:
    """A workflow by its name, with blanks or hyphens; NAME=VALUE are its inputs, time words say when."""
    name = _workflow_in(session, match["what"])
    if name is None:
        return None
    rest = match["what"].split()[len(name.replace("-", " ").replace("_", " ").split()) :]
    if _slug(match["what"].split()[0]) == _slug(name):
        rest = match["what"].split()[1:]
    given = tuple(word.rstrip(",") for word in rest if "=" in word)
    left = " ".join(word for word in rest if "=" not in word and word.lower() not in ("and", "workflow"))
    left = re.sub(r"\s*\bwith$", "", left)
    return [build.run(session, name, given, left or None)]


def _workflow_in(session: Session, text: str) -> str | None:
    """The workflow whose name a text begins with; of several the longest."""
    plain = f"{_slug(text)} "
    names = [kept.name for kept in workflows_there(session.reading) if plain.startswith(f"{_slug(kept.name)} ")]
    return max(names, key=len, default=None)


def _slug(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.lower()).strip()


RULES: "tuple[tuple[re.Pattern[str], Rule], ...]" = (
    (_verb(r"undo(?: (?:that|it|this|the last(?: one| thing| command)?|last))?|take (?:that|it) back"), _undo),
    (_verb(r"remind (?P<who>(?!me\b|us\b|myself\b)[\w.-]+) (?:to|about|that|of) (?P<what>.+)"), _remind_other),
    (
        _verb(
            r"(?:remind(?: me| us| myself)?|(?:be|get) reminded|(?:ping|nudge|alert|notify) me|tell me (?=to\b))"
            r"(?: to| of| about| that)?[:,]? (?P<what>.+)"
        ),
        _remind,
    ),
    (_verb(r"(?:wake me(?: up)?|(?:be|get) woken(?: up)?|get me up) (?P<time>.+)"), _wake),
    (
        _verb(
            r"(?:(?:set|start|make|create)(?: up)?(?: me)? )?(?:an? |the )?(?:new )?(?P<kind>alarm|timer) "
            r"(?:for |at |in |on )?(?P<time>.+?)(?: (?:to|for|called|named|saying) (?P<what>.+))?"
        ),
        _alarm,
    ),
    (
        _verb(
            r"(?:(?:set|make|create|add|schedule)(?: up)?(?: me)? )(?:an? |the )?(?:new )?reminder"
            r"(?: to| for| about| of| that|:)? (?P<what>.+)"
        ),
        _remind,
    ),
    (_verb(r".+\bremind me\b.+"), _remind_within),
    (
        _verb(
            r"(?:(?:add|create|make|new)(?: me)?(?: an?| the)?(?: new)? (?:task|to-?do)(?: to| called| for|:)?"
            r"|to-?do:?|task:|add|note(?: down)?(?: that)?:?|write down|jot down) (?P<what>.+)"
        ),
        _add,
    ),
    (_verb(r"put (?P<what>.+ (?:on|to|onto) (?:my|the) (?:[\w-]+ )?(?:list|to-?dos?|tasks))"), _add),
    (_verb(r"(?:do not|don't|don’t) (?:let me )?forget(?: to| about| that)? (?P<what>.+)"), _not_forget),
    (_verb(r"(?:make sure (?:that )?i|remember to) (?P<what>.+)"), _not_forget),
    (_verb(r"i (?:(?:really )?(?:need|have|ought) to|must|should|gotta) (?P<what>.+)"), _must),
    (_verb(r"(?:mark|set|tick|check|cross) (?P<what>.+?) (?:as |off as )?(?:done|completed?|finished|off)"), _done),
    (
        _verb(
            r"(?:done(?: with)?:?|finished|completed|(?:tick|check|cross) off|"
            r"i(?:'ve|’ve| have|'m|’m| am)? (?:did|done(?: with)?|finished|completed)) (?P<what>.+)"
        ),
        _done,
    ),
    (_verb(r"(?:make|set|change) (?P<what>.+?) (?:to be )?due(?: on| to| by)? (?P<when>.+)"), _due),
    (_verb(r"(?P<what>.+?) (?:is|are) due(?: on| by)? (?P<when>.+)"), _due),
    (_verb(r"(?:make|set|change) (?P<what>.+?)(?: to| a)? (?P<how>low|normal|high|urgent)(?: priority)?"), _priority),
    (_verb(r"rename (?P<what>.+?) (?:to|as) (?P<title>.+)"), _rename),
    (_verb(r"(?:change|rename|turn|switch|update|edit) .+"), _other_change),
    (_verb(r"(?:finish|complete) (?P<what>.+)"), _or_to_do(_done)),
    (_verb(r"(?P<what>.+?) (?:is|are) (?:done|finished|completed?)"), _done),
    (_verb(r"(?:ack|acknowledge) (?P<what>.+)"), _changing("ack")),
    (
        _verb(
            r"(?P<verb>snooze|postpone|delay|defer|put off|bump|push(?: back)?|move|shift|reschedule) (?P<what>.+)"
        ),
        _or_to_do(_put_off),
    ),
    (
        _verb(
            r"(?:cancel|delete|remove|forget(?: about)?|never ?mind|stop reminding me(?: to| about| of)?)"
            r" (?P<what>.+)"
        ),
        _changing("cancel"),
    ),
    (_verb(r"(?:drop|stop) (?P<what>.+)"), _or_to_do(_changing("cancel"))),
    (_verb(r"(?P<verb>pause|resume|unpause) (?:the )?(?:workflow )?(?P<what>.+)"), _workflow_rests),
    (_verb(r"pause (?P<what>.+)"), _changing("pause")),
    (_verb(r"(?:resume|unpause) (?P<what>.+)"), _changing("resume")),
    (_verb(r"approve (?P<what>.+)"), _changing("approve")),
    (_verb(r"(?:deny|reject|refuse) (?P<what>.+)"), _changing("deny")),
    (_verb(r"(?:run|start|launch|kick off|trigger) (?:the |my )?(?:workflow )?(?P<what>.+)"), _run),
)  # fmt: skip
