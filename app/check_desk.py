"""Where a file is looked at before it is handed in: a few at a time, and nobody too often."""

import logging
import threading
from collections.abc import Callable

from app.errors import TooManyRequests
from app.serving.person_limits import Allowance, again_in
from grader.errors import SandboxBroken
from grader.sandbox.outline import Outline, Unloadable
from grader.translation import gettext as _
from grader.upload import Upload
from submissions.clock import Clock

SLOTS = 2
"""Files looked at at once in this process: each takes a core for a third of a second."""

PATIENCE_SECONDS = 3.0
"""How long somebody waits for a slot; a look is a courtesy, and handing in works without it."""

PER_MINUTE = 20
"""Looks that a person may have at once; they come back evenly."""

Read = Callable[[Upload], Outline | Unloadable | None]

logger = logging.getLogger("chainrule.check")


class CheckDesk:
    """Looks at files with `read`. Nothing is stored."""

    def __init__(self, read: Read, clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self._slots = threading.BoundedSemaphore(SLOTS)
        self._looks = Allowance(PER_MINUTE)

    def look(self, person: str, upload: Upload) -> Outline | Unloadable | None:
        """What the text of `upload` tells; None where that cannot be found out now. Raises TooManyRequests."""
        wait = self._looks.take(person, self._clock())
        if wait:
            raise TooManyRequests(_("Nothing was checked: so many files came at once.") + " " + again_in(wait), wait)
        if not self._slots.acquire(timeout=PATIENCE_SECONDS):
            return None
        try:
            return self._read(upload)
        except SandboxBroken:
            logger.exception("a file could not be looked at")
            return None
        finally:
            self._slots.release()
