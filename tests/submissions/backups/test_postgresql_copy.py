"""A backup of PostgreSQL holds every row, and what is restored from it is the same database, whole or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from submissions import migrating
from submissions.backups import postgresql_copy
from submissions.backups.backup_file import opened_backup, restore_backup, write_backup
from submissions.backups.database_copy import DatabaseCopy, copy_of
from submissions.backups.postgresql_copy import RESTORING
from submissions.backups.table_rows import write_header
from submissions.clock import system_clock
from submissions.database import Database
from submissions.engines import migrating_engine
from submissions.errors import BackupRefused
from submissions.models import Lane, State
from submissions.postgresql_engines import dsn
from submissions.queue import Graded
from tests.fakes.postgresql_server import PostgresqlServer

AWKWARD = "a\tb\nc\\d\\.\r\n\\.\n'\"\N{SNOWMAN}\N{GRINNING FACE}"


@pytest.fixture
def database_kind() -> str:
    return "postgresql"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "monday.backup"


@pytest.fixture
def elsewhere(postgresql: PostgresqlServer) -> Iterator[str]:
    """An empty database on the same server."""
    yield postgresql.create("elsewhere")
    postgresql.drop("elsewhere")


@pytest.fixture
def backed_up(school: Any, file: Path) -> Path:
    """A backup of a course with everything that text may hold, and nobody at the database any more."""
    school.hand_in(school.person(AWKWARD), source="x = 1\n")
    school.hand_in(source=f"# {AWKWARD}\n" * 1000)
    made = school.engine().run_once(
        lambda _: Graded({"parts": [], "score": {"given": 1, "maximum": 1}}, "s", "v"), "w", [Lane.LIVE]
    )
    assert made
    write_backup(file, copy_of(school.url, file.parent), None, "1", school.clock())
    school.database.close()
    return file


def ask(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(dsn(make_url(url))) as connection:
        return connection.execute(query.encode()).fetchall()


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours."""
    tables = ask(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    return {
        name: ask(url, f"SELECT t::text FROM {name} t ORDER BY 1")
        for (name,) in tables
        if not name.startswith("procrastinate_")
    }


def schemas(url: str) -> set[str]:
    return {name for (name,) in ask(url, "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_'")}


def restored(file: Path, url: str, replaced: bool = False) -> None:
    restore_backup(file, copy_of(url, file.parent), file.with_name("secret.key"), replaced, "aside")


def test_what_is_restored_is_what_was_there_and_goes_on(school: Any, backed_up: Path, elsewhere: str) -> None:
    restored(backed_up, elsewhere)

    there = rows(elsewhere)
    assert there == rows(school.url)
    assert len(there["users"]) == len(there["submissions"]) == 2
    assert RESTORING not in schemas(elsewhere)
    moved = replace(school, database=Database.open(elsewhere, school.clock), url=elsewhere)
    try:
        assert moved.database.at_head()
        moved.hand_in()  # its event has the next number
        school.clock.forward(3600)
        assert moved.engine().reconcile() == 1, "what waited has been nudged again"
        with moved.database.reading() as tx:
            assert tx.queue.depth() == {"live": 2, "regrade": 0, "running": 0}
            (done,) = [
                g
                for s in ask(elsewhere, "SELECT id FROM submissions")
                for g in tx.gradings.of_submission(s[0])
                if g.state is State.DONE
            ]
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            ask(elsewhere, f"UPDATE gradings SET seed = 'other' WHERE id = '{done.id}' RETURNING id")
    finally:
        moved.database.close()


def test_what_is_there_is_replaced_only_when_asked_and_kept(school: Any, backed_up: Path) -> None:
    ask(school.url, "UPDATE users SET name = 'Somebody else' RETURNING id")
    with pytest.raises(BackupRefused, match="already"):
        restored(backed_up, school.url)
    assert schemas(school.url) == {"public"}
    try:
        restored(backed_up, school.url, replaced=True)

        assert ("Ada",) in ask(school.url, "SELECT name FROM users")
        assert ask(school.url, "SELECT DISTINCT name FROM aside.users") == [("Somebody else",)]
        assert copy_of(school.url).is_there()
    finally:
        with psycopg.connect(dsn(make_url(school.url))) as connection:
            connection.execute("DROP SCHEMA IF EXISTS aside CASCADE")


def test_a_database_that_somebody_uses_is_not_replaced(school: Any, backed_up: Path) -> None:
    before = rows(school.url)
    with psycopg.connect(dsn(make_url(school.url))), pytest.raises(BackupRefused, match="stop every"):
        restored(backed_up, school.url, replaced=True)

    assert schemas(school.url) == {"public"}
    assert rows(school.url) == before


def test_whoever_comes_in_between_ends_the_restore(
    school: Any, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, fill, late = rows(school.url), postgresql_copy._fill, []

    def filled(*arguments: Any) -> None:
        fill(*arguments)
        late.append(psycopg.connect(dsn(make_url(school.url))))

    monkeypatch.setattr(postgresql_copy, "_fill", filled)
    with pytest.raises(BackupRefused, match="stop every"):
        restored(backed_up, school.url, replaced=True)
    late[0].close()

    assert schemas(school.url) == {"public"}
    assert rows(school.url) == before


def test_a_row_that_refers_to_nothing_changes_nothing(school: Any, backed_up: Path, elsewhere: str) -> None:
    copy: DatabaseCopy = copy_of(elsewhere, backed_up.parent)
    with opened_backup(backed_up, copy, backed_up.parent) as parts:
        text = parts.database.read_bytes()
        parts.database.write_bytes(text.replace(school.student.id.encode(), b"nobody", 1))
        with pytest.raises(BackupRefused, match="foreign key"):
            copy.restore(parts.database, "aside")

    assert schemas(elsewhere) == {"public"}
    assert not copy.is_there()


def test_a_backup_of_an_earlier_schema_comes_back_as_that_and_is_brought_up_to_date(
    postgresql: PostgresqlServer, bare_url: str, elsewhere: str, file: Path
) -> None:
    engine = migrating_engine(make_url(bare_url))
    with engine.connect() as connection:
        migrating.upgrade(connection, "0008")
    engine.dispose()
    ask(bare_url, "INSERT INTO courses (id, slug, title, time_zone) VALUES ('c', 's', 'Course', 'UTC') RETURNING id")
    write_backup(file, copy_of(bare_url, file.parent), None, "1", system_clock())
    restored(file, elsewhere)
    assert ask(elsewhere, "SELECT version_num FROM alembic_version") == [("0008",)]
    database = Database.open(elsewhere, system_clock)
    database.migrate()

    assert database.at_head()
    database.close()
    assert ask(elsewhere, "SELECT title FROM courses") == [("Course",)]


def test_a_copy_is_of_one_moment(school: Any, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody hands in after the snapshot, and before any row is read."""
    school.hand_in()

    def late(*arguments: Any) -> None:
        write_header(*arguments)
        school.hand_in(school.person("late"))

    monkeypatch.setattr(postgresql_copy, "write_header", late)
    manifest = write_backup(file, copy_of(school.url, file.parent), None, "1", school.clock())

    assert manifest.contents.rows["users"] == manifest.contents.rows["submissions"] == 1
    assert manifest.engine == "postgresql"
    assert len(ask(school.url, "SELECT id FROM submissions")) == 2


def test_where_there_is_nothing_there_is_no_backup(bare_url: str, file: Path) -> None:
    with pytest.raises(BackupRefused, match="no migration"):
        write_backup(file, copy_of(bare_url), None, "1", system_clock())

    assert not file.exists()


def test_a_server_that_is_not_there_is_said(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="PostgreSQL refuses"):
        restored_to = copy_of(f"postgresql://nobody@/nothing?host={tmp_path}")
        restored_to.is_there()
