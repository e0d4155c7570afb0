"""The history of the schema and tables.py say the same, forwards, backwards and after a failure."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, make_url, text

from submissions import migrating, procrastinate_schema
from submissions.clock import system_clock
from submissions.database import Database
from submissions.engines import migrating_engine
from submissions.schema.tables import metadata
from tests.databases import POSTGRESQL, SQLITE


@pytest.fixture
def engine(bare_url: str) -> Iterator[Engine]:
    engine = migrating_engine(make_url(bare_url))
    yield engine
    engine.dispose()


def test_an_empty_database_gets_every_table(engine: Engine) -> None:
    with engine.connect() as connection:
        assert not migrating.at_head(connection)
        migrating.upgrade(connection)
        assert migrating.at_head(connection)
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_migrations_end_at_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        migrating.upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        checks = {name: inspect(connection).get_check_constraints(name) for name in metadata.tables}
        assert {check["name"] for check in checks["gradings"]} == {
            "ck_gradings_state",
            "ck_gradings_lane",
            "ck_gradings_lease",
            "ck_gradings_report",
        }


SCHEMA = {
    SQLITE: ("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2",),
    POSTGRESQL: (
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY 1, 2",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
        "SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
        "SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2",
    ),
}
"""What is asked for the whole of a schema, as rows that can be compared."""


def schema_of(connection: Connection) -> list[Any]:
    with connection.begin():
        asked = SCHEMA[connection.dialect.name]
        return [tuple(row) for query in asked for row in connection.execute(text(query))]


def test_down_and_up_again_gives_the_same_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        migrating.upgrade(connection)
        before = schema_of(connection)
        migrating.downgrade(connection, "base")
        assert {row[0] for row in schema_of(connection)} <= {"alembic_version", "table", "index"}
        assert inspect(connection).get_table_names() == ["alembic_version"]
        connection.rollback()
        migrating.upgrade(connection)
        assert schema_of(connection) == before
        assert ("trigger", "gradings_done_is_final") in {row[:2] for row in before}


def test_a_step_that_fails_leaves_nothing_half_made(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(text("CREATE TABLE submissions (in_the_way INTEGER)"))
        with pytest.raises(Exception, match=r"submissions\"? already exists"):
            migrating.upgrade(connection)
    with engine.connect() as connection:
        assert not migrating.at_head(connection)
        assert set(inspect(connection).get_table_names()) <= {"submissions", "alembic_version"}


def test_migrating_twice_changes_nothing(bare_url: str) -> None:
    database = Database.open(bare_url, system_clock)
    assert not database.at_head()
    database.migrate()
    assert database.at_head()
    with database.transaction() as tx:
        course = tx.courses.add("c", "C", "UTC")
    database.migrate()
    with database.reading() as tx:
        assert tx.courses.by_slug("c") == course
    database.close()


def test_a_file_is_made_with_its_folders_and_a_log_of_writes(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "c.db"
    database = Database.open(f"sqlite:///{path}", system_clock)
    database.migrate()
    database.close()
    with sqlite3.connect(path) as driver:
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    driver.close()


@pytest.mark.parametrize("database_kind", [POSTGRESQL])
def test_steps_that_a_newer_procrastinate_ships_are_applied_once(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = procrastinate_schema._steps()
    later = tmp_path / "99.00.00_01_later.sql"
    later.write_text("CREATE TABLE procrastinate_later (id integer); INSERT INTO procrastinate_later VALUES (1);")
    with engine.connect() as connection:
        assert not procrastinate_schema.at_head(connection)
        procrastinate_schema.upgrade(connection)
        assert procrastinate_schema.at_head(connection)
        monkeypatch.setattr("submissions.procrastinate_schema._steps", lambda: [*steps, later])
        assert not procrastinate_schema.at_head(connection)
        for _ in range(2):
            procrastinate_schema.upgrade(connection)
            assert procrastinate_schema.at_head(connection)
        assert connection.execute(text("SELECT id FROM procrastinate_later")).all() == [(1,)]


@pytest.mark.parametrize("database_kind", [POSTGRESQL])
def test_two_processes_that_migrate_at_once_take_turns(bare_url: str) -> None:
    databases = [Database.open(bare_url, system_clock) for _ in range(3)]
    failures: list[Exception] = []

    def migrate(database: Database) -> None:
        try:
            database.migrate()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=migrate, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert databases[0].at_head()
    for database in databases:
        database.close()


def test_the_step_of_accounts_goes_back_and_forth_with_people_in_it(engine: Engine) -> None:
    person = "INSERT INTO users VALUES ('u', 'ada@example.org', 'Ada', NULL, false, '2026-09-01T12:00:00.000000Z')"
    with engine.connect() as connection:
        migrating.upgrade(connection, "0001")
        with connection.begin():
            connection.execute(text(person))
        for _ in range(2):
            migrating.upgrade(connection, "0002")
            with connection.begin():
                row = connection.execute(text("SELECT email, time_zone, email_confirmed FROM users")).one()
            assert tuple(row) == ("ada@example.org", None, True)
            migrating.downgrade(connection, "0001")
            tables = inspect(connection)
            assert "invitations" not in tables.get_table_names()
            assert not {"time_zone", "email_confirmed"} & {column["name"] for column in tables.get_columns("users")}
            connection.rollback()


def test_who_is_in_a_course_of_a_platform_is_known_after_the_step(engine: Engine) -> None:
    """Those who came by a platform are in the courses of it that stand for courses they are enrolled in here."""
    at = "'2026-09-01T12:00:00.000000Z'"
    rows = [
        *(
            f"INSERT INTO users (id, email, name, is_operator, created_at) VALUES ('{one}', '{one}', 'x', false, {at})"
            for one in ("ada", "bo", "cleo")
        ),
        *(
            f"INSERT INTO courses (id, slug, title, time_zone) VALUES ('{c}', '{c}', 'x', 'UTC')"
            for c in ("one", "two")
        ),
        *(
            f"INSERT INTO enrollments (course_id, user_id, role) VALUES ('{course}', '{user}', 'student')"
            for course, user in (("one", "ada"), ("two", "bo"), ("one", "cleo"))
        ),
        "INSERT INTO lti_platforms (id, name, issuer, client_id, authorization_url, token_url, jwks_url,"
        f" deployment_ids, created_at) VALUES ('pl', 'x', 'i', 'c', 'a', 't', 'j', '[]', {at})",
        *(
            f"INSERT INTO lti_people (platform_id, subject, user_id) VALUES ('pl', '{user}-there', '{user}')"
            for user in ("ada", "bo")
        ),
        *(
            f"INSERT INTO lti_contexts (platform_id, context_id, course_id) VALUES ('pl', '{context}', '{course}')"
            for context, course in (("c1", "one"), ("c2", "two"), ("c3", "two"))
        ),
    ]
    with engine.connect() as connection:
        migrating.upgrade(connection, "0009")
        with connection.begin():
            for row in rows:
                connection.execute(text(row))
        migrating.upgrade(connection, "0010")
        with connection.begin():
            members = connection.execute(text("SELECT user_id, context_id FROM lti_members ORDER BY 1, 2")).all()
        assert [tuple(row) for row in members] == [("ada", "c1"), ("bo", "c2"), ("bo", "c3")]


def test_messages_that_are_owed_go_back_and_forth_through_the_step_of_occasions(engine: Engine) -> None:
    at = "'2026-09-01T12:00:00.000000Z'"
    columns = "id, grading_id, kind, target, payload, created_at, next_at, attempts, delivered_at, error"
    owed = f"'d', 'g', 'webhook', 'w', '{{}}', {at}, {at}, 3, NULL, 'The answer is 500.'"
    rows = [
        f"INSERT INTO users (id, email, name, is_operator, created_at) VALUES ('u', 'u', 'x', false, {at})",
        "INSERT INTO courses (id, slug, title, time_zone) VALUES ('c', 'c', 'x', 'UTC')",
        "INSERT INTO course_assignments (id, course_id, slug, title, points) VALUES ('a', 'c', 'a', 'x', 10)",
        "INSERT INTO blobs (sha256, data) VALUES ('s', '')",
        "INSERT INTO submissions (id, course_assignment_id, user_id, number, filename, size_bytes, sha256, created_at)"
        f" VALUES ('s', 'a', 'u', 1, 'a.py', 0, 's', {at})",
        "INSERT INTO gradings (id, submission_id, number, reason, state, created_at, lane, priority, fair_tag,"
        f" available_at, attempts) VALUES ('g', 's', 1, 'submitted', 'queued', {at}, 'live', 0, 0, {at}, 1)",
        f"INSERT INTO deliveries ({columns}) VALUES ({owed})",
    ]
    decided = "'e', 'g', 'webhook', 'w', '{}', " + f"{at}, {at}, 0, NULL, NULL, 'override.set x'"
    kept = ("d", "g", "webhook", "w", "{}", at.strip("'"), at.strip("'"), 3, None, "The answer is 500.")
    with engine.connect() as connection:
        migrating.upgrade(connection, "0007")
        with connection.begin():
            for row in rows:
                connection.execute(text(row))
        for _ in range(2):
            migrating.upgrade(connection, "0008")
            with connection.begin():
                found = connection.execute(text(f"SELECT {columns}, occasion FROM deliveries")).all()
                connection.execute(text(f"INSERT INTO deliveries ({columns}, occasion) VALUES ({decided})"))
            assert [tuple(row) for row in found] == [(*kept, "")]
            migrating.downgrade(connection, "0007")
            with connection.begin():
                found = connection.execute(text("SELECT * FROM deliveries")).all()
            assert [tuple(row) for row in found] == [kept]
