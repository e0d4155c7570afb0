"""Results that another grader wrote as results.json, taken for what a submission counts."""

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from fastapi.responses import Response

from app.access import seen_submission
from app.api.callers import on_submission
from app.api.documentation import CHANGED, IF_MATCH, problems
from app.api.etags import answer, as_read, tagged
from app.api.marking_schema import OverrideOut
from app.api.overrides import held
from app.dependencies import Ctx, TokenUser
from app.gradebooks.results_import import read_results
from app.permissions import Action
from app.security.tokens import Scope
from app.staff import overriding

router = APIRouter(tags=["overrides"])

Writer = Annotated[TokenUser, Depends(on_submission(Action.OVERRIDE, Scope.GRADES_WRITE))]
EXAMPLE = {"tests": [{"name": "relu", "score": 8.0, "max_score": 8.0}, {"score": 0.0, "max_score": 18.0}]}
Results = Annotated[dict[str, Any], Body(examples=[EXAMPLE], description="The file as Gradescope takes it.")]


async def sent_bytes(request: Request, _caller: Writer) -> bytes:
    """The file as it came; what was read from it is in the body already."""
    return await request.body()


@router.put(
    "/submissions/{submission_id}/results.json",
    operation_id="importResultsJson",
    response_model=OverrideOut,
    responses={**CHANGED, **problems(400, 401, 403, 404, 412, 413, 422, 429)},
    openapi_extra=IF_MATCH,
)
def import_results(
    request: Request,
    context: Ctx,
    caller: Writer,
    submission_id: str,
    body: Results,
    data: Annotated[bytes, Depends(sent_bytes)],
) -> Response:
    """Have a graded submission count what a results.json of Gradescope gives, on the scale of the course.

    It is an override, with the file's SHA-256 in the audit trail; the report and its diagnoses stay.
    """
    found = read_results(body)
    digest = hashlib.sha256(data).hexdigest()
    with context.database.transaction() as tx:
        seen = seen_submission(tx, caller.user, submission_id)
        seen.membership.require(Action.OVERRIDE)
        before = held(tx, seen)
        as_read(request, before)
        worth = seen.assignment.points
        points = min(worth, round(found.scaled(worth), 4))
        tests = f"{found.tests} {'test' if found.tests == 1 else 'tests'}"
        words = f"Imported from a results.json with {tests} (sha256 {digest[:12]})."
        now = context.clock()
        after = OverrideOut.of(submission_id, overriding.override(tx, seen, points, words, now))
        if after != before:
            tx.events.add(
                "submission.results_imported",
                now,
                user_id=caller.user.id,
                course_id=seen.membership.course.id,
                submission_id=submission_id,
                detail={"by": caller.user.name, "sha256": digest, "points": found.points, "maximum": found.maximum},
            )
    return tagged(request, answer(after))
