"""The warm launcher: hands out processes that a zygote has forked and walled ahead of time, each of them once."""

import logging
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable

from grader.errors import SandboxBroken
from grader.sandbox.launch import Launch
from grader.sandbox.process import Process
from grader.sandbox.zygote import Spare, Zygote, ZygoteGone
from reference.spec import Limits

AHEAD = 2
"""Spares that wait: one for the next session, one for a second session beside it."""

MOST_ORDERS = 10_000
MOST_SECONDS = 3_600.0
"""All children of a zygote share its memory layout, so it is replaced after so many, or so long."""

log = logging.getLogger(__name__)


class WarmLauncher:
    """A Launch (see launch.py). Spares are kept for the limits last asked for; spares for others are let go."""

    def __init__(
        self,
        cold: Launch,
        ahead: int = AHEAD,
        clock: Callable[[], float] = time.monotonic,
        start: Callable[[], Zygote] = Zygote,
    ) -> None:
        self._cold = cold
        self._ahead = ahead
        self._clock = clock
        self._start = start
        self._lock = threading.Lock()
        self._zygote: Zygote | None = None
        self._started = 0.0
        self._limits: Limits | None = None
        self._spares: deque[Spare] = deque()
        self._refused = False
        weakref.finalize(self, _let_go, self._spares)

    def __call__(self, limits: Limits) -> Process:
        """A process with these limits, from a spare if one is ready. Raises SandboxBroken."""
        with self._lock:
            for _ in range(2):  # a zygote that died between two sessions is replaced
                if self._refused:
                    break
                try:
                    return self._warm(limits)
                except ZygoteGone as error:
                    log.warning("A zygote is replaced: %s", error)
                    self._end()
                except OSError as error:
                    raise SandboxBroken(f"a process for the submission cannot be started: {error}") from error
            self._refused = True  # the same walls, a tenth of a second later for every session
            return self._cold(limits)

    @property
    def zygote(self) -> int | None:
        """Process id of the running zygote."""
        with self._lock:
            return self._zygote.number if self._zygote else None

    def close(self) -> None:
        """End the zygote, spares and whatever session is still open. Safe to call twice; a later launch starts anew."""
        with self._lock:
            self._end()

    def _warm(self, limits: Limits) -> Process:
        zygote = self._current()
        if limits != self._limits:
            _let_go(self._spares)
            self._limits = limits
        process = None
        while process is None and self._spares:
            process = zygote.take(self._spares.popleft())
        if process is None:
            process = zygote.take(zygote.order(limits))
        if process is None:
            raise ZygoteGone("a child ended as soon as it was made")
        try:
            while len(self._spares) < self._ahead:
                self._spares.append(zygote.order(limits, ahead=True))
        except BaseException:
            process.close()
            raise
        return process

    def _current(self) -> Zygote:
        """The zygote; a new one if there is none or it is worn. An old one lives until its sessions end."""
        zygote = self._zygote
        if zygote and (zygote.orders >= MOST_ORDERS or self._clock() - self._started >= MOST_SECONDS):
            _let_go(self._spares)
            zygote = self._zygote = None
        if zygote is None:
            zygote = self._zygote = self._start()
            self._started = self._clock()
        return zygote

    def _end(self) -> None:
        _let_go(self._spares)
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None


def _let_go(spares: deque[Spare]) -> None:
    while spares:
        spares.popleft().close()
