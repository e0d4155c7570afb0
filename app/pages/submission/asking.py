"""The form with which a student asks about a result: once about each attempt, while the assignment takes questions."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from app.access import seen_submission
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, NotAllowed
from app.pages.form_fields import optional_text, text
from app.pages.submission.asked import open_until
from app.pages.submission.marking import back_to_page, sent
from app.permissions import Action
from app.staff.overriding import MOST_CHARACTERS
from grader import report_json
from grader.translation import gettext as _
from submissions.models import User

ASKED = "submission.asked"
"""The event of it. The words are not in it: they are the student's."""


def make_router() -> APIRouter:
    """POST /submissions/{id}/question."""
    router = APIRouter()
    router.add_api_route("/submissions/{submission}/question", ask, methods=["POST"])
    router.add_api_route("/submissions/{submission}/question", back_to_page, methods=["GET"])
    return router


async def ask(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, submission: str) -> Response:
    """Ask the staff of the course."""
    return await run_in_threadpool(sent, request, context, login, submission, form, "question", _ask, "#question")


def _ask(context: Context, user: User, submission_id: str, form: FormData) -> None:
    with context.database.transaction() as tx:
        found = seen_submission(tx, user, submission_id)
        found.membership.require(Action.ASK)
        if found.submission.user_id != user.id:
            raise NotAllowed(_("Only the student whose result it is asks about it."))
        words = text(form, "question", _("Write your question first."), most=MOST_CHARACTERS)
        part = optional_text(form, "part")
        grading, now = tx.gradings.current(submission_id), context.clock()
        if grading is None or grading.report is None:
            raise BadForm(_("There is no result yet that you could ask about."), "question")
        if part and part not in {one.name for one in report_json.from_json(grading.report).parts}:
            raise BadForm(_("Choose one of the parts, or the whole result."), "part")
        until = open_until(found, grading, tx.gradings.attempts(found.assignment.id, user.id))
        if until is None:
            raise BadForm(_("Questions about the results of this assignment are not taken here."), "question")
        if now > until:
            raise BadForm(_("The time to ask about this result is over."), "question")
        if not tx.questions.ask(submission_id, part, words, now):
            raise BadForm(_("You have asked about this attempt already."), "question")
        course = found.membership.course.id
        tx.events.add(
            ASKED, now, user_id=user.id, course_id=course, submission_id=submission_id, detail={"by": user.name}
        )
