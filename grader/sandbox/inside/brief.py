"""Runs a top-level call of the student's own code that builds something, and stops one that turns out to be a training.

`relu = make_relu()` and `net = Network(64, 10)` define what is graded; `weights = train()` must not run at load. Which
is which shows only in running, so such a call gets a budget of lines and of seconds.
"""

import sys
import time
import types
from collections.abc import Callable
from typing import Any

LINES = 2_000
"""Lines of the submission a builder may take; that of a network takes tens, an epoch of training thousands."""

OF_LIBRARIES = ("/", "<frozen ")
"""How the files of Python and of packages are called; those of a submission have no root."""

SECONDS = 0.5
"""Wall time it may take, looked at from line to line, so that few slow lines do not use up the time to load."""


class TooLong(BaseException):
    """The budget is used up. Not an Exception, so that `except Exception` of the student's does not hide it."""


def run_briefly(action: Callable[[], None]) -> None:
    """Run `action`; raises TooLong, from whatever line it is at, when the budget is used up."""
    left = LINES
    end = time.monotonic() + SECONDS

    def trace(frame: types.FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        left -= event == "line"
        if left < 0 or time.monotonic() > end:
            raise TooLong
        if frame.f_code.co_filename.startswith(OF_LIBRARIES):  # its lines are not counted; an argparse takes thousands
            return None
        # A loop on one line of a file's own statements has no event but these.
        frame.f_trace_opcodes = frame.f_code.co_name == "<module>"
        return trace

    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(None)
