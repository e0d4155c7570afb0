"""What ended without a result by our fault is graded again: by staff as often as it takes, by its author twice."""

from typing import Any

import pytest

from submissions.errors import GradingAgainRefused
from submissions.grading_again import GRADED_AGAIN, MOST_BY_AUTHOR, grade_again, may_ask_again, may_grade_again
from submissions.gradings import MAX_ATTEMPTS, record_failure, record_grade
from submissions.models import Lane, Role, State
from submissions.receiving import BY_A_NEWER_ONE, Submitted
from submissions.regrading import apply_regrade, begin_regrade

COURSE_FAULT = "AssignmentUnusable: no answers.py"


@pytest.fixture
def ines(school: Any) -> Any:
    return school.person("ines", Role.INSTRUCTOR)


def failed(school: Any, grading_id: str, error: str = "RuntimeError: ours") -> None:
    for _ in range(MAX_ATTEMPTS):
        school.clock.forward(3600)
        with school.database.transaction() as tx:
            until = school.clock()
            claimed = tx.queue.claim("worker", tuple(Lane), until, until)
            assert claimed is not None and claimed.grading_id == grading_id
            record_failure(tx, grading_id, claimed.lease_token, error, until)


def again(school: Any, submitted: Submitted, by: Any, as_staff: bool) -> str:
    with school.database.transaction() as tx:
        queued: str = grade_again(tx, submitted.submission, school.assignment, by, as_staff, school.clock())
    return queued


def may_ask(school: Any, submitted: Submitted) -> bool:
    with school.database.reading() as tx:
        return may_ask_again(tx, submitted.submission, tx.gradings.current(submitted.submission.id))


def author(school: Any, submitted: Submitted) -> Any:
    with school.database.reading() as tx:
        return tx.accounts.by_id(submitted.submission.user_id)


def test_staff_have_it_graded_and_the_result_counts(school: Any, ines: Any, report: Any) -> None:
    submitted = school.hand_in()
    failed(school, submitted.grading_id)
    grading_id = again(school, submitted, ines, True)
    with school.database.transaction() as tx:
        assert tx.gradings.current(submitted.submission.id).state is State.QUEUED
        assert record_grade(tx, grading_id, None, report(given=7.0), "s", "v", school.clock())
        assert tx.gradings.current(submitted.submission.id).score_given == 7.0
        assert [one.kind for one in tx.events.of_course(school.course.id)] == [GRADED_AGAIN]


def test_it_waits_once_however_often_the_button_is_pressed(school: Any, ines: Any) -> None:
    submitted = school.hand_in()
    failed(school, submitted.grading_id)
    again(school, submitted, ines, True)
    with pytest.raises(GradingAgainRefused):
        again(school, submitted, ines, True)
    with school.database.reading() as tx:
        assert len(tx.gradings.of_submission(submitted.submission.id)) == 2


def test_what_has_a_result_is_not_graded_like_this(school: Any, ines: Any, report: Any) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        record_grade(tx, submitted.grading_id, None, report(), "s", "v", school.clock())
    with pytest.raises(GradingAgainRefused, match="Only what ended without a result"):
        again(school, submitted, ines, True)


def test_its_author_may_twice_and_that_is_no_line_of_the_courses_history(school: Any) -> None:
    submitted = school.hand_in()
    grading_id, ada = submitted.grading_id, author(school, submitted)
    for _ in range(MOST_BY_AUTHOR):
        failed(school, grading_id)
        assert may_ask(school, submitted)
        grading_id = again(school, submitted, ada, False)
        assert not may_ask(school, submitted)
    failed(school, grading_id)
    assert not may_ask(school, submitted)
    with pytest.raises(GradingAgainRefused, match="by your course staff only"):
        again(school, submitted, ada, False)
    with school.database.reading() as tx:
        assert tx.events.of_course(school.course.id) == []


def test_its_author_may_not_where_the_course_has_to_be_mended(school: Any, ines: Any) -> None:
    submitted = school.hand_in()
    failed(school, submitted.grading_id, COURSE_FAULT)
    assert not may_ask(school, submitted)
    again(school, submitted, ines, True)


def test_its_author_may_not_for_an_older_upload(school: Any) -> None:
    """It used no attempt, so others were handed in since: graded as well it would be one more than they have."""
    submitted = school.hand_in()
    failed(school, submitted.grading_id)
    school.hand_in()
    assert not may_ask(school, submitted)


def test_what_a_newer_upload_took_the_place_of_stays_so(school: Any, ines: Any) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        tx.cancel(submitted.grading_id, school.clock(), BY_A_NEWER_ONE)
        assert not may_grade_again(tx.gradings.current(submitted.submission.id))
    with pytest.raises(GradingAgainRefused):
        again(school, submitted, ines, True)


def test_what_staff_cancelled_can_be_graded(school: Any, ines: Any) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        tx.cancel(submitted.grading_id, school.clock())
    assert again(school, submitted, ines, True)


def test_a_removed_file_cannot_be_graded(school: Any, ines: Any) -> None:
    submitted = school.hand_in()
    failed(school, submitted.grading_id)
    with school.database.transaction() as tx:
        tx.retention.remove([submitted.submission.id])
        gone = tx.submissions.get(submitted.submission.id)
        with pytest.raises(GradingAgainRefused, match="files are removed"):
            grade_again(tx, gone, school.assignment, ines, True, school.clock())


def test_a_regrade_that_is_being_tried_leaves_the_newer_result_as_it_is(school: Any, ines: Any, report: Any) -> None:
    submitted = school.hand_in()
    failed(school, submitted.grading_id)
    with school.database.transaction() as tx:
        regrade_id = begin_regrade(tx, school.assignment, "v2", ines, school.clock())
        (kept,) = tx.regrades.kept(regrade_id)
    newer = again(school, submitted, ines, True)
    with school.database.transaction() as tx:
        record_grade(tx, kept.grading_id, None, report(given=1.0), "s", "v2", school.clock())
        record_grade(tx, newer, None, report(given=5.0), "s", "v2", school.clock())
        apply_regrade(tx, tx.regrades.get(regrade_id), school.assignment, ines, school.clock())
        assert tx.gradings.current(submitted.submission.id).score_given == 5.0
