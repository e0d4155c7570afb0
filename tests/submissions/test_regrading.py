"""A regrade counts nowhere until it is applied, then everywhere at once, and not any more once it is undone."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from submissions.errors import RegradeRefused
from submissions.gradings import MAX_ATTEMPTS, record_failure, record_grade
from submissions.marking import RegradeState
from submissions.models import Lane, Role, State
from submissions.queue import Graded, Job
from submissions.receiving import Submitted
from submissions.regrading import apply_regrade, begin_regrade, differences, discard_regrade, undo_regrade
from tests.fakes.single_regrade import regrade as regrade_one

Report = Callable[..., dict[str, object]]


@pytest.fixture
def ines(school: Any) -> Any:
    return school.person("ines", Role.INSTRUCTOR)


def graded(school: Any, submitted: Submitted, report: dict[str, object]) -> str:
    with school.database.transaction() as tx:
        assert record_grade(tx, submitted.grading_id, None, report, "s", "v1", school.clock())
    return submitted.submission.id


def begin(school: Any, ines: Any, only: str | None = None) -> str:
    with school.database.transaction() as tx:
        regrade_id: str = begin_regrade(tx, school.assignment, "v2", ines, school.clock(), only)
    return regrade_id


def grade_all(school: Any, report: dict[str, object]) -> None:
    def handler(job: Job) -> Graded:
        return Graded(report, "s", "v2")

    engine = school.engine()
    while engine.run_once(handler, "worker", tuple(Lane)):
        pass


def take(school: Any, ines: Any, regrade_id: str, step: Callable[..., Any]) -> Any:
    school.clock.forward(60)
    with school.database.transaction() as tx:
        return step(tx, tx.regrades.get(regrade_id), school.assignment, ines, school.clock())


def score(school: Any, submission_id: str) -> float | None:
    with school.database.reading() as tx:
        current = tx.gradings.current(submission_id)
        (row, *_) = tx.gradings.gradebook(school.assignment.id)
        assert row.score_given == current.score_given
        found: float | None = current.score_given
    return found


def test_tried_applied_and_undone(school: Any, ines: Any, report: Report) -> None:
    submission = graded(school, school.hand_in(), report(given=4.0))
    regrade_id = begin(school, ines)
    grade_all(school, report(given=9.0))
    assert score(school, submission) == 4.0
    assert take(school, ines, regrade_id, apply_regrade) == 1
    assert score(school, submission) == 9.0
    assert take(school, ines, regrade_id, undo_regrade) == 1
    assert score(school, submission) == 4.0
    with school.database.reading() as tx:
        kinds = [event.kind for event in tx.events.of_submission(submission)]
        assert kinds == ["regrade.applied", "regrade.undone"]
        of_course = [event.kind for event in tx.events.of_course(school.course.id)]
        assert of_course == ["regrade.begun", "regrade.applied", "regrade.undone"]
        assert tx.regrades.get(regrade_id).state is RegradeState.UNDONE


def test_who_is_told_is_looked_up_once_for_all(school: Any, ines: Any, report: Report) -> None:
    for name in ("ada", "bob", "cy"):
        graded(school, school.hand_in(school.person(name)), report(given=4.0))
    asked: list[str] = []

    def noted(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    def lookups(step: Callable[..., int]) -> tuple[int, int]:
        """Of webhooks, and of everybody's attempts."""
        asked.clear()
        with school.database.transaction() as tx:
            listened = tx.accounts._connection.engine
            event.listen(listened, "before_cursor_execute", noted)
            assert step(tx, tx.regrades.get(regrade_id), school.assignment, ines, school.clock()) == 3
            event.remove(listened, "before_cursor_execute", noted)
        webhooks = sum("FROM webhooks" in one for one in asked)
        return webhooks, sum("FROM submissions JOIN gradings" in one and "override_points" in one for one in asked)

    regrade_id = begin(school, ines)
    grade_all(school, report(given=9.0))
    silent = lookups(apply_regrade)
    with school.database.transaction() as tx:
        tx.webhooks.add(school.course.id, "https://receiver.example.org", "whsec", school.clock())
    told = lookups(undo_regrade)
    with school.database.reading() as tx:
        (hook,) = tx.webhooks.of_course(school.course.id)
        owed = tx.webhooks.recent(hook.id)

    assert silent == told == (1, 1)
    assert [one.payload["data"]["score"]["given"] for one in owed] == [4.0] * 3
    assert len({one.payload["data"]["learner"]["id"] for one in owed}) == 3


def test_the_difference_is_who_changes_by_how_much(school: Any, ines: Any, report: Report) -> None:
    graded(school, school.hand_in(), report(given=4.0))
    graded(school, school.hand_in(source="y = 1\n"), report(given=9.5))
    graded(school, school.hand_in(school.person("bob")), report(given=2.0))
    regrade_id = begin(school, ines)

    def found() -> list[tuple[str, float]]:
        with school.database.reading() as tx:
            made, results = tx.gradings.attempts(school.assignment.id), tx.regrades.results(regrade_id)
            return [(one.user_id, one.step) for one in differences(made, results, school.assignment, {}, "UTC")]

    assert found() == []
    grade_all(school, report(given=9.0))
    expected = [(school.people["bob"].id, 7.0), (school.student.id, -0.5)]
    assert found() == expected
    take(school, ines, regrade_id, apply_regrade)
    assert found() == expected
    take(school, ines, regrade_id, undo_regrade)
    assert found() == expected


def test_what_staff_decided_is_not_changed_by_a_regrade(school: Any, ines: Any, report: Report) -> None:
    submission = graded(school, school.hand_in(), report(given=4.0))
    with school.database.transaction() as tx:
        tx.marks.override(submission, 6.0, 10.0, "checked", ines.id, school.clock())
    regrade_id = begin(school, ines)
    grade_all(school, report(given=9.0))
    with school.database.reading() as tx:
        made, results = tx.gradings.attempts(school.assignment.id), tx.regrades.results(regrade_id)
        assert differences(made, results, school.assignment, {}, "UTC") == []


def test_a_preview_cannot_be_applied_before_its_end(school: Any, ines: Any, report: Report) -> None:
    submission = graded(school, school.hand_in(), report(given=4.0))
    regrade_id = begin(school, ines)
    with pytest.raises(RegradeRefused, match="still being graded"):
        take(school, ines, regrade_id, apply_regrade)
    assert score(school, submission) == 4.0


def test_one_is_tried_at_a_time_and_only_where_there_is_something(school: Any, ines: Any, report: Report) -> None:
    with pytest.raises(RegradeRefused, match="Nothing"):
        begin(school, ines)
    graded(school, school.hand_in(), report())
    begin(school, ines)
    with pytest.raises(RegradeRefused, match="already"):
        begin(school, ines)


def test_one_submission_is_regraded_by_itself_and_waits_with_the_live_ones(
    school: Any, ines: Any, report: Report
) -> None:
    first = graded(school, school.hand_in(), report(given=4.0))
    other = graded(school, school.hand_in(school.person("bob"), "x = 2\n"), report(given=5.0))
    regrade_id = begin(school, ines, only=first)
    with school.database.reading() as tx:
        assert tx.queue.depth() == {"live": 1, "regrade": 0, "running": 0}
        assert [one.submission_id for one in tx.regrades.kept(regrade_id)] == [first]
    with pytest.raises(RegradeRefused, match="already"):
        begin(school, ines)
    grade_all(school, report(given=9.0))
    assert score(school, first) == 4.0
    assert take(school, ines, regrade_id, apply_regrade) == 1
    assert score(school, first) == 9.0
    with school.database.reading() as tx:
        assert tx.gradings.current(other).score_given == 5.0
    assert take(school, ines, regrade_id, undo_regrade) == 1
    assert score(school, first) == 4.0
    take(school, ines, begin(school, ines, only=first), discard_regrade)
    with school.database.reading() as tx:
        kinds = ["begun", "applied", "undone", "begun", "discarded"]
        of_submission = tx.events.of_submission(first)
        assert [event.kind for event in of_submission] == [f"regrade.{kind}" for kind in kinds]
        assert {event.course_id for event in of_submission} == {school.course.id}
        assert tx.events.of_submission(other) == []


def test_what_is_not_graded_yet_is_not_regraded_by_itself(school: Any, ines: Any, report: Report) -> None:
    graded(school, school.hand_in(), report())
    waiting = school.hand_in(school.person("bob"), "x = 2\n").submission.id
    with pytest.raises(RegradeRefused, match="Nothing is graded yet"):
        begin(school, ines, only=waiting)


def test_discarded_means_nothing_more_is_graded(school: Any, ines: Any, report: Report) -> None:
    submission = graded(school, school.hand_in(), report(given=4.0))
    regrade_id = begin(school, ines)
    take(school, ines, regrade_id, discard_regrade)
    grade_all(school, report(given=9.0))
    assert score(school, submission) == 4.0
    for step in (apply_regrade, undo_regrade, discard_regrade):
        with pytest.raises(RegradeRefused, match="discarded already"):
            take(school, ines, regrade_id, step)
    begin(school, ines)


def test_what_was_graded_anew_meanwhile_stays(school: Any, ines: Any, report: Report) -> None:
    submission = graded(school, school.hand_in(), report(given=4.0))
    regrade_id = begin(school, ines)
    grade_all(school, report(given=9.0))
    with school.database.transaction() as tx:
        again = regrade_one(tx, submission, school.clock())
        record_grade(tx, again, None, report(given=7.0), "s", "v3", school.clock())
    with school.database.reading() as tx:
        assert tx.regrades.results(regrade_id) == []
    assert take(school, ines, regrade_id, apply_regrade) == 0
    assert score(school, submission) == 7.0


def test_a_live_grading_that_ends_late_does_not_undo_a_regrade(school: Any, ines: Any, report: Report) -> None:
    submitted = school.hand_in()
    submission = graded(school, submitted, report(given=4.0))
    with school.database.transaction() as tx:
        late = regrade_one(tx, submission, school.clock())
    regrade_id = begin(school, ines)
    with school.database.transaction() as tx:
        (kept,) = tx.regrades.kept(regrade_id)
        record_grade(tx, kept.grading_id, None, report(given=9.0), "s", "v2", school.clock())
    take(school, ines, regrade_id, apply_regrade)
    with school.database.transaction() as tx:
        record_grade(tx, late, None, report(given=1.0), "s", "v1", school.clock())
    assert score(school, submission) == 9.0


def test_the_last_one_applied_is_undone_first(school: Any, ines: Any, report: Report) -> None:
    submission = graded(school, school.hand_in(), report(given=4.0))
    first = begin(school, ines)
    grade_all(school, report(given=5.0))
    take(school, ines, first, apply_regrade)
    second = begin(school, ines)
    grade_all(school, report(given=6.0))
    take(school, ines, second, apply_regrade)
    with pytest.raises(RegradeRefused, match="later regrade"):
        take(school, ines, first, undo_regrade)
    take(school, ines, second, undo_regrade)
    assert score(school, submission) == 5.0
    take(school, ines, first, undo_regrade)
    assert score(school, submission) == 4.0


def test_a_grading_tried_aside_uses_no_attempt_and_gives_an_ungraded_one_its_grade(
    school: Any, ines: Any, report: Report
) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        for _ in range(MAX_ATTEMPTS):
            held = tx.queue.claim("w", tuple(Lane), school.clock(), school.clock())
            record_failure(tx, held.grading_id, held.lease_token, "our fault", school.clock())
        assert tx.gradings.current(submitted.submission.id).state is State.FAILED
    regrade_id = begin(school, ines)
    with school.database.reading() as tx:
        assert tx.submissions.attempts_used(school.assignment.id, school.student.id) == []
    grade_all(school, report(given=9.0))
    with school.database.reading() as tx:
        assert tx.gradings.current(submitted.submission.id).state is State.FAILED
        (one,) = differences(
            tx.gradings.attempts(school.assignment.id), tx.regrades.results(regrade_id), school.assignment, {}, "UTC"
        )
    assert (one.before, one.after.points) == (None, 9.0)
    take(school, ines, regrade_id, apply_regrade)
    assert score(school, submitted.submission.id) == 9.0


def test_webhooks_hear_of_grades_that_count_and_of_none_that_is_only_tried(
    school: Any, ines: Any, report: Report
) -> None:
    with school.database.transaction() as tx:
        tx.webhooks.add(school.course.id, "https://lms.example/hook", "secret", school.clock())
    graded(school, school.hand_in(), report(given=4.0))
    begin(school, ines)
    grade_all(school, report(given=9.0))
    with school.database.reading() as tx:
        assert tx.deliveries.owed() == 1
