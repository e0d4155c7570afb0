"""What most commands begin with: logging, and the database at this version's schema."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.security.links import WithoutSecrets
from app.settings import Settings
from submissions.clock import system_clock
from submissions.database import Database
from submissions.errors import SchemaTooOld


def log_to_stderr(settings: Settings) -> None:
    """Log lines go to stderr, so that stdout holds only what was asked for."""
    logging.basicConfig(
        stream=sys.stderr, level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for handler in logging.getLogger().handlers:
        handler.addFilter(WithoutSecrets())
    for name in ("httpx", "httpcore"):  # they log every address that is asked, at INFO
        logging.getLogger(name).setLevel(logging.WARNING)
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
