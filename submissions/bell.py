"""Wakes the workers of this process the moment work is committed, so that polling is only for other processes."""

import threading


class Bell:
    """A counter of rings that threads can wait on without missing one."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._rings = 0

    @property
    def rings(self) -> int:
        """How often it has rung; read it before looking for work, and hand it to wait()."""
        with self._rung:
            return self._rings

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._rung:
            self._rings += 1
            self._rung.notify_all()

    def wait(self, seen: int, timeout_seconds: float) -> None:
        """Return at the first ring after the `seen`-th, at once if it was already, or after the timeout."""
        with self._rung:
            self._rung.wait_for(lambda: self._rings > seen, timeout_seconds)
