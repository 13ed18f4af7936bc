"""The path within a URL of a file or a command. Looks at no disk."""

import os

from assistant.errors import UsageError


def path_of(url: str) -> str:
    """The absolute path that a file or command URL names (RFC 8089), or a UsageError.

    >>> path_of("file:///tmp/a%20b.jsonl"), path_of("file:/tmp/x"), path_of("command://localhost/bin/true")
    ('/tmp/a b.jsonl', '/tmp/x', '/bin/true')
    """
    scheme, _, rest = url.partition(":")
    if rest.startswith("//"):
        rest = rest[2:].removeprefix("localhost")
    if "%" in rest:
        from urllib.parse import unquote

        rest = unquote(rest)
    if not rest.strip("/") or not rest.isprintable():
        raise UsageError(f"{url!r} names no file.", f"write {scheme.lower()}:///path")
    if not rest.startswith("/"):
        raise UsageError(
            f"{url!r} names no absolute path.",
            f"write {scheme.lower()}://{os.path.abspath(os.path.expanduser(rest))}",
        )
    return rest
