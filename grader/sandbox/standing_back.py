"""How gradings stand back for whatever else wants the processor of their machine.

Linux weighs two things: the niceness of a process, and, where no cgroup says otherwise, that of its session's
autogroup (sched(7), "The autogroup feature"). Children inherit the one; a new session begins without the other.
"""

import os
from contextlib import suppress
from pathlib import Path


def stand_back(niceness: int) -> None:
    """Make this process nicer by so much, and its session if it began one: 10 is a tenth of the weight."""
    reached = os.nice(niceness)
    if os.getsid(0) == os.getpid():
        _tell("self", reached)


def take_along(process: int) -> None:
    """Give the session that a child has begun the niceness of this process."""
    _tell(str(process), os.nice(0))


def _tell(process: str, niceness: int) -> None:
    """Where there are no autogroups, or this one is not ours to change, the niceness of the process is all there is."""
    with suppress(OSError):
        Path("/proc", process, "autogroup").write_text(str(niceness), encoding="ascii")
