"""The daily brief as a workflow: a schedule, a step that reads what `ask brief` says, and a message of it."""

import io

from assistant.app.brief import OWN as NAME
from assistant.app.session import Session
from assistant.errors import AskError, NotFound, NotPossible, UsageError
from assistant.store import workflows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.workflow_change import Changed
    from assistant.app.workflow_keep import Added

USUAL = "08:00"
MARK = "What ask brief says, every day."
# A brief that is more than four hours late says nothing any more that the next one does not say better.
FILE = """\
name: daily-brief
about: {about}
on:
  - schedule: every day at {clock}
    if_late: run
    useless_after: 4h
overlap: supersede
steps:
  - id: brief
    brief: {{}}
  - id: send
    notify: "{{{{ steps.brief.output.text }}}}"
"""


def install(session: Session, at: str | None = None) -> "Added":
    """Send the brief every day at a time, by default that of `brief_time`; another time replaces it."""
    from assistant.app.preferences import preference
    from assistant.app.workflow_keep import add_workflow

    kept = workflows.current(session.reading, NAME)
    if kept is not None and kept.spec.get("about") != MARK:
        raise NotPossible(
            "There is a workflow of your own called daily-brief.", "rename it, or: ask workflow remove daily-brief"
        )
    try:
        clock = preference("brief_time").normal(at or session.kept.get("brief_time", USUAL))
    except AskError:
        raise UsageError(f"--install is {at!r}, no time of day.", "ask brief --install 8:00") from None
    text = FILE.format(about=MARK, clock=clock)
    made = add_workflow(session, "-", io.BytesIO(text.encode()))
    from assistant.app.workflow_keep import Added

    assert isinstance(made, Added)  # noqa: S101 - the file is ours and has no faults
    return made


def uninstall(session: Session) -> "Changed":
    """Send it no more."""
    from assistant.app.workflow_change import remove

    kept = workflows.current(session.reading, NAME)
    if kept is None or kept.spec.get("about") != MARK:
        raise NotFound("No brief is sent.", "ask brief --install 8:00")
    return remove(session, NAME, cancel_jobs=False)
