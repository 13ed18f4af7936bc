"""Whether the machine can be relied on: clock, zones, the model's library, and the scheduler's environment."""

import os
import subprocess
from datetime import timedelta
from importlib import metadata

from assistant.app.checks.check import Check, Patient, said
from assistant.app.home import read_heartbeat
from assistant.instants import from_text
from assistant.models.version import litellm_version, remedy
from assistant.store import health

YEARS = range(2026, 2100)
JITTER = timedelta(seconds=5)
DEADLINE_S = 30


def clock(patient: Patient) -> Check:
    """The clock is plausible, and not behind what is already written."""
    now = patient.now
    frozen = " (ASK_NOW)" if patient.machine.environment.get("ASK_NOW") else ""
    if now.year not in YEARS:
        return Check("clock", False, f"it says {now:%Y-%m-%d %H:%M} UTC{frozen}", "set the clock, or unset ASK_NOW")
    latest = health.last_change_at(patient.con) if patient.con is not None else None
    beat = read_heartbeat(patient.home)
    seen = max((at for at in (latest, from_text(beat.ended_at) if beat else None) if at), default=now)
    if seen - now > JITTER:
        detail = f"it went back: the latest entry is {said(seen - now)} ahead of {now:%Y-%m-%d %H:%M:%S} UTC{frozen}"
        return Check("clock", False, detail, "set the clock; until then nothing is done twice, but things come late")
    return Check("clock", True, f"{now:%Y-%m-%d %H:%M:%S} UTC{frozen}")


def zone(patient: Patient) -> Check:
    """The zone loads, and the zone data has a version."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        offset = patient.now.astimezone(ZoneInfo(patient.zone)).strftime("%z")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Check("zone", False, f"no data for {patient.zone}", "ask pref set timezone Europe/Berlin")
    return Check("zone", True, f"{patient.zone} (UTC{offset}), zone data {_zone_data()}")


def _zone_data() -> str:
    from zoneinfo import TZPATH

    for folder in TZPATH:
        try:
            with open(os.path.join(folder, "tzdata.zi"), encoding="ascii", errors="replace") as file:
                return f"{file.readline().removeprefix('# version ').strip()} of the system"
        except OSError:
            continue
    try:
        return f"{metadata.version('tzdata')} of the package tzdata"
    except metadata.PackageNotFoundError:
        return "of unknown version"


def model_library(_patient: Patient) -> Check:
    """litellm, where it is installed, is a release known to be good. It is not imported for that."""
    found = litellm_version()
    if found.installed is None:
        return Check("model library", True, f"{found.why}; everything but the model works without it")
    if found.why is not None:
        return Check("model library", False, found.why, remedy(found.installed))
    return Check("model library", True, f"litellm {found.installed}")


def bare_start(patient: Patient) -> Check | None:
    """The command starts in the bare environment that a scheduler gives it."""
    if patient.order is None:
        return None
    try:
        done = bare(patient, *patient.order.argv, "--dry-run")
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("bare start", False, f"the scheduler's command does not run: {error}", "ask install")
    if done.returncode not in (0, 75):
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip() and not line.startswith("  Try:")]
        last = lines[-1][:200] if lines else f"it ended with {done.returncode}"
        return Check("bare start", False, f"the scheduler's command fails: {last}", "ask run-due --dry-run")
    return Check("bare start", True, "the scheduler's command starts in a bare environment")


def bare(patient: Patient, *argv: str) -> "subprocess.CompletedProcess[str]":
    """Run a program as a scheduler would: no more than HOME, a name and what the entry sets."""
    given = patient.machine.environment
    bare = {name: given[name] for name in ("HOME", "LOGNAME", "USER") if name in given}
    bare |= patient.order.environment if patient.order else {}
    return subprocess.run(  # noqa: S603 - our own program or a fixed text, never a shell
        argv, capture_output=True, text=True, errors="replace", check=False, timeout=DEADLINE_S, env=bare, cwd="/"
    )
