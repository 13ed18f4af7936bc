"""How much work a reading is, counted and not timed: the lines of `assistant.when` that it runs on any machine."""

import sys
from collections.abc import Callable
from os.path import dirname
from types import FrameType
from typing import Any

import assistant.when

OURS = dirname(assistant.when.__file__)


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of ours a call runs, each turn of a loop anew; what is run once at import does not count.

    >>> lines_run(lambda: None)
    0
    """
    count = 0

    def inside(_frame: FrameType, _event: str, _argument: Any) -> Any:
        nonlocal count
        count += 1
        return inside

    def enter(frame: FrameType, _event: str, _argument: Any) -> Any:
        code = frame.f_code
        return inside if code.co_filename.startswith(OURS) and code.co_name != "<module>" else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        call()
    finally:
        sys.settrace(before)
    return count
