"""What counts of everybody's work in every assignment of a course, in four statements however large the course is."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from submissions.grades import grade_of, rank
from submissions.marking import Grade, Override
from submissions.models import Course, CourseAssignment, State
from submissions.policy import extended
from submissions.repository.courses import assignment_of_row
from submissions.repository.extensions import extensions_in
from submissions.schema.marking_tables import overrides
from submissions.schema.tables import course_assignments, gradings, submissions, users
from submissions.standings import Standing

_Sent = tuple[str, int, datetime, State, float | None, float | None]
"""Submission id, number, when it was handed in, state, points and maximum of the report."""

# Only what a standing is made of: a large course has fifty thousand rows, and half of the time goes into reading them.
_HANDED_IN = (
    select(
        submissions.c.user_id,
        submissions.c.course_assignment_id,
        submissions.c.id,
        submissions.c.number,
        submissions.c.created_at,
        gradings.c.state,
        gradings.c.score_given,
        gradings.c.score_maximum,
    )
    .join(gradings, gradings.c.id == submissions.c.current_grading_id)
    .join(course_assignments, course_assignments.c.id == submissions.c.course_assignment_id)
)
_DECIDED = (
    select(overrides, users.c.name)
    .join(users, users.c.id == overrides.c.by_id)
    .join(submissions, submissions.c.id == overrides.c.submission_id)
    .join(course_assignments, course_assignments.c.id == submissions.c.course_assignment_id)
)


def standings(
    connection: Connection,
    course: Course,
    people: Collection[str] | None = None,
    assignment: str | None = None,
) -> dict[tuple[str, str], Standing]:
    """User id and assignment id -> the submission that counts. Of these people, or in this assignment, where given."""
    found = connection.execute(select(course_assignments).where(course_assignments.c.course_id == course.id))
    assignments = {row.id: assignment_of_row(row) for row in found}
    given = extensions_in(connection, course.id)
    decided = {
        row.submission_id: Override(row.points, row.maximum, row.comment, row.name, row.at)
        for row in connection.execute(_DECIDED.where(course_assignments.c.course_id == course.id))
    }
    query = _HANDED_IN.where(course_assignments.c.course_id == course.id)
    if people is not None:
        query = query.where(submissions.c.user_id.in_(people))
    if assignment is not None:
        query = query.where(course_assignments.c.id == assignment)
    states = {state.value: state for state in State}
    sent: dict[tuple[str, str], list[_Sent]] = {}
    for user, of, one, number, at, state, points, maximum in connection.execute(query).all():
        sent.setdefault((user, of), []).append((one, number, at, states[state], points, maximum))
    return {
        (user, of): _standing(made, extended(assignments[of], given.get((of, user))), course.time_zone, decided)
        for (user, of), made in sent.items()
    }


def _standing(
    made: Sequence[_Sent], asked: CourseAssignment, time_zone: str, decided: Mapping[str, Override]
) -> Standing:
    best: tuple[_Sent, Grade] | None = None
    for one in made:
        sent, number, at, state, points, maximum = one
        if state is not State.DONE or points is None or maximum is None:
            continue
        grade = grade_of(asked, time_zone, at, points, maximum, decided.get(sent))
        if best is None or rank(grade, number, points, maximum) > rank(best[1], best[0][1], *best[0][4:]):
            best = one, grade
    newest = max(made, key=_number)
    shown, counts = best or (newest, None)
    return Standing(shown[0], shown[3], newest[1], counts)


def _number(one: _Sent) -> int:
    return one[1]
