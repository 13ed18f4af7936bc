"""The real world for a tick: the clock, the dice, the channels and actions, and who is alive."""

import time
from _thread import allocate_lock  # `threading` is loaded by who starts a thread
from datetime import UTC, datetime, timedelta

from assistant.app import clock, liveness
from assistant.app.channels import load_channels
from assistant.app.senders import Senders
from assistant.app.session import Session
from assistant.engine.listening import channel_of
from assistant.errors import Missing, NotFound, UsageError
from assistant.ports.action import ActionOutcome, Call, Done, NotDone, Unsure
from assistant.ports.channel import Delivery, SendOutcome
from assistant.store.sources import all_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from assistant.app.brief import Brief
    from assistant.app.model_desk import ModelDesk
    from assistant.engine.sourcing import Looked, SourceWork
    from assistant.ports.action import Action
    from assistant.ports.model import Attempt

LEASE = timedelta(minutes=15)


class RealWorld:
    """What `engine.world.World` asks for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._senders = Senders(load_channels(session.con), session.home)
        self._reply_keys: dict[str, bytes | None] = {}
        self._sources = all_sources(session.con)  # read here: an action runs in a thread, without the store
        self.conventions = session.conventions
        self.channels = session.channels
        self.quiet_hours = session.quiet_hours
        self.kept = session.kept
        self.me = liveness.me()
        self._desk: ModelDesk | None = None
        self._making = allocate_lock()

    def now(self) -> datetime:
        """The clock, or `ASK_NOW` where it stands still."""
        return clock.now(self._session.environment)

    def monotonic(self) -> float:
        """Seconds for measuring how long something takes."""
        return time.monotonic()

    def jitter(self) -> float:
        """A number in [0, 1)."""
        return self._session.jitter()

    def lease_until(self) -> datetime:
        """By the real clock, whatever `ASK_NOW` says: it is about workers, not about the person's time."""
        return datetime.fromtimestamp(int(time.time()), UTC) + LEASE

    def is_alive(self, lease: str, until: datetime | None) -> bool:
        """Whether the holder of a lease may still be at work."""
        return liveness.is_alive(lease, until)

    def perform(self, kind: str, call: Call) -> ActionOutcome:
        """Do an outside step; secrets are read by name while it runs."""
        if kind == "brief":
            return self._brief(call)
        if kind == "model":
            try:
                return self._models().perform(call, self.now())
            except UsageError as error:  # the preference was kept by a version that took any text
                return NotDone(f"{error.message} {error.hint or ''}".strip(), permanent=True)
        if kind == "calendar" and "read" in call.action:
            from assistant.app.calendars import read_days

            return read_days(self._sources, call, self._equipped(call).secrets, self.now(), self._session.zone)
        action = self._action(kind)
        return action if isinstance(action, NotDone) else action.perform(self._equipped(call))

    def _brief(self, call: Call) -> ActionOutcome:
        """What `ask brief` says now; it only reads, on a connection of its own, since it may run beside other work."""
        from assistant.app.brief import brief
        from assistant.app.brief_lead import is_wanted
        from assistant.app.brief_text import message
        from assistant.app.day import day_of

        session = Session(self._session.environment, tz=self._session.zone)
        try:
            made = brief(session, day_of(session))
            asked: tuple[Attempt, ...] = ()
            if is_wanted(session, made):
                made, asked = self._led(session, made, call)
            return Done(message(made, session, call.action.get("format")), asked)
        finally:
            session.close()

    def _led(self, session: Session, made: "Brief", call: Call) -> "tuple[Brief, tuple[Attempt, ...]]":
        """The brief with the paragraph of a model: the step is done without one too, and what it cost is told."""
        from assistant.app.brief_lead import PATIENCE, missing, read, with_lead, work_for

        began = time.monotonic()
        work = work_for(session, made)
        action = {"draft": work.prompt, "material": work.material}
        stop = call.stop
        limited = call.replace(
            action=action,
            timeout=min(call.timeout, PATIENCE),
            stop=lambda: time.monotonic() - began >= PATIENCE.total_seconds() or (stop is not None and stop()),
        )
        answer = self.perform("model", limited)
        if isinstance(answer, Done):
            return with_lead(made, read(answer.output["text"], answer.output["model"]["model"])), answer.asked
        asked = answer.asked if isinstance(answer, NotDone) else ()
        return with_lead(made, missing(answer.error, began)), asked

    def probe(self, kind: str, call: Call) -> ActionOutcome:
        """Find out whether an outside step that was cut off took effect."""
        if kind == "brief":
            return NotDone("it was cut off; it only reads")
        if kind == "model":
            return NotDone("to ask a model changes nothing outside")
        action = self._action(kind)
        return Unsure(action.error) if isinstance(action, NotDone) else action.probe(self._equipped(call))

    def forget(self, kind: str, key: str) -> None:
        """What an action noted of a step whose outcome is kept may go."""
        if kind == "file":
            from assistant.actions.effects import forget

            forget(self._session.home, key)
        elif kind in ("model", "brief") and self._desk is not None:
            self._desk.forget(key)

    def close(self) -> None:
        """End what was kept warm between steps."""
        if self._desk is not None:
            self._desk.close()

    def _models(self) -> "ModelDesk":
        """The one desk of this tick, made when a step first asks a model."""
        with self._making:
            if self._desk is None:
                from assistant.app.model_desk import ModelDesk, models_for
                from assistant.app.secrets import SecretReader
                from assistant.when.zone import load

                session = self._session
                models = models_for(session.environment, self.kept, SecretReader(session.environment, session.home))
                self._desk = ModelDesk(models, session.home, self.kept, load(self.conventions.zone))
            return self._desk

    def _action(self, kind: str) -> "Action | NotDone":
        from assistant.actions.table import make

        try:
            return make(kind)
        except NotFound as error:
            return NotDone(f"{error.message} {error.hint or ''}".strip(), permanent=True)

    def _equipped(self, call: Call) -> Call:
        from assistant.app.secrets import SecretReader

        session = self._session
        return call.replace(home=session.home, secrets=SecretReader(session.environment, session.home))

    def look(self, work: "SourceWork") -> "Looked":
        """Ask a source what happened; where it does not answer, what fell due by the clock is told all the same."""
        channel = channel_of(work.source)
        if channel is not None:
            from assistant.app.listening import hear

            return hear(self._session, channel, work.source.cursor)
        from assistant.app.looking import look

        return look(self._session, work, self.now())

    def deliver(self, channel: str, delivery: Delivery) -> SendOutcome:
        """Hand a message to a channel."""
        return self._senders.deliver(channel, delivery)

    def can_tell(self, channel: str) -> bool:
        """Whether a channel can look up a key that it was given before."""
        return self._senders.can_tell(channel)

    def reply_key(self, channel: str) -> bytes | None:
        """The key that signs answers from a channel; None where it can carry none, or where the key cannot be kept."""
        if channel not in self._reply_keys:
            self._reply_keys[channel] = self._made_key() if self._senders.can_reply(channel) else None
        return self._reply_keys[channel]

    def _made_key(self) -> bytes | None:
        from assistant.app.reply_key import make_key

        try:
            return make_key(self._session.home)
        except (OSError, Missing):
            return None  # the message goes out all the same, without buttons; ask reply says what is wrong

    def listens(self, channel: str) -> bool:
        """Whether answers to a channel's messages lie somewhere until they are fetched."""
        return self._senders.listens(channel)

    def is_quick(self, name: str) -> bool:
        """Whether a channel never waits for anything."""
        return self._senders.is_quick(name)

    def is_quick_action(self, kind: str) -> bool:
        """Whether an action never waits for anything: a file on this machine."""
        return kind == "file"
