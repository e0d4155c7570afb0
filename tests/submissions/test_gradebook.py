"""The dashboard's rows: everybody enrolled, the best attempt, what each part lost and why."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from submissions.gradings import record_grade
from submissions.models import GradebookRow, Role, State
from submissions.receiving import Submitted
from submissions.repository import gradebook
from tests.fakes.single_regrade import regrade

Report = Callable[..., dict[str, object]]


def graded(school: Any, submitted: Submitted, report: dict[str, object]) -> None:
    with school.database.transaction() as tx:
        assert record_grade(tx, submitted.grading_id, None, report, "s", "v", school.clock())


def rows(school: Any) -> list[GradebookRow]:
    with school.database.reading() as tx:
        found: list[GradebookRow] = tx.gradings.gradebook(school.assignment.id)
    return found


def test_everybody_enrolled_has_a_row_by_name_and_staff_has_none(school: Any) -> None:
    staff = school.person("zed", Role.INSTRUCTOR)
    school.hand_in(staff, role=Role.INSTRUCTOR)
    school.person("bob")
    assert [(row.user.name, row.attempts, row.submission_id, row.state) for row in rows(school)] == [
        ("Ada", 0, None, None),
        ("Bob", 0, None, None),
    ]


def test_the_best_attempt_shows_its_parts_and_codes(school: Any, report: Report) -> None:
    attempts = [school.hand_in(source=f"x = {number}\n") for number in range(4)]
    graded(school, attempts[0], report(given=4.0))
    graded(school, attempts[1], report(given=8.0, code="FIRST_OF_EQUALS"))
    graded(school, attempts[2], report(given=8.0, code="SECOND_OF_EQUALS"))
    (row,) = rows(school)
    assert replace(row, grade=None) == GradebookRow(
        user=school.student,
        attempts=4,
        submission_id=attempts[1].submission.id,
        score_given=8.0,
        state=State.DONE,
        part_points={"relu": (1.0, 1.0), "grad": (7.0, 9.0)},
        codes=("FIRST_OF_EQUALS",),
    )


def test_until_something_is_graded_the_newest_attempt_shows_its_state(school: Any) -> None:
    school.hand_in()
    newest = school.hand_in()
    (row,) = rows(school)
    assert (row.attempts, row.submission_id, row.score_given, row.state) == (
        2,
        newest.submission.id,
        None,
        State.QUEUED,
    )


def test_a_regrade_replaces_also_a_better_result(school: Any, report: Report) -> None:
    submitted = school.hand_in()
    graded(school, submitted, report(given=9.0))
    with school.database.transaction() as tx:
        again = regrade(tx, submitted.submission.id, school.clock())
    assert rows(school)[0].score_given == 9.0
    with school.database.transaction() as tx:
        record_grade(tx, again, None, report(given=3.0), "s", "v", school.clock())
    assert rows(school)[0].score_given == 3.0


def test_attempts_at_other_versions_compare_by_their_share(school: Any, report: Report) -> None:
    first, second = school.hand_in(), school.hand_in()
    graded(school, first, report(given=9.0, maximum=10.0))
    graded(school, second, report(given=50.0, maximum=100.0))
    assert rows(school)[0].submission_id == first.submission.id


def test_a_large_course_needs_more_than_one_batch(school: Any, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradebook, "_BATCH", 2)
    for number in range(5):
        graded(school, school.hand_in(school.person(f"p{number}")), report(given=5.0))
    assert [len(row.part_points) for row in rows(school)] == [0, 2, 2, 2, 2, 2]
