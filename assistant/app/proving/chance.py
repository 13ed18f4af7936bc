"""Stories by chance: several ticks at once, several things that go wrong, each repeatable by its seed."""

from collections.abc import Iterator
from random import Random
from typing import TYPE_CHECKING

from assistant.app.proving.explore import Told
from assistant.app.proving.finding import Finding
from assistant.app.proving.judge import judged
from assistant.app.proving.moments import MEANWHILE
from assistant.app.proving.play import Engine, Play
from assistant.app.proving.prepare import Prepared
from assistant.app.proving.story import DIE, STOLEN, Meanwhile, Story, Twist
from assistant.app.proving.turns import Together
from assistant.app.proving.twists import twists_of

if TYPE_CHECKING:
    from assistant.app.proving.telling import Ear

MOST_TICKS = 4
MOST_TWISTS = 3
MOST_MEANWHILE = 4
AT_MOST = 90  # the boundary up to which somebody may act


def by_chance(
    prepared: Prepared, engine: Engine, count: int, seed: int, after: int, only: int | None = None, fewest: int = 1
) -> Iterator[Told]:
    """So many stories by chance; each has a seed of its own, which alone makes it. `only`: the one that is wanted.

    `fewest`: so many ticks at once at the least.
    """
    if not count or not prepared.starts:
        return
    known = _reached(prepared, engine)
    for place in range(count):
        if only is not None and only != after + 1 + place:
            continue
        story = composed(prepared, known, seed * 1_000_003 + place, fewest)
        play = played(prepared, story, engine)
        yield Told(after + 1 + place, named(story, play), play, judged(play))


def _reached(prepared: Prepared, engine: Engine) -> list[Twist]:
    """What can go wrong: where the happy path comes by, and where one failure leads."""
    happy = twists_of(Play(prepared, Story(prepared.starts[0]), engine).run())
    found = dict.fromkeys(happy)
    for twist in happy:
        found |= dict.fromkeys(twists_of(Play(prepared, Story(prepared.starts[0], (twist,)), engine).run()))
    return list(found)


def composed(prepared: Prepared, known: list[Twist], seed: int, fewest: int = 1) -> Story:
    """The story of a seed."""
    dice = Random(seed)  # noqa: S311 - a story repeats by its seed
    twists: list[Twist] = dice.sample(known, min(len(known), dice.randint(0, MOST_TWISTS)))
    kinds = (DIE, DIE, DIE, STOLEN, *MEANWHILE)
    places = dice.sample(range(1, AT_MOST), dice.randint(0, MOST_MEANWHILE))
    twists += [Meanwhile(dice.choice(kinds), place) for place in sorted(places)]
    return Story(dice.choice(prepared.starts), tuple(twists), dice.randint(fewest, MOST_TICKS), seed)


def played(prepared: Prepared, story: Story, engine: Engine, ear: "Ear | None" = None) -> Play:
    """A story played to its end, by as many ticks at once as it says."""
    play = Play(prepared, story, engine) if story.ticks == 1 else Together(prepared, story, engine)
    if ear is not None:
        ear.listen(play)
    play.run()
    play.outside.say("")
    return play


def named(story: Story, play: Play) -> Story:
    """The story with the boundaries by name at which somebody acted; what came after its end is left out."""
    twists: list[Twist] = []
    for twist in story.twists:
        if isinstance(twist, Meanwhile):
            if twist.at <= len(play.boundaries):
                twists.append(Meanwhile(twist.kind, twist.at, play.boundaries[twist.at - 1]))
        else:
            twists.append(twist)
    return Story(story.start, tuple(twists), story.ticks, story.seed)


def shortened(prepared: Prepared, engine: Engine, story: Story, finding: Finding) -> Story:
    """The story without all that is not needed for the finding to show."""
    changed = True
    while changed:
        changed = False
        for shorter in _shorter(story):
            play = played(prepared, shorter, engine)
            if any(one.kind == finding.kind and one.step == finding.step for one in judged(play).findings):
                story, changed = named(shorter, play), True
                break
    return story


def _shorter(story: Story) -> Iterator[Story]:
    if story.ticks > 1:
        yield Story(story.start, story.twists, story.ticks - 1, story.seed)
    for place in range(len(story.twists)):
        yield Story(story.start, story.twists[:place] + story.twists[place + 1 :], story.ticks, story.seed)
