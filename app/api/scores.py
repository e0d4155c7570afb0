"""What every learner's work counts, for staff: in an assignment, and in a whole course."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.access import asked_in, assignments_of, membership
from app.api.callers import in_course
from app.api.documentation import PAGED, problems
from app.api.etags import answer, tagged
from app.api.marking_schema import AssignmentScoreOut, ScoresOut
from app.api.paging import AskedPage, WhichPage
from app.dependencies import Ctx, TokenUser
from app.permissions import Action
from app.security.tokens import Scope
from submissions.database import Transaction
from submissions.models import CourseAssignment, GradebookRow

router = APIRouter(tags=["scores"])

Reader = Annotated[TokenUser, Depends(in_course(Action.SEE_GRADES, Scope.GRADES_READ))]

Row = tuple[CourseAssignment, GradebookRow]


@router.get(
    "/courses/{course}/assignments/{assignment}/scores",
    operation_id="listScores",
    response_model=ScoresOut,
    responses={**PAGED, **problems(401, 403, 404, 422, 429)},
)
def of_assignment(
    request: Request,
    context: Ctx,
    caller: Reader,
    course: str,
    assignment: str,
    which: AskedPage,
) -> Response:
    """Every learner of the course with the points that count in an assignment, by name."""
    with context.database.reading() as tx:
        _, asked = asked_in(tx, caller.user, course, assignment, Action.SEE_GRADES)
        rows = _rows(tx, asked)
    return _page(request, rows, which)


@router.get(
    "/courses/{course}/scores",
    operation_id="listCourseScores",
    response_model=ScoresOut,
    responses={**PAGED, **problems(401, 403, 404, 422, 429)},
)
def of_course(request: Request, context: Ctx, caller: Reader, course: str, which: AskedPage) -> Response:
    """Every learner of the course in every assignment, assignment by assignment, by name."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course, Action.SEE_GRADES)
        rows = _enough(tx, assignments_of(tx, member), which)
    return _page(request, rows, which)


def _rows(tx: Transaction, asked: CourseAssignment) -> list[Row]:
    return [(asked, row) for row in tx.gradings.gradebook(asked.id)]


def _enough(tx: Transaction, asked: Sequence[CourseAssignment], which: WhichPage) -> list[Row]:
    """The rows of this page and one more, if there are so many: no gradebook is worked out in vain."""
    found: list[Row] = []
    after = which.after
    for one in sorted(asked, key=lambda one: one.slug):
        if one.slug >= after.partition("\n")[0]:
            found += [row for row in _rows(tx, one) if _place(row) > after]
        if len(found) > which.limit:
            break
    return found


def _page(request: Request, rows: list[Row], which: WhichPage) -> Response:
    page = which.of(rows, _place)
    items = [AssignmentScoreOut.of(asked.slug, row, asked.points) for asked, row in page.items]
    return tagged(request, answer(ScoresOut(items=items, next=page.following), headers=page.links))


def _place(row: Row) -> str:
    asked, learner = row
    return f"{asked.slug}\n{learner.user.name.lower()}\n{learner.user.id}"
