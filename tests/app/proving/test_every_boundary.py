"""The n-th boundary loop over all actions: killed before and after each commit, each effect and each message."""

import pytest

from assistant.app.proving.chance import by_chance
from assistant.app.proving.explore import Explorer
from assistant.app.proving.judge import judged
from assistant.app.proving.play import Engine, Play
from assistant.app.proving.prepare import Prepared
from assistant.app.proving.prove import Wish, prove
from assistant.app.proving.story import DIE, Fails, Meanwhile, Story, Twist
from tests.app.proving.workflows import WIDE, prepared

READY = prepared(WIDE)
UNWOUND = (Fails("put", "for good"),)  # what was done before it is undone, in reverse


def killed_everywhere(ready: Prepared, story: Story) -> int:
    """Play a story once for each of its boundaries, killed there. How many there are."""
    whole = Play(ready, story, Engine()).run()
    assert not judged(whole).findings
    for at, name in enumerate(whole.boundaries, 1):
        dead = story.twisted(Meanwhile(DIE, at, name))
        found = judged(Play(ready, dead, Engine()).run()).findings
        assert not found, f"{dead}: {found}"
    return len(whole.boundaries)


@pytest.mark.parametrize(("place", "twists"), [(0, ()), (0, UNWOUND), (1, ())], ids=["by hand", "unwound", "by a slot"])
def test_a_death_at_any_boundary_of_any_action_breaks_no_promise(place: int, twists: tuple[Twist, ...]) -> None:
    """To the end by hand and by a slot, and undone from the middle on."""
    assert killed_everywhere(READY, Story(READY.starts[place], twists)) > 50


@pytest.mark.long
def test_somebody_acts_at_each_boundary_of_each_story_of_all_actions() -> None:
    """The long form: about 2,400 stories, a minute and a half of a core."""
    report = prove(READY, Wish(adversarial=True))
    assert report.is_clean, report.shown
    assert report.scenarios > 2000


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(100))
def test_a_hundred_thousand_stories_by_chance_break_no_promise(thousand: int) -> None:
    """One to four ticks at once, deaths, jumps, faults; each thousand has its seed, which is that of a finding too."""
    for told in by_chance(READY, Engine(), 1000, 1000 + thousand, 0):
        assert not told.verdict.findings, f"seed {told.story.seed}: {told.story}: {told.verdict.findings}"


def test_stories_are_numbered_without_a_gap() -> None:
    """The number of a story is how it is asked for again."""
    numbers = [told.number for told in Explorer(READY, Engine(), 7).basic()]
    assert numbers == list(range(1, len(numbers) + 1))
