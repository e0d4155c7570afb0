"""Courses: listed, read, made and changed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.access import membership, role_in
from app.api.callers import course_maker, in_course
from app.api.course_schema import CourseChange, CourseIn, CourseOut
from app.api.documentation import CHANGED, IF_MATCH, LOCATION, PAGED, TAGGED, problems
from app.api.etags import answer, answer_list, as_read, tagged
from app.api.idempotency import IdempotencyKey, Made, once
from app.api.paging import AskedPage
from app.dependencies import Ctx, TokenUser, token_user
from app.permissions import Action
from app.security.tokens import Scope
from app.staff.course_making import change_course, create_course
from submissions.models import Role

router = APIRouter(tags=["courses"])

AnyToken = Annotated[TokenUser, Depends(token_user())]
Maker = Annotated[TokenUser, Depends(course_maker(Scope.COURSES_WRITE))]
Changer = Annotated[TokenUser, Depends(in_course(Action.SET_UP_COURSE, Scope.COURSES_WRITE))]


@router.get(
    "/courses",
    operation_id="listCourses",
    response_model=list[CourseOut],
    responses={**PAGED, **problems(401, 422, 429)},
)
def list_courses(request: Request, context: Ctx, caller: AnyToken, which: AskedPage) -> Response:
    """The courses of the token's owner, by slug; the Link header leads to the next page."""
    with context.database.reading() as tx:
        enrolled = tx.courses.of_user(caller.user.id)
        found = [CourseOut.of(one.course, role_in(tx, one.course, caller.user) or one.role) for one in enrolled]
    page = which.of(found, lambda one: one.slug)
    return tagged(request, answer_list(page.items, page.links))


@router.post(
    "/courses",
    operation_id="createCourse",
    status_code=201,
    response_model=CourseOut,
    responses={201: {"headers": LOCATION}, **problems(400, 401, 403, 409, 413, 422, 429)},
)
def create(
    request: Request, context: Ctx, caller: Maker, body: CourseIn, idempotency_key: IdempotencyKey = None
) -> Response:
    """Make a course; the token's owner is its instructor. For operators, and instructors of another course."""
    with context.database.transaction() as tx:

        def make() -> Made:
            made = create_course(tx, caller.user, body.slug, body.title, body.time_zone, context.clock())
            return 201, f"/api/v1/courses/{made.slug}", CourseOut.of(made, Role.INSTRUCTOR)

        asked = body.model_dump_json().encode()
        return once(tx, request, caller, idempotency_key, asked, context.clock, make)


@router.get(
    "/courses/{course}",
    operation_id="getCourse",
    response_model=CourseOut,
    responses={**TAGGED, **problems(401, 404, 422, 429)},
)
def get_course(request: Request, context: Ctx, caller: AnyToken, course: str) -> Response:
    """A course."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course)
    return tagged(request, answer(CourseOut.of(member.course, member.role)))


@router.patch(
    "/courses/{course}",
    operation_id="changeCourse",
    response_model=CourseOut,
    responses={**CHANGED, **problems(400, 401, 403, 404, 412, 413, 422, 429)},
    openapi_extra=IF_MATCH,
)
def change(request: Request, context: Ctx, caller: Changer, course: str, body: CourseChange) -> Response:
    """Change the title or the clock of a course. With If-Match only if it is still as it was read."""
    with context.database.transaction() as tx:
        member = membership(tx, caller.user, course, Action.SET_UP_COURSE)
        as_read(request, CourseOut.of(member.course, member.role))
        title, zone = body.title or member.course.title, body.time_zone or member.course.time_zone
        changed = change_course(tx, member, title, zone, context.clock())
    return tagged(request, answer(CourseOut.of(changed, member.role)))
