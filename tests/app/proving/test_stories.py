"""Stories are the same each time, and told as they went."""

from assistant.app.proving.play import Engine
from assistant.app.proving.prove import Wish, prove, stories, tell
from tests.app.proving.workflows import ENDLESS, PLAIN, REPEATABLE, WIDE, prepared


def test_the_same_seed_gives_the_same_stories() -> None:
    """Each by its number, in words, in its end, and to the second of each line."""
    wish = Wish(seeds=12, seed=11)
    first, second = ([(told.number, str(told.story), told.verdict) for told in stories(prepared(PLAIN), wish, Engine())]
                     for _ in range(2))  # fmt: skip
    assert first == second
    one, other = tell(prepared(PLAIN), wish, len(first)), tell(prepared(PLAIN), wish, len(first))
    assert one is not None and other is not None
    assert one.lines == other.lines


def test_another_seed_gives_other_stories() -> None:
    """Chance is by the seed alone."""
    one, other = ([str(told.story) for told in stories(prepared(PLAIN), Wish(seeds=12, seed=seed), Engine())]
                  for seed in (1, 2))  # fmt: skip
    assert one != other


def test_a_story_is_told_with_its_times() -> None:
    """The start, what was tried, what the store kept of it, and who answered."""
    told = tell(prepared(PLAIN), Wish(), 1)
    assert told is not None
    assert [words.strip() for _, words in told.lines][:2] == ["started by hand", "job 1: job made"]
    assert any("pay run, attempt 1: it worked" in words for _, words in told.lines)
    assert all(at.startswith("Tue 24 Nov 08:00:00") for at, _ in told.lines)


def test_a_story_of_many_twists_is_cut_down_to_what_shows_the_finding() -> None:
    """Chance lets much go wrong; what is shown is the least of it."""
    report = prove(prepared(REPEATABLE), Wish(seeds=40, seed=3))
    (one,) = report.shown
    assert len(one.story.twists) == 1


def test_all_actions_and_policies_keep_their_promises_where_one_thing_goes_wrong() -> None:
    """The happy path by hand, by a slot and by an event; then each failure, answer and silence where they come by."""
    report = prove(prepared(WIDE), Wish())
    assert report.is_clean, report.shown
    assert report.ends["waiting"] and report.ends["failed"] and report.scenarios > 60


def test_chance_finds_nothing_in_a_workflow_of_all_actions() -> None:
    """One to four ticks at once, deaths, jumps of the clock, faults and changed minds: the short form of a proof."""
    report = prove(prepared(WIDE), Wish(seeds=40, seed=5))
    assert report.is_clean, report.shown


def test_an_end_of_a_wait_takes_the_finding_away() -> None:
    """The fix that is shown is one."""
    assert prove(prepared(ENDLESS.replace("answer.came}", "answer.came, within: 7d}")), Wish()).is_clean
