"""From the kind of an action to the object that performs it: our own from a table, strangers' by entry point.

Performs nothing itself. Our own stand in the same form as an entry point, `module:object`, and cost no look at
installed packages. A stranger's plug-in is `object()` with the methods `perform(call)` and `probe(call)`.
"""

from importlib import import_module

from assistant.errors import NotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.ports.action import Action

GROUP = "ask.actions"
OWN = {
    "run": "assistant.actions.run:RunAction",
    "http": "assistant.actions.http:HttpAction",
    "file": "assistant.actions.file:FileAction",
    "mail_draft": "assistant.actions.draft:DraftAction",
}
# What a workflow may say and nothing here performs yet: its step is refused in plain words, and its fallback stands in.
NOT_SET_UP = {
    "mail": "give the step a fallback such as mail_draft",
    "calendar": "no calendar that can be written is set up; give the step a fallback such as task",
    "model": "give the step a fallback such as text",
}


def make(kind: str) -> "Action":
    """What performs actions of a kind; NotFound where no plug-in knows it."""
    place = OWN.get(kind)
    if place is None:
        return _strangers(kind)
    module, _, name = place.partition(":")
    made: Action = getattr(import_module(module), name)()
    return made


def _strangers(kind: str) -> "Action":
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP, name=kind):
        try:
            made: Action = point.load()()
        except Exception as error:
            said = f"The plug-in {point.value} for {kind} does not load: {type(error).__name__}: {error}."
            raise NotFound(said, f"repair or remove the package {point.dist.name if point.dist else ''}") from error
        return made
    if kind in NOT_SET_UP:
        raise NotFound(f"{kind} is not set up here.", NOT_SET_UP[kind])
    raise NotFound(f"No action is called {kind!r}.", f"there are {', '.join(OWN)}")
