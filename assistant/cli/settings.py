"""`ask pref` and `ask channel`."""

from assistant.app.session import Session
from assistant.cli.output import Output, dim
from assistant.cli.parse import Parsed
from assistant.cli.show import jsonable, way_back
from assistant.cli.tables import table


def pref_set(parsed: Parsed, session: Session) -> Output:
    """Set a preference."""
    from assistant.app.prefs import set_preference

    kept = set_preference(session, parsed.words[0], " ".join(parsed.words[1:]))
    moved = f" · {kept.moved} reminders moved with it" if kept.moved else ""
    return Output(
        json=lambda: {"name": kept.name, "value": kept.value, "moved": kept.moved},
        ids=lambda: [kept.name],
        plain=lambda: [[kept.name, kept.value]],
        human=lambda: [f"  {kept.name} is {kept.value}{moved}{way_back(session)}"],
    )


def pref_get(parsed: Parsed, session: Session) -> Output:
    """Show a preference."""
    from assistant.app.prefs import get_preference

    shown = get_preference(session, parsed.words[0])
    return Output(
        json=lambda: {"name": shown.name, "value": shown.value, "default": shown.default, "meaning": shown.meaning},
        ids=lambda: [shown.value],
        plain=lambda: [[shown.value]],
        human=lambda: [f"  {shown.value or 'not set'}" + dim(f"   {shown.meaning}")],
    )


def pref_list(_parsed: Parsed, session: Session) -> Output:
    """All preferences."""
    from assistant.app.prefs import list_preferences

    shown = list_preferences(session)
    return Output(
        json=lambda: [
            {"name": one.name, "value": one.value, "default": one.default, "meaning": one.meaning} for one in shown
        ],
        ids=lambda: [one.name for one in shown],
        plain=lambda: [[one.name, one.value, one.meaning] for one in shown],
        human=lambda: table([(one.name, "-" if one.value is None else one.value, one.meaning) for one in shown]),
    )


def pref_unset(parsed: Parsed, session: Session) -> Output:
    """Go back to the default."""
    from assistant.app.prefs import unset_preference

    kept = unset_preference(session, parsed.words[0])
    return Output(
        json=lambda: {"name": kept.name, "value": kept.value},
        ids=lambda: [kept.name],
        plain=lambda: [[kept.name, kept.value]],
        human=lambda: [f"  {kept.name} is its default again: {kept.value or 'not set'}{way_back(session)}"],
    )


def channel_add(parsed: Parsed, session: Session) -> Output:
    """Add a channel."""
    from assistant.app.channels import add_channel

    name, url = parsed.words
    made = add_channel(session, name, url)
    return Output(
        json=lambda: {
            "name": made.name,
            "url": made.shown_url,  # a password in it goes to no stream
            "changed": made.changed,
            "replaced": made.replaced,
        },
        ids=lambda: [made.name],
        plain=lambda: [[made.name, made.shown_url]],
        human=lambda: [
            f"  {made.name}  {made.shown_url}" + (f"   (was {made.replaced})" if made.replaced else ""),
            dim(
                f"      prove it: ask channel test {made.name} · make it the default: ask pref set channel {made.name}"
                + way_back(session)
            ),
        ],
    )


def channel_list(_parsed: Parsed, session: Session) -> Output:
    """All channels."""
    from assistant.app.channels import list_channels

    shown = list_channels(session)
    return Output(
        json=lambda: [jsonable(one, session.tzinfo) for one in shown],
        ids=lambda: [one.name for one in shown],
        plain=lambda: [[one.name, one.url] for one in shown],
        human=lambda: [
            f"  {one.name:<12}  {one.url}"
            + ("   default" if one.is_default else "")
            + (f"   {one.waiting} waiting" if one.waiting else "")
            for one in shown
        ],
    )


def channel_test(parsed: Parsed, session: Session) -> Output:
    """Send a test message now."""
    from assistant.app.channels import test_channel

    tried = test_channel(session, parsed.words[0])
    return Output(
        json=lambda: jsonable(tried, session.tzinfo),
        ids=lambda: [tried.name],
        plain=lambda: [[tried.name, tried.state, tried.evidence]],
        human=lambda: [f"  {tried.name}: {tried.state} · {tried.evidence}"],
        code=0 if tried.state == "sent" else 1,
    )


def channel_remove(parsed: Parsed, session: Session) -> Output:
    """Remove a channel."""
    from assistant.app.channels import remove_channel

    gone = remove_channel(session, parsed.words[0])
    return Output(
        json=lambda: jsonable(gone, session.tzinfo),
        ids=lambda: [gone.name],
        plain=lambda: [[gone.name, gone.url]],
        human=lambda: [
            f"  {gone.name} is removed"
            + (f"; {gone.waiting} waiting messages go on to the next channel" if gone.waiting else "")
            + way_back(session)
        ],
    )
