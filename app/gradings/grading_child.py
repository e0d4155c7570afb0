"""A process that grades, as the worker holds it: it is asked one job after the other, watched, and ended."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

from app.gradings.own_process import own_environment
from app.logs.about import about
from submissions.errors import AssignmentUnusable, Postponed

LOG_LINES_KEPT = 40  # of what a process said before it failed, for staff
LOG_LINE_CHARACTERS = 500
STEP_SECONDS = 0.1
STOP_SECONDS = 8.0  # what a grading may still take when the worker is told to stop; most take less
EXIT_SECONDS = 5.0  # from the end of its questions to the end of the process; it only has to close its sandbox

logger = logging.getLogger("chainrule.grading")


class GradingFailed(Exception):
    """The grading process ended without a report: our fault, tried again. The message is for staff."""


class SandboxLost(Postponed):
    """A wall of the sandbox no longer holds: nothing is graded until it has been examined again."""


class GradingChild:
    """One running process. It serves one job at a time, and is ended by whoever gets an exception from it."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no word of it is a student's
            command,
            env=own_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._said: deque[str] = deque(maxlen=LOG_LINES_KEPT)
        self._about = ""  # the grading it is at
        self._listener = threading.Thread(target=self._keep, daemon=True)
        self._listener.start()
        self._writer: threading.Thread | None = None
        self.jobs = 0

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def ask(
        self,
        question: bytes,
        told: Callable[[Mapping[str, Any]], None],
        wall_seconds: float,
        stop: threading.Event,
        dropped: threading.Event,
    ) -> Mapping[str, Any]:
        """The report that answers `question`; `told` gets the parts as they end.

        Raises GradingFailed for any other ending, AssignmentUnusable, SandboxLost, and Postponed where `stop` was set
        and it took too long, or `dropped` was set, because nobody wants the answer any more.
        """
        assert self._process.stdin and self._process.stdout  # noqa: S101  # both are pipes
        self.jobs += 1
        self._about = about().get("grading_id", "")
        watch = _Watch(self._process, wall_seconds, stop, dropped)
        watcher = threading.Thread(target=watch.run)
        self._writer = threading.Thread(target=_write, args=(self._process.stdin, question), daemon=True)
        watcher.start()
        self._writer.start()
        try:
            report = _answer(self._process.stdout, told)
        finally:
            watch.answered.set()
            watcher.join()
        if report is None:
            if watch.dropped:
                raise Postponed("The grading is no longer wanted here; what comes of it would be discarded.")
            if watch.stopped:
                raise Postponed("The worker is stopping; the grading starts again with the next one.")
            why = "took too long" if watch.timed_out else f"ended with exit code {self._ended()}"
            self._listener.join(EXIT_SECONDS)
            raise GradingFailed(f"the grading process {why}: " + " | ".join(self._said))
        self._writer.join(EXIT_SECONDS)
        if self._writer.is_alive():
            raise GradingFailed("the grading process answered a question that it had not read")
        return report

    def close(self) -> None:
        """End it: by the end of its questions, and otherwise by force; safe to call twice."""
        assert self._process.stdin and self._process.stdout and self._process.stderr  # noqa: S101  # all are pipes
        if self._writer is not None and self._writer.is_alive():  # it holds the pipe until nobody can read it any more
            self._ended()
            self._writer.join(EXIT_SECONDS)
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(EXIT_SECONDS)
        self._ended()
        self._listener.join(EXIT_SECONDS)
        self._process.stdout.close()
        self._process.stderr.close()

    def _ended(self) -> int:
        """The exit code, of one that is made to end if it does not by itself."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STEP_SECONDS)
        _kill_group(self._process)
        return self._process.wait()

    def _keep(self) -> None:
        """Keep the last of what it says, and pass it on as lines about its grading."""
        assert self._process.stderr  # noqa: S101  # it is a pipe
        with contextlib.suppress(ValueError):  # closed: it has been given up
            for line in self._process.stderr:
                text = line.decode("utf-8", "replace").rstrip()[:LOG_LINE_CHARACTERS]
                self._said.append(text)
                logger.info("%s", text, extra={"grading_id": self._about} if self._about else {})


class _Watch:
    """Ends a process and its group when its time is over, the worker stops or nobody waits, unless it has answered."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", wall_seconds: float, stop: threading.Event, dropped: threading.Event
    ) -> None:
        self._process = process
        self._wall_seconds = wall_seconds
        self._stop = stop
        self._dropped = dropped
        self.answered = threading.Event()
        self.timed_out = False
        self.stopped = False
        self.dropped = False

    def run(self) -> None:
        waited = grace = 0.0
        while not self.answered.wait(STEP_SECONDS):
            waited += STEP_SECONDS
            grace += STEP_SECONDS if self._stop.is_set() else 0.0
            self.stopped = grace > STOP_SECONDS
            self.timed_out = waited >= self._wall_seconds
            self.dropped = self._dropped.is_set()
            if self.stopped or self.timed_out or self.dropped:
                _kill_group(self._process)
                return


def _answer(lines: IO[bytes], told: Callable[[Mapping[str, Any]], None]) -> Mapping[str, Any] | None:
    """The report, or None where the lines end without one."""
    for line in lines:
        try:
            message = json.loads(line)
        except ValueError as error:
            raise GradingFailed("the grading process wrote a line that is no JSON") from error
        if "lost" in message:
            raise SandboxLost(str(message["lost"]))
        if "unusable" in message:
            raise AssignmentUnusable(str(message["unusable"]))
        if "report" in message:
            report: Mapping[str, Any] = message["report"]
            return report
        told(message)
    return None


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _write(stdin: IO[bytes], question: bytes) -> None:
    with contextlib.suppress(OSError):  # it ended: its answer says how
        stdin.write(question)
        stdin.flush()
