"""Writers of one process, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turnstile:
    """Lets one through at a time.

    SQLite lets who waits for its lock look again after ever longer sleeps, so that others who come later go first:
    at 50 uploads a second some waited for seconds. Between the threads of a process nobody needs to sleep.
    """

    def __init__(self, most_seconds: float) -> None:
        """most_seconds: after so long one goes on without a turn, and the database decides."""
        self._most_seconds = most_seconds
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and hold it until the block ends."""
        mine = self._take()
        try:
            yield
        finally:
            if mine:
                self._give()

    def _take(self) -> bool:
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        try:
            mine.wait(self._most_seconds)
        except BaseException:
            if self._leave(mine):
                self._give()
            raise
        return self._leave(mine)

    def _leave(self, mine: threading.Event) -> bool:
        """Wait no longer; whether the turn has come."""
        with self._lock:
            if not mine.is_set():
                self._waiting.remove(mine)
            return mine.is_set()

    def _give(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
