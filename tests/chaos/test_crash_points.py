"""A process dies at each point that is armed; after what a client and another worker do, there is one grade."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import State
from tests.chaos.crash_points import POINTS
from tests.chaos.engines import sqlite_url
from tests.chaos.one_upload import COURSE, hand_in, work
from tests.service.course import make_course
from tests.service.processes import ROOT

LONG_AFTER_SECONDS = 60.0  # every lease has run out


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    make_course(sqlite_url(tmp_path), COURSE, "network", students=1)
    database = Database.open(sqlite_url(tmp_path), system_clock)
    yield database
    database.close()


@pytest.fixture(scope="module")
def mother() -> Iterator["subprocess.Popen[str]"]:
    """The process whose children die: it pays once for the imports, and has no thread that a fork would lose."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.one_upload"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("point", POINTS)
def test_whoever_dies_there_is_one_grade(
    point: str, database: Database, mother: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    assert mother.stdin is not None
    assert mother.stdout is not None
    mother.stdin.write(f"{sqlite_url(tmp_path)} {point}\n")
    mother.stdin.flush()
    assert mother.stdout.readline() == f"{-signal.SIGKILL}\n"

    submitted = hand_in(database)  # the client had no answer, so it sends the same again
    while work(database, LONG_AFTER_SECONDS):
        continue

    with database.reading() as tx:
        (grading,) = tx.gradings.of_submission(submitted.submission.id)
        assert (grading.state, grading.score_given) == (State.DONE, 1.0)
        assert tx.events.count("submission.received") == 1
        assert tx.events.count("grading.done") == 1
        assert tx.events.count("grading.result_discarded") == 0
    stored = point in ("upload.begun", "upload.stored", "upload.queued")
    assert submitted.replayed is not stored, "what had not committed is not there, and what had is"
