"""The table of a course's learners by parts, from the rows written beside each report."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from submissions.models import GradebookRow, Role, State, User
from submissions.repository.accounts import user_of
from submissions.tables import course_assignments, enrollments, grading_parts, gradings, submissions, users

# SQLite takes at most 32,766 values in one statement; far below it a batch costs nothing.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class BestAttempt:
    """The graded attempt that counts for a learner, and its points as the assignment gives them."""

    grading_id: str
    given: float
    maximum: float


_Parts = dict[str, tuple[dict[str, tuple[float, float]], tuple[str, ...]]]


def gradebook(connection: Connection, course_assignment_id: str) -> list[GradebookRow]:
    """One row for every learner of the course, by name: the best graded attempt, or the newest while none is graded."""
    best = _best_done(connection, course_assignment_id)
    newest = _newest(connection, course_assignment_id)
    parts = _parts(connection, [row.grading_id for row in best.values()])
    return [
        _row(user, best.get(user.id), newest.get(user.id), parts)
        for user in _learners(connection, course_assignment_id)
    ]


def best_attempt(connection: Connection, course_assignment_id: str, user_id: str) -> BestAttempt | None:
    """The attempt that counts for one learner; None while none is graded."""
    row = _best_done(connection, course_assignment_id, user_id).get(user_id)
    return None if row is None else BestAttempt(row.grading_id, row.score_given, row.score_maximum)


def _row(user: User, best: Any | None, newest: Any | None, parts: _Parts) -> GradebookRow:
    if newest is None:
        return GradebookRow(user, 0, None, None, None, {}, ())
    if best is None:
        return GradebookRow(user, newest.attempts, newest.submission_id, None, State(newest.state), {}, ())
    points, codes = parts.get(best.grading_id, ({}, ()))
    return GradebookRow(user, newest.attempts, best.submission_id, best.score_given, State.DONE, points, codes)


def _learners(connection: Connection, course_assignment_id: str) -> list[User]:
    rows = connection.execute(
        select(users)
        .join(enrollments, enrollments.c.user_id == users.c.id)
        .join(course_assignments, course_assignments.c.course_id == enrollments.c.course_id)
        .where(course_assignments.c.id == course_assignment_id, enrollments.c.role == Role.STUDENT.value)
        .order_by(func.lower(users.c.name), users.c.id)
    )
    return [user_of(row) for row in rows]


def _best_done(connection: Connection, course_assignment_id: str, user_id: str | None = None) -> dict[str, Any]:
    """User id -> the graded attempt with the greatest share of the points, the earliest of equals."""
    later = gradings.alias()
    # Of a submission's gradings only the newest that is DONE counts, even where an older one gave more.
    newest_done = (
        select(func.max(later.c.number))
        .where(later.c.submission_id == submissions.c.id, later.c.state == State.DONE.value)
        .scalar_subquery()
    )
    query = (
        select(
            submissions.c.user_id,
            submissions.c.id.label("submission_id"),
            gradings.c.id.label("grading_id"),
            gradings.c.score_given,
            gradings.c.score_maximum,
        )
        .join(gradings, gradings.c.submission_id == submissions.c.id)
        .where(submissions.c.course_assignment_id == course_assignment_id, gradings.c.number == newest_done)
        .order_by(submissions.c.number)
    )
    if user_id is not None:
        query = query.where(submissions.c.user_id == user_id)
    best: dict[str, Any] = {}
    for row in connection.execute(query):
        if row.user_id not in best or _share(row) > _share(best[row.user_id]):
            best[row.user_id] = row
    return best


def _share(row: Any) -> float:
    return float(row.score_given / row.score_maximum) if row.score_maximum else 0.0


def _newest(connection: Connection, course_assignment_id: str) -> dict[str, Any]:
    """User id -> number of attempts, and the newest attempt with the state of its newest grading."""
    later, last = submissions.alias(), gradings.alias()
    last_attempt = (
        select(func.max(later.c.number))
        .where(
            later.c.course_assignment_id == submissions.c.course_assignment_id,
            later.c.user_id == submissions.c.user_id,
        )
        .scalar_subquery()
    )
    last_grading = select(func.max(last.c.number)).where(last.c.submission_id == submissions.c.id).scalar_subquery()
    rows = connection.execute(
        select(
            submissions.c.user_id,
            submissions.c.id.label("submission_id"),
            submissions.c.number.label("attempts"),
            gradings.c.state,
        )
        .join(gradings, gradings.c.submission_id == submissions.c.id)
        .where(
            submissions.c.course_assignment_id == course_assignment_id,
            submissions.c.number == last_attempt,
            gradings.c.number == last_grading,
        )
    )
    return {row.user_id: row for row in rows}


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
