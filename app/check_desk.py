"""Where a file is looked at before it is handed in: a few at a time, and nobody too often."""

import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from app.errors import TooManyAttempts
from grader.errors import SandboxBroken
from grader.sandbox.outline import Outline, Unloadable
from grader.upload import Upload
from submissions.clock import Clock

SLOTS = 2
"""Files looked at at once in this process: each takes a core for a third of a second."""

PATIENCE_SECONDS = 3.0
"""How long somebody waits for a slot; a look is a courtesy, and handing in works without it."""

PER_MINUTE = 20
REMEMBERED = 10_000
"""People whose last looks are remembered; of more, the one who looked longest ago is forgotten."""

Read = Callable[[Upload], Outline | Unloadable | None]

logger = logging.getLogger("chainrule.check")


class CheckDesk:
    """Looks at files with `read`. Nothing is stored."""

    def __init__(self, read: Read, clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self._slots = threading.BoundedSemaphore(SLOTS)
        self._lock = threading.Lock()
        self._looks: OrderedDict[str, deque[datetime]] = OrderedDict()

    def look(self, person: str, upload: Upload) -> Outline | Unloadable | None:
        """What the text of `upload` tells; None where that cannot be found out now. Raises TooManyAttempts."""
        self._count(person)
        if not self._slots.acquire(timeout=PATIENCE_SECONDS):
            return None
        try:
            return self._read(upload)
        except SandboxBroken:
            logger.exception("a file could not be looked at")
            return None
        finally:
            self._slots.release()

    def _count(self, person: str) -> None:
        now, minute = self._clock(), timedelta(minutes=1)
        with self._lock:
            looks = self._looks.setdefault(person, deque())
            self._looks.move_to_end(person)
            while looks and now - looks[0] >= minute:
                looks.popleft()
            if len(looks) >= PER_MINUTE:
                raise TooManyAttempts(max(1, int((looks[0] + minute - now).total_seconds()) + 1))
            looks.append(now)
            while len(self._looks) > REMEMBERED:
                self._looks.popitem(last=False)
