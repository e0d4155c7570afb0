"""What staff decide that a submission counts: listed, read, set, withdrawn."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.access import SeenSubmission, asked_in, seen_submission
from app.api.callers import in_course, on_submission
from app.api.documentation import CHANGED, IF_MATCH, LOCATION, PAGED, TAGGED, problems
from app.api.etags import answer, as_read, tagged
from app.api.marking_schema import OverrideIn, OverrideOut, OverridesOut
from app.api.paging import AskedPage
from app.dependencies import Ctx, TokenUser
from app.errors import NotFound
from app.permissions import Action
from app.security.tokens import Scope
from app.staff import overriding
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import User

router = APIRouter(tags=["overrides"])

Lister = Annotated[TokenUser, Depends(in_course(Action.SEE_GRADES, Scope.GRADES_READ))]
Reader = Annotated[TokenUser, Depends(on_submission(Action.SEE_GRADES, Scope.GRADES_READ))]
Writer = Annotated[TokenUser, Depends(on_submission(Action.OVERRIDE, Scope.GRADES_WRITE))]

ONE = "/submissions/{submission_id}/override"


@router.get(
    "/courses/{course}/assignments/{assignment}/overrides",
    operation_id="listOverrides",
    response_model=OverridesOut,
    responses={**PAGED, **problems(401, 403, 404, 422, 429)},
)
def list_overrides(
    request: Request,
    context: Ctx,
    caller: Lister,
    course: str,
    assignment: str,
    which: AskedPage,
) -> Response:
    """Every override of an assignment that holds now."""
    with context.database.reading() as tx:
        _member, asked = asked_in(tx, caller.user, course, assignment, Action.SEE_GRADES)
        attempts = tx.gradings.attempts(asked.id)
    found = [
        OverrideOut.of(one.submission.id, one.grade.override) for one in attempts if one.grade and one.grade.override
    ]
    page = which.of(found, lambda one: one.submission_id)
    return tagged(request, answer(OverridesOut(items=page.items, next=page.following), headers=page.links))


@router.get(
    ONE,
    operation_id="getOverride",
    response_model=OverrideOut,
    responses={**TAGGED, **problems(401, 403, 404, 422, 429)},
)
def get_override(request: Request, context: Ctx, caller: Reader, submission_id: str) -> Response:
    """What staff decided that a submission counts."""
    with context.database.reading() as tx:
        found = held(tx, _seen(tx, caller.user, submission_id, Action.SEE_GRADES))
    if found is None:
        raise NotFound(_("Nothing was decided about this submission: it counts what its report gives."))
    return tagged(request, answer(found))


@router.put(
    ONE,
    operation_id="setOverride",
    response_model=OverrideOut,
    responses={
        **CHANGED,
        201: {"model": OverrideOut, "headers": {**LOCATION, **CHANGED[200]["headers"]}},
        **problems(400, 401, 403, 404, 412, 413, 422, 429),
    },
    openapi_extra=IF_MATCH,
)
def set_override(request: Request, context: Ctx, caller: Writer, submission_id: str, body: OverrideIn) -> Response:
    """Have a submission count other points; 201 where nothing was decided yet.

    With If-Match only if the override is still as it was read.
    """
    with context.database.transaction() as tx:
        seen = _seen(tx, caller.user, submission_id, Action.OVERRIDE)
        before = held(tx, seen)
        as_read(request, before)
        decided = overriding.override(tx, seen, body.points, body.comment, context.clock())
    out = OverrideOut.of(submission_id, decided)
    if before is not None:
        return tagged(request, answer(out))
    place = f"/api/v1/submissions/{seen.submission.id}/override"
    return tagged(request, answer(out, 201, {"Location": place}))


@router.delete(
    ONE,
    operation_id="withdrawOverride",
    status_code=204,
    response_class=Response,
    responses=problems(401, 403, 404, 412, 422, 429),
    openapi_extra=IF_MATCH,
)
def withdraw(request: Request, context: Ctx, caller: Writer, submission_id: str) -> Response:
    """Have a submission count what its report gives again; it is no fault if it does already."""
    with context.database.transaction() as tx:
        seen = _seen(tx, caller.user, submission_id, Action.OVERRIDE)
        as_read(request, held(tx, seen))
        overriding.withdraw(tx, seen, context.clock())
    return Response(status_code=204)


def _seen(tx: Transaction, user: User, submission_id: str, action: Action) -> SeenSubmission:
    seen = seen_submission(tx, user, submission_id)
    seen.membership.require(action)
    return seen


def held(tx: Transaction, seen: SeenSubmission) -> OverrideOut | None:
    """The override of a submission that holds now."""
    found = overriding.held(tx, seen)
    return OverrideOut.of(seen.submission.id, found) if found else None
