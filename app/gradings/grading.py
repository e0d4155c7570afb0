"""Grades jobs in processes of their own: whatever happens in there, the worker and the server live on."""

import contextlib
import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from app.gradings.grading_child import GradingChild, SandboxLost
from app.gradings.own_process import own_command
from app.logs.about import about_grading
from app.secret_key import grading_seed
from app.settings import Settings
from submissions.queue import Graded, Handler, Job

MOST_JOBS = 1_000
"""A grading process is replaced after so many: whatever it might gather does not grow without end."""

logger = logging.getLogger("chainrule.grading")

Progress = Callable[[Job, Mapping[str, Any]], None]
"""Told of each part as it ends: {"part": name, "given": points, "maximum": points}; of epochs: {"training": {...}}."""


def grading_command(level: str) -> list[str]:
    """The command of a process that grades at a level of the sandbox."""
    return own_command("app.gradings.grading_process", level)


def _starter() -> ThreadPoolExecutor:
    """One thread that starts every process. A process ends with the thread that started it (die_with_parent), and one
    slot may end while another is still at work with a process that was the first one's before."""
    return ThreadPoolExecutor(1, "starter")


def _nobody(_job: Job) -> None:
    """Told that a grading has ended, tells nobody."""


@dataclass(frozen=True, slots=True)
class SubprocessGrader:
    """A handler for the queue. Its processes outlive a job, so that imports and a warm sandbox are paid once.

    level: of the sandbox, proven before. lost: called when a wall no longer holds. settled: told that a grading has
    ended, however it did. `stop` ends a grading early when the worker is told to stop; it is no attempt then. observe:
    told what a process says of its sandbox before each job. `close` ends the processes.
    """

    settings: Settings
    key: bytes
    stop: threading.Event
    progress: Progress
    level: str
    lost: Callable[[], None]
    command: Callable[[str], list[str]] = grading_command
    observe: Callable[[Mapping[str, Any]], None] = lambda _bench: None
    settled: Callable[[Job], None] = _nobody
    _idle: list[GradingChild] = field(default_factory=list)
    _starter: ThreadPoolExecutor = field(default_factory=_starter)

    def prepare(self, slots: int) -> None:
        """Start a process for each of `slots` gradings at a time, so that no submission waits for its imports.

        Raises OSError where one cannot be started; none of them is left then.
        """
        try:
            for _ in range(slots):
                self._idle.append(self._started())
        except OSError:
            self.close()
            raise

    def __call__(self, job: Job) -> Graded:
        """Grade `job`. Raises GradingFailed or AssignmentUnusable, Postponed where nothing can be graded now."""
        with about_grading(job.grading_id):
            return self._graded(job)

    def _graded(self, job: Job) -> Graded:
        seed = grading_seed(self.key, job.submission_id)  # kept with the grading, for staff; a log is read by more
        logger.info("attempt %d begins", job.attempt, extra={"submission_id": job.submission_id})
        header = {
            "assignment": job.assignment_slug,
            "filename": job.filename,
            "size_bytes": len(job.source),
            "seed": seed,
            "assignment_dirs": [str(path.absolute()) for path in self.settings.assignment_folders],
        }
        try:
            with self._child() as child:
                report = child.ask(
                    json.dumps(header).encode() + b"\n" + job.source,
                    lambda part: self._tell(job, part),
                    self.settings.grading_wall_seconds,
                    self.stop,
                    job.dropped,
                )
        finally:
            self.settled(job)
        logger.info("attempt %d is done", job.attempt, extra={"submission_id": job.submission_id})
        return Graded(report, seed, str(report["version"]))

    def close(self) -> None:
        """End the processes that wait for a job."""
        while self._idle:
            self._idle.pop().close()
        self._starter.shutdown()

    @contextmanager
    def _child(self) -> Iterator[GradingChild]:
        """A process to ask: one that waits, or a new one. After any exception it is ended, and the next one is new."""
        try:
            child = self._idle.pop()
        except IndexError:
            child = self._started()
        if not child.alive:
            child.close()
            child = self._started()
        try:
            yield child
        except SandboxLost:
            child.close()
            self.lost()
            raise
        except BaseException:
            child.close()
            raise
        if child.jobs < MOST_JOBS:
            self._idle.append(child)
        else:
            child.close()

    def _started(self) -> GradingChild:
        return self._starter.submit(GradingChild, self.command(self.level)).result()

    def _tell(self, job: Job, part: Mapping[str, Any]) -> None:
        try:
            if "bench" in part:
                self.observe(part["bench"])
            else:
                self.progress(job, part)
        except Exception:  # a page that shows less is no reason to lose a grade
            logger.exception("the progress of grading %s could not be noted", job.grading_id)


Graders = Callable[[str, Callable[[], None]], contextlib.AbstractContextManager[Handler]]
"""Opens a handler that grades at a level of the sandbox and calls back when a wall no longer holds."""
