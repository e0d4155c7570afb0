"""A web server that says that it is going before it goes."""

import signal
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn


class DrainingServer(uvicorn.Server):
    """Told to end (SIGTERM), it claims nothing new and /readyz says so for `drain_seconds`; then it stops listening.

    Until then every request is answered as ever, so that a load balancer has time to look elsewhere; only streams of
    events end at once. A second signal, or SIGINT from a person who waits at a terminal, skips the wait. draining: set
    as soon as it was told. before: called then too, to end those streams, which would use up the server's patience with
    requests under way.
    """

    def __init__(
        self, config: uvicorn.Config, draining: threading.Event, drain_seconds: float, before: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._before = before
        self._draining = draining
        self._drain_seconds = drain_seconds
        self._told = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """See uvicorn.Server; called in a signal handler."""
        first, self._told = not self._told, True
        if first:  # a second set() inside of the first, by a second signal, would wait for it for ever
            self._draining.set()
            self._before()
        if first and sig == signal.SIGTERM and self._drain_seconds > 0:
            later = threading.Timer(self._drain_seconds, super().handle_exit, (sig, frame))
            later.daemon = True
            later.start()
        else:
            super().handle_exit(sig, frame)
