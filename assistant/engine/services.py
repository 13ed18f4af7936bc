"""What steps of several jobs share: how many run at once, how far apart they begin, and waiting while it is down."""

from datetime import timedelta

from assistant.core.happened import CutOff, Failed, ParkEnded, Succeeded
from assistant.core.moves import Move, New, Put, Ref
from assistant.core.retry import backoff
from assistant.core.spec import Retry, StepSpec
from assistant.engine.counts import Counts
from assistant.engine.notice import say_once
from assistant.engine.situation import Surroundings, tell_job
from assistant.ports.records import Service, Step
from assistant.store import due, standing
from assistant.store.write import Writing
from assistant.when import say
from assistant.when.lengths import later

TRIALS = Retry(attempts=1_000_000, first=timedelta(seconds=60), factor=2.0, longest=timedelta(hours=1))
MOST = 1000  # held steps that go on in one commit


def hold(writing: Writing, step: Step, spec: StepSpec) -> bool:
    """Whether a ready step must wait for its service; its row says so then. One that may begin is noted with it."""
    assert step.service is not None  # noqa: S101 - asked only of steps that have one
    con, now = writing.con, writing.now
    service = standing.service(con, step.service)
    if service is not None and service.down_at is not None and spec.retry.park is not None:
        is_trial = service.wake_at is None and not standing.running_of(con, step.service)
        if not is_trial:
            return _wait(writing, step, "down", None, "its service is down")
    limit = spec.limit
    if limit is None:
        return False
    if limit.at_once is not None and standing.running_of(con, limit.to) >= limit.at_once:
        return _wait(writing, step, "limit", None, f"{limit.at_once} of {limit.to} run already")
    if limit.per is not None:
        if service is not None and service.began_at is not None and now < service.began_at + limit.per:
            # Each waits its own turn, so that they do not all wake for one place.
            ahead = len(standing.steps_held(con, limit.to, MOST))
            at = service.began_at + limit.per * (ahead + 1)
            return _wait(writing, step, "limit", at, f"the next of {limit.to} begins then")
        _note(writing, step.service, service, "a step of it began", began_at=now)
    return False


def _wait(writing: Writing, step: Step, held: str, wake_at: "object", what: str) -> bool:
    held_at = step.held_at or writing.now if held == "down" else step.held_at
    changes = {"state": "waiting", "held": held, "held_at": held_at, "wake_at": wake_at}
    writing.apply([Put("step", step.id, changes, what, {"state": "ready"})])
    return True


def _note(writing: Writing, name: str, there: Service | None, what: str, **changes: object) -> None:
    move: Move = Put("service", name, changes, what)
    if there is None:
        move = New("service", Ref(f"service:{name}"), {"name": name, **changes}, what)
    writing.apply([move])


def after_attempt(
    writing: Writing,
    around: Surroundings,
    step: Step,
    happened: Succeeded | Failed | CutOff,
    counts: Counts,
    jitter: float,
) -> None:
    """An attempt at a step of a service has ended: the next one may begin, and the service may be down, or back."""
    assert step.service is not None  # noqa: S101 - asked only of steps that have one
    service = standing.service(writing.con, step.service)
    parks = around.spec_of_step(step).retry.park is not None
    if isinstance(happened, Failed) and happened.down and parks:
        _is_down(writing, around, step, service, happened.error, counts, jitter)
    elif service is not None and service.down_at is not None and not isinstance(happened, CutOff):
        _is_back(writing, around, service)
    _release_one(writing, step.service)


def _release_one(writing: Writing, name: str) -> None:
    """The step that waited longest for a place gets it."""
    for step in standing.steps_held(writing.con, name, MOST):
        if step.held == "limit" and step.wake_at is None:
            _let_go(writing, step, "a place is free")
            return


def _let_go(writing: Writing, step: Step, what: str) -> None:
    changes = {"state": "ready", "held": None, "wake_at": writing.now}
    writing.apply([Put("step", step.id, changes, what, {"state": "waiting"})])


def _is_down(
    writing: Writing,
    around: Surroundings,
    step: Step,
    service: Service | None,
    error: str,
    counts: Counts,
    jitter: float,
) -> None:
    assert step.service is not None  # noqa: S101 - asked only of steps that have one
    tries = (service.tries if service is not None else 0) + 1
    was_down = service is not None and service.down_at is not None
    changes = {
        "down_at": service.down_at if service is not None and was_down else writing.now,
        "reason": error,
        "wake_at": writing.now + backoff(TRIALS, tries, jitter),
        "tries": tries,
    }
    _note(writing, step.service, service, "it is down", **changes)
    if not was_down:
        text = f"{step.service} is down: {error}. Its steps wait, and go on by themselves when it is back"
        _tell(writing, around, step, f"{step.service}/down/{step.key}/{step.attempts}", text)
    for held in standing.steps_held(writing.con, step.service, MOST):
        park = around.spec_of_step(held).retry.park if held.held == "down" else None
        if park and held.held_at and later(held.held_at, park, around.conventions) <= writing.now:
            waited = say.distance(writing.now - held.held_at)
            ended = ParkEnded(held.path, f"{error}; it waited {waited} for {step.service}")
            counts.see(tell_job(writing, around, held.job_id, ended, writing.now, jitter))


def _is_back(writing: Writing, around: Surroundings, service: Service) -> None:
    _note(writing, service.name, service, "it is back", down_at=None, reason=None, wake_at=None, tries=0)
    waiting = [step for step in standing.steps_held(writing.con, service.name, MOST) if step.held == "down"]
    for step in waiting:
        _let_go(writing, step, "its service is back")
    assert service.down_at is not None  # noqa: S101 - it was down
    lasted = say.distance(writing.now - service.down_at)
    text = f"{service.name} is back after {lasted}; {len(waiting)} steps go on"
    if waiting:
        _tell(writing, around, waiting[0], f"{service.name}/back/{service.down_at:%Y%m%dT%H%M%S}", text)


def try_service(writing: Writing, service: Service) -> None:
    """Let one step see whether its service is back; where none waits any more, nobody needs to know."""
    held = [step for step in standing.steps_held(writing.con, service.name, MOST) if step.held == "down"]
    if not held:
        _note(writing, service.name, service, "nobody waits for it", down_at=None, reason=None, wake_at=None, tries=0)
        return
    _note(writing, service.name, service, "one step tries it", wake_at=None)
    _let_go(writing, held[0], "tries whether its service is back")


def _tell(writing: Writing, around: Surroundings, step: Step, about: str, text: str) -> None:
    job = due.job(writing.con, step.job_id)
    say_once(writing, around, f"{around.store_id}/service/{about}", text, job=job)
