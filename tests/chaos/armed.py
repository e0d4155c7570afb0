"""`chainrule` with a clock that can be set and, where the environment says so, a moment at which it dies.

Run as `python -m tests.chaos.armed serve`. CHAOS_CLOCK: the file with the clock's seconds. CHAOS_CRASH: a point of
crash_points.py and how often it is passed, such as `grade.written:3`.
"""

import os
from pathlib import Path

import submissions.clock
from tests.chaos.adjustable_clock import adjustable

CLOCK = "CHAOS_CLOCK"
CRASH = "CHAOS_CRASH"


def main() -> None:
    """Arm this process, then be `chainrule`."""
    if file := os.environ.get(CLOCK):
        submissions.clock.system_clock = adjustable(Path(file))  # before anything of the service takes it from there
    if crash := os.environ.get(CRASH):
        from tests.chaos.crash_points import POINTS, arm

        name, _, passing = crash.partition(":")
        arm(POINTS[name], int(passing))
    from app.cli import main as chainrule

    chainrule()


if __name__ == "__main__":
    main()
