"""`ask doctor`: look at everything that must be well for commitments to be kept. Changes nothing."""

from assistant.app import clock
from assistant.app.checks import feeding, reach, storing, surroundings, ticking, working
from assistant.app.checks.check import Check, Patient
from assistant.app.schedulers.machine import Machine
from assistant.app.schedulers.order import Order, Program, order_for
from assistant.app.session import Session
from assistant.errors import AskError
from assistant.store import health
from assistant.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    Found = Check | list[Check] | None


class Doctor(Value):
    """All checks, in the order in which a person would look."""

    __slots__ = ("ok", "checks")
    ok: bool
    checks: tuple[Check, ...]


def doctor(session: Session, program: Program | None = None) -> Doctor:
    """Look at all, whatever of it is missing or damaged; one check that breaks does not hide the others."""
    con, refused = _open(session)
    try:
        patient = Patient(
            home=session.home,
            now=session.now,
            zone=_zone(session, con),
            machine=Machine(session.environment),
            order=_order(session, program),
            con=con,
        )
        looks: list[tuple[str, Callable[[Patient], Found]]] = [
            ("scheduler", ticking.scheduler),
            ("cron daemon", ticking.cron_daemon),
            ("last tick", ticking.last_tick),
            ("gaps", ticking.gaps),
            ("tick log", ticking.tick_log),
            ("store", lambda patient: storing.store(patient, refused)),
            ("privacy", storing.privacy),
            ("disk", storing.disk),
            ("backup", storing.last_backup),
            ("leases", working.leases),
            ("messages", working.messages),
            ("terminal", working.terminal),
            ("channels", working.channels),
            ("sources", feeding.sources),
            ("bare start", surroundings.bare_start),
            ("secrets", reach.secrets),
            ("clock", surroundings.clock),
            ("zone", surroundings.zone),
            ("model library", surroundings.model_library),
        ]
        checks = tuple(check for name, look in looks for check in _looked(name, look, patient))
    finally:
        if con is not None:
            con.close()
    return Doctor(all(check.ok for check in checks), checks)


def _looked(name: str, look: "Callable[[Patient], Found]", patient: Patient) -> list[Check]:
    try:
        found = look(patient)
    except Exception as error:  # noqa: BLE001 - what is broken is what a doctor is for; it is told, not hidden
        return [Check(name, False, f"could not be looked at: {type(error).__name__}: {error}", "see the check: store")]
    return found if isinstance(found, list) else [found] if found is not None else []


def _open(session: Session) -> "tuple[sqlite3.Connection | None, AskError | None]":
    try:
        return health.open_to_look(session.home), None
    except AskError as error:
        return None, error


def _order(session: Session, program: Program | None) -> Order | None:
    try:
        return order_for(session, program)
    except AskError:
        return None


def _zone(session: Session, con: "sqlite3.Connection | None") -> str:
    """The zone as set, without the session's own store, which may be damaged."""
    import sqlite3

    system = clock.system_zone(session.environment)
    if con is None:
        return system
    try:
        return health.preferences(con).get("timezone", system)
    except sqlite3.Error:
        return system
