"""Say in one sentence why a job or a request is as it is, and what happens next. From records alone."""

from assistant.core.states import JobState, RequestState, StepState
from assistant.core.why import Standpoint, moment
from assistant.ports.records import Job, Request, Step
from assistant.when import say


def why_job(job: Job, name: str, steps: list[Step], request: Request | None, here: Standpoint) -> str:
    """Why a job is as it is."""
    called = f"Job {job.number} ({name})" if job.number else f"The job of {name}"
    if job.ended_at is not None:
        reason = f": {job.reason}" if job.reason else ""
        return f"{called} is {job.state} since {say.moment(job.ended_at, here.zone)}{reason}; nothing more happens."
    if job.paused:
        return f"{called} is paused: ask resume {job.number}."
    if request is not None and job.state == JobState.AWAITING_INPUT:
        return f"{called} waits for you: {request.title} (ask show {request.id})."
    step = next((step for step in steps if step.state not in (StepState.COMPLETED, StepState.SKIPPED)), None)
    if step is None:
        return f"{called} is {job.state}; the next tick goes on with it."
    if step.state == StepState.WAITING and step.wake_at is not None and step.error:
        return (
            f"{called} waits to try {step.path!r} again {moment(step.wake_at, here)}"
            f" (attempt {step.attempts + 1}): {step.error}."
        )
    if step.state == StepState.WAITING and step.wake_at is not None:
        return f"{called} waits in {step.path!r} until {moment(step.wake_at, here)}."
    if step.state == StepState.RUNNING:
        return f"{called} runs {step.path!r}, attempt {step.attempts}."
    return f"{called} is at {step.path!r} ({step.state}); the next tick goes on with it."


def why_request(request: Request, here: Standpoint) -> str:
    """Why a request is as it is."""
    name = f"Request {request.id} ({request.kind})"
    if request.state != RequestState.OPEN:
        ended = f" since {say.moment(request.ended_at, here.zone)}" if request.ended_at else ""
        answer = f" ({request.answer})" if request.answer else ""
        return f"{name} is {request.state}{answer}{ended}; nothing more happens."
    expires = ""
    if request.expires_at is not None:
        expires = f"; without an answer by {moment(request.expires_at, here)}: {request.on_expiry}"
    because = f", because {request.because}" if request.because else ""
    return f"{name} waits for you: {request.title}{because}{expires}."
