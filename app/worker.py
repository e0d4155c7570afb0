"""The loop that grades: examine the sandbox, and while its walls hold take jobs from the queue."""

import logging
import threading
from collections.abc import Callable

from app.gradings.grading import Graders
from app.metrics.instruments import Metrics
from app.sandbox_health import SandboxHealth, SandboxState
from app.tracing import Tracing
from submissions.errors import SubmissionsError
from submissions.models import Lane
from submissions.queue import Engine

AGAIN_SECONDS = 60.0  # between two examinations of a sandbox that does not hold
NOTICE_SECONDS = 0.2  # until a request to stop is passed on

logger = logging.getLogger("chainrule.worker")


class Worker:
    """Grades until `stop` is set. While a mandatory wall does not hold, uploads wait in the queue.

    graders: opens what grades, at the level that the examination found; when that reports a lost wall, it is closed and
    the sandbox examined again.
    """

    def __init__(
        self,
        engine: Engine,
        graders: Graders,
        examine: Callable[[], SandboxHealth],
        *,
        slots: int,
        stop: threading.Event,
        told: Callable[[SandboxHealth], None],
        metrics: Metrics,
        tracing: Tracing | None = None,
    ) -> None:
        self._engine = engine
        self._graders = graders
        self._examine = examine
        self._slots = slots
        self._stop = stop
        self._told = told
        self._metrics = metrics
        self._tracing = tracing or Tracing()

    def run(self) -> None:
        """Examine, then work until told to stop; whatever keeps it from working, it tells and tries again later."""
        while not self._stop.is_set():
            health = self._work()
            if health.state is not SandboxState.HOLDS:
                self._told(health)
                logger.error("No grading: %s Uploads are accepted and wait.", health.message)
                self._stop.wait(AGAIN_SECONDS)

    def _work(self) -> SandboxHealth:
        """Work while the walls hold; what is known when that ends."""
        try:
            health = self._examine()
            if health.state is SandboxState.HOLDS:
                self._told(health)
                self._grade(health.level)
        except SubmissionsError as error:  # such as another host at work on this database
            return SandboxHealth(SandboxState.REFUSED, message=error.sentence)
        except Exception as error:  # a worker that ends in silence would leave every upload waiting
            logger.exception("the worker failed")
            return SandboxHealth(SandboxState.REFUSED, message=f"The worker failed ({type(error).__name__}).")
        return health

    def _grade(self, level: str) -> None:
        """Take jobs until told to stop, or until a wall no longer holds."""
        halt = threading.Event()

        def pass_on() -> None:
            while not halt.is_set() and not self._stop.wait(NOTICE_SECONDS):
                continue
            halt.set()

        passing = threading.Thread(target=pass_on, name="stop")
        passing.start()
        try:
            with self._graders(level, halt.set) as handler:
                self._engine.run(
                    self._tracing.traced(self._metrics.timed(handler)), slots=self._slots, lanes=tuple(Lane), stop=halt
                )
        finally:
            halt.set()
            passing.join()
