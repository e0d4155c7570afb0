"""What instructors ask: an assignment of the catalogue added to a course, changed, removed while nobody handed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from app.access import Membership, asked_in, assignment_asked, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm
from app.pages.assignment.asked_form import asked_from, typed
from app.pages.assignment.assignment_page import assignment_path
from app.pages.assignment.grade_preview import ANSWER_FIELD, BACK, GradePreview, GradesChange, ask_first
from app.pages.form_fields import optional_text
from app.pages.notices import past, saved
from app.pages.render import render
from app.permissions import Action
from app.staff.asking import ask, change_asked, stop_asking, written
from grader.translation import gettext as _
from reference.errors import AssignmentInvalid, MaterialError, UnknownAssignment
from submissions.database import Transaction
from submissions.errors import AlreadyUsed, SlugTaken
from submissions.models import CourseAssignment, LoginSession, User
from submissions.policy import closes_at


@dataclass(frozen=True, slots=True)
class Offer:
    """An assignment that the course does not ask yet; an own one is of a folder that the installation names."""

    slug: str
    title: str
    points: float
    own: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A folder that cannot be used, and every reason why."""

    slug: str
    reasons: tuple[str, ...]


def make_router() -> APIRouter:
    """The forms of a course's assignments; they go before the pages of assignments, whose path would take `new` too."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}")
    router.add_api_route("/courses/{course}/assignments/new", show_new, methods=["GET"])
    router.add_api_route("/courses/{course}/assignments/new", add, methods=["POST"])
    router.add_api_route(f"{path}/edit", show_edit, methods=["GET"])
    router.add_api_route(f"{path}/edit", change, methods=["POST"])
    router.add_api_route(f"{path}/remove", remove, methods=["POST"])
    return router


def show_new(request: Request, context: Ctx, login: CurrentSession, course: str, slug: str = "") -> Response:
    """What the catalogue and the installation's own folders offer and, once one is chosen, its form."""
    return _new_page(request, context, login, course, slug, None, "", "")


async def add(request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str) -> Response:
    """Ask for an assignment; a refusal shows the form again with what was typed."""
    try:
        asked = await run_in_threadpool(_add, context, login.user, course, form)
    except (BadForm, SlugTaken) as error:
        slug, field = typed(form)["slug"], getattr(error, "field", "slug") or ""
        return await run_in_threadpool(
            _new_page, request, context, login, course, slug, typed(form), error.sentence, field
        )
    return saved(f"/courses/{course}#{asked.slug}", "added", past(asked, context.clock()))


def show_edit(request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """The form of an assignment as it is asked now."""
    return _edit_page(request, context, login, course, assignment, None, "", "")


async def change(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """Change how an assignment is asked; where that changes grades, after a page that says which."""
    if form.get(ANSWER_FIELD) == BACK:
        return await run_in_threadpool(_edit_page, request, context, login, course, assignment, typed(form), "", "")
    try:
        notice = await run_in_threadpool(_change, context, login.user, course, assignment, form)
    except GradesChange as error:
        return await run_in_threadpool(
            _grades_page, request, context, login, course, assignment, typed(form), error.preview
        )
    except BadForm as error:
        return await run_in_threadpool(
            _edit_page, request, context, login, course, assignment, typed(form), error.sentence, error.field or ""
        )
    return saved(f"/courses/{course}#{assignment}", "saved", notice)


async def remove(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """No longer ask for an assignment."""
    try:
        await run_in_threadpool(_remove, context, login.user, course, assignment)
    except AlreadyUsed as error:
        return await run_in_threadpool(
            _edit_page, request, context, login, course, assignment, None, error.sentence, ""
        )
    return saved(f"/courses/{course}", "removed")


def _new_page(
    request: Request,
    context: Context,
    login: LoginSession,
    course: str,
    slug: str,
    values: Mapping[str, str] | None,
    problem: str,
    field: str,
) -> Response:
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.SET_UP_COURSE)
        offers, broken = _offers(context, tx, member)
    chosen = next((offer for offer in offers if offer.slug == slug), None)
    if values is None and chosen is not None:
        values = written(_as_offered(member, chosen), member.course.time_zone)
    return render(
        request,
        "assignment_new.html",
        422 if problem else 200,
        login=login,
        course=member.course,
        own=[offer for offer in offers if offer.own],
        shipped=[offer for offer in offers if not offer.own],
        own_roots=context.catalog.own_roots,
        broken=broken,
        chosen=chosen,
        values=values or {},
        problem=problem,
        field=field,
        now=context.clock(),
    )


def _edit_page(
    request: Request,
    context: Context,
    login: LoginSession,
    course: str,
    assignment: str,
    values: Mapping[str, str] | None,
    problem: str,
    field: str,
) -> Response:
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.SET_UP_COURSE)
        asked = assignment_asked(tx, member, assignment)
        handed_in = bool(tx.submissions.recent(asked.id, 1))
    return render(
        request,
        "assignment_edit.html",
        422 if problem else 200,
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        values=values or written(asked, member.course.time_zone),
        handed_in=handed_in,
        problem=problem,
        field=field,
        now=context.clock(),
    )


def _grades_page(
    request: Request,
    context: Context,
    login: LoginSession,
    course: str,
    assignment: str,
    values: Mapping[str, str],
    preview: GradePreview,
) -> Response:
    with context.database.reading() as tx:
        member, asked = asked_in(tx, login.user, course, assignment, Action.SET_UP_COURSE)
    return render(
        request,
        "assignment_grades.html",
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        values=values,
        preview=preview,
    )


def _offers(context: Context, tx: Transaction, member: Membership) -> tuple[list[Offer], list[Broken]]:
    """What the course does not ask yet, and the folders that cannot be used."""
    asked = {one.slug for one in tx.courses.assignments(member.course.id)}
    offers, broken = [], []
    for slug in context.catalog.slugs():
        if slug in asked:
            continue
        try:
            found = context.catalog.get(slug)
        except AssignmentInvalid as error:
            broken.append(Broken(slug, error.reasons))
            continue
        except UnknownAssignment:  # it was taken away meanwhile
            continue
        offers.append(Offer(slug, found.assignment.title, found.assignment.points, own=not found.is_shipped))
    return offers, broken


def _as_offered(member: Membership, offer: Offer) -> CourseAssignment:
    return CourseAssignment("", member.course.id, offer.slug, offer.title, offer.points, None, None, None)


def _add(context: Context, user: User, course: str, form: FormData) -> CourseAssignment:
    with context.database.transaction() as tx:
        member = membership(tx, user, course, Action.SET_UP_COURSE)
        slug = typed(form)["slug"]
        try:
            found = context.catalog.get(slug).assignment
        except MaterialError as error:
            raise BadForm(_("Choose an assignment of the catalogue."), "slug") from error
        offered = _as_offered(member, Offer(slug, found.title, found.points))
        asked = asked_from(form, offered, member.course.time_zone)
        return ask(tx, member.course, member.user, asked, context.clock())


def _change(context: Context, user: User, course: str, slug: str, form: FormData) -> str:
    """Change it; the notice of dates in the past, where it is the dates that were changed."""
    with context.database.transaction() as tx:
        member = membership(tx, user, course, Action.SET_UP_COURSE)
        before = assignment_asked(tx, member, slug)
        after = asked_from(form, before, member.course.time_zone)
        ask_first(tx, member, before, after, optional_text(form, ANSWER_FIELD))
        change_asked(tx, member, before, after, context.clock())
    same = (before.due_at, closes_at(before)) == (after.due_at, closes_at(after))
    return "" if same else past(after, context.clock())


def _remove(context: Context, user: User, course: str, slug: str) -> None:
    with context.database.transaction() as tx:
        member = membership(tx, user, course, Action.SET_UP_COURSE)
        stop_asking(tx, member, assignment_asked(tx, member, slug), context.clock())
