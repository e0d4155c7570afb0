"""Where everybody stands in a course: as each gradebook says it, in as many statements however large it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from submissions.gradings import record_grade
from submissions.lateness import Late, LateRule
from submissions.models import Role, State
from submissions.standings import Total, course_rows, total

Report = Callable[..., dict[str, object]]


def graded(school: Any, submitted: Any, given: float, report: Report) -> str:
    with school.database.transaction() as tx:
        done = report(given=given)
        assert record_grade(tx, submitted.grading_id, None, done, "s", "v", school.clock())
    return str(submitted.submission.id)


def another(school: Any, slug: str, points: float = 10.0, **more: Any) -> Any:
    with school.database.transaction() as tx:
        return tx.courses.add_assignment(
            school.course.id, slug, slug, points, None, more.pop("due", None), None, **more
        )


def counted(school: Any, ask: Callable[[Any], Any]) -> tuple[Any, list[str]]:
    """What `ask` reads, and its statements."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    with school.database.reading() as tx:
        engine = tx.courses._connection.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            return ask(tx), asked
        finally:
            event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def busy(school: Any, report: Report) -> Any:
    """Late work, an extension, an override, practice, hidden work, equals, nothing graded, nothing at all, staff."""
    ada, bob, ines = school.student, school.person("bob"), school.person("ines", Role.INSTRUCTOR)
    school.person("cy")
    due = school.clock() + timedelta(days=1)
    late = another(school, "late", 20.0, due=due, late=LateRule(Late.PENALTY, 10.0))
    practice, hidden = another(school, "practice", 0.0), another(school, "hidden", visible=False)
    for given in (4.0, 8.0, 8.0):
        graded(school, school.hand_in(ada), given, report)
    decided = graded(school, school.hand_in(bob), 2.0, report)
    school.hand_in(bob)
    for given in (3.0, 6.0):
        graded(school, school.hand_in(ada, assignment=practice), given, report)
    graded(school, school.hand_in(bob, assignment=hidden), 5.0, report)
    with school.database.transaction() as tx:
        tx.marks.override(decided, 9.0, 10.0, "seen", ines.id, school.clock())
        tx.extensions.give(late.id, bob.id, due + timedelta(days=7), 0, "ill", ines.id, school.clock())
    school.clock.forward(2.5 * 86_400)
    for user in (ada, bob):
        graded(school, school.hand_in(user, assignment=late), 5.0, report)
    school.hand_in(ada, assignment=hidden)
    school.hand_in(ines, role=Role.INSTRUCTOR)
    with school.database.transaction() as tx:
        other, one = tx.courses.add("other", "Other", "UTC"), None
        one = tx.courses.add_assignment(other.id, "network", "N", 10.0, None, None, None)
        tx.courses.enroll(other.id, ada.id, Role.STUDENT)
    graded(school, school.hand_in(ada, assignment=one), 10.0, report)
    return school


def test_it_says_what_every_gradebook_says(busy: Any) -> None:
    with busy.database.reading() as tx:
        found = tx.gradings.standings(busy.course)
        told = 0
        for asked in tx.courses.assignments(busy.course.id):
            for row in tx.gradings.gradebook(asked.id):
                standing = found.get((row.user.id, asked.id))
                told += standing is not None
                if standing is None:
                    assert row.submission_id is None
                    continue
                same = (row.submission_id, row.state, row.attempts, row.grade)
                assert (standing.submission_id, standing.state, standing.attempts, standing.grade) == same
    assert told == 7
    assert len(found) == 8  # of staff too


def test_of_some_people_or_in_one_assignment_it_says_the_same(busy: Any) -> None:
    ada = busy.student.id
    with busy.database.reading() as tx:
        found = tx.gradings.standings(busy.course)
        assert tx.gradings.standings(busy.course, [ada]) == {at: one for at, one in found.items() if at[0] == ada}
        here = busy.assignment.id
        in_one = {at: one for at, one in found.items() if at[1] == here}
        assert tx.gradings.standings(busy.course, assignment=here) == in_one
        assert tx.gradings.standings(busy.course, []) == {}


def test_the_number_of_statements_does_not_grow(busy: Any, report: Report) -> None:
    _, before = counted(busy, lambda tx: tx.gradings.standings(busy.course))
    for number in range(5):
        one = another(busy, f"more-{number}")
        for name in ("ada", "bob", "cy", f"new-{number}"):
            graded(busy, busy.hand_in(busy.person(name), assignment=one), float(number + 1), report)
    found, after = counted(busy, lambda tx: tx.gradings.standings(busy.course))
    assert len(found) == 8 + 20
    assert len(after) == len(before) == 4


def test_rows_have_the_order_of_the_assignments_and_a_total_of_what_students_see(busy: Any) -> None:
    with busy.database.reading() as tx:
        asked = tx.courses.assignments(busy.course.id)
        people, found = tx.courses.learners(busy.course.id), tx.gradings.standings(busy.course)
    ada, bob, cy = course_rows(people, asked, found)
    titles = [one.title for one in asked]
    assert sorted(titles) == ["A network", "hidden", "late", "practice"]
    states = dict(zip(titles, [one.state if one else None for one in ada.standings], strict=True))
    assert states == {
        "A network": State.DONE,
        "hidden": State.QUEUED,
        "late": State.DONE,
        "practice": State.DONE,
    }
    assert ada.total == Total(8.0 + 8.0, 30.0, 30.0)  # two late days of ten percent each
    assert bob.total == Total(9.0 + 10.0, 30.0, 30.0)
    assert (cy.total, cy.standings) == (Total(0.0, 0.0, 30.0), (None,) * 4)


def test_a_total_of_nothing_is_nothing(school: Any) -> None:
    assert total([], []) == Total(0.0, 0.0, 0.0)
    assert total([replace(school.assignment, visible=False)], [None]) == Total(0.0, 0.0, 0.0)
