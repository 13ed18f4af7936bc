"""The verb by which a channel's program hands back what a person chose there."""

import sys

from assistant.app import replies
from assistant.app.replies import Replied
from assistant.app.session import Session
from assistant.cli.output import Output, bold
from assistant.cli.parse import Parsed
from assistant.cli.show import item_json, item_row
from assistant.errors import NotPossible

SAID = {
    "approve": "approved; the next tick does it", "deny": "denied", "done": "done", "ack": "seen", "snooze": "put off",
    "happened": "it happened: not done again", "didnot": "it runs again",
}  # fmt: skip
MOST = 1000  # tokens from stdin
LONGEST_LINE = 1000  # bytes; a token has 80 at most


def reply(parsed: Parsed, session: Session) -> Output:
    """Each token on its own: one that is refused leaves the others as they are."""
    if parsed.words != ("-",):
        return _said([replies.reply(session, parsed.words[0].strip())], [], session)
    done, refused = [], []
    for text in _lines():
        try:
            done.append(replies.reply(session, text))
        except NotPossible as error:
            refused.append(error)
    if not done:
        raise refused[0] if refused else NotPossible("No token was given.", "write one a line on stdin")
    return _said(done, refused, session)


def _lines() -> list[str]:
    found = []
    for _ in range(MOST):
        line = sys.stdin.buffer.readline(LONGEST_LINE)
        if not line:
            break
        found.append(line.decode("utf-8", "replace").strip())
    return [line for line in found if line]


def _said(done: list[Replied], refused: list[NotPossible], session: Session) -> Output:
    return Output(
        json=lambda: [{**item_json(one.item, session), "request": one.request, "verb": one.verb} for one in done],
        ids=lambda: [one.item.id for one in done],
        plain=lambda: [item_row(one.item, session) for one in done],
        human=lambda: [f"  {one.item.id}  {bold(one.item.title)} · {SAID[one.verb]}" for one in done],
        notes=tuple(f"ask: {error.message}" for error in refused),
        code=NotPossible.exit_code if refused else 0,
    )
