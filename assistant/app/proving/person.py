"""What the person and the world do in a story: start it, answer, send what is waited for, change their mind.

Each is one command, as the use cases write it, and does not die.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from assistant.app.proving import sources
from assistant.app.proving.edits import edited, edits_of
from assistant.app.proving.feed import source_of
from assistant.app.proving.prepare import version_of
from assistant.app.proving.story import EDIT, EDIT_INPUT, RETRY
from assistant.core.happened import Answered, Happened, Paused, Resumed, Retried, Stopped
from assistant.core.moves import New, Put, Ref
from assistant.core.spec import base_of
from assistant.core.states import JobState
from assistant.engine.counts import Counts
from assistant.engine.events import keep_event, route
from assistant.engine.starting import Wanted, make_job
from assistant.ports.records import Request, Step
from assistant.store import audit, due, standing
from assistant.store.write import Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.app.proving.play import Play
    from assistant.app.proving.story import Says

NEVER_MIND = frozenset({"failure"})  # questions that may stay open: the job has ended
JITTER = 0.5
PATIENCE = 4  # times that the person answers the same question, before they let it expire
TRIES = 2  # times that they try a failed job again


def write(play: "Play", words: str, change: "Callable[[Writing], object]") -> None:
    """One command of the person: whole, and without a boundary."""
    outside, play.con.outside = play.con.outside, None
    try:
        with Writing(play.con, "", play.outside.now, command=words) as writing:
            change(writing)
    except ValueError:
        raise  # what a person must read
    except Exception as error:  # noqa: BLE001 - a command that raises is what a proof looks for
        play.error = f"{words} raised {type(error).__name__}: {error}"
    finally:
        play.con.outside = outside


# Starting


def start(play: "Play") -> None:
    """The trigger of the story comes."""
    begin = play.story.start
    play.outside.say(begin.words)
    if begin.how == "hand":
        _run(play, "the-first")
    elif begin.how == "event":
        _emit(play, begin.event or "", "delivery-1", _event_data(play))
    elif begin.how == "source":
        sources.start(play, _event_data(play))


def _run(play: "Play", key: str, overlap: str = "allow") -> None:
    inputs = dict(play.story.start.inputs)
    lacks = play.lacks
    if lacks is not None:
        name = lacks.name.partition(".")[2]
        inputs.pop(name, None)
        if lacks.is_empty:
            inputs[name] = _empty(play.story.start.inputs.get(name))
    workflow = standing.newest_version(play.con, play.prepared.document["name"])
    assert workflow is not None  # noqa: S101 - the prepared store keeps it

    def make(writing: Writing) -> None:
        wanted = Wanted(workflow, inputs, key, key, overlap=overlap)
        make_job(writing, play.around(), wanted, JITTER)

    try:
        write(play, "run", make)
    except ValueError as fault:
        play.refused = str(fault)
        play.outside.say(f"refused: {fault}")


def _empty(value: Any) -> Any:
    return [] if isinstance(value, list) else 0 if isinstance(value, (int, float)) else ""


def _event_data(play: "Play") -> dict[str, Any]:
    from assistant.jsontext import dump, load

    data: dict[str, Any] = load(dump(play.story.start.data))
    lacks = play.lacks
    if lacks is not None:
        *words, last = lacks.name.split(".")[1:]
        part = data
        for word in words:
            part = part.get(word, {})
        if isinstance(part, dict):
            was = part.pop(last, None)
            if lacks.is_empty:
                part[last] = _empty(was)
    return data


def _emit(play: "Play", name: str, key: str, data: dict[str, Any]) -> None:
    def emit(writing: Writing) -> None:
        kept = keep_event(writing, name, key, data)
        if not kept.duplicate:
            route(writing, play.around(), kept.event, Counts(), JITTER)

    write(play, "emit", emit)


def again(play: "Play") -> None:
    """The same trigger once more: the same key, the same delivery, or another delivery of the same thing."""
    begin = play.story.start
    if begin.how == "hand":
        _run(play, "the-first")
        return
    if begin.event is None:
        return
    has_key = bool(play.prepared.document["on"][begin.place or 0].get("key"))
    if begin.how == "source":
        feed = play.outside.feeds[source_of(begin.event) or ""]
        sources.again(play, feed)
        if has_key:
            sources.tell(play, feed, begin.event, _event_data(play))
        return
    _emit(play, begin.event, "delivery-1", _event_data(play))
    if has_key:
        _emit(play, begin.event, "delivery-2", _event_data(play))


def supersede(play: "Play") -> None:
    """A newer job of the same subject, started by hand."""
    _run(play, "the-newer", play.prepared.document.get("overlap", "allow"))


def add_newer(play: "Play") -> None:
    """A newer version of the workflow, once; jobs that run keep theirs."""
    there = standing.newest_version(play.con, play.prepared.document["name"])
    if there is None or there.version > 1:
        return
    document = {**play.prepared.document, "steps": [{"id": "newer", "kind": "text", "action": {"text": "newer"}}]}
    values = version_of(document, 2, play.outside.now)
    write(play, "workflow add", lambda w: w.apply([New("workflow", Ref("workflow"), values, "workflow added")]))


# Changing one's mind


def tell(play: "Play", job_id: int, happened: Happened, words: str) -> None:
    """Tell a job what happened, as one command."""
    write(play, words, lambda w: play.engine.tell(w, play.around(), job_id, happened))


def cancel(play: "Play", keep: bool = False) -> None:
    """Every open job is cancelled."""
    for job in audit.open_jobs_of_all(play.con):
        tell(play, job.id, Stopped(JobState.CANCELLED, "cancelled by the person", keep), "cancel")
        play.stopped.setdefault(job.id, audit.newest_line(play.con))
        if keep and job.ending is None:
            play.kept.setdefault(job.id, audit.newest_line(play.con))


def cancel_and_keep(play: "Play") -> None:
    """Every open job is cancelled, and what it did is not undone."""
    cancel(play, keep=True)


def pause(play: "Play") -> None:
    """Every open job rests for two hours."""
    for job in audit.open_jobs_of_all(play.con):
        tell(play, job.id, Paused(), "pause")
        play.appointments.append((play.outside.now + timedelta(hours=2), lambda j=job.id: _resume(play, j)))  # type: ignore[misc]


def _resume(play: "Play", job_id: int) -> None:
    play.outside.say("the person resumes it")
    if due.job(play.con, job_id).ended_at is None:
        tell(play, job_id, Resumed(), "resume")


# Tending: what a tick leaves for others


def tend(play: "Play") -> None:
    """End the schedule once its slot fired: one slot is one story."""
    if play.story.start.how != "slot" or "ended" in play.acted:
        return
    rows = audit.rows_of(play.con)
    if not rows.slots:
        return
    play.acted.add("ended")
    for schedule in rows.schedules:
        if schedule.state != "ended":
            changes = {"state": "ended", "ended_at": play.outside.now, "next_at": None, "reason": "one slot is enough"}
            write(play, "cancel", lambda w, s=schedule, c=changes: w.apply([Put("schedule", s.id, c, "ended")]))  # type: ignore[misc]


def moments(play: "Play") -> list[datetime]:
    """When the person or the world acts next."""
    found = [at for request in audit.open_questions(play.con) if (at := _answers_at(play, request)) is not None]
    return found + [at for step in audit.waiting_for_events(play.con) if (at := _comes_at(play, step)) is not None]


def react(play: "Play") -> None:
    """Answer what is to be answered by now, and send what is waited for."""
    for request in audit.open_questions(play.con):
        at = _answers_at(play, request)
        there = due.request(play.con, request.id)
        if at is not None and at <= play.outside.now and there is not None and there.state == "open":
            _answer(play, there)
    for step in audit.waiting_for_events(play.con):
        at = _comes_at(play, step)
        if at is not None and at <= play.outside.now:
            _send_awaited(play, step)


def _path_of(play: "Play", request: Request) -> str:
    step = due.step(play.con, request.step_id) if request.step_id is not None else None
    return step.path if step is not None else ""


def _answers_at(play: "Play", request: Request) -> datetime | None:
    from assistant.app.proving.play import THINKS

    if request.job_id is None:
        return None
    path = _path_of(play, request)
    said = play.word_for(request.kind, path)
    if request.kind in NEVER_MIND and not _tries_again(play, request, said):
        return None
    if play.answered[request.kind, path] >= PATIENCE:
        return None
    if said is None:
        return request.created_at + THINKS
    if said.rung:
        step = due.step(play.con, request.step_id) if request.step_id is not None else None
        return play.outside.now if step is not None and step.rung >= said.rung else None
    return None if said.word is None else request.created_at + THINKS


def _tries_again(play: "Play", request: Request, said: "Says | None") -> bool:
    """Whether it says that a job failed, and the person means to try that again."""
    if said is None or said.word != RETRY or request.job_id is None or play.answered["failure", said.path] >= TRIES:
        return False
    return due.job(play.con, request.job_id).state == JobState.FAILED


def _retry(play: "Play", request: Request, path: str) -> None:
    assert request.job_id is not None  # noqa: S101 - only questions of jobs are answered
    play.answered["failure", path] += 1
    play.mend()
    play.outside.say(f"the person tries it again ({request.title})")
    play.acted.add(RETRY)
    play.stopped.pop(request.job_id, None)
    tell(play, request.job_id, Retried(), "retry")


def _approve_edited(play: "Play", request: Request, step: Step | None, word: str) -> bool:
    """Approve with an edit, once: what is shown then is what must run. False where nothing can be edited."""
    assert request.job_id is not None  # noqa: S101 - only questions of jobs are answered
    ((_kind, action),) = step.action.items() if step is not None else (("", {}),)
    job = due.job(play.con, request.job_id)
    edits = edits_of(job.inputs if word == EDIT_INPUT else action)
    if not edits or request.id in play.edited:
        return False
    play.outside.say(f"the person approves {request.id} ({request.title}) with {edits}")
    if word == EDIT:
        play.edited[request.id] = edited(request.proposal, edits)
    try:
        tell(play, request.job_id, Answered(request, "approve", None, edits), "approve")
    except ValueError as fault:
        play.outside.say(f"refused: {fault}")
        play.edited.pop(request.id, None)
        return False
    return True


def _answer(play: "Play", request: Request) -> None:
    assert request.job_id is not None  # noqa: S101 - only questions of jobs are answered
    path = _path_of(play, request)
    said = play.word_for(request.kind, path)
    word = said.word if said is not None and not said.rung else None
    given: Any = None
    step = due.step(play.con, request.step_id) if request.step_id is not None else None
    if word == RETRY:
        _retry(play, request, path)
        return
    if word in (EDIT, EDIT_INPUT):
        if play.answered[request.kind, path] == 0 and _approve_edited(play, request, step, word):
            play.answered[request.kind, path] += 1
            return
        word = None
    if request.kind == "unknown":
        word = "happened" if step is not None and play.outside.effects[step.key] else "did not"
    elif request.kind == "input" and path:
        given = play.prepared.stand_ins.answer(base_of(path), request.proposal or {})
        word = str(given)
    play.answered[request.kind, path] += 1
    usual = {"approval": "approve", "ack": "ack", "input": "yes"}
    word = word or usual.get(request.kind, "yes")
    play.outside.say(f"the person answers {request.id} ({request.kind}, {request.title}): {word}")
    tell(play, request.job_id, Answered(request, word, given), "answer")


def _comes_at(play: "Play", step: Step) -> datetime | None:
    from assistant.app.proving.play import COMES, MOST_EVENTS

    if play.is_silent(step.path) or step.id in play.sent_for or play.sent.get(step.awaits or "", 0) >= MOST_EVENTS:
        return None
    return (step.planned_at or play.outside.now) + COMES if step.planned_at else play.outside.now


def _send_awaited(play: "Play", step: Step) -> None:
    names = {"inputs": due.job(play.con, step.job_id).inputs, "steps": _outputs(play, step.job_id), "key": step.key}
    data = play.prepared.stand_ins.awaited(base_of(step.path), step.action["wait"], names)
    name = step.awaits or ""
    play.sent[name] = play.sent.get(name, 0) + 1
    play.sent_for.add(step.id)
    play.outside.say(f"{name} comes: {data}")
    source = source_of(name)
    if source is not None:
        sources.tell(play, play.outside.feeds[source], name, data)
        return
    _emit(play, name, f"awaited-{name}-{play.sent[name]}", data)


def _outputs(play: "Play", job_id: int) -> dict[str, Any]:
    return {step.path: {"output": step.output, "state": step.state} for step in due.steps_of(play.con, job_id)}
