"""The person's models as they see them: use, list, test. A test asks for real, and is counted as any question is."""

import time
from datetime import datetime, timedelta

from assistant.app import secret_files
from assistant.app.model_chain import chain_of, chain_text, checked
from assistant.app.model_desk import allowance_of, cap, midnight, models_for
from assistant.app.prefs import set_preference
from assistant.app.secrets import SecretReader
from assistant.app.session import Session
from assistant.errors import AskError, Missing
from assistant.instants import from_text
from assistant.models.place import is_own
from assistant.models.version import litellm_version, remedy
from assistant.ports.model import Answered, Attempt, Draft, Model, NotAnswered, Request
from assistant.store.spending import spent_since
from assistant.store.write import Writing
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.ports.model import Work

NO_MODEL = "No model is set."
HOW = "ask model use openai/gpt-5-mini --secret openai, or ask model use ollama/llama3 for one on this machine"
TEST = Draft("One friendly sentence of at most ten words that says that you can be reached.")
PATIENCE = timedelta(seconds=60)


class ListedModel(Value):
    """A model of the chain. `key`: where its key is found; missing, or None where it needs none. `own`: asked
    without leaving the person's own network."""

    __slots__ = ("name", "base_url", "secret", "key", "own")
    name: str
    base_url: str | None
    secret: str | None
    key: str | None
    own: bool


class Listed(Value):
    """The chain, what keeps it from being asked, and what it may cost."""

    __slots__ = ("models", "set_at", "library", "offline", "spent_today_usd", "per_day_usd", "per_job_usd")
    models: tuple[ListedModel, ...]
    set_at: datetime | None
    library: str | None  # why it cannot be used; None where it can
    offline: bool
    spent_today_usd: float
    per_day_usd: float
    per_job_usd: float


class Asked(Value):
    """What a model answered at the command line, and what it took."""

    __slots__ = ("answer", "attempts")
    answer: Answered
    attempts: tuple[Attempt, ...]


def use(session: Session, names: "tuple[str, ...]", base_url: str | None, secret: str | None) -> Listed:
    """Keep a chain: the first is used, the others are its fallbacks; address and key are for all of them."""
    chain = checked([Model(name, base_url, secret) for name in names])
    set_preference(session, "model", chain_text(chain))
    return listed(session)


def listed(session: Session) -> Listed:
    """The chain as it is. Asks neither a model nor the keyring."""
    con = session.reading
    row = con.execute("select set_at from preference where name = 'model'").fetchone()
    reader = SecretReader(session.environment, session.home)
    places = secret_files.places(session.home)

    def key(model: Model) -> str | None:
        if model.secret is None:
            return None
        outside = reader.outside(model.secret)
        if outside is not None:
            return outside[1]
        return places[model.secret].source if model.secret in places else "missing"

    version = litellm_version()
    return Listed(
        tuple(
            ListedModel(model.name, model.base_url, model.secret, key(model), is_own(model))
            for model in chain_of(session.kept)
        ),
        from_text(row[0]) if row is not None else None,
        None if version.why is None else f"{version.why}; {remedy(version.installed or '')}",
        session.kept.get("offline") == "on",
        spent_since(con, midnight(session.now, session.tzinfo)),
        cap(session.kept, "model_budget_usd_per_day"),
        cap(session.kept, "model_budget_usd_per_job"),
    )


def tested(session: Session) -> Asked:
    """One short draft, for real. Missing where no model, no library or a key is not there."""
    chain = required_chain(session)
    reader = SecretReader(session.environment, session.home)
    for model in chain:
        if model.secret is not None:
            reader.read(model.secret)
    answer = asked(session, TEST)
    if isinstance(answer, NotAnswered):
        raise AskError(f"No model answered: {answer.error}.", "ask model list shows what is set; ask doctor the rest")
    return Asked(answer, answer.attempts)


def required_chain(session: Session) -> tuple[Model, ...]:
    """The chain. Missing, with the way to it, where there is none or where the library is not there."""
    chain = chain_of(session.kept)
    if not chain:
        raise Missing(NO_MODEL, HOW)
    version = litellm_version()
    if version.why is not None:
        raise Missing(f"No model can be asked: {version.why}.", remedy(version.installed or ""))
    return chain


def asked(session: Session, work: "Work", patience: timedelta | None = None) -> Answered | NotAnswered:
    """Have one piece of work done for this command, within the day's cap; what it cost is noted. `patience`: for all
    of it, the start of the child too, which else has a deadline of its own.
    """
    until = time.monotonic() + patience.total_seconds() if patience is not None else None
    stop = (lambda: time.monotonic() >= until) if until is not None else None
    today = spent_since(session.reading, midnight(session.now, session.tzinfo))
    reader = SecretReader(session.environment, session.home)
    with models_for(session.environment, session.kept, reader) as models:
        answer = models.ask(Request(work, patience or PATIENCE, allowance_of(session.kept, today), stop=stop))
    if answer.attempts:
        from assistant.engine.spending import note_asked

        with Writing(session.con, session.home, session.now) as writing:  # no command of the person's: undo passes it
            note_asked(writing, answer.attempts)
    return answer
