"""What staff send from the page of a submission: comments, and what it counts; and how each of its forms is sent."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import SeenSubmission, seen_submission
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm
from app.pages.form_fields import number, text
from app.pages.submission.around import asked_among
from app.pages.submission.submission_page import submission_page
from app.pages.submission.unsaved_mark import unsaved_mark
from app.permissions import Action
from app.staff import overriding
from app.staff.answering import answer
from app.staff.overriding import MOST_CHARACTERS
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.grade_changes import grades_changed
from submissions.models import LoginSession, User


def make_router() -> APIRouter:
    """The forms of /submissions/{id}."""
    router = APIRouter()
    router.add_api_route("/submissions/{submission}/comments", comment, methods=["POST"])
    router.add_api_route("/submissions/{submission}/override", override, methods=["POST"])
    for form in ("comments", "override"):
        router.add_api_route(f"/submissions/{{submission}}/{form}", back_to_page, methods=["GET"])
    router.add_api_route("/submissions/{submission}/override/remove", take_back, methods=["POST"])
    return router


async def comment(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, submission: str
) -> Response:
    """Write to the author."""
    return await run_in_threadpool(sent, request, context, login, submission, form, "comment", _comment, "#comments")


async def override(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, submission: str
) -> Response:
    """Decide what the submission counts."""
    return await run_in_threadpool(sent, request, context, login, submission, form, "override", _override, "#decision")


def back_to_page(request: Request, submission: str) -> Response:
    """The address of a form opened by hand, as after a form that was refused: back to the page that it stands on."""
    return _back(request, submission)


async def take_back(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, submission: str
) -> Response:
    """Let the submission count what its report gives."""
    await run_in_threadpool(_take_back, context, login.user, submission)
    return _back(request, submission, "#decision")


def sent(
    request: Request,
    context: Context,
    login: LoginSession,
    submission: str,
    form: FormData,
    name: str,
    save: Callable[[Context, User, str, FormData], None],
    place: str,
) -> Response:
    """Save a form of the page and go back to it; where that cannot be, the page is there again with what was typed."""
    try:
        save(context, login.user, submission, form)
    except BadForm as error:
        return submission_page(request, context, login, submission, unsaved_mark(name, form, error))
    return _back(request, submission, place)


def _back(request: Request, submission: str, place: str = "") -> Response:
    """To the page as it was: among the same students of the dashboard."""
    asked = asked_among(request)
    return RedirectResponse(f"/submissions/{submission}{asked.among if asked else ''}{place}", 303)


def _comment(context: Context, user: User, submission_id: str, form: FormData) -> None:
    with context.database.transaction() as tx:
        found = _found(tx, user, submission_id, Action.COMMENT)
        words = text(form, "text", _("Write a comment first."), most=MOST_CHARACTERS)
        tx.marks.comment(submission_id, user.id, words, context.clock())
        _note(tx, context, found, user, "submission.commented", {})
        answer(tx, found, context.clock())


def _override(context: Context, user: User, submission_id: str, form: FormData) -> None:
    with context.database.transaction() as tx:
        found = _found(tx, user, submission_id, Action.OVERRIDE)
        points = number(form, "points", _("The points"), most=found.assignment.points)
        words = text(form, "comment", _("Say why: the student reads it."), most=MOST_CHARACTERS)
        overriding.override(tx, found, points, words, context.clock())


def _take_back(context: Context, user: User, submission_id: str) -> None:
    with context.database.transaction() as tx:
        overriding.withdraw(tx, _found(tx, user, submission_id, Action.OVERRIDE), context.clock())


def _found(tx: Transaction, user: User, submission_id: str, action: Action) -> SeenSubmission:
    found = seen_submission(tx, user, submission_id)
    found.membership.require(action)
    return found


def _note(
    tx: Transaction, context: Context, found: SeenSubmission, user: User, kind: str, detail: dict[str, object]
) -> None:
    now, submission = context.clock(), found.submission
    tx.events.add(
        kind,
        now,
        user_id=user.id,
        course_id=found.membership.course.id,
        submission_id=submission.id,
        detail={"by": user.name, **detail},
    )
    grades_changed(tx, submission.course_assignment_id, [submission.user_id], now)
