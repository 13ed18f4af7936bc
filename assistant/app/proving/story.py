"""A story: how a job starts, and what goes wrong on the way. Plays nothing."""

from dataclasses import dataclass, field
from typing import Any

ONCE, GOOD = "once", "for good"
TIMED_OUT, IN_VAIN = "times out, and has happened", "times out, and has not happened"
CANNOT_TELL = "cannot tell"
DOWN = "does not answer for three days"
DIFFERS = "reads something else after the approval"

DIE, SECOND, STOLEN = "killed", "a second tick", "the lease is taken over"
CANCEL, KEEP, PAUSE, AGAIN, NEWER, SUPERSEDE = (
    "cancelled",
    "cancelled, and what it did is kept",
    "paused for two hours",
    "triggered again",
    "a newer version",
    "superseded",
)
EDIT, EDIT_INPUT, RETRY = "edit", "edit an input", "retry"  # words of the person that are more than an answer
SOURCE_DOWN, TOLD_AGAIN = "cannot be read for three days", "tells the same event again"
CLOCKS = {"the clock jumps 1 h ahead": 1, "the clock jumps 1 h back": -1, "the clock jumps 3 d ahead": 72,
          "the clock jumps 3 d back": -72}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Start:
    """How a job starts: by hand, by a slot, by an event or by what a source tells; `place` is the trigger's."""

    how: str
    words: str
    place: int | None = None
    inputs: dict[str, Any] = field(default_factory=dict)
    event: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fails:
    """A step, or a service, that does not work."""

    path: str
    how: str

    def __str__(self) -> str:
        if self.how in (ONCE, GOOD):
            return f'"{self.path}" fails {self.how}'
        return f'"{self.path}" {self.how}'


@dataclass(frozen=True, slots=True)
class Says:
    """What the person answers to a question of a step: a word, nothing, or only at a rung of its ladder."""

    kind: str
    path: str
    word: str | None
    rung: int = 0

    def __str__(self) -> str:
        if self.rung:
            return f'"{self.path}" is answered after rung {self.rung}'
        if self.word == RETRY:
            return "what failed is mended, and the person tries it again"
        if self.word in (EDIT, EDIT_INPUT):
            return f'"{self.path}" is approved with {"an edit" if self.word == EDIT else "another input"}'
        if self.word is None:
            return f'nobody answers "{self.path}"' if self.path else "nobody answers whether it is still wanted"
        return f'"{self.path}" is answered {self.word}' if self.word != "deny" else f'"{self.path}" is denied'


@dataclass(frozen=True, slots=True)
class NoEvent:
    """The event that a wait is for never comes."""

    path: str

    def __str__(self) -> str:
        return f'no event comes for "{self.path}"'


@dataclass(frozen=True, slots=True)
class Tells:
    """A source that does not answer, or that tells what it told before."""

    name: str
    what: str

    def __str__(self) -> str:
        return f'the source "{self.name}" {self.what}'


@dataclass(frozen=True, slots=True)
class Lacks:
    """An input, or a part of the event, is missing or empty."""

    name: str
    is_empty: bool

    def __str__(self) -> str:
        return f"{self.name} is {'empty' if self.is_empty else 'missing'}"


@dataclass(frozen=True, slots=True)
class Late:
    """Nothing ticks for so many hours after the slot."""

    hours: int

    def __str__(self) -> str:
        return f"the machine sleeps over the slot for {self.hours} h"


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What somebody does at a boundary of the engine."""

    kind: str
    at: int
    name: str = ""

    def __str__(self) -> str:
        place = where(self.name)
        return f"{self.kind} {place}" if self.kind in (DIE, CANCEL, KEEP) else f"{place}: {self.kind}"


def where(name: str) -> str:
    """A boundary in words.

    >>> where("after perform send")
    'between "send" starting and its answer'
    """
    side, _, rest = name.partition(" ")
    what, _, path = rest.partition(" ")
    if what in ("perform", "probe"):
        return f'between "{path}" starting and its answer' if side == "after" else f'as "{path}" is about to act'
    if what == "look":
        return f'before the source "{path}" is read' if side == "before" else f'as the source "{path}" has been read'
    if what == "deliver":
        return f"{side} a message goes out by {path}"
    return f"{side} a {what}"


Twist = Fails | Says | NoEvent | Tells | Lacks | Late | Meanwhile


@dataclass(frozen=True, slots=True)
class Story:
    """A start, and what goes wrong; `ticks` is how many schedulers tick at once."""

    start: Start
    twists: tuple[Twist, ...] = ()
    ticks: int = 1
    seed: int = 7

    def __str__(self) -> str:
        many = (f"{self.ticks} ticks at once",) if self.ticks > 1 else ()
        return ", ".join((self.start.words, *many, *map(str, self.twists)))

    def twisted(self, *more: Twist) -> "Story":
        """The same story with something more going wrong."""
        return Story(self.start, (*self.twists, *more), self.ticks, self.seed)

    @property
    def is_happy(self) -> bool:
        """Whether nothing goes wrong in it."""
        return not self.twists and self.ticks == 1
