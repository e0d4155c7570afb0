"""The gate before the service: how many uploads may go in, and whether all that were let in have been accepted."""

import threading


class Gate:
    """Opened by the conductor, passed by the clients."""

    def __init__(self) -> None:
        self._places = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._outside = 0  # let in and not accepted yet
        self._closed = threading.Event()

    def let_in(self, uploads: int) -> None:
        """So many more may pass."""
        with self._lock:
            self._outside += uploads
        self._places.release(uploads)

    def wait(self) -> bool:
        """Until one more may pass; False where nobody may any more."""
        self._places.acquire()
        if self._closed.is_set():
            self._places.release()  # for whoever else waits
            return False
        return True

    def close(self) -> None:
        """Nobody passes any more."""
        self._closed.set()
        self._places.release()

    def accepted(self) -> None:
        """One that passed has its 202."""
        with self._lock:
            self._outside -= 1

    def clear(self) -> bool:
        """Whether every upload that was let in has its 202."""
        with self._lock:
            return self._outside <= 0
