"""Courses and their assignments, the starter files, and the grades for staff."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from app.access import assignment_of, assignments_of, membership, role_in
from app.api.documentation import problems
from app.api.etags import tagged
from app.api.schemas import AssignmentOut, CourseOut, GradeOut, GradesOut
from app.dependencies import Ctx, TokenUser, token_user
from app.errors import NotFound
from app.permissions import Action
from app.security.tokens import Scope
from reference.errors import UnknownAssignment

router = APIRouter(tags=["assignments"])

AnyToken = Annotated[TokenUser, Depends(token_user())]
GradesToken = Annotated[TokenUser, Depends(token_user(Scope.GRADES_READ))]


@router.get("/courses", operation_id="listCourses", responses=problems(401))
def list_courses(context: Ctx, caller: AnyToken) -> list[CourseOut]:
    """The courses of the token's owner."""
    with context.database.reading() as tx:
        enrolled = tx.courses.of_user(caller.user.id)
        roles = [(one.course, role_in(tx, one.course, caller.user) or one.role) for one in enrolled]
    return [
        CourseOut(
            slug=course.slug,
            title=course.title,
            role=role.value,
            assignments_url=f"/api/v1/courses/{course.slug}/assignments",
        )
        for course, role in roles
    ]


@router.get("/courses/{course}/assignments", operation_id="listAssignments", responses=problems(401, 404))
def list_assignments(context: Ctx, caller: AnyToken, course: str) -> list[AssignmentOut]:
    """The assignments of a course, with their deadlines."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course)
        return [AssignmentOut.of(one, member.course.slug) for one in assignments_of(tx, member)]


@router.get(
    "/courses/{course}/assignments/{assignment}/starter",
    operation_id="getStarter",
    response_class=Response,
    responses={200: {"content": {"text/x-python": {}}, "description": "The starter file"}, **problems(401, 404)},
)
def get_starter(context: Ctx, caller: AnyToken, course: str, assignment: str) -> Response:
    """The file that a student begins with."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course)
        slug = assignment_of(tx, member, assignment).slug
    try:
        starter = context.catalog.get(slug).starter
    except UnknownAssignment as error:
        raise NotFound("The folder of this assignment is not on this server (any more).") from error
    headers = {"Content-Disposition": f'attachment; filename="{slug}.py"'}
    return Response(starter, media_type="text/x-python; charset=utf-8", headers=headers)


@router.get(
    "/courses/{course}/assignments/{assignment}/grades",
    operation_id="listGrades",
    response_model=GradesOut,
    responses=problems(401, 403, 404),
)
def list_grades(request: Request, context: Ctx, caller: GradesToken, course: str, assignment: str) -> Response:
    """Every learner's best attempt, for staff."""
    with context.database.reading() as tx:
        member = membership(tx, caller.user, course, Action.SEE_GRADES)
        asked = assignment_of(tx, member, assignment)
        rows = tx.gradings.gradebook(asked.id)
    grades = GradesOut(
        course=member.course.slug, assignment=asked.slug, grades=[GradeOut.of(row, asked.points) for row in rows]
    )
    return tagged(request, JSONResponse(grades.model_dump(mode="json")))
