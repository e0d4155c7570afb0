"""The warm launcher: hands out processes that a zygote has forked and walled ahead of time, each of them once."""

import logging
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable

from grader.errors import SandboxBroken
from grader.sandbox.crowding import crowded
from grader.sandbox.launch import Launch
from grader.sandbox.process import Process
from grader.sandbox.zygote import Spare, Zygote, ZygoteGone
from reference.spec import Limits

AHEAD = 4
"""Spares that wait: the parts of a submission are sessions one after the other, and a fork takes longer than a part."""

LATER_SECONDS = 0.02
"""On a crowded machine: until it is looked at again whether spares can be made."""

MOST_ORDERS = 10_000
MOST_SECONDS = 3_600.0
"""All children of a zygote share its memory layout, so it is replaced after so many, or so long."""

log = logging.getLogger(__name__)


class WarmLauncher:
    """A Launch (see launch.py). Spares are kept for the limits last asked for; spares for others are let go.

    cold: what starts a process without a zygote, where none can be had; None where nothing else will do. crowded:
    whether the machine is too busy for spares: made then, they take from what runs more than they give to what comes.
    """

    def __init__(
        self,
        cold: Launch | None,
        ahead: int = AHEAD,
        clock: Callable[[], float] = time.monotonic,
        start: Callable[[], Zygote] = Zygote,
        crowded: Callable[[], bool] = crowded,
    ) -> None:
        self._cold = cold
        self._ahead = ahead
        self._clock = clock
        self._start = start
        self._crowded = crowded
        self._lock = threading.Lock()
        self._zygote: Zygote | None = None
        self._started = 0.0
        self._later: threading.Timer | None = None
        self._limits: Limits | None = None
        self._spares: deque[Spare] = deque()
        self._refused = False
        weakref.finalize(self, _let_go, self._spares)

    def __call__(self, limits: Limits) -> Process:
        """A process with these limits, from a spare if one is ready. Raises SandboxBroken."""
        with self._lock:
            reason: Exception | None = None
            for _ in range(2):  # a zygote that died between two sessions is replaced
                if self._refused:
                    break
                try:
                    return self._warm(limits)
                except ZygoteGone as error:
                    log.warning("A zygote is replaced: %s", error)
                    self._end()
                    reason = error
                except OSError as error:
                    raise SandboxBroken(f"a process for the submission cannot be started: {error}") from error
            if self._cold is None:
                raise SandboxBroken(f"no zygote starts: {reason}")
            self._refused = True  # the same walls, a tenth of a second later for every session
            return self._cold(limits)

    @property
    def zygote(self) -> int | None:
        """Process id of the running zygote."""
        with self._lock:
            return self._zygote.number if self._zygote else None

    @property
    def spares(self) -> int:
        """How many processes are ordered ahead of the next launch."""
        return len(self._spares)

    def tend(self) -> None:
        """Order the spares that are missing and take note of those that came; waits for nothing and raises nothing.

        For the moments between two sessions: a fork beside a running one would slow it down. While the machine is
        crowded it orders nothing, and looks again later.
        """
        with self._lock:
            if self._zygote is None or self._limits is None:
                return
            try:
                if len(self._spares) < self._ahead and self._crowded():
                    self._tend_later()
                else:
                    for _ in range(self._ahead - len(self._spares)):
                        self._spares.append(self._zygote.order(self._limits, ahead=True))
                self._zygote.collect()
            except ZygoteGone as error:  # the next launch starts another
                log.warning("A zygote has ended: %s", error)
                self._end()

    def close(self) -> None:
        """End the zygote, spares and whatever session is still open. Safe to call twice; a later launch starts anew."""
        with self._lock:
            self._end()

    def _tend_later(self) -> None:
        """Once, whoever asks; by a thread that does not keep this launcher from being forgotten."""
        if self._later is None:
            self._later = threading.Timer(LATER_SECONDS, _tend, (weakref.ref(self),))
            self._later.daemon = True
            self._later.start()

    def _tend_now(self) -> None:
        with self._lock:
            self._later = None
        self.tend()

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
        if self._later is not None:
            self._later.cancel()
            self._later = None
        _let_go(self._spares)
        if self._zygote is not None:
            self._zygote.close()
            self._zygote = None


def _tend(forgettable: "weakref.ref[WarmLauncher]") -> None:
    launcher = forgettable()
    if launcher is not None:
        launcher._tend_now()


def _let_go(spares: deque[Spare]) -> None:
    while spares:
        spares.popleft().close()
