"""Rows to models and back: people, sessions, tokens, courses, pages of submissions, what is owed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from submissions.database import Database
from submissions.deliveries import owe
from submissions.errors import EmailTaken, SlugTaken
from submissions.models import Enrollment, LoginSession, Role
from submissions.repository.submissions import Cursor


def test_an_address_is_one_account_however_it_is_written(database: Database, clock: Any) -> None:
    with database.transaction() as tx:
        ada = tx.accounts.add_user(" Ada@Example.ORG", "Ada", "hash", clock(), is_operator=True)
        with pytest.raises(EmailTaken, match=r"ada@example\.org"):
            tx.accounts.add_user("ada@example.org", "Eve", None, clock())
    with database.reading() as tx:
        assert ada.email == "ada@example.org"
        assert tx.accounts.by_email("ADA@example.org") == ada
        assert tx.accounts.by_id(ada.id) == ada
        assert tx.accounts.credentials("ada@EXAMPLE.org") == (ada, "hash")
        assert tx.accounts.credentials("eve@example.org") is None
        assert tx.accounts.by_id("nobody") is None


def test_a_password_can_be_set_and_sessions_ended(school: Any) -> None:
    clock = school.clock
    with school.database.transaction() as tx:
        tx.accounts.set_password(school.student.id, "new")
        tx.accounts.start_session(school.student.id, "t1", "csrf", clock(), clock() + timedelta(hours=1))
        tx.accounts.start_session(school.student.id, "t2", "csrf", clock(), clock() + timedelta(hours=1))
        assert tx.accounts.credentials("ada@example.org") == (school.student, "new")
        tx.accounts.end_session("t1")
        assert tx.accounts.session("t1", clock()) is None
        assert tx.accounts.session("t2", clock()) is not None
        tx.accounts.end_sessions(school.student.id)
        assert tx.accounts.session("t2", clock()) is None


def test_a_session_ends_at_its_time(school: Any) -> None:
    clock = school.clock
    until = clock() + timedelta(hours=1)
    with school.database.transaction() as tx:
        tx.accounts.start_session(school.student.id, "token", "csrf", clock(), until)
    with school.database.reading() as tx:
        assert tx.accounts.session("token", until - timedelta(microseconds=1)) == LoginSession(
            school.student, "csrf", until
        )
        assert tx.accounts.session("token", until) is None
        assert tx.accounts.session("other", clock()) is None


def test_tokens_are_found_by_hash_until_they_expire_or_are_revoked(school: Any) -> None:
    clock = school.clock
    with school.database.transaction() as tx:
        until = clock() + timedelta(days=1)
        dated = tx.accounts.add_token(school.student.id, "laptop", "h1", frozenset({"submit"}), clock(), until)
        clock.forward(1)
        free = tx.accounts.add_token(school.student.id, "ci", "h2", frozenset({"read", "submit"}), clock(), None)
        assert tx.accounts.token("h1", clock()) == (dated, school.student)
        assert tx.accounts.token("h1", until) is None
        assert tx.accounts.token("h2", until) == (free, school.student)
        assert tx.accounts.tokens(school.student.id) == [free, dated]
        tx.accounts.revoke_token(free.id)
        assert tx.accounts.token("h2", clock()) is None


def test_the_last_use_of_a_token_is_kept_to_the_minute(school: Any) -> None:
    clock = school.clock
    with school.database.transaction() as tx:
        token = tx.accounts.add_token(school.student.id, "ci", "h", frozenset(), clock(), None)
        first = clock()
        tx.accounts.token_used(token.id, first)
        clock.forward(59)
        tx.accounts.token_used(token.id, clock())
        assert tx.accounts.tokens(school.student.id)[0].last_used_at == first
        clock.forward(1)
        tx.accounts.token_used(token.id, clock())
        assert tx.accounts.tokens(school.student.id)[0].last_used_at == clock()


def test_courses_know_their_people(school: Any) -> None:
    staff = school.person("zed", Role.INSTRUCTOR)
    bob = school.person("bob")
    with school.database.transaction() as tx:
        assert tx.courses.role(school.course.id, staff.id) is Role.INSTRUCTOR
        assert tx.courses.role(school.course.id, "nobody") is None
        assert tx.courses.learners(school.course.id) == [school.student, bob]
        assert tx.courses.of_user(bob.id) == [Enrollment(school.course, bob, Role.STUDENT)]
        assert tx.courses.of_user("nobody") == []
        tx.courses.enroll(school.course.id, bob.id, Role.ASSISTANT)
        assert tx.courses.role(school.course.id, bob.id) is Role.ASSISTANT
        assert tx.courses.learners(school.course.id) == [school.student]


def test_courses_and_what_they_ask_have_names_of_their_own(school: Any) -> None:
    _, asked = school.another_course("other")
    with school.database.transaction() as tx:
        with pytest.raises(SlugTaken):
            tx.courses.add("other", "Again", "UTC")
        with pytest.raises(SlugTaken):
            tx.courses.add_assignment(school.course.id, "network", "Again", 1.0, None, None, None)
        assert tx.courses.by_slug("ece421") == tx.courses.by_id(school.course.id) == school.course
        assert tx.courses.by_slug("none") is None
        assert [course.slug for course in tx.courses.all()] == ["ece421", "other"]
        assert tx.courses.assignments(school.course.id) == [school.assignment]
        assert tx.courses.assignment(asked.id) == asked
        assert tx.courses.assignment("none") is None


def test_references_are_enforced(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as tx:
        tx.courses.enroll("no course", "nobody", Role.STUDENT)


def test_an_assignment_that_allows_no_attempt_is_refused(school: Any) -> None:
    with pytest.raises(IntegrityError), school.database.transaction() as tx:
        tx.courses.add_assignment(school.course.id, "x", "X", 1.0, None, None, 0)


def test_pages_of_submissions_neither_repeat_nor_lose_any(school: Any) -> None:
    made = []
    for number in range(7):
        school.clock.forward(number % 2)  # some in the same moment
        made.append(school.hand_in(source=f"x = {number}\n").submission)
    expected = sorted(made, key=lambda each: (each.created_at, each.id), reverse=True)
    pages, before = [], None
    with school.database.reading() as tx:
        while page := tx.submissions.recent(school.assignment.id, 3, before):
            pages.append(page)
            before = Cursor(page[-1].created_at, page[-1].id)
        assert [len(page) for page in pages] == [3, 3, 1]
        assert [each for page in pages for each in page] == expected
        assert tx.submissions.of_learner(school.assignment.id, school.student.id) == made[::-1]
        assert tx.submissions.get("none") is None
        with pytest.raises(KeyError):
            tx.submissions.source("none")


def test_a_grading_owes_a_target_once(school: Any) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        for target, new in (("https://a", True), ("https://a", False), ("https://b", True)):
            assert owe(tx, submitted.grading_id, "webhook", target, {"score": 1.0}, school.clock()) is new
        assert owe(tx, submitted.grading_id, "lti", "https://a", {"score": 1.0}, school.clock())
        assert tx.deliveries.owed() == 3


def test_what_is_owed_goes_with_its_transaction(school: Any) -> None:
    submitted = school.hand_in()
    with pytest.raises(ZeroDivisionError), school.database.transaction() as tx:
        owe(tx, submitted.grading_id, "webhook", "https://a", {}, school.clock())
        raise ZeroDivisionError
    with school.database.reading() as tx:
        assert tx.deliveries.owed() == 0


def test_events_keep_what_was_measured(database: Database, clock: Any) -> None:
    with database.transaction() as tx:
        tx.events.add("grading.retried", clock(), grading_id="g", worker="w", detail={"attempt": 1})
        tx.events.add("other", clock())
        (event,) = tx.events.of_grading("g")
        assert (event.kind, event.at, event.worker, event.detail) == ("grading.retried", clock(), "w", {"attempt": 1})
        assert tx.events.count("other") == 1
