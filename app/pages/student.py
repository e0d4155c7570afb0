"""What a student opens: the courses, a course, an assignment; and handing in."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.access import assignment_of, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession
from app.pages import handing_in
from app.pages.assignment_page import assignment_page, assignment_path
from app.pages.attempts import attempts_of, best_of
from app.pages.render import render
from app.pages.time_zones import read_by
from submissions.database import Transaction
from submissions.models import Course, CourseAssignment, Role, User


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course on the start page: how many assignments take uploads now, and which deadline comes next."""

    course: Course
    role: Role
    open: int
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A line of a course page; `best` is None while nothing is graded."""

    assignment: CourseAssignment
    best: float | None
    maximum: float
    used: int


def make_router() -> APIRouter:
    """The start page, courses, assignments, starters and uploads."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}")
    router.add_api_route("/", home, methods=["GET"])
    router.add_api_route("/courses/{course}", course_page, methods=["GET"])
    router.add_api_route(path, show_assignment, methods=["GET"])
    router.add_api_route(f"{path}/starter.py", starter, methods=["GET"])
    router.add_api_route(f"{path}/submissions", back_to_form, methods=["GET"])
    router.add_api_route(f"{path}/submissions", handing_in.hand_in, methods=["POST"])
    return router


def home(request: Request, context: Ctx, login: CurrentSession) -> Response:
    """The courses of whoever is signed in."""
    now = context.clock()
    with context.database.reading() as tx:
        cards = [_card(tx, read_by(course, login.user), role, now) for course, role in _courses(tx, login.user)]
    return render(request, "home.html", login=login, courses=cards, now=now)


def course_page(request: Request, context: Ctx, login: CurrentSession, course: str) -> Response:
    """The assignments of a course."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course)
        rows = [_row(tx, assignment, login.user) for assignment in tx.courses.assignments(member.course.id)]
    return render(
        request,
        "course.html",
        login=login,
        course=read_by(member.course, login.user),
        rows=rows,
        staff=member.role.is_staff,
        now=context.clock(),
    )


def show_assignment(request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Handout, parts, upload form and results."""
    return assignment_page(request, context, login, course, assignment)


def starter(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """The file to begin with, as a download."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course)
        asked = assignment_of(tx, member.course, assignment)
    text = _starter(context, asked)
    return Response(
        text, media_type="text/x-python", headers={"Content-Disposition": "attachment; filename=starter.py"}
    )


def back_to_form(course: str, assignment: str) -> Response:
    """The upload form's address opened by hand: back to the form."""
    return RedirectResponse(f"{assignment_path(course, assignment)}#upload", 303)


def _starter(context: Context, asked: CourseAssignment) -> str:
    return context.catalog.get(asked.slug).starter


def _courses(tx: Transaction, user: User) -> list[tuple[Course, Role]]:
    """An operator sees every course, as an instructor."""
    if user.is_operator:
        return [(course, Role.INSTRUCTOR) for course in tx.courses.all()]
    return [(enrollment.course, enrollment.role) for enrollment in tx.courses.of_user(user.id)]


def _card(tx: Transaction, course: Course, role: Role, now: datetime) -> CourseCard:
    takes = [
        assignment
        for assignment in tx.courses.assignments(course.id)
        if (assignment.opens_at is None or assignment.opens_at <= now)
        and (assignment.due_at is None or now <= assignment.due_at)
    ]
    due = [assignment.due_at for assignment in takes if assignment.due_at is not None]
    return CourseCard(course, role, len(takes), min(due, default=None))


def _row(tx: Transaction, assignment: CourseAssignment, user: User) -> AssignmentRow:
    attempts = attempts_of(tx, assignment.id, user.id)
    best = best_of(attempts)
    used = tx.submissions.attempts_used(assignment.id, user.id)
    if best is None:
        return AssignmentRow(assignment, None, assignment.points, used)
    return AssignmentRow(assignment, best.given, best.maximum or assignment.points, used)
