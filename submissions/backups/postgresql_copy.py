"""Copies a PostgreSQL database with nothing but a connection to it: the rows of one snapshot, the schema by our steps.

The tables of Procrastinate are left out: what waits is in the gradings, and its engine nudges again what has no nudge.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import URL, Connection
from sqlalchemy.exc import SQLAlchemyError

from submissions import migrating, procrastinate_schema
from submissions.backups.manifest import Contents
from submissions.backups.table_rows import TableRows, examined, read_header, read_rows, write_header, write_rows
from submissions.engines import migrating_engine
from submissions.errors import BackupRefused
from submissions.postgresql_engines import dsn

RESTORING = "chainrule_restoring"
"""The schema that a restore fills. It takes the name of the old one in the last transaction."""

_TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)::text[] FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    AND c.relname NOT LIKE 'procrastinate\\_%' AND c.relname <> 'alembic_version'
    GROUP BY c.relname ORDER BY c.relname
"""
_REFERENCES = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    AND conrelid::regclass::text NOT LIKE 'procrastinate\\_%' ORDER BY 1, 2
"""
_SEQUENCES = """
    SELECT s.oid::regclass::text, t.relname, a.attname FROM pg_class s
    JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace
    AND t.relname NOT LIKE 'procrastinate\\_%'
"""
# Who may not look at others sees their user and nothing else; processes of the server itself have none.
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL
"""


Rows = Callable[[TableRows], Iterable[bytes]]


class PostgresqlCopy:
    """See DatabaseCopy. folder: where `restore` wants its copy to lie; None: the system's temporary folder."""

    engine = "postgresql"
    filename = "database.rows"

    def __init__(self, url: URL, folder: Path | None = None) -> None:
        self._url = url
        self._folder = folder or Path(tempfile.gettempdir())

    def dump(self, to: Path) -> Contents:
        """See DatabaseCopy. Raises BackupRefused where there is no database."""
        to.touch(mode=0o600, exist_ok=False)
        with _refused(), _connected(self._url) as connection, to.open("wb") as stream:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            connection.read_only = True
            # Rows are written to a disk between two words to the server, and that may be slow.
            connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            found = _all(connection, "SELECT to_regclass('alembic_version') IS NOT NULL")
            if found != [(True,)]:
                raise BackupRefused("The database has no migration on record: it is not one of Chainrule's.")
            revision = _known(_all(connection, "SELECT version_num FROM alembic_version"))
            tables = [TableRows(*row) for row in _all(connection, _TABLES)]
            write_header(stream, revision, tables)
            rows = {}
            with connection.cursor() as cursor:
                for table in tables:
                    with cursor.copy(_copy(table, "TO STDOUT")) as blocks:
                        rows[table.name] = write_rows(stream, map(bytes, blocks))
        return Contents(revision, rows)

    def examine(self, copy: Path) -> Contents:
        """See DatabaseCopy: every row has its columns, the migration is known. References are checked by `restore`."""
        contents = examined(copy)
        _known([(contents.revision,)])
        return contents

    def is_there(self) -> bool:
        """See DatabaseCopy. Raises BackupRefused where the server or the database cannot be reached."""
        with _refused(), _connected(self._url) as connection:
            return bool(_all(connection, _TABLES))

    def scratch(self) -> Path:
        """See DatabaseCopy."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder

    def restore(self, copy: Path, aside: str) -> None:
        """See DatabaseCopy. The old database stays in a schema named `aside`, in the same database."""
        engine = migrating_engine(self._url)  # whoever else wants to change the schema waits
        try:
            with _refused(), engine.connect() as connection, copy.open("rb") as stream:
                driver = connection.connection.driver_connection
                assert isinstance(driver, psycopg.Connection)  # noqa: S101  # the connection is open
                _alone(driver)
                ((schema,),) = _all(driver, "SELECT current_schema()")
                try:
                    _prepare(connection, driver, stream)
                    _alone(driver)
                    for old, new in ((schema, aside), (RESTORING, schema)):
                        driver.execute(SQL("ALTER SCHEMA {} RENAME TO {}").format(Identifier(old), Identifier(new)))
                    driver.commit()
                except BaseException:
                    driver.rollback()
                    _drop(driver)
                    driver.commit()
                    raise
        finally:
            engine.dispose()


def _prepare(connection: Connection, driver: "psycopg.Connection[Any]", stream: IO[bytes]) -> None:
    """Make the whole of the new database beside the old one."""
    revision, tables = read_header(stream)
    _drop(driver)
    driver.execute(SQL("CREATE SCHEMA {}").format(Identifier(RESTORING)))
    driver.execute(SQL("SET search_path TO {}").format(Identifier(RESTORING)))
    driver.execute("SET client_encoding TO utf8")
    driver.commit()
    migrating.upgrade(connection, revision)
    procrastinate_schema.upgrade(connection)
    _fill(driver, tables, lambda table: read_rows(stream, table))
    driver.commit()


def _drop(driver: "psycopg.Connection[Any]") -> None:
    driver.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(RESTORING)))


def _fill(driver: "psycopg.Connection[Any]", tables: list[TableRows], rows: Rows) -> None:
    """Put the rows in; references are checked when all are there, for some tables refer to one another."""
    if sorted((table.name, sorted(table.columns)) for table in tables) != sorted(
        (name, sorted(columns)) for name, columns in _all(driver, _TABLES)
    ):
        raise BackupRefused("The database in the backup has other tables than its migration makes.")
    references = _all(driver, _REFERENCES)
    for table, name, _ in references:
        driver.execute(SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(_name(table), Identifier(name)))
    with driver.cursor() as cursor:
        for each in tables:
            with cursor.copy(_copy(each, "FROM STDIN")) as to:
                for line in rows(each):
                    to.write(line)
    for table, name, definition in references:
        driver.execute(
            SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(_name(table), Identifier(name), SQL(definition))
        )
    for sequence, table, column in _all(driver, _SEQUENCES):
        last = SQL("SELECT setval({}::regclass, max({})) FROM {} HAVING max({}) IS NOT NULL")
        driver.execute(last.format(sequence, Identifier(column), Identifier(table), Identifier(column)))


def _connected(url: URL) -> "psycopg.Connection[Any]":
    return psycopg.connect(dsn(url), client_encoding="utf8")


def _alone(driver: "psycopg.Connection[Any]") -> None:
    if _all(driver, _OTHERS) != [(0,)]:
        raise BackupRefused(
            "Somebody uses the database: stop every `chainrule serve` and `chainrule worker` on every host first."
        )


def _copy(table: TableRows, how: str) -> Composed:
    columns = SQL(", ").join(map(Identifier, table.columns))
    return SQL("COPY {} ({}) " + how).format(Identifier(table.name), columns)


def _name(regclass: str) -> SQL:
    """A name that the server has quoted where it must be."""
    return SQL(regclass)


def _known(found: list[tuple[Any, ...]]) -> str:
    revisions = [str(row[0]) for row in found]
    if len(revisions) != 1 or revisions[0] not in migrating.known_revisions():
        raise BackupRefused(
            f"The database is at the migration {', '.join(revisions) or 'none'}, which this version does not know. "
            "Use the version that made the backup, or a newer one."
        )
    return revisions[0]


def _all(connection: "psycopg.Connection[Any]", query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode()).fetchall()


@contextmanager
def _refused() -> Iterator[None]:
    """The server's faults as a refusal of this package, without any row that they quote."""
    try:
        yield
    except (psycopg.Error, SQLAlchemyError) as error:
        first = str(error).strip().partition("\n")[0]
        raise BackupRefused(f"PostgreSQL refuses: {first}") from error
