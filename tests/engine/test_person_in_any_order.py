"""Whatever people, clocks and channels do: nobody is told too much or in the night, and nothing is forgotten."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.engine.person_story import MOVES, Story, Thing

# What a run must have met, or it has proved nothing about it.
MET = (
    "answered in the middle of a ladder", "answered by a token", "answered at the terminal",
    "answered while it was sent",
    "approved by a token", "approved as edited", "denied", "put off", "put off by a token", "an approval expired",
    "a used token was refused", "a token of a settled question was refused", "a guessed token was refused",
    "a tampered action was refused", "held by quiet hours", "held by the attention limit",
    "high broke through the limit",
    "bundled", "an approved action took effect", "nobody answered a ladder", "nobody answered a reminder",
    "a message went on to another channel", "nobody knows whether a message arrived", "the deputy was told",
    "the manager was told", "the clock went back", "the machine slept", "a worker died",
    "a worker died before it could write that it had sent", "a rung acted", "shown at the terminal",
    "chat did not take a message", "mail took a message", "desk took a message",
)  # fmt: skip


class Dealt:
    """Dice that always fall the same way."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """One of them."""
        return self.random.choice(things)

    def whole(self, least: int, most: int) -> int:
        """A whole number between two."""
        return self.random.randint(least, most)


class Drawn:
    """Dice of Hypothesis, which looks for the shortest story that goes wrong."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """One of them."""
        return self.data.draw(st.sampled_from(things))

    def whole(self, least: int, most: int) -> int:
        """A whole number between two."""
        return self.data.draw(st.integers(least, most))


class PersonInAnyOrder(RuleBasedStateMachine):
    """The same moves in any order."""

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        """Five workflows, and what a person prefers."""
        self.story = Story(Drawn(data))

    @rule(data=st.data(), move=st.sampled_from(MOVES))
    def moves(self, data: st.DataObject, move: "type") -> None:
        """One move, after which everything holds."""
        self.story.dice = Drawn(data)
        move(self.story)
        self.story.holds()

    def teardown(self) -> None:
        """All ends."""
        if hasattr(self, "story"):
            try:
                self.story.to_the_end()
            finally:
                self.story.close()


def play(seeds: range, moves: int) -> "Counter[str]":
    """Play stories of so many moves; what happened in them."""
    total: Counter[str] = Counter()
    for seed in seeds:
        told = []
        story = Story(Dealt(seed))
        try:
            for _ in range(moves):
                move = story.dice.one_of(MOVES)
                told.append(move.__name__)
                move(story)
                story.holds()
            story.to_the_end()
        except BaseException as error:
            error.add_note(f"seed {seed}: {' '.join(told)}")
            raise
        finally:
            story.close()
        total += story.seen
    return total


def test_nobody_is_told_too_much_and_nothing_is_forgotten() -> None:
    """The everyday form: always the same stories, in which everything that the rules speak of happened."""
    total = play(range(30), 40)
    missing = {name: total[name] for name in MET if total[name] < 3}
    assert not missing, (missing, total)


@pytest.mark.long
def test_nobody_is_told_too_much_and_nothing_is_forgotten_in_the_long_run() -> None:
    """The long form: other stories each time, and the shortest that goes wrong."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        PersonInAnyOrder,
        settings=settings(
            max_examples=400, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.long
@pytest.mark.parametrize("block", range(10))
def test_many_more_stories_hold_as_well(block: int) -> None:
    """A hundred longer ones a block, from other seeds than those of every day."""
    total = play(range(1000 + 100 * block, 1100 + 100 * block), 60)
    assert all(total[name] >= 3 for name in MET), total
