"""Whether a person reads what rings until it is answered: a month of it, and when that is worth a question. Pure.

Ignored is a ring that nobody answered in the end: it gave up, or a newer one took its place. Whatever a person did to
it, done, acknowledged, snoozed, cancelled, is an answer. What ended for another reason, such as that its job failed,
says nothing; nor does a message that asks for no answer.
"""

from datetime import timedelta

from assistant.core.plan import rank_of
from assistant.core.states import JobState, RequestState
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

MONTH = timedelta(days=30)
FEWEST = 4  # rings of a month that say anything: those of a weekly reminder
IGNORED = 8  # of ten
SNOOZED = "snoozed to "
CAUSE = "evidence/"  # what asks, before the number of a reminder or the name of a workflow's step


class Ended(Value):
    """How the question of a ring ended, and how its job did."""

    __slots__ = ("request", "job", "reason")
    request: str
    job: str
    reason: str | None


class Heard(Value):
    """How many rings of a month were settled, and how many of them nobody answered."""

    __slots__ = ("asked", "ignored")
    asked: int
    ignored: int


def heard(ended: "Iterable[Ended]") -> Heard:
    """What a month of rings came to.

    >>> gave_up, answered = Ended("expired", "completed", "nobody answered"), Ended("acknowledged", "completed", None)
    >>> newer, failed = Ended("withdrawn", "superseded", "a newer slot came"), Ended("withdrawn", "failed", None)
    >>> heard([gave_up, answered, newer, failed])
    Heard(asked=3, ignored=2)
    """
    known = [said for said in map(was_ignored, ended) if said is not None]
    return Heard(len(known), sum(known))


def was_ignored(one: Ended) -> bool | None:
    """Whether nobody answered a ring; None where its end says nothing of that."""
    if one.request == RequestState.EXPIRED:
        return True
    if one.request == RequestState.ACKNOWLEDGED or one.job == JobState.CANCELLED:
        return False
    if one.request == RequestState.WITHDRAWN and one.job == JobState.SUPERSEDED:
        return not (one.reason or "").startswith(SNOOZED)
    return None


def is_telling(month: Heard) -> bool:
    """Whether so little of it was answered that the person should be asked what to do with it.

    >>> is_telling(Heard(10, 9)), is_telling(Heard(10, 7)), is_telling(Heard(3, 3))
    (True, False, False)
    """
    return month.asked >= FEWEST and 10 * month.ignored >= IGNORED * month.asked


def proposal_for_reminder(number: int) -> "dict[str, Any]":
    """What can be done with a reminder that is ignored, and what each choice does."""
    return {
        "choices": ["retire", "bundle", "move WHEN", "keep"],
        "does": {
            "retire": f"ends the series, as ask cancel {number} does",
            "bundle": "rings once and low, without repeats: a limit sends it together with others, or in the brief",
            "move WHEN": "rings at other times, such as: move every friday at 16:00",
            "keep": "changes nothing; asked again in a month at the earliest",
        },
        "about": {"schedule": number},
    }


def proposal_for_step(workflow: str, step: str) -> "dict[str, Any]":
    """The same for a step of a workflow, whose times and severity its file says."""
    return {
        "choices": ["retire", "keep"],
        "does": {
            "retire": f"lets the workflow rest, as ask workflow pause {workflow} does",
            "keep": "changes nothing; asked again in a month at the earliest",
            "to bundle or move it": f"edit its file, severity or schedule: ask workflow show {workflow}",
        },
        "about": {"workflow": workflow, "step": step},
    }


def question(name: str, month: Heard, choices: "Iterable[str]") -> str:
    """What the person is asked.

    >>> question("reminder 12 (pills)", Heard(10, 9), ("retire", "keep"))
    'reminder 12 (pills) was ignored 9 of 10 times in a month: retire or keep?'
    """
    *most, last = (choice.partition(" ")[0] for choice in choices)
    return f"{name} was ignored {month.ignored} of {month.asked} times in a month: {', '.join(most)} or {last}?"


RANK = rank_of("input", "low")
