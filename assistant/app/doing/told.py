"""What a person tells rather than asks for: something they did, which settles an item, or a state of the world, which
asks for nothing. Only an item whose title has the very deed is settled: who read the report has not written it.
"""

import re

from assistant.app.doing.plan import Act
from assistant.app.doing.targets import Picked, item_meant
from assistant.app.session import Session
from assistant.errors import NotFound

# Past forms that no ending tells, and their verbs.
IRREGULAR = {
    "bought": "buy", "brought": "bring", "built": "build", "chosen": "choose", "cut": "cut", "did": "do", "done": "do",
    "drawn": "draw", "driven": "drive", "fed": "feed", "filed": "file", "fixed": "fix", "found": "find", "gave": "give",
    "given": "give", "got": "get", "gotten": "get", "hung": "hang", "left": "leave", "lent": "lend", "made": "make",
    "met": "meet", "paid": "pay", "put": "put", "ran": "run", "rang": "ring", "read": "read", "rung": "ring",
    "said": "say", "saw": "see", "seen": "see", "sent": "send", "set": "set", "sold": "sell", "spoke": "speak",
    "spoken": "speak", "swept": "sweep", "taken": "take", "told": "tell", "took": "take", "taught": "teach",
    "went": "go", "written": "write", "wrote": "write",
}  # fmt: skip
_PAST = rf"(?:[a-z]{{2,}}ed|{'|'.join(IRREGULAR)})"
_SOON = r"(?:(?:just|already|now|finally) )*"
DID = re.compile(
    rf"^(?:(?:i|we)(?:'ve|’ve| have)? )?{_SOON}(?P<deed>{_PAST}) (?P<what>.+?)(?: (?:already|now|today))?$",
    re.IGNORECASE,
)
WAS_DONE = re.compile(
    rf"^(?P<what>.+?) (?:is|are|was|were|has been|have been|got) {_SOON}(?P<deed>{_PAST})$", re.IGNORECASE
)
ALSO = re.compile(rf"(?:,\s*|,?\s+and\s+)(?:then\s+)?(?:i(?:'ve|’ve| have)?\s+)?{_SOON}(?={_PAST}\s)", re.IGNORECASE)
# A condition, a denial, or a sentence that says how things are: a time in it does not make it something to do.
CONDITION = re.compile(
    r"^(?:if|unless|when(?:ever)?|once|in case|no|not|never|nobody|do not|don't|don’t|skip|except)\b", re.IGNORECASE
)
STATE = re.compile(
    r"^(?:i'm|i’m|i am|i was|i had|i will be|i'll be|i’ll be|i can(?:'t|’t|not)?|he|she|it|it's|it’s|they|they're|we|"
    r"we're|we’re|there|there's|everybody|everyone|somebody|someone)\b"
    r"|^(?:the|my|our|your|his|her|their) [\w-]+ [a-z]{3,}s (?:at|on|in|from|by|until|today|tomorrow)\b"
    r"|\b(?:is|are|was|were|isn't|isn’t|aren't|aren’t|wasn't|wasn’t|has|hasn't|hasn’t|had|will|won't|won’t|can't|"
    r"can’t|cannot|moved|starts|begins|ends|says|said)\b",
    re.IGNORECASE,
)
ARTICLES = re.compile(r"\b(?:the|my|our|an?)\s+", re.IGNORECASE)
REGRET = re.compile(rf"^(?:not )?have {_PAST}\b", re.IGNORECASE)
# The time belongs to what is arranged with others, not to the arranging.
ARRANGES = re.compile(r"^(?:schedule|book|arrange|organi[sz]e|plan|set up|invite)\b", re.IGNORECASE)
CLAUSE = re.compile(r"\b(?:that|whether|if|who|what|when|where|why|how|because)\b", re.IGNORECASE)


def settled(session: Session, text: str, picked: Picked) -> list[Act] | None:
    """The items that are done by what the person says they did; None where one of the deeds is no open item."""
    acts = []
    for part in ALSO.split(text):
        match = DID.match(part) or WAS_DONE.match(part)
        item = _item(session, match["deed"].lower(), match["what"], picked) if match is not None else None
        if item is None:
            return None
        acts.append(item)
    return acts


def is_no_wish(text: str) -> bool:
    """Whether a text says how things are, or under which condition, or has a time that is not when to ring.

    >>> [is_no_wish(text) for text in ("the call moved to friday", "tell Ada that it is late at 9", "lunch at noon")]
    [True, False, False]
    """
    if CONDITION.match(text) or ARRANGES.match(text):
        return True
    clause = CLAUSE.search(text)
    return STATE.search(text[: clause.start()] if clause is not None and clause.start() else text) is not None


def _item(session: Session, deed: str, what: str, picked: Picked) -> Act | None:
    what = ARTICLES.sub("", what)
    for verb in _verbs(deed):
        try:
            item = item_meant(session, f"{verb} {what}", picked, ("task", "schedule"))
        except NotFound:
            continue
        return Act("done", (str(item.id),), f"{item.id} {item.title} is done", item.id)
    return None


def _verbs(deed: str) -> tuple[str, ...]:
    """The verbs of which a past form may be.

    >>> _verbs("booked"), _verbs("planned"), _verbs("tidied")
    (('book', 'booke'), ('plann', 'planne', 'plan'), ('tidi', 'tidie', 'tidy'))
    """
    if deed in IRREGULAR:
        return (IRREGULAR[deed],)
    stem = deed[:-2]
    if stem.endswith("i"):
        return (stem, deed[:-1], f"{stem[:-1]}y")
    doubled = len(stem) > 2 and stem[-1] == stem[-2]
    return (stem, deed[:-1], *((stem[:-1],) if doubled else ()))
