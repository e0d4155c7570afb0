"""What most commands begin with: the database at this version's schema."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.settings import Settings
from submissions.clock import system_clock
from submissions.database import Database
from submissions.errors import SchemaTooOld


@contextmanager
def opened_database(settings: Settings, migrate: bool = False) -> Iterator[Database]:
    """The database of this installation. Raises SchemaTooOld unless it is at this version or may be migrated."""
    database = Database.open(settings.database, system_clock)
    try:
        if migrate:
            database.migrate()
        elif not database.at_head():
            raise SchemaTooOld
        yield database
    finally:
        database.close()
