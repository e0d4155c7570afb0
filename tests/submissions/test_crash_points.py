"""A process that ends at any moment of handing in or grading leaves all or nothing, and nothing is graded twice."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from submissions.clock import system_clock
from submissions.models import State
from tests.submissions.crashing_process import CRASHED, UPLOADS, WORKERS
from tests.submissions.recovery import nudges, recover

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("crashing_process.py")


def crash(school: Any, *moments: str) -> None:
    """One process after the other ends at its moment."""
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", str(SCRIPT), school.url, *moments],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert ended.stdout.split() == [str(CRASHED)] * len(moments), ended.stderr


def test_an_upload_is_stored_and_queued_or_neither(school: Any) -> None:
    crash(school, *UPLOADS)
    with school.database.reading() as tx:
        stored = [key for key in UPLOADS if tx.submissions.by_idempotency_key(school.student.id, key) is not None]
        assert stored == ["committed"]
        assert tx.queue.depth() == {"live": 1, "regrade": 0, "running": 0}
    if school.database.is_shared:
        assert nudges(school) == 1
    # The client, who had no answer, asks again under the same key.
    again = [school.hand_in(key=key) for key in UPLOADS]
    assert [each.replayed for each in again] == [False, False, False, True]
    recover(school)
    with school.database.reading() as tx:
        assert tx.submissions.count(school.assignment.id, school.student.id) == len(UPLOADS)
        gradings = [grading for each in again for grading in tx.gradings.of_submission(each.submission.id)]
        assert [(grading.state, grading.attempts) for grading in gradings] == [(State.DONE, 1)] * len(UPLOADS)


def test_a_grading_is_done_once_whenever_its_worker_ends(school: Any) -> None:
    submitted = [school.hand_in(school.person(f"p{number}")) for number in range(len(WORKERS))]
    crash(school, *WORKERS)
    # Leases that have not run out by the real clock have by this one.
    recover(school, clock=lambda: system_clock() + timedelta(minutes=2))
    with school.database.reading() as tx:
        gradings = [tx.gradings.get(each.grading_id) for each in submitted]
        assert [grading.state for grading in gradings] == [State.DONE] * len(WORKERS)
        assert sorted(grading.attempts for grading in gradings) == [1, 2, 2, 2]
        assert tx.events.count("grading.done") == len(WORKERS)
        assert tx.events.count("grading.result_discarded") == 0
    if school.database.is_shared:
        assert nudges(school) == 0
