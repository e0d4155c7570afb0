"""What a student opens: the courses, a course, an assignment."""

from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.access import Membership, assignment_of, assignments_of, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession
from app.pages.account.time_zones import read_by
from app.pages.assignment import checking_first, handing_in
from app.pages.assignment.assignment_page import assignment_page, assignment_path
from app.pages.assignment.attempts import newest_first
from app.pages.render import render
from app.permissions import Action, may_create_courses
from submissions.database import Transaction
from submissions.grades import best_of
from submissions.marking import Grade, Question
from submissions.models import Attempt, Course, CourseAssignment, Role, State, User
from submissions.policy import Allowance, allowance, closes_at
from submissions.standings import total


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course on the start page: how many assignments take uploads now, and which deadline comes next."""

    course: Course
    role: Role
    open: int
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """A line of a course page; `best` is None while nothing is graded. Of staff only the assignment is shown.

    late: whether it is past due and taken all the same. closed: whether nothing is taken any more.
    unfinished: the newest attempt, where it waits, runs or could not be graded. asked: the newest one that was asked
    about, with the question. questions: how many are open, for staff.
    """

    assignment: CourseAssignment
    best: Grade | None
    allowance: Allowance
    extended: bool
    late: bool
    closed: bool
    unfinished: Attempt | None = None
    asked: tuple[Attempt, Question] | None = None
    questions: int = 0


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
    router.add_api_route(f"{path}/check", back_to_form, methods=["GET"])
    router.add_api_route(f"{path}/check", checking_first.check, methods=["POST"])
    return router


def home(request: Request, context: Ctx, login: CurrentSession) -> Response:
    """The courses of whoever is signed in."""
    now = context.clock()
    with context.database.reading() as tx:
        courses = _courses(tx, login.user)
        cards = [_card(tx, Membership(read_by(course, login.user), login.user, role), now) for course, role in courses]
    may_create = may_create_courses(login.user.is_operator, [role for _, role in courses])
    return render(request, "home.html", login=login, courses=cards, may_create=may_create, now=now)


def course_page(request: Request, context: Ctx, login: CurrentSession, course: str) -> Response:
    """The assignments of a course."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course)
        now = context.clock()
        open_questions = tx.questions.open_of(member.course.id) if member.may(Action.COMMENT) else {}
        rows = [
            replace(_row(tx, assignment, member, now), questions=open_questions.get(assignment.id, 0))
            for assignment in assignments_of(tx, member)
        ]
    return render(
        request,
        "course.html",
        login=login,
        course=read_by(member.course, login.user),
        rows=rows,
        total=total([row.assignment for row in rows], [row.best for row in rows]),
        staff=member.role.is_staff,
        questions=sum(open_questions.values()),
        may_set_up=member.may(Action.SET_UP_COURSE),
        may_manage=member.may(Action.MANAGE_PEOPLE),
        now=now,
    )


def show_assignment(request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """Handout, parts, upload form and results."""
    return assignment_page(request, context, login, course, assignment)


def starter(context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """The file to begin with, as a download."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course)
        asked = assignment_of(tx, member, assignment)
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


def _card(tx: Transaction, member: Membership, now: datetime) -> CourseCard:
    takes = [
        assignment
        for assignment in assignments_of(tx, member)
        if (assignment.opens_at is None or assignment.opens_at <= now) and _is_open(assignment, now)
    ]
    due = [assignment.due_at for assignment in takes if assignment.due_at is not None and assignment.due_at >= now]
    return CourseCard(member.course, member.role, len(takes), min(due, default=None))


def _is_open(assignment: CourseAssignment, now: datetime) -> bool:
    end = closes_at(assignment)
    return end is None or now <= end


def _row(tx: Transaction, assignment: CourseAssignment, member: Membership, now: datetime) -> AssignmentRow:
    closed = not _is_open(assignment, now)
    late = not closed and assignment.due_at is not None and now > assignment.due_at
    if member.role.is_staff:
        return AssignmentRow(assignment, None, allowance(assignment, [], now), extended=False, late=late, closed=closed)
    attempts = newest_first(tx.gradings.attempts(assignment.id, member.user.id))
    best = best_of(attempts)
    unfinished = attempts[0] if attempts and attempts[0].state is not State.DONE else None
    used = tx.submissions.attempts_used(assignment.id, member.user.id)
    extension = tx.extensions.get(assignment.id, member.user.id)
    questions = tx.questions.about([one.submission.id for one in attempts])
    asked = next((one for one in attempts if one.submission.id in questions), None)
    return AssignmentRow(
        assignment,
        best.grade if best else None,
        allowance(assignment, used, now),
        extended=extension is not None,
        late=late,
        closed=closed,
        unfinished=unfinished,
        asked=(asked, questions[asked.submission.id]) if asked else None,
    )
