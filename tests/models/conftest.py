"""What the tests of models share: one warm child, a server that speaks as OpenAI's do and misbehaves, a chain of it."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from assistant.models.seam import Models
from assistant.models.worker import Worker
from assistant.ports.model import Answered, Model, NotAnswered, Request, Work
from tests.actions.conftest import Secrets
from tests.server import Server, reply

NAME = "openai"
KEY = "sk-test-4711/abcdefgh"
PRICED = "openai/gpt-4o-mini"  # 0.15 and 0.60 USD a million tokens, in litellm's own list
OTHER = "openai/gpt-4.1-mini"
UNKNOWN = "openai/nobody-knows-this-one"


def chat(text: str | None, read: int = 1000, written: int = 100, finish: str = "stop", **headers: str) -> bytes:
    """An answer as OpenAI's servers give it."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
    usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
    body = {"id": "a", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return reply(200, json.dumps(body).encode(), Content_Type="application/json", **headers)


def refused(status: int, said: str, **headers: str) -> bytes:
    """An error as OpenAI's servers give it."""
    body = {"error": {"message": said, "type": "some_error", "code": None}}
    return reply(status, json.dumps(body).encode(), Content_Type="application/json", **headers)


def asked_of(server: Server) -> list[dict[str, Any]]:
    """The bodies of the requests that a server got."""
    return [json.loads(asked.partition(b"\r\n\r\n")[2]) for asked in server.got]


@pytest.fixture(scope="session")
def warm() -> Iterator[Worker]:
    """One child for all tests: to import litellm takes seconds."""
    with_key = {**os.environ, "OPENAI_API_KEY": "sk-of-the-environment", "OPENAI_BASE_URL": "http://127.0.0.1:9"}
    worker = Worker(with_key, memory=640 << 20)
    yield worker
    worker.close()
    assert "litellm" not in sys.modules, "only the child may import litellm"


@pytest.fixture
def server() -> Iterator[Callable[..., Server]]:
    """Start servers; they end with the test."""
    started: list[Server] = []

    def start(*answers: Any) -> Server:
        started.append(Server(list(answers)))
        return started[-1]

    yield start
    for one in started:
        one.close()


def at(server: Server, name: str = PRICED, secret: str | None = NAME) -> Model:
    """A model that this server has."""
    return Model(name, f"http://{server.place}/v1", secret)


Asking = Callable[..., Answered | NotAnswered]


@pytest.fixture
def ask(warm: Worker) -> Asking:
    """Ask a chain of models. `timeout` in seconds."""

    def asking(chain: Model | list[Model], work: Work, timeout: float = 20.0, **more: Any) -> Answered | NotAnswered:
        offline = more.pop("offline", False)
        models = Models(
            chain if isinstance(chain, list) else [chain], Secrets({NAME: KEY}), worker=warm, offline=offline
        )
        return models.ask(Request(work, timedelta(seconds=timeout), **more))

    return asking
