"""What instructors take out of an assignment: grades as JSON, and everything handed in as one zip."""

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from app.access import assignment_asked, membership
from app.dependencies import Ctx, CurrentSession
from app.gradebooks.grades_json import grades_json
from app.gradebooks.source_archive import archive, authors_of, entries
from app.pages.assignment_page import assignment_path
from app.permissions import Action
from submissions.database import Transaction
from submissions.models import Attempt, CourseAssignment, User


def make_router() -> APIRouter:
    """The downloads of an assignment beside its CSV."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}")
    router.add_api_route(f"{path}/grades.json", grades, methods=["GET"])
    router.add_api_route(f"{path}/sources.zip", sources, methods=["GET"])
    return router


def grades(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Every learner with what counts and why, and every attempt."""
    with context.database.reading() as tx:
        asked, attempts = _asked(tx, login.user, course, assignment)
        rows = tx.gradings.gradebook_of(asked.id, attempts)
    text = grades_json(course, asked, rows, attempts, context.clock())
    headers = {"Content-Disposition": f'attachment; filename="{asked.slug}.json"'}
    return Response(text, media_type="application/json", headers=headers)


def sources(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Everything that was handed in, as it came, one folder a person. It is made while it is sent."""
    with context.database.reading() as tx:
        asked, attempts = _asked(tx, login.user, course, assignment)
        authors = authors_of(tx, attempts)
    headers = {"Content-Disposition": f'attachment; filename="{asked.slug}-sources.zip"'}
    return StreamingResponse(
        archive(entries(context.database, attempts, authors)), media_type="application/zip", headers=headers
    )


def _asked(tx: Transaction, user: User, course: str, assignment: str) -> tuple[CourseAssignment, list[Attempt]]:
    member = membership(tx, user, course, Action.EXPORT_GRADES)
    asked = assignment_asked(tx, member, assignment)
    return asked, tx.gradings.attempts(asked.id)
