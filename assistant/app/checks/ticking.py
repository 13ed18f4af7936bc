"""Whether something calls `run-due` every minute: the entry, the daemon, the last tick, gaps, what ticks said."""

import os
from datetime import timedelta

from assistant.app.checks.check import Check, Patient, counted, said
from assistant.app.home import OVERDUE_S, read_heartbeat, read_scheduler
from assistant.app.schedulers import SCHEDULERS, cron
from assistant.app.ticklog import failures_since, last_words
from assistant.errors import AskError
from assistant.instants import from_text
from assistant.store import health

LOOKED_BACK = timedelta(days=7)


def scheduler(patient: Patient) -> Check:
    """Something is installed, and it is really there."""
    noted = read_scheduler(patient.home)
    kind = (noted or {}).get("kind", "")
    if noted is None or kind not in SCHEDULERS:
        return Check("scheduler", False, "nothing is installed that ticks every minute", "ask install")
    if patient.order is None:
        return Check("scheduler", False, f"{kind}, but the script of ask cannot be found", "install ask again")
    try:
        fault = SCHEDULERS[kind].fault(patient.machine, patient.order)
    except AskError as error:
        return Check("scheduler", False, f"{kind}: {error.message}", error.hint or "ask install")
    if fault:
        return Check("scheduler", False, f"{kind}: {fault}", f"ask install --{kind}")
    notes = SCHEDULERS[kind].notes(patient.machine) if kind != "cron" else ()
    return Check("scheduler", True, "; ".join((f"{kind}, since {noted.get('installed_at', '?')}", *notes)))


def cron_daemon(patient: Patient) -> Check | None:
    """The daemon that reads the crontab runs, where cron is what ticks."""
    if (read_scheduler(patient.home) or {}).get("kind") != "cron" or not os.path.isdir("/proc/self"):
        return None
    running = cron.daemon()
    if running is None:
        return Check("cron daemon", False, "no cron daemon is running, so nothing ticks", "service cron start")
    name, _, pid = running.partition(" ")
    return Check("cron daemon", True, f"{name} runs (process {pid})")


def last_tick(patient: Patient) -> Check:
    """A tick ended within the last three minutes, and well."""
    last = read_heartbeat(patient.home)
    if last is None:
        fix = "ask doctor in two minutes" if read_scheduler(patient.home) else "ask install"
        return Check("last tick", False, "nothing has ticked yet", fix)
    ago = patient.now - from_text(last.ended_at)
    when = f"{said(ago)} ago" if ago >= timedelta(0) else f"{said(-ago)} ahead of the clock"
    detail = f"{when} ({last.outcome})"
    if ago > timedelta(seconds=OVERDUE_S):
        fix = "ask install" if read_scheduler(patient.home) is None else "ask run-due shows whether a tick can run"
        return Check("last tick", False, f"overdue: {detail}", fix)
    if last.outcome.startswith("failed"):
        return Check("last tick", False, detail, "ask run-due shows why")
    return Check("last tick", True, detail)


def gaps(patient: Patient) -> Check | None:
    """How often and how long nothing ticked of late: told, since a machine may sleep."""
    if patient.con is None:
        return None
    found = health.long_gaps(patient.con, patient.now - LOOKED_BACK)
    if not found:
        return Check("gaps", True, f"none of over {OVERDUE_S // 60} minutes in {LOOKED_BACK.days} days")
    ended, longest = max(found, key=lambda gap: gap[1])
    where = f"{counted(len(found), 'gap')} in {LOOKED_BACK.days} days"
    detail = f"{where}, the longest {said(timedelta(seconds=longest))} until {ended:%Y-%m-%d %H:%M} UTC"
    return Check("gaps", True, f"{detail}; the machine slept or the scheduler stood")


def tick_log(patient: Patient) -> Check:
    """The ticks had nothing to say, which is how it is when all is well."""
    beat = read_heartbeat(patient.home)
    adds = (read_scheduler(patient.home) or {}).get("kind") == "launchd"
    words = last_words(patient.home, from_text(beat.began_at) if adds and beat else None)
    if words:
        return Check("tick log", False, f"the last tick said: {words}", f"cat {os.path.join(patient.home, 'tick.log')}")
    count, latest = failures_since(patient.home, patient.now - LOOKED_BACK)
    if count:
        detail = f"{counted(count, 'tick')} failed in {LOOKED_BACK.days} days, the latest: {latest}"
        return Check("tick log", False, detail, f"cat {os.path.join(patient.home, 'failures.log')}")
    return Check("tick log", True, "empty, as it should be")
