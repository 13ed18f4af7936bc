"""The attempts of one request: a model asked, and once more where its answer does not fit, each told as a value.

Does not know which model comes next, nor whether there is a child that is ready for the first of them.
"""

import time
from datetime import timedelta

from assistant.errors import AskError, Locked
from assistant.mask import Mask
from assistant.models.answer import Faulty, Found, Unsaid, read
from assistant.models.place import is_own
from assistant.models.wording import Task, repaired, without_marks
from assistant.models.worker import Lost, Worker
from assistant.ports.model import Attempt, Model, NotAnswered, Request
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from assistant.ports.action import SecretReader

LEAST_S = 0.05  # less time than this is none
MARGIN_S = 0.3  # litellm gives up by so much before the deadline, so that the child can stay


class _Put(Value):
    """One question as it was put to the child, and when."""

    __slots__ = ("model", "repair", "began")
    model: Model
    repair: bool
    began: float


class Tries:
    """The attempts of one request."""

    def __init__(self, request: Request, secrets: "SecretReader", worker: Worker) -> None:
        self.attempts: list[Attempt] = []
        self.stopped = False
        self._request = request
        self._secrets = secrets
        self._worker = worker
        self._mask = Mask()

    def one(self, model: Model, task: Task, until: float) -> Found | Unsaid | None:
        """Ask one model, and once more where its answer does not fit; None where that brought nothing."""
        try:
            key = self._key(model)
        except AskError as error:
            fix = f"; {error.hint}" if error.hint else ""
            self.refuse(model, f"{error.message}{fix}", permanent=not isinstance(error, Locked))
            return None
        found, text = self._put(model, task, key, until, repair=False)
        if not isinstance(found, Faulty):
            return found
        found, _ = self._put(model, repaired(task, text, found.faults), key, until, repair=True)
        return found if not isinstance(found, Faulty) else None

    def refuse(self, model: Model, why: str, *, permanent: bool = True) -> None:
        """Note that a model was not asked."""
        self.attempts.append(Attempt(model.name, 0, why, permanent, None, 0, 0, 0.0, None, False))

    def failed(self, why: str | None = None) -> NotAnswered:
        """What all attempts come to."""
        failed = [attempt for attempt in self.attempts if attempt.error is not None]
        # Of a model that was asked twice, what came last is what counts.
        last = {attempt.model: attempt for attempt in failed}.values()
        error = why or "; ".join(f"{attempt.model}: {attempt.error}" for attempt in last)
        again = [attempt for attempt in last if not attempt.permanent]
        waits = [attempt.retry_after for attempt in again if attempt.retry_after is not None]
        permanent = why is not None or not again
        retry_after = min(waits) if waits and len(waits) == len(again) else None
        unreached = not permanent and all(attempt.unreached for attempt in again)
        return NotAnswered(tuple(self.attempts), error, permanent, retry_after, unreached)

    def _key(self, model: Model) -> str | None:
        if model.secret is None:
            return None
        key = self._secrets.read(model.secret)
        self._mask.note(key)
        return key

    def _put(
        self, model: Model, task: Task, key: str | None, until: float, *, repair: bool
    ) -> tuple[Found | Unsaid | Faulty | None, str]:
        put = _Put(model, repair, time.monotonic())
        left = until - put.began
        if left < LEAST_S:
            self._note(put, "no time was left for it")
            return None, ""
        if repair and self._worker.start(self._request.stop) is not None:
            return None, ""
        came = self._worker.exchange(self._asked(model, task, key, left), until, self._request.stop)
        if isinstance(came, Lost):
            self.stopped = came.stopped
            self._note(put, came.reason, cost_usd=None if came.begun else 0.0, at_most_usd=came.may_cost_usd)
            return None, ""
        return self._judge(put, task, came.reply, came.may_cost_usd)

    def _asked(self, model: Model, task: Task, key: str | None, left: float) -> "dict[str, Any]":
        """The line for the child."""
        allowance = self._request.allowance
        spent = sum(attempt.spent_usd for attempt in self.attempts)
        return {
            "model": model.name,
            "base_url": model.base_url,
            "key": key,
            "own": is_own(model),
            "messages": task.messages,
            "schema": task.schema,
            "strict": task.strict,
            "max_tokens": self._request.max_tokens or task.room,
            "allowed_usd": max(0.0, allowance.usd - spent) if allowance is not None else None,
            "rule": allowance.rule if allowance is not None else "",
            "timeout_s": max(left / 2, left - MARGIN_S),
        }

    def _judge(
        self, put: _Put, task: Task, reply: "dict[str, Any]", at_most_usd: float | None
    ) -> tuple[Found | Unsaid | Faulty | None, str]:
        """What a reply is worth; the attempt is noted in any case."""
        used = {
            "tokens_in": _count(reply.get("tokens_in")),
            "tokens_out": _count(reply.get("tokens_out")),
            "cost_usd": _money(reply.get("cost_usd")) if reply.get("asked") else 0.0,
            "at_most_usd": at_most_usd,
        }
        text = reply.get("text")
        if not isinstance(text, str):
            wait = _money(reply.get("retry_after_s"))
            self._note(
                put,
                self._mask.hide(str(reply.get("error")), cut=True),
                permanent=reply.get("permanent") is True,
                retry_after=timedelta(seconds=wait) if wait is not None else None,
                unreached=reply.get("unreached") is True,
                **used,
            )
            return None, ""
        text = without_marks(task, self._mask.hide(text))
        found = read(self._request.work, task.schema, text)
        self._note(put, _why(found), permanent=isinstance(found, Unsaid), **used)
        return found, text

    def _note(self, put: _Put, error: str | None, **more: "Any") -> None:
        took_ms = round((time.monotonic() - put.began) * 1000)
        fields = {
            "permanent": False, "retry_after": None, "tokens_in": 0, "tokens_out": 0, "cost_usd": 0.0,
            "at_most_usd": None, "repair": put.repair, "unreached": False, **more,
        }  # fmt: skip
        self.attempts.append(Attempt(model=put.model.name, took_ms=took_ms, error=error, **fields))


def _why(found: Found | Unsaid | Faulty) -> str | None:
    """Why an answer cannot be used; None where it can."""
    if isinstance(found, Faulty):
        return f"its answer does not fit: {'; '.join(found.faults)}"
    if isinstance(found, Unsaid):
        return f"the text does not say {' and '.join(found.names)}"
    return None


def _count(value: "Any") -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _money(value: "Any") -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else None
