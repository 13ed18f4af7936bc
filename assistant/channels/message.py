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


def quoted(text: str) -> str:
    """The text as a JSON string without any character that some reader takes for the end of a line.

    >>> quoted("one\\ntwo\u2028three")
    '"one\\\\ntwo\\\\u2028three"'
    """
    return _on_one_line(text)


def as_json(delivery: Delivery) -> str:
    """One line of JSON without its newline: id, item, key, text, at, severity, channel, in this order.

    `at` is ISO 8601 with an offset. Characters outside ASCII stand as they are.
    """
    return (
        f'{{"id": "{message_id(delivery.key)}", "item": {dump(delivery.item)}, "key": {quoted(delivery.key)},'
        f' "text": {quoted(delivery.text)}, "at": "{delivery.at.isoformat()}",'
        f' "severity": {quoted(delivery.severity)}, "channel": {quoted(delivery.channel)}}}'
    )


def with_replies(delivery: Delivery) -> str:
    """The same line with the question and the answers that can come back, where there are any.

    It holds tokens: only for a channel whose reader may answer.
    """
    line, asked = as_json(delivery), delivery.asked
    if asked is None:
        return line
    request = {name: getattr(asked, name) for name in ("id", "kind", "title", "because", "proposal")}
    request["expires_at"] = asked.expires_at.isoformat() if asked.expires_at is not None else None
    replies = [{"verb": one.verb, "label": one.label, "token": one.token} for one in asked.replies]
    return f'{line[:-1]}, "request": {_on_one_line(request)}, "replies": {_on_one_line(replies)}}}'


def without_tokens(text: str, delivery: Delivery, *, cut: bool = False) -> str:
    """What a channel says of a message, which is kept with it: no token may stand there; `cut`: nor a piece of one."""
    if delivery.asked is None or not text:
        return text
    from assistant.mask import Mask

    mask = Mask()
    for reply in delivery.asked.replies:
        mask.note(reply.token)
    return mask.hide(text, cut=cut)


def _on_one_line(value: object) -> str:
    return dump(value).replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
