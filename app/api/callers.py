"""Who asks, checked before a body counts for anything: the token, its scope, the role in the course of the address.

The framework reads a JSON body first, within the limit of body_limit.py: one that is not JSON is 422 for anybody. What
it says is looked at only afterwards. Uploads and lists (handing_in.py, roster.py) are not read at all before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.access import Membership, asked_in, membership, seen_submission
from app.dependencies import Ctx, Shown, TokenUser, bearer, note_use, token_user
from app.permissions import Action
from app.security.tokens import Scope
from app.staff.course_making import may_create
from submissions.models import CourseAssignment


@dataclass(frozen=True, slots=True)
class CourseCaller(TokenUser):
    """Whose token it is, and what they are in the course of the address."""

    member: Membership


def in_course(action: Action, *scopes: Scope) -> Callable[..., CourseCaller]:
    """A dependency that gives whose token it is, if they may do `action` in the course.

    Raises what `bearer` raises, NotFound, NotAllowed.
    """

    def check(request: Request, context: Ctx, course: str, _shown: Shown = None) -> CourseCaller:
        with context.database.reading() as tx:
            caller = bearer(request, context, tx, scopes)
            member = membership(tx, caller.user, course, action)
        note_use(context, caller)
        return CourseCaller(caller.user, caller.token, member)

    return check


@dataclass(frozen=True, slots=True)
class AssignmentCaller(CourseCaller):
    """The same, and the assignment of the address as it is asked of everybody."""

    asked: CourseAssignment


def on_assignment(action: Action, *scopes: Scope) -> Callable[..., AssignmentCaller]:
    """The same for an assignment of the course, all read at once. Raises NotFound for one that is not there too."""

    def check(request: Request, context: Ctx, course: str, assignment: str, _shown: Shown = None) -> AssignmentCaller:
        with context.database.reading() as tx:
            caller = bearer(request, context, tx, scopes)
            member, asked = asked_in(tx, caller.user, course, assignment, action)
        note_use(context, caller)
        return AssignmentCaller(caller.user, caller.token, member, asked)

    return check


def on_submission(action: Action, *scopes: Scope) -> Callable[..., TokenUser]:
    """The same for the course of the submission."""

    def check(
        context: Ctx, caller: Annotated[TokenUser, Depends(token_user(*scopes))], submission_id: str
    ) -> TokenUser:
        with context.database.reading() as tx:
            seen_submission(tx, caller.user, submission_id).membership.require(action)
        return caller

    return check


def course_maker(*scopes: Scope) -> Callable[..., TokenUser]:
    """The same for making courses."""

    def check(context: Ctx, caller: Annotated[TokenUser, Depends(token_user(*scopes))]) -> TokenUser:
        with context.database.reading() as tx:
            may_create(tx, caller.user)
        return caller

    return check
