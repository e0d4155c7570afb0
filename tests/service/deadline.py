"""A bound for what is waited for: nothing that measures or harms the service waits for ever."""

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadline:
    """what: is waited for. seconds: how long, from `begun` on the monotonic clock."""

    what: str
    seconds: float
    begun: float

    def hold(self) -> None:
        """Raises TimeoutError once it has passed."""
        if time.monotonic() - self.begun > self.seconds:
            raise TimeoutError(f"{self.what}: nothing after {self.seconds:.0f} s")


def deadline(what: str, seconds: float) -> Deadline:
    """One that begins now."""
    return Deadline(what, seconds, time.monotonic())
