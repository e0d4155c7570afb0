"""What people do about a launch: connect a course, choose an assignment, open a window, bring the roster over."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import Membership, role_in
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SameOriginForm, SessionForm
from app.errors import BadForm, BadLaunch
from app.field_rules import on_one_line
from app.lti import deep_linking, linking, question, window
from app.lti.arrival import only_instructor, settle
from app.lti.question import Question
from app.lti.sessions import origin_of
from app.pages.account.sign_in import local
from app.pages.assignment.assignment_page import assignment_path
from app.pages.lti.launch import LAUNCH_PATH, Secret, tool_origin
from app.pages.render import render
from app.permissions import Action
from app.security import headers, login
from app.staff.asking import ask
from app.staff.course_making import free_slug, vouched_course
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Course, CourseAssignment, LoginSession, Role
from submissions.roster import follow_platform

NEW = "new"  # the value of the choice that makes a course
CATALOG = "catalog:"  # before an assignment that the course does not ask yet


def make_router() -> APIRouter:
    """The pages of a question, and the two ways into a window."""
    router = APIRouter()
    router.add_api_route("/lti/questions/{secret}", show, methods=["GET"])
    router.add_api_route("/lti/questions/{secret}/course", connect, methods=["POST"])
    router.add_api_route("/lti/questions/{secret}/assignment", choose, methods=["POST"])
    router.add_api_route("/lti/window", leave_frame, methods=["POST"])
    router.add_api_route("/lti/window/{secret}", look_in, methods=["GET"])
    router.add_api_route("/lti/window/{secret}", enter, methods=["POST"])
    return router


def show(request: Request, context: Ctx, found: CurrentSession, secret: Secret) -> Response:
    """The next thing to decide about this launch."""
    with context.database.reading() as tx:
        asked = question.asked(context, tx, secret, found.user)
        course = _connected(tx, asked)
        platform = linking.offered(tx, found.user)
        if course is None:
            only_instructor(asked.role)
            mine = _own_courses(tx, found)
            return render(
                request,
                "lti_course.html",
                login=found,
                secret=secret,
                question=asked,
                courses=mine,
                new=NEW,
                platform=platform,
            )
        member = _of_staff(tx, course, found)
        offered = tx.courses.assignments(course.id)
    known = {one.slug for one in offered}
    usable = context.catalog.usable() if member.may(Action.SET_UP_COURSE) else ()
    further = [folder.assignment for folder in usable if folder.assignment.slug not in known]
    return render(
        request,
        "lti_assignment.html",
        login=found,
        secret=secret,
        question=asked,
        course=course,
        offered=offered,
        further=further,
        catalog=CATALOG,
        platform=platform,
    )


async def connect(request: Request, context: Ctx, found: CurrentSession, form: SessionForm, secret: Secret) -> Response:
    """This course of the platform is that course here."""
    return await run_in_threadpool(_connect, context, found, form, secret)


async def choose(request: Request, context: Ctx, found: CurrentSession, form: SessionForm, secret: Secret) -> Response:
    """This activity opens that assignment."""
    return await run_in_threadpool(_choose, request, context, found, form, secret)


async def leave_frame(request: Request, context: Ctx, found: CurrentSession, form: SessionForm) -> Response:
    """From a frame: a page whose link opens a window, because a window does not have the frame's cookie."""
    return await run_in_threadpool(_leave_frame, request, context, found, form)


def look_in(request: Request, context: Ctx, secret: Secret) -> Response:
    """Who a ticket signs in, asked before it does: a link alone must sign nobody in as somebody else."""
    entry = window.seen(context, secret)
    return render(request, "lti_enter.html", name=entry.user.name, ticket=secret)


async def enter(request: Request, context: Ctx, form: SameOriginForm, secret: Secret) -> Response:
    """Use the ticket."""
    _address, browser = login.caller(request)
    signed_in, entry = await run_in_threadpool(window.enter, context, secret, browser)
    response = RedirectResponse(local(entry.target), 303)
    login.set_cookie(context, response, signed_in)
    return response


def _leave_frame(request: Request, context: Context, found: LoginSession, form: FormData) -> Response:
    target = form.get("target")
    with context.database.transaction() as tx:
        entry = window.ticket(context, tx, found.user, local(target if isinstance(target, str) else "/"))
    return render(
        request, "lti_window.html", login=found, name=found.user.name, platform="", ticket=entry, storage=None
    )


def _connect(context: Context, found: LoginSession, form: FormData, secret: str) -> Response:
    with context.database.transaction() as tx:
        asked = question.asked(context, tx, secret, found.user)
        if _connected(tx, asked) is None:
            only_instructor(asked.role)
            now = context.clock()
            course = _chosen_course(tx, found, form, now)
            tx.lti_links.connect(asked.platform_id, asked.context_id, course.id, asked.memberships_url)
            follow_platform(tx, course, found.user, Role.INSTRUCTOR, asked.platform_id, found.user, now)
            tx.events.add(
                "lti.course_connected",
                now,
                user_id=found.user.id,
                course_id=course.id,
                detail={"course": course.slug, "platform": asked.platform_id, "context": asked.context_id},
            )
    return RedirectResponse(f"/lti/questions/{secret}", 303)


def _choose(request: Request, context: Context, found: LoginSession, form: FormData, secret: str) -> Response:
    chosen = form.get("assignment")
    with context.database.transaction() as tx:
        asked = question.asked(context, tx, secret, found.user)
        course = _connected(tx, asked)
        if course is None:
            raise BadLaunch(_("The course is not connected yet. Launch again from your course."))
        assignment = _chosen_assignment(context, tx, _of_staff(tx, course, found), str(chosen or ""))
        question.answered(context, tx, secret)
        platform = tx.lti_platforms.by_id(asked.platform_id)
        if platform is None:
            raise BadLaunch(_("This platform is not registered here any more."))
        if not asked.chooses:
            settle(context, tx, platform.id, asked.context_id, asked.resource_link_id, assignment, asked.line_item_url)
            return RedirectResponse(f"{assignment_path(course.slug, assignment.slug)}/dashboard", 303)
    return_url = asked.return_url or ""
    launch_url = tool_origin(context, request) + LAUNCH_PATH
    message = deep_linking.answer(context, platform, asked.deployment_id, asked.data, assignment, launch_url)
    page = render(
        request,
        "lti_return.html",
        login=found,
        platform=platform,
        assignment=assignment,
        url=return_url,
        message=message,
    )
    holder = getattr(request.state, "frame_origin", None)
    page.headers["Content-Security-Policy"] = headers.content_security_policy(
        form_action=f"'self' {origin_of(return_url)}",
        frame_ancestors=f"'self' {holder}" if holder else "'none'",
    )
    return page


def _connected(tx: Transaction, asked: Question) -> Course | None:
    known = tx.lti_links.context(asked.platform_id, asked.context_id)
    return tx.courses.by_id(known.course_id) if known else None


def _own_courses(tx: Transaction, found: LoginSession) -> list[Course]:
    if found.user.is_operator:
        return tx.courses.all()
    return [one.course for one in tx.courses.of_user(found.user.id) if one.role is Role.INSTRUCTOR]


def _chosen_course(tx: Transaction, found: LoginSession, form: FormData, now: datetime) -> Course:
    slug = form.get("course")
    if slug == NEW:
        return _new_course(tx, found, form, now)
    for course in _own_courses(tx, found):
        if course.slug == slug:
            return course
    raise BadForm(_("Choose one of your courses, or a new one."), "course")


def _new_course(tx: Transaction, found: LoginSession, form: FormData, now: datetime) -> Course:
    title = on_one_line(str(form.get("title") or "")).strip()[:200]
    if not title:
        raise BadForm(_("A new course needs a title."), "title")
    return vouched_course(tx, found.user, free_slug(tx, title), title, "UTC", now)


def _of_staff(tx: Transaction, course: Course, found: LoginSession) -> Membership:
    role = role_in(tx, course, found.user)
    if role is None or not role.is_staff:
        raise BadLaunch(_("Only staff choose assignments for a course."))
    return Membership(course, found.user, role)


def _chosen_assignment(context: Context, tx: Transaction, member: Membership, value: str) -> CourseAssignment:
    if value.startswith(CATALOG):
        member.require(Action.SET_UP_COURSE)
        slug = value.removeprefix(CATALOG)
        if slug in context.catalog.slugs():
            found = context.catalog.get(slug).assignment
            asked = CourseAssignment("", member.course.id, slug, found.title, found.points, None, None, None)
            return ask(tx, member.course, member.user, asked, context.clock())
    for assignment in tx.courses.assignments(member.course.id):
        if assignment.slug == value:
            return assignment
    raise BadForm(_("Choose one of the assignments."), "assignment")
