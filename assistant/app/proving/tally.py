"""What was tried, in the words of a person: each story counts once, by what goes wrong in it last."""

from collections import Counter

from assistant.app.proving.story import (
    AGAIN,
    CANCEL,
    CLOCKS,
    DIE,
    KEEP,
    NEWER,
    PAUSE,
    SECOND,
    STOLEN,
    SUPERSEDE,
    Fails,
    Lacks,
    Late,
    Meanwhile,
    NoEvent,
    Says,
    Story,
    Tells,
)

PLANNED, CHANCE = "as planned", "several at once, by chance"
GOES_WRONG = {
    Fails: "a step or a service fails", Says: "your other answers, edits, retries", NoEvent: "an event never comes",
    Tells: "a source is down or repeats itself", Lacks: "data missing or empty", Late: "the machine sleeps over a slot",
}  # fmt: skip
ACTS = {
    DIE: "killed", SECOND: "a second tick", STOLEN: "another worker takes over", CANCEL: "cancelled",
    KEEP: "cancelled", PAUSE: "paused", AGAIN: "triggered again", NEWER: "the file is changed",
    SUPERSEDE: "superseded", **dict.fromkeys(CLOCKS, "the clock jumps"),
}  # fmt: skip


def group_of(story: Story, is_by_chance: bool = False) -> str:
    """What a story is about.

    >>> from assistant.app.proving.story import Start
    >>> start = Start("hand", "started by hand")
    >>> [group_of(Story(start, twists)) for twists in ((), (Fails("send", "once"), Meanwhile(DIE, 3)))]
    ['as planned', 'killed']
    """
    if is_by_chance:
        return CHANCE
    if not story.twists:
        return PLANNED
    last = story.twists[-1]
    return ACTS[last.kind] if isinstance(last, Meanwhile) else GOES_WRONG[type(last)]


def in_order(counted: "Counter[str]") -> list[dict[str, int]]:
    """What was tried: what goes wrong, and who acts meanwhile; each only where there is any."""
    whole = [PLANNED, *GOES_WRONG.values()], [*dict.fromkeys(ACTS.values()), CHANCE]
    return [{name: counted[name] for name in names if counted[name]} for names in whole]
