"""What of a row may be shown or leave the store: URLs without what lets others in."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REDACTED = frozenset({"channel", "source"})


def without_passwords(table: str, columns: "dict[str, Any]") -> "dict[str, Any]":
    """The columns of a row of any table, for showing or for an export."""
    url = columns.get("url")
    if table not in REDACTED or not isinstance(url, str):
        return columns
    if table == "channel":
        from assistant.channels.table import redacted
    else:
        from assistant.sources.table import redacted
    shown = {**columns, "url": redacted(url)}
    if isinstance(columns.get("last_error"), str):
        shown["last_error"] = columns["last_error"].replace(url, shown["url"])
    return shown
