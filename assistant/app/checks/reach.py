"""Whether a tick reaches the secrets that it will need, in the bare environment that a scheduler gives it."""

import subprocess
import sys

from assistant.actions.secret_values import is_secret
from assistant.app import secret_files
from assistant.app.checks.check import Check, Patient, counted
from assistant.app.checks.surroundings import bare
from assistant.store import health

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOOK = "import sys; from assistant.app.checks.reach import look; look(sys.argv[1], sys.argv[2:])"
ASK_KEYRING = "import keyring; k = keyring.get_keyring(); print(type(k).__module__, float(k.priority) >= 1)"


def secrets(patient: Patient) -> Check:
    """Each secret that is kept, or that a workflow takes, can be read by a tick."""
    names = sorted({*secret_files.places(patient.home), *_taken(patient)})
    return _each(patient, names) if names else _keyring(patient)


def look(home: str, names: list[str]) -> None:
    """Say of each name where its value is found, or why it is not. Never the value."""
    import os

    from assistant.app.secrets import SecretReader
    from assistant.errors import AskError

    reader = SecretReader(os.environ, home)
    for name in names:
        try:
            sys.stdout.write(f"{name}\tfound\t{reader.find(name)[1]}\n")
        except AskError as error:
            sys.stdout.write(f"{name}\tnot found\t{error.message}\n")


def _each(patient: Patient, names: list[str]) -> Check:
    try:
        done = bare(patient, sys.executable, "-c", LOOK, patient.home, *names)
    except (OSError, subprocess.TimeoutExpired):
        return Check("secrets", False, "they could not be looked at within the time", "ask secret list")
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    found = {name: where for name, state, where in lines if state == "found"}
    lost = [name for name in names if name not in found]
    if not lost:
        places = ", ".join(sorted(set(found.values())))
        return Check("secrets", True, f"ticks can read {counted(len(names), 'secret')} ({places})")
    reasons = {name: why for name, state, why in lines if state != "found"}
    detail = f"a tick cannot read {', '.join(lost)}: {reasons.get(lost[0], 'it did not answer')}"
    return Check("secrets", False, detail, f"ask secret set {lost[0]} --file")


def _keyring(patient: Patient) -> Check:
    """Nothing is needed yet: told only, since a file does as well."""
    try:
        done = bare(patient, sys.executable, "-c", ASK_KEYRING)
    except (OSError, subprocess.TimeoutExpired):
        return Check("secrets", True, "none; the keyring did not answer in a bare environment: keep them by --file")
    backend, _, usable = done.stdout.strip().partition(" ")
    if done.returncode == 0 and usable == "True":
        return Check("secrets", True, f"none; ticks can reach the keyring ({backend})")
    return Check("secrets", True, "none; ticks reach no keyring: keep them by ask secret set NAME --file")


def _taken(patient: Patient) -> set[str]:
    if patient.con is None:
        return set()
    return {name for spec in health.active_specs(patient.con) for name in _named(spec)}


def _named(value: "Any") -> "list[str]":
    """The secrets that a workflow names, wherever they stand in it."""
    if is_secret(value):
        return [str(value["secret"])]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for part in parts for name in _named(part)]
