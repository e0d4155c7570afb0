"""Who may do what, as one table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from grader.translation import gettext_noop
from submissions.models import Role


class Action(StrEnum):
    """Something a person wants to do in a course."""

    SEE_COURSE = gettext_noop("see the course")
    SUBMIT = gettext_noop("hand in work")
    SEE_OWN_SUBMISSIONS = gettext_noop("see their own submissions")
    ASK = gettext_noop("ask about their results")
    SEE_ALL_SUBMISSIONS = gettext_noop("see everybody's submissions")
    SEE_GRADES = gettext_noop("see everybody's grades")
    EXPORT_GRADES = gettext_noop("export grades")
    SEE_HIDDEN = gettext_noop("see what is hidden from students")
    COMMENT = gettext_noop("comment on work")
    COMPARE = gettext_noop("compare the work of students")
    OVERRIDE = gettext_noop("decide what a submission counts")
    GRADE_AGAIN = gettext_noop("have an upload graded again")
    SET_UP_COURSE = gettext_noop("set up the course")
    MANAGE_PEOPLE = gettext_noop("manage who is in the course")
    EXTEND = gettext_noop("give extensions")
    REGRADE = gettext_noop("regrade an assignment")
    SUBMIT_FOR_OTHERS = gettext_noop("hand in work for students")


ROLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.STUDENT: gettext_noop("student"),
        Role.ASSISTANT: gettext_noop("assistant"),
        Role.INSTRUCTOR: gettext_noop("instructor"),
    }
)
"""A role in a word."""

_EVERYBODY = frozenset({Action.SEE_COURSE, Action.SUBMIT, Action.SEE_OWN_SUBMISSIONS, Action.ASK})
_STAFF = _EVERYBODY | {
    Action.SEE_ALL_SUBMISSIONS,
    Action.SEE_GRADES,
    Action.SEE_HIDDEN,
    Action.COMMENT,
    Action.COMPARE,
    Action.OVERRIDE,
    Action.GRADE_AGAIN,
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
