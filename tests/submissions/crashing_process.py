"""Processes that end without a word at an armed moment: for each moment one is forked, and its exit code is printed.

Usage: crashing_process.py URL MOMENT...: those of UPLOADS hand in with the moment's name as idempotency key, those of
WORKERS take and grade what waits.
"""

import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from grader.upload import SourceFile, Upload
from submissions import attempts, receiving
from submissions.attempts import Attempts
from submissions.clock import system_clock
from submissions.database import Database
from submissions.engine_choice import engine_for
from submissions.models import Lane, Role
from submissions.queue import Graded, Job
from submissions.repository.jobs import Jobs
from submissions.repository.submissions import Submissions
from submissions.uploads.intake import ReceivedUpload

CRASHED = 9
WORK = ReceivedUpload("a.py", b"x = 1\n", Upload((SourceFile("a.py", "x = 1\n"),)), ())
REPORT = {"score": {"given": 1.0, "maximum": 1.0}, "parts": []}

AFTER: dict[str, tuple[Any, str]] = {
    "inserted": (Submissions, "add"),
    "enqueued": (Jobs, "enqueue"),
    "delivered": (Jobs, "deliver"),
    "recorded": (attempts, "record_grade"),
    "acknowledged": (Attempts, "make"),
}
UPLOADS = ("inserted", "enqueued", "delivered", "committed")
WORKERS = ("claimed", "grading", "recorded", "acknowledged")


def crash(*_: Any, **__: Any) -> None:
    os._exit(CRASHED)


def crash_after(owner: Any, name: str) -> None:
    """Have a function end the process when it is done."""
    before: Callable[..., Any] = getattr(owner, name)

    def armed(*given: Any, **named: Any) -> None:
        before(*given, **named)
        crash()

    setattr(owner, name, armed)


def crash_when_claimed() -> None:
    """Looking for work and finding none is no moment to crash."""
    for name in ("take", "take_next"):
        before = getattr(Attempts, name)

        def armed(*given: Any, _before: Any = before) -> Any:
            claimed = _before(*given)
            return claimed if claimed is None else crash()

        setattr(Attempts, name, armed)


def hand_in(url: str, moment: str) -> None:
    if moment in AFTER:
        crash_after(*AFTER[moment])
    database = Database.open(url, system_clock)
    with database.transaction() as tx:
        (course,) = tx.courses.all()
        (asked,) = tx.courses.assignments(course.id)
        student = tx.accounts.by_email("ada@example.org")
        assert student is not None
        given: Any = {"course_assignment": asked, "user": student, "role": Role.STUDENT, "received": WORK}
        receiving.submit(tx, **given, idempotency_key=moment, now=system_clock())
    crash()


def work(url: str, moment: str) -> None:
    if moment == "claimed":
        crash_when_claimed()
    elif moment in AFTER:
        crash_after(*AFTER[moment])

    def grade(job: Job) -> Graded:
        if moment == "grading":
            crash()
        return Graded(REPORT, "seed", "version")

    database = Database.open(url, system_clock)
    engine_for(database, system_clock).run(grade, slots=1, lanes=[Lane.LIVE], stop=threading.Event())


def main(url: str, moments: list[str]) -> None:
    for moment in moments:
        child = os.fork()
        if child == 0:
            (hand_in if moment in UPLOADS else work)(url, moment)
            os._exit(1)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
