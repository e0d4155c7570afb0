"""What makes a course: a new one, its title and clock, and a copy of it for the next term."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, NotAllowed
from app.pages.form_fields import optional_text, text, zone
from app.pages.render import render
from app.permissions import Action, may_create_courses
from submissions.course_copy import copy_course, first_date
from submissions.database import Transaction
from submissions.errors import SlugTaken
from submissions.models import Course, LoginSession, Role, User

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{1,98}")
TAKEN_BY_PAGES = frozenset({"new"})
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
        _may_create(tx, login.user)
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
    return RedirectResponse(f"/courses/{course}", 303)


async def copy(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """Copy a course to the next term."""
    try:
        made = await run_in_threadpool(_copy, context, login.user, course, form)
    except (BadForm, SlugTaken) as error:
        field = "copy-" + (getattr(error, "field", "slug") or "")
        return await run_in_threadpool(
            _settings_page, request, context, login, course, {}, _typed(form), error.sentence, field
        )
    return RedirectResponse(f"/courses/{made.slug}", 303)


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


def _may_create(tx: Transaction, user: User) -> None:
    roles = [enrollment.role for enrollment in tx.courses.of_user(user.id)]
    if not may_create_courses(user.is_operator, roles):
        raise NotAllowed("Only operators and instructors make new courses.")


def _create(context: Context, user: User, form: FormData) -> Course:
    with context.database.transaction() as tx:
        _may_create(tx, user)
        slug, title = _slug(form), text(form, "title", "The course needs a title.")
        time_zone = zone(form, "time_zone")
        course = tx.courses.add(slug, title, time_zone)
        tx.courses.enroll(course.id, user.id, Role.INSTRUCTOR)
        _note(tx, context.clock(), user, course, "course.created")
        return course


def _change(context: Context, user: User, slug: str, form: FormData) -> None:
    title, time_zone = text(form, "title", "The course needs a title."), zone(form, "time_zone")
    with context.database.transaction() as tx:
        member = membership(tx, user, slug, Action.SET_UP_COURSE)
        changed = replace(member.course, title=title, time_zone=time_zone)
        if changed != member.course:
            tx.courses.change(changed)
            _note(tx, context.clock(), user, changed, "course.changed")


def _copy(context: Context, user: User, slug: str, form: FormData) -> Course:
    new_slug, title = _slug(form), text(form, "title", "The course needs a title.")
    with context.database.transaction() as tx:
        member = membership(tx, user, slug, Action.SET_UP_COURSE)
        first = first_date(tx.courses.assignments(member.course.id))
        days = _days(form, first, member.course.time_zone)
        copied = copy_course(tx, member.course, new_slug, title, days)
        if optional_text(form, "staff") == "yes":
            for one in tx.courses.people(member.course):
                if one.role.is_staff:
                    tx.courses.enroll(copied.id, one.user.id, one.role)
        tx.courses.enroll(copied.id, user.id, Role.INSTRUCTOR)
        _note(tx, context.clock(), user, copied, "course.copied", source=slug, days=days)
        return copied


def _slug(form: FormData) -> str:
    slug = text(form, "slug", "The course needs a short name for its address.", 100)
    if not SLUG.fullmatch(slug) or slug in TAKEN_BY_PAGES:
        raise BadForm("The short name has small letters, digits and hyphens, like nn-2027.", "slug")
    return slug


def _days(form: FormData, first: datetime | None, time_zone: str) -> int:
    """How many days later the new course begins."""
    said = optional_text(form, "first_date")
    if first is None:
        return 0
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise BadForm("Say on which day the first date of the new course is.", "first_date") from error
    return (day - first.astimezone(ZoneInfo(time_zone)).date()).days


def _typed(form: FormData) -> dict[str, str]:
    return {name: value if isinstance(value := form.get(name), str) else "" for name in FIELDS}


def _note(tx: Transaction, now: datetime, user: User, course: Course, kind: str, **more: object) -> None:
    detail = {"by": user.name, "slug": course.slug, "title": course.title, "time_zone": course.time_zone, **more}
    tx.events.add(kind, now, user_id=user.id, course_id=course.id, detail=detail)
