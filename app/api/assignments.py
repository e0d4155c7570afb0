"""What a course asks: listed, read, added, changed and removed, the starter files, and the grades for staff."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.access import asked_in, assignment_asked, assignment_of, assignments_of, membership
from app.api.callers import in_course
from app.api.course_schema import AssignmentChange, AssignmentIn, AssignmentOut, names_of_json
from app.api.documentation import CHANGED, IF_MATCH, LOCATION, PAGED, TAGGED, problems
from app.api.etags import answer, answer_list, as_read, tagged
from app.api.idempotency import IdempotencyKey, Made, once
from app.api.paging import AskedPage
from app.api.schemas import GradeOut, GradesOut
from app.context import Context
from app.dependencies import Ctx, TokenUser, token_user
from app.errors import BadForm, NotFound
from app.permissions import Action
from app.security.tokens import Scope
from app.staff.asking import ask, change_asked, stop_asking
from grader.translation import gettext as _
from reference.errors import UnknownAssignment
from submissions.models import CourseAssignment

router = APIRouter(tags=["assignments"])

AnyToken = Annotated[TokenUser, Depends(token_user())]
GradesToken = Annotated[TokenUser, Depends(in_course(Action.SEE_GRADES, Scope.GRADES_READ))]
Changer = Annotated[TokenUser, Depends(in_course(Action.SET_UP_COURSE, Scope.COURSES_WRITE))]

ALL = "/courses/{course}/assignments"
ONE = "/courses/{course}/assignments/{assignment}"


@router.get(
    ALL,
    operation_id="listAssignments",
    response_model=list[AssignmentOut],
    responses={**PAGED, **problems(401, 404, 422, 429)},
)
def list_assignments(request: Request, context: Ctx, caller: AnyToken, course: str, which: AskedPage) -> Response:
    """The assignments of a course with their deadlines, by slug; the Link header leads to the next page."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course)
        found = [AssignmentOut.of(one, member.course.slug) for one in assignments_of(tx, member)]
    page = which.of(found, lambda one: one.slug)
    return tagged(request, answer_list(page.items, page.links))


@router.post(
    ALL,
    operation_id="addAssignment",
    status_code=201,
    response_model=AssignmentOut,
    responses={201: {"headers": LOCATION}, **problems(400, 401, 403, 404, 409, 413, 422, 429, 503)},
)
def add(
    request: Request,
    context: Ctx,
    caller: Changer,
    course: str,
    body: AssignmentIn,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Ask for an assignment of the catalogue in a course."""
    with context.database.transaction() as tx:
        member = membership(tx, caller.user, course, Action.SET_UP_COURSE)

        def make() -> Made:
            wanted = changed_by(body, _offered(context, member.course.id, body.slug))
            with names_of_json():
                added = ask(tx, member.course, member.user, wanted, context.clock())
            described = AssignmentOut.of(added, member.course.slug)
            return 201, f"/api/v1/courses/{member.course.slug}/assignments/{added.slug}", described

        asked = body.model_dump_json(exclude_unset=True).encode()
        return once(tx, request, caller, idempotency_key, asked, context.clock, make)


@router.get(
    ONE,
    operation_id="getAssignment",
    response_model=AssignmentOut,
    responses={**TAGGED, **problems(401, 404, 422, 429)},
)
def get_assignment(request: Request, context: Ctx, caller: AnyToken, course: str, assignment: str) -> Response:
    """An assignment as it is asked of the token's owner; whoever may change it reads what a change would change."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course)
        # An extension of their own would give an instructor an ETag that no change takes.
        asked = assignment_asked if member.may(Action.SET_UP_COURSE) else assignment_of
        found = asked(tx, member, assignment)
    return tagged(request, answer(AssignmentOut.of(found, member.course.slug)))


@router.patch(
    ONE,
    operation_id="changeAssignment",
    response_model=AssignmentOut,
    responses={**CHANGED, **problems(400, 401, 403, 404, 412, 413, 422, 429)},
    openapi_extra=IF_MATCH,
)
def change(
    request: Request, context: Ctx, caller: Changer, course: str, assignment: str, body: AssignmentChange
) -> Response:
    """Change dates, attempts, points, lateness or visibility. With If-Match only if it is still as it was read."""
    with context.database.transaction() as tx:
        member, before = asked_in(tx, caller.user, course, assignment, Action.SET_UP_COURSE)
        as_read(request, AssignmentOut.of(before, member.course.slug))
        after = changed_by(body, before)
        with names_of_json():
            change_asked(tx, member, before, after, context.clock())
    return tagged(request, answer(AssignmentOut.of(after, member.course.slug)))


@router.delete(
    ONE,
    operation_id="removeAssignment",
    status_code=204,
    response_class=Response,
    responses=problems(401, 403, 404, 409, 412, 422, 429),
    openapi_extra=IF_MATCH,
)
def remove(request: Request, context: Ctx, caller: Changer, course: str, assignment: str) -> Response:
    """No longer ask for an assignment; refused once something was handed in for it."""
    with context.database.transaction() as tx:
        member, asked = asked_in(tx, caller.user, course, assignment, Action.SET_UP_COURSE)
        as_read(request, AssignmentOut.of(asked, member.course.slug))
        stop_asking(tx, member, asked, context.clock())
    return Response(status_code=204)


@router.get(
    f"{ONE}/starter",
    operation_id="getStarter",
    response_class=Response,
    responses={
        200: {"content": {"text/x-python": {"schema": {"type": "string"}}}, "description": "The starter file"},
        **problems(401, 404, 422, 429, 503),
    },
)
def get_starter(context: Ctx, caller: AnyToken, course: str, assignment: str) -> Response:
    """The file that a student begins with."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course)
        slug = assignment_of(tx, member, assignment).slug
    try:
        starter = context.catalog.get(slug).starter
    except UnknownAssignment as error:
        raise NotFound(_("The folder of this assignment is not on this server (any more).")) from error
    headers = {"Content-Disposition": f'attachment; filename="{slug}.py"'}
    return Response(starter, media_type="text/x-python; charset=utf-8", headers=headers)


@router.get(
    f"{ONE}/grades",
    operation_id="listGrades",
    response_model=GradesOut,
    responses={**TAGGED, **problems(401, 403, 404, 422, 429)},
)
def list_grades(request: Request, context: Ctx, caller: GradesToken, course: str, assignment: str) -> Response:
    """Every learner's best attempt at once, for staff; `scores` has the same in pages and says how each came about."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course, Action.SEE_GRADES)
        asked = assignment_of(tx, member, assignment)
        rows = tx.gradings.gradebook(asked.id)
    grades = GradesOut(
        course=member.course.slug, assignment=asked.slug, grades=[GradeOut.of(row, asked.points) for row in rows]
    )
    return tagged(request, answer(grades))


def changed_by(body: AssignmentChange, before: CourseAssignment) -> CourseAssignment:
    """`before` with what was sent. What has no limit to take away stays where it is null."""
    said: dict[str, Any] = {name: getattr(body, name) for name in body.model_fields_set if name != "slug"}
    for name in ("title", "points", "visible", "newest_only", "late"):
        if said.get(name, "") is None:
            del said[name]
    if body.late is not None:
        said["late"] = body.late.rule()
    return replace(before, **said)


def _offered(context: Context, course_id: str, slug: str) -> CourseAssignment:
    try:
        found = context.catalog.get(slug).assignment
    except UnknownAssignment as error:
        offers = ", ".join(context.catalog.slugs())
        raise BadForm(_("Choose an assignment of the catalogue: {offers}.", offers=offers), "slug") from error
    return CourseAssignment("", course_id, slug, found.title, found.points, None, None, None)
