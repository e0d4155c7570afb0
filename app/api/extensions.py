"""What single students are given beyond what everybody has: listed, read, given, taken back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.access import asked_in
from app.api.callers import in_course
from app.api.course_schema import Sent
from app.api.documentation import CHANGED, IF_MATCH, LOCATION, PAGED, TAGGED, problems
from app.api.etags import answer, as_read, tagged
from app.api.fields import Moment, Reason
from app.api.idempotency import IdempotencyKey, Made, once
from app.api.paging import AskedPage
from app.api.schemas import Schema
from app.dependencies import Ctx, TokenUser
from app.errors import NotFound
from app.permissions import Action
from app.security.tokens import Scope
from app.staff import extending
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.marking import Extension
from submissions.models import CourseAssignment, Role

router = APIRouter(tags=["extensions"])

Reader = Annotated[TokenUser, Depends(in_course(Action.EXTEND, Scope.GRADES_READ))]
Writer = Annotated[TokenUser, Depends(in_course(Action.EXTEND, Scope.GRADES_WRITE))]

ALL = "/courses/{course}/assignments/{assignment}/extensions"
ONE = "/courses/{course}/assignments/{assignment}/extensions/{user_id}"

EXTENSION_EXAMPLE: JsonDict = {
    "user_id": "5c1f0f8e2b7a4d52b0f4a9c3d1e8f7a6",
    "due_at": "2026-12-25T17:00:00Z",
    "more_attempts": 2,
    "reason": "You were ill.",
    "by": "Ines Lindqvist",
    "at": "2026-12-17T09:30:00Z",
}
NEW_EXTENSION_EXAMPLE: JsonDict = {name: EXTENSION_EXAMPLE[name] for name in ("due_at", "more_attempts", "reason")}


class ExtensionOut(Schema):
    """What a student is given: a due date of their own (null: that of everybody), attempts on top, and why."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"examples": [EXTENSION_EXAMPLE]})

    user_id: str
    due_at: datetime | None
    more_attempts: int
    reason: str
    by: str
    at: datetime

    @classmethod
    def of(cls, one: Extension) -> "ExtensionOut":
        """The extension as it is sent."""
        return cls(
            user_id=one.user_id,
            due_at=one.due_at,
            more_attempts=one.more_attempts,
            reason=one.reason,
            by=one.by,
            at=one.at,
        )


class ExtensionsOut(Schema):
    """Some extensions of an assignment. `next`: the address of the page after, also in the Link header."""

    model_config = ConfigDict(
        frozen=True, json_schema_extra={"examples": [{"items": [EXTENSION_EXAMPLE], "next": None}]}
    )

    items: list[ExtensionOut]
    next: str | None


class ExtensionIn(Sent):
    """An extension to give: a due date later than everybody's, further attempts, or both. The student reads why."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"examples": [NEW_EXTENSION_EXAMPLE]})

    due_at: Moment | None = None
    more_attempts: Annotated[int, Field(ge=0, le=extending.MOST_MORE)] = 0
    reason: Reason


@router.get(
    ALL,
    operation_id="listExtensions",
    response_model=ExtensionsOut,
    responses={**PAGED, **problems(401, 403, 404, 422, 429)},
)
def list_extensions(
    request: Request,
    context: Ctx,
    caller: Reader,
    course: str,
    assignment: str,
    which: AskedPage,
) -> Response:
    """Every extension of an assignment, by the id of the student."""
    with context.database.reading() as tx:
        _member, asked = asked_in(tx, caller.user, course, assignment, Action.EXTEND)
        found = [ExtensionOut.of(one) for one in tx.extensions.of(asked.id).values()]
    page = which.of(found, lambda one: one.user_id)
    return tagged(request, answer(ExtensionsOut(items=page.items, next=page.following), headers=page.links))


@router.get(
    ONE,
    operation_id="getExtension",
    response_model=ExtensionOut,
    responses={**TAGGED, **problems(401, 403, 404, 422, 429)},
)
def get_extension(
    request: Request, context: Ctx, caller: Reader, course: str, assignment: str, user_id: str
) -> Response:
    """What a student is given beyond what everybody has."""
    with context.database.reading() as tx:
        _member, asked = asked_in(tx, caller.user, course, assignment, Action.EXTEND)
        found = _held(tx, asked, user_id)
    if found is None:
        raise NotFound(_("Nobody like that has an extension of this assignment."))
    return tagged(request, answer(found))


@router.put(
    ONE,
    operation_id="giveExtension",
    response_model=ExtensionOut,
    responses={
        **CHANGED,
        201: {"model": ExtensionOut, "headers": {**LOCATION, **CHANGED[200]["headers"]}},
        **problems(400, 401, 403, 404, 412, 413, 422, 429),
    },
    openapi_extra=IF_MATCH,
)
def give(
    request: Request,
    context: Ctx,
    caller: Writer,
    course: str,
    assignment: str,
    user_id: str,
    body: ExtensionIn,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Give a student an extension in place of the one they have; 201 where they had none."""
    with context.database.transaction() as tx:
        member, asked = asked_in(tx, caller.user, course, assignment, Action.EXTEND)
        if tx.courses.role(member.course.id, user_id) is not Role.STUDENT:
            raise NotFound(_("There is no student like that in this course."))

        def make() -> Made:
            before = _held(tx, asked, user_id)
            as_read(request, before)
            given = extending.give(
                tx, member, asked, user_id, body.due_at, body.more_attempts, body.reason, context.clock()
            )
            path = f"/api/v1/courses/{member.course.slug}/assignments/{asked.slug}/extensions/{user_id}"
            return 201 if before is None else 200, path, ExtensionOut.of(given)

        sent = body.model_dump_json().encode()
        return tagged(request, once(tx, request, caller, idempotency_key, sent, context.clock, make))


@router.delete(
    ONE,
    operation_id="takeExtensionBack",
    status_code=204,
    response_class=Response,
    responses=problems(401, 403, 404, 412, 422, 429),
    openapi_extra=IF_MATCH,
)
def take_back(request: Request, context: Ctx, caller: Writer, course: str, assignment: str, user_id: str) -> Response:
    """Have what everybody has hold for a student again; it is no fault if it does already."""
    with context.database.transaction() as tx:
        member, asked = asked_in(tx, caller.user, course, assignment, Action.EXTEND)
        before = _held(tx, asked, user_id)
        if before is None and tx.courses.role(member.course.id, user_id) is not Role.STUDENT:
            raise NotFound(_("There is no student like that in this course."))
        as_read(request, before)
        extending.take_back(tx, member, asked, user_id, context.clock())
    return Response(status_code=204)


def _held(tx: Transaction, asked: CourseAssignment, user_id: str) -> ExtensionOut | None:
    found = tx.extensions.get(asked.id, user_id)
    return ExtensionOut.of(found) if found else None
