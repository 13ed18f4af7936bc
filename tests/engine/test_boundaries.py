"""The n-th boundary loop: each story is killed at each of its boundaries, and must come to the same good end."""

from collections.abc import Callable, Iterator

import pytest

from tests.engine.stories import STORIES, UNSURE_STORIES, Run, check_all

Story = Callable[[Run], None]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_death_at_any_boundary_loses_nothing_and_repeats_nothing(story: Story) -> None:
    """Before and after each commit, each send and each action: the next tick brings everything to its end."""
    whole = Run()
    story(whole)
    check_all(whole)
    assert whole.outside.boundary_count > 0
    for place in places(whole.outside.boundary_count):
        run = Run(die_at=place)
        try:
            _play(story, run)
            check_all(run)
        except AssertionError as error:
            raise AssertionError(f"{story.__name__}, killed {run.outside.died_at} ({place}): {error}") from error
        assert run.outside.died_at is not None


def places(count: int) -> Iterator[int]:
    """Every boundary; of a ladder of twenty rings, which are all alike, every third after the first rings."""
    return (place for place in range(1, count + 1) if place < 60 or place % 3 == 0 or place > count - 9)


def _play(story: Story, run: Run) -> None:
    story(run)


@pytest.mark.parametrize("story", UNSURE_STORIES, ids=lambda story: story.__name__)
def test_what_nobody_can_know_is_unknown_and_shown(story: Story) -> None:
    """An action or channel that cannot say what it did is not called again for it."""
    run = Run()
    story(run)
    check_all(run)
