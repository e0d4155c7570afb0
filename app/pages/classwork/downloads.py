"""What instructors take out of an assignment: grades as JSON, and everything handed in as one zip."""

from fastapi import APIRouter
from starlette.responses import Response

from app.dependencies import Ctx, CurrentSession
from app.gradebooks.exports import grades_file, sources_file
from app.pages.assignment.assignment_page import assignment_path


def make_router() -> APIRouter:
    """The downloads of an assignment beside its CSV."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}")
    router.add_api_route(f"{path}/grades.json", grades, methods=["GET"])
    router.add_api_route(f"{path}/sources.zip", sources, methods=["GET"])
    return router


def grades(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Every learner with what counts and why, and every attempt."""
    return grades_file(context, login.user, course, assignment)


def sources(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Everything that was handed in, as it came, one folder a person. It is made while it is sent."""
    return sources_file(context, login.user, course, assignment)
