"""How many callers may wait at once: each open answer costs a connection."""

from collections import Counter
from collections.abc import Callable

from app.errors import TooManyRequests
from grader.translation import gettext as _

LONGEST_WAIT_SECONDS = 30
LONGEST_STREAM_SECONDS = 300
PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0  # far back in the queue: who has left is noticed so late
BEAT_SECONDS = 15  # between signs of life, so that no proxy takes a stream for dead
MOST_OPEN = 8  # of one person at a time, with however many tokens
MOST_IN_ALL = 300  # of everybody in this process


class Waits:
    """Counts the open waits of each person; used on the event loop alone."""

    def __init__(self, in_all: int = MOST_IN_ALL) -> None:
        self._in_all = in_all
        self._open: Counter[str] = Counter()

    @property
    def open(self) -> int:
        """How many there are."""
        return self._open.total()

    def take(self, person: str) -> Callable[[], None]:
        """A place to wait; what it returns gives the place back. Raises TooManyRequests where there is none."""
        if self._open[person] >= MOST_OPEN:
            raise TooManyRequests(_("You wait for {most} answers already; let one end first.", most=MOST_OPEN), 1)
        if self.open >= self._in_all:
            raise TooManyRequests(_("Too many wait for answers just now; ask again without waiting."), 1)
        self._open[person] += 1
        return lambda: self._leave(person)

    def _leave(self, person: str) -> None:
        self._open[person] -= 1
        if self._open[person] <= 0:
            del self._open[person]
