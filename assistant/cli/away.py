"""What a person is shown first after days away, and how it is known that they are back."""

from assistant.app.presence import away_since, is_at_terminal, note
from assistant.app.session import Session
from assistant.cli.output import bold, dim

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.meanwhile import Meanwhile, Told


def news_first(session: Session) -> list[str]:
    """What changed while the person was away; nothing where they were not, or where nobody reads it."""
    if not is_at_terminal():
        return []
    since = away_since(session.home, session.now)
    if since is None:
        return []
    from assistant.app.meanwhile import meanwhile

    session.told_meanwhile = True
    return [*lines(meanwhile(session, since), session), ""]


def note_presence(session: Session) -> None:
    """A person was here. After a long absence that holds only once what changed meanwhile was shown."""
    if session.told_meanwhile or away_since(session.home, session.now) is None:
        note(session.home, session.now)


def lines(found: "Meanwhile", session: Session) -> list[str]:
    """The whole of it, a line for each thing that happened."""
    from assistant.cli.show import short
    from assistant.when import say

    head = f"  {bold('while you were away')}  since {short(found.since, session)}, for "
    shown = [head + say.distance(session.now - found.since)]
    if found.slots:
        ran = found.slots.get("ran", 0) + found.slots.get("late", 0)
        others = [f"{found.slots[state]} {state}" for state in _STATES if state in found.slots]
        shown.append(
            f"    {'ran':<9}  {'once' if ran == 1 else f'{ran} times'}" + (f" · {', '.join(others)}" if others else "")
        )
    for one in found.told:
        shown.append(_line(one, session))
    for what, count in found.left.items():
        shown.append(dim(f"    {what:<9}  and {count} more: ask log"))
    if found.cut:
        shown.append(dim("    more happened than is looked through here: ask log"))
    if found.waiting:
        times = "the time of one thing" if found.waiting == 1 else f"the times of {found.waiting} things"
        shown.append(f"    {'waiting':<9}  {times} came and no tick did: ask run-due does it now, ask doctor says why")
    return shown if len(shown) > 1 else [*shown, "    nothing happened"]


_STATES = ("late", "missed", "skipped", "coalesced")


def _line(one: "Told", session: Session) -> str:
    from assistant.cli.show import short

    number = f"{one.number}  " if one.number is not None else ""
    at = f"{', due' if one.what in ('missed', 'late') else ','} {short(one.at, session)}" if one.at is not None else ""
    return f"    {one.what:<9}  {number}{' '.join(one.text.split())[:200]}{at}"
