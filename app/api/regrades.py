"""Regrades of an assignment: tried, looked at, applied, undone, discarded."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from app.access import asked_in
from app.api.callers import in_course
from app.api.documentation import LOCATION, PAGED, TAGGED, problems
from app.api.etags import answer, tagged
from app.api.idempotency import IdempotencyKey, Made, once
from app.api.marking_schema import ChangeOut, ChangesOut, RegradeOut, RegradesOut
from app.api.paging import AskedPage
from app.context import Context
from app.dependencies import Ctx, TokenUser
from app.errors import NotFound
from app.permissions import Action
from app.security.tokens import Scope
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.marking import Regrade
from submissions.models import CourseAssignment, User
from submissions.regrading import apply_regrade, begin_regrade, differences, discard_regrade, undo_regrade

router = APIRouter(tags=["regrades"])

Reader = Annotated[TokenUser, Depends(in_course(Action.REGRADE, Scope.GRADES_READ))]
Writer = Annotated[TokenUser, Depends(in_course(Action.REGRADE, Scope.GRADES_WRITE))]

ALL = "/courses/{course}/assignments/{assignment}/regrades"
ONE = "/courses/{course}/assignments/{assignment}/regrades/{regrade}"
STEP_PROBLEMS = problems(401, 403, 404, 409, 422, 429)


@router.get(
    ALL,
    operation_id="listRegrades",
    response_model=RegradesOut,
    responses={**PAGED, **problems(401, 403, 404, 422, 429)},
)
def list_regrades(
    request: Request,
    context: Ctx,
    caller: Reader,
    course: str,
    assignment: str,
    which: AskedPage,
) -> Response:
    """The regrades of an assignment, oldest first."""
    with context.database.reading() as tx:
        _member, asked = asked_in(tx, caller.user, course, assignment, Action.REGRADE)
        found = tx.regrades.of(asked.id)
        page = which.of(found, lambda one: f"{one.at.isoformat()}\n{one.id}")
        items = [_described(tx, one) for one in page.items]
    return tagged(request, answer(RegradesOut(items=items, next=page.following), headers=page.links))


@router.post(
    ALL,
    operation_id="beginRegrade",
    status_code=202,
    response_model=RegradeOut,
    responses={202: {"headers": LOCATION}, **problems(401, 403, 404, 409, 422, 429, 503)},
)
def begin(
    request: Request,
    context: Ctx,
    caller: Writer,
    course: str,
    assignment: str,
    submission: Annotated[
        str | None, Query(pattern="^[0-9a-f]{32}$", description="The id of the one to grade anew.")
    ] = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Try a regrade: grade everything, or one submission, anew with the assignment as it is now, and keep it aside."""
    with context.database.transaction() as tx:
        _member, asked = asked_in(tx, caller.user, course, assignment, Action.REGRADE)

        def make() -> Made:
            handed_in = tx.submissions.get(submission) if submission is not None else None
            if submission is not None and (handed_in is None or handed_in.course_assignment_id != asked.id):
                raise NotFound(_("Nothing of that id was handed in for this assignment."))
            version = context.catalog.get(asked.slug).version
            regrade_id = begin_regrade(tx, asked, version, caller.user, context.clock(), submission)
            location = f"/api/v1/courses/{course}/assignments/{asked.slug}/regrades/{regrade_id}"
            return 202, location, _described(tx, _regrade(tx, asked, regrade_id))

        return once(tx, request, caller, idempotency_key, b"", context.clock, make)


@router.get(
    ONE,
    operation_id="getRegrade",
    response_model=RegradeOut,
    responses={**TAGGED, **problems(401, 403, 404, 422, 429)},
)
def get_regrade(request: Request, context: Ctx, caller: Reader, course: str, assignment: str, regrade: str) -> Response:
    """How far a regrade is."""
    with context.database.reading() as tx:
        _member, asked = asked_in(tx, caller.user, course, assignment, Action.REGRADE)
        body = _described(tx, _regrade(tx, asked, regrade))
    return tagged(request, answer(body))


@router.get(
    f"{ONE}/changes",
    operation_id="listRegradeChanges",
    response_model=ChangesOut,
    responses={**PAGED, **problems(401, 403, 404, 422, 429)},
)
def changes(
    request: Request,
    context: Ctx,
    caller: Reader,
    course: str,
    assignment: str,
    regrade: str,
    which: AskedPage,
) -> Response:
    """Whose grade a regrade changes, and by how much."""
    with context.database.reading() as tx:
        member, asked = asked_in(tx, caller.user, course, assignment, Action.REGRADE)
        results = tx.regrades.results(_regrade(tx, asked, regrade).id)
        extensions, zone = tx.extensions.of(asked.id), member.course.time_zone
        found = differences(tx.gradings.attempts(asked.id), results, asked, extensions, zone)
        users = {one.user_id: tx.accounts.by_id(one.user_id) for one in found}
    items = [ChangeOut.of(user, one) for one in found if (user := users[one.user_id])]
    page = which.of(items, lambda one: f"{one.name.lower()}\n{one.user_id}")
    return tagged(request, answer(ChangesOut(items=page.items, next=page.following), headers=page.links))


@router.post(f"{ONE}/apply", operation_id="applyRegrade", response_model=RegradeOut, responses=STEP_PROBLEMS)
def apply(context: Ctx, caller: Writer, course: str, assignment: str, regrade: str) -> Response:
    """Have a regrade count, once all of it is graded."""
    return _take(context, caller.user, course, assignment, regrade, apply_regrade)


@router.post(f"{ONE}/undo", operation_id="undoRegrade", response_model=RegradeOut, responses=STEP_PROBLEMS)
def undo(context: Ctx, caller: Writer, course: str, assignment: str, regrade: str) -> Response:
    """Have count again what counted before the regrade that was applied last."""
    return _take(context, caller.user, course, assignment, regrade, undo_regrade)


@router.post(f"{ONE}/discard", operation_id="discardRegrade", response_model=RegradeOut, responses=STEP_PROBLEMS)
def discard(context: Ctx, caller: Writer, course: str, assignment: str, regrade: str) -> Response:
    """Forget a regrade that is only tried."""
    return _take(context, caller.user, course, assignment, regrade, discard_regrade)


def _take(
    context: Context, user: User, course: str, assignment: str, regrade_id: str, step: Callable[..., object]
) -> Response:
    with context.database.transaction() as tx:
        _member, asked = asked_in(tx, user, course, assignment, Action.REGRADE)
        step(tx, _regrade(tx, asked, regrade_id), asked, user, context.clock())
        body = _described(tx, _regrade(tx, asked, regrade_id))
    return answer(body)


def _regrade(tx: Transaction, asked: CourseAssignment, regrade_id: str) -> Regrade:
    found = tx.regrades.get(regrade_id)
    if found is None or found.course_assignment_id != asked.id:
        raise NotFound(_("This assignment has no such regrade."))
    return found


def _described(tx: Transaction, regrade: Regrade) -> RegradeOut:
    return RegradeOut.of(regrade, tx.regrades.states(regrade.id))
