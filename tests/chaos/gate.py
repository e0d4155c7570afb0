"""The gate before the service: how many uploads may go in, and whether all that were let in have been accepted."""

import threading


class Gate:
    """Opened by the conductor, passed by the clients."""

    def __init__(self) -> None:
        self._places = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._outside = 0  # let in and not accepted yet

    def let_in(self, uploads: int) -> None:
        """So many more may pass."""
        with self._lock:
            self._outside += uploads
        self._places.release(uploads)

    def wait(self) -> None:
        """Until one more may pass."""
        self._places.acquire()

    def accepted(self) -> None:
        """One that passed has its 202."""
        with self._lock:
            self._outside -= 1

    def clear(self) -> bool:
        """Whether every upload that was let in has its 202."""
        with self._lock:
            return self._outside <= 0
