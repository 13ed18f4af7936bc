"""The one door to language models: a chain of them, asked through the child, each attempt told as a value.

Decides nothing about retries over time, keeps no account, and reads a secret only at the moment it is sent.
"""

import os
import threading
import time

from assistant.errors import UsageError
from assistant.models.answer import Found, Unsaid
from assistant.models.place import is_own
from assistant.models.tries import Tries
from assistant.models.version import litellm_version, remedy
from assistant.models.wording import Task, task_of
from assistant.models.worker import MEMORY, STOP_S, NotReady, Worker
from assistant.ports.model import Answered, Model, NotAnswered, Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from assistant.ports.action import SecretReader


class Models:
    """The person's models, the first preferred. One child for all requests, warm from the first on; one at a time.

    `offline`: only models on the person's own network are asked. `worker` stands in for the child.
    """

    def __init__(
        self,
        chain: "Sequence[Model]",
        secrets: "SecretReader",
        *,
        offline: bool = False,
        environment: "Mapping[str, str] | None" = None,
        memory: int = MEMORY,
        worker: Worker | None = None,
    ) -> None:
        self._chain = tuple(chain)
        self._secrets = secrets
        self._offline = offline
        self._worker = worker or Worker(os.environ if environment is None else environment, memory)
        self._turn = threading.Lock()
        self._unusable: NotAnswered | None = None

    def __enter__(self) -> "Models":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def ask(self, request: Request) -> Answered | NotAnswered:
        """Have the work done by the first model that can, within the time, or say of each why not."""
        try:
            task = task_of(request.work)
        except UsageError as error:
            return NotAnswered((), error.message, permanent=True)
        chain = self._chain_for(request.model)
        if not chain:
            return NotAnswered((), "no model is set; ask model use NAME", permanent=True)
        until = time.monotonic() + request.timeout.total_seconds()
        if not self._take_turn(until, request.stop):
            return NotAnswered((), "the model was busy with another request all the time")
        try:
            return self._ask(request, task, chain, until)
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the child. A request that is still under way is waited for."""
        with self._turn:
            self._worker.close()

    def _take_turn(self, until: float, stop: "Callable[[], bool] | None") -> bool:
        while not self._turn.acquire(timeout=max(0.0, min(STOP_S, until - time.monotonic()))):
            if time.monotonic() >= until or (stop is not None and stop()):
                return False
        return True

    def _chain_for(self, name: str | None) -> tuple[Model, ...]:
        """The chain, with a model that was named moved or put to its front."""
        if name is None:
            return self._chain
        first = next((model for model in self._chain if model.name == name), Model(name))
        return (first, *(model for model in self._chain if model.name != name))

    def _ask(self, request: Request, task: Task, chain: tuple[Model, ...], until: float) -> Answered | NotAnswered:
        tries = Tries(request, self._secrets, self._worker)
        for position, model in enumerate(chain):
            if self._offline and not is_own(model):
                tries.refuse(model, "is not asked while offline")
                continue
            began = time.monotonic()
            unusable = self._have_child(request)
            if unusable is not None:
                return unusable.replace(attempts=tuple(tries.attempts))
            # A model that hangs may use up its share of the time, and not the turn of those after it.
            now = time.monotonic()
            until += now - began  # to start a child has a deadline of its own, and none would ever be warm otherwise
            found = tries.one(model, task, now + (until - now) / (len(chain) - position))
            if isinstance(found, Found):
                return Answered(tuple(tries.attempts), model.name, found.text, found.fields)
            if isinstance(found, Unsaid):
                return tries.failed(f"the text does not say {' and '.join(found.names)}")
            if tries.stopped:
                break
        return tries.failed()

    def _have_child(self, request: Request) -> NotAnswered | None:
        """Have a child that is ready; what keeps it from being so now is told, and what does so for good is kept."""
        if self._unusable is not None:
            return self._unusable
        version = litellm_version()
        if version.why is not None:
            self._unusable = NotAnswered((), f"{version.why}; {remedy(version.installed or '')}", permanent=True)
            return self._unusable
        not_ready = self._worker.start(request.stop)
        if not_ready is None:
            return None
        answer = _not_ready(not_ready)
        if not_ready.permanent:
            self._unusable = answer
        return answer


def _not_ready(not_ready: NotReady) -> NotAnswered:
    return NotAnswered((), f"the model library {not_ready.reason}", not_ready.permanent)
