"""The moments of stories at which somebody may act: which there are, and which of them one run takes."""

from dataclasses import dataclass

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
    Meanwhile,
    Story,
)

MEANWHILE = (SECOND, CANCEL, KEEP, PAUSE, AGAIN, NEWER, *CLOCKS)
FEW = (SECOND, AGAIN)  # of a start whose steps another one goes through too
ANSWERS = ("after perform", "after deliver")


@dataclass(frozen=True, slots=True)
class Moment:
    """Somebody acts at one boundary of a story: that story, and what is done."""

    story: Story
    kind: str


@dataclass(frozen=True, slots=True)
class Share:
    """What one run takes of many, and how many runs take all."""

    taken: list[Moment]
    shares: int


@dataclass(frozen=True, slots=True)
class Covered:
    """At how many moments somebody acted, of how many: `happy` of them, which are all, on the happy paths."""

    happy: int
    tried: int
    there: int
    shares: int


def all_of(story: Story, boundaries: tuple[str, ...], is_whole: bool, supersedes: bool) -> list[Moment]:
    """Every moment of a story. Deaths first: they come at each boundary, what others do only where it shows."""
    kinds = (MEANWHILE if is_whole else FEW) + ((SUPERSEDE,) if supersedes and is_whole else ())
    found = [(DIE, place) for place in enumerate(boundaries, 1)]
    found += [(kind, place) for kind in kinds for place in enumerate(boundaries, 1) if _shows(kind, place[1])]
    found += [(STOLEN, place) for place in enumerate(boundaries, 1) if place[1].startswith(ANSWERS)]
    return [Moment(story.twisted(Meanwhile(kind, at, name)), kind) for kind, (at, name) in found]


def _shows(kind: str, name: str) -> bool:
    """Nobody else writes while a transaction is open; a clock that jumps is seen by what follows."""
    return name != "before commit" and (kind not in CLOCKS or name.startswith("after"))


def share_of(stories: list[list[Moment]], most: int, seed: int, runs: int) -> Share:
    """The moments of some stories that a seed takes: so many a run, or up to twice that, for a short story is gone
    through sooner than a long one. Seeds that follow one another take all of them.

    >>> from assistant.app.proving.story import Start
    >>> short, long = ([Moment(Story(Start("hand", ""), seed=n), DIE) for n in range(count)] for count in (2, 9))
    >>> [[m.story.seed for m in share_of([short, long], 5, seed, 1).taken] for seed in (7, 8, 9)]
    [[0, 1, 1, 4, 7], [0, 1, 2, 5, 8], [0, 1, 0, 3, 6]]
    """
    lengths = [len(story) for story in stories]
    each, longest = _level(lengths, most), max(1, -(-sum(lengths) // most))
    taken: list[Moment] = []
    shares = 1
    for story in stories:
        parts = min(longest, max(1, -(-len(story) // each)))
        wanted = {(seed + run) % parts for run in range(max(1, min(runs, parts)))}
        taken += [one for place, one in enumerate(story) if place % parts in wanted]
        shares = max(shares, parts)
    return Share(taken, shares)


def _level(lengths: list[int], most: int) -> int:
    """How much each may have of so much together, where some need less than that.

    >>> _level([2, 9], 5), _level([4, 4], 100)
    (3, 96)
    """
    left = most
    for place, length in enumerate(sorted(lengths)):
        each = left // (len(lengths) - place)
        if length > each:
            return max(1, each)
        left -= length
    return max(1, left + max(lengths, default=0))
