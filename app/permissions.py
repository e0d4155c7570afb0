"""Who may do what, as one table."""

from collections.abc import Iterable, Mapping
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
    SEE_HIDDEN = "see what is hidden from students"
    COMMENT = "comment on work"
    COMPARE = "compare the work of students"
    OVERRIDE = "decide what a submission counts"
    SET_UP_COURSE = "set up the course"
    MANAGE_PEOPLE = "manage who is in the course"
    EXTEND = "give extensions"
    REGRADE = "regrade an assignment"
    SUBMIT_FOR_OTHERS = "hand in work for students"


_EVERYBODY = frozenset({Action.SEE_COURSE, Action.SUBMIT, Action.SEE_OWN_SUBMISSIONS})
_STAFF = _EVERYBODY | {
    Action.SEE_ALL_SUBMISSIONS,
    Action.SEE_GRADES,
    Action.SEE_HIDDEN,
    Action.COMMENT,
    Action.COMPARE,
    Action.OVERRIDE,
}
_RESPONSIBLE = {
    Action.EXPORT_GRADES,
    Action.SET_UP_COURSE,
    Action.MANAGE_PEOPLE,
    Action.EXTEND,
    Action.REGRADE,
    Action.SUBMIT_FOR_OTHERS,
}

ALLOWED: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.STUDENT: _EVERYBODY,
        Role.ASSISTANT: _STAFF,
        Role.INSTRUCTOR: _STAFF | _RESPONSIBLE,
    }
)


def may_create_courses(is_operator: bool, roles: Iterable[Role]) -> bool:
    """Whether a person with these roles in courses may make a new one: who is responsible for one may make another."""
    return is_operator or any(may(role, Action.SET_UP_COURSE) for role in roles)


def role_of(enrolled: Role | None, is_operator: bool) -> Role | None:
    """What a person counts as in a course: an operator as an instructor everywhere, enrolled or not."""
    return Role.INSTRUCTOR if is_operator else enrolled


def may(role: Role, action: Action) -> bool:
    """Whether `role` may do `action`."""
    return action in ALLOWED[role]
