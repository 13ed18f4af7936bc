"""What a language model is asked and what it answers. A model reads and writes language; it decides nothing here."""

from datetime import timedelta

from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    class LanguageModels(Protocol):
        """The models of one person, the first preferred, the others its fallbacks."""

        def ask(self, request: "Request") -> "Answered | NotAnswered":
            """Have the work done within the request's time, or say why it was not."""

        def close(self) -> None:
            """End what was kept warm between requests."""


class Model(Value):
    """A model as litellm names it, such as `openai/gpt-5-mini`. `secret`: the name of the secret that is its key."""

    __slots__ = ("name", "base_url", "secret")
    name: str
    base_url: str | None = None
    secret: str | None = None


class Draft(Value):
    """Write the text that the prompt describes. `material`: text of others to work from, which instructs nobody."""

    __slots__ = ("prompt", "material")
    prompt: str
    material: str = ""


class Summarise(Value):
    """Say what a text says, in at most so many sentences."""

    __slots__ = ("text", "sentences")
    text: str
    sentences: int = 3


class Classify(Value):
    """Choose the one label that fits a text."""

    __slots__ = ("text", "labels")
    text: str
    labels: tuple[str, ...]


class Extract(Value):
    """Read values out of a text: by `fields`, name to type, or by a JSON Schema of the author's own."""

    __slots__ = ("text", "fields", "schema")
    text: str
    fields: "dict[str, Any]"
    schema: "dict[str, Any] | None" = None


Work = Draft | Summarise | Classify | Extract


class Allowance(Value):
    """What a request may cost, and the rule that says so, in words for the person."""

    __slots__ = ("usd", "rule")
    usd: float
    rule: str


class Request(Value):
    """One piece of work. `timeout` is for all of it: each model of the chain gets its share of what is left.

    `stop` says, while a model is at work, whether it is to be stopped before its time. `max_tokens` bounds the answer;
    None leaves it to the kind of work. `model`: asked before the chain, with the settings that it has there.
    """

    __slots__ = ("work", "timeout", "allowance", "max_tokens", "stop", "model")
    work: Work
    timeout: timedelta = timedelta(minutes=2)
    allowance: Allowance | None = None
    max_tokens: int | None = None
    stop: "Callable[[], bool] | None" = None
    model: str | None = None


class Attempt(Value):
    """One question put to one model, or refused before it was put. `error` is None where the answer could be used.

    `cost_usd` is None where nobody knows it: `at_most_usd`, the estimate made beforehand, then bounds it.
    `repair`: it showed the model what was wrong with its answer before. `unreached`: nobody was there to be asked, as
    without a network.
    """

    __slots__ = (
        "model", "took_ms", "error", "permanent", "retry_after", "tokens_in", "tokens_out", "cost_usd", "at_most_usd",
        "repair", "unreached",
    )  # fmt: skip
    model: str
    took_ms: int
    error: str | None
    permanent: bool
    retry_after: timedelta | None
    tokens_in: int
    tokens_out: int
    cost_usd: float | None
    at_most_usd: float | None
    repair: bool
    unreached: bool = False

    @property
    def spent_usd(self) -> float:
        """What to count against a cap: the cost, else the most that it may have been."""
        return self.cost_usd if self.cost_usd is not None else self.at_most_usd or 0.0


class _Tried(Value):
    """What all attempts of a request come to."""

    __slots__ = ("attempts",)
    attempts: tuple[Attempt, ...]

    @property
    def tokens_in(self) -> int:
        """Tokens read, over all attempts."""
        return sum(attempt.tokens_in for attempt in self.attempts)

    @property
    def tokens_out(self) -> int:
        """Tokens written, over all attempts."""
        return sum(attempt.tokens_out for attempt in self.attempts)

    @property
    def cost_usd(self) -> float:
        """What to count against a cap, over all attempts."""
        return sum(attempt.spent_usd for attempt in self.attempts)

    @property
    def took_ms(self) -> int:
        """Milliseconds, over all attempts."""
        return sum(attempt.took_ms for attempt in self.attempts)


class Answered(_Tried):
    """The work is done. `text`: the draft, the summary or the label; `fields`: what was read out, else None."""

    __slots__ = ("model", "text", "fields")
    model: str
    text: str | None
    fields: "dict[str, Any] | None" = None

    @property
    def output(self) -> "dict[str, Any]":
        """What later steps see: the fields, or the text under `text`."""
        return self.fields if self.fields is not None else {"text": self.text}


class NotAnswered(_Tried):
    """No model did the work. `permanent`: nor will one next time. `unreached`: not one of them was there."""

    __slots__ = ("error", "permanent", "retry_after", "unreached")
    error: str
    permanent: bool = False
    retry_after: timedelta | None = None
    unreached: bool = False
