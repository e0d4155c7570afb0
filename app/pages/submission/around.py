"""Whose submission comes before and after one, among the students that the dashboard was filtered for."""

from dataclasses import dataclass

from starlette.requests import Request

from app.access import SeenSubmission
from app.context import Context
from app.pages.classwork.stuck import stuck_students
from app.pages.classwork.student_filter import StudentFilter, filter_asked
from app.permissions import Action
from submissions.models import GradebookRow


@dataclass(frozen=True, slots=True)
class Around:
    """The rows of the students before and after who have handed in; None: there is none.

    place: of the author among `total` students who have; 0 for one who is no longer among them.
    """

    asked: StudentFilter
    before: GradebookRow | None
    after: GradebookRow | None
    place: int
    total: int


def asked_among(request: Request) -> StudentFilter | None:
    """The students among whom an address of a submission says that it is looked at; None where it says nothing."""
    among, code = request.query_params.get("among", ""), request.query_params.get("code", "")
    return filter_asked(among, code) if among else None


def around(request: Request, context: Context, found: SeenSubmission) -> Around | None:
    """Who comes before and after the author, by name; None for students, and where the address does not ask for it."""
    asked = asked_among(request)
    if asked is None or not found.membership.may(Action.SEE_GRADES):
        return None
    with context.database.reading() as tx:
        attempts = tx.gradings.attempts(found.assignment.id)
        rows = tx.gradings.gradebook_of(found.assignment.id, attempts)
    stuck = {one.user.id for one in stuck_students(rows, attempts, found.assignment.points)}
    chosen = {row.user.id for row in asked.chosen(rows, stuck)}
    order = [row for row in rows if row.submission_id and (row.user.id in chosen or _is_author(row, found))]
    here = next((place for place, row in enumerate(order) if _is_author(row, found)), None)
    if here is None:  # somebody who has left the course, or staff
        return None
    is_among = found.submission.user_id in chosen
    return Around(
        asked,
        before=order[here - 1] if here else None,
        after=order[here + 1] if here + 1 < len(order) else None,
        place=here + 1 if is_among else 0,
        total=len(order) - (not is_among),
    )


def _is_author(row: GradebookRow, found: SeenSubmission) -> bool:
    return row.user.id == found.submission.user_id
