"""Whether work is stuck and messages arrive: leases, deaths, what waits unread, and whether channels can be reached."""

from datetime import timedelta

from assistant.app import liveness
from assistant.app.checks.check import Check, Patient, counted, said
from assistant.errors import AskError
from assistant.store import health

LOOKED_BACK = timedelta(days=7)
UNREAD = timedelta(days=1)


def leases(patient: Patient) -> Check | None:
    """Nobody holds work who is gone, or who should have ended long ago."""
    if patient.con is None:
        return None
    held = [*health.held(patient.con), *health.sources_held(patient.con)]
    for one in held:
        of = f"{one.what}{f' of {one.item}' if one.item else ''}"
        if not liveness.is_alive(one.lease, one.until):
            return Check("leases", False, f"{of} is held by a process that is gone", "ask run-due takes it up again")
        if one.until is not None and patient.now > one.until:
            pid = one.lease.split("|")[2]
            return Check("leases", False, f"{of} should have ended {said(patient.now - one.until)} ago", f"kill {pid}")
    return Check("leases", True, f"{counted(len(held), 'piece')} of work under way" if held else "no work is held")


def messages(patient: Patient) -> Check | None:
    """No message of the last days died, or was cut off in between."""
    if patient.con is None:
        return None
    found = health.undelivered(patient.con, patient.now - LOOKED_BACK)
    if not found:
        return Check("messages", True, f"all of the last {LOOKED_BACK.days} days arrived or are on their way")
    total = sum(group.count for group in found)
    worst = found[0]
    what = "died" if worst.state == "dead" else "may or may not have arrived"
    detail = f"{counted(total, 'message')} of the last {LOOKED_BACK.days} days did not surely arrive; "
    detail += f"{worst.count} on {worst.channel} {what}: {worst.reason or 'no reason was given'}"
    fix = f"ask channel test {worst.channel}" if worst.state == "dead" or not worst.item else f"ask show {worst.item}"
    return Check("messages", False, detail, fix)


def terminal(patient: Patient) -> Check | None:
    """Nothing has waited for long to be shown at the terminal."""
    if patient.con is None:
        return None
    count, oldest = health.waiting_for_terminal(patient.con, patient.now - UNREAD)
    if count and oldest is not None:
        waited = said(patient.now - oldest)
        detail = f"{counted(count, 'message')} waiting to be shown here, the oldest for {waited}"
        return Check("terminal", False, detail, "ask")
    return Check("terminal", True, "nothing has waited for a day to be shown here")


def channels(patient: Patient) -> list[Check]:
    """Each channel can be reached as far as can be seen without sending."""
    if patient.con is None:
        return []
    return [_channel(name, url) for name, url in health.channel_urls(patient.con)]


def _channel(name: str, url: str) -> Check:
    from assistant.channels.table import check_url, redacted

    title = f"channel {name}"
    try:
        check_url(url)
    except AskError as error:
        fix = error.hint or f"ask channel test {name}"
        return Check(title, False, error.message.replace(url, redacted(url)), fix)
    return Check(title, True, f"can be reached as far as can be seen: {redacted(url)}")
