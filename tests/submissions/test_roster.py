"""The roster: whole lists or nothing, an instructor stays, work outlives those who leave."""

from typing import Any

import pytest

from submissions.actors import COMMAND_LINE
from submissions.errors import AddressUnproved, LastInstructor
from submissions.models import Role
from submissions.roster import Joining, add_people, change_role, follow_platform, remove_person


def people(school: Any) -> dict[str, Role]:
    with school.database.reading() as tx:
        return {one.user.email: one.role for one in tx.courses.people(school.course)}


@pytest.fixture
def ines(school: Any) -> Any:
    return school.person("ines", Role.INSTRUCTOR)


def test_people_join_with_or_without_an_account(school: Any, ines: Any) -> None:
    listed = [
        Joining("Other Name", "ada@example.org", Role.ASSISTANT),
        Joining("New", "new@example.org", Role.STUDENT),
        Joining("Ines", "ines@example.org", Role.INSTRUCTOR),
    ]
    with school.database.transaction() as tx:
        add_people(tx, school.course, listed, ines, school.clock())
    assert people(school) == {
        "ada@example.org": Role.ASSISTANT,
        "ines@example.org": Role.INSTRUCTOR,
        "new@example.org": Role.STUDENT,
    }
    with school.database.reading() as tx:
        assert tx.accounts.credentials("new@example.org")[1] is None
        assert tx.accounts.by_email("ada@example.org").name == "Ada"
        kinds = [(event.kind, event.detail["email"]) for event in tx.events.of_course(school.course.id)]
    assert kinds == [("person.role", "ada@example.org"), ("person.added", "new@example.org")]


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.INSTRUCTOR])
def test_an_address_that_anybody_may_have_taken_names_no_staff(school: Any, ines: Any, role: Role) -> None:
    before = people(school)
    with school.database.transaction() as tx:
        taken = tx.accounts.add_user("prof@example.org", "Not Prof", "hash", school.clock(), email_confirmed=False)
    listed = [Joining("New", "new@example.org", Role.STUDENT), Joining("Prof", "prof@example.org", role)]
    with pytest.raises(AddressUnproved, match="prof@"), school.database.transaction() as tx:
        add_people(tx, school.course, listed, ines, school.clock())
    assert people(school) == before
    with school.database.transaction() as tx:
        add_people(tx, school.course, [Joining("P", "prof@example.org", Role.STUDENT)], ines, school.clock())
        tx.accounts.owner_proved(taken.id)
        add_people(tx, school.course, listed, ines, school.clock())
    assert people(school)["prof@example.org"] is role


def test_a_list_that_leaves_no_instructor_changes_nothing(school: Any, ines: Any) -> None:
    before = people(school)
    listed = [Joining("New", "new@example.org", Role.STUDENT), Joining("I", "ines@example.org", Role.STUDENT)]
    with pytest.raises(LastInstructor), school.database.transaction() as tx:
        add_people(tx, school.course, listed, ines, school.clock())
    assert people(school) == before


def test_the_last_instructor_stays_one(school: Any, ines: Any) -> None:
    with pytest.raises(LastInstructor), school.database.transaction() as tx:
        change_role(tx, school.course, ines, Role.ASSISTANT, ines, school.clock())
    with pytest.raises(LastInstructor), school.database.transaction() as tx:
        remove_person(tx, school.course, ines, ines, school.clock())
    assert people(school)["ines@example.org"] is Role.INSTRUCTOR


def test_a_course_that_has_no_instructor_yet_takes_others(school: Any) -> None:
    """As one that was made on the command line, which the audit names."""
    listed = [Joining("New", "new@example.org", Role.STUDENT)]
    with school.database.transaction() as tx:
        add_people(tx, school.course, listed, COMMAND_LINE, school.clock())
        new = tx.accounts.by_email("new@example.org")
        change_role(tx, school.course, new, Role.ASSISTANT, COMMAND_LINE, school.clock())
        remove_person(tx, school.course, new, COMMAND_LINE, school.clock())
        told = [(event.kind, event.user_id, event.detail["by"]) for event in tx.events.of_course(school.course.id)]
    assert told == [(kind, None, "command line") for kind in ("person.added", "person.role", "person.removed")]


def test_who_leaves_leaves_the_work_and_finds_it_again(school: Any, ines: Any) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        remove_person(tx, school.course, school.student, ines, school.clock())
        remove_person(tx, school.course, school.student, ines, school.clock())
    assert "ada@example.org" not in people(school)
    with school.database.transaction() as tx:
        assert tx.submissions.get(submitted.submission.id) is not None
        add_people(tx, school.course, [Joining("x", "ada@example.org", Role.STUDENT)], ines, school.clock())
        assert len(tx.submissions.of_learner(school.assignment.id, school.student.id)) == 1
        assert [event.kind for event in tx.events.of_course(school.course.id)] == ["person.removed", "person.added"]


def test_the_role_of_an_lms_is_taken_and_written_down_but_the_last_instructor_stays(school: Any, ines: Any) -> None:
    def follow(user: Any, role: Role) -> Role:
        with school.database.transaction() as tx:
            return follow_platform(tx, school.course, user, role, "p-1", user, school.clock())

    with school.database.transaction() as tx:
        new = tx.accounts.add_user("new@example.org", "New", None, school.clock())
    assert follow(ines, Role.STUDENT) is Role.INSTRUCTOR
    assert people(school)["ines@example.org"] is Role.INSTRUCTOR
    assert follow(new, Role.STUDENT) is Role.STUDENT
    assert follow(new, Role.STUDENT) is Role.STUDENT
    assert follow(new, Role.INSTRUCTOR) is Role.INSTRUCTOR
    assert follow(ines, Role.ASSISTANT) is Role.ASSISTANT
    assert people(school)["ines@example.org"] is Role.ASSISTANT
    with school.database.reading() as tx:
        said = [(event.kind, *event.detail.values()) for event in tx.events.of_course(school.course.id)]
    assert said == [
        ("person.added", "New", "new@example.org", "student", "p-1"),
        ("person.role", "New", "new@example.org", "instructor", "p-1"),
        ("person.role", "Ines", "ines@example.org", "assistant", "p-1"),
    ]
