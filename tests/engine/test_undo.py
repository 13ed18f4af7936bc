"""Undo through the use cases: it restores exactly, or refuses."""

from datetime import timedelta

import pytest

from assistant.app import answers, change, edit, remind, tasks, undo
from assistant.errors import NotPossible
from tests.engine.stories import Run
from tests.fold import check_fold
from tests.session import StoreSession
from tests.world import START


def test_commands_are_taken_back_one_after_the_other() -> None:
    """Each undo takes the latest command that is not undone; what was undone does not stand in its way."""
    run = Run()
    session = StoreSession(run, "remind")
    made = remind.remind(session, remind.Wish("call", at="tomorrow 9:00"))
    for act in (change.pause, change.resume, change.pause):
        act(StoreSession(run, act.__name__), [made.item.id])
    edit.edit(StoreSession(run, "edit"), made.item.id, edit.Edit(title="ring"))
    for words in ("edit", "pause", "resume", "pause", "remind"):
        assert undo.undo(StoreSession(run)).words == words
        check_fold(run.con)
    with pytest.raises(NotPossible, match="nothing to undo"):
        undo.undo(StoreSession(run))
    assert run.column("select state from schedule") == ["ended"]
    assert run.column("select title from words") == ["call"]


def test_what_a_tick_has_made_of_it_since_cannot_be_taken_back() -> None:
    """The ring is out."""
    run = Run()
    remind.remind(StoreSession(run, "remind"), remind.Wish("call", at="in 1 hour"))
    run.until(START + timedelta(hours=2))
    with pytest.raises(NotPossible, match="went on since"):
        undo.undo(StoreSession(run))


def test_an_answer_that_is_taken_back_can_be_given_again() -> None:
    """The answer began a ring; taken back it leaves no step that wakes and no message that holds the key."""
    run = Run()
    made = remind.remind(
        StoreSession(run, "remind"), remind.Wish("call", at="in 1 hour", if_late="ask", until_ack=True)
    )
    run.outside.advance(timedelta(hours=3))
    run.tick()
    answers.answer(StoreSession(run, "answer"), made.item.id, ["yes"])
    undo.undo(StoreSession(run))
    check_fold(run.con)
    assert run.column("select count(*) from step") == [0]
    run.until(run.outside.now + timedelta(hours=1))
    assert [d.text for _, d in run.outside.deliveries] == ["call: late by 2 h; ring now? ask inbox"]
    answers.answer(StoreSession(run, "answer"), made.item.id, ["yes"])
    run.until(run.outside.now + timedelta(minutes=1))
    assert [d.text for _, d in run.outside.deliveries][-1] == "call (late by 3 h)"
    check_fold(run.con)


def test_done_while_it_is_retried_is_taken_back_whole() -> None:
    """A message that was dropped goes out after all."""
    run = Run()
    from assistant.ports.channel import NotSent

    made = remind.remind(StoreSession(run, "remind"), remind.Wish("call", at="in 1 hour", until_ack=True))
    run.outside.broken["file"] = NotSent("busy")
    run.until(START + timedelta(hours=1))
    change.done(StoreSession(run, "done"), [made.item.id])
    assert run.column("select state from message") == ["dead"]
    undo.undo(StoreSession(run))
    run.outside.broken.clear()
    run.until(START + timedelta(hours=1, minutes=5))
    assert run.column("select state from message") == ["sent"]
    check_fold(run.con)


def test_a_task_that_was_done_is_open_again() -> None:
    """With its key, which was free meanwhile."""
    run = Run()
    made = tasks.add(StoreSession(run, "add"), "buy milk", key="milk")
    change.done(StoreSession(run, "done"), [made.item.id])
    undo.undo(StoreSession(run))
    assert run.con.execute("select state, key from task").fetchall() == [("open", "milk")]
    check_fold(run.con)
