"""Who may do what, as one table."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from submissions.models import Role


class Action(StrEnum):
    """Something a person wants to do in a course."""

    SEE_COURSE = "see the course"
    SUBMIT = "hand in work"
    SEE_OWN_SUBMISSIONS = "see their own submissions"
    SEE_ALL_SUBMISSIONS = "see everybody's submissions"
    SEE_GRADES = "see everybody's grades"
    EXPORT_GRADES = "export grades"


_EVERYBODY = frozenset({Action.SEE_COURSE, Action.SUBMIT, Action.SEE_OWN_SUBMISSIONS})
_STAFF = _EVERYBODY | {Action.SEE_ALL_SUBMISSIONS, Action.SEE_GRADES}

ALLOWED: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.STUDENT: _EVERYBODY,
        Role.ASSISTANT: _STAFF,
        Role.INSTRUCTOR: _STAFF | {Action.EXPORT_GRADES},
    }
)


def role_of(enrolled: Role | None, is_operator: bool) -> Role | None:
    """What a person counts as in a course: an operator as an instructor everywhere, enrolled or not."""
    return Role.INSTRUCTOR if is_operator else enrolled


def may(role: Role, action: Action) -> bool:
    """Whether `role` may do `action`."""
    return action in ALLOWED[role]
