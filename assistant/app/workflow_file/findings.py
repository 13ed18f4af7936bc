"""What reading a file finds: faults, and what is to be checked when all of it is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assistant.app.workflow_file.nodes import SHOWN, Fault, Place, Scalar
from assistant.when.values import Conventions

MOST_FAULTS = 100
MOST_NAMES = 300  # among which the nearest is looked for


@dataclass(frozen=True, slots=True)
class Known:
    """What the person has: names that a file may use. `workflows` says which others each one starts.

    `secrets` is None where nobody can tell which there are; they are not checked then.
    """

    now: datetime
    conventions: Conventions
    channels: frozenset[str] = frozenset({"terminal"})
    people: frozenset[str] = frozenset()
    secrets: frozenset[str] | None = None
    workflows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which names a template may use. `step` is the place of its step; `own`: also what that step itself gave.

    `by_start` says that `event` is the event that started the job, if one did.
    """

    names: frozenset[str]
    step: int | None = None
    own: bool = False
    by_start: bool = False

    def with_names(self, *names: str) -> "Scope":
        """The scope with some names more."""
        return Scope(self.names | set(names), self.step, self.own, self.by_start)

    def with_own_event(self) -> "Scope":
        """The scope in which `event` is the one that is looked at."""
        return Scope(self.names | {"event"}, self.step, self.own)

    def without(self, *names: str) -> "Scope":
        """The scope with some names less."""
        return Scope(self.names - set(names), self.step, self.own, self.by_start)


@dataclass(frozen=True, slots=True)
class Use:
    """A template or condition, its place, and what it may use."""

    source: str
    is_condition: bool
    at: Place
    path: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Given:
    """An input that is given as a plain text: by a default or a trigger."""

    name: str
    text: str
    at: Place
    path: str


class Findings:
    """Collects while a file is read. `scope` holds for what is read now."""

    def __init__(self, file: str, known: Known) -> None:
        self.file = file
        self.known = known
        self.faults: list[Fault] = []
        self.uses: list[Use] = []
        self.calls: list[tuple[str, Place, str]] = []
        self.givens: list[Given] = []
        self.scope = Scope(frozenset())
        self.times_read = 0

    def fault(self, at: Place, path: str, message: str) -> None:
        """Note what is wrong, once a place and message."""
        found = Fault(self.file, at.line, at.column, path, message)
        if found not in self.faults[-MOST_FAULTS:]:
            self.faults.append(found)

    def nearest(self, word: str, known: Iterable[str]) -> str | None:
        """The known word that is most like another; None where so much is wrong that looking would take long."""
        from difflib import get_close_matches

        names = sorted(known)[:MOST_NAMES]
        if len(self.faults) > MOST_FAULTS:
            return None
        return next(iter(get_close_matches(word[:SHOWN], names, 1, 0.6)), None)

    def use(self, node: Scalar, path: str, *, is_condition: bool = False) -> None:
        """Note a template that is checked when all names are known."""
        self.uses.append(Use(node.text, is_condition, node.at, path, self.scope))


def in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    """The faults as they stand in the file; of very many the first hundred."""
    faults = sorted(faults, key=lambda fault: (fault.line, fault.column))
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    last = faults[MOST_FAULTS]
    left = len(faults) - MOST_FAULTS
    more = Fault(last.file, last.line, last.column, "", f"and {left:,} more; mend the first ones, then check again")
    return (*faults[:MOST_FAULTS], more)
