"""Lists of people as learning management systems export them."""

import pytest

from app.people.roster_csv import LineProblem, read_roster
from app.people.roster_heads import role_of_words
from submissions.models import Role

MOODLE_PARTICIPANTS = (
    "First name,Last name,Email address,Roles,Groups\n"
    "Zoë,Novak,zoe@x.example,Student,A\n"
    "Tom,Ta,tom@x.example,Non-editing teacher,\n"
    'Ines,Tructor,ines@x.example,"Student, Teacher",\n'
)
MOODLE_GRADES = (
    '"First name",Surname,"ID number",Institution,Department,"Email address","Course total (Real)"\n'
    "Zoë,Novak,7,,,zoe@x.example,88.5\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,HW1 (1234)\n"
    ",,,,,Manual Posting\n"
    "    Points Possible,,,,,50\n"
    '"Novak, Zoë",11,u7,zoe@x.example,S1,40\n'
    '"Student, Test",12,,,S1,\n'
)
BRIGHTSPACE = "OrgDefinedId,Username,Last Name,First Name,Email,Role\n7,znovak,Novak,Zoë,zoe@x.example,Learner\n"
BLACKBOARD = "Last Name\tFirst Name\tUsername\tStudent ID\nNovak\tZoë\tzoe@x.example\t7\n"


@pytest.mark.parametrize("text", [MOODLE_PARTICIPANTS, MOODLE_GRADES, CANVAS, BRIGHTSPACE, BLACKBOARD])
def test_the_heads_of_an_lms_are_understood(text: str) -> None:
    found = read_roster(text)
    assert found.problems == ()
    first = found.people[0]
    assert (first.name, first.email, first.role) == ("Zoë Novak", "zoe@x.example", Role.STUDENT)


def test_the_roles_of_an_lms_are_understood() -> None:
    roles = [one.role for one in read_roster(MOODLE_PARTICIPANTS).people]
    assert roles == [Role.STUDENT, Role.ASSISTANT, Role.INSTRUCTOR]


def test_a_gradebook_is_about_nobody_but_learners() -> None:
    assert [one.line for one in read_roster(CANVAS).people] == [4]


def test_logins_that_are_no_addresses_are_told_once() -> None:
    found = read_roster(CANVAS.replace("zoe@x.example", "znovak"))
    assert found.people == ()
    assert found.problems == (LineProblem(0, "No column has e-mail addresses. Add one with the head Email."),)


def test_a_missing_address_among_others_is_told_by_its_line() -> None:
    found = read_roster(CANVAS + '"Other, An",13,,another,S1,\n')
    assert [one.email for one in found.people] == ["zoe@x.example"]
    assert [(one.line, one.sentence) for one in found.problems] == [(6, "The e-mail address is missing.")]


def test_a_family_name_first_is_turned_only_under_the_head_of_canvas() -> None:
    assert read_roster('Name,Email\n"Novak, Ada",ada@x.example').people[0].name == "Novak, Ada"
    assert read_roster('Student,Email\n"Novak, Ada, Dr",ada@x.example').people[0].name == "Novak, Ada, Dr"


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("", Role.STUDENT),
        ("TA", Role.ASSISTANT),
        ("Teacher", Role.INSTRUCTOR),
        ("learner, ta", Role.ASSISTANT),
        ("boss", None),
        ("student, boss", None),
    ],
)
def test_words_for_roles(said: str, role: Role | None) -> None:
    assert role_of_words(said) is role


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        (MOODLE_PARTICIPANTS, ("Groups",)),
        (MOODLE_GRADES, ("ID number", "Institution", "Department", "Course total (Real)")),
        (CANVAS, ("ID", "SIS User ID", "Section", "HW1 (1234)")),
        (BRIGHTSPACE, ("OrgDefinedId",)),
        ("name,email,role\nAda,ada@x.example,student\n", ()),
        ("Name,Email, \u202eSection ,\nAda,ada@x.example,7,\n", ("\N{REPLACEMENT CHARACTER}Section",)),
        ("Ada,ada@x.example", ()),
    ],
)
def test_columns_that_nothing_has_a_place_for_are_named(text: str, left_out: tuple[str, ...]) -> None:
    assert read_roster(text).left_out == left_out
