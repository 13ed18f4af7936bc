"""Judge a story at its end: broken, stuck, lost, duplicate, unaccounted, as CONTRACT says; and DESIGN's invariants."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.app.proving import followed, heard
from assistant.app.proving.finding import BROKEN, DUPLICATE, LOST, OURS, STUCK, UNACCOUNTED, Finding
from assistant.app.proving.play import Play
from assistant.app.proving.story import AGAIN, NEWER, STOLEN, SUPERSEDE, Story
from assistant.core.spec import OUTSIDE, Spec, StepSpec, base_of, role_of
from assistant.core.states import ENDED_JOB, ENDED_STEP
from assistant.ports.records import Job, Step
from assistant.store import audit
from assistant.store.fold import why_not_folded
from assistant.when import rule

MAIL = frozenset({"mail", "mail_draft"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a story ended: completed, failed, waiting or stuck; and what is wrong."""

    outcome: str
    findings: tuple[Finding, ...]


class Judge:
    """Looks at what one story left behind."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.story: Story = play.story
        self.rows = audit.rows_of(play.con)
        self.jobs = {job.id: job for job in self.rows.jobs}
        self.steps = {step.id: step for step in self.rows.steps}
        self.open = [request for request in self.rows.requests if request.state == "open"]
        self._steps_of: dict[int, list[Step]] = {}
        for step in self.rows.steps:
            self._steps_of.setdefault(step.job_id, []).append(step)

    def verdict(self) -> Verdict:
        """The end of the story, and all findings."""
        found = list(self._findings())
        return Verdict(self._outcome(), tuple(found))

    def _outcome(self) -> str:
        if self.play.refused is not None:
            return "failed"
        tops = [job for job in self.rows.jobs if job.parent_id is None]
        ended = [job for job in tops if job.state in ENDED_JOB]
        if len(ended) < len(tops):
            return "waiting" if all(self._waits(job) for job in tops if job not in ended) else "stuck"
        if not tops and any("could not be started" in message.text for message in self.rows.messages):
            return "failed"
        return "completed" if all(job.state == "completed" for job in tops) else "failed"

    def spec_of(self, job: Job) -> Spec:
        """The version that a job keeps."""
        return self.play.around().spec(job.workflow_id)

    def written(self, step: Step) -> StepSpec:
        """A step as its version says."""
        return self.spec_of(self.jobs[step.job_id]).at(step.path)

    def _findings(self) -> Iterator[Finding]:
        if self.play.error is not None:
            yield Finding(BROKEN, None, self.play.error, "the tick could not go on", OURS)
            return
        yield from self._stuck()
        yield from self._broken()
        yield from self._lost()
        yield from self._duplicates()
        yield from self._unaccounted()
        yield from self._promises()
        yield from followed.findings(self)
        yield from heard.findings(self)

    # Stuck

    def _stuck(self) -> Iterator[Finding]:
        if self.play.out_of_fuel is not None:
            job = next((job for job in self.rows.jobs if job.state not in ENDED_JOB), None)
            step = self._open_step(job) if job is not None else None
            fix = "give it an end: a deadline:, within:, or fewer repeats" if step is not None else OURS
            yield Finding(STUCK, step.path if step is not None else None, "it never comes to its end",
                          self.play.out_of_fuel, fix)  # fmt: skip
            return
        for job in self.rows.jobs:
            if job.state in ENDED_JOB or self._waits(job) or self._is_spent(job):
                continue
            yield self._why_stuck(job)

    def _waits(self, job: Job) -> bool:
        """Whether a job waits for a person, or for another one that does."""
        if any(request.job_id == job.id for request in self.open):
            return True
        below = [child for child in self.rows.jobs if child.parent_id in {s.id for s in self.steps_of(job)}]
        if any(child.state not in ENDED_JOB and self._waits(child) for child in below):
            return True
        if not job.queued:
            return False
        older = [one for one in self.rows.jobs if one.id < job.id and one.workflow == job.workflow]
        return any(one.state not in ENDED_JOB and self._waits(one) for one in older)

    def _is_spent(self, job: Job) -> bool:
        """Whether it waits for an event that the story does not send any more: its own events start it again."""
        from assistant.app.proving.play import MOST_EVENTS

        return any(
            step.awaits is not None and self.play.sent.get(step.awaits, 0) >= MOST_EVENTS and step.state == "waiting"
            for step in self.steps_of(job)
        )

    def steps_of(self, job: Job) -> list[Step]:
        """The steps of a job."""
        return self._steps_of.get(job.id, [])

    def _open_step(self, job: Job) -> Step | None:
        left = [step for step in self.steps_of(job) if step.state not in ENDED_STEP]
        return left[-1] if left else None

    def _why_stuck(self, job: Job) -> Finding:
        step = self._open_step(job)
        if step is not None and step.awaits is not None and self.written(step).kind == "wait":
            return Finding(
                STUCK, step.path, "the job waits for ever",
                f"step {step.path} waits for {step.awaits} and says not how long",
                "give it `within:`, such as within: 7d; what follows can look at steps."
                f"{base_of(step.path)}.output.woke_by",
            )  # fmt: skip
        at = f"step {step.path} is {step.state}" if step is not None else f"the job is {job.state}"
        return Finding(STUCK, step.path if step is not None else None, "the job waits for nobody", at, OURS)

    # Broken

    def _broken(self) -> Iterator[Finding]:
        if not self.story.is_happy:
            return
        if self.play.refused is not None:
            fix = "give what it needs: --input NAME=VALUE"
            yield Finding(BROKEN, None, "it does not start", self.play.refused, fix)
        tops = [job for job in self.rows.jobs if job.parent_id is None]
        for job in tops:
            if job.state in ENDED_JOB and job.state != "completed":
                failed = next((s for s in self.steps_of(job) if s.state == "failed"), None)
                fix = "mend the step, or give it a `sample:` that looks like what it gives"
                yield Finding(BROKEN, failed.path if failed is not None else None, "it does not complete",
                              job.reason or job.state, fix)  # fmt: skip
        if not tops and self.play.refused is None:
            yield self._not_started()

    def _not_started(self) -> Finding:
        said = next((m.text for m in self.rows.messages if "could not be started" in m.text), None)
        why = said or "its `where` does not hold for the stand-in of the event"
        return Finding(BROKEN, None, "no job starts", why, "give an event that fits: --event JSON")

    # Lost

    def _lost(self) -> Iterator[Finding]:
        outside, now = self.play.outside, self.play.outside.now
        for message in self.rows.messages:
            if message.channel == "terminal":
                continue
            if message.state == "sending" or (message.state == "queued" and message.wake_at <= now):
                yield Finding(LOST, None, "a message is left lying", f"{message.text!r} is {message.state}", OURS)
            elif message.state == "sent" and message.key not in outside.files.get(message.channel, ()):
                yield Finding(LOST, None, "a message counts as sent, and was not", message.text, OURS)
        for step in self.rows.steps:
            job = self.jobs[step.job_id]
            if step.state in ENDED_STEP or job.state not in ENDED_JOB:
                continue
            yield Finding(LOST, step.path, "a step has no end", f"its job is {job.state}, the step {step.state}", OURS)
        for job in self.rows.jobs:
            told = any(request.job_id == job.id and request.kind == "failure" for request in self.rows.requests)
            if job.state == "failed" and not told:
                yield Finding(LOST, None, "a job failed and nobody is told", job.reason or "", OURS)

    # Duplicates

    def _duplicates(self) -> Iterator[Finding]:
        outside = self.play.outside
        for channel, keys in outside.files.items():
            if len(keys) != len(set(keys)):
                yield Finding(DUPLICATE, None, f"a message went twice by {channel}", "one key, two sends", OURS)
        for step in self.rows.steps:
            times = outside.effects[step.key]
            if times < 2 or role_of(step.path) == "probe":
                continue
            written = self.written(step)
            if written.effect in ("read", "keyed") or written.kind in MAIL:
                continue
            yield self._twice(step, written, times)
        yield from self._jobs_twice()

    def _twice(self, step: Step, written: StepSpec, times: int) -> Finding:
        often = "twice" if times == 2 else f"{times} times"
        what = f"{written.kind} of {step.path} took effect {often}"
        if written.effect == "repeatable":
            fix = "give it `effect: once` and a probe, or make the receiver honour ASK_KEY; " \
                  f"where it may happen again: --accept {base_of(step.path)}"  # fmt: skip
            return Finding(DUPLICATE, step.path, what, f"step {step.path} is declared repeatable", fix)
        return Finding(DUPLICATE, step.path, what, f"step {step.path} is {written.effect}", OURS)

    def _jobs_twice(self) -> Iterator[Finding]:
        name = self.play.prepared.document["name"]
        jobs = [job for job in self.rows.jobs if job.workflow == name and job.parent_id is None]
        usual = max(1, heard.told(self.play)) + (SUPERSEDE in self.play.acted) + sum(self.play.sent.values())
        if AGAIN in self.play.acted and self.story.start.how != "slot" and len(jobs) > usual:
            cause = "the same trigger came again and started another job"
            yield Finding(DUPLICATE, None, "the job was started twice", cause, OURS)

    # Unaccounted

    def _unaccounted(self) -> Iterator[Finding]:
        known = {effect.key for effect in self.rows.effects}
        for key, times in self.play.outside.effects.items():
            if times and key not in known:
                path = next((path for one, path in self.play.outside.performed if one == key), None)
                yield Finding(UNACCOUNTED, path, "an effect without a row", f"{key} took effect", OURS)
        yield from self._effects_misjudged()
        yield from self._slots_without_rows()

    def _effects_misjudged(self) -> Iterator[Finding]:
        """What the rows say of effects must be what took place; a lease that was taken over excuses nothing else."""
        states: dict[str, set[str]] = {}
        for effect in self.rows.effects:
            states.setdefault(effect.key, set()).add(effect.state)
        asked = {request.step_id for request in self.open if request.kind == "unknown"}
        for step in self.rows.steps:
            there = states.get(step.key)
            if there is None or role_of(step.path) in ("probe",):
                continue
            happened = self.play.outside.effects[step.key] > 0
            if "started" in there:
                yield Finding(UNACCOUNTED, step.path, "an effect has no outcome", "its row still says started", OURS)
            elif happened and there == {"did not"}:
                yield Finding(UNACCOUNTED, step.path, "an effect counts as not happened, and it did", "", OURS)
            elif not happened and "happened" in there:
                yield Finding(UNACCOUNTED, step.path, "an effect counts as happened, and it did not", "", OURS)
            elif step.state == "unknown" and step.id not in asked and not self._is_probed(step):
                yield Finding(LOST, step.path, "nobody is asked whether it happened", "the step is unknown", OURS)

    def _is_probed(self, step: Step) -> bool:
        return any(
            s.path == f"{step.path}/probe" and s.state not in ENDED_STEP for s in self.steps_of(self.jobs[step.job_id])
        )

    def _slots_without_rows(self) -> Iterator[Finding]:
        for schedule in self.rows.schedules:
            rows = [slot for slot in self.rows.slots if slot.schedule_id == schedule.id]
            if not rows:
                continue
            covered = sum(slot.count for slot in rows)
            if schedule.rule is not None:
                last = max(slot.last for slot in rows)
                span = rule.span(
                    schedule.rule, self.play.prepared.now, last, schedule.zone, self.play.prepared.conventions
                )
                due = span.count if span is not None else 0
            else:
                due = 1
            if due != covered:
                yield Finding(
                    UNACCOUNTED, None, "a slot without a row", f"{due} slots were due, {covered} have a row", OURS
                )

    # Promises of the engine

    def _promises(self) -> Iterator[Finding]:
        why = why_not_folded(self.play.con)
        if why is not None:
            yield Finding(BROKEN, None, "the journal does not fold to the rows", why, OURS)
        for step in self.rows.steps:
            if step.lease is not None:
                yield Finding(LOST, step.path, "a lease is left", f"{step.lease} is gone", OURS)
            written = self.written(step)
            counted = step.attempts - step.forgiven
            if written.kind in OUTSIDE and counted > written.retry.attempts:
                what = f"{step.path} was tried {counted} times"
                yield Finding(BROKEN, step.path, what, f"its limit is {written.retry.attempts}", OURS)
        for attempt in audit.settled_twice(self.play.con):
            path = self.steps[int(attempt.partition("/")[0])].path
            what = f"the outcome of {path} was written twice"
            yield Finding(BROKEN, path, what, "a worker that lost its lease must write nothing", OURS)
        yield from self._after_cancel()
        yield from self._undone()
        yield from self._versions()

    def _after_cancel(self) -> Iterator[Finding]:
        for job_id, line in self.play.stopped.items():
            for path in audit.begun_after(self.play.con, job_id, line):
                if role_of(path) not in ("undo", "probe"):
                    what = f"{path} began after the cancel"
                    yield Finding(BROKEN, path, what, "a cancel was acknowledged", OURS)

    def _undone(self) -> Iterator[Finding]:
        """Compensation exactly for completed steps, in reverse."""
        for job in self.rows.jobs:
            if job.state not in ENDED_JOB or job.state == "completed" or job.keep:
                continue
            places = {step.id: place for place, step in enumerate(self.spec_of(job).steps)}
            for step in self.steps_of(job):
                if step.state == "completed" and step.done_by == "action" and self.written(step).undo is not None \
                        and role_of(step.path) in ("step", "item", "fallback") \
                        and self._made_rows(step) is None:  # fmt: skip
                    yield Finding(BROKEN, step.path, f"{step.path} was done and is not undone", job.reason or "", OURS)
            mine = {step.key for step in self.steps_of(job)}
            order = [places[base_of(path)] for key, path in self.play.outside.performed
                     if key in mine and path.endswith("/undo")]  # fmt: skip
            if order != sorted(order, reverse=True) and STOLEN not in self.play.acted:
                yield Finding(BROKEN, None, "undone in the wrong order", f"{order}", OURS)

    def _made_rows(self, step: Step) -> Step | None:
        """The items of a list: these are undone, not the list."""
        return next((s for s in self.steps_of(self.jobs[step.job_id]) if s.path == f"{step.path}/0"), None)

    def _versions(self) -> Iterator[Finding]:
        if NEWER not in self.play.acted:
            return
        first = min(self.jobs.values(), key=lambda job: job.id, default=None)
        if first is not None and any(step.path == "newer" for step in self.steps_of(first)) and first.created_at < \
                self.play.outside.now and self.spec_of(first).steps[0].id != "newer":  # fmt: skip
            yield Finding(BROKEN, "newer", "the job left the version that it began with", "", OURS)


def judged(play: Play) -> Verdict:
    """How a story ended, and what is wrong."""
    return Judge(play).verdict()
