"""One sentence that asks for several things: where it is cut, and where only the person can say whether to cut."""

import re

from assistant.app.doing.plan import Act, Open, Unplaced
from assistant.app.words import shortened
from assistant.errors import NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

APART = re.compile(
    r"\s*;\s+|,?\s+and then\s+|\n+"
    r"|,?\s+(?:and|then)\s+(?:also\s+)?(?=remind me\b|"
    r"(?:add|create|make|set)(?: me)? an? (?:new )?(?:task|to-?do|reminder)\b)",
    re.IGNORECASE,
)
# Where a second verb of ours may begin. Each may as well go on with what is to be kept: `add wash and stop the leak`.
SECOND = re.compile(
    r",?\s+(?:and|then)\s+(?:also\s+)?(?=(?:add|cancel|delete|remove|drop|done|finish|mark|tick|snooze|postpone|delay|"
    r"push|move|pause|resume|run|start|launch|stop|approve|deny|rename|undo|show|list)\b)",
    re.IGNORECASE,
)
AGAIN = re.compile(r",?\s+and\s+(?:then\s+|again\s+)?(?=(?:at|in|on)\s+\S.*?\s+to\s+)", re.IGNORECASE)
REMIND = re.compile(r"^remind me\b", re.IGNORECASE)
KEEP_TEXT = frozenset(("remind", "add"))


def parts_of(text: str) -> list[str]:
    """The parts that are surely things of their own."""
    return APART.split(text.strip())


def placed(text: str, place: "Callable[[str], list[Act]]") -> list[Act]:
    """The acts of a part: of two where both can be placed, else of the whole. Open where only the person knows."""
    again = AGAIN.search(text) if REMIND.match(text) else None
    if again is not None:  # `remind me at 5 to mail Tom and at 6 to leave`: each time needs its own reminder
        return [*placed(text[: again.start()], place), *placed(f"remind me {text[again.end() :]}", place)]
    cut = SECOND.search(text)
    if cut is None:
        return place(text)
    try:
        second = placed(text[cut.end() :], place)
        first = place(text[: cut.start()])
    except (NotFound, Unplaced):
        return place(text)
    if first[-1].command in KEEP_TEXT and any(act.command not in KEEP_TEXT for act in second):
        raise Open(
            f'Is "{shortened(text[cut.end() :])}" a second thing, or part of the first?',
            "say two things with a semicolon between them; put quotes around one that goes on",
        )
    if first[-1].command in KEEP_TEXT:  # `add eggs and add milk`
        return [*first, *second] if text[cut.end() :].lower().startswith("add ") else place(text)
    return [*first, *second]
