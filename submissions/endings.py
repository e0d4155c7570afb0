"""Tells those of this process who wait for a submission that a grading of it has ended, once that is committed."""

import threading
from collections.abc import Callable, Iterable


class Endings:
    """Who waits for what. Workers in other processes are not heard of: whoever waits looks by itself now and then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, list[Callable[[], None]]] = {}

    def tell(self, submission_id: str, ended: Callable[[], None]) -> Callable[[], None]:
        """Call `ended`, in whatever thread commits, at each ending from now on; what is returned stops that."""
        with self._lock:
            self._waiting.setdefault(submission_id, []).append(ended)
        return lambda: self._forget(submission_id, ended)

    def announce(self, submission_ids: Iterable[str]) -> None:
        """Gradings of these submissions have ended."""
        with self._lock:
            calls = [ended for each in submission_ids for ended in self._waiting.get(each, ())]
        for ended in calls:
            ended()

    def _forget(self, submission_id: str, ended: Callable[[], None]) -> None:
        with self._lock:
            left = self._waiting.get(submission_id, [])
            if ended in left:
                left.remove(ended)
            if not left:
                self._waiting.pop(submission_id, None)
