"""Attempts with what they count, and the table of learners by parts, from the rows written beside reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from submissions.grades import best_of, grade_of
from submissions.marking import Extension, Grade, Override
from submissions.models import Attempt, CourseAssignment, GradebookRow, Role, State, User
from submissions.policy import extended
from submissions.repository.accounts import user_of
from submissions.repository.courses import assignment_of_row
from submissions.repository.extensions import extensions_of
from submissions.repository.submissions import COLUMNS, submission_of
from submissions.schema.marking_tables import overrides
from submissions.schema.tables import (
    course_assignments,
    courses,
    enrollments,
    grading_parts,
    gradings,
    submissions,
    users,
)

# SQLite takes at most 32,766 values in one statement; far below it a batch costs nothing.
_BATCH = 500

_Parts = dict[str, tuple[dict[str, tuple[float, float]], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class BestAttempt:
    """The graded attempt that counts for a learner, and the points it counts in the course."""

    grading_id: str
    given: float
    maximum: float


def attempts(connection: Connection, course_assignment_id: str, user_id: str | None = None) -> list[Attempt]:
    """Every attempt at an assignment, of one person or of all, by person and number, with what each counts."""
    asked, time_zone = _asked(connection, course_assignment_id)
    given = extensions_of(connection, course_assignment_id)
    author = users.alias()
    query = (
        select(
            *COLUMNS,
            gradings.c.id.label("grading_id"),
            gradings.c.state,
            gradings.c.score_given,
            gradings.c.score_maximum,
            gradings.c.version,
            overrides.c.points.label("override_points"),
            overrides.c.maximum.label("override_maximum"),
            overrides.c.comment.label("override_comment"),
            overrides.c.at.label("override_at"),
            author.c.name.label("override_by"),
        )
        .join(gradings, gradings.c.id == submissions.c.current_grading_id)
        .outerjoin(overrides, overrides.c.submission_id == submissions.c.id)
        .outerjoin(author, author.c.id == overrides.c.by_id)
        .where(submissions.c.course_assignment_id == course_assignment_id)
        .order_by(submissions.c.user_id, submissions.c.number)
    )
    if user_id is not None:
        query = query.where(submissions.c.user_id == user_id)
    return [_attempt_of(row, asked, given, time_zone) for row in connection.execute(query)]


def gradebook(connection: Connection, course_assignment_id: str) -> list[GradebookRow]:
    """One row for every learner of the course, by name: the attempt that counts, or the newest while none is graded."""
    return gradebook_of(connection, course_assignment_id, attempts(connection, course_assignment_id))


def gradebook_of(connection: Connection, course_assignment_id: str, made: Iterable[Attempt]) -> list[GradebookRow]:
    """The same, where the attempts of everybody have been read already."""
    by_learner: dict[str, list[Attempt]] = {}
    for attempt in made:
        by_learner.setdefault(attempt.submission.user_id, []).append(attempt)
    best = {user: best_of(mine) for user, mine in by_learner.items()}
    parts = _parts(connection, [attempt.grading_id for attempt in best.values() if attempt])
    return [
        _row(user, by_learner.get(user.id, []), best.get(user.id), parts)
        for user in _learners(connection, course_assignment_id)
    ]


def best_attempt(connection: Connection, course_assignment_id: str, user_id: str) -> BestAttempt | None:
    """The attempt that counts for one learner; None while none is graded."""
    best = best_of(attempts(connection, course_assignment_id, user_id))
    if best is None or best.grade is None:
        return None
    return BestAttempt(best.grading_id, best.grade.points, best.grade.maximum)


def _asked(connection: Connection, course_assignment_id: str) -> tuple[CourseAssignment, str]:
    row = connection.execute(
        select(course_assignments, courses.c.time_zone)
        .join(courses, courses.c.id == course_assignments.c.course_id)
        .where(course_assignments.c.id == course_assignment_id)
    ).one()
    return assignment_of_row(row), row.time_zone


def _attempt_of(row: Any, asked: CourseAssignment, given: Mapping[str, Extension], time_zone: str) -> Attempt:
    submission, grade = submission_of(row), None
    if row.state == State.DONE.value:
        grade = _grade(row, extended(asked, given.get(row.user_id)), time_zone)
    return Attempt(submission, State(row.state), row.score_given, row.score_maximum, grade, row.grading_id, row.version)


def _grade(row: Any, asked: CourseAssignment, time_zone: str) -> Grade:
    override = None
    if row.override_points is not None:
        override = Override(
            row.override_points, row.override_maximum, row.override_comment, row.override_by, row.override_at
        )
    return grade_of(asked, time_zone, row.created_at, row.score_given, row.score_maximum, override)


def _row(user: User, made: list[Attempt], best: Attempt | None, parts: _Parts) -> GradebookRow:
    if not made:
        return GradebookRow(user, 0, None, None, None, {}, ())
    newest = made[-1]
    if best is None or best.grade is None:
        return GradebookRow(user, newest.submission.number, newest.submission.id, None, newest.state, {}, ())
    points, codes = parts.get(best.grading_id, ({}, ()))
    return GradebookRow(
        user,
        newest.submission.number,
        best.submission.id,
        best.grade.points,
        State.DONE,
        points,
        codes,
        best.grade,
    )


def _learners(connection: Connection, course_assignment_id: str) -> list[User]:
    rows = connection.execute(
        select(users)
        .join(enrollments, enrollments.c.user_id == users.c.id)
        .join(course_assignments, course_assignments.c.course_id == enrollments.c.course_id)
        .where(course_assignments.c.id == course_assignment_id, enrollments.c.role == Role.STUDENT.value)
        .order_by(func.lower(users.c.name), users.c.id)
    )
    return [user_of(row) for row in rows]


def _parts(connection: Connection, grading_ids: list[str]) -> _Parts:
    """Grading id -> points of each part, and the codes over all parts without repeats."""
    found: _Parts = {}
    for start in range(0, len(grading_ids), _BATCH):
        rows = connection.execute(
            select(grading_parts)
            .where(grading_parts.c.grading_id.in_(grading_ids[start : start + _BATCH]))
            .order_by(grading_parts.c.grading_id, grading_parts.c.position)
        )
        for row in rows:
            points, codes = found.get(row.grading_id, ({}, ()))
            points[row.name] = (row.given, row.maximum)
            found[row.grading_id] = (points, (*codes, *(code for code in row.codes if code not in codes)))
    return found
