"""The machine that is measured on, and what else it did meanwhile: figures mean little without both."""

import os
import platform
from pathlib import Path

import numpy as np

STAT = Path("/proc/stat")
IDLE = (3, 4)
"""Fields of the line "cpu" of proc_stat(5) that are no work: idle and iowait."""

GUEST = 8
"""From here on the fields repeat what user and nice hold already."""


def description() -> str:
    """Cores, kernel, versions."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), Linux {platform.release()}, "
        f"Python {platform.python_version()}, NumPy {np.__version__}"
    )


def busy_seconds() -> float:
    """Processor time that all processes of the machine took since it started, over all cores."""
    fields = [int(word) for word in STAT.read_text(encoding="ascii").splitlines()[0].split()[1 : GUEST + 1]]
    return sum(ticks for number, ticks in enumerate(fields) if number not in IDLE) / os.sysconf("SC_CLK_TCK")
