"""Slows down guessing: after some wrong passwords for one e-mail from one address, a pause."""

import math
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.errors import TooManyAttempts

MOST_REMEMBERED = 10_000  # pairs of e-mail and address; the oldest is forgotten first, so memory stays bounded


@dataclass
class LoginThrottle:
    """Counts wrong passwords in memory: one process, forgotten at a restart."""

    attempts: int
    pause: timedelta
    _wrong: dict[tuple[str, str], deque[datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, email: str, address: str, now: datetime) -> None:
        """Raises TooManyAttempts while the pause lasts."""
        with self._lock:
            recent = self._recent((email, address), now)
            if len(recent) >= self.attempts:
                raise TooManyAttempts(max(1, math.ceil((recent[0] + self.pause - now).total_seconds())))

    def wrong(self, email: str, address: str, now: datetime) -> None:
        """Note a wrong password."""
        with self._lock:
            recent = self._recent((email, address), now)
            recent.append(now)
            self._wrong.pop((email, address), None)
            self._wrong[email, address] = recent
            while len(self._wrong) > MOST_REMEMBERED:
                del self._wrong[next(iter(self._wrong))]

    def right(self, email: str, address: str) -> None:
        """Forget the wrong ones after a right one."""
        with self._lock:
            self._wrong.pop((email, address), None)

    def _recent(self, key: tuple[str, str], now: datetime) -> deque[datetime]:
        return deque((moment for moment in self._wrong.get(key, ()) if moment > now - self.pause), maxlen=self.attempts)
