"""The button of a submission that has no result by no fault of its author's: have it graded again."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.access import SeenSubmission, seen_submission
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.permissions import Action
from submissions.database import Transaction
from submissions.grading_again import grade_again, may_ask_again, may_grade_again
from submissions.models import Grading, User
from submissions.repository.retention import REMOVED


def make_router() -> APIRouter:
    """POST /submissions/{id}/again."""
    router = APIRouter()
    router.add_api_route("/submissions/{submission}/again", again, methods=["POST"])
    return router


async def again(context: Ctx, login: CurrentSession, form: SessionForm, submission: str) -> Response:
    """Queue another grading; the page of the submission then says how far it is."""
    await run_in_threadpool(_again, context, login.user, submission)
    return RedirectResponse(f"/submissions/{submission}", 303)


def offered(tx: Transaction, found: SeenSubmission, grading: Grading) -> bool:
    """Whether the page shows the button to this person."""
    if found.submission.sha256 == REMOVED:
        return False
    if found.membership.may(Action.GRADE_AGAIN):
        return may_grade_again(grading)
    own = found.submission.user_id == found.membership.user.id
    return own and may_ask_again(tx, found.submission, grading)


def _again(context: Context, user: User, submission_id: str) -> None:
    with context.database.transaction() as tx:
        found = seen_submission(tx, user, submission_id)
        staff = found.membership.may(Action.GRADE_AGAIN)
        if found.submission.user_id != user.id:
            found.membership.require(Action.GRADE_AGAIN)
        grade_again(tx, found.submission, found.assignment, user, staff, context.clock())
