"""What makes a course: a new one, its title and clock, and a copy of it for the next term."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm
from app.pages.form_fields import line, optional_text, text, zone
from app.pages.notices import past, saved
from app.pages.render import render
from app.permissions import Action
from app.staff.course_making import change_course, create_course, may_create, new_slug, note
from grader.translation import gettext as _
from submissions.course_copy import copy_course, first_date
from submissions.errors import SlugTaken
from submissions.models import Course, LoginSession, Role, User

FIELDS = ("slug", "title", "time_zone", "first_date", "staff")


def make_router() -> APIRouter:
    """The forms of courses; they go before /courses/{course}, whose path would take `new` too."""
    router = APIRouter()
    router.add_api_route("/courses/new", show_new, methods=["GET"])
    router.add_api_route("/courses/new", create, methods=["POST"])
    router.add_api_route("/courses/{course}/settings", show_settings, methods=["GET"])
    router.add_api_route("/courses/{course}/settings", change, methods=["POST"])
    router.add_api_route("/courses/{course}/copy", copy, methods=["POST"])
    return router


def show_new(request: Request, context: Ctx, login: CurrentSession) -> Response:
    """The form of a new course."""
    with context.database.reading() as tx:
        may_create(tx, login.user)
    values = {"time_zone": "UTC"}
    return render(request, "course_new.html", login=login, values=values, problem="", field="")


async def create(request: Request, context: Ctx, login: CurrentSession, form: SessionForm) -> Response:
    """Make a course with its maker as instructor."""
    try:
        course = await run_in_threadpool(_create, context, login.user, form)
    except (BadForm, SlugTaken) as error:
        field = getattr(error, "field", "slug") or ""
        page = {"login": login, "values": _typed(form), "problem": error.sentence, "field": field}
        return render(request, "course_new.html", 422, **page)
    return RedirectResponse(f"/courses/{course.slug}", 303)


def show_settings(request: Request, context: Ctx, login: CurrentSession, course: str) -> Response:
    """Title, clock, and the copy for the next term."""
    return _settings_page(request, context, login, course, {}, {}, "", "")


async def change(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """Change the title and the clock of a course."""
    try:
        await run_in_threadpool(_change, context, login.user, course, form)
    except BadForm as error:
        return await run_in_threadpool(
            _settings_page, request, context, login, course, _typed(form), {}, error.sentence, error.field or ""
        )
    return saved(f"/courses/{course}", "saved")


async def copy(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """Copy a course to the next term."""
    try:
        made, notice = await run_in_threadpool(_copy, context, login.user, course, form)
    except (BadForm, SlugTaken) as error:
        field = "copy-" + (getattr(error, "field", "slug") or "")
        return await run_in_threadpool(
            _settings_page, request, context, login, course, {}, _typed(form), error.sentence, field
        )
    return saved(f"/courses/{made.slug}", "copied", notice)


def _settings_page(
    request: Request,
    context: Context,
    login: LoginSession,
    slug: str,
    values: Mapping[str, str],
    copied: Mapping[str, str],
    problem: str,
    field: str,
) -> Response:
    with context.database.reading() as tx:
        member = membership(tx, login.user, slug, Action.SET_UP_COURSE)
        course = member.course
        assignments = tx.courses.assignments(course.id)
        staff = sum(one.role.is_staff for one in tx.courses.people(course))
    first = first_date(assignments)
    return render(
        request,
        "course_settings.html",
        422 if problem else 200,
        login=login,
        course=course,
        values=values or {"title": course.title, "time_zone": course.time_zone},
        copied=copied or {"title": course.title, "staff": "yes"},
        first=first,
        assignments=len(assignments),
        staff=staff,
        problem=problem,
        field=field,
        now=context.clock(),
    )


def _create(context: Context, user: User, form: FormData) -> Course:
    with context.database.transaction() as tx:
        may_create(tx, user)
        slug, title = _slug(form), line(form, "title", _("The course needs a title."))
        return create_course(tx, user, slug, title, zone(form, "time_zone"), context.clock())


def _change(context: Context, user: User, slug: str, form: FormData) -> None:
    title, time_zone = line(form, "title", _("The course needs a title.")), zone(form, "time_zone")
    with context.database.transaction() as tx:
        member = membership(tx, user, slug, Action.SET_UP_COURSE)
        change_course(tx, member, title, time_zone, context.clock())


def _copy(context: Context, user: User, slug: str, form: FormData) -> tuple[Course, str]:
    """The copy, and the notice where something of it is over before it has begun."""
    slug_of_copy, title = _slug(form), line(form, "title", _("The course needs a title."))
    with context.database.transaction() as tx:
        member = membership(tx, user, slug, Action.SET_UP_COURSE)
        first = first_date(tx.courses.assignments(member.course.id))
        days = _days(form, first, member.course.time_zone)
        copied = copy_course(tx, member.course, slug_of_copy, title, days)
        if optional_text(form, "staff") == "yes":
            for one in tx.courses.people(member.course):
                if one.role.is_staff:
                    tx.courses.enroll(copied.id, one.user.id, one.role)
        tx.courses.enroll(copied.id, user.id, Role.INSTRUCTOR)
        note(tx, context.clock(), user, copied, "course.copied", source=slug, days=days)
        over = any(past(one, context.clock()) for one in tx.courses.assignments(copied.id))
        return copied, "some-over" if over else ""


def _slug(form: FormData) -> str:
    return new_slug(text(form, "slug", _("The course needs a short name for its address."), 100))


def _days(form: FormData, first: datetime | None, time_zone: str) -> int:
    """How many days later the new course begins."""
    said = optional_text(form, "first_date")
    if first is None:
        return 0
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise BadForm(_("Say on which day the first date of the new course is."), "first_date") from error
    return (day - first.astimezone(ZoneInfo(time_zone)).date()).days


def _typed(form: FormData) -> dict[str, str]:
    return {name: value if isinstance(value := form.get(name), str) else "" for name in FIELDS}
