"""SQLAlchemy engines by the kind of database; everything else of submissions speaks to both kinds in the same words.

What differs is here, in the two modules for the kinds, and in how work reaches workers (engine_choice.py); beside them
in upsert.py, database.py, retention.py, erasure.py and backups: a third kind would have its say there too.
"""

from types import ModuleType

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import OperationalError

from submissions import postgresql_engines, sqlite_engines

SQLITE, POSTGRESQL = "sqlite", "postgresql"

KINDS: dict[str, ModuleType] = {SQLITE: sqlite_engines, POSTGRESQL: postgresql_engines}


def writing_engine(url: URL) -> Engine:
    """Transactions that may write."""
    engine: Engine = _of(url).writing(url)
    return engine


def reading_engine(url: URL) -> Engine:
    """Transactions that see one snapshot, wait for no writer, and cannot write."""
    engine: Engine = _of(url).reading(url)
    return engine


def migrating_engine(url: URL) -> Engine:
    """Transactions for changing the schema."""
    engine: Engine = _of(url).migrating(url)
    return engine


def take_turn(connection: Connection, alone: bool) -> None:
    """Wait until this transaction may write: `alone`, or beside others that are not alone either.

    SQLite has waited when its transaction began, and always lets one write alone.
    """
    if connection.dialect.name == POSTGRESQL:
        postgresql_engines.take_turn(connection, alone)


def outage(error: Exception) -> str | None:
    """What a database that cannot be used says, in one line; None where `error` is of another kind."""
    return " ".join(str(error.orig).split()) if isinstance(error, OperationalError) else None


def _of(url: URL) -> ModuleType:
    return KINDS[url.get_backend_name()]
