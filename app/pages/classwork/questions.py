"""What students ask about their results, for staff: what is open, the longest first, and what is answered."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access import membership
from app.dependencies import Ctx, CurrentSession
from app.pages.render import render
from app.pages.slices import slice_of
from app.permissions import Action
from submissions.marking import Question
from submissions.repository.names import NamedAttempt


@dataclass(frozen=True, slots=True)
class Line:
    """A question and whose attempt it is about."""

    question: Question
    attempt: NamedAttempt


def make_router() -> APIRouter:
    """/courses/{course}/questions."""
    router = APIRouter()
    router.add_api_route("/courses/{course}/questions", show, methods=["GET"])
    return router


def show(
    request: Request,
    context: Ctx,
    login: CurrentSession,
    course: str,
    assignment: str = "",
    state: str = "",
    first: int = 1,
) -> Response:
    """The open questions of a course or of one assignment; with state=answered those that are closed."""
    answered = state == "answered"
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.COMMENT)
        asked = tx.courses.assignments(member.course.id)
        only = next((one for one in asked if one.slug == assignment), None)
        about = [only.id] if only else [one.id for one in asked]
        page = slice_of(tx.questions.listed(about, answered=answered), first)
        named = tx.names.attempts({one.submission_id for one in page.shown})
        counts = tx.questions.open_of(member.course.id)
    return render(
        request,
        "questions.html",
        login=login,
        course=member.course,
        only=only,
        lines=[Line(one, named[one.submission_id]) for one in page.shown],
        page=page,
        answered=answered,
        open=counts.get(only.id, 0) if only else sum(counts.values()),
        taken=any(one.question_days is not None for one in asked),
        now=context.clock(),
    )
