"""Which stories there are: each goes where an earlier one came, and lets one more thing go wrong there."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.app.proving.judge import Verdict, judged
from assistant.app.proving.moments import Covered, Moment, all_of, share_of
from assistant.app.proving.play import Engine, Play
from assistant.app.proving.prepare import Prepared
from assistant.app.proving.story import DIE, Late, Story, Twist
from assistant.app.proving.twists import missing, twists_of

DEEPEST = 2  # things that go wrong in one story before somebody acts at its boundaries
SLEEPS = (1, 26, 100)  # hours that the machine sleeps over a slot
# At how many boundaries of the stories in which something goes wrong the machine stops, and somebody acts, in one run.
DEATHS, ACTS = 300, 180


@dataclass(frozen=True, slots=True)
class Told:
    """One story that was played, by its number."""

    number: int
    story: Story
    play: Play
    verdict: Verdict


class Explorer:
    """Plays the stories of one workflow, in an order that is the same each time.

    `only`: the one story that is wanted; of the others those are played without which nobody knows which it is.
    """

    def __init__(self, prepared: Prepared, engine: Engine, seed: int, shares: int = 1, only: int | None = None) -> None:
        self.prepared = prepared
        self.engine = engine
        self.seed = seed
        self.shares = shares
        self.only = only
        self.count = 0
        self.covered: Covered | None = None
        self._known: frozenset[Twist] = frozenset()

    def basic(self) -> Iterator[Told]:
        """The happy paths, then everything that can go wrong where they come by."""
        left = deque[tuple[Story, frozenset[Twist], int]]()
        for place, start in enumerate(self.prepared.starts):
            told = self._tell(Story(start, seed=self.seed))
            yield told
            # What a source tells can go wrong where nobody starts the job by hand.
            fresh = frozenset(twists_of(told.play)) - self._known
            self._known |= fresh
            if place == 0 or start.how == "source":
                left.append((told.story, fresh, 0))
        while left:
            story, seen, depth = left.popleft()
            for twist in sorted(seen, key=repr):
                told = self._tell(story.twisted(twist))
                yield told
                fresh = frozenset(twists_of(told.play)) - self._known
                self._known |= fresh
                if fresh and depth + 1 < DEEPEST:
                    left.append((told.story, fresh, depth + 1))

    def adversarial(self) -> Iterator[Told]:
        """The basic ones; then missing data, lateness, and somebody at each boundary."""
        basic = []
        for told in self.basic():
            basic.append((told.story, tuple(told.play.boundaries)))
            yield told
        for start in self.prepared.starts:
            for twist in missing(start, self.prepared.document):
                yield from self._tell_wanted(Story(start, (twist,), seed=self.seed))
            if start.how == "slot":
                for hours in SLEEPS:
                    yield from self._tell_wanted(Story(start, (Late(hours),), seed=self.seed))
        for moment in self.moments(basic):
            yield from self._tell_wanted(moment.story)

    def moments(self, basic: list[tuple[Story, tuple[str, ...]]]) -> list[Moment]:
        """All moments of the happy paths; of the others the share that the seed names."""
        supersedes = self.prepared.document.get("overlap") == "supersede"
        happy = [one for one in basic if one[0].is_happy]
        others = [one for one in basic if not one[0].is_happy]
        first = self.prepared.starts[0] if self.prepared.starts else None
        always = [moment for story, names in happy for moment in all_of(story, names, story.start == first, supersedes)]
        rest = [all_of(story, names, True, supersedes) for story, names in others]
        deaths = share_of([[m for m in one if m.kind == DIE] for one in rest], DEATHS, self.seed, self.shares)
        acts = share_of([[m for m in one if m.kind != DIE] for one in rest], ACTS, self.seed, self.shares)
        moments = [*always, *deaths.taken, *acts.taken]
        there = len(always) + sum(map(len, rest))
        self.covered = Covered(len(always), len(moments), there, max(deaths.shares, acts.shares))
        return moments

    def _tell_wanted(self, story: Story) -> Iterator[Told]:
        if self.only is None or self.only == self.count + 1:
            yield self._tell(story)
        else:
            self.count += 1

    def _tell(self, story: Story) -> Told:
        self.count += 1
        play = Play(self.prepared, story, self.engine).run()
        return Told(self.count, story, play, judged(play))
