"""How often a person may hand in and open pages, so that one browser that runs wild slows nobody else down."""

import math
import threading
from datetime import datetime

from app.errors import TooManyRequests
from grader.translation import gettext as _
from grader.translation import ngettext

WINDOW_SECONDS = 60.0
MOST_KNOWN = 10_000
"""People who are counted before those who have been quiet for a minute are forgotten."""


class Allowance:
    """So many a minute, which come back evenly: after a burst of all of them one is back in a minute divided by them.

    Counted in this process: of several servers each gives the whole allowance.
    """

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, datetime]] = {}

    def take(self, who: str, now: datetime) -> int:
        """Take one; 0, or where none is left after how many seconds there will be one."""
        if self._per_minute == 0:
            return 0
        rate = self._per_minute / WINDOW_SECONDS
        with self._lock:
            if len(self._left) >= MOST_KNOWN:
                self._left = {name: one for name, one in self._left.items() if self._now(one, now) < self._per_minute}
            left = self._now(self._left.get(who, (float(self._per_minute), now)), now)
            spent = left < 1.0
            self._left[who] = (left if spent else left - 1.0, now)
        return math.ceil((1.0 - left) / rate) if spent else 0

    def _now(self, known: tuple[float, datetime], now: datetime) -> float:
        left, at = known
        passed = max(0.0, (now - at).total_seconds())  # a clock that is set back gives nothing and takes nothing
        return min(float(self._per_minute), left + passed * self._per_minute / WINDOW_SECONDS)


class PersonLimits:
    """The two allowances of a person on pages. API tokens have their own."""

    def __init__(self, uploads_per_minute: int, pages_per_minute: int) -> None:
        self._uploads = Allowance(uploads_per_minute)
        self._pages = Allowance(pages_per_minute)

    def hand_in(self, user_id: str, now: datetime) -> None:
        """An upload. Raises TooManyRequests before anything of it is kept."""
        wait = self._uploads.take(user_id, now)
        if wait:
            raise TooManyRequests(_("Nothing was uploaded: so many files came at once.") + " " + again_in(wait), wait)

    def open_page(self, user_id: str, now: datetime) -> None:
        """A page. Raises TooManyRequests."""
        wait = self._pages.take(user_id, now)
        if wait:
            raise TooManyRequests(_("This account opens pages faster than anybody reads.") + " " + again_in(wait), wait)


def again_in(seconds: int) -> str:
    """When to try again, in a sentence."""
    return ngettext("Try again in a second.", "Try again in {n} seconds.", seconds, n=seconds)
