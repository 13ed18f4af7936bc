"""What a person does while a tick is at work: answer, cancel and snooze at each of its boundaries."""

from collections import deque
from collections.abc import Callable
from datetime import timedelta

import pytest

from assistant.app import change, snooze, undo
from assistant.core.happened import Answered, Stopped
from assistant.errors import NotPossible
from assistant.ports.channel import Doubtful, NotSent
from assistant.store import due
from tests import person
from tests.engine.stories import Run, check_all
from tests.engine.test_fence import at_boundary
from tests.session import StoreSession
from tests.world import START, VirtualWorld

Scene = Callable[[Run], None]
AT = START + timedelta(hours=1)


def ladder(run: Run) -> None:
    """It rings every quarter of an hour until somebody answers."""
    run.person(person.remind, AT, START, repeat=[900, 43200])


def failing_ladder(run: Run) -> None:
    """The same, while the channel takes nothing at first."""
    run.outside.sends["file"] = deque([NotSent("busy"), NotSent("busy"), Doubtful("timed out")])
    ladder(run)


def mute_ladder(run: Run) -> None:
    """The same, on a channel that cannot tell."""
    run.outside.mute.add("file")
    failing_ladder(run)


def simple(run: Run) -> None:
    """One ring, and a job of two steps beside it."""
    run.outside.effect_kinds = {"a": "keyed", "b": "once"}
    steps = [{"id": "a", "run": ["x"], "effect": "keyed"}, {"id": "b", "run": ["y"], "effect": "once"}]
    run.outside.sends["file"] = deque([NotSent("busy")])
    run.person(person.remind, AT, START)
    run.person(person.start_job, run.world(), steps)


def answer_all(run: Run) -> None:
    """Every open question is answered."""
    for request in person.open_requests(run.con):
        if request.job_id is not None and request.kind == "ack":
            run.person(person.tell, run.world(), request.job_id, Answered(request, "done"))


def cancel_all(run: Run) -> None:
    """Every open job is cancelled."""
    for job in run.column("select id from job where ended_at is null"):
        run.person(person.tell, run.world(), job, Stopped("cancelled", "cancelled by the person"))


def snooze_all(run: Run) -> None:
    """Every reminder is put off, by the use case itself."""
    for number in run.column("select id from schedule"):
        by_command(run, lambda session, n=number: snooze.snooze(session, [n], "in 3 hours"))


def cancel_and_undo(run: Run) -> None:
    """A change of mind: cancelled, and taken back at once, where nothing came of it yet."""
    for number in run.column("select id from schedule where state <> 'ended'"):
        by_command(run, lambda session, n=number: change.cancel(session, [n]))
        by_command(run, undo.undo)


def by_command(run: Run, act: Callable[[StoreSession], object]) -> None:
    """A command of the person, which may be refused."""
    session = StoreSession(run, "meanwhile")
    run.con.outside = None
    try:
        act(session)
    except NotPossible:
        assert not run.con.in_transaction
    finally:
        run.con.outside = run.outside


def second_tick(run: Run) -> None:
    """A whole other tick, by another worker."""
    run.tick()


def jump_back(run: Run) -> None:
    """The clock jumps back an hour."""
    run.outside.advance(timedelta(hours=-1))


def jump_ahead(run: Run) -> None:
    """The clock jumps ahead a day."""
    run.outside.advance(timedelta(days=1))


SCENES = (ladder, failing_ladder, mute_ladder, simple)
ACTS = (answer_all, cancel_all, snooze_all, cancel_and_undo, second_tick, jump_back, jump_ahead)


def play(scene: Scene, act: Scene, place: int | None) -> Run:
    """The scene over two days; at one of its boundaries the interloper acts, once."""
    run = Run()
    scene(run)

    def look(name: str) -> None:
        if run.outside.boundary_count != place or name == "before commit":
            return  # before a commit the store is locked: whoever acts, acts after it
        run.outside.interlope = None
        act(run)

    run.outside.interlope = look
    run.until(START + timedelta(hours=9))
    run.until(START + timedelta(days=2))
    return run


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_whoever_acts_at_any_boundary_everything_ends_well(scene: Scene, act: Scene) -> None:
    """Nothing is lost, nothing is sent twice, and the journal folds to the rows."""
    boundaries = play(scene, act, None).outside.boundary_count
    for place in range(1, boundaries + 1):
        run = play(scene, act, place)
        try:
            check_all(run)
        except AssertionError as error:
            raise AssertionError(f"{act.__name__} at {place} of {scene.__name__}: {error}") from error


@pytest.mark.parametrize("mute", [False, True])
@pytest.mark.parametrize("outcome", [NotSent("busy"), NotSent("no", permanent=True), Doubtful("timed out"), None])
@pytest.mark.parametrize("act", [answer_all, cancel_all], ids=lambda act: act.__name__)
def test_what_was_answered_while_it_was_sent_is_not_sent_again(
    act: Scene, outcome: NotSent | Doubtful | None, mute: bool
) -> None:
    """Neither a later try nor another channel nor the terminal rings for what is settled."""
    run = Run()
    ladder(run)
    if mute:
        run.outside.mute.add("file")
    if outcome is not None:
        run.outside.broken["file"] = outcome
    at_boundary(run, "before deliver file", lambda: act(run))
    run.until(START + timedelta(days=2))
    assert len(run.outside.deliveries) == 1
    assert run.value("select count(*) from message where state = 'queued'") == 0
    check_all(run)


def test_what_was_answered_while_its_sender_died_is_not_sent_again() -> None:
    """The look-up of a doubtful message would send it: a settled one is unknown instead."""
    run = Run()
    ladder(run)

    def answered() -> None:
        answer_all(run)
        run.outside.die_at = run.outside.boundary_count

    at_boundary(run, "before deliver file", answered)
    run.until(START + timedelta(days=2))
    assert run.outside.died_at == "before deliver file"
    assert run.outside.deliveries == []
    assert run.column("select state from message") == ["unknown"]
    check_all(run)


def test_a_send_whose_lease_was_lost_leaves_no_trace_but_the_unknown() -> None:
    """Another worker has settled it as unknown; the first one's `sent` comes too late to be believed."""
    run = Run()
    run.outside.mute.add("file")
    run.person(person.remind, AT, START)
    run.outside.advance(timedelta(hours=1))

    def others() -> None:
        run.outside.dead.add("tick 1")
        run.tick()

    at_boundary(run, "after deliver file", others)
    run.tick()
    assert run.con.execute("select channel, state from message order by id").fetchall() == [
        ("file", "unknown"), ("terminal", "queued"),
    ]  # fmt: skip
    check_all(run)


def test_an_outcome_for_an_earlier_attempt_of_the_same_worker_is_refused() -> None:
    """A lease names a worker; the attempt names which of its sends is meant."""
    from assistant.engine.claim import claim_message
    from assistant.engine.counts import Counts
    from assistant.engine.outcome import lose_message, settle_message
    from assistant.errors import Stale
    from assistant.ports.channel import Sent
    from assistant.store.write import Writing

    run = Run()
    run.con.outside = None
    run.person(person.remind, AT, START)
    run.outside.advance(timedelta(hours=1))
    world = VirtualWorld(run.outside, "one")
    around = person.surroundings(run.con, world)
    with Writing(run.con, "", AT) as writing:
        (schedule,) = due.schedules_due(run.con, AT, 1)
        from assistant.engine.slots import wake_schedule

        wake_schedule(writing, around, schedule, Counts(), 0.5)
        first = claim_message(writing, around, "file", "one", AT)
    assert first is not None
    with Writing(run.con, "", AT) as writing:
        lose_message(writing, around, first.message, True, Counts(), 0.5)
        assert claim_message(writing, around, "file", "one", AT) is not None
    with pytest.raises(Stale), Writing(run.con, "", AT) as writing:
        settle_message(writing, around, first.message, Sent(), Counts(), 0.5)
    assert run.column("select state from message") == ["sending"]
