"""How many descriptors this process has open, to show that something leaves none behind."""

import gc
import time
from pathlib import Path

LOOKS = 10
LOOK_SECONDS = 0.05
MOST_LOOKS = 200


def descriptors_at_rest() -> int:
    """How many there are once they stay the same: a sandbox that tests share makes its spares when it has time.

    What earlier tests left to the collector is collected first; it would be closed at any moment.
    """
    gc.collect()
    counts = [_descriptors()]
    while len(counts) < MOST_LOOKS and (len(counts) < LOOKS or len(set(counts[-LOOKS:])) > 1):
        time.sleep(LOOK_SECONDS)
        counts.append(_descriptors())
    return counts[-1]


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
