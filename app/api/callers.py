"""Who asks, checked before a body counts for anything: the token, its scope, the role in the course of the address.

The framework reads a JSON body first, within the limit of body_limit.py: one that is not JSON is 422 for anybody. What
it says is looked at only afterwards. Uploads and lists (handing_in.py, roster.py) are not read at all before.
"""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from app.access import membership, seen_submission
from app.course_making import may_create
from app.dependencies import Ctx, TokenUser, token_user
from app.permissions import Action
from app.security.tokens import Scope


def in_course(action: Action, *scopes: Scope) -> Callable[..., TokenUser]:
    """A dependency that gives whose token it is, if they may do `action` in the course. Raises NotFound, NotAllowed."""

    def check(context: Ctx, caller: Annotated[TokenUser, Depends(token_user(*scopes))], course: str) -> TokenUser:
        with context.database.reading() as tx:
            membership(tx, caller.user, course, action)
        return caller

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
