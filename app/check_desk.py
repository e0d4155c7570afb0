"""Where a file is looked at before it is handed in: a few at a time, and nobody too often."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

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

GLANCE_PATIENCE_SECONDS = 0.5
"""How long a file that is being handed in waits for a slot: it is taken without a look, and its page waits for it."""

REMEMBERED = 64
"""People whose last look is kept in memory: the page looks at a file when it is chosen, and again when it is sent."""

PER_MINUTE = 20
"""Looks that a person may have at once; they come back evenly."""

Read = Callable[[Upload], Outline | Unloadable | None]

logger = logging.getLogger("chainrule.check")


class CheckDesk:
    """Looks at files with `read`. Nothing is stored; what a person's last file told is remembered for a while."""

    def __init__(self, read: Read, clock: Clock) -> None:
        self._read = read
        self._clock = clock
        self._slots = threading.BoundedSemaphore(SLOTS)
        self._looks = Allowance(PER_MINUTE)
        self._lock = threading.Lock()
        self._last: OrderedDict[str, tuple[bytes, Outline | Unloadable]] = OrderedDict()

    def look(self, person: str, upload: Upload) -> Outline | Unloadable | None:
        """What the text of `upload` tells; None where that cannot be found out now. Raises TooManyRequests."""
        wait = self._looks.take(person, self._clock())
        if wait:
            raise TooManyRequests(_("Nothing was checked: so many files came at once.") + " " + again_in(wait), wait)
        return self._looked(person, upload, PATIENCE_SECONDS)

    def glance(self, person: str, upload: Upload) -> Outline | Unloadable | None:
        """The same of a file that is being handed in, which has a limit of its own and waits for less."""
        with self._lock:
            digest, told = self._last.get(person, (b"", None))
        if told is not None and digest == _digest(upload):
            return told
        return self._looked(person, upload, GLANCE_PATIENCE_SECONDS)

    def _looked(self, person: str, upload: Upload, patience_seconds: float) -> Outline | Unloadable | None:
        if not self._slots.acquire(timeout=patience_seconds):
            return None
        try:
            told = self._read(upload)
        except SandboxBroken:
            logger.exception("a file could not be looked at")
            return None
        finally:
            self._slots.release()
        if told is not None:
            with self._lock:
                self._last[person] = (_digest(upload), told)
                self._last.move_to_end(person)
                while len(self._last) > REMEMBERED:
                    self._last.popitem(last=False)
        return told


def _digest(upload: Upload) -> bytes:
    digest = sha256()
    for file in upload.files:
        for text in (file.name, file.text):
            data = text.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % len(data) + data)
    return digest.digest()
