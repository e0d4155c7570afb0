"""Submissions as the API lists them, and their reports."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from app.access import SeenSubmission, assignment_of, membership, seen_submission
from app.api.documentation import PAGED, TAGGED, problems
from app.api.etags import answer, tagged
from app.api.paging import After, Limit, Page, decode, encode, next_page
from app.api.report_schema import ReportOut
from app.api.schemas import SubmissionOut, SubmissionPageOut
from app.dependencies import Ctx, TokenUser, token_user
from app.errors import NotFound
from app.gradebooks.results_json import results_json
from app.permissions import Action
from app.security.tokens import Scope
from grader import report_json
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Grading, State, Submission

router = APIRouter(tags=["submissions"])

ON_BEHALF = "submission.on_behalf"
"""The event that says who handed a submission in for its author."""

Reader = Annotated[TokenUser, Depends(token_user(Scope.SUBMISSIONS_READ))]


@router.get(
    "/courses/{course}/assignments/{assignment}/submissions",
    operation_id="listSubmissions",
    response_model=SubmissionPageOut,
    responses={**PAGED, **problems(401, 404, 422, 429)},
)
def list_submissions(
    request: Request,
    context: Ctx,
    caller: Reader,
    course: str,
    assignment: str,
    limit: Limit = 20,
    cursor: After = None,
) -> Response:
    """Submissions, newest first: everybody's for staff, otherwise one's own."""
    before = decode(cursor) if cursor else None
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course, Action.SEE_OWN_SUBMISSIONS)
        asked = assignment_of(tx, member, assignment)
        if member.may(Action.SEE_ALL_SUBMISSIONS):
            found = tx.submissions.recent(asked.id, limit + 1, before)
        else:
            # In the order of the cursor, which tells submissions of the same moment apart by their ids.
            own = tx.submissions.of_learner(asked.id, caller.user.id)
            own.sort(key=lambda s: (s.created_at, s.id), reverse=True)
            rest = [s for s in own if before is None or (s.created_at, s.id) < (before.created_at, before.id)]
            found = rest[: limit + 1]
        standing = tx.gradings.standing([one.id for one in found[:limit]])
        places = tx.gradings.positions([grading.id for grading in standing.values()])
        items = [stated(one, member.course.slug, asked.slug, standing.get(one.id), places) for one in found[:limit]]
    page = Page(items, next_page(request, limit, encode(found[limit - 1]) if len(found) > limit else ""))
    return tagged(request, answer(SubmissionPageOut(items=page.items, next=page.following), headers=page.links))


@router.get(
    "/submissions/{submission_id}/report",
    operation_id="getReport",
    response_model=ReportOut,
    responses={
        200: {"description": "The report, as `chainrule grade --json` prints it", **TAGGED[200]},
        304: TAGGED[304],
        **problems(401, 404, 422, 429),
    },
)
def get_report(request: Request, context: Ctx, caller: Reader, submission_id: str) -> Response:
    """The report of the current grading: every part, every check, every diagnosis."""
    with context.database.reading() as tx:
        seen: SeenSubmission = seen_submission(tx, caller.user, submission_id)
        grading = tx.gradings.current(seen.submission.id)
    if grading is None or grading.state is not State.DONE or grading.report is None:
        state = grading.state.value if grading else State.QUEUED.value
        raise NotFound(_("There is no report yet: the grading is {state}.", state=state))
    return tagged(request, JSONResponse(dict(grading.report)))


@router.get(
    "/submissions/{submission_id}/results.json",
    operation_id="getResultsJson",
    responses={
        200: {
            "description": "The report in the form of Gradescope's results.json",
            "content": {"application/json": {"example": {"score": 8.0, "tests": [{"name": "relu", "score": 8.0}]}}},
        },
        **problems(401, 404, 422, 429),
    },
)
def get_results_json(context: Ctx, caller: Reader, submission_id: str) -> dict[str, Any]:
    """The report of the current grading for a course that shows it in Gradescope: one test a part."""
    with context.database.reading() as tx:
        seen = seen_submission(tx, caller.user, submission_id)
        grading = tx.gradings.current(seen.submission.id)
    if grading is None or grading.report is None:
        raise NotFound(_("There is no report yet."))
    return results_json(report_json.from_json(grading.report))


def described(tx: Transaction, submission: Submission, course: str, assignment: str) -> SubmissionOut:
    """The submission with its current grading and its place in the queue."""
    grading = tx.gradings.standing([submission.id]).get(submission.id)
    places = tx.gradings.positions([grading.id] if grading else [])
    return stated(submission, course, assignment, grading, places)


def stated(
    submission: Submission, course: str, assignment: str, grading: Grading | None, places: Mapping[str, int]
) -> SubmissionOut:
    """The same of what has been read already; places: in the queue, by grading."""
    return SubmissionOut.of(submission, course, assignment, grading, places.get(grading.id) if grading else None)
