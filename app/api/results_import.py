"""Results that another grader wrote as results.json, taken for what a submission counts."""

import hashlib
import json
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from fastapi.responses import Response

from app import overriding
from app.access import seen_submission
from app.api.callers import on_submission
from app.api.documentation import IF_MATCH, TAGGED, problems
from app.api.etags import answer, as_read, tagged
from app.api.marking_schema import OverrideOut
from app.api.overrides import held
from app.dependencies import Ctx, TokenUser
from app.errors import NotFound
from app.gradebooks.results_import import read_results
from app.permissions import Action
from app.security.tokens import Scope

router = APIRouter(tags=["overrides"])

Writer = Annotated[TokenUser, Depends(on_submission(Action.OVERRIDE, Scope.GRADES_WRITE))]
EXAMPLE = {"tests": [{"name": "relu", "score": 8.0, "max_score": 8.0}, {"score": 0.0, "max_score": 18.0}]}
Results = Annotated[dict[str, Any], Body(examples=[EXAMPLE], description="The file as Gradescope takes it.")]


@router.put(
    "/submissions/{submission_id}/results.json",
    operation_id="importResultsJson",
    response_model=OverrideOut,
    responses={**TAGGED, **problems(400, 401, 403, 404, 412, 413, 422, 429)},
    openapi_extra=IF_MATCH,
)
def import_results(request: Request, context: Ctx, caller: Writer, submission_id: str, body: Results) -> Response:
    """Have a graded submission count what a results.json of Gradescope gives, on the scale of the course.

    It is an override, with the file's SHA-256 in the audit trail; the report and its diagnoses stay.
    """
    found = read_results(body)
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    with context.database.transaction() as tx:
        seen = seen_submission(tx, caller.user, submission_id)
        seen.membership.require(Action.OVERRIDE)
        as_read(request, held(tx, seen))
        points = round(found.scaled(seen.assignment.points), 4)
        words = f"Imported from a results.json with {found.tests} tests (sha256 {digest[:12]})."
        now = context.clock()
        overriding.override(tx, seen, points, words, now)
        tx.events.add(
            "submission.results_imported",
            now,
            user_id=caller.user.id,
            course_id=seen.membership.course.id,
            submission_id=submission_id,
            detail={"by": caller.user.name, "sha256": digest, "points": found.points, "maximum": found.maximum},
        )
        after = held(tx, seen)
    if after is None:
        raise NotFound("This submission is not graded.")
    return tagged(request, answer(after))
