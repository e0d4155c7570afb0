"""A reader that never comes to an end fails its test instead of holding up the run."""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

HANG_SECONDS = 120
"""Far beyond any of these tests on the slowest machine: no stopwatch, only the difference between long and for ever."""


@pytest.fixture(autouse=True)
def _end_what_hangs() -> Iterator[None]:
    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"a test of a reader did not end within {HANG_SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HANG_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
