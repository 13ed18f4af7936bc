"""The n-th boundary loop over all actions: killed before and after each commit, each effect and each message."""

import pytest

from assistant.app.proving.chance import by_chance
from assistant.app.proving.explore import Explorer
from assistant.app.proving.judge import judged
from assistant.app.proving.play import Engine, Play
from assistant.app.proving.prepare import Prepared
from assistant.app.proving.prove import Wish, prove
from assistant.app.proving.story import DIE, Fails, Meanwhile, Story, Twist
from assistant.core.spec import INLINE, OUTSIDE
from tests.app.proving import workflows
from tests.app.proving.workflows import WIDE, prepared

READY = prepared(WIDE)
SMALL = [prepared(file) for file in workflows.SMALL]
NAMES = [ready.document["name"] for ready in SMALL]
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


@pytest.mark.parametrize("ready", SMALL, ids=NAMES)
def test_a_death_at_any_boundary_of_a_small_workflow_breaks_no_promise(ready: Prepared) -> None:
    """Of each of its starts: by hand, by a slot, by an event, by a source."""
    for start in ready.starts:
        assert killed_everywhere(ready, Story(start)) > 10


def test_the_small_workflows_have_every_action() -> None:
    """What the long proof plays leaves none out but the morning's brief, which only ask itself writes."""
    steps = [step for ready in SMALL for spec in ready.specs.values() for step in spec.steps]
    kinds = {step.kind for step in steps} | {entry.kind for step in steps for entry in step.fallback}
    assert (INLINE | OUTSIDE) - kinds == {"brief"}


@pytest.mark.long
@pytest.mark.parametrize("ready", [*SMALL, READY], ids=[*NAMES, "wide"])
def test_somebody_acts_at_the_boundaries_of_all_stories(ready: Prepared) -> None:
    """The long form: all moments of the happy paths, and six shares of those where something goes wrong before."""
    report = prove(ready, Wish(adversarial=True, seeds=6))
    assert report.is_clean, report.shown
    assert report.covered is not None and report.covered.tried > 1000


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(100))
def test_a_hundred_thousand_stories_by_chance_break_no_promise(thousand: int) -> None:
    """Two to four ticks at once, deaths, jumps, faults; each thousand has its seed, which is that of a finding too."""
    seeds = set()
    for told in by_chance(SMALL[thousand % len(SMALL)], Engine(), 1000, 1000 + thousand, 0, fewest=2):
        assert not told.verdict.findings, f"seed {told.story.seed}: {told.story}: {told.verdict.findings}"
        seeds.add(told.story.seed)
    assert len(seeds) == 1000


def test_stories_are_numbered_without_a_gap() -> None:
    """The number of a story is how it is asked for again."""
    numbers = [told.number for told in Explorer(READY, Engine(), 7).basic()]
    assert numbers == list(range(1, len(numbers) + 1))
