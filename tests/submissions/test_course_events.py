"""What was done in a course, a page at a time, and what the things are called that its events speak of."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event, text

from submissions.invitations import create_invitation
from submissions.models import Role
from submissions.repository.names import NamedPerson
from tests.databases import POSTGRESQL


def note(school: Any, *courses: str) -> None:
    with school.database.transaction() as tx:
        for number, course in enumerate(courses):
            tx.events.add("x", school.clock() + timedelta(seconds=number), course_id=course, detail={"n": number})


def page(school: Any, course: str, before: int | None, most: int) -> list[Any]:
    with school.database.reading() as tx:
        return list(tx.events.newest_of_course(course, before, most))


def test_pages_follow_one_another_from_the_newest_on(school: Any) -> None:
    note(school, "c", "c", "another", "c", "c")
    first = page(school, "c", None, 3)
    assert [one.detail["n"] for one in first] == [4, 3, 1]
    assert [one.detail["n"] for one in page(school, "c", first[-1].id, 3)] == [0]
    assert page(school, "c", 0, 3) == []
    assert page(school, "nobody's", None, 3) == []


def test_a_page_is_read_from_the_index_in_its_order(school: Any) -> None:
    """However much happened in the course before, and in others since."""
    note(school, *(["another"] * 19 + ["c"]) * 50)
    with school.database.transaction() as tx:  # the planner knows how much there is, as it will in the end anywhere
        tx.events._connection.execute(text("ANALYZE"))
    asked: list[Any] = []

    def remember(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with school.database.reading() as tx:
        connection = tx.events._connection
        is_postgresql = connection.dialect.name == POSTGRESQL
        if is_postgresql:
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # which is quicker while a table is this small
            connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        event.listen(connection.engine, "before_cursor_execute", remember)
        tx.events.newest_of_course("c", 800, 5)
        event.remove(connection.engine, "before_cursor_execute", remember)
        statement, parameters = asked[-1]
        explain = "EXPLAIN " if is_postgresql else "EXPLAIN QUERY PLAN "
        plan = " ".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters))

    assert "ix_events_course_id_id" in plan
    assert ("AND (id < 800)" in plan) if is_postgresql else ("(course_id=? AND id<?)" in plan)
    assert "sort" not in plan.lower()
    assert "TEMP B-TREE" not in plan


def test_what_is_known_by_id_has_its_name(school: Any) -> None:
    with school.database.transaction() as tx:
        someone = tx.accounts.by_email("ada@example.org")
        invited = [
            create_invitation(
                tx,
                course_id=school.course.id,
                role=Role.STUDENT,
                email=email,
                by=None,
                token_sha256=email or "h",
                now=school.clock(),
            ).id
            for email in ("bob@example.org", None)
        ]
        lms = tx.lti_platforms.add("Moodle", "i", "c", "a", "t", "j", (), school.clock())
        by_id, by_email = tx.names.people([someone.id, "gone"]), tx.names.people({"ada@example.org"})
        assert by_id[someone.id] == by_email["ada@example.org"] == NamedPerson(someone.id, "Ada")
        assert "gone" not in by_id
        assert tx.names.people([]) == {}
        assert tx.names.invited([*invited, "gone"]) == {invited[0]: "bob@example.org", invited[1]: None}
        assert tx.names.platforms([lms.id, "gone"]) == {lms.id: "Moodle"}
        assert tx.names.attempts(["gone"]) == {}


def test_an_attempt_is_called_by_its_number_its_author_and_its_assignment(school: Any) -> None:
    submission = school.hand_in().submission.id
    with school.database.reading() as tx:
        (found,) = tx.names.attempts([submission, "gone"]).values()
    assert (found.number, found.student, found.assignment) == (1, "Ada", "A network")


def test_an_invitation_from_the_command_line_says_so(school: Any) -> None:
    with school.database.transaction() as tx:
        create_invitation(
            tx,
            course_id=school.course.id,
            role=Role.STUDENT,
            email=None,
            by=None,
            token_sha256="h",
            now=school.clock(),
        )
        (noted,) = tx.events.of_course(school.course.id)
    assert noted.detail["by"] == "command line"
