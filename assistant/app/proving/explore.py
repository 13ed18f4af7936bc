"""Which stories there are: each goes where an earlier one came, and lets one more thing go wrong there."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.app.proving.judge import Verdict, judged
from assistant.app.proving.play import Engine, Play
from assistant.app.proving.prepare import Prepared
from assistant.app.proving.story import (
    AGAIN,
    CANCEL,
    CANNOT_TELL,
    CLOCKS,
    DIE,
    DIFFERS,
    DOWN,
    GOOD,
    IN_VAIN,
    NEWER,
    ONCE,
    PAUSE,
    SECOND,
    STOLEN,
    SUPERSEDE,
    TIMED_OUT,
    Fails,
    Lacks,
    Late,
    Meanwhile,
    NoEvent,
    Says,
    Start,
    Story,
    Twist,
)
from assistant.app.proving.world import service_of
from assistant.core.spec import OUTSIDE, role_of
from assistant.ports.action import Call
from assistant.ports.records import Step
from assistant.store import audit

# At how many boundaries of a story somebody acts: of a happy one, of another one, of one with very many.
MOST, FEWER, FEWEST, LONG = 80, 24, 4, 120
DEEPEST = 2  # things that go wrong in one story before the boundaries are gone through
MEANWHILE = (SECOND, CANCEL, PAUSE, AGAIN, NEWER, *CLOCKS)


@dataclass(frozen=True, slots=True)
class Told:
    """One story that was played, by its number."""

    number: int
    story: Story
    play: Play
    verdict: Verdict


class Explorer:
    """Plays the stories of one workflow, in an order that is the same each time."""

    def __init__(self, prepared: Prepared, engine: Engine, seed: int) -> None:
        self.prepared = prepared
        self.engine = engine
        self.seed = seed
        self.count = 0
        self._before: Callable[[int, Play], None] | None = None

    def listen(self, before: Callable[[int, Play], None]) -> None:
        """Be told of each story before it is played."""
        self._before = before

    def basic(self) -> Iterator[Told]:
        """The happy paths, then everything that can go wrong where they come by."""
        left = deque[tuple[Story, frozenset[Twist], int]]()
        for place, start in enumerate(self.prepared.starts):
            told = self._tell(Story(start, seed=self.seed))
            yield told
            if place == 0:
                self._known = frozenset(twists_of(told.play))
                left.append((told.story, self._known, 0))
        while left:
            story, seen, depth = left.popleft()
            for twist in sorted(seen, key=repr):
                told = self._tell(story.twisted(twist))
                yield told
                fresh = frozenset(twists_of(told.play)) - self._known
                self._known |= fresh
                if fresh and depth + 1 < DEEPEST:
                    left.append((told.story, fresh, depth + 1))

    _known: frozenset[Twist] = frozenset()

    def adversarial(self) -> Iterator[Told]:
        """The basic ones; then missing data, lateness, and somebody at each boundary."""
        basic = []
        for told in self.basic():
            basic.append((told.story, tuple(told.play.boundaries)))
            yield told
        for start in self.prepared.starts:
            for twist in missing(start, self.prepared.document):
                yield self._tell(Story(start, (twist,), seed=self.seed))
            if start.how == "slot":
                for hours in (1, 26, 100):
                    yield self._tell(Story(start, (Late(hours),), seed=self.seed))
        for story, boundaries in basic:
            yield from self._at_boundaries(story, boundaries, (DIE,))
            if story.is_happy:
                acts = self._acts() if story.start == self.prepared.starts[0] else (SECOND, AGAIN)
                yield from self._at_boundaries(story, boundaries, acts)

    def _acts(self) -> tuple[str, ...]:
        supersedes = self.prepared.document.get("overlap") == "supersede"
        return (*MEANWHILE, SUPERSEDE) if supersedes else MEANWHILE

    def _at_boundaries(self, story: Story, boundaries: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[Told]:
        for kind in kinds:
            for at, name in chosen(boundaries, MOST if story.is_happy else FEWER if len(boundaries) < LONG else FEWEST):
                if kind != DIE and (name == "before commit" or (kind in CLOCKS and not name.startswith("after"))):
                    continue
                yield self._tell(story.twisted(Meanwhile(kind, at, name)))
        if kinds == (DIE,):
            return
        for at, name in chosen(boundaries, MOST):
            if name.startswith(("after perform", "after deliver")):
                yield self._tell(story.twisted(Meanwhile(STOLEN, at, name)))

    def _tell(self, story: Story) -> Told:
        self.count += 1
        play = Play(self.prepared, story, self.engine)
        if self._before is not None:
            self._before(self.count, play)
        play.run()
        verdict = judged(play)
        return Told(self.count, story, play, verdict)


def chosen(boundaries: tuple[str, ...], most: int) -> list[tuple[int, str]]:
    """The boundaries of a story, counted from 1; of a long one the first ones and the last, and some between."""
    numbered = list(enumerate(boundaries, 1))
    if len(numbered) <= most:
        return numbered
    first, last = most // 2, most // 4
    between = numbered[first:-last]
    return numbered[:first] + between[:: len(between) // (most - first - last) + 1] + numbered[-last:]


# What can go wrong where a story came by


def twists_of(play: Play) -> list[Twist]:
    """Everything that may go wrong at the steps, questions and waits that a story reached."""
    found: list[Twist] = []
    rows = audit.rows_of(play.con)
    steps = {step.id: step for step in rows.steps}
    for step in rows.steps:
        found += _of_step(play, step)
    for request in rows.requests:
        step_of = steps.get(request.step_id) if request.step_id is not None else None
        found += _of_question(play, request.kind, step_of)
    return list(dict.fromkeys(found))


def _of_step(play: Play, step: Step) -> list[Twist]:
    (kind,) = step.action or {"": None}
    if kind == "wait" and "event" in step.action["wait"]:
        return [NoEvent(step.path)]
    if kind not in OUTSIDE or not step.attempts:
        return []
    role = role_of(step.path)
    if role == "probe":
        return [Fails(step.path, CANNOT_TELL)]
    if role == "recheck":
        return [Fails(step.path, DIFFERS), Fails(step.path, GOOD)]
    service = service_of(kind, Call(0, step.path, 1, step.key, step.action[kind]))
    hows = (ONCE, GOOD, TIMED_OUT, IN_VAIN)
    if "/" in step.path and role == "item" and not step.path.endswith("/0"):
        return []
    return [*(Fails(step.path, how) for how in hows), Fails(service, DOWN)]


def _of_question(play: Play, kind: str, step: Step | None) -> list[Twist]:
    path = step.path if step is not None else ""
    if kind == "approval":
        return [Says(kind, path, "deny"), Says(kind, path, None)]
    if kind == "unknown":
        return [Says(kind, path, None)]
    if kind == "input":
        return [Says(kind, path, None)] if step is not None else [Says(kind, path, "no"), Says(kind, path, None)]
    if kind == "ack" and step is not None:
        spec = play.prepared.specs[play.prepared.document["name"]]
        rungs = len(next((one.escalate for one in spec.steps if one.id == path), ()))
        return [Says(kind, path, None), *(Says(kind, path, "ack", rung) for rung in range(1, rungs + 1))]
    return []


def missing(start: Start, document: dict[str, object]) -> list[Twist]:
    """Each input, or each part of the event, absent and empty."""
    names = [f"inputs.{name}" for name in start.inputs] if start.how == "hand" else _leaves("event", start.data)
    return [Lacks(name, is_empty) for name in names for is_empty in (False, True)]


def _leaves(prefix: str, value: object) -> list[str]:
    if isinstance(value, dict) and value:
        return [leaf for name, below in value.items() for leaf in _leaves(f"{prefix}.{name}", below)]
    return [] if prefix == "event" else [prefix]
