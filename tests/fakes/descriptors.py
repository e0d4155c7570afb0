"""How many descriptors this process has open, to show that something leaves none behind."""

import gc
import time
from collections.abc import Callable
from pathlib import Path

LOOKS = 10
LOOK_SECONDS = 0.05
MOST_LOOKS = 200
TRIES = 6


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


def left_open(act: Callable[[], object]) -> int:
    """How many more descriptors are open after each `act`; 0 as soon as one of a few leaves none.

    What leaves one behind does so every time. Others open some only now and then: on a crowded machine a sandbox that
    other tests share may be without spares for long, and makes them while this is counted.
    """
    more = 0
    for _ in range(TRIES):
        before = descriptors_at_rest()
        act()
        more = descriptors_at_rest() - before
        if more <= 0:
            return 0
    return more


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))
