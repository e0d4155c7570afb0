"""Which engine goes with which database."""

from submissions.clock import Clock
from submissions.database import Database
from submissions.embedded_engine import EmbeddedEngine
from submissions.procrastinate_engine import ProcrastinateEngine
from submissions.queue import Engine


def engine_for(database: Database, clock: Clock, lease_seconds: float = 15.0) -> Engine:
    """The embedded engine for a file, Procrastinate for a database that many hosts share."""
    if database.is_shared:
        return ProcrastinateEngine(database, lease_seconds)  # its leases go by the database's clock
    return EmbeddedEngine(database, clock, lease_seconds)
