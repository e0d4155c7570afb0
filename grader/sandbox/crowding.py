"""Whether the processors of this machine have enough to do without anything made ahead of need."""

import os
from pathlib import Path

RUNNABLE = Path("/proc/loadavg")
"""Its fourth word is "running/all": tasks that run or could, at this moment (proc_loadavg(5)); of the whole machine."""

OURS = 2  # the caller, and a zygote that buries what the caller has just ended


def crowded(runnable: Path = RUNNABLE) -> bool:
    """Whether more tasks want to run than there are processors, this one among them; False where nothing says."""
    try:
        running, _, _ = runnable.read_text(encoding="ascii").split()[3].partition("/")
        return int(running) > max(OURS, processors())
    except (OSError, IndexError, ValueError):
        return False


def processors() -> int:
    """How many processors the machine has, whichever of them are ours: its tasks are counted on all of them."""
    return os.cpu_count() or 1
