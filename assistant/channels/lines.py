"""A file of JSON lines, read from its end backwards and in bounded memory. Its caller holds the lock."""

import os

from assistant.channels.message import quoted

BLOCK = 64 * 1024


def cut_half_line(handle: int) -> int:
    """Cut off a last line without newline, which a killed writer left. Where the file now ends."""
    size = os.fstat(handle).st_size
    end = size
    while end > 0:
        begin = max(0, end - BLOCK)
        block = os.pread(handle, end - begin, begin)
        newline = block.rfind(b"\n")
        if newline >= 0:
            end = begin + newline + 1
            break
        end = begin
    if end != size:
        os.ftruncate(handle, end)
    return end


def find_key(handle: int, end: int, key: str) -> int | None:
    """Where a line with this key lies, looking from the end backwards; None where there is none.

    Bytes are compared, not parsed: inside a JSON string a quote is always escaped, so that `"key": "…"` occurs only
    as a member of a line, never in a text.
    """
    value = quoted(key).encode("utf-8", "replace")
    needles = (b'"key": ' + value, b'"key":' + value)
    overlap = len(needles[0]) - 1
    while end > 0:
        begin = max(0, end - BLOCK - overlap)
        block = os.pread(handle, end - begin, begin)
        for needle in needles:
            found = block.rfind(needle)
            if found >= 0:
                return begin + found
        if begin == 0:
            return None
        end = begin + overlap
    return None
