"""How many callers may wait at once: each open answer costs a connection."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.errors import TooManyRequests

LONGEST_WAIT_SECONDS = 30
LONGEST_STREAM_SECONDS = 300
PAUSE_SECONDS = 0.5
BEAT_SECONDS = 15  # between signs of life, so that no proxy takes a stream for dead
MOST_OPEN = 8  # of one token at a time


class Waits:
    """Counts the open waits of each token; used on the event loop alone."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def need_room(self, token_id: str) -> None:
        """Return if the token may wait once more. Raises TooManyRequests."""
        if self._open[token_id] >= MOST_OPEN:
            raise TooManyRequests(f"This token waits for {MOST_OPEN} answers already; let one end first.", 1)

    @contextmanager
    def one(self, token_id: str) -> Iterator[None]:
        """A wait of this token; whoever begins one has asked for room."""
        self._open[token_id] += 1
        try:
            yield
        finally:
            self._open[token_id] -= 1
            if not self._open[token_id]:
                del self._open[token_id]
