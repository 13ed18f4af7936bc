"""The one place that asks the clock and the system's zone."""

import os
import time
from datetime import UTC, datetime

from assistant.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

ZONES = "/usr/share/zoneinfo"
FIRST_YEAR, LAST_YEAR = 1970, 8999  # so that every zone, and the slots of a rule to come, have their dates


def now(environment: "Mapping[str, str]") -> datetime:
    """The instant that counts as now: `ASK_NOW` where it is set, else the clock. UTC, whole seconds."""
    frozen = environment.get("ASK_NOW")
    if not frozen:
        return datetime.fromtimestamp(int(time.time()), UTC)
    try:
        instant = datetime.fromisoformat(frozen)
    except ValueError:
        raise UsageError(f"ASK_NOW is {frozen!r}, which is no instant.", "write 2026-11-24T09:00:00+01:00") from None
    if instant.tzinfo is None:
        raise UsageError(f"ASK_NOW is {frozen!r}, without an offset.", f"write {instant.isoformat()}+00:00")
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise UsageError(f"ASK_NOW is {frozen!r}, which is beyond the calendar.", "write 2026-11-24T09:00:00+01:00")
    return instant.astimezone(UTC).replace(microsecond=0)


def system_zone(environment: "Mapping[str, str]") -> str:
    """The IANA key of the system's zone; UTC where it has none."""
    named = environment.get("TZ", "").lstrip(":")
    if named and _is_zone(named):
        return named
    try:
        target = os.path.realpath("/etc/localtime")
    except OSError:
        return "UTC"
    _, found, key = target.partition("zoneinfo/")
    if found and key and _is_zone(key):
        return key.removeprefix("posix/").removeprefix("right/")
    try:
        with open("/etc/timezone", encoding="ascii") as file:
            key = file.read().strip()
        return key if _is_zone(key) else "UTC"
    except (OSError, UnicodeDecodeError):
        return "UTC"


def _is_zone(key: str) -> bool:
    """Whether a key names a zone. Where the system keeps the zone's file, a look at it is enough: most commands never
    load the zone, and `zoneinfo` costs a fifth of the start-up floor."""
    if _has_file(key):
        return True
    from assistant.when.zone import load

    try:
        load(key)
    except ValueError:
        return False
    return True


def _has_file(key: str) -> bool:
    if key.startswith("/") or ".." in key:
        return False
    try:
        with open(os.path.join(ZONES, key), "rb") as file:
            return file.read(4) == b"TZif"  # RFC 9636 §3.1
    except (OSError, ValueError):
        return False
