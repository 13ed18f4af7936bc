"""Fetch the answers that lie on a channel and give each to `replies`, as `ask reply` would. Beside other work."""

from assistant.app import replies
from assistant.app.channels import load_channels
from assistant.app.senders import Senders
from assistant.app.session import Session
from assistant.core import token
from assistant.engine.sourcing import Looked
from assistant.errors import AskError, NotPossible, StoreBusy
from assistant.ports.channel import Heard
from assistant.ports.source import Failed, Polled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEAF = Looked(Polled((), {}), deaf=True)


def hear(session: Session, channel: str, cursor: "dict[str, Any] | None") -> Looked:
    """What came of the answers of a channel. Each is a commit of its own, on a connection of its own.

    The cursor is kept after them: those that are fetched twice are refused as used.
    """
    own = Session(session.environment, tz=session.zone)
    try:
        heard = Senders(load_channels(own.con), own.home).answers(channel, cursor)
        if heard is None:
            return DEAF
        return Looked(None, heard) if isinstance(heard, Failed) else Looked(_take(own, heard))
    except StoreBusy as busy:
        return Looked(None, Failed(f"{busy.message} The answers are taken later"))
    finally:
        own.close()


def _take(session: Session, heard: Heard) -> Polled:
    strange = 0
    for text in heard.texts:
        if token.read_token(text) is None:
            strange += 1  # anybody may write there: what is not even like a token is no line of the journal
            continue
        try:
            replies.reply(session, text)
        except NotPossible:
            pass  # it is journaled, with its reason
        except StoreBusy:
            raise
        except AskError as error:
            replies.note_refused(session, text, error.message)
    note = f"{strange} messages there were no answers" if strange else None
    return Polled((), heard.cursor, note, more=heard.more)
