"""What most commands begin with: logging, and the database at this version's schema."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.settings import Settings
from submissions.clock import system_clock
from submissions.database import Database
from submissions.errors import SchemaTooOld


def log_to_stderr(settings: Settings) -> None:
    """Log lines go to stderr, so that stdout holds only what was asked for."""
    logging.basicConfig(
        stream=sys.stderr, level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it reports every look at the schema


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
