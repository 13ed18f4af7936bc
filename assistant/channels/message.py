"""A message as the JSON line that file and command channels hand on. Sends nothing."""

from _blake2 import blake2s

from assistant.jsontext import dump
from assistant.ports.channel import Delivery


def message_id(key: str) -> str:
    """The id of a message in the outside world: short, and the same for the same key on every channel and every try.

    >>> message_id("7/ring/1")
    '91f1e845739fec63'
    """
    return blake2s(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def as_json(delivery: Delivery) -> str:
    """One line of JSON without its newline: id, item, key, text, at, severity, channel, in this order.

    `at` is ISO 8601 with an offset. Characters outside ASCII stand as they are.
    """
    return (
        f'{{"id": {dump(message_id(delivery.key))}, "item": {dump(delivery.item)}, "key": {dump(delivery.key)},'
        f' "text": {dump(delivery.text)}, "at": {dump(delivery.at.isoformat())},'
        f' "severity": {dump(delivery.severity)}, "channel": {dump(delivery.channel)}}}'
    )
