"""Prove a workflow: play its stories, count how they end, and keep of each finding the shortest story that shows it."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.app.proving.chance import by_chance, played, shortened
from assistant.app.proving.explore import Explorer, Told
from assistant.app.proving.finding import BROKEN, DUPLICATE, LOST, STUCK, UNACCOUNTED, Finding
from assistant.app.proving.moments import Covered
from assistant.app.proving.play import Engine, Play
from assistant.app.proving.prepare import Prepared
from assistant.app.proving.story import Story
from assistant.app.proving.tally import group_of, in_order
from assistant.core.spec import base_of

KINDS = {BROKEN: "broken", STUCK: "stuck", LOST: "lost", DUPLICATE: "duplicates", UNACCOUNTED: "unaccounted"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding, the shortest story that shows it, and how many do."""

    finding: Finding
    number: int
    story: Story
    stories: int


@dataclass(slots=True)
class Report:
    """How all stories ended."""

    scenarios: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)  # in how many stories each kind was found
    tried: Counter[str] = field(default_factory=Counter)  # stories by what goes wrong in them
    shown: tuple[Shown, ...] = ()
    covered: Covered | None = None  # where nobody acts at boundaries there is nothing to cover

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not self.shown


@dataclass(frozen=True, slots=True)
class Wish:
    """Which stories a person wants, and which repeats they accept."""

    adversarial: bool = False
    seeds: int = 0
    seed: int = 7
    accept: frozenset[str] = frozenset()


def prove(
    prepared: Prepared, wish: Wish, engine: Engine | None = None, hear: Callable[[int], None] = lambda _count: None
) -> Report:
    """Play all stories that are wished for; `hear` is told how many were played."""
    gc.freeze()  # what is loaded stays: the collector need not go through it after every few stories
    engine = engine or Engine()
    report = Report()
    shown: dict[tuple[str, str | None, str], Shown] = {}
    explorer = Explorer(prepared, engine, wish.seed, wish.seeds)
    for told in _told(explorer, wish):
        report.scenarios += 1
        report.ends[told.verdict.outcome] += 1
        report.tried[group_of(told.story, told.number > explorer.count)] += 1
        hear(report.scenarios)
        found = [one for one in told.verdict.findings if not _is_accepted(one, wish)]
        report.kinds.update({one.kind for one in found})
        for one in found:
            _keep(shown, one, told)
    report.covered = explorer.covered
    report.shown = tuple(_shortest(prepared, engine, wish, one) for one in shown.values())
    return report


def stories(prepared: Prepared, wish: Wish, engine: Engine, only: int | None = None) -> Iterator[Told]:
    """The stories in their order, each played when it is asked for; `only`: no more than one must be found."""
    return _told(Explorer(prepared, engine, wish.seed, wish.seeds, only), wish)


def _told(explorer: Explorer, wish: Wish) -> Iterator[Told]:
    yield from explorer.adversarial() if wish.adversarial else explorer.basic()
    prepared, engine, after = explorer.prepared, explorer.engine, explorer.count
    yield from by_chance(prepared, engine, wish.seeds, wish.seed, after, explorer.only)


def _is_accepted(one: Finding, wish: Wish) -> bool:
    return one.kind == DUPLICATE and one.step is not None and base_of(one.step) in wish.accept


def _keep(shown: dict[tuple[str, str | None, str], Shown], one: Finding, told: Told) -> None:
    """One line for each step and cause: that of the story in which least goes wrong."""
    key = (one.kind, base_of(one.step) if one.step else None, one.cause if one.step else one.what)
    there = shown.get(key)
    if there is None:
        shown[key] = Shown(one, told.number, told.story, 1)
    elif _length(told.story) < _length(there.story):
        shown[key] = Shown(one, told.number, told.story, there.stories + 1)
    else:
        shown[key] = Shown(there.finding, there.number, there.story, there.stories + 1)


def _length(story: Story) -> tuple[int, int]:
    return len(story.twists), story.ticks


def _shortest(prepared: Prepared, engine: Engine, wish: Wish, one: Shown) -> Shown:
    """A story that came by chance is cut down to what shows the finding."""
    if one.story.ticks == 1 and len(one.story.twists) < 2:
        return one
    return Shown(one.finding, one.number, shortened(prepared, engine, one.story, one.finding), one.stories)


# One story, told


@dataclass(frozen=True, slots=True)
class Telling:
    """One story, line by line, with its virtual times."""

    told: Told
    lines: tuple[tuple[str, str], ...]


def tell(prepared: Prepared, wish: Wish, number: int, engine: Engine | None = None) -> Telling | None:
    """The story of a number, told; None where there are not so many."""
    engine = engine or Engine()
    last: Told | None = None
    for last in stories(prepared, wish, engine, number):
        if last.number == number:
            break
    if last is None or last.number != number:
        return None
    lines: list[tuple[str, str]] = []
    again = replay(prepared, last.story, engine, lambda at, words: lines.append((at, words)))
    return Telling(Told(number, last.story, again, last.verdict), tuple(lines))


def replay(prepared: Prepared, story: Story, engine: Engine, hear: Callable[[str, str], None]) -> Play:
    """Play a story once more, and hear what happens in it."""
    from assistant.app.proving.telling import Ear

    return played(prepared, story, engine, Ear(hear))


def as_json(report: Report, again: Callable[[Shown], str]) -> dict[str, Any]:
    """The document of CONTRACT."""
    return {
        "scenarios": report.scenarios,
        **{name: report.ends[name] for name in ("completed", "failed", "waiting")},
        **{name: report.kinds[kind] for kind, name in KINDS.items()},
        "tried": {name: count for part in in_order(report.tried) for name, count in part.items()},
        "moments": report.covered and {
            "tried": report.covered.tried, "there": report.covered.there, "happy": report.covered.happy,
            "shares": report.covered.shares,
        },
        "findings": [
            {
                "kind": one.finding.kind, "step": one.finding.step, "what": one.finding.what,
                "cause": one.finding.cause, "fix": one.finding.fix, "story": one.number, "words": str(one.story),
                "seed": one.story.seed, "stories": one.stories, "again": again(one),
            }
            for one in report.shown
        ],
    }  # fmt: skip
