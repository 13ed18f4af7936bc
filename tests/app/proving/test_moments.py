"""At which moments somebody acts: all of the happy paths, and of the others a share that the seed moves on."""

from typing import Any

from assistant.app.proving.explore import Explorer
from assistant.app.proving.moments import Covered, all_of
from assistant.app.proving.play import Engine
from assistant.app.proving.prove import Wish, prove, stories, tell
from tests.app.proving.workflows import PLAIN, prepared

READY = prepared(PLAIN)


def test_each_moment_of_the_happy_path_is_gone_through() -> None:
    """Each boundary with a death, and each act where it shows."""
    told = list(stories(READY, Wish(adversarial=True), Engine()))
    happy = told[0]
    wanted = {one.story.twists for one in all_of(happy.story, tuple(happy.play.boundaries), True, False)}
    assert len(wanted) > 5 * len(happy.play.boundaries)
    assert wanted <= {one.story.twists for one in told}


def test_seeds_that_follow_one_another_reach_every_moment_once() -> None:
    """What one run leaves out, one of the next ones takes."""
    basic = [(told.story, tuple(told.play.boundaries)) for told in Explorer(READY, Engine(), 7).basic()]

    def taken(seed: int, shares: int = 1) -> tuple[set[Any], Covered]:
        explorer = Explorer(READY, Engine(), seed, shares)
        found = [one.story.twists for one in explorer.moments(basic)]
        assert explorer.covered is not None
        assert explorer.covered.tried == len(found) == len(set(found))
        return set(found), explorer.covered

    shares = taken(7)[1].shares
    assert shares > 2
    runs = [taken(seed)[0] for seed in range(7, 7 + shares)]
    everything, covered = taken(7, shares)
    assert set.union(*runs) == everything
    assert covered.tried == covered.there == sum(len(all_of(*one, True, False)) for one in basic)


def test_what_was_tried_is_counted_whole() -> None:
    """Each story stands in one line of what was tried, those by chance too."""
    report = prove(READY, Wish(adversarial=True, seeds=5))
    assert sum(report.tried.values()) == report.scenarios == sum(report.ends.values())
    assert report.tried["as planned"] == 1
    assert report.tried["several at once, by chance"] == 5


def test_a_story_by_its_number_is_that_story() -> None:
    """Though those before it are not all played for it."""
    wish = Wish(adversarial=True, seeds=5)
    told = list(stories(READY, wish, Engine()))
    for number in (1, 2, len(told) // 2, len(told) - 6, len(told)):
        again = tell(READY, wish, number)
        assert again is not None
        assert (again.told.story, again.told.verdict) == (told[number - 1].story, told[number - 1].verdict)
    assert tell(READY, wish, len(told) + 1) is None
