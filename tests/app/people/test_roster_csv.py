"""Lists of people: read whole, with every wrong line named by its number."""

import pytest

from app.people.roster_csv import MOST_PEOPLE, LineProblem, Listed, read_roster
from submissions.models import Role

ADA = Listed(1, "Ada Novak", "ada@example.org", Role.STUDENT)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Novak,ada@example.org",
        "Ada Novak , ADA@Example.org , Student",
        "Ada Novak;ada@example.org;student",
        "Ada Novak\tada@example.org\tstudent",
        '\ufeff"Ada Novak",ada@example.org,',
    ],
)
def test_a_person_is_read_however_the_line_is_written(text: str) -> None:
    assert read_roster(text).people == (ADA,)
    assert read_roster(text).problems == ()


def test_heads_say_which_column_is_what() -> None:
    found = read_roster("Role,E-Mail,Full name\r\nassistant,asta@example.org,Asta\r\n\r\n,ada@example.org,Ada\r\n")
    assert found.people == (
        Listed(2, "Asta", "asta@example.org", Role.ASSISTANT),
        Listed(4, "Ada", "ada@example.org", Role.STUDENT),
    )


def test_the_mark_before_a_formula_is_taken_off() -> None:
    found = read_roster("'=1+1,'+ada@example.org\n'Ada,bob@example.org\n")
    assert [(one.name, one.email) for one in found.people] == [
        ("=1+1", "+ada@example.org"),
        ("'Ada", "bob@example.org"),
    ]


def test_every_wrong_line_is_named() -> None:
    found = read_roster(
        "Ada,ada@example.org\n"
        "Bob,bob\n"
        ",cy@example.org\n"
        "Dee,dee@example.org,boss\n"
        "Eve,ADA@example.org\n"
        "Fay\n"
        "Gus,gus@example.org,student,extra\n"
        "Ha\u202e,ha@example.org\n"
    )
    assert [problem.line for problem in found.problems] == [2, 3, 4, 5, 6, 7, 8]
    assert found.problems[3] == LineProblem(5, "ada@example.org is in line 1 already.")
    assert [person.email for person in found.people] == ["ada@example.org"]


@pytest.mark.parametrize(
    "text", ["", "  \n\n", "name,email\n", "x\n" * (MOST_PEOPLE + 2), '"open,ada@example.org', "a\x00b,ada@example.org"]
)
def test_what_is_no_list_has_a_problem_and_nobody_in_it(text: str) -> None:
    found = read_roster(text)
    assert found.problems
    assert found.people == ()
