"""One use of the command: home, now, zone, preferences and the store, each made when first asked for."""

import os
import sqlite3
from datetime import datetime, tzinfo

from assistant.app import clock
from assistant.app.home import home_folder
from assistant.errors import UsageError
from assistant.store.connection import connect, connect_existing, refuse_if_damaged, translated
from assistant.when.values import Conventions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from assistant.app.change import Change
    from assistant.engine.situation import Surroundings
    from assistant.store.write import Writing
    from assistant.when.values import Reading

SAID_ELSEWHERE = frozenset({"timezone", "channel", "quiet_hours"})  # preferences that read no words


class Session:
    """The wiring of one command. `words` is what was typed, for the journal."""

    def __init__(self, environment: "Mapping[str, str]", words: str = "", tz: str | None = None) -> None:
        self.environment = environment
        self.words = words
        self.home = home_folder(environment)
        self.now: datetime = clock.now(environment)
        self.choose: Callable[[Reading], Reading] | None = None  # asks the person which of two readings is meant
        self.guard: Callable[[Change], None] | None = None  # what must hold in the transaction of a change
        self.told_meanwhile = False  # whether this command showed what changed while the person was away
        self._tz = tz
        self._writing: Writing | None = None
        self._con: sqlite3.Connection | None = None
        self._nothing: sqlite3.Connection | None = None
        self._kept: dict[str, str] | None = None
        self._zone: str | None = None
        self._conventions: Conventions | None = None

    @property
    def con(self) -> sqlite3.Connection:
        """The store, made where there is none."""
        if self._con is None:
            refuse_if_damaged(self.home)
            self._con = connect(self.home)
        return self._con

    @property
    def reading(self) -> sqlite3.Connection:
        """The store for a command that only reads: where there is none, an empty one that is nowhere."""
        if self._con is None:
            refuse_if_damaged(self.home)
            self._con = connect_existing(self.home)
        if self._con is not None:
            return self._con
        if self._nothing is None:
            self._nothing = _empty_store()
        return self._nothing

    def close(self) -> None:
        """Close the store; SQLite folds its log back into the file."""
        for con in (self._con, self._nothing):
            if con is not None:
                con.close()
        self._con = self._nothing = None

    @property
    def kept(self) -> dict[str, str]:
        """The preferences that are set."""
        if self._kept is None:
            try:
                self._kept = dict(self.reading.execute("select name, value from preference").fetchall())
            except sqlite3.Error as error:
                raise translated(error, self.home) from error
        return self._kept

    def forget(self) -> None:
        """Preferences changed: read them again."""
        self._kept = self._zone = self._conventions = None

    @property
    def zone(self) -> str:
        """The zone times are meant in: `--tz`, else the preference, else the system's."""
        if self._zone is None:
            if self._tz is not None:
                from assistant.when.zone import load

                try:
                    load(self._tz)
                except ValueError as error:
                    raise UsageError(str(error), "write --tz Europe/Berlin") from None
            self._zone = self._tz or self.kept.get("timezone") or clock.system_zone(self.environment)
        return self._zone

    @property
    def zone_was_said(self) -> bool:
        """Whether this command named its zone, which no change of preference moves then."""
        return self._tz is not None

    @property
    def tzinfo(self) -> tzinfo:
        """The zone as an object."""
        from assistant.when.zone import load

        return load(self.zone)

    @property
    def conventions(self) -> Conventions:
        """How the person means what they leave out."""
        if self._conventions is None:
            if self.kept.keys() <= SAID_ELSEWHERE:
                self._conventions = Conventions(self.zone)
            else:
                from assistant.app.conventions import conventions

                self._conventions = conventions(self.kept, self.zone)
        return self._conventions

    @property
    def channels(self) -> tuple[str, ...]:
        """The default channel, then the terminal, where what nobody could deliver waits."""
        chosen = self.kept.get("channel", "terminal")
        return (chosen, "terminal") if chosen != "terminal" else ("terminal",)

    @property
    def quiet_hours(self) -> str | None:
        """The quiet hours, where they are set."""
        quiet = self.kept.get("quiet_hours")
        return None if quiet in (None, "off") else quiet

    def around(self) -> "Surroundings":
        """What decisions of this command must know."""
        from assistant.engine.situation import Surroundings

        return Surroundings(self.con, self.conventions, self.channels, self.quiet_hours, self.kept)

    def writing(self) -> "Writing":
        """The one transaction of a person's command."""
        from assistant.store.write import Writing

        self._writing = Writing(self.con, self.home, self.now, command=self.words)
        return self._writing

    @property
    def changed(self) -> bool:
        """Whether this command has changed anything that undo could take back."""
        return self._writing is not None and self._writing.command_id is not None

    def jitter(self) -> float:
        """A number in [0, 1)."""
        return int.from_bytes(os.urandom(6), "big") / 2**48  # importing `random` costs a tenth of the start-up floor


def _empty_store() -> sqlite3.Connection:
    from assistant.store.migrate import migrate

    con = sqlite3.connect(":memory:", isolation_level=None)
    migrate(con, "", 0)
    return con
