"""The channels of one tick, by name. Makes each when it is first needed; keeps no message."""

from assistant.channels.table import can_reply, is_quick, listens, make
from assistant.errors import AskError
from assistant.ports.channel import Delivery, Heard, NotSent, SendOutcome
from assistant.ports.source import Failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from assistant.ports.channel import Channel

BUILT_IN = {"desktop": "desktop:", "terminal": "terminal:"}


class Senders:
    """Delivers by the name of a channel. Threads of one tick may share it, each on its own channel."""

    def __init__(self, urls: "Mapping[str, str]", home: str) -> None:
        self.urls = urls
        self.home = home
        self._made: dict[str, Channel] = {}

    def deliver(self, channel_name: str, delivery: Delivery) -> SendOutcome:
        """Hand a message to a channel. One that is not there, or whose plug-in is gone, did not send it."""
        if channel_name not in self.urls:
            return NotSent(f"there is no channel {channel_name}; ask channel add {channel_name} URL", permanent=True)
        try:
            channel = self._channel(channel_name)
        except AskError as error:
            fix = f" {error.hint}." if error.hint else ""
            return NotSent(f"the channel {channel_name} cannot be used: {error.message}{fix}", permanent=True)
        return channel.deliver(delivery)

    def can_tell(self, channel_name: str) -> bool:
        """Whether a channel can look up a key that it was given before."""
        if channel_name not in self.urls:
            return False
        try:
            return bool(self._channel(channel_name).can_tell)
        except AskError:
            return False

    def can_reply(self, channel_name: str) -> bool:
        """Whether a channel can carry the tokens by which answers come back."""
        return channel_name in self.urls and can_reply(self.urls[channel_name])

    def listens(self, channel_name: str) -> bool:
        """Whether answers to a channel's messages lie somewhere until they are fetched."""
        return channel_name in self.urls and listens(self.urls[channel_name])

    def answers(self, channel_name: str, cursor: "dict[str, Any] | None") -> Heard | Failed | None:
        """The answers that lie on a channel; None where it is gone, or is not listened to any more."""
        if not self.listens(channel_name):
            return None
        try:
            heard: Heard | Failed = self._channel(channel_name).answers(cursor)  # type: ignore[attr-defined]
        except AskError as error:
            return Failed(error.message, permanent=True)
        except Exception as error:  # noqa: BLE001 - as with a source: nothing of it is kept
            return Failed(type(error).__name__)
        return heard

    def is_quick(self, channel_name: str) -> bool:
        """Whether a channel never waits for anything. One that is not there answers at once."""
        return channel_name not in self.urls or is_quick(self.urls[channel_name])

    def _channel(self, channel_name: str) -> "Channel":
        if channel_name not in self._made:
            self._made[channel_name] = make(self.urls[channel_name], channel_name, self.home)
        return self._made[channel_name]
