"""The table of roles and actions, as a whole."""

from app.permissions import ALLOWED, Action, may
from submissions.models import Role


def test_every_role_has_its_row() -> None:
    assert set(ALLOWED) == set(Role)


def test_a_student_sees_and_submits_and_no_more() -> None:
    assert ALLOWED[Role.STUDENT] == {Action.SEE_COURSE, Action.SUBMIT, Action.SEE_OWN_SUBMISSIONS}


def test_more_responsible_roles_may_no_less() -> None:
    assert ALLOWED[Role.STUDENT] < ALLOWED[Role.ASSISTANT] < ALLOWED[Role.INSTRUCTOR]


def test_only_instructors_export_grades() -> None:
    assert [role for role in Role if may(role, Action.EXPORT_GRADES)] == [Role.INSTRUCTOR]
