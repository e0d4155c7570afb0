"""The moments at which an armed process kills itself. The service knows nothing of them: its methods are wrapped.

A point is a method of a repository and a moment: before it, after it, or when the transaction has committed in which
it was called. A process that is armed dies by SIGKILL when the point has been passed so many times.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any

from submissions.database import Database, Transaction
from submissions.repository.gradings import Gradings
from submissions.repository.jobs import Jobs
from submissions.repository.submissions import Submissions


class Moment(Enum):
    """When, beside the call of the method."""

    BEFORE = "before"
    AFTER = "after"
    COMMITTED = "committed"


Attempt = Callable[[Any, tuple[Any, ...], Any], int]
"""Which attempt at a grading a call is about, by repository, arguments and result; 0 where it is about none."""


def _no_grading(_repository: Any, _arguments: tuple[Any, ...], _result: Any) -> int:
    return 1


def _claimed(_repository: Any, _arguments: tuple[Any, ...], result: Any) -> int:
    return 0 if result is None else int(result.attempt)


def _finished(repository: Gradings, arguments: tuple[Any, ...], _result: Any) -> int:
    grading = repository.get(arguments[0])
    return 0 if grading is None else grading.attempts


@dataclass(frozen=True, slots=True)
class Point:
    """Where a process dies. process: the one that passes here, `serve` or `worker`.

    attempt: only first attempts are counted, for three deaths in one grading end it as our fault.
    """

    process: str
    owner: type
    method: str
    moment: Moment
    attempt: Attempt = _no_grading


POINTS: Mapping[str, Point] = {
    "upload.begun": Point("serve", Submissions, "add", Moment.BEFORE),
    "upload.stored": Point("serve", Submissions, "add", Moment.AFTER),
    "upload.queued": Point("serve", Jobs, "enqueue", Moment.AFTER),
    "upload.committed": Point("serve", Jobs, "enqueue", Moment.COMMITTED),
    "job.claimed": Point("worker", Jobs, "_claimed", Moment.AFTER, _claimed),
    "job.claim_committed": Point("worker", Jobs, "_claimed", Moment.COMMITTED, _claimed),
    "grade.known": Point("worker", Gradings, "finish", Moment.BEFORE, _finished),
    "grade.written": Point("worker", Gradings, "finish", Moment.AFTER, _finished),
    "grade.committed": Point("worker", Gradings, "finish", Moment.COMMITTED, _finished),
}
"""Both engines pass each of them, whoever brought the grading."""


def die() -> None:
    """End as if by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: Point, passing: int, die: Callable[[], None] = die) -> None:
    """From now on, `die` when the point is passed for the `passing`-th time, counted from 1, by any thread."""
    called = getattr(point.owner, point.method)
    transaction = Database.transaction
    left = passing
    lock = threading.Lock()
    doomed = threading.local()

    def due(repository: Any, arguments: tuple[Any, ...], result: Any) -> bool:
        nonlocal left
        if point.attempt(repository, arguments, result) != 1:
            return False
        with lock:
            left -= 1
            return left == 0

    def wrapped(self: Any, *arguments: Any, **named: Any) -> Any:
        if point.moment is Moment.BEFORE and due(self, arguments, None):
            die()
        result = called(self, *arguments, **named)
        if point.moment is not Moment.BEFORE and due(self, arguments, result):
            if point.moment is Moment.AFTER:
                die()
            doomed.here = True
        return result

    @contextmanager
    def watched(self: Database, *, alone: bool = True) -> Iterator[Transaction]:
        with transaction(self, alone=alone) as tx:
            yield tx
        if getattr(doomed, "here", False):
            die()

    setattr(point.owner, point.method, wrapped)
    if point.moment is Moment.COMMITTED:
        Database.transaction = watched  # type: ignore[method-assign]  # to be replaced is what it is here for
