"""A workflow by its name, and what is said where nothing bears it. Loads nothing that reads files."""

from assistant.app.session import Session
from assistant.errors import NotFound
from assistant.ports.records import Workflow
from assistant.store import workflows


def the_workflow(session: Session, name: str) -> Workflow:
    """The current version of a workflow. NotFound, with the nearest name, where there is none."""
    found = workflows.current(session.reading, name)
    if found is None:
        raise no_workflow(session, name)
    return found


def no_workflow(session: Session, name: str) -> NotFound:
    """The error for a name that no workflow bears."""
    from assistant.app.workflow_words import nearest

    names = [kept.name for kept in workflows.workflows_there(session.reading)]
    near = nearest(name, names)
    hint = f"did you mean {near}?" if near else f"there are {', '.join(names[:10])}" if names else None
    removed = workflows.versions(session.reading, name)
    if removed:
        return NotFound(
            f"The workflow {name} was removed.", f"add it again: ask workflow add FILE; {hint or ''}".strip("; ")
        )
    return NotFound(f"There is no workflow {name[:80]!r}.", hint or "ask workflow add FILE keeps one")
