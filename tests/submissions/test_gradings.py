"""Exactly one report is recorded, it never changes, and our own faults are counted."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError

from submissions.engines import writing_engine
from submissions.gradings import MAX_ATTEMPTS, record_failure, record_grade
from submissions.models import Lane, State
from submissions.repository.jobs import Claimed
from tests.fakes.single_regrade import regrade

Report = Callable[..., dict[str, object]]


def claim(school: Any, worker: str = "w") -> Claimed:
    with school.database.transaction() as tx:
        claimed: Claimed | None = tx.queue.claim(
            worker, [Lane.LIVE, Lane.REGRADE], school.clock(), school.clock() + timedelta(seconds=15)
        )
    assert claimed is not None
    return claimed


def record(school: Any, claimed: Claimed, report: dict[str, object], token: str | None = "") -> bool:
    with school.database.transaction() as tx:
        held = claimed.lease_token if token == "" else token
        return record_grade(tx, claimed.grading_id, held, report, "secret:1", "sha256:v", school.clock())


def test_a_report_is_recorded_whole(school: Any, report: Report) -> None:
    submitted = school.hand_in()
    claimed = claim(school)
    school.clock.forward(2)
    assert record(school, claimed, report(given=4.0))
    with school.database.reading() as tx:
        grading = tx.gradings.current(submitted.submission.id)
    assert grading is not None
    assert (grading.state, grading.score_given, grading.score_maximum) == (State.DONE, 4.0, 10.0)
    assert (grading.report, grading.seed, grading.version) == (report(given=4.0), "secret:1", "sha256:v")
    assert (grading.finished_at - grading.started_at).total_seconds() == 2


def test_what_counts_of_many_is_read_at_once_without_reports(school: Any, report: Report) -> None:
    done, waits, other = school.hand_in(), school.hand_in(school.person("grace")), school.hand_in(school.person("bob"))
    assert record(school, claim(school), report(given=4.0))
    with school.database.reading() as tx:
        found = tx.gradings.standing([done.submission.id, waits.submission.id, "no such"])
        whole = tx.gradings.current(done.submission.id)

    assert other.submission.id not in found
    assert found == {
        done.submission.id: dataclasses.replace(whole, report=None),
        waits.submission.id: found[waits.submission.id],
    }
    assert found[waits.submission.id].state is State.QUEUED


def test_the_first_writer_wins(school: Any, report: Report) -> None:
    school.hand_in()
    claimed = claim(school)
    assert record(school, claimed, report(given=4.0))
    assert not record(school, claimed, report(given=9.0))
    assert not record(school, claimed, report(given=9.0), token=None)
    with school.database.reading() as tx:
        assert tx.gradings.get(claimed.grading_id).score_given == 4.0
        assert tx.events.count("grading.result_discarded") == 2
        assert tx.events.count("grading.done") == 1


def test_a_result_under_an_old_lease_is_discarded_while_another_worker_is_at_it(school: Any, report: Report) -> None:
    school.hand_in()
    zombie = claim(school, "zombie")
    with school.database.transaction() as tx:
        record_failure(tx, zombie.grading_id, zombie.lease_token, "out of reach", school.clock())
    second = claim(school, "second")
    assert not record(school, zombie, report(given=1.0))
    assert record(school, second, report(given=7.0))
    assert not record(school, zombie, report(given=1.0))
    with school.database.reading() as tx:
        grading = tx.gradings.get(second.grading_id)
        assert (grading.state, grading.score_given, grading.attempts) == (State.DONE, 7.0, 2)
        assert tx.events.count("grading.result_discarded") == 2


def test_an_engine_without_leases_can_record_too(school: Any, report: Report) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        assert record_grade(tx, submitted.grading_id, None, report(), "s", "v", school.clock())
    with school.database.reading() as tx:
        assert tx.gradings.get(submitted.grading_id).state is State.DONE


def test_no_statement_can_change_a_grading_that_is_done(school: Any, report: Report) -> None:
    school.hand_in()
    claimed = claim(school)
    record(school, claimed, report())
    engine = writing_engine(make_url(school.url))
    with pytest.raises(IntegrityError, match="never changes"), engine.begin() as connection:
        connection.execute(text("UPDATE gradings SET score_given = 10"))
    engine.dispose()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ({}, "score"),
        ({"score": {"given": float("nan"), "maximum": 10.0}, "parts": []}, "no points"),
        ({"score": {"given": float("inf"), "maximum": float("inf")}, "parts": []}, "no points"),
        ({"score": {"given": -1.0, "maximum": 10.0}, "parts": []}, "no points"),
        ({"score": {"given": 11.0, "maximum": 10.0}, "parts": []}, "no points"),
        ({"score": {"given": 1.0, "maximum": 10.0}, "parts": [{"name": "x"}]}, "points"),
        ({"score": {"given": 1.0, "maximum": 10.0}, "parts": [], "seconds": float("nan")}, "JSON"),
    ],
)
def test_a_report_without_usable_points_is_a_fault_of_ours_and_no_score(
    school: Any, broken: dict[str, object], fault: str
) -> None:
    school.hand_in()
    claimed = claim(school)
    with pytest.raises(Exception, match=fault):
        record(school, claimed, broken)
    with school.database.reading() as tx:
        assert tx.gradings.get(claimed.grading_id).state is State.RUNNING


def test_full_marks_may_carry_the_rounding_of_a_sum(school: Any, report: Report) -> None:
    school.hand_in()
    assert record(school, claim(school), {"score": {"given": 0.1 + 0.2, "maximum": 0.3}, "parts": []})


def test_our_faults_are_tried_again_and_then_told(school: Any) -> None:
    submitted = school.hand_in()
    states = []
    for _ in range(MAX_ATTEMPTS):
        claimed = claim(school)
        with school.database.transaction() as tx:
            states.append(record_failure(tx, claimed.grading_id, claimed.lease_token, "E: no disk", school.clock()))
    assert states == [*[State.QUEUED] * (MAX_ATTEMPTS - 1), State.FAILED]
    with school.database.reading() as tx:
        grading = tx.gradings.current(submitted.submission.id)
        assert (grading.state, grading.error, grading.score_given, grading.attempts) == (
            State.FAILED,
            "E: no disk",
            None,
            MAX_ATTEMPTS,
        )
        assert (tx.events.count("grading.retried"), tx.events.count("grading.failed")) == (MAX_ATTEMPTS - 1, 1)


def test_a_failure_of_somebody_who_holds_nothing_is_not_recorded(school: Any) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        assert record_failure(tx, submitted.grading_id, "old", "E", school.clock()) is None
        assert record_failure(tx, submitted.grading_id, None, "E", school.clock()) is None
    with school.database.reading() as tx:
        assert tx.gradings.get(submitted.grading_id).state is State.QUEUED


def test_the_newest_that_is_done_counts(school: Any, report: Report) -> None:
    submitted = school.hand_in()
    record(school, claim(school), report(given=4.0))
    with school.database.transaction() as tx:
        again = regrade(tx, submitted.submission.id, school.clock())
    with school.database.reading() as tx:
        assert tx.gradings.current(submitted.submission.id).score_given == 4.0
        assert tx.gradings.position(again) == 1
    record(school, claim(school), report(given=2.0))
    with school.database.reading() as tx:
        assert tx.gradings.current(submitted.submission.id).id == again
        assert tx.gradings.position(again) is None
        assert tx.gradings.current("nobody") is None
