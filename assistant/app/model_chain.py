"""The preference `model`: the models of a person, the first preferred, the others its fallbacks."""

from assistant.errors import UsageError
from assistant.jsontext import dump, load
from assistant.ports.model import Model

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

LONGEST_NAME = 200
MOST = 10
FORM = 'a name such as openai/gpt-5-mini, or [{"name": "openai/gpt-5-mini", "secret": "openai"}]'


def chain_of(kept: "Mapping[str, str]") -> tuple[Model, ...]:
    """The models that the preferences name; none where none is set."""
    text = kept.get("model")
    return read_chain(text) if text else ()


def read_chain(text: str) -> tuple[Model, ...]:
    """The models that a text names: names with commas or blanks, or a JSON list. UsageError where it names none.

    >>> read_chain("openai/gpt-5-mini, ollama/llama3")[1]
    Model(name='ollama/llama3', base_url=None, secret=None)
    """
    if text.lstrip().startswith("["):
        try:
            given = load(text)
        except ValueError as error:
            raise UsageError(f"model cannot be {text[:80]!r}: {error}.", f"write {FORM}") from None
        return checked([_read(one) for one in given])
    return checked([Model(name) for name in text.replace(",", " ").split()])


def checked(models: "Sequence[Model]") -> tuple[Model, ...]:
    """The models as they may be kept. UsageError where one cannot be asked."""
    if not 1 <= len(models) <= MOST:
        raise UsageError(f"{len(models)} models are named.", f"name 1 to {MOST}, such as openai/gpt-5-mini")
    for place, model in enumerate(models):
        _check(model)
        if model.name in [earlier.name for earlier in models[:place]]:
            raise UsageError(f"The model {model.name!r} is named twice.", "name it once")
    return tuple(models)


def chain_text(models: "Sequence[Model]") -> str:
    """The models as they are kept."""
    return dump(
        [
            {field: getattr(model, field) for field in model._fields if getattr(model, field) is not None}
            for model in models
        ]
    )


def _read(given: "Any") -> Model:
    if isinstance(given, str):
        return Model(given)
    if not isinstance(given, dict) or not given.keys() <= set(Model._fields) or "name" not in given:
        raise UsageError(f"{dump(given)[:80]} is no model.", f"write {FORM}")
    return Model(**given)


def _check(model: Model) -> None:
    name = model.name
    if not isinstance(name, str) or not name or len(name) > LONGEST_NAME or not name.isprintable() or " " in name:
        raise UsageError(f"{str(name)[:80]!r} cannot name a model.", "ask model use openai/gpt-5-mini")
    if name[0] == "-":
        raise UsageError(f"{name[:80]!r} cannot name a model.", "ask model use openai/gpt-5-mini")
    if model.base_url is not None:
        _check_url(model.base_url)
    if model.secret is not None:
        from assistant.app.secrets import check_name

        check_name(model.secret if isinstance(model.secret, str) else "")


def _check_url(url: "Any") -> None:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
        named = bool(parts.username or parts.password)
    except ValueError:
        whole = named = False
    if named:
        raise UsageError("--base-url holds a password, which would be kept in the clear.", "keep it: --secret NAME")
    if not whole:
        raise UsageError(f"--base-url is {str(url)[:80]!r}, no address.", "write http://localhost:11434/v1")
