"""The history of the schema and tables.py say the same, forwards, backwards and after a failure."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, make_url, text

from submissions import migrating
from submissions.clock import system_clock
from submissions.database import Database
from submissions.engines import migrating_engine
from submissions.tables import metadata


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = migrating_engine(make_url(f"sqlite:///{tmp_path / 'new.db'}"))
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


def test_down_and_up_again_gives_the_same_schema(engine: Engine) -> None:
    schema = text("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2")
    with engine.connect() as connection:
        migrating.upgrade(connection)
        with connection.begin():
            before = connection.execute(schema).all()
        migrating.downgrade(connection, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        migrating.upgrade(connection)
        assert connection.execute(schema).all() == before
        assert ("trigger", "gradings_done_is_final") in {(row[0], row[1]) for row in before}


def test_a_step_that_fails_leaves_nothing_half_made(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin():
            connection.execute(text("CREATE TABLE submissions (in_the_way INTEGER)"))
        with pytest.raises(Exception, match="submissions already exists"):
            migrating.upgrade(connection)
    with engine.connect() as connection:
        assert not migrating.at_head(connection)
        assert set(inspect(connection).get_table_names()) <= {"submissions", "alembic_version"}


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "c.db"
    database = Database.open(f"sqlite:///{path}", system_clock)
    assert not database.at_head()
    database.migrate()
    assert database.at_head()
    with database.transaction() as tx:
        course = tx.courses.add("c", "C", "UTC")
    database.migrate()
    with database.reading() as tx:
        assert tx.courses.by_slug("c") == course
    database.close()
    with sqlite3.connect(path) as driver:
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    driver.close()


def test_the_step_of_accounts_goes_back_and_forth_with_people_in_it(engine: Engine) -> None:
    with engine.connect() as connection:
        migrating.upgrade(connection, "0001")
        with connection.begin():
            connection.execute(
                text("INSERT INTO users VALUES ('u', 'ada@example.org', 'Ada', NULL, 0, '2026-09-01T12:00:00.000000Z')")
            )
        for _ in range(2):
            migrating.upgrade(connection, "0002")
            with connection.begin():
                row = connection.execute(text("SELECT email, time_zone, email_confirmed FROM users")).one()
            assert tuple(row) == ("ada@example.org", None, 1)
            migrating.downgrade(connection, "0001")
            with connection.begin():
                schema = connection.execute(text("SELECT name, sql FROM sqlite_master")).all()
            assert "invitations" not in {row[0] for row in schema}
            assert not any(
                "time_zone VARCHAR(64))" in str(row[1]) or "email_confirmed" in str(row[1]) for row in schema
            )
