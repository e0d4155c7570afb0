"""Which engine goes with which database."""

from submissions.clock import Clock
from submissions.database import Database
from submissions.embedded_engine import EmbeddedEngine
from submissions.procrastinate_engine import ProcrastinateEngine
from submissions.queue import Engine


def engine_for(database: Database, clock: Clock, lease_seconds: float = 15.0) -> Engine:
    """The embedded engine for a file, Procrastinate for a database that many hosts share."""
    kind = ProcrastinateEngine if database.is_shared else EmbeddedEngine
    return kind(database, clock, lease_seconds)
