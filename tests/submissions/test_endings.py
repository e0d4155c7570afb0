"""Whoever waits for a grading learns of its end once it is committed, whatever ended it, and of nothing else."""

from functools import partial
from typing import Any

import pytest

from submissions.endings import Endings
from submissions.models import Lane
from submissions.queue import Graded, Job

LIVE = (Lane.LIVE,)


def test_those_who_wait_are_told_until_they_leave() -> None:
    endings, told = Endings(), list[str]()
    leave = [endings.tell("s", partial(told.append, name)) for name in ("one", "two")]
    endings.announce(["other", "s"])
    leave[0]()
    leave[0]()
    endings.announce(["s"])
    leave[1]()
    endings.announce(["s"])

    assert told == ["one", "two", "two"]


def test_a_result_a_cancellation_and_a_fault_are_endings(school: Any, report: Any) -> None:
    told: list[str] = []
    done, cancelled, failed = (school.hand_in(school.person(name)) for name in ("grace", "bob", "eve"))
    for name, each in (("done", done), ("cancelled", cancelled), ("failed", failed)):
        school.database.endings.tell(each.submission.id, partial(told.append, name))
    engine = school.engine(retry_seconds=0.0)

    def handler(job: Job) -> Graded:
        if job.grading_id == failed.grading_id:
            raise OSError("the disk is gone")
        return Graded(report(), "s", "v")

    with school.database.transaction() as tx:
        assert tx.cancel(cancelled.grading_id, school.clock())
        assert told == []
    while engine.run_once(handler, "w", LIVE):
        school.clock.forward(3600.0)

    assert sorted(told) == ["cancelled", "done", "failed"]


def test_nobody_is_told_of_what_is_not_committed(school: Any) -> None:
    told: list[str] = []
    submitted = school.hand_in()
    school.database.endings.tell(submitted.submission.id, partial(told.append, "ended"))
    with pytest.raises(OSError, match="the disk is full"), school.database.transaction() as tx:
        assert tx.cancel(submitted.grading_id, school.clock())
        raise OSError("the disk is full")
    with school.database.transaction() as tx:
        assert tx.cancel(submitted.grading_id, school.clock())
        assert not tx.cancel(submitted.grading_id, school.clock())

    assert told == ["ended"]
