"""Where this program asks models: with the person's chain, under the caps of the day and of the job.

Reads what was spent, and writes nothing: whoever has the outcome notes what it cost.
"""

import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta

from assistant.app.model_chain import chain_of
from assistant.errors import AskError, UsageError
from assistant.models.caps import PER_DAY_USD, PER_JOB_USD, allowance
from assistant.models.seam import Models
from assistant.models.step import work_of
from assistant.ports.action import ActionOutcome, Call, Done, NotDone
from assistant.ports.model import Allowance, Answered, NotAnswered, Request
from assistant.store.connection import connect_existing, translated
from assistant.store.spending import spent_for, spent_since
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from typing import Any

    from assistant.ports.action import SecretReader

LOOK_S = 0.2  # how often a step that waits for its turn looks whether it is to be stopped
USUAL = {"model_budget_usd_per_job": PER_JOB_USD, "model_budget_usd_per_day": PER_DAY_USD}


class _Unkept(Value):
    """What a step spent and is in no row yet."""

    __slots__ = ("job", "usd")
    job: int
    usd: float


def models_for(environment: "Mapping[str, str]", kept: "Mapping[str, str]", secrets: "SecretReader") -> Models:
    """The models that the preferences name. Nothing is started before one is asked."""
    return Models(chain_of(kept), secrets, offline=kept.get("offline") == "on", environment=environment)


class ModelDesk:
    """The steps of one tick that ask a model. Threads may share it; they are served one after the other."""

    def __init__(self, models: Models, home: str, kept: "Mapping[str, str]", place: "tzinfo") -> None:
        self._models = models
        self._home = home
        self._kept = kept
        self._place = place
        self._unkept: dict[str, _Unkept] = {}  # by effect key
        self._turn = threading.Lock()

    def perform(self, call: Call, now: datetime) -> ActionOutcome:
        """Have the work of a step done. What failed changed nothing outside: it is never in doubt."""
        try:
            work = work_of(call.action)
        except UsageError as error:
            return NotDone(error.message, permanent=True)
        until = time.monotonic() + call.timeout.total_seconds()
        while not self._turn.acquire(timeout=LOOK_S):
            if time.monotonic() >= until or (call.stop is not None and call.stop()):
                return NotDone("the model was busy with another step all the time")
        try:
            left = timedelta(seconds=max(0.0, until - time.monotonic()))
            request = Request(work, left, self._allowed(call, now), stop=call.stop, model=call.action.get("model"))
            answer = self._models.ask(request)
            self._unkept[call.key] = _Unkept(call.job, answer.cost_usd)
        except AskError as error:
            return NotDone(error.message)  # the store was busy: nothing was asked
        finally:
            self._turn.release()
        if isinstance(answer, NotAnswered):
            return NotDone(
                answer.error, answer.permanent, answer.retry_after, down=answer.unreached, asked=answer.attempts
            )
        return Done({"model": told(answer), **answer.output}, answer.attempts)

    def forget(self, key: str) -> None:
        """The outcome of a step is kept, and what it cost with it."""
        self._unkept.pop(key, None)

    def close(self) -> None:
        """End the child that holds the library."""
        self._models.close()

    def _allowed(self, call: Call, now: datetime) -> Allowance | None:
        """What the step may cost: what this tick spent and is in no row yet counts too."""
        con = connect_existing(self._home)
        assert con is not None  # noqa: S101 - a step is in a store
        try:
            in_job = spent_for(con, call.key) + sum(one.usd for one in self._unkept.values() if one.job == call.job)
            today = spent_since(con, midnight(now, self._place)) + sum(one.usd for one in self._unkept.values())
        except sqlite3.Error as error:
            raise translated(error, self._home) from error
        finally:
            con.close()
        return allowance_of(self._kept, today, in_job, call.action.get("max_cost_usd"))


def allowance_of(
    kept: "Mapping[str, str]", today_usd: float, in_job_usd: float = 0.0, step_usd: float | None = None
) -> Allowance | None:
    """What the next question may cost, by the caps that are set and what was spent."""
    per_job, per_day = cap(kept, "model_budget_usd_per_job"), cap(kept, "model_budget_usd_per_day")
    return allowance(step_usd, in_job_usd, today_usd, per_job, per_day)


def cap(kept: "Mapping[str, str]", name: str) -> float:
    """A cap in US dollars, as it is set."""
    return float(kept.get(name, USUAL[name]))


def midnight(now: datetime, place: "tzinfo") -> datetime:
    """When the person's day began."""
    return now.astimezone(place).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def told(answer: Answered) -> "dict[str, Any]":
    """Which model answered, and what it took, over all attempts."""
    return {
        "model": answer.model,
        "tokens_in": answer.tokens_in,
        "tokens_out": answer.tokens_out,
        "cost_usd": answer.cost_usd,
        "took_ms": answer.took_ms,
    }
