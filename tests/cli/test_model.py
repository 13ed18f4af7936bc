"""Models from the command line: kept, listed, tested, asked by steps, paid for within caps. A server on loopback answers."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.cli.keeping import job, keep, simple
from tests.conftest import Ask
from tests.models.conftest import KEY, PRICED, UNKNOWN, asked_of, chat, refused
from tests.server import Server

LATER = "2026-11-23T16:21:00+01:00"
DRAFT = """
{id: draft, model: {draft: "A short note to {{ inputs.person }}"}, fallback: [{text: "Hello {{ inputs.person }}"}]}
{id: keep, task: {title: "{{ steps.draft.by }}: {{ steps.draft.output.text }}"}}
"""
INPUTS = "inputs: {person: {required: true}}\n"


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


def using(ask: Ask, server: Server, name: str = PRICED) -> None:
    """The person uses a model of this server, with its key."""
    ask.environment["ASK_SECRET_OPENAI"] = KEY
    ask.ok("model", "use", name, "--base-url", f"http://{server.place}/v1", "--secret", "openai")


def spent(ask: Ask) -> list[tuple[Any, ...]]:
    """The rows of what was asked: step, model, tokens, cost, error."""
    with closing(sqlite3.connect(ask.home / "ask.db")) as con:
        return con.execute(
            "select step, model, tokens_in, tokens_out, cost_usd, error from spend order by id"
        ).fetchall()


def titles(ask: Ask) -> list[str]:
    """The open tasks."""
    return [item["title"] for item in ask.json("list", "--kind", "task")]


def test_a_chain_is_kept_listed_and_taken_back(ask: Ask) -> None:
    """The first is used, the others are its fallbacks; a key that is not there is said so, and asks no keyring."""
    ask.ok("model", "use", "openai/gpt-5-mini", "anthropic/claude-haiku", "--secret", "cloud")
    listed = ask.json("model", "list")
    assert [(one["name"], one["secret"], one["key"]) for one in listed["models"]] == [
        ("openai/gpt-5-mini", "cloud", "missing"), ("anthropic/claude-haiku", "cloud", "missing"),
    ]  # fmt: skip
    assert listed["set_at"] == "2026-11-23T16:20:00+01:00"
    assert (listed["spent_today_usd"], listed["per_day_usd"], listed["per_job_usd"]) == (0.0, 0.5, 0.1)
    assert "ask secret set cloud" in ask.terminal("model", "list").out
    ask.ok("undo")
    assert ask.json("model", "list")["models"] == []


def test_a_preference_takes_names_or_a_chain(ask: Ask) -> None:
    """Models with addresses and keys of their own are a JSON list."""
    assert ask.json("pref", "set", "model", "ollama/llama3")["value"] == '[{"name":"ollama/llama3"}]'
    given = '[{"name": "openai/a", "secret": "one"}, {"name": "openai/b", "base_url": "http://127.0.0.1:9/v1"}]'
    ask.ok("pref", "set", "model", given)
    models = ask.json("model", "list")["models"]
    assert [(one["name"], one["key"], one["own"]) for one in models] == [
        ("openai/a", "missing", False), ("openai/b", None, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["openai/a", "--base-url", "localhost:8080"], "no address"),
        (["openai/a", "--base-url", "http://me:word@host/v1"], "password"),
        (["openai/a", "openai/a"], "twice"),
        (["two words"], "cannot name a model"),
        (["openai/a", "--secret", "a b"], "cannot name a secret"),
    ],
)
def test_a_chain_that_could_not_be_asked_is_refused(ask: Ask, words: list[str], said: str) -> None:
    """The value, and one fix; nothing is kept."""
    assert said in ask.refused(2, "model", "use", *words)
    assert ask.json("model", "list")["models"] == []


def test_without_a_model_or_its_key_the_test_says_what_to_do(ask: Ask) -> None:
    """Exit 5, and nobody is asked."""
    assert "ask model use" in ask.refused(5, "model", "test")
    ask.ok("model", "use", PRICED, "--secret", "openai", "--base-url", "http://127.0.0.1:9/v1")
    ask.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    assert "openai" in ask.refused(5, "model", "test")


def test_the_test_asks_for_real_and_is_paid_for(ask: Ask, server: Callable[..., Server]) -> None:
    """Model, tokens, cost and time are shown; the day's account has it, and undo passes it by."""
    place = server(chat("I am here.", 1000, 100))
    using(ask, place)
    tested = ask.json("model", "test")
    assert (tested["ok"], tested["model"], tested["text"]) == (True, PRICED, "I am here.")
    assert (tested["tokens_in"], tested["tokens_out"]) == (1000, 100)
    assert tested["cost_usd"] == pytest.approx(0.00021)
    assert len(asked_of(place)) == 1
    assert ask.json("model", "list")["spent_today_usd"] == pytest.approx(0.00021)
    assert "model use" in ask.json("undo")[0]["undone"]
    ask.at("2026-11-24T16:20:00+01:00")
    assert ask.json("model", "list")["spent_today_usd"] == 0.0


def test_a_step_has_a_model_write_and_says_what_it_took(ask: Ask, server: Callable[..., Server]) -> None:
    """Its output is the text, and under `model` which one, tokens, cost and time."""
    place = server(chat("Dear Ada, it was a pleasure.", 1000, 100))
    using(ask, place)
    keep(ask, simple("note", DRAFT, INPUTS))
    number = ask.number("run", "note", "person=Ada")
    ask.tick(LATER)
    assert titles(ask) == ["action: Dear Ada, it was a pleasure."]
    output = next(step for step in job(ask, number)["steps"] if step["path"] == "draft")["output"]
    assert (output["model"]["model"], output["model"]["tokens_in"]) == (PRICED, 1000)
    assert spent(ask) == [("draft", PRICED, 1000, 100, pytest.approx(0.00021), None)]


def test_a_refused_step_falls_back_says_so_and_is_noted(ask: Ask, server: Callable[..., Server]) -> None:
    """What the server refused for good is not tried again, and never in doubt."""
    place = server(refused(401, "bad key"))
    using(ask, place)
    keep(ask, simple("note", DRAFT, INPUTS))
    number = ask.number("run", "note", "person=Ada")
    ask.tick(LATER)
    assert titles(ask) == ["fallback: Hello Ada"]
    assert len(place.got) == 1
    ((step, model, _, _, _, error),) = spent(ask)
    assert (step, model) == ("draft", PRICED)
    assert error
    assert any("Done instead" in message["text"] for message in job(ask, number)["messages"])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("model_budget_usd_per_day", "0", "a day"),
        ("model_budget_usd_per_job", "0", "a job"),
        ("offline", "on", "offline"),
    ],
)
def test_what_is_not_allowed_falls_back_in_plain_words(ask: Ask, name: str, value: str, said: str) -> None:
    """A cap that is reached, and a machine that is to stay offline: nobody is asked, and the fallback runs at once."""
    ask.environment["ASK_SECRET_OPENAI"] = KEY
    ask.ok("model", "use", PRICED, "--secret", "openai")
    ask.ok("pref", "set", name, value)
    keep(ask, simple("note", DRAFT, INPUTS))
    number = ask.number("run", "note", "person=Ada")
    ask.tick(LATER)
    assert titles(ask) == ["fallback: Hello Ada"]
    assert said in next(step for step in job(ask, number)["steps"] if step["path"] == "draft")["error"]


def test_without_a_model_the_fallback_runs_at_once(ask: Ask) -> None:
    """And says which command sets one; nothing is started."""
    keep(ask, simple("note", DRAFT, INPUTS))
    number = ask.number("run", "note", "person=Ada")
    ask.tick(LATER)
    assert titles(ask) == ["fallback: Hello Ada"]
    assert "ask model use" in next(step for step in job(ask, number)["steps"] if step["path"] == "draft")["error"]
    assert spent(ask) == []


def test_what_a_job_spent_counts_against_its_next_step(ask: Ask, server: Callable[..., Server]) -> None:
    """The first step may ask; the second finds the job's cap reached."""
    place = server(chat("One.", 100_000, 100_000))
    using(ask, place)
    ask.ok("pref", "set", "model_budget_usd_per_job", "0.02")
    steps = '{id: one, model: {draft: "First"}}\n{id: two, model: {draft: "Second"}, fallback: [{text: "no money"}]}'
    keep(ask, simple("two", steps))
    number = ask.number("run", "two")
    ask.tick(LATER)
    assert len(place.got) == 1
    shown = {step["path"]: step for step in job(ask, number)["steps"]}
    assert "the cap of 0.02 USD a job" in shown["two"]["error"]
    assert shown["two"]["output"] == {"text": "no money"}


def test_a_model_whose_price_nobody_knows_is_not_asked_under_a_cap(ask: Ask) -> None:
    """Unless it stands on the person's own network."""
    ask.environment["ASK_SECRET_OPENAI"] = KEY
    ask.ok("model", "use", UNKNOWN, "--secret", "openai")
    assert "no known price" in ask.refused(1, "model", "test")
