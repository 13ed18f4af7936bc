"""Ask a source what happened, for the tick. Touches no store: it may run beside other work."""

from datetime import datetime

from assistant.app.secrets import SecretReader
from assistant.app.session import Session
from assistant.engine.sourcing import Looked, SourceWork
from assistant.errors import AskError
from assistant.ports.source import Asking, Failed


def look(session: Session, work: SourceWork, now: datetime) -> Looked:
    """What a source tells. Whatever a plug-in raises is a failure of its own, and the cursor stands."""
    from assistant.sources.table import make, redacted

    row = work.source
    asking = Asking(session.zone, SecretReader(session.environment, session.home))
    try:
        source = make(row.url, row.name)
    except AskError as error:
        said = f"{error.message} {error.hint or ''}".strip()
        return Looked(None, Failed(said.replace(row.url, redacted(row.url)), permanent=True))
    if not work.polls:
        return Looked(source.due(row.cursor, now, asking))
    try:
        answer = source.poll(row.cursor, now, asking)
    except Exception as error:  # noqa: BLE001 - a plug-in may raise anything; nothing of it is kept
        answer = Failed(f"{type(error).__name__}: {error}")
    if isinstance(answer, Failed):
        # The text is kept and sent; the URL of a private calendar is all that keeps others out of it.
        answer = answer.replace(error=answer.error.replace(row.url, redacted(row.url)))
        return Looked(source.due(row.cursor, now, asking), answer)
    return Looked(answer)
