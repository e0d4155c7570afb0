"""Nothing of an erased person is left in any table, and nothing of anybody else is gone."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, inspect, make_url

from submissions.database import Database
from submissions.engines import reading_engine
from submissions.erasing import erase_person
from submissions.errors import LastInstructor
from submissions.marking import RegradeState
from submissions.models import Lane, Role
from submissions.queue import Graded
from submissions.repository.erasure import DECIDED, NOBODY_EMAIL, OF_THEM
from submissions.repository.mails import MailKind
from submissions.schema import account_tables, lti_tables, marking_tables, tables
from tests.databases import SQLITE

NAME = "Bénédicte Unmistakable"
EMAIL = "benedicte.unmistakable@example.org"
SOURCE = "unmistakable_source = 1\n"
SUBJECT = "unmistakable-subject-at-the-lms"


def walk(school: Any) -> dict[str, list[str]]:
    """Every row of every table as one text, whoever made the table."""
    engine = reading_engine(make_url(school.url))
    try:
        with engine.connect() as connection:
            names = inspect(connection).get_table_names()
            every = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in names}
    finally:
        engine.dispose()
    return {name: [_text(tuple(row)) for row in rows] for name, rows in every.items()}


def _text(row: tuple[Any, ...]) -> str:
    values = (value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in row)
    # JSON is stored with its characters escaped.
    return " | ".join(value + json.dumps(value) for value in values).replace(json.dumps(NAME)[1:-1], NAME)


@pytest.fixture
def person(school: Any, report: Callable[..., dict[str, object]]) -> Any:
    """Somebody who is in every table: a student in one course, staff in another, with an LMS and mail."""
    tx: Any
    now = school.clock()
    with school.database.transaction() as tx:
        user = tx.accounts.add_user(EMAIL, NAME, "hash", now)
        tx.courses.enroll(school.course.id, user.id, Role.STUDENT)
        other = tx.courses.add("other", "Other", "UTC")
        asked = tx.courses.add_assignment(other.id, "network", "Network", 10.0, None, None, None)
        tx.courses.enroll(other.id, user.id, Role.ASSISTANT)
        tx.courses.enroll(other.id, school.student.id, Role.STUDENT)
        hook = tx.webhooks.add(school.course.id, "https://receiver.example.org", "whsec", now)
    mine = school.hand_in(user, SOURCE)
    shared = school.hand_in(user, "x = 1\n")  # which Ada hands in as well
    adas = school.hand_in(school.student, "x = 1\n")
    adas_other = school.hand_in(school.student, "y = 1\n", assignment=asked)
    engine = school.engine()
    while engine.run_once(lambda _: Graded(report(), "secret:0", "v"), "w", tuple(Lane)):
        pass
    school.hand_in(user, "still_waiting = 'unmistakable'\n")

    def put(table: Any, **values: Any) -> None:
        tx.accounts._connection.execute(insert(table).values(**values))

    with school.database.transaction() as tx:
        decided = {"by_id": user.id, "at": now}
        by_ada = {"by_id": school.student.id, "at": now}
        put(
            marking_tables.extensions,
            course_assignment_id=asked.id,
            user_id=school.student.id,
            more_attempts=1,
            reason="ill",
            **decided,
        )
        put(
            marking_tables.extensions,
            course_assignment_id=school.assignment.id,
            user_id=user.id,
            more_attempts=1,
            reason="ill",
            **by_ada,
        )
        put(
            marking_tables.overrides,
            submission_id=adas_other.submission.id,
            points=1.0,
            maximum=10.0,
            comment="late",
            **decided,
        )
        put(
            marking_tables.overrides,
            submission_id=mine.submission.id,
            points=1.0,
            maximum=10.0,
            comment="late",
            **by_ada,
        )
        put(
            marking_tables.comments,
            id="c1",
            submission_id=adas_other.submission.id,
            author_id=user.id,
            text="good",
            at=now,
        )
        put(
            marking_tables.comments,
            id="c2",
            submission_id=mine.submission.id,
            author_id=school.student.id,
            text="good",
            at=now,
        )
        put(
            marking_tables.questions,
            submission_id=adas_other.submission.id,
            part="",
            text="why?",
            at=now,
            answered_at=now,
            answered_by_id=user.id,
        )
        tx.questions.ask(mine.submission.id, "relu", "why not?", now)
        put(
            marking_tables.regrades,
            id="r1",
            course_assignment_id=school.assignment.id,
            state=RegradeState.APPLIED.value,
            version="v",
            **decided,
        )
        put(
            marking_tables.regrade_gradings,
            grading_id=shared.grading_id,
            regrade_id="r1",
            submission_id=shared.submission.id,
        )
        pair = {"first": mine.submission.id, "second": adas.submission.id}
        tx.examinations.keep_comparison(school.assignment.id, {"pairs": [pair]}, school.student.id, now)
        tx.examinations.keep_comparison(asked.id, {"pairs": []}, user.id, now)
        tx.accounts.start_session(user.id, "s" * 64, "csrf", now, now + timedelta(hours=1))
        put(lti_tables.lti_sessions, token_sha256="s" * 64, frame_origin="https://lms.example.org")
        tx.accounts.add_token(user.id, "laptop of unmistakable", "t" * 64, frozenset({"x"}), now, None)
        put(account_tables.identities, issuer="https://id", subject=SUBJECT, user_id=user.id, created_at=now)
        put(
            account_tables.invitations,
            id="i1",
            course_id=other.id,
            role="student",
            email=EMAIL.upper(),
            created_at=now,
            expires_at=now,
        )
        put(
            account_tables.invitations,
            id="i2",
            course_id=other.id,
            role="student",
            created_at=now,
            expires_at=now,
            accepted_by=user.id,
        )
        put(
            account_tables.invitations,
            id="i3",
            course_id=other.id,
            role="student",
            created_at=now,
            expires_at=now,
            created_by=user.id,
        )
        put(account_tables.password_resets, id="p1", user_id=user.id, created_at=now, expires_at=now)
        tx.mails.owe(MailKind.INVITATION, "i1", EMAIL, now)
        tx.mails.owe(MailKind.RESET, "p1", EMAIL, now)
        tx.mails.owe(MailKind.RESET, "elsewhere", "ada@example.org", now)
        tx.password_tries.add(hashlib.sha256(EMAIL.encode()).hexdigest(), "192.0.2.1", now)
        put(
            lti_tables.lti_platforms,
            id="pl",
            name="LMS",
            issuer="i",
            client_id="c",
            authorization_url="a",
            token_url="t",
            jwks_url="j",
            deployment_ids=[],
            created_at=now,
        )
        put(lti_tables.lti_people, platform_id="pl", subject=SUBJECT, user_id=user.id)
        put(lti_tables.lti_members, platform_id="pl", context_id="c", user_id=user.id)
        put(
            lti_tables.lti_links,
            id="l",
            platform_id="pl",
            context_id="c",
            resource_link_id="r",
            course_assignment_id=school.assignment.id,
        )
        tx.lti_scores.want("l", user.id, 4.0, 10.0, mine.grading_id, now)
        put(lti_tables.lti_tickets, token_sha256="k" * 64, kind="window", payload={"user": user.id}, expires_at=now)
        tx.events.add(
            "extension.given", now, user_id=user.id, course_id=other.id, detail={"by": NAME, "student": "Ada"}
        )
        tx.events.add(
            "person.added", now, user_id=school.student.id, course_id=other.id, detail={"by": "Ada", "email": EMAIL}
        )
        tx.events.add("comment", now, user_id=school.student.id, submission_id=mine.submission.id, detail={"by": "Ada"})
        answered = {"asked_sha256": "a" * 64, "status": 201, "created_at": now}
        body = json.dumps({"name": NAME, "email": EMAIL})
        place = f"/api/v1/submissions/{mine.submission.id}"
        put(account_tables.api_answers, user_id=user.id, key="k", location="/", body="{}", **answered)
        put(account_tables.api_answers, user_id=school.student.id, key="k", location="/", body=body, **answered)
        put(account_tables.api_answers, user_id=school.student.id, key="l", location=place, body="{}", **answered)
        assert hook.id
    return user, (mine, shared, adas, adas_other)


def needles(school: Any, person: Any) -> list[str]:
    user, (mine, shared, _, _) = person
    account = hashlib.sha256(EMAIL.encode()).hexdigest()
    ids = [one.submission.id for one in (mine, shared)] + [one.grading_id for one in (mine, shared)]
    return [user.id, NAME, "nmistakable", EMAIL.upper(), account, *ids]


def found(rows: dict[str, list[str]], words: list[str]) -> set[str]:
    return {table for table, texts in rows.items() if any(word in text for text in texts for word in words)}


def references(*targets: str) -> set[tuple[str, str]]:
    """Every column with a foreign key to one of the tables."""
    return {
        (table.name, column.name)
        for table in tables.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in targets
    }


def test_the_person_is_in_every_table_that_can_hold_one(school: Any, person: Any) -> None:
    """Otherwise the next test would prove nothing for the table that was forgotten: plant the person there too."""
    planted = found(walk(school), needles(school, person))

    nudged = {"procrastinate_jobs"} if school.database.is_shared else set()
    assert {table for table, _ in references("users", "submissions", "gradings")} | nudged | {
        "users", "events", "mails", "blobs", "password_tries", "lti_tickets",
    } == planted  # fmt: skip


def test_every_reference_to_a_person_is_known() -> None:
    known = {(table.name, column) for table, column in (*DECIDED, *OF_THEM)}
    known |= {("submissions", "user_id"), ("invitations", "created_by"), ("invitations", "accepted_by")}

    assert references("users") == known


def test_nothing_of_the_person_is_left(school: Any, person: Any) -> None:
    words = needles(school, person)
    with school.database.transaction() as tx:
        erased = erase_person(tx, person[0], school.clock())

    assert found(walk(school), words) == set()
    assert (erased.submissions, erased.gradings, erased.files) == (3, 3, 2)


@pytest.mark.parametrize("database_kind", [SQLITE])
def test_nothing_of_the_person_is_left_in_the_file(school: Any, person: Any, tmp_path: Path) -> None:
    words = needles(school, person)
    with school.database.transaction() as tx:
        erase_person(tx, person[0], school.clock())
    school.database.close()

    for file in tmp_path.glob("chainrule.sqlite3*"):  # nor in pages that the database no longer uses
        data = file.read_bytes()
        assert [word for word in (*words, SOURCE) if word.encode() in data] == []
    with closing(sqlite3.connect(tmp_path / "chainrule.sqlite3")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("database_kind", [SQLITE])
def test_nothing_is_left_on_the_disk_while_others_use_the_database(school: Any, person: Any, tmp_path: Path) -> None:
    words = [*needles(school, person), SOURCE]
    other = Database.open(school.url, school.clock)
    with other.transaction() as tx:  # freed by a transaction that erases nobody
        tx.accounts._connection.execute(delete(account_tables.mails))
        tx.accounts._connection.execute(delete(account_tables.identities))
    with school.database.transaction() as tx:
        erase_person(tx, person[0], school.clock())
    folded = school.database.fold()
    files = {file.name: file.read_bytes() for file in tmp_path.glob("chainrule.sqlite3*")}
    other.close()

    assert folded
    assert "chainrule.sqlite3-wal" in files
    assert [(name, word) for name, data in files.items() for word in words if word.encode() in data] == []


def test_nothing_of_anybody_else_is_gone(school: Any, person: Any) -> None:
    _, (_, _, adas, adas_other) = person
    with school.database.transaction() as tx:
        erase_person(tx, person[0], school.clock())
    with school.database.reading() as tx:
        assert tx.submissions.source(adas.submission.id) == b"x = 1\n"  # the same bytes as one of the erased
        grading = tx.gradings.current(adas.submission.id)
        trail = tx.events.of_course(adas_other.submission.course_assignment_id) or tx.events.count("person.added")
    rows = walk(school)

    assert grading.report is not None
    assert trail
    assert [len(rows[name]) for name in ("extensions", "overrides", "comments", "questions", "regrades")] == [1] * 5
    assert len(rows["comparisons"]) == 1
    assert any(NOBODY_EMAIL in text for text in rows["users"])
    assert any("extension.given" in text and "(erased)" in text for text in rows["events"])
    assert len([text for text in rows["mails"] if "ada@example.org" in text]) == 1
    assert len(rows["invitations"]) == 1


def test_the_trail_says_that_it_happened_and_not_to_whom(school: Any, person: Any) -> None:
    with school.database.transaction() as tx:
        erase_person(tx, person[0], school.clock())
    (line,) = [text for text in walk(school)["events"] if "person.erased" in text]

    assert '"submissions":3' in line


def test_the_last_instructor_of_a_course_stays(school: Any) -> None:
    ines = school.person("ines", Role.INSTRUCTOR)
    with pytest.raises(LastInstructor), school.database.transaction() as tx:
        erase_person(tx, ines, school.clock())
    school.person("jo", Role.INSTRUCTOR)
    with school.database.transaction() as tx:
        erase_person(tx, ines, school.clock())
        assert tx.accounts.by_email("ines@example.org") is None


def test_a_grading_under_way_ends_without_a_trace(school: Any, report: Callable[..., dict[str, object]]) -> None:
    bo = school.person("bo")
    school.hand_in(bo, "x = 2\n")

    def graded(_job: Any) -> Graded:
        with school.database.transaction() as tx:
            erase_person(tx, bo, school.clock())
        return Graded(report(), "secret:0", "v")

    assert school.engine().run_once(graded, "w", tuple(Lane))
    with school.database.reading() as tx:
        assert tx.queue.depth() == {"live": 0, "regrade": 0, "running": 0}
        assert tx.accounts.by_email("bo@example.org") is None


def test_two_who_are_erased_become_the_same_nobody(school: Any) -> None:
    first, second = school.person("bo", Role.ASSISTANT), school.person("cy", Role.ASSISTANT)
    handed_in = school.hand_in()
    with school.database.transaction() as tx:
        for user in (first, second):
            tx.marks.comment(handed_in.submission.id, user.id, "good", school.clock())
            erase_person(tx, user, school.clock())
    rows = walk(school)

    assert len([text for text in rows["users"] if NOBODY_EMAIL in text]) == 1
    assert len(rows["comments"]) == 2


def test_what_is_exported_is_everything_but_what_opens_something(school: Any, person: Any) -> None:
    user, (mine, _, adas, _) = person
    with school.database.reading() as tx:
        rows, sources = tx.persons.export(user), tx.persons.sources(user.id)
    said = json.dumps(rows)

    assert {table for table, _ in references("submissions", "gradings")} - {"lti_scores"} < set(rows)
    assert {"users", "enrollments", "lti_people", "lti_scores", "identities", "extensions", "events", "mails"} < set(
        rows
    )
    assert len(rows["submissions"]) == len(sources) == 3
    assert (mine.submission.id, "a.py", SOURCE.encode()) in sources
    assert len(rows["invitations"]) == 2
    for secret in ("password_hash", "token_sha256", "csrf", "t" * 64, "s" * 64, adas.submission.id):
        assert secret not in said
    assert '"by": "Ada"' not in said
