"""Two accounts become one: nothing names the one that is gone, and nothing that it did is lost."""

from typing import Any

from submissions.models import Role
from submissions.repository.merge import ENDED, MOVED, MOVED_ONCE
from tests.submissions.test_erasing import person, references, walk

__all__ = ["person"]  # a fixture: somebody who is in every table


def test_every_reference_to_a_person_is_known() -> None:
    known = {(table.name, column) for table, column in MOVED}
    known |= {(table.name, "user_id") for table in (*(table for table, _names in MOVED_ONCE), *ENDED)}
    assert references("users") == known


def test_the_account_that_is_left_has_all_that_the_other_was(school: Any, person: Any) -> None:
    user, _work = person
    with school.database.transaction() as tx:
        kept = tx.accounts.add_user("kept@example.org", "Kept", "hash", school.clock())
        worked, handed_in = tx.merge.worked_for(user.id), _handed_in(tx, user.id)
        tx.merge.merge(user, kept)
    left = [(table, row) for table, rows in walk(school).items() for row in rows if user.id in row]
    assert [one for one in left if one[0] != "deliveries"] == []  # what is on its way says what held when it left
    with school.database.reading() as tx:
        assert tx.merge.worked_for(kept.id) == worked and _handed_in(tx, kept.id) == handed_in > 0
        assert tx.accounts.by_email(user.email) is None and tx.accounts.has_password(kept.id)
        assert not tx.accounts.sessions(kept.id, school.clock()) and not tx.accounts.tokens(kept.id)


def test_what_the_account_has_already_stays(school: Any) -> None:
    now = school.clock()
    with school.database.transaction() as tx:
        gone = tx.accounts.add_user("gone@example.org", "Gone", None, now)
        for whose, reason in ((gone, "theirs"), (school.student, "mine")):
            tx.extensions.give(school.assignment.id, whose.id, None, 1, reason, school.student.id, now)
        tx.courses.enroll(school.course.id, gone.id, Role.STUDENT)
        tx.merge.merge(gone, school.student)
        found = tx.extensions.get(school.assignment.id, school.student.id)
    assert found is not None and found.reason == "mine"


def test_the_history_speaks_of_the_account_that_is_left(school: Any) -> None:
    now = school.clock()
    with school.database.transaction() as tx:
        gone = tx.accounts.add_user("gone@example.org", "Gone", None, now)
        for detail, by in (
            ({"by": "Gone", "email": gone.email}, gone),
            ({"by": "Ada", "student": gone.id}, school.student),
        ):
            tx.events.add("x", now, user_id=by.id, course_id=school.course.id, detail={**detail, "name": "Gone"})
        tx.merge.merge(gone, school.student)
        first, second = tx.events.of_course(school.course.id)
    ada = school.student
    assert (first.user_id, dict(first.detail)) == (ada.id, {"by": ada.name, "email": ada.email, "name": ada.name})
    assert (second.user_id, dict(second.detail)) == (ada.id, {"by": "Ada", "student": ada.id, "name": "Gone"})


def _handed_in(tx: Any, user_id: str) -> int:
    return len(tx.persons.sources(user_id))
