"""The working tick, wired: a session, the real world and the engine. Loaded only when something is due."""

from datetime import timedelta

from assistant.app.backups import check_after_unclean_stop, daily_backup
from assistant.app.session import Session
from assistant.engine.tick import Tick
from assistant.store.idle import next_due

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

BUDGET = timedelta(seconds=50)


def work(
    environment: "Mapping[str, str]", budget: timedelta | None, gap_s: int | None
) -> tuple[int | None, dict[str, int], str | None]:
    """Do all that is due: the tick's row, its counts, and when the next work comes."""
    from assistant.app.world import RealWorld

    session = Session(environment, "run-due")
    try:
        check_after_unclean_stop(session.con, session.home, session.now)
        world = RealWorld(session)
        tick = Tick(session.con, session.home, world, budget or BUDGET, gap_s)
        try:
            counts = tick.run()
        finally:
            world.close()
        daily_backup(session.con, session.home, session.now)
        return tick.tick_id, counts.as_dict(), next_due(session.con)
    finally:
        session.close()
