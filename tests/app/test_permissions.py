"""The table of roles and actions, as a whole."""

from app.mail.letters import INVITED
from app.pages.render import TEMPLATES
from app.permissions import ALLOWED, ROLES, Action, may, may_create_courses
from submissions.models import Role


def test_every_role_has_its_row_its_words_and_its_letter() -> None:
    assert set(ALLOWED) == set(ROLES) == set(INVITED) == set(Role)


def test_every_role_has_its_words_on_pages() -> None:
    words = (TEMPLATES / "roles.html").read_text(encoding="utf-8")

    assert {role: words.count(f'"{role}": ') for role in Role} == dict.fromkeys(Role, 2)  # with its article, counted


def test_a_student_sees_submits_and_asks_and_no_more() -> None:
    assert ALLOWED[Role.STUDENT] == {Action.SEE_COURSE, Action.SUBMIT, Action.SEE_OWN_SUBMISSIONS, Action.ASK}


def test_more_responsible_roles_may_no_less() -> None:
    assert ALLOWED[Role.STUDENT] < ALLOWED[Role.ASSISTANT] < ALLOWED[Role.INSTRUCTOR]


def test_only_instructors_export_grades() -> None:
    assert [role for role in Role if may(role, Action.EXPORT_GRADES)] == [Role.INSTRUCTOR]


def test_assistants_mark_and_instructors_run_the_course() -> None:
    marks = {Action.COMMENT, Action.OVERRIDE, Action.SEE_HIDDEN, Action.GRADE_AGAIN}
    runs = {Action.SET_UP_COURSE, Action.MANAGE_PEOPLE, Action.EXTEND, Action.REGRADE, Action.EXPORT_GRADES}
    assert marks <= ALLOWED[Role.ASSISTANT]
    assert not runs & ALLOWED[Role.ASSISTANT]
    assert marks | runs <= ALLOWED[Role.INSTRUCTOR]


def test_who_runs_a_course_or_the_service_makes_another() -> None:
    assert may_create_courses(True, [])
    assert may_create_courses(False, [Role.STUDENT, Role.INSTRUCTOR])
    assert not may_create_courses(False, [Role.STUDENT, Role.ASSISTANT])
    assert not may_create_courses(False, [])
