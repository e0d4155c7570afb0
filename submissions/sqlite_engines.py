"""SQLAlchemy engines for SQLite with its guarantees switched on; by default it gives fewer than it can."""

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

BUSY_MILLISECONDS = 30_000
"""How long to wait for the write lock."""

_DISCREET = {"secure_delete": "ON"}
"""What is deleted is overwritten: otherwise it stays in pages that are free, also after its person is erased."""

_POOL = {"pool_size": 10, "max_overflow": 40, "pool_timeout": 30.0}


def writing(url: URL) -> Engine:
    """Transactions that take the write lock when they begin.

    A transaction that reads first and writes later fails at once on a stale snapshot, whatever the busy timeout, and
    without BEGIN two of them lose each other's updates. BEGIN IMMEDIATE has neither problem.
    """
    return _engine(url, "BEGIN IMMEDIATE", {"synchronous": "FULL", "foreign_keys": "ON", **_DISCREET})


def reading(url: URL) -> Engine:
    """Transactions that see one snapshot, take no lock, and cannot write."""
    return _engine(url, "BEGIN", {"query_only": "ON"})


def migrating(url: URL) -> Engine:
    """Transactions for changing the schema: rebuilding a table would otherwise set off its foreign keys."""
    return _engine(url, "BEGIN IMMEDIATE", {"synchronous": "FULL", "foreign_keys": "OFF", **_DISCREET})


def _engine(url: URL, begin: str, pragmas: dict[str, str]) -> Engine:
    engine = create_engine(url, hide_parameters=True, **_POOL)  # an error of it is logged, and must not hold sources

    @event.listens_for(engine, "connect")
    def _connected(driver: Any, _record: Any) -> None:
        driver.isolation_level = None  # the driver issues no BEGIN of its own
        for name, value in ({"busy_timeout": BUSY_MILLISECONDS, "journal_mode": "WAL"} | pragmas).items():
            driver.execute(f"PRAGMA {name}={value}").close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
