"""Procrastinate's own tables and functions, which it ships as SQL: made, and brought to the installed version's.

Which steps have been applied is kept as the comment of its table of jobs; Procrastinate itself keeps no note.
"""

from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

_NOTED = text("SELECT obj_description(to_regclass('procrastinate_jobs'), 'pg_class')")


def upgrade(connection: Connection) -> None:
    """Make the tables, or apply the steps that are newer than they are, each in its own transaction."""
    connection.commit()  # of whatever looked at the schema before
    noted = connection.scalar(_NOTED)
    connection.commit()
    if noted is None:
        _apply(connection, SchemaManager.get_schema(), _newest())
        return
    for step in _steps():
        if step.name > noted:
            _apply(connection, step.read_text(encoding="utf-8"), step.name)


def at_head(connection: Connection) -> bool:
    """Whether they are the installed version's."""
    return bool(connection.scalar(_NOTED) == _newest())


def _apply(connection: Connection, script: str, name: str) -> None:
    """Many statements at once: the driver sends a text without parameters as it is."""
    with connection.begin():
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101  # the connection is open
        driver.execute(script)
        driver.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{name}'")


def _steps() -> list[Path]:
    # Their names begin with the version, and sort: those to run before a deployment, then those after it.
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _newest() -> str:
    return _steps()[-1].name
