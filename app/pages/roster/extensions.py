"""Extensions: one student given a later due date or more attempts, with the reason that the student reads."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from app.access import asked_in
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm
from app.pages.assignment.assignment_page import assignment_path
from app.pages.form_fields import moment, optional_text, text, whole
from app.pages.notices import past, saved
from app.pages.render import render
from app.permissions import Action
from app.staff import extending
from app.staff.asking import local
from grader.translation import gettext as _
from submissions.models import LoginSession, Role, User
from submissions.policy import extended

FIELDS = ("student", "due_at", "more_attempts", "reason")


def make_router() -> APIRouter:
    """The extensions of an assignment."""
    router = APIRouter()
    path = f"{assignment_path('{course}', '{assignment}')}/extensions"
    router.add_api_route(path, show, methods=["GET"])
    router.add_api_route(path, give, methods=["POST"])
    router.add_api_route(f"{path}/{{student}}/remove", take_back, methods=["POST"])
    return router


def show(
    request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str, student: str = ""
) -> Response:
    """Every extension of an assignment, and the form for one more; `student` is chosen in it."""
    return _page(request, context, login, course, assignment, {"student": student}, "", "")


async def give(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """Give an extension, in place of the one the student has."""
    try:
        notice = await run_in_threadpool(_give, context, login.user, course, assignment, form)
    except BadForm as error:
        values = {name: value if isinstance(value := form.get(name), str) else "" for name in FIELDS}
        return await run_in_threadpool(
            _page, request, context, login, course, assignment, values, error.sentence, error.field or ""
        )
    return saved(f"{assignment_path(course, assignment)}/extensions", "given", notice)


async def take_back(
    context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str, student: str
) -> Response:
    """Take an extension back."""
    await run_in_threadpool(_take_back, context, login.user, course, assignment, student)
    return saved(f"{assignment_path(course, assignment)}/extensions", "taken-back")


def _page(
    request: Request,
    context: Context,
    login: LoginSession,
    course: str,
    assignment: str,
    values: Mapping[str, str],
    problem: str,
    field: str,
) -> Response:
    with context.database.reading() as tx:
        member, asked = asked_in(tx, login.user, course, assignment, Action.EXTEND)
        people = [one.user for one in tx.courses.people(member.course) if one.role is Role.STUDENT]
        given = tx.extensions.of(asked.id)
        chosen = given.get(values.get("student", ""))
    if chosen is not None and "reason" not in values:
        due_at = local(chosen.due_at, member.course.time_zone)
        values = {**values, "due_at": due_at, "more_attempts": str(chosen.more_attempts), "reason": chosen.reason}
    return render(
        request,
        "extensions.html",
        422 if problem else 200,
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        people=people,
        extensions=[(user, given[user.id]) for user in people if user.id in given],
        values={name: values.get(name, "") for name in FIELDS},
        problem=problem,
        field=field,
        now=context.clock(),
    )


def _give(context: Context, user: User, course: str, assignment: str, form: FormData) -> str:
    """Give it; the notice where it gives no time, which may be meant: work that came late is late no more."""
    student = optional_text(form, "student")
    with context.database.transaction() as tx:
        member, asked = asked_in(tx, user, course, assignment, Action.EXTEND)
        if tx.courses.role(member.course.id, student) is not Role.STUDENT:
            raise BadForm(_("Choose a student of this course."), "student")
        due_at = moment(form, "due_at", _("The new due date"), member.course.time_zone)
        more = whole(form, "more_attempts", _("The further attempts"), 0, extending.MOST_MORE) or 0
        reason = text(form, "reason", _("Say why: the student reads it."), extending.MOST_CHARACTERS)
        given = extending.give(tx, member, asked, student, due_at, more, reason, context.clock())
    notice = past(extended(asked, given), context.clock())
    return "over-for-them" if notice == "over" else notice


def _take_back(context: Context, user: User, course: str, assignment: str, student: str) -> None:
    with context.database.transaction() as tx:
        member, asked = asked_in(tx, user, course, assignment, Action.EXTEND)
        extending.take_back(tx, member, asked, student, context.clock())
