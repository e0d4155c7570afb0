"""Handing in through the API, and what became of it."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response

from app.access import SeenSubmission, assignment_of, membership, seen_submission
from app.api.documentation import UPLOAD_BODY, problems
from app.api.etags import tagged
from app.api.paging import MOST_PER_PAGE, decode, encode
from app.api.report_schema import ReportOut
from app.api.schemas import SubmissionOut, SubmissionPageOut
from app.dependencies import Ctx, TokenUser, token_user
from app.errors import NotFound
from app.gradebooks.results_json import results_json
from app.permissions import Action
from app.security.tokens import Scope
from app.uploads import UploadedFile, one_file, read_form
from grader import report_json
from submissions.database import Transaction
from submissions.intake import receive
from submissions.models import State, Submission
from submissions.receiving import submit

router = APIRouter(tags=["submissions"])

Writer = Annotated[TokenUser, Depends(token_user(Scope.SUBMISSIONS_WRITE))]
Reader = Annotated[TokenUser, Depends(token_user(Scope.SUBMISSIONS_READ))]
Either = Annotated[TokenUser, Depends(token_user(Scope.SUBMISSIONS_READ, Scope.SUBMISSIONS_WRITE))]
IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=200, description="A key of your choice: the same upload twice counts once."),
]


async def upload(request: Request, context: Ctx, _caller: Writer) -> UploadedFile:
    """The file in the form, read only once the token is known to be good."""
    async with read_form(request) as form:
        return await one_file(form, context.settings.upload_max_bytes)


@router.post(
    "/courses/{course}/assignments/{assignment}/submissions",
    operation_id="createSubmission",
    status_code=202,
    response_model=SubmissionOut,
    responses=problems(401, 403, 404, 413, 415, 422),
    openapi_extra=UPLOAD_BODY,
)
def create_submission(
    context: Ctx,
    caller: Writer,
    course: str,
    assignment: str,
    file: Annotated[UploadedFile, Depends(upload)],
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Hand in one file. It is stored and queued before the answer; Location says where its result will be."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course, Action.SUBMIT)
        asked = assignment_of(tx, member, assignment)
    with context.metrics.upload():
        received = receive(file.filename, file.data)
        with context.database.transaction() as tx:
            submitted = submit(
                tx,
                course_assignment=asked,
                user=caller.user,
                role=member.role,
                received=received,
                idempotency_key=idempotency_key,
                now=context.clock(),
            )
            body = described(tx, submitted.submission, member.course.slug, asked.slug)
    headers = {"Location": f"/api/v1/submissions/{submitted.submission.id}"}
    if submitted.replayed:
        headers["Idempotent-Replayed"] = "true"
    return JSONResponse(body.model_dump(mode="json"), 202, headers)


@router.get(
    "/courses/{course}/assignments/{assignment}/submissions",
    operation_id="listSubmissions",
    response_model=SubmissionPageOut,
    responses=problems(401, 404, 422),
)
def list_submissions(
    request: Request,
    context: Ctx,
    caller: Reader,
    course: str,
    assignment: str,
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 20,
    cursor: str | None = None,
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
        items = [described(tx, one, member.course.slug, asked.slug) for one in found[:limit]]
    following = None
    if len(found) > limit:
        query = urlencode({"limit": limit, "cursor": encode(found[limit - 1])})
        following = f"{request.url.path}?{query}"
    page = SubmissionPageOut(items=items, next=following)
    links = {"Link": f'<{following}>; rel="next"'} if following else {}
    return JSONResponse(page.model_dump(mode="json"), headers=links)


@router.get(
    "/submissions/{submission_id}",
    operation_id="getSubmission",
    response_model=SubmissionOut,
    responses={304: {"description": "Not changed"}, **problems(401, 404)},
)
def get_submission(request: Request, context: Ctx, caller: Either, submission_id: str) -> Response:
    """Where a submission stands: its state, its place in the queue, its score."""
    with context.database.reading() as tx:
        seen = seen_submission(tx, caller.user, submission_id)
        body = described(tx, seen.submission, seen.membership.course.slug, seen.assignment.slug)
    return tagged(request, JSONResponse(body.model_dump(mode="json")))


@router.get(
    "/submissions/{submission_id}/report",
    operation_id="getReport",
    response_model=ReportOut,
    responses={
        200: {"description": "The report, as `chainrule grade --json` prints it"},
        304: {"description": "Not changed"},
        **problems(401, 404),
    },
)
def get_report(request: Request, context: Ctx, caller: Reader, submission_id: str) -> Response:
    """The report of the current grading: every part, every check, every diagnosis."""
    with context.database.reading() as tx:
        seen: SeenSubmission = seen_submission(tx, caller.user, submission_id)
        grading = tx.gradings.current(seen.submission.id)
    if grading is None or grading.state is not State.DONE or grading.report is None:
        state = grading.state.value if grading else State.QUEUED.value
        raise NotFound(f"There is no report yet: the grading is {state}.")
    return tagged(request, JSONResponse(dict(grading.report)))


@router.get(
    "/submissions/{submission_id}/results.json",
    operation_id="getResultsJson",
    responses={200: {"description": "The report in the form of Gradescope's results.json"}, **problems(401, 404)},
)
def get_results_json(context: Ctx, caller: Reader, submission_id: str) -> dict[str, Any]:
    """The report of the current grading for a course that shows it in Gradescope: one test a part."""
    with context.database.reading() as tx:
        seen = seen_submission(tx, caller.user, submission_id)
        grading = tx.gradings.current(seen.submission.id)
    if grading is None or grading.report is None:
        raise NotFound("There is no report yet.")
    return results_json(report_json.from_json(grading.report))


def described(tx: Transaction, submission: Submission, course: str, assignment: str) -> SubmissionOut:
    """The submission with its current grading and its place in the queue."""
    grading = tx.gradings.current(submission.id)
    waiting = grading is not None and grading.state is State.QUEUED
    place = tx.gradings.position(grading.id) if grading and waiting else None
    return SubmissionOut.of(submission, course, assignment, grading, place)
