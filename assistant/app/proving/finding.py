"""What can be wrong at the end of a story, as CONTRACT names it. Judges nothing."""

from dataclasses import dataclass

BROKEN, STUCK, LOST, DUPLICATE, UNACCOUNTED = "broken", "stuck", "lost", "duplicate", "unaccounted"
KINDS = (BROKEN, STUCK, LOST, DUPLICATE, UNACCOUNTED)
OURS = "this is a fault of ask, not of the file: please report it with this file and the line below"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at the end of a story: what was seen, why, and one fix."""

    kind: str
    step: str | None
    what: str
    cause: str
    fix: str
