"""Grades a job in a process of its own: whatever happens in there, the worker and the server live on."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from app.own_process import own_command, own_environment
from app.secret_key import grading_seed
from app.settings import Settings
from submissions.errors import Postponed
from submissions.queue import Graded, Job

LOG_LINES_KEPT = 40  # of what a process said before it failed, for staff
LOG_LINE_CHARACTERS = 500
STEP_SECONDS = 0.1
STOP_SECONDS = 8.0  # what a grading may still take when the worker is told to stop; most take less
EXIT_SECONDS = 5.0  # from the report to the end of the process; it only has to close its sandbox

logger = logging.getLogger("chainrule.grading")

Progress = Callable[[Job, Mapping[str, Any]], None]
"""Told of each part as it ends: {"part": name, "given": points, "maximum": points}."""


class GradingFailed(Exception):
    """The grading process ended without a report: our fault, tried again. The message is for staff."""


def grading_command() -> list[str]:
    """The command of the process that grades."""
    return own_command("app.grading_process")


@dataclass(frozen=True, slots=True)
class SubprocessGrader:
    """A handler for the queue. `stop` ends a grading early when the worker is told to stop; it is no attempt then."""

    settings: Settings
    key: bytes
    stop: threading.Event
    progress: Progress
    command: Callable[[], list[str]] = grading_command

    def __call__(self, job: Job) -> Graded:
        """Grade `job`. Raises GradingFailed for a fault of ours, Postponed where nothing can be graded now."""
        seed = grading_seed(self.key, job.submission_id)
        logger.info(
            "grading %s of submission %s, attempt %d, seed %s", job.grading_id, job.submission_id, job.attempt, seed
        )
        header = {
            "assignment": job.assignment_slug,
            "filename": job.filename,
            "size_bytes": len(job.source),
            "seed": seed,
            "sandbox": self.settings.sandbox.value,
            "assignment_dirs": [str(path.absolute()) for path in self.settings.assignment_dirs],
        }
        report = self._run(job, json.dumps(header).encode() + b"\n" + job.source)
        return Graded(report, seed, str(report["version"]))

    def _run(self, job: Job, question: bytes) -> Mapping[str, Any]:
        process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no word of it is a student's
            self.command(),
            env=own_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert process.stdin and process.stdout and process.stderr  # noqa: S101  # all three are pipes
        said: deque[str] = deque(maxlen=LOG_LINES_KEPT)
        watch = _Watch(process, self.settings.grading_wall_seconds, self.stop)
        threads = [
            threading.Thread(target=_write, args=(process.stdin, question)),
            threading.Thread(target=_keep, args=(process.stderr, said)),
            threading.Thread(target=watch.run),
        ]
        try:
            for thread in threads:
                thread.start()
            report = self._answer(job, process.stdout)
        finally:
            watch.finish()
            for thread in threads:
                thread.join()
            process.stdout.close()
            process.stderr.close()
        if watch.stopped:
            raise Postponed("The worker is stopping; the grading starts again with the next one.")
        if report is None or process.returncode != 0:
            why = "took too long" if watch.timed_out else f"ended with exit code {process.returncode}"
            raise GradingFailed(f"the grading process {why}: " + " | ".join(said))
        return report

    def _answer(self, job: Job, lines: IO[bytes]) -> Mapping[str, Any] | None:
        report = None
        for line in lines:
            try:
                message = json.loads(line)
            except ValueError as error:
                raise GradingFailed("the grading process wrote a line that is no JSON") from error
            if "postponed" in message:
                raise Postponed(str(message["postponed"]))
            if "report" in message:
                report = message["report"]
            else:
                self._tell(job, message)
        return report

    def _tell(self, job: Job, part: Mapping[str, Any]) -> None:
        try:
            self.progress(job, part)
        except Exception:  # a page that shows less is no reason to lose a grade
            logger.exception("the progress of grading %s could not be noted", job.grading_id)


class _Watch:
    """Ends a process and its group when its time is over or the worker stops, and after its answer in any case."""

    def __init__(self, process: "subprocess.Popen[bytes]", wall_seconds: float, stop: threading.Event) -> None:
        self._process = process
        self._wall_seconds = wall_seconds
        self._stop = stop
        self._answered = threading.Event()
        self.timed_out = False
        self.stopped = False

    def run(self) -> None:
        waited = grace = 0.0
        while not self._answered.wait(STEP_SECONDS):
            waited += STEP_SECONDS
            grace += STEP_SECONDS if self._stop.is_set() else 0.0
            self.stopped = grace > STOP_SECONDS
            self.timed_out = waited >= self._wall_seconds
            if self.stopped or self.timed_out:
                self._end()
                return

    def finish(self) -> None:
        """The answer is complete (or broken): give the process a moment to end by itself."""
        self._answered.set()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(EXIT_SECONDS)
        self._end()
        self._process.wait()

    def _end(self) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _write(stdin: IO[bytes], question: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), stdin:
        stdin.write(question)


def _keep(stderr: IO[bytes], said: "deque[str]") -> None:
    for line in stderr:
        text = line.decode("utf-8", "replace").rstrip()[:LOG_LINE_CHARACTERS]
        said.append(text)
        logger.info("%s", text)
