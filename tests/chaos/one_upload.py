"""One upload and its grading, by the code of the service and with points that are made up.

As a program it reads lines, each the URL of a database and a point, and does it in a process that is armed with that
point and so dies somewhere between. It prints the exit code of each.
"""

import os
import sys
from datetime import datetime, timedelta

from grader.upload import SourceFile, Upload
from submissions.clock import system_clock
from submissions.database import Database
from submissions.embedded_engine import EmbeddedEngine
from submissions.models import Lane, Role
from submissions.queue import Graded, Job
from submissions.receiving import Submitted, submit
from submissions.uploads.intake import ReceivedUpload
from tests.chaos.crash_points import POINTS, arm

COURSE = "chaos"
KEY = "the only one"
SOURCE = "x = 1\n"


def hand_in(database: Database, key: str = KEY) -> Submitted:
    """Hand in under a key."""
    with database.transaction() as tx:
        course = tx.courses.by_slug(COURSE)
        assert course is not None
        (asked,) = tx.courses.assignments(course.id)
        (student,) = tx.courses.learners(course.id)
        received = ReceivedUpload("a.py", SOURCE.encode(), Upload((SourceFile("a.py", SOURCE),)), ())
        return submit(
            tx,
            course_assignment=asked,
            user=student,
            role=Role.STUDENT,
            received=received,
            idempotency_key=key,
            now=system_clock(),
        )


def work(database: Database, seconds_from_now: float = 0.0) -> bool:
    """Grade what waits, by a clock that is so much ahead; whether there was anything."""

    def clock() -> datetime:
        return system_clock() + timedelta(seconds=seconds_from_now)

    return EmbeddedEngine(database, clock).run_once(_grade, "a worker", [Lane.LIVE])


def _grade(job: Job) -> Graded:
    part = {"name": "all", "points": {"given": 1.0, "maximum": 1.0}, "checks": []}
    return Graded({"score": {"given": 1.0, "maximum": 1.0}, "parts": [part]}, "seed", "version")


def main() -> None:
    """Fork an armed process for every line of stdin."""
    for line in sys.stdin:
        url, point = line.split()
        child = os.fork()
        if child == 0:
            arm(POINTS[point], 1)
            database = Database.open(url, system_clock)
            hand_in(database)
            work(database)
            os._exit(0)  # it survived: no end of a parent's
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
