"""The engine that goes with a database, with leases by a clock that tests move instead of the database's own."""

from submissions.clock import Clock
from submissions.database import Database
from submissions.embedded_engine import EmbeddedEngine
from submissions.procrastinate_engine import ProcrastinateEngine
from submissions.queue import Engine


def engine_by(clock: Clock, database: Database, **seconds: float) -> Engine:
    """seconds: see Attempts."""
    if database.is_shared:
        return ProcrastinateEngine(database, leases=lambda _: clock(), **seconds)
    return EmbeddedEngine(database, clock, **seconds)
